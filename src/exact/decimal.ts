import Decimal from 'decimal.js';
import { MAX_DIGITS, type Rational, rational, TooLarge } from './rational.ts';

/** Our own constructor: decimal.js keeps its settings there, and nobody else's may change ours. */
const settings = { rounding: Decimal.ROUND_HALF_UP, toExpNeg: -9e15, toExpPos: 9e15 } as const;
const Exact = Decimal.clone({ ...settings, precision: 2 * MAX_DIGITS + 40 });
/** Enough for quotients of numbers below 10^30: two different ones differ long before the 80th digit. */
const Quick = Decimal.clone({ ...settings, precision: 80 });
const QUICK_LIMIT = 10n ** 30n;

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/**
 * The exact value of a plain decimal such as `-12.50`, or null if the text is not one.
 * Throws TooLarge for more digits than the language keeps.
 */
export function parseDecimal(text: string): Rational | null {
  if (!DECIMAL.test(text)) return null;
  const point = text.indexOf('.');
  if (text.length > MAX_DIGITS + 2) {
    // Leading and trailing zeros are no digits of the value.
    const short = text
      .replace(/^(-?)0+(?=\d)/, '$1')
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '');
    if (short.length > MAX_DIGITS + 2) throw new TooLarge();
    if (short !== text) return parseDecimal(short);
  }
  if (point < 0) return rational(BigInt(text));
  const digits = text.slice(0, point) + text.slice(point + 1);
  return rational(BigInt(digits), 10n ** BigInt(text.length - point - 1));
}

/** How many decimals the number needs, or null where it does not end. */
export function decimalsOf(a: Rational): number | null {
  let d = a.d;
  let twos = 0;
  let fives = 0;
  while (d % 2n === 0n) {
    d /= 2n;
    twos++;
  }
  while (d % 5n === 0n) {
    d /= 5n;
    fives++;
  }
  return d === 1n ? Math.max(twos, fives) : null;
}

function plain(a: Rational, decimals: number): string {
  const scaled = (a.n * 10n ** BigInt(decimals)) / a.d;
  const negative = scaled < 0n;
  const digits = (negative ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals);
  return `${negative ? '-' : ''}${whole}${decimals > 0 ? `.${fraction}` : ''}`;
}

/** Exact text: a plain decimal where the number ends, else `n/d` in lowest terms. The form used in JSON. */
export function exactText(a: Rational): string {
  if (a.d === 1n) return a.n.toString();
  const decimals = decimalsOf(a);
  return decimals === null ? `${a.n}/${a.d}` : plain(a, decimals);
}

/** Text for people: a plain decimal where the number ends, else 12 significant digits after `≈`. */
export function displayText(a: Rational): string {
  const decimals = decimalsOf(a);
  if (decimals !== null) return plain(a, decimals);
  return `≈${significantText(a, 12)}`;
}

/** The number rounded to so many significant digits (half away from zero), as a plain decimal. */
export function significantText(a: Rational, digits: number): string {
  const small = a.d < QUICK_LIMIT && a.n < QUICK_LIMIT && a.n > -QUICK_LIMIT;
  const Kind = small ? Quick : Exact;
  return new Kind(a.n.toString()).div(a.d.toString()).toSignificantDigits(digits).toFixed();
}

/** 10^0 … 10^22: the powers of ten that a double holds exactly. */
export const POWERS_OF_TEN: readonly number[] = Array.from({ length: 23 }, (_, i) =>
  Number(10n ** BigInt(i)),
);

/** What a cell's double means: its decimal at 15 significant digits, as coefficient and number of decimals. */
export interface CellDecimal {
  readonly coefficient: number;
  readonly decimals: number;
}

/**
 * The 15-digit rule for a double that fits a scaled integer: |coefficient| < 10^15, 0 ≤ decimals ≤ 22.
 * Null where it does not (huge or tiny numbers): use `cellRational`.
 * If k / 10^s equals the double and |k| < 10^15, the double is that decimal's, so its 15 digits are k's.
 */
export function cellDecimal(x: number): CellDecimal | null {
  if (Number.isInteger(x)) return Math.abs(x) < 1e15 ? { coefficient: x === 0 ? 0 : x, decimals: 0 } : null;
  const magnitude = Math.abs(x);
  for (let s = 1; s <= 22; s++) {
    const power = POWERS_OF_TEN[s] ?? Number.NaN;
    const scaled = x * power;
    if (Math.abs(scaled) >= 1e15) break;
    const k = Math.round(scaled);
    if (k / power === x) return { coefficient: k, decimals: s };
  }
  if (magnitude >= 1e15 || magnitude < 1e-7) return null;
  // Not a short decimal: take the 15 digits that JavaScript rounds correctly from the exact value.
  const text = x.toPrecision(15);
  const point = text.indexOf('.');
  if (text.includes('e') || point < 0) return null;
  const trimmed = text.replace(/0+$/, '');
  const decimals = Math.max(0, trimmed.length - trimmed.indexOf('.') - 1);
  const k = Number(trimmed.replace('.', ''));
  if (decimals > 22 || Math.abs(k) >= 1e15) return null;
  return { coefficient: k, decimals };
}

/** The 15-digit rule for any finite double, exactly. */
export function cellRational(x: number): Rational {
  const small = cellDecimal(x);
  if (small !== null) return rational(BigInt(small.coefficient), 10n ** BigInt(small.decimals));
  const [mantissa = '0', exponent = '0'] = x.toExponential(14).split('e');
  const digits = BigInt(mantissa.replace('.', ''));
  const e = Number(exponent) - 14;
  return e >= 0 ? rational(digits * 10n ** BigInt(e)) : rational(digits, 10n ** BigInt(-e));
}

/** The digits of a plain decimal of up to 15 digits as an integer without its sign; −1 for anything else. */
export function shortDecimal(text: string): number {
  const length = text.length;
  let i = text.charCodeAt(0) === 45 ? 1 : 0;
  if (i === length || length - i > 16) return -1;
  let value = 0;
  let digits = 0;
  let point = -1;
  for (; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 48 && c <= 57) {
      value = value * 10 + (c - 48);
      digits++;
    } else if (c === 46 && point < 0 && digits > 0) point = i;
    else return -1;
  }
  if (digits > 15 || point === length - 1) return -1;
  return value;
}
