import { placeAmong } from './frames.ts';
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
/**
 * Half the distance of doubles at 1, and no fewer than twice as many such errors as there can be in what is computed here: 18 from the
 * changes of a sum (see MOST_CHANGES), and 6 from weights, adding, dividing and multiplying.
 */
export const ERROR = 2 ** -53 * 64;
/** An exact sum n / d. */
export interface Sum {
  readonly n: bigint;
  readonly d: bigint;
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

/** Nearly the weights; 0 where a weight is 0. */
export function weightsOf({ num, den, but }: Pick<QuickClaims, 'num' | 'den' | 'but'>): Float64Array {
  const weights = new Float64Array(num.length);
  for (let i = 0; i < weights.length; i++) weights[i] = (num[i] ?? 0) / (den[i] ?? 1);
  for (const [i, weight] of but) weights[i] = weight.num / weight.den;
  return weights;
}

/** A division under way. */
export interface Scene {
  readonly pool: number;
  readonly claims: QuickClaims;
  /** A common denominator of the weights. */
  readonly scale: bigint;
}

/** Members who share and stand alike, and nearly their weights. */
export interface Group {
  /** Rising; the same array as long as it is the same members. */
  readonly members: Int32Array;
  readonly weights: Float64Array;
  /** Nearly. */
  readonly sum: number;
  /** How many changes the sum has gone through since all were added, and the most that it was meanwhile. */
  readonly changes: number;
  readonly peak: number;
  /** No weight is less, or more, though none may be there any longer: infinity and −infinity where there is nobody. */
  readonly least: number;
  readonly most: number;
}

/**
 * A change rounds twice, by half a last digit of the peak at most: after this many, or once the sum is less than this part of
 * the peak, all weights are added again.
 */
const MOST_CHANGES = 8;
const LEAST_OF_PEAK = 0.9;

/** Those who share: at their floors, at their caps, and the rest. */
export interface Placed {
  readonly floor: Group;
  readonly cap: Group;
  readonly rest: Group;
}

/** What is known of claims that are nearly the same as those of a division before: they are divided sooner, to the same result. */
export interface Hint {
  readonly scale: bigint;
  /** Nearly the level of the division before. */
  readonly level: number;
  /** Where its members were, with their weights as they are now: all who share and nobody else, else null. */
  readonly placed: Placed | null;
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
  const { pool, claims } = scene;
  const { floors, caps, mask } = claims;
  const weights = weightsOf(claims);
  let lowest = 0;
  let highest = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    lowest += Math.max(0, floors[i & mask] ?? 0);
    highest += caps[i & mask] ?? 0;
  }
  if (!(lowest < pool && highest > pool)) return null;
  const near = levelNear(pool, weights, claims, hint);
  return near === null ? null : leveled(scene, placedAt(near, weights, claims));
}

function placedAt(level: number, weights: Float64Array, { floors, caps, mask }: QuickClaims): Placed {
  const n = weights.length;
  const lists = { floor: new Int32Array(n), cap: new Int32Array(n), rest: new Int32Array(n) };
  const { floor, cap, rest } = lists;
  const counts = { floor: 0, cap: 0, rest: 0 };
  for (let i = 0; i < n; i++) {
    const weight = weights[i] ?? 0;
    if (weight === 0) continue;
    const due = level * weight;
    if (due <= (floors[i & mask] ?? 0)) floor[counts.floor++] = i;
    else if (due >= (caps[i & mask] ?? 0)) cap[counts.cap++] = i;
    else rest[counts.rest++] = i;
  }
  const group = (which: keyof Placed): Group => {
    const members = lists[which].slice(0, counts[which]);
    const own = new Float64Array(members.length);
    for (let k = 0; k < own.length; k++) own[k] = weights[members[k] ?? 0] ?? 0;
    return groupOf(members, own);
  };
  return { floor: group('floor'), cap: group('cap'), rest: group('rest') };
}

function groupOf(members: Int32Array, weights: Float64Array): Group {
  let size = 0;
  /** What the additions lost. */
  let lost = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k] ?? 0;
    const more = size + weight;
    lost += size >= weight ? size - more + weight : weight - more + size;
    size = more;
    if (weight < least) least = weight;
    if (weight > most) most = weight;
  }
  const sum = size + lost;
  return { members, weights, sum, changes: 0, peak: sum, least, most };
}

