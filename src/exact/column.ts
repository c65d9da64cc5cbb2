import { POWERS_OF_TEN } from './decimal.ts';
import type { Payload } from './payload.ts';
import { integer, quotient, type Rational } from './rational.ts';
import type { TextIndex } from './textIndex.ts';
import { BLANK, dateValue, logicalValue, numberValue, textValue, type Value } from './value.ts';

/** What a row of a sheet column holds. `WIDE` is a number that the column's scaled integers can't hold. */
export const Kind = { BLANK: 0, NUMBER: 1, TEXT: 2, DATE: 3, LOGICAL: 4, ERROR: 5, WIDE: 6 } as const;

/**
 * One sheet column, imported once. `payload[row]` is, by `kinds[row]`:
 * NUMBER: the integer k of k / 10^scale, |k| ≤ bound < 2^53; TEXT and ERROR: an index into `texts`;
 * DATE: whole milliseconds (see date.ts); LOGICAL: 0 or 1; BLANK: 0; WIDE: 0, the number is in `wide`.
 */
export interface SheetColumn {
  readonly length: number;
  readonly kinds: Uint8Array;
  readonly payload: Payload;
  /** Decimals of every NUMBER. */
  readonly scale: number;
  /** The largest |k| of a NUMBER; 0 where there is none. */
  readonly bound: number;
  /** Every different text or error value once, spelled as in its cell. */
  readonly texts: readonly string[];
  readonly wide: ReadonlyMap<number, Rational>;
  /** Asked for with `uniformOf`: a column made from this one may have it still. */
  readonly uniform?: Uniform;
  /** The payload of one row, where that of all rows would first have to be put together. A copy of a column has none. */
  readonly payloadAt?: (row: number) => number;
}

/** What is known of a column all of whose rows have one kind. A column that gives its payload or kinds by a getter vouches for it. */
export interface Uniform {
  readonly only: number;
  /** Where every row has a text: where each stands among the texts. */
  readonly index: TextIndex | null;
  /** Whether every number is above that of the row before; left out where that was not looked at. */
  readonly rising?: boolean;
  /** Of what this is known. */
  readonly kinds: Uint8Array;
  readonly payload: Payload;
}

/** What is known of the column, if all its rows have one kind. */
export function uniformOf(column: SheetColumn): Uniform | null {
  const { uniform } = column;
  if (uniform === undefined) return null;
  // What a column still gives when it is asked is its own; a copy has it, and may have another.
  const isOwn = (name: 'kinds' | 'payload'): boolean =>
    Object.getOwnPropertyDescriptor(column, name)?.get !== undefined || uniform[name] === column[name];
  return isOwn('payload') && isOwn('kinds') ? uniform : null;
}

/** The value of one row; null for an error value (its text is `texts[payload[row]]`). */
export function columnValue(column: SheetColumn, row: number): Value | null {
  const x = column.payloadAt === undefined ? (column.payload[row] ?? 0) : column.payloadAt(row);
  switch (column.kinds[row]) {
    case Kind.NUMBER:
      return numberValue(quotient(x, POWERS_OF_TEN[column.scale] ?? Number.NaN));
    case Kind.WIDE:
      return numberValue(column.wide.get(row) ?? integer(0));
    case Kind.TEXT:
      return textValue(column.texts[x] ?? '');
    case Kind.DATE:
      return dateValue(integer(x));
    case Kind.LOGICAL:
      return logicalValue(x === 1);
    case Kind.ERROR:
      return null;
    default:
      return BLANK;
  }
}
