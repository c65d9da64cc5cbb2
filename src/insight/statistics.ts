import jStat from 'jstat';
import { quantileSorted, sampleCorrelation } from 'simple-statistics';

/** A sample in three numbers. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  /** With n − 1. */
  readonly variance: number;
}

export function momentsOf(values: readonly number[]): Moments {
  const n = values.length;
  const mean = n === 0 ? Number.NaN : values.reduce((sum, x) => sum + x, 0) / n;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { n, mean, variance: n < 2 ? Number.NaN : squares / (n - 1) };
}

export interface WelchTest {
  /** Mean of a less mean of b. */
  readonly difference: number;
  readonly error: number;
  readonly freedom: number;
  /** That the difference is no more than `least` (one side), or none at all (two). */
  readonly p: number;
}

/** Welch's t test: one side against `least`, two sides against 0 where `least` is null. Null for want of rows. */
export function welch(a: Moments, b: Moments, least: number | null): WelchTest | null {
  if (a.n < 2 || b.n < 2) return null;
  const [u, v] = [a.variance / a.n, b.variance / b.n];
  const error = Math.sqrt(u + v);
  const difference = a.mean - b.mean;
  if (error === 0) {
    const p = least === null ? (difference === 0 ? 1 : 0) : difference > least ? 0 : 1;
    return { difference, error, freedom: a.n + b.n - 2, p };
  }
  const freedom = (u + v) ** 2 / (u ** 2 / (a.n - 1) + v ** 2 / (b.n - 1));
  const t = (difference - (least ?? 0)) / error;
  // the tail below −|t| keeps its digits where 1 − p would lose them
  const tail = jStat.studentt.cdf(-Math.abs(t), freedom);
  return { difference, error, freedom, p: least === null ? 2 * tail : t > 0 ? tail : 1 - tail };
}

export function studentTail(t: number, freedom: number): number {
  return 2 * jStat.studentt.cdf(-Math.abs(t), freedom);
}

export function normalQuantile(p: number): number {
  return jStat.normal.inv(p, 0, 1);
}

/** Two proportions, two sides, with the pooled error; null for want of rows. */
export function twoProportions(
  a: { readonly yes: number; readonly of: number },
  b: { readonly yes: number; readonly of: number },
): number | null {
  if (a.of === 0 || b.of === 0) return null;
  const pooled = (a.yes + b.yes) / (a.of + b.of);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.of + 1 / b.of));
  if (error === 0) return 1;
  return 2 * jStat.normal.cdf(-Math.abs(a.yes / a.of - b.yes / b.of) / error, 0, 1);
}

/**
 * Benjamini and Hochberg: which of the tests pass so that of those that pass at most a part `rate` is expected to
 * be there by chance.
 */
export function benjaminiHochberg(ps: readonly number[], rate: number): readonly boolean[] {
  const order = ps.map((p, i) => ({ p, i })).sort((a, b) => a.p - b.p);
  let last = -1;
  order.forEach(({ p }, rank) => {
    if (p <= (rate * (rank + 1)) / ps.length) last = rank;
  });
  const passed = ps.map(() => false);
  for (const { i } of order.slice(0, last + 1)) passed[i] = true;
  return passed;
}

/** The quantile of values in any order; NaN of none. */
export function quantileOf(values: readonly number[], p: number): number {
  if (values.length === 0) return Number.NaN;
  return quantileSorted(
    [...values].sort((a, b) => a - b),
    p,
  );
}

export const medianOf = (values: readonly number[]): number => quantileOf(values, 0.5);

/** Both tails of the normal distribution beyond ±z. */
export function normalTail(z: number): number {
  return 2 * jStat.normal.cdf(-Math.abs(z), 0, 1);
}

/** Gini coefficient: 0 where all have the same, towards 1 where one has all. NaN of none, or where the sum is not above 0. */
export function giniOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const sum = sorted.reduce((total, x) => total + x, 0);
  if (!(sum > 0)) return Number.NaN;
  const weighted = sorted.reduce((total, x, i) => total + (i + 1) * x, 0);
  return (2 * weighted) / (sorted.length * sum) - (sorted.length + 1) / sorted.length;
}

/** Ranks from 1, equal values sharing the mean of theirs. */
export function ranksOf(values: readonly number[]): readonly number[] {
  const order = values.map((x, i) => ({ x, i })).sort((a, b) => a.x - b.x);
  const ranks = values.map(() => 0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]?.x === order[from]?.x) to++;
    for (const { i } of order.slice(from, to)) ranks[i] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

/** Spearman's rank correlation, equal values sharing ranks, with its p (Student's t); null of fewer than three. */
export function spearman(
  a: readonly number[],
  b: readonly number[],
): { readonly rho: number; readonly p: number } | null {
  if (a.length < 3) return null;
  const rho = sampleCorrelation([...ranksOf(a)], [...ranksOf(b)]);
  if (Number.isNaN(rho)) return null;
  const freedom = a.length - 2;
  const p = Math.abs(rho) >= 1 ? 0 : studentTail(rho * Math.sqrt(freedom / (1 - rho ** 2)), freedom);
  return { rho, p };
}
