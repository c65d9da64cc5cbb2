import type { Quotient } from './ratios.ts';
import { SAFE } from './scaled.ts';

/**
 * The same division as apportion.ts, in doubles whose errors are bounded: what they don't tell apart for certain is
 * decided exactly, member by member. Every weight is a quotient of two integers.
 */
export interface QuickClaims extends QuickLimits {
  /** Weights are num / den, 0 or more, den above 0; those of some members are in `but` instead. */
  readonly num: Float64Array;
  readonly den: Float64Array;
  readonly but: ReadonlyMap<number, Readonly<Quotient>>;
}

export interface QuickLimits {
  /** Whole units, the floor (0 where there is none) not above the cap; NO_FLOOR and NO_CAP where there is none. */
  readonly floors: Float64Array;
  readonly caps: Float64Array;
  /** Those of member i are at i & mask: one for all, or one for each. */
  readonly mask: 0 | -1;
}

export const QuickBy = { NONE: 0, FLOOR: 1, CAP: 2, QUOTA: 3, REMAINDER: 4 } as const;

/** No amount is below the one or above the other. */
export const NO_FLOOR = -1;
export const NO_CAP = Number.POSITIVE_INFINITY;
/** Half the distance of doubles at 1, and how many such errors there are at most in what is computed here, doubled. */
export const ERROR = 2 ** -53 * 32;
/** An exact sum n / d. */
export interface Sum {
  readonly n: bigint;
  readonly d: bigint;
}

/** The weights as doubles. */
export interface Weights {
  /** Nearly; 0 where a weight is 0. */
  readonly weights: Float64Array;
  /** How many are not 0. */
  readonly sharing: number;
}

/** A member's weight. */
export const weightOf = ({ num, den, but }: QuickClaims, i: number): Readonly<Quotient> =>
  but.get(i) ?? { num: num[i] ?? 0, den: den[i] ?? 1 };

/** The same with all weights in their arrays. */
export function withoutBut(claims: QuickClaims): QuickClaims {
  if (claims.but.size === 0) return claims;
  const num = claims.num.slice();
  const den = claims.den.slice();
  for (const [i, weight] of claims.but) {
    num[i] = weight.num;
    den[i] = weight.den;
  }
  return { ...claims, num, den, but: new Map() };
}

/** Of claims without any `but`. */
export function weightsOf({ num, den }: Pick<QuickClaims, 'num' | 'den'>): Weights {
  const weights = new Float64Array(num.length);
  let sharing = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = (num[i] ?? 0) / (den[i] ?? 1);
    weights[i] = weight;
    sharing += weight === 0 ? 0 : 1;
  }
  return { weights, sharing };
}

/** A division under way. */
export interface Scene extends Weights {
  readonly pool: number;
  readonly claims: QuickClaims;
  readonly scale: bigint;
}

/** Where those who share are: first all at their floors, from `caps` on those at their caps, from `rest` on the others. */
export interface Placed {
  readonly all: Int32Array;
  readonly caps: number;
  readonly rest: number;
}

/** What is known of claims that are nearly the same as those of a division before: they are divided sooner, to the same result. */
export interface Hint extends Weights {
  /** A common denominator of the weights. */
  readonly scale: bigint;
  /** Nearly the level of the division before, and where its members were. */
  readonly level: number;
  readonly placed: Placed;
}

export interface Leveled {
  readonly placed: Placed;
  /** What floors and caps have left. */
  readonly left: number;
  /** Nearly. */
  readonly level: number;
  readonly exact: Exactly;
}

/** The level from the start; null where nobody shares, or all are at their caps or floors. `hint` is nearly the level. */
export function levelAnew(scene: Scene, hint: number | null): Leveled | null {
  const { pool, weights, sharing, claims } = scene;
  const { floors, caps, mask } = claims;
  let lowest = 0;
  let highest = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    lowest += Math.max(0, floors[i & mask] ?? 0);
    highest += caps[i & mask] ?? 0;
  }
  if (!(lowest < pool && highest > pool)) return null;
  const near = levelNear(pool, weights, claims, hint);
  return near === null ? null : leveled(scene, placedAt(near, weights, claims, sharing));
}

