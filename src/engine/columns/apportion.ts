/** Who takes part in a pool, in whole numbers: weights 0 or more over one denominator, floors and caps in units. */
export interface Claims {
  readonly weights: readonly bigint[];
  /** Null where there is none; 0 or more, the floor not above the cap. */
  readonly floors: readonly (bigint | null)[];
  readonly caps: readonly (bigint | null)[];
}

export type By = 'floor' | 'cap' | 'quota' | 'remainder' | 'none';

export interface Apportionment {
  readonly units: readonly bigint[];
  readonly by: readonly By[];
  readonly shared: bigint;
  /** The level as units / weight; null where caps left some, or there was nothing to find. */
  readonly level: { readonly units: bigint; readonly weight: bigint } | null;
  /** Quotas of the rest are left × weight / weights. */
  readonly left: bigint;
  readonly restWeight: bigint;
}

interface Break {
  readonly units: bigint;
  readonly weight: bigint;
  readonly start: boolean;
  /** Nearly units / weight. */
  readonly near: number;
}

/**
 * Divides a pool of whole units, 0 or more, as §7 of the language says; null where it can't be divided.
 * `precedes(i, j)` is below 0 where i comes first of two with equal remainders.
 */
export function apportion(
  pool: bigint,
  claims: Claims,
  precedes: (i: number, j: number) => number,
): Apportionment | null {
  const { weights, floors, caps } = claims;
  const n = weights.length;
  const units: bigint[] = new Array(n).fill(0n);
  const by: By[] = new Array(n).fill('none');
  const sharing: number[] = [];
  let lowest = 0n;
  let highest: bigint | null = 0n;
  for (let i = 0; i < n; i++) {
    if ((weights[i] ?? 0n) <= 0n) continue;
    sharing.push(i);
    lowest += floors[i] ?? 0n;
    const cap = caps[i] ?? null;
    highest = highest === null || cap === null ? null : highest + cap;
  }
  const nothing = { level: null, left: 0n, restWeight: 1n };
  if (lowest > pool) return null;
  if (sharing.length === 0) return pool === 0n ? { units, by, shared: 0n, ...nothing } : null;
  if (highest !== null && highest <= pool) {
    for (const i of sharing) {
      units[i] = caps[i] ?? 0n;
      by[i] = 'cap';
    }
    return { units, by, shared: highest, ...nothing };
  }

  const level = levelOf(pool, lowest, claims, sharing);
  let left = pool;
  let restWeight = 0n;
  const rest: number[] = [];
  const near = Number(level.units) / Number(level.weight);
  for (const i of sharing) {
    const weight = weights[i] ?? 0n;
    const floor = floors[i] ?? null;
    const cap = caps[i] ?? null;
    if (floor !== null && compareDue(level, near, weight, floor) <= 0) {
      units[i] = floor;
      by[i] = 'floor';
      left -= floor;
    } else if (cap !== null && compareDue(level, near, weight, cap) >= 0) {
      units[i] = cap;
      by[i] = 'cap';
      left -= cap;
    } else {
      rest.push(i);
      restWeight += weight;
    }
  }
  largestRemainder(left, restWeight, rest, weights, units, by, precedes);
  return { units, by, shared: pool, level, left, restWeight: rest.length === 0 ? 1n : restWeight };
}

/** The sign of level × weight − limit. Doubles (`near` is the level's) tell those that are far apart. */
function compareDue(
  level: { readonly units: bigint; readonly weight: bigint },
  near: number,
  weight: bigint,
  limit: bigint,
): number {
  const due = near * Number(weight);
  const bound = Number(limit);
  const far = due - bound;
  if (Number.isFinite(due) && Math.abs(far) > 1e-9 * (Math.abs(due) + Math.abs(bound))) return far;
  const exact = level.units * weight - limit * level.weight;
  return exact < 0n ? -1 : exact > 0n ? 1 : 0;
}

/**
 * The smallest level at which the clamped weights add to the pool. Breaks are where floors end and caps begin: the one
 * at which the sum reaches the pool is found by halving, without sorting them all.
 */
