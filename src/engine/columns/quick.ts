import { gcdNumber } from '../../exact/rational.ts';
import { SAFE } from './scaled.ts';

/**
 * The same division as apportion.ts, in doubles whose errors are bounded: what they don't tell apart for certain is
 * decided exactly, member by member. Every weight is a quotient of two integers.
 */
export interface QuickClaims {
  /** Weights are num / den, 0 or more; den above 0. */
  readonly num: Float64Array;
  readonly den: Float64Array;
  /** Whole units, the floor (0 where there is none) not above the cap; NO_FLOOR and NO_CAP where there is none. */
  readonly floors: Float64Array;
  readonly caps: Float64Array;
}

export const QuickBy = { NONE: 0, FLOOR: 1, CAP: 2, QUOTA: 3, REMAINDER: 4 } as const;

/** What is known of a division of nearly the same claims: it is divided sooner, to the same result. */
export interface Hint {
  /** Nearly its level. */
  readonly level: number;
  /** A common denominator of the weights. */
  readonly scale: bigint;
  readonly placed: Placed;
}

export interface QuickDivision extends Hint {
  readonly units: Float64Array;
  readonly by: Uint8Array;
  /** What floors and caps have left; the quotas of the rest are left × weight / (n / d). */
  readonly left: number;
  rest(): Sum;
}

/** An exact sum n / d. */
export interface Sum {
  readonly n: bigint;
  readonly d: bigint;
}

/** Half the distance of doubles at 1, and how many such errors there are at most in what is computed here, doubled. */
const ERROR = 2 ** -53 * 32;
/** Quotas above this would leave too few digits for their fractions. */
const LARGEST = 2 ** 36;
/** No amount is below the one or above the other. */
export const NO_FLOOR = -1;
export const NO_CAP = Number.POSITIVE_INFINITY;
/** Different denominators, beyond which a common one is left to those who need it. */
const MOST_DENOMINATORS = 1000;

/**
 * `mostScale`: the largest common denominator of the weights that is allowed. Null where it can't be divided, or not
 * here: nobody shares, all are at their caps or floors, or numbers are too large.
 */
export function apportionQuickly(
  pool: number,
  claims: QuickClaims,
  mostScale: bigint,
  precedes: (i: number, j: number) => number,
  hint: Hint | null = null,
): QuickDivision | null {
  const { num, den } = claims;
  const weights = new Float64Array(num.length);
  let sharing = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = (num[i] ?? 0) / (den[i] ?? 1);
    weights[i] = weight;
    sharing += weight === 0 ? 0 : 1;
  }
  if (!(pool <= SAFE)) return null;
  const scale = hint?.scale ?? commonDenominator(den, mostScale);
  if (scale === null) return null;
  const scene = { pool, weights, claims, scale };
  const before = hint?.placed.all.length === sharing ? leveled(scene, hint.placed) : null;
  const found = before ?? anew(scene, sharing, hint?.level ?? null);
  return found === null ? null : largestRemainder({ ...scene, ...found, precedes });
}

/** A division under way. */
interface Scene {
  readonly pool: number;
  /** Nearly. */
  readonly weights: Float64Array;
  readonly claims: QuickClaims;
  readonly scale: bigint;
}

/** Where those who share are: first all at their floors, from `caps` on those at their caps, from `rest` on the others. */
interface Placed {
  readonly all: Int32Array;
  readonly caps: number;
  readonly rest: number;
}

interface Leveled {
  readonly placed: Placed;
  /** What floors and caps have left. */
  readonly left: number;
  /** Nearly. */
  readonly level: number;
  readonly exact: Exactly;
}

function anew(scene: Scene, sharing: number, hint: number | null): Leveled | null {
  const { pool, weights, claims } = scene;
  const { floors, caps } = claims;
  let lowest = 0;
  let highest = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    lowest += Math.max(0, floors[i] ?? 0);
    highest += caps[i] ?? 0;
  }
  if (!(lowest < pool && highest > pool)) return null;
  const near = levelNear(pool, weights, claims, hint);
  return near === null ? null : leveled(scene, placedAt(near, weights, claims, sharing));
}

