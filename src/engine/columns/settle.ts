import { lazily } from '../../exact/lazily.ts';
import {
  absolute,
  divide,
  floorInteger,
  multiply,
  negate,
  type Rational,
  rational,
  roundInteger,
} from '../../exact/rational.ts';
import type { ShareMember } from '../results.ts';
import { apportion } from './apportion.ts';
import { within } from './boxed.ts';
import { apportionQuickly } from './quick.ts';
import { type Hint, NO_CAP, NO_FLOOR, type QuickClaims, type QuickLimits, weightOf } from './quickLevel.ts';
import type { QuickDivision } from './quickRemainders.ts';
import { quotients } from './ratios.ts';
import { SAFE } from './scaled.ts';
import { type Cell, cellAt, Tag, tagAt, type Vec } from './vec.ts';

/** What the members of a pool claim: their places in the vectors are `begin` and after it. */
export interface Members {
  readonly weight: Vec;
  readonly floor: Vec | null;
  readonly cap: Vec | null;
  readonly begin: number;
  /** Sheet rows. */
  readonly members: Int32Array;
}

/** How much there is, in money and in whole units. */
export interface Amounts {
  readonly pool: Rational;
  readonly unit: Rational;
  readonly units: bigint;
}

/** A pool that is divided. */
export interface Settled extends Amounts {
  readonly shared: bigint;
  /** Whole units of a member. */
  due(k: number): bigint | number;
  /** Null where caps left some, or there was nothing to find. */
  level(): Rational | null;
  member(k: number): Omit<ShareMember, 'row'>;
  /** What it was divided from; null where doubles would not do. */
  readonly quick: { readonly claims: QuickClaims; readonly division: QuickDivision } | null;
}

export const numberIn = (cell: Cell): Rational | null =>
  cell !== null && cell !== 'ask' && cell.kind === 'number' ? cell.value : null;

/** A pool and its unit, as read; null where either is unusual. */
export function amountsOf(poolCell: Cell, unitCell: Cell): Amounts | null {
  const pool = numberIn(poolCell);
  const written = numberIn(unitCell);
  if (pool === null || pool.n < 0n || written === null || written.n === 0n) return null;
  const unit = absolute(written);
  const units = within(() => roundInteger(divide(pool, unit)));
  return units === null ? null : { pool, unit, units };
}

/** One pool; null where anything about it is unusual. `precedes` compares members by their places in the list. */
export function settle(
  amounts: Amounts,
  members: Members,
  precedes: (i: number, j: number) => number,
): Settled | null {
  const claims = quickClaims(members, amounts.unit);
  return (
    (claims === null ? null : settleQuickly(amounts, claims, precedes, null)) ??
    settleExactly(amounts, members, precedes)
  );
}

function settleExactly(
  amounts: Amounts,
  members: Members,
  precedes: (i: number, j: number) => number,
): Settled | null {
  const weights = wholeWeights(members);
  if (weights === null) return null;
  const count = members.members.length;
  const floors: (bigint | null)[] = new Array(count).fill(null);
  const caps: (bigint | null)[] = new Array(count).fill(null);
  for (let k = 0; k < count; k++) {
    const floor = limitUnits(members.floor, members.begin + k, amounts.unit, lowUnits);
    const cap = limitUnits(members.cap, members.begin + k, amounts.unit, wholeUnits);
    if (floor === undefined || cap === undefined) return null;
    if (cap !== null && (floor ?? 0n) > cap) return null;
    floors[k] = floor;
    caps[k] = cap;
  }
  const division = apportion(amounts.units, { weights: weights.whole, floors, caps }, precedes);
  if (division === null) return null;
  const { whole, scale } = weights;
  const level = within(() =>
    division.level === null ? null : rational(division.level.units * scale, division.level.weight),
  );
  if (level === null && division.level !== null) return null;
  return {
    ...amounts,
    shared: division.shared,
    due: (k) => division.units[k] ?? 0n,
    level: () => level,
    quick: null,
    member: (k) => {
      const by = division.by[k] ?? 'none';
      const weight = whole[k] ?? 0n;
      return {
        weight: rational(weight, scale),
        floor: floors[k] ?? null,
        cap: caps[k] ?? null,
        quota:
          by === 'quota' || by === 'remainder' ? rational(division.left * weight, division.restWeight) : null,
        units: division.units[k] ?? 0n,
        by,
      };
    },
  };
}

const BY = ['none', 'floor', 'cap', 'quota', 'remainder'] as const;

/** Where weights are quotients of two integers. */
function quickClaims({ weight, floor, cap, begin, members }: Members, unit: Rational): QuickClaims | null {
  const n = members.length;
  const num = new Float64Array(n);
  const den = new Float64Array(n);
  if (weight.kind !== 'number' || !quotients(weight, begin, num, den)) return null;
  const limits = limitsOf({ floor, cap, begin, n }, unit);
  return limits === null ? null : { num, den, but: new Map(), ...limits };
}

/**
 * Divides where all is small enough for doubles; null where it isn't, or anything is unusual. `hint` is what is known of
 * a division of nearly the same.
 */
