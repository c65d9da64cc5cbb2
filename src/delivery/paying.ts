import { foldName } from '../../grammar/tree.ts';
import { earlierAmounts } from '../audit/adjusted.ts';
import { fieldText } from '../audit/canonical.ts';
import { type KeyedAmounts, paidAmounts } from '../audit/compare/adjust.ts';
import type { ColumnName } from '../audit/compare/columns.ts';
import { isError } from '../audit/findings.ts';
import type { Refusal } from '../audit/index.ts';
import type { Ledger } from '../audit/ledger.ts';
import { openLedger, openRecords } from '../audit/verify.ts';
import type { VerifiedRun } from '../audit/verifyInputs.ts';
import { foldText } from '../exact/value.ts';
import type { BookStore } from '../workbook/port.ts';
import { DeliveryRefused, EXAMPLES, type Owing, type Paying, type Payment, type Stop } from './model.ts';

/** A run or an adjustment that may be delivered, and what was paid in it. */
export interface PaidOut {
  readonly kind: 'paid';
  readonly paying: Paying;
  readonly verified: VerifiedRun;
  readonly ledger: Ledger;
  /** Runs and adjustments, oldest first, without those that were replaced. */
  readonly runs: readonly Owing[];
  /** What shares and statements paid into. */
  readonly columns: readonly ColumnName[];
  amounts(column: ColumnName): KeyedAmounts;
}

export type NotPaid = Extract<
  Refusal,
  { readonly kind: 'ledger-broken' | 'record-missing' | 'record-changed' }
>;

/**
 * The run (or adjustment) of a number of the ledger, the newest one for null. Its record must be intact, and so must the
 * ledger. A run whose period was paid anew is none. Refuses with a BookError.
 */
export async function paidOut(
  book: BookStore,
  run: string | null,
): Promise<PaidOut | NotPaid | Extract<Stop, { readonly kind: 'no-run' | 'run-replaced' }>> {
  const { ledger, checked } = await openLedger(book);
  const broken = checked.findings.filter(isError);
  if (broken.length > 0) return { kind: 'ledger-broken', findings: broken };
  const { runs, findings } = await openRecords(book, checked.rows);
  const found = run === null ? runs.at(-1) : runs.find((one) => one.run === run);
  if (found === undefined) return { kind: 'no-run', run, runs: runs.map((one) => one.run) };
  const { cells, adjusted, record } = found;
  const asOf = cells['As of'];
  // An adjustment is of a locked run, which nobody pays anew.
  const newestOf = (day: string): VerifiedRun | undefined =>
    runs.findLast((one) => one.adjusted === null && one.cells['As of'] === day);
  const newest = newestOf(asOf);
  if (adjusted === null && newest !== undefined && newest.run !== found.run)
    return { kind: 'run-replaced', run: found.run, by: newest.run };
  if (record === null) {
    const changed = findings.some((one) => one.kind === 'record-changed' && one.run === found.run);
    return { kind: changed ? 'record-changed' : 'record-missing', run: found.run };
  }
  const source = adjusted === null ? paidAmounts(record) : earlierAmounts([record]);
  return {
    kind: 'paid',
    paying: {
      kind: adjusted === null ? 'payment' : 'adjustment',
      number: found.run,
      run: cells.Digest,
      asOf,
      adjusts: adjusted,
    },
    verified: found,
    ledger,
    runs: runs
      .filter((one) => one.adjusted !== null || newestOf(one.cells['As of']) === one)
      .map((one) => ({
        kind: one.adjusted === null ? 'payment' : 'adjustment',
        run: one.run,
        asOf: one.cells['As of'],
      })),
    columns: source.columns,
    amounts: (column) => source.amounts(column) ?? new Map(),
  };
}

/** The amounts under some names, in the order of the run's rows. Refuses with a DeliveryRefused. */
export function paymentsOf({ columns, amounts }: PaidOut, what: readonly string[]): readonly Payment[] {
  const chosen: ColumnName[] = [];
  const full = ({ table, column }: ColumnName): string => `${table}[${column}]`;
  for (const name of what) {
    const meant = columns.filter(
      (one) => foldName(one.column) === foldName(name) || foldName(full(one)) === foldName(name),
    );
    const known = columns.map(full);
    const [column] = meant;
    if (column === undefined) throw new DeliveryRefused({ kind: 'unknown-amount', name, known });
    // Under one name a person would be paid twice, or two people once.
    if (meant.length > 1 || chosen.some((one) => foldName(one.column) === foldName(column.column)))
      throw new DeliveryRefused({ kind: 'same-amount', name, known: meant.map(full) });
    chosen.push(column);
  }
  return chosen.flatMap((column) => {
    const payments = [...amounts(column).values()].map(
      ({ key, amount }): Payment => ({
        table: column.table,
        statement: column.column,
        member: fieldText(key),
        amount,
      }),
    );
    refuseTwins(column.table, payments);
    return payments;
  });
}

/** Keys of different kinds that are written alike would be one person twice at the destination. */
function refuseTwins(table: string, payments: readonly Payment[]): void {
  const seen = new Set<string>();
  const twins = new Set<string>();
  for (const { member } of payments) {
    const folded = foldText(member);
    if (seen.has(folded)) twins.add(member);
    seen.add(folded);
  }
  if (twins.size === 0) return;
  const members = [...twins].slice(0, EXAMPLES);
  throw new DeliveryRefused({ kind: 'same-member', table, count: twins.size, members });
}
