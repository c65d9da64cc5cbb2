import { isoText, serialOfMs } from '../../exact/date.ts';
import { displayText } from '../../exact/decimal.ts';
import type { Rational } from '../../exact/rational.ts';
import type { Value } from '../../exact/value.ts';
import type { CellValue } from '../queries.ts';

/** Serial 0 of Excel's calendar, 1899-12-31: what lies before has no serial that Excel shows as a date. */
const FIRST_SERIAL_MS = -2_209_075_200_000;

/**
 * A value as a cell gets it: the closest double (as text past the largest one); a date as its serial number (as text
 * before 1900).
 */
export function cellOfValue(value: Value): CellValue {
  switch (value.kind) {
    case 'blank':
      return null;
    case 'number': {
      const double = closestDouble(value.value);
      return Number.isFinite(double) ? double : displayText(value.value);
    }
    case 'text':
    case 'logical':
      return value.value;
    case 'date': {
      const ms = closestDouble(value.ms);
      return ms < FIRST_SERIAL_MS ? isoText(value.ms) : serialOfMs(Math.round(ms), false);
    }
    default: {
      const never: never = value;
      return never;
    }
  }
}

const bitsOf = (x: bigint): number => x.toString(16).length * 4;

/** The double closest to a number; ±Infinity and 0 beyond the doubles' range. */
export function closestDouble(a: Rational): number {
  if (a.d === 1n) return Number(a.n);
  const magnitude = a.n < 0n ? -a.n : a.n;
  // At least 72 bits of quotient; whatever is left below them only tells a tie from more than a tie.
  const shift = Math.max(0, 80 - (bitsOf(magnitude) - bitsOf(a.d)));
  const shifted = magnitude << BigInt(shift);
  const quotient = shifted / a.d;
  const sticky = quotient * a.d === shifted ? quotient : quotient | 1n;
  // Two steps: a power of two beyond the doubles' range is Infinity.
  const half = shift >> 1;
  const double = Number(sticky) / 2 ** half / 2 ** (shift - half);
  return a.n < 0n ? 0 - double : double;
}
