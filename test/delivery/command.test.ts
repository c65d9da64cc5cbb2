import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { verifyBook } from '../../src/audit/verify.ts';
import { openBook } from '../../src/workbook/open.ts';
import { hasOpenpyxl, skipNote } from '../workbook/tools.ts';
import { payServer } from './payServer.ts';
import {
  allot,
  BANK,
  bookFile,
  CSV,
  type DeliveryRow,
  delivered,
  ledger,
  paid,
  paidAnew,
  rest,
  scratch,
  VOUCHER,
  verified,
} from './support.ts';

const openpyxl = hasOpenpyxl();
if (!openpyxl) skipNote('openpyxl');

it('delivers a run to each destination, says so in the ledger, and nothing twice', async () => {
  const server = await payServer();
  const folder = scratch();
  const file = bookFile(folder, [CSV, VOUCHER, rest(server.url)]);
  await paid(file);
  const dry = await allot(['deliver', file, '--dry-run'], BANK);
  expect([dry.status, dry.err]).toEqual([0, '\nThis was a dry run: nothing was sent.\n']);
  expect(dry.out).toContain('would be delivered: 3 amounts, net 600.35');
  expect([server.asked.length, existsSync(path.join(folder, 'pay-2026-03-31-1.csv'))]).toEqual([0, false]);
  expect(await delivered(file)).toEqual([]);

  const said = await allot(['deliver', file, '--by', 'Finance A'], BANK);
  expect([said.status, said.out]).toEqual([0, expect.stringContaining('delivered: 3 amounts, net 600.35')]);
  expect(Object.fromEntries(server.paid)).toEqual({ E1: 1, E2: 1, E3: 1 });
  expect(server.asked.map(({ authorization }) => authorization)).toEqual(['Bearer token-of-the-bank']);
  expect(await delivered(file)).toEqual([
    'run 1 to payroll: 3 amounts by csv pay-{as-of}-{number}.csv',
    'run 1 to finance: 3 amounts by voucher voucher-{as-of}.csv',
    `run 1 to bank: 3 amounts by rest ${server.url}/payments`,
  ]);
  const rows = await ledger(file);
  const [run] = rows;
  expect(server.keys).toEqual([run?.Digest]);
  expect(rows.slice(1).map((row) => [row.By, row['As of'], row.Totals])).toEqual(
    Array.from({ length: 3 }, () => ['Finance A', '2026-03-31', 'net=600.35']),
  );
  await verified(file);
  expect(
    readFileSync(path.join(folder, 'voucher-2026-03-31.csv'), 'utf8').split('\r\n').slice(1, -1),
  ).toEqual([
    'ALLOT-1,2026-03-31,6602,Sales,400.10,,"net 2026-03-31, run 1"',
    'ALLOT-1,2026-03-31,2211,Sales,,400.10,"net 2026-03-31, run 1"',
    'ALLOT-1,2026-03-31,6602,Service,200.25,,"net 2026-03-31, run 1"',
    'ALLOT-1,2026-03-31,2211,Service,,200.25,"net 2026-03-31, run 1"',
  ]);

  const before = readFileSync(file);
  const second = await allot(['deliver', file], BANK);
  expect([second.status, server.asked.length]).toEqual([0, 1]);
  expect(second.out).toContain('delivered before (ledger row 2, ');
  const again = await allot(['deliver', file, '--again'], BANK);
  expect(again.status).toBe(0);
  expect(again.out.match(/already there, just as it is here/g)).toHaveLength(3);
  expect(Object.fromEntries(server.paid)).toEqual({ E1: 1, E2: 1, E3: 1 });
  expect(readFileSync(file).equals(before)).toBe(true);
  await server.close();
});

it.skipIf(!openpyxl)('has digests that another program computes', async () => {
  const folder = scratch();
  const file = bookFile(folder, [CSV], { staff: ['E\\1|Ann|Sales|#100.10', '甲|Bo|x|#-5', '𝄞|C|x|#0'] });
  await paid(file);
  expect((await allot(['deliver', file])).status).toBe(0);
  const [run, row] = await ledger(file);
  const python = (script: string, ...args: readonly string[]): string =>
    execFileSync('/usr/bin/python3', ['-W', 'ignore', path.join(import.meta.dirname, script), ...args], {
      encoding: 'utf8',
    });
  const csv = path.join(folder, 'pay-2026-03-31-1.csv');
  expect(python('recompute_delivery.py', csv, run?.Digest ?? '', '2026-03-31').trim()).toBe(row?.Results);
  const { rows } = JSON.parse(python('../audit/recompute.py', file)) as { readonly rows: readonly string[] };
  expect(rows).toEqual([run?.Digest, row?.Digest]);
});

