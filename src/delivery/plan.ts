import { foldName } from '../../grammar/tree.ts';
import { deliveredTo, type Ledger, type LedgerRow, nextRow, rowsOf } from '../audit/ledger.ts';
import { type Doer, type Plan, planned, type Refusal, writableLedger } from '../audit/pay.ts';
import { exactText } from '../exact/decimal.ts';
import { shownLocation } from '../sources/report.ts';
import type { BookStore } from '../workbook/port.ts';
import type { Content, Destination, Owing, Paying } from './model.ts';

/** What writing the row does that says that a destination has a run. */
export async function planDelivered(
  book: BookStore,
  destination: Destination,
  paying: Paying,
  content: Content,
  { by, time, key }: Doer,
): Promise<Plan | Refusal> {
  const found = await writableLedger(book, by);
  if (found.kind !== 'ledger') return found;
  const about = paying.kind === 'payment' ? 'run' : 'adjustment';
  const amounts = `${content.amounts} amount${content.amounts === 1 ? '' : 's'}`;
  const row = nextRow(found.ledger, {
    Time: time,
    'As of': paying.asOf,
    By: by.trim(),
    Event: 'delivered',
    Results: content.digest,
    Totals: content.totals.map(([name, total]) => `${name}=${exactText(total)}`).join(' '),
    Note: `${about} ${paying.number} to ${destination.name}: ${amounts} by ${whereOf(destination)}`,
  });
  return planned(found.ledger, row, key);
}

/** `rest https://…`: how a ledger's row names a place, without what should not have been written there. */
const whereOf = ({ kind, location }: Destination): string =>
  `${kind} ${shownLocation(location).replace(/\s+/g, ' ')}`;

/** The last row that says that a destination has this run; null where none does. */
export function deliveredRow(ledger: Ledger, { name }: Destination, { number }: Paying): LedgerRow | null {
  const found = rowsOf(ledger, 'delivered').findLast(({ cells }) => {
    const to = deliveredTo(cells);
    return to !== null && to.run === number && foldName(to.name) === foldName(name);
  });
  return found ?? null;
}

/**
 * The same under an earlier name: what a destination of this place was sent of this run; null where nothing was. `listed` are the
 * names in the sheet. What has one of these is another destination, for rows of the ledger tell no parameters of addresses
 * and no tables of databases apart; of a file they tell the whole place, and it may have been taken away since.
 */
export function sameDelivered(
  ledger: Ledger,
  destination: Destination,
  { number }: Paying,
  digest: string,
  listed: readonly string[],
): LedgerRow | null {
  const { kind } = destination;
  const others = kind === 'csv' || kind === 'voucher' ? [] : listed.map(foldName);
  const found = rowsOf(ledger, 'delivered').findLast(({ cells }) => {
    const to = deliveredTo(cells);
    if (to === null || to.run !== number || others.includes(foldName(to.name))) return false;
    return to.where === whereOf(destination) && cells.Results === digest;
  });
  return found ?? null;
}

/**
 * Earlier runs (that none replaced) that a destination does not have, though it has an older one, or though this adjusts
 * them: somebody forgot to deliver them.
 */
export function owingTo(
  ledger: Ledger,
  runs: readonly Owing[],
  { name }: Destination,
  { number, adjusts }: Paying,
): readonly Owing[] {
  const paid = new Set(rowsOf(ledger, 'paid').map(({ cells }) => cells.Number));
  const has = new Set<string>();
  // Of a period that it has in another run it takes no second one.
  const periods = new Set<string>();
  for (const { cells } of rowsOf(ledger, 'delivered')) {
    const to = deliveredTo(cells);
    if (to === null || foldName(to.name) !== foldName(name)) continue;
    has.add(to.run);
    if (paid.has(to.run)) periods.add(cells['As of']);
  }
  const first = Math.min(...[...has].map(Number));
  return runs.filter(
    ({ kind, run, asOf }) =>
      Number(run) < Number(number) &&
      !has.has(run) &&
      !(kind === 'payment' && periods.has(asOf)) &&
      (run === adjusts || Number(run) > first),
  );
}

/**
 * Another run of the same period that the destination has, by its name or its place: its people would be paid twice.
 * Adjustments are of one run and come beside it.
 */
export function deliveredOtherwise(ledger: Ledger, destination: Destination, paying: Paying): string | null {
  if (paying.kind === 'adjustment') return null;
  const paid = new Set(rowsOf(ledger, 'paid').map(({ cells }) => cells.Number));
  for (const { cells } of rowsOf(ledger, 'delivered')) {
    const to = deliveredTo(cells);
    if (to === null || cells['As of'] !== paying.asOf || to.run === paying.number || !paid.has(to.run))
      continue;
    if (foldName(to.name) === foldName(destination.name) || to.where === whereOf(destination)) return to.run;
  }
  return null;
}