function placedAt(
  level: number,
  weights: Float64Array,
  { floors, caps, mask }: QuickClaims,
  sharing: number,
): Placed {
  const all = new Int32Array(sharing);
  const atCap: number[] = [];
  let atFloor = 0;
  let rest = sharing;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    if (weight === 0) continue;
    const due = level * weight;
    if (due <= (floors[i & mask] ?? 0)) all[atFloor++] = i;
    else if (due >= (caps[i & mask] ?? 0)) atCap.push(i);
    else all[--rest] = i;
  }
  all.set(atCap, atFloor);
  return { all, caps: atFloor, rest };
}

/** The level where members are placed so; null where they aren't, or nobody is left between floor and cap. */
export function leveled({ pool, weights, claims, scale }: Scene, placed: Placed): Leveled | null {
  const { floors, caps, mask } = claims;
  const { all } = placed;
  const rest = all.subarray(placed.rest);
  let left = pool;
  for (let k = 0; k < placed.caps; k++) left -= floors[(all[k] ?? 0) & mask] ?? 0;
  for (let k = placed.caps; k < placed.rest; k++) left -= caps[(all[k] ?? 0) & mask] ?? 0;
  if (rest.length === 0 || !(left > 0)) return null;
  let size = 0;
  /** What the additions lost. */
  let lost = 0;
  for (let k = 0; k < rest.length; k++) {
    const weight = weights[rest[k] ?? 0] ?? 0;
    const sum = size + weight;
    lost += size >= weight ? size - sum + weight : weight - sum + size;
    size = sum;
  }
  const level = left / (size + lost);
  const exact = exactly(left, claims, rest, scale);
  if (mask === 0 && isPlacedFar(level, weights, claims, placed)) return { placed, left, level, exact };
  for (let k = 0; k < all.length; k++) {
    const i = all[k] ?? 0;
    const by = k < placed.caps ? QuickBy.FLOOR : k < placed.rest ? QuickBy.CAP : QuickBy.QUOTA;
    if (weights[i] === 0 || !isPlaced(i, level * (weights[i] ?? 0), by, claims, exact)) return null;
  }
  return { placed, left, level, exact };
}

/** Whether everybody is where the level says, and far from the limits, which are the same for all: the least and the most tell. */
function isPlacedFar(
  level: number,
  weights: Float64Array,
  { floors, caps }: QuickClaims,
  { all, caps: atFloor, rest }: Placed,
): boolean {
  const floor = floors[0] ?? 0;
  const cap = caps[0] ?? 0;
  const low = extent(weights, all, 0, atFloor);
  const high = extent(weights, all, atFloor, rest);
  const between = extent(weights, all, rest, all.length);
  if (low.least === 0 || high.least === 0 || between.least === 0) return false;
  return (
    isFarBelow(level * low.most, floor) &&
    isFarBelow(floor, level * between.least) &&
    (cap === NO_CAP || (isFarBelow(level * between.most, cap) && isFarBelow(cap, level * high.least)))
  );
}

const isFarBelow = (x: number, y: number): boolean =>
  y - x > ERROR * (x + y) || y === Number.POSITIVE_INFINITY;

/** The least and the most of some weights; infinity and −infinity of none. */
function extent(weights: Float64Array, list: Int32Array, from: number, to: number) {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let k = from; k < to; k++) {
    const weight = weights[list[k] ?? 0] ?? 0;
    if (weight < least) least = weight;
    if (weight > most) most = weight;
  }
  return { least, most };
}

