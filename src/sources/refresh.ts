import { parseRules } from '../../grammar/index.ts';
import type { RuleFile } from '../../grammar/tree.ts';
import { foldName as foldWord } from '../../grammar/tree.ts';
import type { Problem } from '../problems/problem.ts';
import { checkRules } from '../rules/check.ts';
import { wordsOf } from '../rules/words.ts';
import { BookError } from '../workbook/bookError.ts';
import { foldName } from '../workbook/names.ts';
import type { BookReader, BookStore, Progress, SheetTable, TableRows, Workbook } from '../workbook/port.ts';
import { withRows } from '../workbook/tableRows.ts';
import { columnTotals, controlIssues, keyIssues, orphanIssues } from './checks.ts';
import { doubtsOf } from './doubts.ts';
import type { Issue } from './issues.ts';
import { type Locks, locksOf } from './locked.ts';
import { type Fetched, type Source, SourceFault } from './model.ts';
import { type RefreshReport, shownLocation, type TableReport, tableReport } from './report.ts';
import { shape } from './shape.ts';
import { readSources, SOURCE_SHEETS, sourceHead } from './sheet.ts';
import { type Staged, stage } from './stage.ts';

export interface RefreshOptions {
  /** Tables to refresh; all that have a source where empty. */
  readonly only: readonly string[];
  /** Whole milliseconds of the day, for the rules and for what is near to it. */
  readonly today: number;
  /** Gets the rows of a source. Refuses with a SourceFault, a BookError, or the signal's reason. */
  fetch(source: Source): Promise<Fetched>;
  readonly progress?: Progress;
}

export type Refreshed =
  /** The rules have errors, so that keys and references aren't known. */
  | { readonly kind: 'rules'; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'staged';
      readonly report: RefreshReport;
      /** What is to be written where nothing stops it: tables that change, and how they will read. */
      readonly tables: readonly TableRows[];
      readonly next: readonly SheetTable[];
    };

/**
 * Gets all tables from their sources, and stages them: nothing is written. Sources are asked one after the other; what is wrong
 * with one is told beside what is wrong with the others. Refuses with a BookError of the book, and the signal's reason.
 */
export async function stageRefresh(
  book: BookReader & BookStore,
  options: RefreshOptions,
): Promise<Refreshed> {
  const { only, today, progress = {} } = options;
  const head = sourceHead(book.tables);
  if (head === undefined) return stopped([{ severity: 'error', kind: 'no-sheet', sheets: SOURCE_SHEETS }]);
  const file = parseRules(book.rules);
  const read = await readTables(book, file, head.name);
  const sheet = read.workbook.tables.find(({ name }) => name === head.name);
  if (sheet === undefined) return stopped([{ severity: 'error', kind: 'no-sheet', sheets: SOURCE_SHEETS }]);
  const listed = readSources(sheet, book.tables);
  const chosen = chosenOf(listed.sources, only);
  const issues: Issue[] = [...listed.issues, ...chosen.issues];
  if (issues.length > 0) return stopped(issues);
  const workbook = await withSources(book, read, chosen.sources);

  const { program, problems } = checkRules(file, workbook, today);
  if (program === null && book.hasRules && book.rules.length > 0) return { kind: 'rules', problems };
  const keyOf = (table: number): number => program?.tables[table]?.key ?? 0;

  // Whether anybody may change the ledger is for the writer to say; what it locks is needed here.
  const locks = await locksOf(book, file, workbook);
  const done: Done[] = [];
  for (const [i, source] of chosen.sources.entries()) {
    progress.signal?.throwIfAborted();
    const fetched = await fetchedOf(source, options, issues);
    if (fetched !== null) done.push(...stagedOf(source, fetched, workbook, keyOf, locks, issues));
    progress.report?.(i + 1, chosen.sources.length);
  }
  // A fault of one leaves the others' rows without the tables that they refer to.
  if (done.length < chosen.sources.length)
    return stopped(
      issues,
      done.map(({ report }) => report),
    );

  const next = {
    ...workbook,
    tables: workbook.tables.map((table, i) => done.find(({ index }) => index === i)?.next ?? table),
  };
  if (program !== null)
    issues.push(...orphanIssues(workbook, next, program.tables, new Set(done.map(({ index }) => index))));
  const laterLock = locks.in(next);
  for (const { index, before, next: table, staged } of done) {
    issues.push(...doubtsOf({ before, next: table, key: keyOf(index), staged, today }));
    issues.push(...lateIssues(table, staged, (row) => laterLock(index, row)));
  }
  const changing = done.filter(({ report: { added, changed, removed } }) => added + changed + removed > 0);
  return {
    kind: 'staged',
    report: { tables: done.map(({ report }) => report), issues },
    tables: changing.map(({ before, staged }) => ({ table: before.name, rows: staged.rows })),
    next: changing.map((one) => one.next),
  };
}

interface Done {
  readonly index: number;
  readonly before: SheetTable;
  readonly next: SheetTable;
  readonly staged: Staged;
  readonly report: TableReport;
}