export function settleQuickly(
  amounts: Amounts,
  claims: QuickClaims,
  precedes: (i: number, j: number) => number,
  hint: Hint | null,
): Settled | null {
  const { floors, caps, mask } = claims;
  const { units } = amounts;
  const division = apportionQuickly(Number(units), claims, MOST_SCALE, precedes, hint);
  if (division === null) return null;
  const due = (k: number): number => division.listed().units[k] ?? 0;
  const limitAt = (list: Float64Array, k: number, none: number): bigint | null =>
    list[k] === none ? null : BigInt(list[k] ?? 0);
  const weightAt = (k: number): Rational => {
    const { num, den } = weightOf(claims, k);
    return rational(BigInt(num), BigInt(den));
  };
  const level = lazily((): Rational => {
    const { n: sum, d } = division.rest();
    return rational(BigInt(division.left) * d, sum);
  });
  return {
    ...amounts,
    shared: units,
    due,
    level,
    quick: { claims, division },
    member: (k) => {
      const by = BY[division.listed().by[k] ?? 0] ?? 'none';
      return {
        weight: weightAt(k),
        floor: limitAt(floors, k & mask, NO_FLOOR),
        cap: limitAt(caps, k & mask, NO_CAP),
        quota: by === 'quota' || by === 'remainder' ? multiply(level(), weightAt(k)) : null,
        units: BigInt(due(k)),
        by,
      };
    },
  };
}

/**
 * Floors and caps of `n` members in whole units, as quick.ts has them; null where one is unusual or large, or a floor is
 * above its cap.
 */
export function limitsOf(
  { floor, cap, begin, n }: Pick<Members, 'floor' | 'cap' | 'begin'> & { readonly n: number },
  unit: Rational,
): QuickLimits | null {
  const mask = isOne(floor) && isOne(cap) ? 0 : -1;
  const many = mask === 0 ? Math.min(n, 1) : n;
  const floors = inUnits(floor, begin, many, (x) => lowUnits(x, unit), NO_FLOOR);
  const caps = inUnits(cap, begin, many, (x) => wholeUnits(x, unit), NO_CAP);
  if (floors === null || caps === null) return null;
  for (let k = 0; k < many; k++) if (Math.max(0, floors[k] ?? 0) > (caps[k] ?? 0)) return null;
  return { floors, caps, mask };
}

const isOne = (v: Vec | null): boolean => v === null || v.mask === 0;

function inUnits(
  v: Vec | null,
  begin: number,
  n: number,
  whole: (x: Rational) => bigint,
  none: number,
): Float64Array | null {
  const out = new Float64Array(n);
  if (v === null) return out.fill(none);
  const each = isOne(v) ? Math.min(n, 1) : n;
  for (let k = 0; k < each; k++) {
    const limit = limitAt(v, begin + k);
    if (limit === undefined) return null;
    const units = limit === null ? null : whole(limit);
    if (units !== null && units > BigInt(SAFE)) return null;
    out[k] = units === null ? none : Number(units);
  }
  return each < n ? out.fill(out[0] ?? none) : out;
}

/** A floor is met by whole units upwards, and never below 0. */
const lowUnits = (x: Rational, unit: Rational): bigint => (x.n <= 0n ? 0n : -wholeUnits(negate(x), unit));

function limitUnits(
  v: Vec | null,
  k: number,
  unit: Rational,
  whole: (x: Rational, unit: Rational) => bigint,
): bigint | null | undefined {
  const limit = limitAt(v, k);
  return limit === null || limit === undefined ? limit : whole(limit, unit);
}

const wholeUnits = (x: Rational, unit: Rational): bigint =>
  floorInteger({ n: x.n * unit.d, d: x.d * unit.n });

/** A floor or cap: null where there is none, undefined where it isn't sure. */
function limitAt(v: Vec | null, k: number): Rational | null | undefined {
  if (v === null || tagAt(v, k) === Tag.BLANK) return null;
  return numberIn(cellAt(v, k)) ?? undefined;
}

/** Common denominators beyond this many digits are not worth it: the plain evaluator has its own limit. */
const MOST_SCALE = 10n ** 1000n;

/** Weights as whole numbers over one denominator; null where one is negative or none. */
function wholeWeights({
  weight,
  begin,
  members,
}: Members): { whole: readonly bigint[]; scale: bigint } | null {
  const n = members.length;
  if (weight.kind !== 'number' && n > 0) return null;
  if (weight.tags === null) {
    const whole: bigint[] = new Array(n);
    for (let k = 0; k < n; k++) {
      const x = weight.data[(begin + k) & weight.mask] ?? 0;
      if (x < 0) return null;
      whole[k] = BigInt(x);
    }
    return { whole, scale: BigInt(weight.den) };
  }
  const exact: Rational[] = [];
  let scale = 1n;
  for (let k = 0; k < n; k++) {
    const x = numberIn(cellAt(weight, begin + k));
    if (x === null || x.n < 0n) return null;
    exact.push(x);
    if (scale % x.d !== 0n) {
      scale *= rational(x.d, scale).n;
      if (scale > MOST_SCALE) return null;
    }
  }
  return { whole: exact.map((x) => x.n * (scale / x.d)), scale };
}
