import { SourceFault } from '../sources/model.ts';
import { shownLocation } from '../sources/report.ts';
import { BookError } from '../workbook/bookError.ts';
import { foldName } from '../workbook/names.ts';
import type { BookReader, BookStore } from '../workbook/port.ts';
import { paymentContent } from './content.ts';
import {
  type Changed,
  type Confirmed,
  type Content,
  type Delivered,
  DeliveryRefused,
  type Destination,
  type Outcome,
  type Paying,
  type Refused,
  type Report,
  type Stop,
  type Unrecorded,
} from './model.ts';
import { type NotPaid, type PaidOut, paidOut, paymentsOf } from './paying.ts';
import { filled } from './place.ts';
import { deliveredOtherwise, deliveredRow, owingTo, sameDelivered } from './plan.ts';
import { DELIVERY_SHEETS, deliveryHead, readDeliveries } from './sheet.ts';
import { lookups } from './tables.ts';
import { voucherContent } from './voucher.ts';

export interface DeliverOptions {
  /** The number of a paid run or an adjustment in the ledger; null for the newest. */
  readonly run: string | null;
  /** Names of destinations; all of them where empty. */
  readonly only: readonly string[];
  /** Nothing is sent. */
  readonly dryRun: boolean;
  /** Whether what the ledger says was delivered is sent again. */
  readonly again: boolean;
  /** Sends, and comes to an end where the destination has it. Refuses with a SourceFault, a DeliveryRefused or a BookError. */
  send(destination: Destination, paying: Paying, content: Content): Promise<Confirmed>;
  /** Puts a row into the ledger; says why where it can't. */
  record(destination: Destination, paying: Paying, content: Content): Promise<Unrecorded | null>;
}

export type DeliveryResult =
  | { readonly kind: 'stopped'; readonly stops: readonly Stop[] }
  | { readonly kind: 'refusal'; readonly refusal: NotPaid }
  | { readonly kind: 'report'; readonly report: Report };

/**
 * Delivers a paid run to its destinations, one after the other; what becomes of one is nothing to the others. The ledger says of
 * each that it has the run only after the destination has confirmed it. Refuses with a BookError of the book, and the signal's reason.
 */
export async function deliver(
  book: BookReader & BookStore,
  options: DeliverOptions,
): Promise<DeliveryResult> {
  const chosen = await chosenOf(book, options.only);
  if (chosen.stops.length > 0) return { kind: 'stopped', stops: chosen.stops };
  const paid = await paidOut(book, options.run);
  if (paid.kind === 'no-run' || paid.kind === 'run-replaced') return { kind: 'stopped', stops: [paid] };
  if (paid.kind !== 'paid') return { kind: 'refusal', refusal: paid };
  const destinations: Delivered[] = [];
  for (const destination of chosen.destinations)
    destinations.push(await deliverTo(destination, chosen.listed, book, paid, options));
  return { kind: 'report', report: { paying: paid.paying, destinations } };
}

async function chosenOf(
  book: BookReader,
  only: readonly string[],
): Promise<{
  readonly destinations: readonly Destination[];
  /** Names of all that the sheet has. */
  readonly listed: readonly string[];
  readonly stops: readonly Stop[];
}> {
  const none: Stop = { kind: 'no-sheet', sheets: DELIVERY_SHEETS };
  const head = deliveryHead(book.tables);
  const table =
    head === undefined
      ? undefined
      : (await book.read([head.name])).tables.find(({ name }) => name === head.name);
  if (table === undefined) return { destinations: [], listed: [], stops: [none] };
  const { destinations, stops } = readDeliveries(table);
  const listed = destinations.map(({ name }) => name);
  if (stops.length > 0) return { destinations, listed, stops };
  if (destinations.length === 0) return { destinations, listed, stops: [{ kind: 'nothing-listed' }] };
  if (only.length === 0) return { destinations, listed, stops };
  const asked = (name: string): boolean => only.some((one) => foldName(one) === foldName(name));
  return {
    destinations: destinations.filter(({ name }) => asked(name)),
    listed,
    stops: only
      .filter((one) => !listed.some((name) => foldName(name) === foldName(one)))
      .map((name) => ({ kind: 'not-asked', name, names: listed })),
  };
}

async function deliverTo(
  destination: Destination,
  listed: readonly string[],
  book: BookReader,
  paid: PaidOut,
  options: DeliverOptions,
): Promise<Delivered> {
  const { name, kind, location } = destination;
  const { paying, ledger } = paid;
  const named = deliveredRow(ledger, destination, paying)?.cells ?? null;
  const told = (outcome: Outcome, changed: readonly Changed[] = []): Delivered => ({
    name,
    kind,
    location: shownLocation(filled(location, paid.paying)),
    outcome,
    changed,
    owing: owingTo(ledger, paid.runs, destination, paying),
  });
  try {
    const { content, changed } = await contentOf(destination, book, paid).catch((error: unknown) => {
      // What was delivered needs no looking at again, whatever became of the tables since.
      if (named !== null && !options.again && error instanceof DeliveryRefused)
        return { content: null, changed: [] };
      throw error;
    });
    const before =
      named ??
      (content === null ? null : sameDelivered(ledger, destination, paying, content.digest, listed)?.cells) ??
      null;
    if (content === null || (before !== null && !options.again)) {
      const same = before?.Results === content?.digest;
      return told({ kind: 'before', row: before?.Number ?? '', time: before?.Time ?? '', same });
    }
    const other = deliveredOtherwise(ledger, destination, paying);
    if (other !== null)
      throw new DeliveryRefused({ kind: 'period-delivered', run: other, asOf: paying.asOf });
    if (options.dryRun) return told({ kind: 'would', content }, changed);
    const confirmed = await options.send(destination, paying, content);
    const known = before !== null && before.Results === content.digest;
    const unrecorded = known ? null : await options.record(destination, paying, content);
    return told({ kind: confirmed, content, unrecorded }, changed);
  } catch (error) {
    const refused = refusedBy(error);
    if (refused === null) throw error;
    return told({ kind: 'refused', refused });
  }
}

function refusedBy(error: unknown): Refused | null {
  if (error instanceof DeliveryRefused) return error.refused;
  if (error instanceof SourceFault) return { kind: 'fault', reason: error.reason, detail: error.detail };
  if (error instanceof BookError) return { kind: 'file', problem: error.problem };
  return null;
}

async function contentOf(
  destination: Destination,
  book: BookReader,
  paid: PaidOut,
): Promise<{ readonly content: Content; readonly changed: readonly Changed[] }> {
  const payments = paymentsOf(paid, destination.what);
  // Tables are looked into only where something of theirs is sent.
  const looks = destination.mapping.some(({ from }) => from.kind === 'column');
  const found = looks ? await lookups(book, paid, payments) : { changed: [], lookup: nothing };
  const make = destination.kind === 'voucher' ? voucherContent : paymentContent;
  return { content: make(destination, paid.paying, payments, found.lookup), changed: found.changed };
}

const nothing = (): never => {
  throw new RangeError('no table was read');
};
