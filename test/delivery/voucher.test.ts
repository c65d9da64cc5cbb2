import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { amountText } from '../../src/delivery/decimals.ts';
import { csvBytes, xlsxBytes } from '../../src/delivery/files.ts';
import { type Content, DeliveryRefused, type Destination, type Payment } from '../../src/delivery/model.ts';
import { sendFile } from '../../src/delivery/send/files.ts';
import { voucherContent } from '../../src/delivery/voucher.ts';
import { rational } from '../../src/exact/rational.ts';
import { textValue } from '../../src/exact/value.ts';
import { readXlsx } from '../../src/workbook/xlsx/book.ts';
import { rowTexts } from '../sources/books.ts';
import { destination, PAYING, payments, scratch } from './support.ts';

const DEPARTMENT = { field: 'department', from: { kind: 'column', heading: 'Department' } } as const;
const ACCOUNTS = new Map([
  ['debit', '6602'],
  ['credit', '2211'],
]);

const voucher = (more: Partial<Destination> = {}): Destination =>
  destination({
    kind: 'voucher',
    location: 'voucher.csv',
    mapping: [DEPARTMENT],
    accounts: ACCOUNTS,
    ...more,
  });

/** The voucher of payments, each member's department by what stands before the `-` of the name. */
const made = (all: readonly Payment[], to = voucher()): Content =>
  voucherContent(to, PAYING, all, ({ member }) => textValue(member.split('-')[0] ?? ''));

const csv = (content: Content): readonly string[] =>
  new TextDecoder().decode(csvBytes(content)).split('\r\n').slice(0, -1);

function refusal(make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    if (error instanceof DeliveryRefused) return error.refused;
    throw error;
  }
}

it('has what is paid and what is taken back on their sides, by department', () => {
  const all = payments({
    'Sales-1': '100.10',
    'Sales-2': '-0.05',
    'Sales-3': '0',
    'IT-1': '7',
    'HR-1': '0',
    'Sales-4': '0.3',
  });
  // By hand: Sales 100.10 + 0.3 = 100.40 and 0.05 back; IT 7; HR nothing.
  expect(csv(made(all))).toEqual([
    'Number,Date,Account,Department,Debit,Credit,Memo',
    'ALLOT-1,2026-03-31,6602,IT,7.00,,"net 2026-03-31, run 1"',
    'ALLOT-1,2026-03-31,2211,IT,,7.00,"net 2026-03-31, run 1"',
    'ALLOT-1,2026-03-31,6602,Sales,100.40,,"net 2026-03-31, run 1"',
    'ALLOT-1,2026-03-31,2211,Sales,,100.40,"net 2026-03-31, run 1"',
    'ALLOT-1,2026-03-31,2211,Sales,0.05,,"net 2026-03-31, run 1"',
    'ALLOT-1,2026-03-31,6602,Sales,,0.05,"net 2026-03-31, run 1"',
  ]);
});

it('is Chinese where it is asked to be, and tells adjustments', () => {
  const to = voucher({ options: new Map([['language', 'zh-CN']]) });
  const adjustment = { ...PAYING, kind: 'adjustment', number: '4', adjusts: '1' } as const;
  const content = voucherContent(to, adjustment, payments({ 甲: '-2.5' }), () => textValue('客服部'));
  expect(csv(content)).toEqual([
    '凭证号,日期,科目,部门,借方,贷方,摘要',
    'ALLOT-4,2026-03-31,2211,客服部,2.50,,2026-03-31 net，第 4 号补差（第 1 号发放）',
    'ALLOT-4,2026-03-31,6602,客服部,,2.50,2026-03-31 net，第 4 号补差（第 1 号发放）',
  ]);
});

it('takes accounts of their own for a statement', () => {
  const accounts = new Map([...ACCOUNTS, ['bonus debit', '6603']]);
  const all = [...payments({ 'IT-1': '1' }), ...payments({ 'IT-1': '2' }, 'Bonus')];
  const content = made(all, voucher({ accounts, what: ['net', 'Bonus'] }));
  expect(content.rows.map((row) => row.slice(2, 3))).toEqual([
    [textValue('6602')],
    [textValue('2211')],
    [textValue('6603')],
    [textValue('2211')],
  ]);
  expect(refusal(() => made(all, voucher({ accounts: new Map([['debit', '1']]) })))).toEqual({
    kind: 'no-account',
    name: 'net credit',
  });
});

