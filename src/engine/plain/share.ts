import {
  add,
  compare,
  divide,
  floorInteger,
  multiply,
  type Rational,
  rational,
  subtract,
  ZERO,
} from '../../exact/rational.ts';
import type { ShareMember } from '../results.ts';

/** Who takes part: the weight is 0 or more; floor and cap are whole units, 0 or more, the floor not above the cap. */
export interface Claim {
  readonly weight: Rational;
  readonly floor: bigint | null;
  readonly cap: bigint | null;
}

/** What each claim gets, in their order. */
export interface Division {
  readonly parts: readonly Part[];
  readonly shared: bigint;
  readonly level: Rational | null;
}

export type Part = Pick<ShareMember, 'units' | 'by' | 'quota'>;

export type DivisionFault = 'floors-exceed-pool' | 'no-weight';

const NONE: Part = { units: 0n, by: 'none', quota: null };

/**
 * Divides a pool of whole units (0 or more) as §7 of the language says. `precedes(i, j)` tells whether claim i comes
 * before claim j where their remainders are equal: below 0, 0 or above. Throws TooLarge.
 */
export function divideUnits(
  pool: bigint,
  claims: readonly Claim[],
  precedes: (i: number, j: number) => number,
): Division | DivisionFault {
  const sharing = claims.flatMap((claim, index) => (claim.weight.n > 0n ? [{ claim, index }] : []));
  const floors = sharing.reduce((total, { claim }) => total + (claim.floor ?? 0n), 0n);
  if (floors > pool) return 'floors-exceed-pool';
  const parts = claims.map(() => NONE);
  if (sharing.length === 0) return pool === 0n ? { parts, shared: 0n, level: null } : 'no-weight';

  let caps = 0n;
  for (const { claim } of sharing) {
    if (claim.cap === null) {
      caps = -1n;
      break;
    }
    caps += claim.cap;
  }
  if (caps >= 0n && caps <= pool) {
    for (const { claim, index } of sharing) parts[index] = { units: claim.cap ?? 0n, by: 'cap', quota: null };
    return { parts, shared: caps, level: null };
  }

  const level = levelOf(
    pool,
    sharing.map(({ claim }) => claim),
  );
  const rest: { readonly index: number; readonly weight: Rational }[] = [];
  let left = pool;
  for (const { claim, index } of sharing) {
    const due = multiply(level, claim.weight);
    if (claim.floor !== null && compare(due, rational(claim.floor)) <= 0) {
      parts[index] = { units: claim.floor, by: 'floor', quota: null };
      left -= claim.floor;
    } else if (claim.cap !== null && compare(due, rational(claim.cap)) >= 0) {
      parts[index] = { units: claim.cap, by: 'cap', quota: null };
      left -= claim.cap;
    } else rest.push({ index, weight: claim.weight });
  }

  const weights = rest.reduce((total, { weight }) => add(total, weight), ZERO);
  const quotas = rest.map(({ index, weight }) => {
    const quota = divide(multiply(rational(left), weight), weights);
    const whole = floorInteger(quota);
    return { index, quota, whole, fraction: subtract(quota, rational(whole)) };
  });
  const over = left - quotas.reduce((total, { whole }) => total + whole, 0n);
  const byRemainder = [...quotas].sort(
    (a, b) => compare(b.fraction, a.fraction) || precedes(a.index, b.index),
  );
  byRemainder.forEach(({ index, quota, whole }, place) => {
    const extra = BigInt(place) < over;
    parts[index] = { units: extra ? whole + 1n : whole, by: extra ? 'remainder' : 'quota', quota };
  });
  return { parts, shared: pool, level };
}

/**
 * The smallest level L at which the claims' `clamp(L × weight, floor, cap)` add to the pool. The caller knows that
 * floors add to no more than the pool, and that some cap is missing or the caps add to more.
 */
export function levelOf(pool: bigint, claims: readonly Claim[]): Rational {
  const target = rational(pool);
  // Between two neighbouring breakpoints the sum is a straight line.
  const breaks = [
    ZERO,
    ...claims.flatMap(({ weight, floor, cap }) =>
      [floor, cap].flatMap((units) => (units === null ? [] : [divide(rational(units), weight)])),
    ),
  ].sort(compare);
  // The first breakpoint at which the sum has reached the pool.
  let low = 0;
  let high = breaks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(sumAt(breaks[middle] ?? ZERO, claims), target) >= 0) high = middle;
    else low = middle + 1;
  }
  const before = breaks[low - 1];
  const reached = breaks[low];
  if (before === undefined) return ZERO;
  const sum = sumAt(before, claims);
  // Beyond the last breakpoint grow those without a cap; before another one those that it doesn't clamp on either side.
  const growing = claims.filter(({ weight, floor, cap }) => {
    const due = multiply(before, weight);
    const aboveFloor = floor === null || compare(due, rational(floor)) >= 0;
    return aboveFloor && (cap === null || compare(due, rational(cap)) < 0);
  });
  const slope = growing.reduce((total, { weight }) => add(total, weight), ZERO);
  const level = add(before, divide(subtract(target, sum), slope));
  if (reached !== undefined && compare(level, reached) > 0) throw new RangeError('a level past its segment');
  return level;
}

/** What the claims add to at a level. */
export function sumAt(level: Rational, claims: readonly Claim[]): Rational {
  return claims.reduce((total, claim) => add(total, clamped(level, claim)), ZERO);
}

function clamped(level: Rational, { weight, floor, cap }: Claim): Rational {
  let due = multiply(level, weight);
  if (cap !== null && compare(due, rational(cap)) > 0) due = rational(cap);
  if (floor !== null && compare(due, rational(floor)) < 0) due = rational(floor);
  return due;
}