function levelOf(
  pool: bigint,
  lowest: bigint,
  { weights, floors, caps }: Claims,
  sharing: readonly number[],
): { units: bigint; weight: bigint } {
  if (lowest >= pool) return { units: 0n, weight: 1n };
  /** At a level between two breaks the sum is fixed + level × growing. */
  let fixed = lowest;
  let growing = 0n;
  let breaks: Break[] = [];
  const addBreak = (units: bigint, weight: bigint, start: boolean): void => {
    breaks.push({ units, weight, start, near: Number(units) / Number(weight) });
  };
  for (const i of sharing) {
    const weight = weights[i] ?? 0n;
    const floor = floors[i] ?? 0n;
    const cap = caps[i] ?? null;
    if (cap === 0n) continue;
    if (floor === 0n) growing += weight;
    else addBreak(floor, weight, true);
    if (cap !== null) addBreak(cap, weight, false);
  }
  // All breaks before those that are left have been passed.
  while (breaks.length > 0) {
    const pivot = middleOf(breaks);
    const below: Break[] = [];
    const same: Break[] = [];
    const above: Break[] = [];
    let passedFixed = fixed;
    let passedGrowing = growing;
    for (const at of breaks) {
      const sign = at === pivot ? 0 : compareBreaks(at, pivot);
      if (sign > 0) above.push(at);
      else if (sign === 0) same.push(at);
      else {
        below.push(at);
        passedFixed += at.start ? -at.units : at.units;
        passedGrowing += at.start ? at.weight : -at.weight;
      }
    }
    if (passedFixed * pivot.weight + passedGrowing * pivot.units >= pool * pivot.weight) breaks = below;
    else {
      for (const { units, weight, start } of same) {
        passedFixed += start ? -units : units;
        passedGrowing += start ? weight : -weight;
      }
      fixed = passedFixed;
      growing = passedGrowing;
      breaks = above;
    }
  }
  return { units: pool - fixed, weight: growing };
}

/** One of the breaks that is likely in their middle. */
function middleOf(breaks: readonly Break[]): Break {
  const [a, b, c] = [breaks[0], breaks[breaks.length >> 1], breaks[breaks.length - 1]];
  if (a === undefined || b === undefined || c === undefined) throw new RangeError('no break');
  if (a.near < b.near) return b.near < c.near ? b : a.near < c.near ? c : a;
  return a.near < c.near ? a : b.near < c.near ? c : b;
}

function compareBreaks(a: Break, b: Break): number {
  const far = a.near - b.near;
  // Infinite or not a number where the integers are beyond doubles: then only the exact comparison counts.
  if (Math.abs(far) > 1e-12 * (Math.abs(a.near) + Math.abs(b.near)) && Number.isFinite(far)) return far;
  const exact = a.units * b.weight - b.units * a.weight;
  return exact < 0n ? -1 : exact > 0n ? 1 : 0;
}

/** Whole units of each quota, and one more for the largest fractions. */
function largestRemainder(
  left: bigint,
  restWeight: bigint,
  rest: readonly number[],
  weights: readonly bigint[],
  units: bigint[],
  by: By[],
  precedes: (i: number, j: number) => number,
): void {
  let over = left;
  const size = Number(restWeight);
  const many = Number(left);
  const remainders = rest.map((i) => {
    const amount = left * (weights[i] ?? 0n);
    const whole = quotient(amount, restWeight, (many / size) * Number(weights[i] ?? 0n));
    units[i] = whole;
    by[i] = 'quota';
    over -= whole;
    const remainder = amount - whole * restWeight;
    return { i, remainder, near: Number(remainder) / size };
  });
  if (over === 0n) return;
  remainders.sort((a, b) => {
    const far = b.near - a.near;
    // Fractions lie in 0 to 1: doubles tell those that are far apart.
    if (Math.abs(far) > 1e-12) return far;
    if (a.remainder === b.remainder) return precedes(a.i, b.i);
    return a.remainder > b.remainder ? -1 : 1;
  });
  for (const { i } of remainders.slice(0, Number(over))) {
    units[i] = (units[i] ?? 0n) + 1n;
    by[i] = 'remainder';
  }
}

/** a / b in whole numbers, both 0 or more; `near` is nearly that, and saves the division where it is small enough. */
function quotient(a: bigint, b: bigint, near: number): bigint {
  if (!(near < 2 ** 40)) return a / b;
  let whole = BigInt(Math.floor(near));
  const remainder = a - whole * b;
  if (remainder < 0n) whole -= 1n;
  else if (remainder >= b) whole += 1n;
  return whole;
}
