import { foldName, parseRules } from '../../grammar/index.ts';
import { type Finding, isError } from '../../src/audit/findings.ts';
import {
  type AdjustmentPlan,
  type Doer,
  type PaidRun,
  type Plan,
  planAdjustment,
  planPayment,
  planStep,
  type Refusal,
  type Step,
} from '../../src/audit/index.ts';
import { HEADINGS, LEDGER_SHEET, type LedgerCells, readLedger } from '../../src/audit/ledger.ts';
import { planLock } from '../../src/audit/pay.ts';
import { type VerifyOptions, verifyBook } from '../../src/audit/verify.ts';
import { run as runProgram } from '../../src/engine/run.ts';
import { isoText, parseDate } from '../../src/exact/date.ts';
import { toDouble } from '../../src/exact/rational.ts';
import type { Language } from '../../src/problems/messages/index.ts';
import { checkRules } from '../../src/rules/check.ts';
import type { BookChanges, BookReader, BookStore, OutputCell } from '../../src/workbook/port.ts';
import { book, type Cell } from '../support/book.ts';

/** A workbook as plain cells that a test may change as it likes. */
export interface MemoryBook {
  /** By table: its headings, then its rows. */
  readonly sheets: Record<string, Cell[][]>;
  /** Sheets of ours, likewise. */
  readonly ours: Record<string, Cell[][]>;
  readonly names: Record<string, Cell>;
  readonly parts: Record<string, string>;
  /** Lines of `Rules.allot`. */
  readonly rules: string[];
}

export const copyOf = (one: MemoryBook): MemoryBook => structuredClone(one);

export function readerOf(one: MemoryBook): BookReader & BookStore {
  const whole = book(one.sheets, { rules: one.rules.join('\n'), names: one.names });
  const { rules, hasRules, names, problems, tables } = whole;
  return {
    rules,
    hasRules,
    names,
    problems,
    tables: tables.map(({ name, sheet, columns }) => ({
      name,
      sheet,
      headings: columns.map(({ heading }) => heading),
    })),
    async read(only) {
      const wanted = only?.map(foldName);
      return { ...whole, tables: tables.filter(({ name }) => wanted?.includes(foldName(name)) ?? true) };
    },
    async ours(name) {
      const cells = one.ours[name];
      return cells === undefined ? null : (book({ [name]: cells }).tables[0] ?? null);
    },
    part: async (name) => one.parts[name] ?? null,
  };
}

function cellOf(cell: OutputCell | undefined): Cell {
  switch (cell?.kind) {
    case 'number':
      return toDouble(cell.value);
    case 'text':
      return cell.value === '' ? null : cell.value;
    case 'date':
      return { date: isoText(cell.ms).replace('T', ' ') };
    case 'logical':
      return cell.value;
    default:
      return null;
  }
}

export function apply(one: MemoryBook, { sheets = [], parts = [] }: BookChanges): void {
  for (const { name, columns, rows } of sheets)
    one.ours[name] = [
      columns.map(({ heading }) => heading),
      ...rows.map((row) => columns.map((_, i) => cellOf(row[i]))),
    ];
  for (const { name, text } of parts) if (text !== null) one.parts[name] = text;
}

export const doer = (by: string, key: CryptoKey | null = null): Doer => ({
  by,
  time: '2026-04-01T08:00:00Z',
  key,
});

export interface PayInMemory {
  readonly override?: string;
  readonly language?: Language;
}

/** A book computed as of a date. The rules and data must have no errors. */
export async function runOf(one: MemoryBook, asOf: string): Promise<PaidRun> {
  const reader = readerOf(one);
  const workbook = await reader.read();
  const file = parseRules(reader.rules);
  const { program, problems } = checkRules(file, workbook, parseDate(asOf) ?? 0);
  if (program === null) throw new Error(JSON.stringify(problems));
  const results = runProgram(program, workbook);
  const errors = results.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return { file, program, workbook, results };
}

/** What paying a book as of a date would write. */
export async function paymentOf(
  one: MemoryBook,
  asOf: string,
  who: Doer,
  { override, language = 'en' }: PayInMemory = {},
): Promise<Plan | Refusal> {
  const options = { override: override ?? null, language };
  return planPayment(readerOf(one), await runOf(one, asOf), who, options);
}

/** What adjusting a run of a date would write. */
export async function adjustmentOf(
  one: MemoryBook,
  run: string,
  asOf: string,
  who: Doer,
  { override, language = 'en' }: PayInMemory = {},
): Promise<AdjustmentPlan | Refusal> {
  const options = { override: override ?? null, language };
  return planAdjustment(readerOf(one), run, await runOf(one, asOf), who, options);
}