/** Nearly the level at which the clamped weights add to the pool: Newton's steps, kept between bounds. */
function levelNear(
  pool: number,
  weights: Float64Array,
  { floors, caps, mask }: QuickClaims,
  hint: number | null,
): number | null {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let level = hint ?? pool / sum(weights);
  for (let step = 0; step < 200; step++) {
    let fixed = 0;
    let growing = 0;
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] ?? 0;
      if (weight === 0) continue;
      const due = level * weight;
      const floor = floors[i & mask] ?? 0;
      const cap = caps[i & mask] ?? 0;
      if (due <= floor) fixed += floor;
      else if (due >= cap) fixed += cap;
      else growing += weight;
    }
    const total = fixed + level * growing;
    if (total < pool) low = level;
    else high = level;
    const next = growing > 0 ? (pool - fixed) / growing : Number.NaN;
    if (Math.abs(next - level) <= 1e-15 * level) return next;
    level = next > low && next < high ? next : high === Number.POSITIVE_INFINITY ? low * 2 : (low + high) / 2;
  }
  return null;
}

function sum(numbers: Float64Array): number {
  let all = 0;
  for (let i = 0; i < numbers.length; i++) all += numbers[i] ?? 0;
  return all;
}

export interface Exactly {
  /** The sum of the weights of the rest. */
  sum(): Sum;
  /** The sign of quota − limit. */
  sign(i: number, limit: number): number;
  /** Whole units of a quota, and the numerator of what is left of it over `den(i)`. */
  parts(i: number): { readonly whole: number; readonly over: bigint; readonly of: bigint };
}

function exactly(left: number, claims: QuickClaims, rest: Int32Array, scale: bigint): Exactly {
  let known: Sum | null = null;
  const sum = (): Sum => {
    known ??= { n: sumOver(claims, rest, scale), d: scale };
    return known;
  };
  /** A quota as amount / of. */
  const quota = (i: number): { readonly amount: bigint; readonly of: bigint } => {
    const { n, d } = sum();
    const { num, den } = weightOf(claims, i);
    return { amount: BigInt(left) * BigInt(num) * d, of: BigInt(den) * n };
  };
  return {
    sum,
    sign(i, limit) {
      const { amount, of } = quota(i);
      const over = amount - BigInt(limit) * of;
      return over < 0n ? -1 : over > 0n ? 1 : 0;
    },
    parts(i) {
      const { amount, of } = quota(i);
      const whole = amount / of;
      return { whole: Number(whole), over: amount - whole * of, of };
    },
  };
}

/** The numerator of a sum over a common denominator: those of one denominator are added as doubles as far as they fit. */
function sumOver(claims: QuickClaims, rest: Int32Array, scale: bigint): bigint {
  const sums = new Map<number, number>();
  let total = 0n;
  const take = (d: number, sum: number): void => {
    total += BigInt(sum) * (scale / BigInt(d));
  };
  for (const i of rest) {
    const { num, den } = weightOf(claims, i);
    const before = sums.get(den) ?? 0;
    const sum = before + num;
    if (sum <= SAFE) sums.set(den, sum);
    else {
      take(den, before);
      sums.set(den, num);
    }
  }
  for (const [d, sum] of sums) take(d, sum);
  return total;
}

/** Whether a member is at its floor, at its cap or between them as the level says. */
function isPlaced(
  i: number,
  due: number,
  by: number,
  { floors, caps, mask }: QuickClaims,
  exact: Exactly,
): boolean {
  const floor = floors[i & mask] ?? 0;
  const cap = caps[i & mask] ?? 0;
  const overFloor = due - floor;
  const underCap = cap - due;
  // Those that are far from both: nearly everybody.
  if (
    Math.abs(overFloor) > ERROR * (due + floor) &&
    (Math.abs(underCap) > ERROR * (due + cap) || cap === NO_CAP)
  )
    return by === (overFloor < 0 ? QuickBy.FLOOR : underCap < 0 ? QuickBy.CAP : QuickBy.QUOTA);
  const atFloor = exact.sign(i, floor) <= 0;
  if (by === QuickBy.FLOOR) return atFloor;
  const atCap = !atFloor && cap !== NO_CAP && exact.sign(i, cap) >= 0;
  return by === QuickBy.CAP ? atCap : !atFloor && !atCap;
}
