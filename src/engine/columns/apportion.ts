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
  for (const i of sharing) {
    const weight = weights[i] ?? 0n;
    const due = level.units * weight;
    const floor = floors[i] ?? null;
    const cap = caps[i] ?? null;
    if (floor !== null && due <= floor * level.weight) {
      units[i] = floor;
      by[i] = 'floor';
      left -= floor;
    } else if (cap !== null && due >= cap * level.weight) {
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

/** The smallest level at which the clamped weights add to the pool: a sweep over where floors end and caps begin. */
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
  const breaks: Break[] = [];
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
  breaks.sort((a, b) => {
    const far = a.near - b.near;
    // Infinite or not a number where the integers are beyond doubles: then only the exact comparison counts.
    if (Math.abs(far) > 1e-12 * (Math.abs(a.near) + Math.abs(b.near)) && Number.isFinite(far)) return far;
    const exact = a.units * b.weight - b.units * a.weight;
    return exact < 0n ? -1 : exact > 0n ? 1 : 0;
  });
  for (const { units, weight, start } of breaks) {
    if (fixed * weight + growing * units >= pool * weight) break;
    fixed += start ? -units : units;
    growing += start ? weight : -weight;
  }
  return { units: pool - fixed, weight: growing };
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
  const remainders = rest.map((i) => {
    const amount = left * (weights[i] ?? 0n);
    const whole = amount / restWeight;
    units[i] = whole;
    by[i] = 'quota';
    over -= whole;
    const remainder = amount - whole * restWeight;
    return { i, remainder };
  });
  if (over === 0n) return;
  remainders.sort((a, b) => {
    if (a.remainder === b.remainder) return precedes(a.i, b.i);
    return a.remainder > b.remainder ? -1 : 1;
  });
  for (const { i } of remainders.slice(0, Number(over))) {
    units[i] = (units[i] ?? 0n) + 1n;
    by[i] = 'remainder';
  }
}
