import { foldName } from '../../grammar/tree.ts';
import type { BookReader, BookStore, Progress, SheetTable } from '../workbook/port.ts';
import { type Anchor, anchorLine } from './anchor.ts';
import { type RuleStatus, ruleStatus } from './approval.ts';
import { plainLines } from './canonical.ts';
import { digestRules } from './digest.ts';
import { type Finding, isError } from './findings.ts';
import {
  adjustedRun,
  deliveredTo,
  LEDGER_SHEET,
  type Ledger,
  lockedRun,
  readLedger,
  recordName,
} from './ledger.ts';
import { areResultsOf, sheetsDate } from './otherResults.ts';
import { type RunRecord, readRecord, recordDigest, recordRules, recordStates } from './record.ts';
import { countingRuns, inputFindings, nameFindings, since, type VerifiedRun } from './verifyInputs.ts';
import {
  anchorFindings,
  type CheckedLedger,
  type CheckedRow,
  checkLedger,
  signatureFindings,
} from './verifyLedger.ts';
import { adjustmentFindings, paidFindings } from './verifyPaid.ts';
import { ruleFindings } from './verifyRules.ts';

/** What a book is checked against besides its own ledger. */
export interface VerifyOptions {
  readonly anchor?: Anchor;
  /** Public keys; every payment must be signed with one of them where any is given. */
  readonly keys?: readonly CryptoKey[];
  readonly progress?: Progress;
}

export interface Verification {
  /** The ledger's first, then rules, data and amounts; errors and notes as they come. */
  readonly findings: readonly Finding[];
  /** Rows of the ledger, and how many of them are paid runs. */
  readonly rows: number;
  readonly runs: number;
  /** The anchor line of the last row; null without one. */
  readonly anchor: string | null;
  readonly status: RuleStatus;
}

export const hasErrors = ({ findings }: Verification): boolean => findings.some(isError);

type Book = BookReader & BookStore;

/** The ledger of a book with what its chain says. Refuses with a BookError. */
export async function openLedger(
  book: BookStore,
): Promise<{ readonly ledger: Ledger; readonly checked: CheckedLedger }> {
  const ledger = readLedger(await book.ours(LEDGER_SHEET));
  const digests = new Map<string, Promise<string | null>>();
  const checked = await checkLedger(ledger, (part) => {
    const known = digests.get(part) ?? book.part(part).then(recordDigest);
    digests.set(part, known);
    return known;
  });
  return { ledger, checked };
}

/** The number of the run that locks a period (`2026-03-31`), also where its row was changed since; null where none does. */
export async function periodLock(book: BookStore, asOf: string): Promise<string | null> {
  const { ledger, checked } = await openLedger(book);
  for (const { cells } of [...ledger.rows, ...checked.rows]) {
    const run = cells['As of'] === asOf ? lockedRun(cells) : null;
    if (run !== null) return run;
  }
  return null;
}

/** The records of paid runs and adjustments, oldest first, and what is wrong with them. */
export async function openRecords(
  book: BookStore,
  rows: readonly CheckedRow[],
): Promise<{ readonly findings: readonly Finding[]; readonly runs: readonly VerifiedRun[] }> {
  const findings: Finding[] = [];
  const paid = rows.filter(({ cells }) => cells.Event === 'paid' || cells.Event === 'adjusted');
  const records: (RunRecord | null)[] = [];
  for (const { number, cells } of paid) {
    const run = String(number);
    const kept = readRecord(await book.part(recordName(run)), cells.Record);
    records.push(kept.kind === 'record' ? kept.record : null);
    if (kept.kind === 'record') continue;
    const kind = kept.kind === 'missing' ? 'record-missing' : 'record-changed';
    const adjustments = cells.Event === 'adjusted' ? { adjustments: [run] } : {};
    findings.push({ severity: 'error', kind, run, ...adjustments });
  }
  const states = recordStates(records.filter((record) => record !== null));
  const locked = new Set(rows.map(({ cells }) => lockedRun(cells)));
  const runs = paid.map(({ number, cells }, i): VerifiedRun => {
    const record = records[i] ?? null;
    return {
      run: String(number),
      adjusted: cells.Event === 'adjusted' ? (adjustedRun(cells) ?? '') : null,
      cells,
      record,
      states: record === null ? new Map() : (states.get(record.number) ?? new Map()),
      locked: locked.has(String(number)),
    };
  });
  return { findings, runs };
}

/**
 * What was changed in a book since which of its runs: the ledger itself, the records, the rules, the rows of the input
 * tables, and the amounts that were paid. Refuses with a BookError, and with the signal's reason.
 */