/** The same places with other weights, by member; null where others share with these than before. */
export function reweighed({ floor, cap, rest }: Placed, changes: ReadonlyMap<number, number>): Placed | null {
  for (const [i, weight] of changes) {
    const shared = [floor, cap, rest].some(({ members }) => placeAmong(members, i) >= 0);
    if (shared !== (weight !== 0)) return null;
  }
  const changed = (group: Group): Group => {
    const { members } = group;
    let weights: Float64Array | null = null;
    let { sum, changes: times, peak, least, most } = group;
    for (const [i, weight] of changes) {
      const k = placeAmong(members, i);
      if (k < 0) continue;
      weights ??= group.weights.slice();
      sum += weight - (weights[k] ?? 0);
      weights[k] = weight;
      peak = Math.max(peak, sum);
      least = Math.min(least, weight);
      most = Math.max(most, weight);
      times++;
    }
    if (weights === null) return group;
    return times > MOST_CHANGES || sum < peak * LEAST_OF_PEAK
      ? groupOf(members, weights)
      : { members, weights, sum, changes: times, peak, least, most };
  };
  return { floor: changed(floor), cap: changed(cap), rest: changed(rest) };
}

/** The level where members are placed so; null where they aren't, or nobody is left between floor and cap. */
export function leveled({ pool, claims, scale }: Scene, placed: Placed): Leveled | null {
  const { floor, cap, rest } = placed;
  const left =
    pool - limitsTotal(claims.floors, floor, claims.mask) - limitsTotal(claims.caps, cap, claims.mask);
  if (rest.members.length === 0 || !(left > 0)) return null;
  const level = left / rest.sum;
  const exact = exactly(left, claims, rest.members, scale);
  const far = claims.mask === 0 && isPlacedFar(level, claims, placed);
  const isSo =
    far ||
    (isEachPlaced(floor, QuickBy.FLOOR, level, claims, exact) &&
      isEachPlaced(cap, QuickBy.CAP, level, claims, exact) &&
      isEachPlaced(rest, QuickBy.QUOTA, level, claims, exact));
  return isSo ? { placed, left, level, exact } : null;
}

/** What the limits of some members come to; whole, as far as it is no more than all that there is. */
function limitsTotal(limits: Float64Array, { members }: Group, mask: number): number {
  if (mask === 0) return members.length === 0 ? 0 : (limits[0] ?? 0) * members.length;
  let sum = 0;
  for (let k = 0; k < members.length; k++) sum += limits[members[k] ?? 0] ?? 0;
  return sum;
}

/** Whether everybody is where the level says, and far from the limits, which are the same for all: the least and the most tell. */
function isPlacedFar(level: number, { floors, caps }: QuickClaims, { floor, cap, rest }: Placed): boolean {
  const low = floors[0] ?? 0;
  const high = caps[0] ?? 0;
  return (
    isFarBelow(level * floor.most, low) &&
    isFarBelow(low, level * rest.least) &&
    (high === NO_CAP || (isFarBelow(level * rest.most, high) && isFarBelow(high, level * cap.least)))
  );
}

const isFarBelow = (x: number, y: number): boolean =>
  y - x > ERROR * (x + y) || y === Number.POSITIVE_INFINITY;

/** Nearly the level at which the clamped weights add to the pool: Newton's steps, kept between bounds. */
function levelNear(
  pool: number,
  weights: Float64Array,
  { floors, caps, mask }: QuickClaims,
  hint: number | null,
): number | null {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let level = hint ?? pool / sumOf(weights);
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

function sumOf(numbers: Float64Array): number {
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

/** Whether members are at their floors, at their caps or between them as the level says. */
function isEachPlaced(
  { members, weights }: Group,
  by: number,
  level: number,
  claims: QuickClaims,
  exact: Exactly,
): boolean {
  for (let k = 0; k < members.length; k++)
    if (!isPlaced(members[k] ?? 0, level * (weights[k] ?? 0), by, claims, exact)) return false;
  return true;
}

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
