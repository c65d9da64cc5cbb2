import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { isError } from '../../src/audit/findings.ts';
import { LEDGER_SHEET, type LedgerCells, nextRow, readLedger, recordName } from '../../src/audit/ledger.ts';
import { planned, writableLedger } from '../../src/audit/pay.ts';
import { verifyBook } from '../../src/audit/verify.ts';
import { paymentContent } from '../../src/delivery/content.ts';
import type { Content, Destination, Paying, Payment } from '../../src/delivery/model.ts';
import { parseDecimal } from '../../src/exact/decimal.ts';
import { ZERO } from '../../src/exact/rational.ts';
import type { FetchContext } from '../../src/sources/fetch/context.ts';
import { openBook } from '../../src/workbook/open.ts';
import type { OutputCell } from '../../src/workbook/port.ts';
import { buildWorkbook } from '../../src/workbook/xlsx/build.ts';
import { inProcess, type Said } from '../cli/inProcess.ts';
import { cell } from '../sources/books.ts';

/** A folder of its own for one test, gone when the test is done. */
export function scratch(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'allot-deliver-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const PAYING: Paying = {
  kind: 'payment',
  number: '1',
  run: 'ab'.repeat(32),
  asOf: '2026-03-31',
  adjusts: null,
};

export function payments(amounts: Readonly<Record<string, string>>, statement = 'net'): readonly Payment[] {
  return Object.entries(amounts).map(([member, amount]) => ({
    table: 'Staff',
    statement,
    member,
    amount: parseDecimal(amount) ?? ZERO,
  }));
}

export const AMOUNTS = { E1: '5000.10', E2: '4500.5', E3: '0', E4: '-12.34' } as const;

export function destination(one: Partial<Destination> & Pick<Destination, 'kind' | 'location'>): Destination {
  return {
    name: 'payroll',
    what: ['net'],
    mapping: [],
    accounts: new Map(),
    options: new Map(),
    at: { sheet: 'Deliveries', row: 2 },
    ...one,
  };
}

export function contentOf(
  to: Destination,
  all: readonly Payment[] = payments(AMOUNTS),
  paying: Paying = PAYING,
): Content {
  return paymentContent(to, paying, all, () => {
    throw new Error('no table');
  });
}

export function context(more: Partial<FetchContext> = {}): FetchContext {
  return { folder: tmpdir(), secret: () => null, timeout: 5000, limit: 2 ** 20, pause: 1, ...more };
}

/** A row of the sheet `Deliveries`. */
export interface DeliveryRow {
  readonly name: string;
  readonly kind: string;
  readonly location: string;
  readonly what?: string;
  readonly mapping?: string;
  readonly accounts?: string;
  readonly options?: string;
}

const HEADINGS = {
  en: ['Name', 'Kind', 'Location', 'What', 'Mapping', 'Accounts', 'Options', 'Note'],
  'zh-CN': ['名称', '类型', '位置', '内容', '列对应', '科目', '选项', '备注'],
} as const;

const columns = (headings: readonly string[]) => headings.map((heading) => ({ heading, width: 12 }));
const text = (value: string): OutputCell => (value === '' ? { kind: 'blank' } : { kind: 'text', value });

export const STAFF: readonly string[] = ['E1|Ann|Sales|#100.10', 'E2|Bo|Service|#200.25', 'E3|Cy|Sales|#300'];
export const RULES = ['table Staff key id', 'statement net for Staff', '  add base "Base pay"'];

/** Writes a workbook with people, a statement `net` of what they get, and destinations. */
export function bookFile(
  folder: string,
  rows: readonly DeliveryRow[],
  { staff = STAFF, rules = RULES, language = 'en' as 'en' | 'zh-CN', name = 'book.xlsx' } = {},
): string {
  const file = path.join(folder, name);
  const bytes = buildWorkbook({
    sheets: [
      {
        kind: 'rules',
        name: 'Rules',
        lines: rules.map((line) => ({ depth: line.startsWith('  ') ? 1 : 0, text: line.trim() })),
      },
      {
        kind: 'table',
        name: 'Staff',
        columns: columns(['Id', 'Name', 'Department', 'Base']),
        rows: staff.map((row) => row.split('|').map((one) => cell(one))),
      },
      {
        kind: 'table',
        name: language === 'en' ? 'Deliveries' : '结果推送',
        columns: columns(HEADINGS[language]),
        rows: rows.map((one) =>
          [
            one.name,
            one.kind,
            one.location,
            one.what ?? 'net',
            one.mapping ?? '',
            one.accounts ?? '',
            one.options ?? '',
            '',
          ].map(text),
        ),
      },
    ],
  });
  writeFileSync(file, bytes);
  return file;
}

/** The command line in this process. */
export async function allot(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  language = 'en',
): Promise<Said> {
  return inProcess([...args, '--lang', language], { env, today: '2026-04-01', width: 200 });
}

/** Pays a book in its place. */
export async function paid(file: string, asOf = '2026-03-31'): Promise<void> {
  const said = await allot(['pay', file, '--as-of', asOf, '--by', 'Payer', '--out', file]);
  if (said.status !== 0) throw new Error(said.err + said.out);
}

/** A ledger in which a run's period was paid anew as it was, though it may have been delivered: `allot pay` refuses that. */
export async function paidAnew(file: string, run: string): Promise<void> {
  const book = await openBook(file);
  const found = await writableLedger(book, 'Payer');
  if (found.kind !== 'ledger') throw new Error(found.kind);
  const old = found.ledger.rows.find(({ cells }) => cells.Number === run)?.cells;
  if (old === undefined) throw new Error(`no run ${run}`);
  const { Number: _, Previous: _p, Digest: _d, Signature: _s, ...cells } = old;
  const row = nextRow(found.ledger, { ...cells, Event: 'paid' });
  const text = await book.part(recordName(run));
  const plan = await planned(found.ledger, row, null, { parts: [{ name: recordName(row.Number), text }] });
  if (plan.kind !== 'plan') throw new Error(plan.kind);
  await book.write(plan.changes, file);
}

const ACCOUNTS = 'debit = 6602; credit = 2211';
export const VOUCHER: DeliveryRow = {
  name: 'finance',
  kind: 'voucher',
  location: 'voucher-{as-of}.csv',
  mapping: 'department = Department',
  accounts: ACCOUNTS,
};
export const CSV: DeliveryRow = { name: 'payroll', kind: 'csv', location: 'pay-{as-of}-{number}.csv' };
export const rest = (url: string): DeliveryRow => ({
  name: 'bank',
  kind: 'rest',
  location: `${url}/payments`,
  options: 'token = BANK',
});
export const BANK = { ALLOT_SECRET_BANK: 'token-of-the-bank' };

/** The rows of a book's ledger. */
export async function ledger(file: string): Promise<readonly LedgerCells[]> {
  const book = await openBook(file);
  return readLedger(await book.ours(LEDGER_SHEET)).rows.map(({ cells }) => cells);
}

/** Notes of what was delivered. */
export const delivered = async (file: string): Promise<readonly string[]> =>
  (await ledger(file)).filter(({ Event }) => Event === 'delivered').map(({ Note }) => Note);

/** Sees to it that verifying finds nothing wrong. */
export async function verified(file: string): Promise<void> {
  const { findings } = await verifyBook(await openBook(file));
  expect(findings.filter(isError)).toEqual([]);
}