it('pays once where the server fails after accepting, however often and at the same time the command is run', async () => {
  const server = await payServer(({ method, attempt, response, take }) => {
    // Of what comes, the first is cut off, the second in error, the fourth cut off; all have been taken.
    if (method !== 'PUT' || ![1, 2, 4].includes(attempt)) return 'next';
    take();
    if (attempt === 2) response.writeHead(500).end();
    else response.destroy();
    return 'done';
  });
  const folder = scratch();
  const file = bookFile(folder, [rest(server.url)]);
  await paid(file);
  const [one, two] = [path.join(folder, 'one.xlsx'), path.join(folder, 'two.xlsx')];
  const both = await Promise.all([
    allot(['deliver', file, '--out', one], BANK),
    allot(['deliver', file, '--out', two], BANK),
  ]);
  expect(both.map(({ status }) => status)).toEqual([0, 0]);
  expect(Object.fromEntries(server.paid)).toEqual({ E1: 1, E2: 1, E3: 1 });
  // The book itself doesn't know of it, as after a crash before its ledger was written.
  expect(await delivered(file)).toEqual([]);
  expect((await allot(['deliver', file], BANK)).out).toMatch(/delivered|already there/);
  expect(Object.fromEntries(server.paid)).toEqual({ E1: 1, E2: 1, E3: 1 });
  expect(new Set(server.keys).size).toBe(1);
  for (const book of [file, one, two]) {
    expect(await delivered(book)).toHaveLength(1);
    await verified(book);
  }
  await server.close();
});

it('reports each destination by itself, and the ledger says of none what it did not confirm', async () => {
  const server = await payServer(({ method, response }) => {
    if (method !== 'PUT') return 'next';
    response.writeHead(403).end();
    return 'done';
  });
  const folder = scratch();
  const nowhere: DeliveryRow = { name: 'archive', kind: 'csv', location: 'no such folder/pay.csv' };
  const file = bookFile(folder, [nowhere, rest(server.url), CSV]);
  await paid(file);
  const said = await allot(['deliver', file, '--json'], BANK);
  expect(said.status).toBe(2);
  const report = JSON.parse(said.out) as {
    readonly destinations: readonly {
      readonly name: string;
      readonly outcome: string;
      readonly message: string;
    }[];
  };
  expect(report.destinations.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['archive', 'refused'],
    ['bank', 'refused'],
    ['payroll', 'delivered'],
  ]);
  expect(report.destinations[1]?.message).toBe(
    'not delivered. The server answered 403: the token is not accepted.',
  );
  expect(said.out).not.toContain('token-of-the-bank');
  expect(await delivered(file)).toEqual(['run 1 to payroll: 3 amounts by csv pay-{as-of}-{number}.csv']);
  const only = await allot(['deliver', file, '--only', 'Payroll'], BANK);
  expect([only.status, only.out]).toEqual([0, expect.stringContaining('delivered before')]);
  await server.close();
});

it('refuses a run whose record is gone or changed, one that was replaced, and what is none', async () => {
  const folder = scratch();
  const file = bookFile(folder, [CSV]);
  const nothing = await allot(['deliver', file]);
  expect([nothing.status, nothing.err]).toEqual([
    2,
    'error: Nothing was paid in this workbook. `allot pay` pays.\n',
  ]);
  await paid(file);
  await paid(file, '2026-04-30');
  const none = await allot(['deliver', file, '--run', '7']);
  expect([none.status, none.err]).toEqual([
    2,
    'error: Row 7 of the ledger is no paid run and no adjustment. Those are 1, 2.\n',
  ]);
  // The ledger's cells are as they are; a record of run 2 that is another one is not.
  const { readXlsx } = await import('../../src/workbook/xlsx/book.ts');
  const book = await openBook(file);
  const other = path.join(folder, 'other.xlsx');
  const part = await book.part('record-1');
  await book.write({ parts: [{ name: 'record-2', text: part }] }, other);
  const changed = await allot(['deliver', other]);
  expect([changed.status, changed.err]).toEqual([
    1,
    expect.stringContaining('row 2 of the ledger was changed'),
  ]);
  await book.write({ parts: [{ name: 'record-2', text: null }] }, other);
  const gone = await allot(['deliver', other]);
  expect([gone.status, gone.err]).toEqual([
    1,
    expect.stringContaining('row 2 of the ledger is not in this workbook'),
  ]);
  expect(readXlsx(readFileSync(other), other).tables.length).toBeGreaterThan(0);

  expect((await allot(['deliver', file, '--run', '1'])).status).toBe(0);
  await paidAnew(file, '1');
  const replaced = await allot(['deliver', file, '--run', '1']);
  expect([replaced.status, replaced.err]).toEqual([2, expect.stringContaining('Deliver run 4.')]);
  const twice = await allot(['deliver', file, '--run', '4']);
  expect([twice.status, twice.out]).toEqual([
    1,
    expect.stringContaining('Run 1 of the same period (2026-03-31) was delivered there before'),
  ]);
  expect(existsSync(path.join(folder, 'pay-2026-03-31-4.csv'))).toBe(false);
  const { findings } = await verifyBook(await openBook(file));
  expect(findings.filter(({ kind }) => kind === 'delivered-replaced')).toEqual([
    {
      severity: 'note',
      kind: 'delivered-replaced',
      run: '1',
      asOf: '2026-03-31',
      by: '4',
      name: 'payroll',
      row: '3',
    },
  ]);
});

