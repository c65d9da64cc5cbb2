import { field, line, sortedLines, valueField } from '../audit/canonical.ts';
import { digestText } from '../audit/digest.ts';
import { parseDate } from '../exact/date.ts';
import { add, integer, type Rational, ZERO } from '../exact/rational.ts';
import { BLANK, numberValue, textValue, type Value } from '../exact/value.ts';
import { checkDecimals, decimalsAsked } from './decimals.ts';
import {
  type Content,
  type ContentField,
  DeliveryRefused,
  type Destination,
  type Field,
  OWN,
  type Own,
  type Paying,
  type Payment,
} from './model.ts';
import type { Lookup } from './tables.ts';

/** Our words for what a payment has, in the order in which they stand where a mapping says nothing. */
const STANDARD: readonly Field[] = OWN.map((own) => ({ field: own, from: { kind: 'own', own } }));

/** What has to be there for a payment to be one; in a database also what tells it from others. */
const NEEDED: readonly Own[] = ['member', 'amount'];
const NEEDED_IN_TABLE: readonly Own[] = ['run', 'statement', 'member', 'amount', 'as_of', 'kind'];

/** The amounts under the fields that a destination wants. Refuses with a DeliveryRefused. */
export function paymentContent(
  destination: Destination,
  paying: Paying,
  payments: readonly Payment[],
  lookup: Lookup,
): Content {
  const fields = fieldsOf(destination);
  const decimals = decimalsAsked(destination.options, null);
  checkDecimals(payments, decimals);
  const rows = payments.map((payment) =>
    fields.map(({ from }) =>
      from.kind === 'own' ? ownValue(from.own, paying, payment) : lookup(payment, from.heading),
    ),
  );
  const named = fields.map(
    ({ field: name, from }): ContentField => ({ name, own: from.kind === 'own' ? from.own : 'other' }),
  );
  return {
    fields: named,
    rows,
    decimals,
    totals: totalsOf(payments),
    amounts: payments.length,
    digest: contentDigest(paying, named, rows),
  };
}

function fieldsOf({ kind, mapping }: Destination): readonly Field[] {
  if (mapping.length === 0) return STANDARD;
  const has = (own: Own): boolean => mapping.some(({ from }) => from.kind === 'own' && from.own === own);
  const inTable = kind === 'postgresql' || kind === 'mysql';
  const added = inTable
    ? STANDARD.filter(
        ({ from }) => from.kind === 'own' && NEEDED_IN_TABLE.includes(from.own) && !has(from.own),
      )
    : [];
  const missing = NEEDED.find((own) => !inTable && !has(own));
  if (missing !== undefined) throw new DeliveryRefused({ kind: 'no-field', field: missing });
  const fields = [...added, ...mapping];
  const seen = new Set<string>();
  for (const { field: name } of fields) {
    if (seen.has(name.toLowerCase())) throw new DeliveryRefused({ kind: 'same-field', field: name });
    seen.add(name.toLowerCase());
  }
  return fields;
}

function ownValue(own: Own, paying: Paying, payment: Payment): Value {
  switch (own) {
    case 'run':
      return textValue(paying.run);
    case 'statement':
      return textValue(payment.statement);
    case 'member':
      return textValue(payment.member);
    case 'amount':
      return numberValue(payment.amount);
    case 'as_of':
      return dayValue(paying.asOf);
    case 'kind':
      return textValue(paying.kind);
    case 'number':
      return numberValue(integer(Number(paying.number)));
    default: {
      const never: never = own;
      return never;
    }
  }
}

/** A day (`2026-03-31`) as a value. */
export function dayValue(day: string): Value {
  const ms = parseDate(day);
  return ms === null ? BLANK : { kind: 'date', ms: integer(ms) };
}

/** What payments come to, by statement, in the order in which they come. */
export function totalsOf(payments: readonly Payment[]): readonly (readonly [string, Rational])[] {
  const totals = new Map<string, Rational>();
  for (const { statement, amount } of payments)
    totals.set(statement, add(totals.get(statement) ?? ZERO, amount));
  return [...totals];
}

/** The digest of what is sent; README.md of this room says how it is made. */
export function contentDigest(
  { run, asOf }: Pick<Paying, 'run' | 'asOf'>,
  fields: readonly ContentField[],
  rows: readonly (readonly Value[])[],
): string {
  const head = line(['allot-delivery-1', run, asOf]) + line(fields.map(({ name }) => field(name)));
  return digestText(head + sortedLines(rows.map((row) => line(row.map(valueField)))).join(''));
}
