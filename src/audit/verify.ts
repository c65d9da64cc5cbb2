import { foldName } from '../../grammar/tree.ts';
import type { BookReader, BookStore, Progress } from '../workbook/port.ts';
import { type Anchor, anchorLine } from './anchor.ts';
import { type RuleStatus, ruleStatus } from './approval.ts';
import { plainLines } from './canonical.ts';
import { digestRules } from './digest.ts';
import { type Finding, isError } from './findings.ts';
import { LEDGER_SHEET, type Ledger, lockedRun, readLedger, recordName } from './ledger.ts';
import { type RunRecord, readRecord, recordDigest, recordRules, recordStates } from './record.ts';
import { countingRuns, inputFindings, nameFindings, type VerifiedRun } from './verifyInputs.ts';
import {
  anchorFindings,
  type CheckedLedger,
  type CheckedRow,
  checkLedger,
  signatureFindings,
} from './verifyLedger.ts';
import { paidFindings } from './verifyPaid.ts';
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
  /** Rows of the ledger, and how many of them are payments. */
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

/** The records of paid runs, oldest first, and what is wrong with them. */
export async function openRecords(
  book: BookStore,
  rows: readonly CheckedRow[],
): Promise<{ readonly findings: readonly Finding[]; readonly runs: readonly VerifiedRun[] }> {
  const findings: Finding[] = [];
  const paid = rows.filter(({ cells }) => cells.Event === 'paid');
  const records: (RunRecord | null)[] = [];
  for (const { number, cells } of paid) {
    const run = String(number);
    const kept = readRecord(await book.part(recordName(run)), cells.Record);
    records.push(kept.kind === 'record' ? kept.record : null);
    if (kept.kind === 'missing') findings.push({ severity: 'error', kind: 'record-missing', run });
    if (kept.kind === 'changed') findings.push({ severity: 'error', kind: 'record-changed', run });
  }
  const states = recordStates(records.filter((record) => record !== null));
  const locked = new Set(rows.map(({ cells }) => lockedRun(cells)));
  const runs = paid.map(({ number, cells }, i): VerifiedRun => {
    const record = records[i] ?? null;
    return {
      run: String(number),
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
    if (record !== null) findings.push(...ruleFindings(run, recordRules(record), plainLines(book.rules)));
    else if (digestRules(book.rules) !== cells.Rules)
      findings.push({ severity: 'error', kind: 'rules-differ', run });
    findings.push(...(await dataFindings(book, runs, progress)));
    if (record !== null)
      findings.push(...(await paidFindings(run, record.sheets, (name) => book.ours(name))));
  }
  for (const { run, cells } of runs)
    if (cells.Note.startsWith(OVERRIDE))
      findings.push({
        severity: 'note',
        kind: 'unapproved',
        run,
        by: cells.By,
        reason: cells.Note.slice(OVERRIDE.length),
      });
  const end = ledger.rows.at(-1)?.cells;
  return {
    findings,
    rows: ledger.rows.length,
    runs: runs.length,
    anchor: end === undefined ? null : anchorLine(end),
    status: ruleStatus(ledger, digestRules(book.rules)),
  };
}

/** How the note of a run begins that was paid with rules which nobody had approved. */
export const OVERRIDE = 'override: ';

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
