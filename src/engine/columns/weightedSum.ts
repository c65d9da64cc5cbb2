import type { NarrowPayload } from '../../exact/payload.ts';
import { type Rational, rational } from '../../exact/rational.ts';
import { atHand, combine, type Quotient, quotientAt } from './ratios.ts';
import { evenly, lcm, SAFE } from './scaled.ts';
import { draft, setRatio, Tag, type Vec, vecOf } from './vec.ts';

/** An input of a score, and its weight. */
export interface Weighted {
  readonly weight: Rational;
  readonly x: Vec;
}

/** So many rows at a time stay in the processor's nearest memory from line to line. */
const NEAR = 2048;

/**
 * Σ weight × x at `n` positions of numbers and quotients from 0 to `most` in one walk, with nothing put down in between; null where one is
 * something else, or too large for doubles. `narrow`: the data of a vector in fewer bytes, where it has them.
 */
export function weightedSum(
  lines: readonly Weighted[],
  most: number,
  n: number,
  narrow: (v: Vec) => NarrowPayload | null,
): Vec | null {
  if (lines.every(({ x }) => x.mask === 0)) return null;
  if (lines.some(({ x }) => x.kind !== 'number' || x.boxed !== null)) return null;
  return lines.every(({ x }) => x.tags === null)
    ? sumOfPlain(lines, most, n, narrow)
    : sumOfQuotients(lines, most, n);
}

function sumOfPlain(
  lines: readonly Weighted[],
  most: number,
  n: number,
  narrow: (v: Vec) => NarrowPayload | null,
): Vec | null {
  const weights = lines.map(({ weight, x }) => rational(weight.n, weight.d * BigInt(x.den)));
  const den = weights.reduce((all, { d }) => lcm(all, Number(d)), 1);
  const factors = weights.map((w) => Number(w.n) * (den / Number(w.d)));
  const bound = lines.reduce((sum, { x }, k) => sum + Math.abs(factors[k] ?? 0) * x.bound, 0);
  if (!(den <= SAFE && bound <= SAFE)) return null;
  const out = draft(n);
  const inputs = lines.map(({ x }, k) => ({
    x: narrow(x) ?? x.data,
    mask: x.mask,
    factor: factors[k] ?? 0,
    limit: most * x.den,
  }));
  /** What is known in fewer bytes is put down as doubles near by, not as a whole column. */
  const near = new Float64Array(NEAR);
  for (let from = 0; from < n; from += NEAR) {
    const to = Math.min(n, from + NEAR);
    for (const { x, mask, factor, limit } of inputs) {
      if (mask === 0) near.fill(x[0] ?? 0);
      else near.set(x.subarray(from, to));
      if (!addLine(out.data, near, factor, limit, from, to)) return null;
    }
  }
  return vecOf(out, { kind: 'number', den, bound });
}

/** Adds a line's part at some positions, of which it is there from 0 on; false where one is not from 0 to `limit`. */
function addLine(
  sum: Float64Array,
  x: Float64Array,
  factor: number,
  limit: number,
  from: number,
  to: number,
): boolean {
  let within = true;
  for (let i = from; i < to; i++) {
    const k = x[i - from] ?? 0;
    within = within && k >= 0 && k <= limit;
    sum[i] = (sum[i] ?? 0) + k * factor;
  }
  return within;
}

function sumOfQuotients(lines: readonly Weighted[], most: number, n: number): Vec | null {
  const vecs = lines.map(({ x }) => atHand(x));
  const over = lines.map(({ weight }) => Number(weight.n));
  const under = lines.map(({ weight }) => Number(weight.d));
  const out = draft(n);
  const sum: Quotient = { num: 0, den: 1 };
  const part: Quotient = { num: 0, den: 1 };
  let bound = 0;
  for (let i = 0; i < n; i++) {
    sum.num = 0;
    sum.den = 1;
    for (let k = 0; k < vecs.length; k++) {
      const x = vecs[k];
      if (x === undefined || quotientAt(x, i & x.mask, part) !== Tag.PLAIN) return null;
      const limit = part.den * most;
      if (!(part.num >= 0 && part.num <= limit && limit <= SAFE)) return null;
      part.num *= over[k] ?? 0;
      part.den *= under[k] ?? 1;
      if (!(Math.abs(part.num) <= SAFE && part.den <= SAFE && combine('+', sum, part))) return null;
    }
    const k = evenly(sum.num, sum.den);
    if (Number.isNaN(k)) setRatio(out, i, sum.num, sum.den);
    else {
      out.data[i] = k;
      if (Math.abs(k) > bound) bound = Math.abs(k);
    }
  }
  return vecOf(out, { kind: 'number', bound });
}