function placedAt(
  level: number,
  weights: Float64Array,
  { floors, caps }: QuickClaims,
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
    if (due <= (floors[i] ?? 0)) all[atFloor++] = i;
    else if (due >= (caps[i] ?? 0)) atCap.push(i);
    else all[--rest] = i;
  }
  all.set(atCap, atFloor);
  return { all, caps: atFloor, rest };
}

/** The level where members are placed so; null where they aren't, or nobody is left between floor and cap. */
function leveled({ pool, weights, claims, scale }: Scene, placed: Placed): Leveled | null {
  const { floors, caps } = claims;
  const { all } = placed;
  const rest = all.subarray(placed.rest);
  let left = pool;
  for (let k = 0; k < placed.caps; k++) left -= floors[all[k] ?? 0] ?? 0;
  for (let k = placed.caps; k < placed.rest; k++) left -= caps[all[k] ?? 0] ?? 0;
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
  for (let k = 0; k < all.length; k++) {
    const i = all[k] ?? 0;
    const by = k < placed.caps ? QuickBy.FLOOR : k < placed.rest ? QuickBy.CAP : QuickBy.QUOTA;
    if (weights[i] === 0 || !isPlaced(i, level * (weights[i] ?? 0), by, claims, exact)) return null;
  }
  return { placed, left, level, exact };
}

/** Least common multiple of all denominators; null where it is too large. */
function commonDenominator(dens: Float64Array, most: bigint): bigint | null {
  const different = differentOnes(dens);
  if (different.length > MOST_DENOMINATORS) return null;
  /** Small ones first come together as doubles. */
  let small = 1;
  let scale = 1n;
  for (const den of different) {
    const next = (small / gcdNumber(small, den)) * den;
    if (next <= SAFE) small = next;
    else {
      scale = lcm(scale, BigInt(small));
      small = den;
      if (scale > most) return null;
    }
  }
  scale = lcm(scale, BigInt(small));
  return scale > most ? null : scale;
}

function differentOnes(dens: Float64Array): readonly number[] {
  const seen = new Uint8Array(SMALL_DENOMINATORS);
  const large = new Set<number>();
  const out: number[] = [];
  for (let i = 0; i < dens.length; i++) {
    const den = dens[i] ?? 1;
    if (den < SMALL_DENOMINATORS ? seen[den] === 1 : large.has(den)) continue;
    if (den < SMALL_DENOMINATORS) seen[den] = 1;
    else large.add(den);
    out.push(den);
  }
  return out;
}
const SMALL_DENOMINATORS = 2 ** 16;

