import { gcdNumber, type Rational } from '../../exact/rational.ts';

/** Integers up to here are exact in a double, and so is any sum or product that a double shows to be within it. */
export const SAFE = Number.MAX_SAFE_INTEGER;

/** Least common multiple of two positive integers; more than SAFE (and inexact) where it does not fit. */
export function lcm(a: number, b: number): number {
  return a === b ? a : (a / gcdNumber(a, b)) * b;
}

/** The integer k of k / den that is the number, NaN where there is none within SAFE. */
export function fitNumber(value: Rational, den: number): number {
  // Rounded where it is beyond SAFE, and then beyond it still.
  const d = Number(value.d);
  if (d !== 1 && (d > SAFE || den % d !== 0)) return Number.NaN;
  const k = Number(value.n) * (den / d);
  return Math.abs(k) <= SAFE ? k : Number.NaN;
}

/** Factors that bring k / a and k / b over one denominator; null where it does not fit. */
export function align(a: number, b: number): { den: number; f: number; g: number } | null {
  const den = lcm(a, b);
  return den <= SAFE ? { den, f: den / a, g: den / b } : null;
}

/** num / den of two integers within SAFE where it comes out even, else NaN. A remainder of doubles would take ten times as long. */
export function evenly(num: number, den: number): number {
  const whole = Math.round(num / den);
  return whole * den === num ? whole : Number.NaN;
}