const stopped = (issues: readonly Issue[], tables: readonly TableReport[] = []): Refreshed => ({
  kind: 'staged',
  report: { tables, issues },
  tables: [],
  next: [],
});

interface Read {
  readonly workbook: Workbook;
  readonly names: readonly string[];
}

/** The sheet of sources and the tables that the rules speak of. */
async function readTables(book: BookReader, file: RuleFile, sources: string): Promise<Read> {
  const spoken = wordsOf(file);
  const names = book.tables
    .filter(({ name }) => name === sources || spoken.has(foldWord(name)))
    .map(({ name }) => name);
  return { workbook: await book.read(names), names };
}

/** The same with the tables that have sources, which rules may not speak of. */
async function withSources(book: BookReader, read: Read, sources: readonly Source[]): Promise<Workbook> {
  const more = sources.map(({ table }) => table).filter((name) => !read.names.includes(name));
  return more.length === 0 ? read.workbook : book.read([...read.names, ...more]);
}

function chosenOf(
  sources: readonly Source[],
  only: readonly string[],
): { readonly sources: readonly Source[]; readonly issues: readonly Issue[] } {
  if (only.length === 0) return { sources, issues: [] };
  const tables = sources.map(({ table }) => table);
  const unknown = only.filter((name) => !tables.some((table) => foldName(table) === foldName(name)));
  return {
    sources: sources.filter(({ table }) => only.some((name) => foldName(name) === foldName(table))),
    issues: unknown.map((table) => ({ severity: 'error', kind: 'not-asked', table, tables })),
  };
}

async function fetchedOf(
  source: Source,
  { fetch }: RefreshOptions,
  issues: Issue[],
): Promise<Fetched | null> {
  const fault = (reason: SourceFault['reason'], detail: string, problem: Problem | null): null => {
    const { table, location } = source;
    issues.push({
      severity: 'error',
      kind: 'fault',
      table,
      location: shownLocation(location),
      reason,
      detail,
      problem,
    });
    return null;
  };
  try {
    return await fetch(source);
  } catch (error) {
    if (error instanceof SourceFault) return fault(error.reason, error.detail, null);
    if (error instanceof BookError) return fault('bad-file', '', error.problem);
    throw error;
  }
}

function stagedOf(
  source: Source,
  fetched: Fetched,
  workbook: Workbook,
  keyOf: (table: number) => number,
  locks: Locks,
  issues: Issue[],
): readonly Done[] {
  const index = workbook.tables.findIndex(({ name }) => name === source.table);
  const before = workbook.tables[index];
  if (before === undefined) return [];
  const key = keyOf(index);
  const { shaped, issues: unshaped } = shape(source, before, key, fetched);
  issues.push(...unshaped);
  if (shaped === null) return [];
  const wrong = [
    ...keyIssues(before, key, shaped),
    ...controlIssues(source, before, shaped, fetched, workbook.names),
  ];
  issues.push(...wrong);
  if (wrong.length > 0) return [];
  const staged = stage(before, key, shaped.rows, source.mode, (row) => locks.present(index, row) !== null);
  issues.push(...lockedIssues(before, staged, (row) => locks.present(index, row)));
  const next = withRows(before, staged.rows);
  const totals = columnTotals(before, next);
  const report = tableReport(source, before, next, key, staged, shaped.rows.length, totals);
  return [{ index, before, next, staged, report }];
}

/** Rows of locked periods that the source has otherwise, or no longer. */
function lockedIssues(
  { name }: SheetTable,
  { rows, fates, missing }: Staged,
  lockOf: (row: number) => { readonly run: string; readonly asOf: string } | null,
): readonly Issue[] {
  const found = new Map<string, { run: string; asOf: string; differ: number; missing: number }>();
  const count = (row: number, what: 'differ' | 'missing'): void => {
    const lock = lockOf(row);
    if (lock === null) return;
    const one = found.get(lock.run) ?? { ...lock, differ: 0, missing: 0 };
    one[what]++;
    found.set(lock.run, one);
  };
  fates.forEach((fate, i) => {
    const was = rows[i]?.was ?? null;
    if (fate === 'locked' && was !== null) count(was, 'differ');
  });
  for (const row of missing) count(row, 'missing');
  return [...found.values()].map((one) => ({ severity: 'note', kind: 'locked', table: name, ...one }));
}

/** Rows that come into a locked period now. */
function lateIssues(
  { name }: SheetTable,
  { fates }: Staged,
  lockOf: (row: number) => { readonly run: string; readonly asOf: string } | null,
): readonly Issue[] {
  const found = new Map<string, { run: string; asOf: string; count: number }>();
  fates.forEach((fate, row) => {
    const lock = fate === 'added' || fate === 'changed' ? lockOf(row) : null;
    if (lock === null) return;
    const one = found.get(lock.run) ?? { ...lock, count: 0 };
    one.count++;
    found.set(lock.run, one);
  });
  return [...found.values()].map((one) => ({ severity: 'note', kind: 'late', table: name, ...one }));
}
