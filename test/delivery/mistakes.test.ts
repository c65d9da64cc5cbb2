import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runAddress } from '../../src/delivery/place.ts';
import { openBook } from '../../src/workbook/open.ts';
import type { OutputCell } from '../../src/workbook/port.ts';
import { type } from '../workbook/xlsx/typing.ts';
import { payServer } from './payServer.ts';
import {
  allot,
  BANK,
  bookFile,
  CSV,
  type DeliveryRow,
  delivered,
  ledger,
  PAYING,
  paid,
  paidAnew,
  rest,
  scratch,
  VOUCHER,
} from './support.ts';

/** What people get wrong around a delivery, each of which would pay somebody twice, not at all, or another one. */

const TERSE: DeliveryRow = { ...CSV, mapping: 'id = member; paid = amount' };

it.each([
  ['latest.csv', false],
  // Another workbook has a run 1, too.
  ['{number}.csv', false],
  ['{as-of}-{number}.csv', true],
  ['{run}.csv', true],
])(
  'takes no file of equal amounts for the run, where nothing says of which run it is: %s',
  async (location, known) => {
    const folder = scratch();
    const row = { ...TERSE, location };
    const [march, april] = [bookFile(folder, [row]), bookFile(folder, [row], { name: 'april.xlsx' })];
    await paid(march);
    await paid(april, known ? '2026-03-31' : '2026-04-30');
    expect((await allot(['deliver', march])).status).toBe(0);
    const said = await allot(['deliver', april]);
    if (location.includes('{run}')) return expect(said.status).toBe(0);
    if (known) return expect(said.out).toContain('already there, just as it is here');
    expect(said.status).toBe(2);
    expect(said.out).toContain(
      'is there with the same amounts, and neither its name nor its lines say of which run',
    );
    expect(await delivered(april)).toEqual([]);
  },
);

it('takes the same file for the run where its lines say so', async () => {
  const folder = scratch();
  const row = { ...CSV, location: 'latest.csv' };
  const file = bookFile(folder, [row, { ...VOUCHER, location: 'voucher.csv' }]);
  await paid(file);
  const out = path.join(folder, 'out.xlsx');
  expect((await allot(['deliver', file, '--out', out])).status).toBe(0);
  // The book itself does not know of it.
  const said = await allot(['deliver', file]);
  expect(said.out.match(/already there, just as it is here/g)).toHaveLength(2);
});

it('does not send what it could not say in the ledger', async () => {
  const folder = scratch();
  const file = bookFile(folder, [CSV]);
  await paid(file);
  const said = await allot(['deliver', file, '--out', path.join(folder, 'nowhere/new.xlsx')]);
  expect([said.status, said.out]).toEqual([2, expect.stringContaining('no such folder')]);
  expect(existsSync(path.join(folder, 'pay-2026-03-31-1.csv'))).toBe(false);
});

it('sends to no further destination once the book was changed by somebody else', async () => {
  const folder = scratch();
  let file = '';
  const server = await payServer(({ method }) => {
    if (method === 'PUT') {
      writeFileSync(path.join(folder, 'new'), readFileSync(file));
      renameSync(path.join(folder, 'new'), file);
    }
    return 'next';
  });
  file = bookFile(folder, [rest(server.url), CSV]);
  await paid(file);
  const said = await allot(['deliver', file], BANK);
  expect([said.status, said.out]).toEqual([
    2,
    expect.stringContaining('Nothing was sent: the book was changed'),
  ]);
  expect(existsSync(path.join(folder, 'pay-2026-03-31-1.csv'))).toBe(false);
  await server.close();
});

it('knows a destination that got another name, also where its file was taken away', async () => {
  const folder = scratch();
  const file = bookFile(folder, [CSV]);
  await paid(file);
  expect((await allot(['deliver', file])).status).toBe(0);
  rmSync(path.join(folder, 'pay-2026-03-31-1.csv'));
  await renamed(file, 'the bank');
  const said = await allot(['deliver', file]);
  expect([said.status, said.out]).toEqual([
    0,
    expect.stringMatching(/the bank \(csv [^)]*\): delivered before \(ledger row 2, /),
  ]);
  expect(existsSync(path.join(folder, 'pay-2026-03-31-1.csv'))).toBe(false);
});

it('sends to a destination that the sheet lists beside another one at nearly the same place', async () => {
  const server = await payServer();
  const folder = scratch();
  // The ledger does not keep what stands after `=` in an address: it may be a secret.
  const at = (name: string) => ({
    ...rest(server.url),
    name,
    location: `${server.url}/payments?branch=${name}`,
  });
  const file = bookFile(folder, [at('north'), at('south')]);
  await paid(file);
  expect((await allot(['deliver', file, '--only', 'north'], BANK)).status).toBe(0);
  const said = await allot(['deliver', file], BANK);
  expect(said.status).toBe(0);
  expect(server.asked.map(({ path: asked }) => asked.replace(/^.*\?/, ''))).toEqual([
    'branch=north',
    'branch=south',
  ]);
  await server.close();
});

