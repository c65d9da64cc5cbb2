/** A stream of chance: the same name gives the same numbers for ever, on every machine. */
export interface Chance {
  /** A double in [0, 1). */
  unit(): number;
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** TRUE with probability `p`. */
  happens(p: number): boolean;
  /** About normal (mean 0, deviation 1, never beyond ±3): the sum of twelve uniforms, halved beyond 3. */
  bell(): number;
  /** A waiting time with mean 1: many short ones, a long tail, never 0. */
  wait(): number;
  /** One of the items; the list must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** An index, each as likely as its weight says. */
  weighted(weights: readonly number[]): number;
}

/** Quantiles of a waiting time at 0, 1/16 … 1, scaled so that straight lines between them have mean 1. */
const WAIT_QUANTILES: readonly number[] = [
  0.04, 0.09, 0.15, 0.22, 0.3, 0.38, 0.47, 0.57, 0.68, 0.81, 0.96, 1.14, 1.36, 1.65, 2.05, 2.75, 4.6,
];

/**
 * A named stream. Only additions, multiplications and 32-bit integer steps: no function whose last digit
 * depends on the machine. Each table has its own stream, so that a change in one leaves the others alone.
 */
export function chance(name: string): Chance {
  let state = 0x9e3779b9;
  for (const character of name) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x85ebca6b);
    state ^= state >>> 13;
  }
  const mean =
    WAIT_QUANTILES.slice(1).reduce((sum, q, i) => sum + (q + (WAIT_QUANTILES[i] ?? 0)) / 2, 0) /
    (WAIT_QUANTILES.length - 1);

  // splitmix32: one addition and two rounds of mixing a step
  const unit = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + Math.floor(unit() * (high - low + 1));
  return {
    unit,
    between,
    happens: (p) => unit() < p,
    bell: () => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += unit();
      return Math.abs(sum) > 3 ? sum / 2 : sum;
    },
    wait: () => {
      const at = unit() * (WAIT_QUANTILES.length - 1);
      const low = Math.floor(at);
      const from = WAIT_QUANTILES[low] ?? 0;
      const to = WAIT_QUANTILES[low + 1] ?? from;
      return (from + (to - from) * (at - low)) / mean;
    },
    pick: <T>(items: readonly T[]): T => {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error(`nothing to pick from in ${name}`);
      return item;
    },
    weighted: (weights) => {
      let at = unit() * weights.reduce((sum, w) => sum + w, 0);
      const index = weights.findIndex((w) => {
        at -= w;
        return at < 0;
      });
      return index < 0 ? weights.length - 1 : index;
    },
  };
}
