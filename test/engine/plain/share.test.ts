import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Claim, type Division, divideUnits } from '../../../src/engine/plain/share.ts';
import {
  compare,
  integer,
  multiply,
  type Rational,
  rational,
  sign,
  subtract,
} from '../../../src/exact/rational.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 1000);

const inOrder = (i: number, j: number): number => i - j;

interface Written {
  readonly w: number | readonly [number, number];
  readonly floor?: number;
  readonly cap?: number;
}

function claim({ w, floor, cap }: Written): Claim {
  return {
    weight: typeof w === 'number' ? integer(w) : rational(BigInt(w[0]), BigInt(w[1])),
    floor: floor === undefined ? null : BigInt(floor),
    cap: cap === undefined ? null : BigInt(cap),
  };
}

function settle(pool: number, claims: readonly Written[]): Division {
  const result = divideUnits(BigInt(pool), claims.map(claim), inOrder);
  if (typeof result === 'string') throw new Error(result);
  return result;
}

const units = (division: Division): number[] => division.parts.map((part) => Number(part.units));
const by = (division: Division): string[] => division.parts.map((part) => part.by);

describe('a share', () => {
  it('gives the units left over to the largest remainders', () => {
    // Quotas 10/3, 10/3, 10/3: the first in order gets the unit that is left.
    const thirds = settle(10, [{ w: 1 }, { w: 1 }, { w: 1 }]);
    expect(units(thirds)).toEqual([4, 3, 3]);
    expect(by(thirds)).toEqual(['remainder', 'quota', 'quota']);
    expect(thirds.level).toEqual(rational(10n, 3n));
    // Quotas 1.2, 3.0, 5.8.
    expect(units(settle(10, [{ w: 12 }, { w: 30 }, { w: 58 }]))).toEqual([1, 3, 6]);
  });

  it('breaks ties by the order it is told', () => {
    const claims = [{ w: 1 }, { w: 1 }, { w: 1 }].map(claim);
    const backwards = divideUnits(10n, claims, (i, j) => j - i);
    expect(typeof backwards === 'string' ? [] : backwards.parts.map((p) => p.units)).toEqual([3n, 3n, 4n]);
  });

  it('keeps floors and caps, and shares the rest in proportion', () => {
    // Conformance case 08: 12346 cents; D's floor 1501, E's cap 3001, B's cap 2000 bind, A takes what is left.
    const division = settle(12346, [
      { w: 5, floor: 0 },
      { w: 3, cap: 2000 },
      { w: 0, floor: 1000 },
      { w: 1, floor: 1501 },
      { w: 4, cap: 3001 },
    ]);
    expect(units(division)).toEqual([5844, 2000, 0, 1501, 3001]);
    expect(by(division)).toEqual(['quota', 'cap', 'none', 'floor', 'cap']);
    expect(division.shared).toBe(12346n);
    // 5 L = 5844.
    expect(division.level).toEqual(rational(5844n, 5n));
  });

  it('lets a floor and a cap bind only at the level found together', () => {
    // Plain proportion gives 50, 30, 20. The cap of 20 sets 30 free: 30 : 20 grow to 48 : 32.
    expect(units(settle(100, [{ w: 5, cap: 20 }, { w: 3 }, { w: 2 }]))).toEqual([20, 48, 32]);
    // The floor of 40 takes 20 from the others, 50 : 30 of 60: 37.5 and 22.5; the tie goes to the first.
    expect(units(settle(100, [{ w: 5 }, { w: 3 }, { w: 2, floor: 40 }]))).toEqual([38, 22, 40]);
  });

  it('counts who is exactly at the floor or cap as bound by it', () => {
    const division = settle(30, [{ w: 1, cap: 10 }, { w: 1, floor: 10 }, { w: 1 }]);
    expect(by(division)).toEqual(['cap', 'floor', 'quota']);
    expect(division.parts.map((part) => part.quota)).toEqual([null, null, integer(10)]);
    expect(division.level).toEqual(integer(10));
  });

  it('leaves what caps of everybody leave', () => {
    const division = settle(100, [{ w: 1, cap: 30 }, { w: 2, cap: 30 }, { w: 0 }]);
    expect(units(division)).toEqual([30, 30, 0]);
    expect(by(division)).toEqual(['cap', 'cap', 'none']);
    expect(division).toMatchObject({ shared: 60n, level: null });
    // Caps that add to exactly the pool.
    expect(
      settle(60, [
        { w: 1, cap: 30 },
        { w: 9, cap: 30 },
      ]),
    ).toMatchObject({ shared: 60n, level: null });
  });

  it('has nothing to find where nothing is shared', () => {
    expect(settle(0, [{ w: 0 }, { w: 0, floor: 5 }])).toMatchObject({ shared: 0n, level: null });
    expect(settle(0, [])).toMatchObject({ shared: 0n, level: null });
    expect(units(settle(0, [{ w: 1 }, { w: 2, cap: 1 }]))).toEqual([0, 0]);
    // Floors that take the whole pool: the smallest level is 0.
    expect(settle(5, [{ w: 1, floor: 5 }, { w: 1 }]).level).toEqual(integer(0));
  });

  it('cannot give out a pool without weight, or floors above the pool', () => {
    expect(divideUnits(1n, [], inOrder)).toBe('no-weight');
    expect(divideUnits(1n, [claim({ w: 0 })], inOrder)).toBe('no-weight');
    expect(divideUnits(9n, [claim({ w: 1, floor: 5 }), claim({ w: 1, floor: 5 })], inOrder)).toBe(
      'floors-exceed-pool',
    );
    // A floor of weight 0 asks for nothing.
    expect(typeof divideUnits(5n, [claim({ w: 1, floor: 5 }), claim({ w: 0, floor: 5 })], inOrder)).toBe(
      'object',
    );
  });
});