function lcm(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** Nearly the level at which the clamped weights add to the pool: Newton's steps, kept between bounds. */
function levelNear(
  pool: number,
  weights: Float64Array,
  { floors, caps }: QuickClaims,
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
      const floor = floors[i] ?? 0;
      const cap = caps[i] ?? 0;
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

interface Exactly {
  /** The sum of the weights of the rest. */
  sum(): Sum;
  /** The sign of quota − limit. */
  sign(i: number, limit: number): number;
  /** Whole units of a quota, and the numerator of what is left of it over `den(i)`. */
  parts(i: number): { readonly whole: number; readonly over: bigint; readonly of: bigint };
}

function exactly(left: number, claims: QuickClaims, rest: Int32Array, scale: bigint): Exactly {
  const { num, den } = claims;
  let known: Sum | null = null;
  const sum = (): Sum => {
    known ??= { n: sumOver(claims, rest, scale), d: scale };
    return known;
  };
  /** A quota as amount / of. */
  const quota = (i: number): { readonly amount: bigint; readonly of: bigint } => {
    const { n, d } = sum();
    return { amount: BigInt(left) * BigInt(num[i] ?? 0) * d, of: BigInt(den[i] ?? 1) * n };
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
function sumOver({ num, den }: QuickClaims, rest: Int32Array, scale: bigint): bigint {
  const sums = new Map<number, number>();
  let total = 0n;
  const take = (d: number, sum: number): void => {
    total += BigInt(sum) * (scale / BigInt(d));
  };
  for (const i of rest) {
    const d = den[i] ?? 1;
    const before = sums.get(d) ?? 0;
    const sum = before + (num[i] ?? 0);
    if (sum <= SAFE) sums.set(d, sum);
    else {
      take(d, before);
      sums.set(d, num[i] ?? 0);
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
  { floors, caps }: QuickClaims,
  exact: Exactly,
): boolean {
  const floor = floors[i] ?? 0;
  const cap = caps[i] ?? 0;
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

interface Rest extends Scene, Leveled {
  precedes(i: number, j: number): number;
}

function largestRemainder(r: Rest): QuickDivision | null {
  const { left, level, weights, exact, claims, placed, scale } = r;
  const { all } = placed;
  const units = new Float64Array(weights.length);
  const by = new Uint8Array(weights.length);
  for (let k = 0; k < placed.rest; k++) {
    const i = all[k] ?? 0;
    const atFloor = k < placed.caps;
    units[i] = (atFloor ? claims.floors[i] : claims.caps[i]) ?? 0;
    by[i] = atFloor ? QuickBy.FLOOR : QuickBy.CAP;
  }
  const rest = all.subarray(placed.rest);
  const fractions = new Float64Array(rest.length);
  let over = left;
  let error = 0;
  for (let k = 0; k < rest.length; k++) {
    const i = rest[k] ?? 0;
    const quota = level * (weights[i] ?? 0);
    if (!(quota < LARGEST)) return null;
    let whole = Math.floor(quota);
    let fraction = quota - whole;
    const unsure = ERROR * (quota + 1);
    if (unsure > error) error = unsure;
    if (fraction < unsure || fraction > 1 - unsure) {
      const parts = exact.parts(i);
      whole = parts.whole;
      fraction = parts.over === 0n ? 0 : Number((parts.over << 64n) / parts.of) / 2 ** 64;
    }
    units[i] = whole;
    by[i] = QuickBy.QUOTA;
    fractions[k] = fraction;
    over -= whole;
  }
  if (over > 0) {
    const more = winners(r, fractions, over, error * 2);
    for (const k of more) {
      const i = rest[k] ?? 0;
      units[i] = (units[i] ?? 0) + 1;
      by[i] = QuickBy.REMAINDER;
    }
  }
  return { units, by, left, level, scale, placed, rest: exact.sum };
}

/** Which of the rest have the largest fractions: those for certain, and of those near the cut the first. */
function winners(r: Rest, fractions: Float64Array, over: number, error: number): readonly number[] {
  const cut = nthLargest(fractions, over);
  const sure: number[] = [];
  const near: number[] = [];
  for (let k = 0; k < fractions.length; k++) {
    const fraction = fractions[k] ?? 0;
    if (fraction > cut + error) sure.push(k);
    else if (fraction >= cut - error) near.push(k);
  }
  const open = over - sure.length;
  if (open === near.length) return sure.concat(near);
  const rest = r.placed.all.subarray(r.placed.rest);
  return sure.concat(near.sort((a, b) => before(r, rest[a] ?? 0, rest[b] ?? 0)).slice(0, open));
}

/** The n-th largest of some numbers from 0 to 1: only those that are about as large are put in order. */
export function nthLargest(numbers: Float64Array, n: number): number {
  const count = new Int32Array(BINS + 1);
  for (let k = 0; k < numbers.length; k++) {
    const bin = Math.floor((numbers[k] ?? 0) * BINS);
    count[bin] = (count[bin] ?? 0) + 1;
  }
  let bin = BINS;
  let above = 0;
  while (bin > 0 && above + (count[bin] ?? 0) < n) above += count[bin--] ?? 0;
  const alike: number[] = [];
  for (let k = 0; k < numbers.length; k++) {
    const x = numbers[k] ?? 0;
    if (Math.floor(x * BINS) === bin) alike.push(x);
  }
  alike.sort((a, b) => b - a);
  return alike[n - above - 1] ?? 0;
}
const BINS = 1024;

/** The larger fraction first; of equal ones who comes first. */
function before({ claims: { num, den }, exact, precedes }: Rest, i: number, j: number): number {
  const [a, b] = [(num[i] ?? 0) * (den[j] ?? 1), (num[j] ?? 0) * (den[i] ?? 1)];
  if (a === b && a <= SAFE) return precedes(i, j);
  const [x, y] = [exact.parts(i), exact.parts(j)];
  const [l, m] = [x.over * y.of, y.over * x.of];
  return l === m ? precedes(i, j) : l > m ? -1 : 1;
}
