import { isoOfMs } from '../exact/date.ts';
import { exactText } from '../exact/decimal.ts';
import { add, integer, type Rational } from '../exact/rational.ts';
import type { Language } from '../problems/messages/index.ts';
import type { BookChanges, BookReader, BookStore, RuleLine } from '../workbook/port.ts';
import { anchorLine } from './anchor.ts';
import { type RuleStatus, ruleStatus, type Step, type StepRefusal, stepRow } from './approval.ts';
import { digestResults, digestRules } from './digest.ts';
import { type Finding, isError } from './findings.ts';
import {
  deliveredIn,
  inputsText,
  type Ledger,
  type LedgerCells,
  type LedgerRow,
  ledgerSheet,
  lockedRun,
  lockOf,
  nextRow,
  recordName,
  rowsOf,
} from './ledger.ts';
import { makeRecord, type PaidRun, type RecordBase } from './record.ts';
import { signDigest } from './sign.ts';
import { newSeed, seedName, statementRoot } from './statements/tree.ts';
import { OVERRIDE, openLedger, openRecords } from './verify.ts';
import type { VerifiedRun } from './verifyInputs.ts';

/** Who does something, when, and with which key it is signed. */
export interface Doer {
  /** As typed in. */
  readonly by: string;
  /** UTC, `2026-03-31T16:05:09Z`. */
  readonly time: string;
  readonly key: CryptoKey | null;
}

/** What is to be written, all in one go, and the ledger's row that it adds. */
export interface Plan {
  readonly kind: 'plan';
  readonly changes: BookChanges;
  readonly row: LedgerCells;
  /** The line that proves the ledger up to this row. */
  readonly anchor: string;
}

/** Why something is not done. Nothing has been changed. */
export type Refusal =
  | { readonly kind: 'ledger-broken'; readonly findings: readonly Finding[] }
  | { readonly kind: 'no-name' }
  | { readonly kind: 'period-locked'; readonly asOf: string; readonly run: string; readonly lock: LedgerRow }
  /** People have that money: what is due beyond it is adjusted. */
  | {
      readonly kind: 'period-delivered';
      readonly asOf: string;
      readonly run: string;
      readonly name: string;
    }
  | { readonly kind: 'unapproved'; readonly status: Extract<RuleStatus, { kind: 'draft' | 'proposed' }> }
  | { readonly kind: 'no-run'; readonly run: string; readonly runs: readonly string[] }
  | { readonly kind: 'run-locked'; readonly run: string; readonly lock: LedgerRow }
  | { readonly kind: 'run-superseded'; readonly run: string; readonly by: string }
  /** Of adjusting: the period may be paid anew, or was. */
  | { readonly kind: 'run-not-locked'; readonly run: string; readonly asOf: string }
  | { readonly kind: 'run-replaced'; readonly run: string; readonly by: string }
  /** Nobody knows what was paid in a run, or given by an adjustment. */
  | { readonly kind: 'record-missing'; readonly run: string }
  | { readonly kind: 'record-changed'; readonly run: string }
  | StepRefusal;

type Book = BookReader & BookStore;

/** The ledger of a book that may be added to, or why it may not. For whatever adds rows. */
export async function writableLedger(
  book: BookStore,
  by: string,
): Promise<{ readonly kind: 'ledger'; readonly ledger: Ledger; readonly opened: Opened } | Refusal> {
  if (by.trim() === '') return { kind: 'no-name' };
  const opened = await openLedger(book);
  const findings = opened.checked.findings.filter(isError);
  if (findings.length > 0) return { kind: 'ledger-broken', findings };
  return { kind: 'ledger', ledger: opened.ledger, opened };
}

type Opened = Awaited<ReturnType<typeof openLedger>>;

/** A row and whatever else is written with it, signed where there is a key. */
export async function planned(
  ledger: Ledger,
  row: LedgerCells,
  key: CryptoKey | null,
  changes: BookChanges = {},
): Promise<Plan> {
  const signed = key === null ? row : { ...row, Signature: await signDigest(key, row.Digest) };
  const sheets = [...(changes.sheets ?? []), ledgerSheet(ledger, signed)];
  return { kind: 'plan', changes: { ...changes, sheets }, row: signed, anchor: anchorLine(signed) };
}

export interface PayOptions {
  /** Why rules that nobody approved are paid with; null where they must be approved. */
  readonly override: string | null;
  /** Of the headings of the result sheets. */
  readonly language: Language;
}

/**
 * What paying a run writes: its result sheets, its record, and one row of the ledger. The run has no errors.
 * Refuses with a BookError where the book can't be read.
 */
