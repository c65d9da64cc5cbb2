import { foldName } from '../../grammar/tree.ts';
import { isoOfMs } from '../exact/date.ts';
import { exactText } from '../exact/decimal.ts';
import { add, type Rational, ZERO } from '../exact/rational.ts';
import type { BookReader, BookStore } from '../workbook/port.ts';
import { adjustmentSheets, adjustmentsText, earlierAmounts, keptAdjustments } from './adjusted.ts';
import {
  adjustableColumns,
  adjustments,
  type EarlierAmounts,
  type PaidAmounts,
  paidAmounts,
  type RunAdjustments,
} from './compare/adjust.ts';
import type { ColumnName } from './compare/columns.ts';
import { digestRules, digestText } from './digest.ts';
import { inputsText, lockOf, nextRow, recordName, rowsOf } from './ledger.ts';
import {
  approvalOf,
  type Doer,
  type PayOptions,
  type Plan,
  planned,
  type Refusal,
  recordBase,
  writableLedger,
} from './pay.ts';
import { type PaidRun, type RunRecord, recordOf } from './record.ts';
import { OVERRIDE, openLedger, openRecords } from './verify.ts';
import type { VerifiedRun } from './verifyInputs.ts';

type Opened = Awaited<ReturnType<typeof openRecords>>;

/** A paid run and what was adjusted of it since, from the records. */
export interface PaidSoFar {
  readonly kind: 'paid';
  readonly paid: PaidAmounts;
  readonly earlier: EarlierAmounts;
}

type NoRecord = Extract<Refusal, { kind: 'no-run' | 'record-missing' | 'record-changed' }>;

/** What was paid in a run (by its number) and adjusted since. Refuses with a BookError. */
export async function paidSoFar(book: BookStore, run: string): Promise<PaidSoFar | NoRecord> {
  const { checked } = await openLedger(book);
  return soFar(await openRecords(book, checked.rows), run);
}

function soFar(opened: Opened, run: string): PaidSoFar | NoRecord {
  const paid = opened.runs.filter(({ adjusted }) => adjusted === null);
  const found = paid.find((one) => one.run === run);
  if (found === undefined) return { kind: 'no-run', run, runs: paid.map((one) => one.run) };
  const records: RunRecord[] = [];
  for (const one of [found, ...opened.runs.filter(({ adjusted }) => adjusted === run)]) {
    if (one.record === null) return lost(opened, one);
    records.push(one.record);
  }
  const [record, ...own] = records;
  if (record === undefined) throw new RangeError('no record');
  return { kind: 'paid', paid: paidAmounts(record), earlier: earlierAmounts(own) };
}

/** What became of a record that can't be read. */
function lost({ findings }: Opened, { run }: VerifiedRun): NoRecord {
  const changed = findings.some((one) => one.kind === 'record-changed' && one.run === run);
  return { kind: changed ? 'record-changed' : 'record-missing', run };
}

/** The supplements to a run: its period computed now, less what was paid and adjusted. `columns` where not all are meant. */
export function adjustmentsOf(
  { paid, earlier }: Pick<PaidSoFar, 'paid' | 'earlier'>,
  now: PaidRun,
  columns: readonly ColumnName[] = adjustableColumns(paid, now, earlier),
): RunAdjustments {
  return adjustments(paid, now, columns, earlier);
}

/** The digest of what an adjustment gives, which its row of the ledger has too. */
export function adjustmentsDigest(given: RunAdjustments): string {
  const { asOf, run } = given;
  // Neither the row's number nor the language is digested.
  return digestText(adjustmentsText({ asOf, run: Number(run), sheets: keptAdjustments(0, given, 'en') }));
}

/** What writing an adjustment adds, and what it gives. */
export interface AdjustmentPlan extends Plan {
  readonly adjustments: RunAdjustments;
}

/**
 * What adjusting a locked run (by its number) writes: the sheets of adjustments, a record of this one, and one row of the
 * ledger. `now`: the run's period computed now, without errors. Refuses with a BookError.
 */
export async function planAdjustment(
  book: BookReader & BookStore,
  run: string,
  now: PaidRun,
  { by, time, key }: Doer,
  { override, language }: PayOptions,
): Promise<AdjustmentPlan | Refusal> {
  const found = await writableLedger(book, by);
  if (found.kind !== 'ledger') return found;
  const { ledger } = found;
  const opened = await openRecords(book, found.opened.checked.rows);
  const known = soFar(opened, run);
  if (known.kind !== 'paid') return known;
  const { asOf } = known.paid;
  if (asOf !== isoOfMs(now.results.asOf)) throw new RangeError(`run ${run} is of ${asOf}`);
  const last = rowsOf(ledger, 'paid').findLast(({ cells }) => cells['As of'] === asOf);
  if (last !== undefined && last.cells.Number !== run)
    return { kind: 'run-replaced', run, by: last.cells.Number };
  if (lockOf(ledger, asOf) === null) return { kind: 'run-not-locked', run, asOf };
  const others: RunRecord[] = [];
  for (const one of opened.runs) {
    if (one.adjusted === null) continue;
    if (one.record === null) return lost(opened, one);
    others.push(one.record);
  }
  const rules = digestRules(now.workbook.rules);
  const approval = approvalOf(ledger, rules, override);
  if (approval.kind !== 'approved') return approval;
  const number = ledger.rows.length + 1;
  const given = adjustmentsOf(known, now);
  const made = recordOf(now, number, recordBase(opened.runs), {
    run: Number(run),
    sheets: keptAdjustments(number, given, language),
  });
  const row = nextRow(ledger, {
    Time: time,
    'As of': asOf,
    By: by.trim(),
    Event: 'adjusted',
    Rules: rules,
    Inputs: inputsText(made.inputs),
    Results: digestText(adjustmentsText(made.record)),
    Totals: totalsText(given),
    Record: made.digest,
    Note: `run ${run}${approval.reason === '' ? '' : `; ${OVERRIDE}${approval.reason}`}`,
  });
  const plan = await planned(ledger, row, key, {
    sheets: adjustmentSheets([...others, made.record]).map(({ output }) => output),
    parts: [{ name: recordName(number), text: made.part }],
  });
  return { ...plan, adjustments: given };
}

/** `reward=12.5`: what each share gives out more, all its tables together. */
function totalsText({ columns }: RunAdjustments): string {
  const totals = new Map<string, { readonly name: string; readonly sum: Rational }>();
  for (const { column, shared } of columns) {
    if (shared === null) continue;
    const known = totals.get(foldName(column)) ?? { name: column, sum: ZERO };
    totals.set(foldName(column), { ...known, sum: add(known.sum, shared.difference) });
  }
  return [...totals.values()].map(({ name, sum }) => `${name}=${exactText(sum)}`).join(' ');
}
