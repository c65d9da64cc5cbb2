/**
 * Exact rational numbers: every number of the language outside a scaled-integer column is one of these.
 * Always in lowest terms with a positive denominator, so that equality is equality of the parts.
 */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

/** A value may have up to this many digits above or below its fraction line; beyond it is `too-large`. */
export const MAX_DIGITS = 2000;
/** 2,000 decimal digits are at most this many bits; a cheap first test before digits are counted. */
const SURE_BITS = 6640;
const LIMIT = 10n ** BigInt(MAX_DIGITS);

/** Thrown by arithmetic whose result is over MAX_DIGITS; evaluators turn it into a `too-large` problem. */
export class TooLarge extends Error {
  constructor() {
    super(`a value of over ${MAX_DIGITS} digits`);
    this.name = 'TooLarge';
  }
}

export const ZERO: Rational = { n: 0n, d: 1n };
export const ONE: Rational = { n: 1n, d: 1n };

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b;
  // Big numbers shrink by bigint steps; once both fit a double exactly, its remainder is many times faster.
  while (y !== 0n) {
    if (x <= SAFE && y <= SAFE) return BigInt(gcdNumber(Number(x), Number(y)));
    const r = x % y;
    x = y;
    y = r;
  }
  return x;
}

/** Greatest common divisor of two non-negative safe integers. */
export function gcdNumber(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y !== 0) {
    if (x <= MOST_INT && y <= MOST_INT) return gcdInt(x | 0, y | 0);
    const r = x % y;
    x = y;
    y = r;
  }
  return x;
}

const MOST_INT = 2 ** 31 - 1;

/** A remainder of integers takes a fraction of the time that one of doubles takes. */
function gcdInt(a: number, b: number): number {
  let x = a | 0;
  let y = b | 0;
  while (y !== 0) {
    const r = (x % y) | 0;
    x = y;
    y = r;
  }
  return x;
}

function guard(x: bigint): void {
  if (x < LIMIT && x > -LIMIT) return;
  throw new TooLarge();
}

/** n/d in lowest terms. The caller guarantees d ≠ 0. Throws TooLarge. */
export function rational(n: bigint, d: bigint = 1n): Rational {
  if (d === 1n) {
    guard(n);
    return { n, d };
  }
  const m = d < 0n ? -n : n;
  const e = d < 0n ? -d : d;
  const g = gcd(m, e);
  const r = g === 1n ? { n: m, d: e } : { n: m / g, d: e / g };
  guard(r.n);
  guard(r.d);
  return r;
}

/** The rational of a safe integer (not of any other double). */
export function integer(x: number): Rational {
  return { n: BigInt(x), d: 1n };
}

/** n/d of two safe integers, d above 0: what `rational` gives, but by doubles, many times faster. */
export function quotient(n: number, d: number): Rational {
  if (d === 1) return integer(n);
  const common = gcdNumber(Math.abs(n), d);
  return common === d ? integer(n / d) : { n: BigInt(n / common), d: BigInt(d / common) };
}

export function add(a: Rational, b: Rational): Rational {
  if (a.d === b.d) return rational(a.n + b.n, a.d);
  return rational(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function subtract(a: Rational, b: Rational): Rational {
  if (a.d === b.d) return rational(a.n - b.n, a.d);
  return rational(a.n * b.d - b.n * a.d, a.d * b.d);
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.n * b.n, a.d * b.d);
}

/** a / b; the caller has checked that b is not zero. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d, a.d * b.n);
}

export function negate(a: Rational): Rational {
  return { n: -a.n, d: a.d };
}

export function absolute(a: Rational): Rational {
  return a.n < 0n ? negate(a) : a;
}

/** −1, 0 or 1. */
export function sign(a: Rational): -1 | 0 | 1 {
  return a.n < 0n ? -1 : a.n > 0n ? 1 : 0;
}

/** −1, 0 or 1 as a is below, equal to or above b. */
export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const l = a.d === b.d ? a.n : a.n * b.d;
  const r = a.d === b.d ? b.n : b.n * a.d;
  return l < r ? -1 : l > r ? 1 : 0;
}

export function equal(a: Rational, b: Rational): boolean {
  return a.n === b.n && a.d === b.d;
}

export function isInteger(a: Rational): boolean {
  return a.d === 1n;
}

function bits(x: bigint): number {
  return (x < 0n ? -x : x).toString(16).length * 4;
}

/**
 * a to an integer power; `0^0` is 1. The caller has checked that a is not 0 where the exponent is negative.
 * Throws TooLarge before it computes a result that can't fit.
 */
export function power(a: Rational, exponent: bigint): Rational {
  if (exponent === 0n) return ONE;
  const e = exponent < 0n ? -exponent : exponent;
  const base = exponent < 0n ? divide(ONE, a) : a;
  const trivial = (base.n === 1n || base.n === -1n || base.n === 0n) && base.d === 1n;
  if (trivial) return base.n === -1n && e % 2n === 0n ? ONE : base;
  // Each factor has at least bits − 4 bits: over the limit for sure means no need to compute.
  const least = Math.max(bits(base.n) - 4, bits(base.d) - 4, 1);
  if (e > BigInt(Math.ceil((SURE_BITS + 8) / least))) throw new TooLarge();
  return rational(base.n ** e, base.d ** e);
}

/** The largest integer not above a. */
export function floorInteger(a: Rational): bigint {
  const q = a.n / a.d;
  return a.n < 0n && q * a.d !== a.n ? q - 1n : q;
}

/** The smallest integer not below a. */
export function ceilingInteger(a: Rational): bigint {
  return -floorInteger(negate(a));
}

/** a to the nearest integer, halves away from zero (Excel's ROUND). */
export function roundInteger(a: Rational): bigint {
  const m = a.n < 0n ? -a.n : a.n;
  const q = (2n * m + a.d) / (2n * a.d);
  return a.n < 0n ? -q : q;
}

/** a to the nearest integer, halves to the even one. */
export function roundEvenInteger(a: Rational): bigint {
  const f = floorInteger(a);
  const twice = 2n * (a.n - f * a.d);
  if (twice < a.d) return f;
  if (twice > a.d) return f + 1n;
  return f % 2n === 0n ? f : f + 1n;
}

/** The closest double, for charts and cell values only, never for arithmetic. */
export function toDouble(a: Rational): number {
  if (a.d === 1n) return Number(a.n);
  const l = bits(a.n) - bits(a.d);
  // 80 bits of quotient decide the 53 of the double but for exact ties, which a display does not need.
  const shift = BigInt(Math.max(0, 80 - l));
  const q = (a.n << shift) / a.d;
  return Number(q) / 2 ** Number(shift);
}