/** Census of 1880 and the seats of 299 by largest remainder (the conformance suite's case 07). */
const STATES_1880 =
  `Alabama 1262505 8,Arkansas 802525 5,California 864694 5,Colorado 194327 1,Connecticut 622700 4,
Delaware 146608 1,Florida 269493 1,Georgia 1542180 9,Illinois 3077871 19,Indiana 1978301 12,Iowa 1624615 10,
Kansas 996096 6,Kentucky 1648690 10,Louisiana 939946 6,Maine 648936 4,Maryland 934943 6,Massachusetts 1783085 11,
Michigan 1636937 10,Minnesota 780773 5,Mississippi 1131597 7,Missouri 2168380 13,Nebraska 452402 3,Nevada 62266 0,
NewHampshire 346991 2,NewJersey 1131116 7,NewYork 5082871 31,NorthCarolina 1399750 8,Ohio 3198062 19,Oregon 174768 1,
Pennsylvania 4282891 26,RhodeIsland 276531 2,SouthCarolina 995577 6,Tennessee 1542359 9,Texas 1591749 9,
Vermont 332286 2,Virginia 1512565 9,WestVirginia 618457 4,Wisconsin 1315497 8`
    .split(',')
    .map((line) => line.trim().split(' '));

describe('the apportionment of 1880', () => {
  const populations = STATES_1880.map(([, population]) => ({ w: Number(population) }));

  it('gives 299 seats', () => {
    expect(units(settle(299, populations))).toEqual(STATES_1880.map(([, , seats]) => Number(seats)));
  });
});

const weight = fc.oneof(
  fc.constant<number | readonly [number, number]>(0),
  fc.integer({ min: 1, max: 9 }),
  fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 7 })),
);
const written = fc
  .record({ w: weight, a: fc.option(fc.nat(12)), b: fc.option(fc.nat(12)) })
  .map(({ w, a, b }): Written => {
    const cap = b === null ? {} : { cap: Math.max(a ?? 0, b) };
    return { w, ...(a === null ? {} : { floor: a }), ...cap };
  });
const instance = fc.record({ pool: fc.nat(60), claims: fc.array(written, { maxLength: 7 }) });