it('refuses people without a department, fractions, and more decimals than the currency has', () => {
  const all = payments({ '-1': '3', 'IT-1': '1', '-2': '0' });
  expect(refusal(() => made(all))).toEqual({
    kind: 'no-department',
    table: 'Staff',
    heading: 'Department',
    count: 1,
    members: ['-1'],
  });
  // Who gets nothing is on no line, and needs none.
  expect(made(payments({ 'IT-1': '1', '-2': '0' })).rows).toHaveLength(2);
  const third: Payment = { table: 'Staff', statement: 'net', member: 'IT-1', amount: rational(1n, 3n) };
  expect(refusal(() => made([third]))).toEqual({
    kind: 'decimals',
    decimals: 2,
    count: 1,
    members: ['IT-1: 1/3'],
  });
  expect(refusal(() => made(payments({ 'IT-1': '0.001' })))).toMatchObject({ kind: 'decimals', decimals: 2 });
  expect(refusal(() => made(all, voucher({ mapping: [] })))).toEqual({
    kind: 'no-field',
    field: 'department',
  });
});

/** Sums of decimal texts by scaled integers, which nothing of ours computes. */
function units(text: string, decimals: number): bigint {
  expect(text).toMatch(decimals === 0 ? /^\d+$/ : new RegExp(`^\\d+\\.\\d{${decimals}}$`));
  return BigInt(text.replace('.', ''));
}

const departments = ['Sales', 'IT', '客服部', 'A, "B"'];
const random = fc.constantFrom(0, 2, 3).chain((decimals) =>
  fc.record({
    decimals: fc.constant(decimals),
    amounts: fc.array(
      fc.record({
        department: fc.constantFrom(...departments),
        statement: fc.constantFrom('net', 'bonus'),
        units: fc.oneof(fc.bigInt(-(10n ** 14n), 10n ** 14n), fc.constantFrom(0n, 1n, -1n)),
      }),
      { maxLength: 40 },
    ),
  }),
);

it('balances to the last unit, and has the sums of every department', () => {
  let lines = 0;
  fc.assert(
    fc.property(random, ({ decimals, amounts }) => {
      const all = amounts.map(
        ({ department, statement, units: n }, i): Payment => ({
          table: 'Staff',
          statement,
          member: `${department}-${i}`,
          amount: rational(n, 10n ** BigInt(decimals)),
        }),
      );
      const content = made(all, voucher({ options: new Map([['decimals', String(decimals)]]) }));
      lines += content.rows.length;
      // As it is read: texts of the file's fields.
      const rows = content.rows.map((row) => ({
        account: row[2]?.kind === 'text' ? row[2].value : '',
        department: row[3]?.kind === 'text' ? row[3].value : '',
        debit: row[4]?.kind === 'number' ? units(amountText(row[4].value, decimals), decimals) : null,
        credit: row[5]?.kind === 'number' ? units(amountText(row[5].value, decimals), decimals) : null,
        statement: row[6]?.kind === 'text' ? (row[6].value.split(' ')[0] ?? '') : '',
      }));
      // One side a line, and above 0.
      for (const { debit, credit } of rows) {
        expect([debit, credit].filter((one) => one === null)).toHaveLength(1);
        expect((debit ?? 0n) + (credit ?? 0n) > 0n).toBe(true);
      }
      const sum = (some: typeof rows, side: 'debit' | 'credit'): bigint =>
        some.reduce((total, row) => total + (row[side] ?? 0n), 0n);
      expect(sum(rows, 'debit')).toBe(sum(rows, 'credit'));
      for (const department of departments) {
        const own = rows.filter((row) => row.department === department);
        expect(sum(own, 'debit')).toBe(sum(own, 'credit'));
        for (const statement of ['net', 'bonus']) {
          const paid = amounts
            .filter((one) => one.department === department && one.statement === statement)
            .map((one) => one.units);
          const on = (account: string) =>
            own.filter((row) => row.account === account && row.statement === statement);
          const up = paid.reduce((total, n) => (n > 0n ? total + n : total), 0n);
          const down = paid.reduce((total, n) => (n < 0n ? total - n : total), 0n);
          expect([sum(on('6602'), 'debit'), sum(on('6602'), 'credit')]).toEqual([up, down]);
          expect([sum(on('2211'), 'debit'), sum(on('2211'), 'credit')]).toEqual([down, up]);
        }
      }
    }),
    { numRuns: Number(process.env.ALLOT_RUNS ?? 300) },
  );
  expect(lines).toBeGreaterThan(0);
});