export async function planPayment(
  book: Book,
  run: PaidRun,
  { by, time, key }: Doer,
  { override, language }: PayOptions,
): Promise<Plan | Refusal> {
  const { program, workbook, results } = run;
  const found = await writableLedger(book, by);
  if (found.kind !== 'ledger') return found;
  const { ledger, opened } = found;
  const asOf = isoOfMs(results.asOf);
  const lock = lockOf(ledger, asOf);
  if (lock !== null) return { kind: 'period-locked', asOf, run: lockedRun(lock.cells) ?? '', lock };
  const delivered = deliveredIn(ledger, asOf);
  if (delivered !== null) return { kind: 'period-delivered', asOf, ...delivered };
  const rules = digestRules(workbook.rules);
  const approval = approvalOf(ledger, rules, override);
  if (approval.kind !== 'approved') return approval;
  const number = ledger.rows.length + 1;
  const { runs } = await openRecords(book, opened.checked.rows);
  const made = makeRecord(run, language, number, recordBase(runs));
  const seed = newSeed();
  const statements = statementRoot(run, seed);
  const row = nextRow(ledger, {
    Time: time,
    'As of': asOf,
    By: by.trim(),
    Event: 'paid',
    Rules: rules,
    Inputs: inputsText(made.inputs),
    Results: digestResults(program, workbook, results),
    Totals: totalsText(run),
    Record: made.digest,
    Statements: statements,
    Note: approval.reason === '' ? '' : OVERRIDE + approval.reason,
  });
  return planned(ledger, row, key, {
    sheets: made.output,
    parts: [
      { name: recordName(number), text: made.part },
      ...(statements === '' ? [] : [{ name: seedName(number), text: seed }]),
    ],
  });
}

/** Whether rules may be paid with. `reason`: why they may without approval; empty where they are approved. */
export function approvalOf(
  ledger: Ledger,
  rules: string,
  override: string | null,
):
  | { readonly kind: 'approved'; readonly reason: string }
  | Extract<Refusal, { readonly kind: 'unapproved' }> {
  const status = ruleStatus(ledger, rules);
  if (status.kind === 'unused' || status.kind === 'approved') return { kind: 'approved', reason: '' };
  const reason = override?.trim() ?? '';
  return reason === '' ? { kind: 'unapproved', status } : { kind: 'approved', reason };
}

/** The newest run whose input tables are all known: what the next record builds on. */
export function recordBase(runs: readonly VerifiedRun[]): RecordBase | null {
  const base = runs.findLast(({ record, states }) => record !== null && record.inputs.length === states.size);
  return base === undefined ? null : { number: Number(base.run), states: base.states };
}

/** `reward=1265.34 bonus=…`: what each share gave out, all its pools together. */
function totalsText({ program, results }: PaidRun): string {
  const totals = new Map<string, Rational>();
  for (const { share, shared } of results.shares) {
    const name = program.shares[share]?.name ?? '';
    totals.set(name, add(totals.get(name) ?? integer(0), shared));
  }
  return [...totals].map(([name, total]) => `${name}=${exactText(total)}`).join(' ');
}

/** What locking the period of a paid run (by its number in the ledger) writes. */
export async function planLock(
  book: BookStore,
  run: string,
  { by, time, key }: Doer,
): Promise<Plan | Refusal> {
  const found = await writableLedger(book, by);
  if (found.kind !== 'ledger') return found;
  const { ledger } = found;
  const paid = rowsOf(ledger, 'paid');
  const row = paid.find(({ cells }) => cells.Number === run);
  if (row === undefined) return { kind: 'no-run', run, runs: paid.map(({ cells }) => cells.Number) };
  const { cells } = row;
  const lock = lockOf(ledger, cells['As of']);
  if (lock !== null) return { kind: 'run-locked', run: lockedRun(lock.cells) ?? run, lock };
  const later = paid.findLast((other) => other.cells['As of'] === cells['As of']);
  if (later !== undefined && later !== row) return { kind: 'run-superseded', run, by: later.cells.Number };
  const { Rules, Inputs, Results, Totals, Record } = cells;
  const kept = { Rules, Inputs, Results, Totals, Record, 'As of': cells['As of'] };
  const added = nextRow(ledger, { ...kept, Time: time, By: by.trim(), Event: 'locked', Note: `run ${run}` });
  return planned(ledger, added, key);
}

/** What proposing, approving or withdrawing the rules of a book as they are now writes. */
export async function planStep(
  book: BookStore & { readonly rules: readonly RuleLine[] },
  step: Step,
  { by, time, key }: Doer,
): Promise<Plan | Refusal> {
  const found = await writableLedger(book, by);
  if (found.kind !== 'ledger') return found;
  const taken = stepRow(found.ledger, step, { rules: digestRules(book.rules), by: by.trim(), time });
  return taken.kind === 'row' ? planned(found.ledger, taken.cells, key) : taken;
}