/** The same by another way: double the level until it is too high, halve, then name who is clamped there. */
function bisected(pool: number, claims: readonly Claim[]): readonly bigint[] | null {
  const active = claims.filter((c) => c.weight.n > 0n);
  const at = (level: Rational, c: Claim): Rational => {
    const due = multiply(level, c.weight);
    const low = rational(c.floor ?? 0n);
    const lifted = compare(due, low) < 0 ? low : due;
    const high = c.cap === null ? null : rational(c.cap);
    return high !== null && compare(lifted, high) > 0 ? high : lifted;
  };
  const total = (level: Rational): Rational =>
    active.reduce(
      (sum, c) => ({ n: sum.n * at(level, c).d + at(level, c).n * sum.d, d: sum.d * at(level, c).d }),
      integer(0),
    );
  const enough = (level: Rational): boolean => {
    const sum = total(level);
    return sum.n >= BigInt(pool) * sum.d;
  };
  let high = integer(1);
  for (let i = 0; i < 40 && !enough(high); i++) high = multiply(high, integer(2));
  if (!enough(high)) return null;
  let low = integer(-1);
  for (let i = 0; i < 60; i++) {
    const middle = rational(low.n * high.d + high.n * low.d, 2n * low.d * high.d);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  // `high` is within 2^-50 of the level: far less than the distance of any breakpoint from it.
  const near = rational(1n, 2n ** 20n);
  let left = BigInt(pool);
  const result = claims.map(() => 0n);
  const open: number[] = [];
  claims.forEach((c, i) => {
    if (c.weight.n === 0n) return;
    const due = multiply(high, c.weight);
    const fixed =
      c.floor !== null && compare(subtract(due, near), rational(c.floor)) <= 0
        ? c.floor
        : c.cap !== null && compare(due, rational(c.cap)) >= 0
          ? c.cap
          : null;
    if (fixed === null) open.push(i);
    else {
      result[i] = fixed;
      left -= fixed;
    }
  });
  // Unit by unit: whole quotas first, then one to each of the largest fractions.
  const scale = open.reduce((d, i) => d * (claims[i]?.weight.d ?? 1n), 1n);
  const parts = open.map((i) => ((claims[i]?.weight.n ?? 0n) * scale) / (claims[i]?.weight.d ?? 1n));
  const all = parts.reduce((a, b) => a + b, 0n);
  open.forEach((i, k) => {
    result[i] = (left * (parts[k] ?? 0n)) / all;
  });
  let over = left - open.reduce((sum, i) => sum + (result[i] ?? 0n), 0n);
  const fractions = open.map((i, k) => ({ i, fraction: (left * (parts[k] ?? 0n)) % all }));
  while (over > 0n) {
    const largest = fractions.reduce((a, b) => (b.fraction > a.fraction ? b : a));
    result[largest.i] = (result[largest.i] ?? 0n) + 1n;
    largest.fraction = -1n;
    over--;
  }
  return result;
}

describe('any share', () => {
  it('adds up, keeps floors and caps, and gives nothing without weight', () => {
    fc.assert(
      fc.property(instance, ({ pool, claims }) => {
        const given = claims.map(claim);
        const active = given.filter((c) => c.weight.n > 0n);
        const floors = active.reduce((sum, c) => sum + (c.floor ?? 0n), 0n);
        const result = divideUnits(BigInt(pool), given, inOrder);
        if (floors > BigInt(pool)) {
          expect(result).toBe('floors-exceed-pool');
          return;
        }
        if (active.length === 0 && pool > 0) {
          expect(result).toBe('no-weight');
          return;
        }
        if (typeof result === 'string') throw new Error(result);
        const sum = result.parts.reduce((total, part) => total + part.units, 0n);
        expect(sum).toBe(result.shared);
        const caps = active.every((c) => c.cap !== null)
          ? active.reduce((total, c) => total + (c.cap ?? 0n), 0n)
          : null;
        expect(result.shared).toBe(caps !== null && caps < BigInt(pool) ? caps : BigInt(pool));
        result.parts.forEach((part, i) => {
          const c = given[i];
          if (c === undefined) throw new Error('part');
          if (c.weight.n === 0n) expect(part.units).toBe(0n);
          else expect(part.units).toBeGreaterThanOrEqual(c.floor ?? 0n);
          if (c.cap !== null) expect(part.units).toBeLessThanOrEqual(c.cap);
          if (part.quota !== null) {
            const off = subtract(rational(part.units), part.quota);
            expect(compare(off, integer(1)) < 0 && compare(off, integer(-1)) > 0).toBe(true);
          }
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('is what bisection and unit by unit give', () => {
    fc.assert(
      fc.property(instance, ({ pool, claims }) => {
        const given = claims.map(claim);
        const result = divideUnits(BigInt(pool), given, inOrder);
        if (typeof result === 'string' || result.level === null) return;
        expect(result.parts.map((part) => part.units)).toEqual(bisected(pool, given));
      }),
      { numRuns: RUNS },
    );
  });

  it('finds the one vector that no exchange of a unit improves', () => {
    // Largest remainder is the whole-number vector nearest to the exact one, in the sum of squared differences.
    const small = fc.record({ pool: fc.nat(8), claims: fc.array(written, { minLength: 1, maxLength: 3 }) });
    fc.assert(
      fc.property(small, ({ pool, claims }) => {
        const given = claims.map(claim);
        const result = divideUnits(BigInt(pool), given, inOrder);
        if (typeof result === 'string' || result.level === null) return;
        const { level } = result;
        const exact = given.map((c) => {
          const due = multiply(level, c.weight);
          if (sign(c.weight) === 0) return integer(0);
          if (c.floor !== null && compare(due, rational(c.floor)) < 0) return rational(c.floor);
          return c.cap !== null && compare(due, rational(c.cap)) > 0 ? rational(c.cap) : due;
        });
        const distance = (vector: readonly number[]): Rational =>
          vector.reduce((sum, x, i) => {
            const off = subtract(integer(x), exact[i] ?? integer(0));
            return { n: sum.n * off.d * off.d + off.n * off.n * sum.d, d: sum.d * off.d * off.d };
          }, integer(0));
        const best = vectors(pool, given).reduce((a, b) => (closer(distance(b), distance(a)) ? b : a));
        expect(result.parts.map((part) => Number(part.units))).toEqual(best);
      }),
      { numRuns: RUNS },
    );
  });

  it('depends on the set, not on the order', () => {
    fc.assert(
      fc.property(instance, fc.integer({ min: 1, max: 6 }), ({ pool, claims }, turn) => {
        const given = claims.map((c, key) => ({ ...claim(c), key }));
        const turned = [...given.slice(turn), ...given.slice(0, turn)].reverse();
        const run = (list: readonly (Claim & { key: number })[]): unknown => {
          const result = divideUnits(BigInt(pool), list, (i, j) => (list[i]?.key ?? 0) - (list[j]?.key ?? 0));
          if (typeof result === 'string') return result;
          const byKey = list.map((c, i) => [c.key, result.parts[i]] as const).sort((a, b) => a[0] - b[0]);
          return { byKey, level: result.level, shared: result.shared };
        };
        expect(run(turned)).toEqual(run(given));
      }),
      { numRuns: RUNS },
    );
  });
});

function closer(a: Rational, b: Rational): boolean {
  return a.n * b.d < b.n * a.d;
}

/** Every vector of whole units that adds to the pool within floors and caps, earlier claims taking more first. */
function vectors(pool: number, claims: readonly Claim[]): number[][] {
  const [first, ...others] = claims;
  if (first === undefined) return pool === 0 ? [[]] : [];
  const none = first.weight.n === 0n;
  const low = none ? 0 : Number(first.floor ?? 0n);
  const high = none ? 0 : Math.min(pool, first.cap === null ? pool : Number(first.cap));
  const found: number[][] = [];
  for (let x = high; x >= low; x--) for (const tail of vectors(pool - x, others)) found.push([x, ...tail]);
  return found;
}