it('knows a destination again whose name has a line separator in it', async () => {
  const folder = scratch();
  const file = bookFile(folder, [{ ...CSV, name: 'the\u2028bank' }]);
  await paid(file);
  expect((await allot(['deliver', file])).status).toBe(0);
  rmSync(path.join(folder, 'pay-2026-03-31-1.csv'));
  expect((await allot(['deliver', file])).out).toContain('delivered before (ledger row 2, ');
  expect(existsSync(path.join(folder, 'pay-2026-03-31-1.csv'))).toBe(false);
  const anew = await allot(['pay', file, '--as-of', '2026-03-31', '--by', 'Payer', '--out', file]);
  expect([anew.status, anew.err]).toEqual([1, expect.stringContaining('was delivered to')]);
});

it('refuses columns of somebody who has two rows now', async () => {
  const folder = scratch();
  const file = bookFile(folder, [
    { ...TERSE, mapping: 'id = member; account = Name; paid = amount' },
    { ...VOUCHER, location: 'voucher.csv' },
    { ...CSV, name: 'plain' },
  ]);
  await paid(file);
  const book = await openBook(file);
  const added = ['e1', 'Another', 'Sales'].map((value) => ({ kind: 'text' as const, value }));
  const kept = [0, 1, 2].map((was) => ({ was, cells: [null, null, null, null] }));
  const more = { was: null, cells: [...added, { kind: 'number' as const, value: { n: 1n, d: 1n } }] };
  await book.write({ tables: [{ table: 'Staff', rows: [...kept, more] }] }, file);
  const said = await allot(['deliver', file]);
  expect([said.status, said.out.match(/1 person who was paid has several rows in Staff now: E1\./g)]).toEqual(
    [1, [expect.anything(), expect.anything()]],
  );
  // Where nothing of theirs is sent, rows are not looked at.
  expect(await delivered(file)).toEqual([expect.stringContaining('run 1 to plain')]);
  expect((await allot(['deliver', file], {}, 'zh-CN')).out).toContain('在 Staff 中现有多行：E1');
});

it('sends no error value of a cell for an account', async () => {
  const folder = scratch();
  const file = bookFile(folder, [
    { ...TERSE, mapping: 'id = member; account = Name; paid = amount' },
    { ...CSV, name: 'plain' },
  ]);
  writeFileSync(file, type(readFileSync(file), { B3: { kind: 'error', text: '#N/A' } }, 'Staff'));
  await paid(file);
  const said = await allot(['deliver', file]);
  expect([said.status, said.out]).toEqual([
    1,
    expect.stringContaining('Under Name in Staff, E2 has the error value #N/A, which cannot be sent.'),
  ]);
  expect(await delivered(file)).toEqual([expect.stringContaining('run 1 to plain')]);
  expect((await allot(['deliver', file], {}, 'zh-CN')).out).toContain(
    'Staff 中 E2 的 Name 为错误值 #N/A，无法送出',
  );
});

it('refuses words that mean nothing, and places that stand for nothing', async () => {
  const folder = scratch();
  const file = bookFile(folder, [
    { ...CSV, options: 'decimal = 2' },
    { ...VOUCHER, accounts: 'debit = 1; credit = 2; nett debit = 3' },
    { ...VOUCHER, name: 'other', accounts: 'debit = 1; credit = 2; NET debit = 3', location: 'v-{date}.csv' },
    {
      ...CSV,
      name: 'db',
      kind: 'mysql',
      location: 'localhost/x',
      options: 'user = a; tabel = pay; 架构 = s',
    },
  ]);
  await paid(file);
  const said = await allot(['deliver', file]);
  expect([said.status, said.err.trimEnd().split('\n')]).toEqual([
    2,
    [
      'error: Deliveries row 2: “decimal” under Options means nothing; there are decimals.',
      'error: Deliveries row 3: “nett debit” under Accounts means nothing; there are debit, credit.',
      'error: Deliveries row 4: “v-{date}.csv” under Location means nothing; there are {run}, {number}, {as-of}.',
      'error: Deliveries row 5: “tabel” under Options means nothing; there are user, password, table, schema, ca, decimals.',
    ],
  ]);
});

it('refuses two people whose keys are written alike', async () => {
  const folder = scratch();
  const file = bookFile(folder, [TERSE], {
    staff: ['#1|Ann|Sales|#100', '1|Bo|Sales|#200', 'E3|Cy|Sales|#300'],
  });
  await paid(file);
  const said = await allot(['deliver', file]);
  expect([said.status, said.out]).toEqual([
    1,
    expect.stringContaining('1 key of Staff that stands there both as a number and as text: 1.'),
  ]);
  expect(existsSync(path.join(folder, 'pay-2026-03-31-1.csv'))).toBe(false);
});