it('writes amounts as the decimals that they are', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.integer({ min: 0, max: 10 }), (n, decimals) => {
      const text = amountText(rational(n, 10n ** BigInt(decimals)), decimals);
      expect(text).toMatch(decimals === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${decimals}}$`));
      expect(BigInt(text.replace('.', ''))).toBe(n);
    }),
  );
});

it('is a sheet whose cells hold the same, where a workbook is asked for', async () => {
  const folder = scratch();
  const to = voucher({ location: 'vouchers {as-of} {number}.xlsx' });
  const content = made(payments({ 'IT-1': '1234567890123.45', '=1+1-3': '-0.1' }), to);
  expect(await sendFile(to, PAYING, content, folder)).toBe('delivered');
  expect(await sendFile(to, PAYING, content, folder)).toBe('there');
  const file = path.join(folder, 'vouchers 2026-03-31 1.xlsx');
  const { tables } = await readXlsx(readFileSync(file), file).read();
  expect(tables.map(({ sheet }) => sheet)).toEqual(['Voucher']);
  const [table] = tables;
  expect(table === undefined ? [] : rowTexts(table).map((row) => row.slice(2, 6))).toEqual([
    ['2211', '=1+1', '0.1', ''],
    ['6602', '=1+1', '', '0.1'],
    ['6602', 'IT', '1234567890123.45', ''],
    ['2211', 'IT', '', '1234567890123.45'],
  ]);
  const long = made(payments({ 'IT-1': '12345678901234.56', 'IT-2': '1000000000000000.01' }), to);
  expect(refusal(() => xlsxBytes(long, 'Voucher'))).toMatchObject({ kind: 'digits' });
});

it('writes no file over another one, and nothing that a spreadsheet would run', async () => {
  const folder = scratch();
  const to = destination({ kind: 'csv', location: 'out-{as-of}.csv' });
  const content = (more: string) => made(payments({ [`@cmd-${more}`]: '1' }), voucher());
  expect(await sendFile(to, PAYING, content('1'), folder)).toBe('delivered');
  const file = path.join(folder, 'out-2026-03-31.csv');
  const before = readFileSync(file, 'utf8');
  expect(before.split('\r\n')[1]).toBe(`ALLOT-1,2026-03-31,6602,'@cmd,1.00,,"net 2026-03-31, run 1"`);
  const other = made(payments({ 'IT-1': '2' }), voucher());
  const refused = await sendFile(to, PAYING, other, folder).catch((error: unknown) =>
    error instanceof DeliveryRefused ? error.refused : error,
  );
  expect(refused).toEqual({ kind: 'other-file', file });
  expect(readFileSync(file, 'utf8')).toBe(before);
  const wrong = await sendFile({ kind: 'csv', location: '.bashrc' }, PAYING, other, folder).catch(
    (error: unknown) => (error instanceof DeliveryRefused ? error.refused : error),
  );
  expect(wrong).toEqual({ kind: 'file-type', location: '.bashrc', types: ['.csv'] });
});

it('lets one of two runs have a place where both come at the same time', async () => {
  const folder = scratch();
  const to = { kind: 'voucher', location: 'same.csv' } as const;
  const contents = ['1', '2'].map((amount) => made(payments({ 'Sales-1': amount })));
  const ends = await Promise.allSettled(contents.map((content) => sendFile(to, PAYING, content, folder)));
  const kept = new Uint8Array(readFileSync(path.join(folder, 'same.csv')));
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  for (const [i, end] of ends.entries()) {
    const content = contents[i];
    if (content === undefined) throw new Error('no content');
    if (end.status === 'fulfilled') expect(kept).toEqual(csvBytes(content));
    else expect(end.reason).toMatchObject({ refused: { kind: 'other-file' } });
  }
  expect(readdirSync(folder)).toEqual(['same.csv']);
});