export async function verifyBook(book: Book, options: VerifyOptions = {}): Promise<Verification> {
  const { anchor, keys = [], progress = {} } = options;
  const { ledger, checked } = await openLedger(book);
  const findings: Finding[] = [...checked.findings];
  if (anchor !== undefined) findings.push(...anchorFindings(ledger, checked.rows, anchor));
  if (keys.length > 0) findings.push(...(await signatureFindings(ledger, checked.rows, keys)));
  const { runs, findings: ofRecords } = await openRecords(book, checked.rows);
  findings.push(...ofRecords);
  const last = runs.at(-1);
  if (last !== undefined) {
    const { record, run, cells } = last;
    if (record !== null)
      findings.push(...since([last], ruleFindings(run, recordRules(record), plainLines(book.rules))));
    else if (digestRules(book.rules) !== cells.Rules)
      findings.push(...since([last], [{ severity: 'error', kind: 'rules-differ', run }]));
    findings.push(...(await dataFindings(book, runs, progress)));
  }
  const ours = (name: string): Promise<SheetTable | null> => book.ours(name);
  const paid = runs.filter(({ adjusted }) => adjusted === null);
  const { run = '', record = null } = paid.at(-1) ?? {};
  const gone = checked.findings.flatMap((one) =>
    one.kind === 'ledger-missing' || one.kind === 'ledger-dropped' ? [one.row] : [],
  );
  // The sheets may be those of a later run whose row is gone, which is told.
  if (record !== null && !gone.some((row) => Number(row) > Number(run)))
    findings.push(...(await sheetFindings(book, runs, run, record, progress)));
  const given = runs.filter(({ adjusted }) => adjusted !== null);
  const lost = new Set([
    ...gone,
    ...given.flatMap(({ run: row, record: kept }) => (kept === null ? [row] : [])),
  ]);
  const kept = given.flatMap(({ record: one }) => one ?? []);
  if (runs.length > 0) findings.push(...(await adjustmentFindings(kept, lost, ours)));
  for (const one of runs) {
    const reason = overrideOf(one.cells.Note);
    if (reason === null) continue;
    const by = one.cells.By;
    findings.push(...since([one], [{ severity: 'note', kind: 'unapproved', run: one.run, by, reason }]));
  }
  findings.push(...deliveredFindings(checked.rows, paid));
  const end = ledger.rows.at(-1)?.cells;
  return {
    findings,
    rows: ledger.rows.length,
    runs: paid.length,
    anchor: end === undefined ? null : anchorLine(end),
    status: ruleStatus(ledger, digestRules(book.rules)),
  };
}

/**
 * What became of the result sheets of the run that was paid last. Sheets that hold the results of another date, just as they
 * are computed now, were not tampered with: what was paid is in the record. Those of a locked period are never written anew.
 */
async function sheetFindings(
  book: Book,
  runs: readonly VerifiedRun[],
  run: string,
  { asOf: was, sheets }: RunRecord,
  progress: Progress,
): Promise<readonly Finding[]> {
  const ours = (name: string): Promise<SheetTable | null> => book.ours(name);
  const findings = await paidFindings(run, sheets, ours);
  if (findings.length === 0) return findings;
  const date = await sheetsDate(sheets, ours);
  if (date === null || date.asOf === was) return findings;
  const { asOf: now, at } = date;
  if (runs.some(({ locked, cells }) => locked && cells['As of'] === now)) return findings;
  return (await areResultsOf(book, now, ours, progress))
    ? [{ severity: 'note', kind: 'other-results', run, at, was, now }]
    : findings;
}

/** Runs that a destination has, and that were paid again since for the same date. */
function deliveredFindings(rows: readonly CheckedRow[], paid: readonly VerifiedRun[]): readonly Finding[] {
  return rows.flatMap(({ number, cells }): readonly Finding[] => {
    const to = deliveredTo(cells);
    if (to === null || !paid.some(({ run }) => run === to.run)) return [];
    const asOf = cells['As of'];
    const by = paid.findLast((one) => one.cells['As of'] === asOf)?.run ?? to.run;
    if (by === to.run) return [];
    const { run, name } = to;
    return [{ severity: 'note', kind: 'delivered-replaced', run, asOf, by, name, row: String(number) }];
  });
}

/** How the note of a run begins that was paid with rules which nobody had approved; of an adjustment after its run. */
export const OVERRIDE = 'override: ';

const overrideOf = (note: string): string | null =>
  /^(?:run \d+; )?override: ([\s\S]*)$/.exec(note)?.[1] ?? null;

async function dataFindings(
  book: Book,
  runs: readonly VerifiedRun[],
  progress: Progress,
): Promise<readonly Finding[]> {
  const wanted = new Map<string, string>();
  for (const { record } of runs)
    for (const { name } of record?.inputs ?? []) wanted.set(foldName(name), name);
  for (const { name } of book.tables) {
    const known = runs.some(({ cells }) => cells.Inputs.includes(`${name}=`));
    if (known) wanted.set(foldName(name), name);
  }
  const workbook = await book.read([...wanted.values()], progress);
  return [...inputFindings(runs, workbook, countingRuns(workbook)), ...nameFindings(runs, workbook.names)];
}