it('delivers adjustments, with their own digest, and takes money back on the other side', async () => {
  const folder = scratch();
  const server = await payServer();
  const file = bookFile(
    folder,
    [VOUCHER, CSV, rest(server.url)].map((one) => ({
      ...one,
      location: one.location.replace('{as-of}.csv', '{number}.csv'),
    })),
    {
      rules: [
        'table Staff key id',
        'bonus_rate = 10%',
        'statement net for Staff',
        '  add base * bonus_rate "Bonus"',
      ],
      staff: ['E1|Ann|Sales|#100', 'E2|Bo|Service|#200', 'E3|Cy|Sales|#300'],
    },
  );
  await paid(file);
  expect((await allot(['deliver', file], BANK)).status).toBe(0);
  expect((await allot(['lock', file, '--run', '1', '--by', 'Payer', '--out', file])).status).toBe(0);
  // E1 had 100 too little and E3 50 too much; Bo moved, which is no amount.
  const book = await openBook(file);
  const keep = null;
  const number = (n: bigint) => ({ kind: 'number' as const, value: { n, d: 1n } });
  await book.write(
    {
      tables: [
        {
          table: 'Staff',
          rows: [
            { was: 0, cells: [keep, keep, keep, number(200n)] },
            { was: 1, cells: [keep, keep, { kind: 'text', value: 'Sales' }, keep] },
            { was: 2, cells: [keep, keep, keep, number(250n)] },
          ],
        },
      ],
    },
    file,
  );
  const adjusted = await allot(['adjust', file, '--run', '1', '--by', 'Payer', '--out', file]);
  expect([adjusted.status, adjusted.err]).toEqual([0, expect.anything()]);
  const rows = await ledger(file);
  const adjustment = rows.findLast(({ Event }) => Event === 'adjusted');
  const said = await allot(['deliver', file], BANK);
  expect([said.status, said.out]).toEqual([
    0,
    expect.stringContaining(`Adjustment ${adjustment?.Number} of run 1`),
  ]);
  expect(server.keys).toEqual([rows[0]?.Digest, adjustment?.Digest]);
  expect(JSON.parse(server.bodies[1] ?? '')).toMatchObject({
    kind: 'adjustment',
    adjusts: 1,
    totals: { net: '5' },
    payments: [
      { member: 'E1', amount: '10', kind: 'adjustment' },
      { member: 'E3', amount: '-5', kind: 'adjustment' },
    ],
  });
  // By hand: 10% of 100 more is 10, 10% of 50 less is 5 back, both in Sales.
  const number_ = adjustment?.Number ?? '';
  const memo = `"net 2026-03-31, adjustment ${number_} of run 1"`;
  const lines = readFileSync(path.join(folder, `voucher-${number_}.csv`), 'utf8')
    .split('\r\n')
    .slice(1, -1);
  expect(lines).toEqual([
    `ALLOT-${number_},2026-03-31,6602,Sales,10.00,,${memo}`,
    `ALLOT-${number_},2026-03-31,2211,Sales,,10.00,${memo}`,
    `ALLOT-${number_},2026-03-31,2211,Sales,5.00,,${memo}`,
    `ALLOT-${number_},2026-03-31,6602,Sales,,5.00,${memo}`,
  ]);
  await verified(file);
  // Of the run itself, whose people have moved since, nothing is sent again.
  const run = await allot(['deliver', file, '--run', '1'], BANK);
  expect([run.status, run.out]).toEqual([0, expect.stringContaining('What would be sent now differs')]);
  expect(Object.fromEntries(server.paid)).toEqual({ E1: 2, E2: 1, E3: 2 });
  await server.close();
});

it('does not write the ledger into a book that changed meanwhile, and says what that means', async () => {
  const folder = scratch();
  let file = '';
  const server = await payServer(({ method }) => {
    if (method === 'PUT') {
      copyFileSync(file, path.join(folder, 'copy'));
      writeFileSync(path.join(folder, 'new'), readFileSync(file));
      renameSync(path.join(folder, 'new'), file);
    }
    return 'next';
  });
  file = bookFile(folder, [rest(server.url)]);
  await paid(file);
  const said = await allot(['deliver', file], BANK);
  expect([said.status, said.out]).toEqual([
    2,
    expect.stringContaining(
      'the book was changed by somebody else meanwhile, so the ledger does not say so.',
    ),
  ]);
  expect(await delivered(file)).toEqual([]);
  await server.close();
});