it('tells runs that were forgotten, and none that would be a second one of a period', async () => {
  const folder = scratch();
  const file = bookFile(folder, [CSV]);
  await paid(file, '2026-01-31');
  // Nothing before the first that a destination got is owed to it.
  await paid(file, '2026-02-28');
  expect((await allot(['deliver', file])).out).not.toContain('It does not have yet');
  await paidAnew(file, '2');
  await paid(file, '2026-03-31');
  await paid(file, '2026-04-30');
  const said = await allot(['deliver', file]);
  expect([said.status, said.out]).toEqual([
    0,
    expect.stringContaining('  It does not have yet: run 5 (2026-03-31). --run sends one.\n'),
  ]);
  expect((await allot(['deliver', file, '--run', '5'])).out).not.toContain('It does not have yet');
});

it('tells that the run is forgotten whose adjustment is sent', async () => {
  const folder = scratch();
  const file = bookFile(folder, [CSV]);
  await paid(file);
  expect((await allot(['lock', file, '--run', '1', '--by', 'Payer', '--out', file])).status).toBe(0);
  const book = await openBook(file);
  const keep = null;
  const rows = [0, 1, 2].map((was) => {
    const base = was === 0 ? { kind: 'number' as const, value: { n: 200n, d: 1n } } : keep;
    return { was, cells: [keep, keep, keep, base] };
  });
  await book.write({ tables: [{ table: 'Staff', rows }] }, file);
  expect((await allot(['adjust', file, '--run', '1', '--by', 'Payer', '--out', file])).status).toBe(0);
  const said = await allot(['deliver', file, '--json']);
  expect(JSON.parse(said.out)).toMatchObject({
    kind: 'adjustment',
    destinations: [{ outcome: 'delivered', owing: [{ kind: 'payment', run: '1', asOf: '2026-03-31' }] }],
  });
});

it('gives every run an address that a server sees', () => {
  const run = PAYING.run;
  expect(
    ['https://a/b/', 'https://a/b?c=d?e&f={number}', 'https://a/b?{run}', 'https://a/b#{run}'].map(
      (location) => runAddress(location, PAYING),
    ),
  ).toEqual([
    `https://a/b/${run}`,
    `https://a/b/${run}?c=d?e&f=1`,
    `https://a/b?${run}`,
    `https://a/b/${run}`,
  ]);
});

/** Gives the first destination another name. */
async function renamed(file: string, name: string): Promise<void> {
  const cells: readonly (OutputCell | null)[] = [{ kind: 'text', value: name }, ...Array(7).fill(null)];
  const book = await openBook(file);
  await book.write({ tables: [{ table: 'Deliveries', rows: [{ was: 0, cells }] }] }, file);
}

it('a period that was delivered is not paid anew: it is locked, and the difference adjusted and delivered', async () => {
  const folder = scratch();
  const file = bookFile(folder, [CSV]);
  await paid(file);
  expect((await allot(['deliver', file])).status).toBe(0);
  // E1 had 100 too little.
  const book = await openBook(file);
  const keep = [null, null, null];
  const amount = { kind: 'number' as const, value: { n: 50010n, d: 100n } };
  const rows = [amount, null, null].map((last, was) => ({ was, cells: [...keep, last] }));
  await book.write({ tables: [{ table: 'Staff', rows }] }, file);

  const anew = ['pay', file, '--as-of', '2026-03-31', '--by', 'Payer', '--out', file];
  const entries = (await ledger(file)).length;
  const refused = await allot(anew);
  expect([refused.status, refused.err]).toEqual([
    1,
    expect.stringContaining('Run 1 of 2026-03-31 was delivered to “payroll”'),
  ]);
  expect((await allot([...anew, '--lang', 'zh-CN'])).err).toContain('第 1 号发放已推送给');
  expect((await ledger(file)).length).toBe(entries);
  // What it says to do.
  expect((await allot(['lock', file, '--run', '1', '--by', 'Payer', '--out', file])).status).toBe(0);
  expect((await allot(['adjust', file, '--run', '1', '--by', 'Payer', '--out', file])).status).toBe(0);
  expect((await allot(['deliver', file])).status).toBe(0);
  const amounts = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  const added = (await ledger(file)).findLast(({ Event }) => Event === 'adjusted')?.Number ?? '';
  expect(amounts(`pay-2026-03-31-${added}.csv`)).toMatch(/E1,/);
  expect(amounts(`pay-2026-03-31-${added}.csv`)).not.toMatch(/E2,|E3,/);
});