/** Adjusts; refuses with the refusal's kind. */
export async function adjustIn(
  one: MemoryBook,
  run: string,
  asOf: string,
  who: Doer,
  options: PayInMemory = {},
): Promise<AdjustmentPlan> {
  return done(one, await adjustmentOf(one, run, asOf, who, options));
}

/** Pays; refuses with the refusal's kind. */
export async function payIn(
  one: MemoryBook,
  asOf: string,
  who: Doer,
  options: PayInMemory = {},
): Promise<Plan> {
  return done(one, await paymentOf(one, asOf, who, options));
}

export async function stepIn(one: MemoryBook, step: Step, who: Doer): Promise<Plan> {
  return done(one, await planStep(readerOf(one), step, who));
}

export async function lockIn(one: MemoryBook, run: string, who: Doer): Promise<Plan> {
  return done(one, await planLock(readerOf(one), run, who));
}

function done<P extends Plan>(one: MemoryBook, plan: P | Refusal): P {
  if (plan.kind !== 'plan') throw new Error(plan.kind);
  apply(one, plan.changes);
  return plan;
}

/** A small book with every kind of result: tables, a pool, statements, scalars; blanks, dates, texts and fractions. */
export function smallBook(): MemoryBook {
  const ticket = (n: number, day: string, who: string, hours: number | null): Cell[] => [
    `T${n}`,
    { date: day },
    who,
    hours,
    n % 2 === 0,
  ];
  return {
    sheets: {
      Staff: [
        ['id', 'side', 'base', 'since', 'note'],
        ['E1', 'back', 5000, { date: '2020-01-01' }, 'a\tb'],
        ['E2', 'back', 4500.5, { date: '2021-05-31 09:30' }, null],
        ['E3', 'back', 4100.25, { date: '2019-02-28' }, '两行\n文字'],
        ['F1', 'front', 4000, { date: '2022-03-01' }, 'back\\slash'],
      ],
      Tickets: [
        ['ticket', 'opened', 'who', 'hours', 'solved'],
        ticket(1, '2026-01-05', 'E1', 0.5),
        ticket(2, '2026-01-07 10:15', 'E2', 2.25),
        ticket(3, '2026-01-09', 'E3', null),
        ticket(4, '2026-01-30', 'E1', 7),
        ticket(5, '2025-12-30', 'E2', 1),
      ],
    },
    ours: {},
    names: { pool: 1000.1, campaign: { date: '2026-01-01' } },
    parts: {},
    rules: `# Who gets what, and why
unit 0.01
table Staff key id
table Tickets key ticket where date(opened) > eomonth(as_of, -1) and date(opened) <= as_of
  who in Staff   # a colleague

band points   # everybody knows them
  up to 1   -> 100
  up to 2.5 -> 80 # still good
  otherwise -> 60

each Tickets
  points_of = if(hours = blank, 60, points(hours))

each Staff where side = "back"
  quality = average(Tickets[points_of] where who = id)
  weight = default(quality, 0) / 3   # a fraction
  told = if(campaign <= as_of, "5G", "none")

share pool among Staff where side = "back" by weight as reward  # the pool
statement net for Staff
  add base "Base pay"
  add default(reward, 0) # "reward" as label`.split('\n'),
  };
}

/** Tickets of February, as they come in. */
export function enterFebruary(one: MemoryBook): void {
  const rows = one.sheets.Tickets;
  rows?.push(
    ['T6', { date: '2026-02-03' }, 'E3', 1.5, true],
    ['T7', { date: '2026-02-11' }, 'E1', 3, null],
    ['T8', { date: '2026-02-27' }, 'E2', 0.75, false],
  );
}

/** What verification says of a book. */
export const verify = async (book: MemoryBook, options: VerifyOptions = {}): Promise<readonly Finding[]> =>
  (await verifyBook(readerOf(book), options)).findings;
export const errors = async (book: MemoryBook, options: VerifyOptions = {}): Promise<readonly Finding[]> =>
  (await verify(book, options)).filter(isError);

/** The rows of its ledger. */
export const ledgerOf = async (book: MemoryBook): Promise<readonly LedgerCells[]> =>
  readLedger(await readerOf(book).ours(LEDGER_SHEET)).rows.map(({ cells }) => cells);

/** Puts cells into a row (from 1) of its ledger. */
export function put(book: MemoryBook, row: number, cells: LedgerCells): void {
  const rows = book.ours[LEDGER_SHEET] ?? [];
  rows[row] = HEADINGS.map((heading) => (cells[heading] === '' ? null : cells[heading]));
}

/** January and February, paid one after the other. */
export async function twoMonths(key: CryptoKey | null = null): Promise<MemoryBook> {
  const book = smallBook();
  await payIn(book, '2026-01-31', doer('Payer', key));
  enterFebruary(book);
  await payIn(book, '2026-02-28', doer('Payer', key));
  return book;
}
