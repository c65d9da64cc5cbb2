import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apportion, type By } from '../../../src/engine/columns/apportion.ts';
import { apportionQuickly } from '../../../src/engine/columns/quick.ts';
import {
  NO_CAP,
  NO_FLOOR,
  type QuickClaims,
  reweighed,
  weightsOf,
} from '../../../src/engine/columns/quickLevel.ts';
import type { QuickDivision } from '../../../src/engine/columns/quickRemainders.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 1000);
const MOST = 10n ** 1000n;
const BY: readonly By[] = ['none', 'floor', 'cap', 'quota', 'remainder'];

interface Claim {
  readonly num: number;
  readonly den: number;
  readonly floor: number | null;
  readonly cap: number | null;
}

const byIndex = (i: number, j: number): number => i - j;

/** Floors and caps that are the same for all are there once. */
function claimsOf(list: readonly Claim[]): QuickClaims {
  const [first] = list;
  const same = list.every(({ floor, cap }) => floor === first?.floor && cap === first.cap);
  const limited = same ? list.slice(0, 1) : list;
  return {
    num: Float64Array.from(list, ({ num }) => num),
    den: Float64Array.from(list, ({ den }) => den),
    but: new Map(),
    floors: Float64Array.from(limited, ({ floor }) => floor ?? NO_FLOOR),
    caps: Float64Array.from(limited, ({ cap }) => cap ?? NO_CAP),
    mask: same ? 0 : -1,
  };
}

/** The same by whole numbers throughout. */
function slowly(pool: number, list: readonly Claim[]) {
  const scale = list.reduce((product, { den }) => product * BigInt(den), 1n);
  const whole = (x: number | null): bigint | null => (x === null ? null : BigInt(x));
  return apportion(
    BigInt(pool),
    {
      weights: list.map(({ num, den }) => (BigInt(num) * scale) / BigInt(den)),
      floors: list.map(({ floor }) => whole(floor)),
      caps: list.map(({ cap }) => whole(cap)),
    },
    byIndex,
  );
}

const shown = (division: QuickDivision) => {
  const { units, by } = division.listed();
  return { units: Array.from(units, BigInt), by: Array.from(by, (code) => BY[code]) };
};

describe('a pool divided in doubles', () => {
  test('is decided exactly where doubles do not tell', () => {
    // 1 by a third, a third and a third of three: quotas that are whole, though no double is a third.
    const thirds = [1, 2, 3].map((num) => ({ num, den: 3, floor: null, cap: null }));
    const found = apportionQuickly(600, claimsOf(thirds), MOST, byIndex);
    expect(found && shown(found)).toEqual({ units: [100n, 200n, 300n], by: ['quota', 'quota', 'quota'] });
  });

  test('gives equal fractions in order, however they are written', () => {
    // 2/6, 1/3 and 7/21 are equal: 100 is 33⅓ each, and the last by order gets the one that is left.
    const equal = [[2, 6] as const, [1, 3] as const, [7, 21] as const];
    const claims = equal.map(([num, den]) => ({ num, den, floor: null, cap: null }));
    const found = apportionQuickly(100, claimsOf(claims), MOST, (i, j) => j - i);
    expect(found && Array.from(found.listed().units)).toEqual([33, 33, 34]);
  });

  test('knows what the quotas of the rest are made of', () => {
    const claims = [
      { num: 6, den: 2, floor: null, cap: 20 },
      { num: 1, den: 2, floor: 10, cap: null },
      { num: 9, den: 2, floor: null, cap: null },
    ];
    const found = apportionQuickly(100, claimsOf(claims), MOST, byIndex);
    expect(found && shown(found)).toEqual({ units: [20n, 10n, 70n], by: ['cap', 'floor', 'quota'] });
    const { n, d } = found?.rest() ?? { n: 0n, d: 1n };
    expect([found?.left, n * 2n === 9n * d]).toEqual([70, true]);
  });

  test.each([
    ['nobody shares', 5, [{ num: 0, den: 1, floor: null, cap: null }]],
    ['floors take it all', 5, [{ num: 1, den: 1, floor: 5, cap: null }]],
    ['caps leave some', 5, [{ num: 1, den: 1, floor: null, cap: 4 }]],
    ['there is nothing', 0, [{ num: 1, den: 1, floor: null, cap: null }]],
  ])('is left to whole numbers where %s', (_, pool, claims) => {
    expect(apportionQuickly(pool, claimsOf(claims), MOST, byIndex)).toBeNull();
  });

  test('is left to whole numbers where a common denominator would be too large', () => {
    const claims = [7, 11, 13].map((den) => ({ num: 1, den, floor: null, cap: null }));
    expect(apportionQuickly(100, claimsOf(claims), 1001n, byIndex)).not.toBeNull();
    expect(apportionQuickly(100, claimsOf(claims), 1000n, byIndex)).toBeNull();
  });

  const claim = (most: number) =>
    fc
      .record({
        num: fc.integer({ min: 0, max: most }),
        den: fc.constantFrom(1, 1, 2, 3, 6, 7, 97, 100, 10_200),
        floor: fc.option(fc.integer({ min: 0, max: 60 })),
        room: fc.option(fc.integer({ min: 0, max: 60 })),
      })
      .map(
        ({ num, den, floor, room }): Claim => ({
          num,
          den,
          floor,
          cap: room === null ? null : (floor ?? 0) + room,
        }),
      );
  /** The same floor and cap for everybody, some of whom are about there. */
  const alike = (longest: number, most: number) =>
    fc
      .record({
        limits: claim(1),
        list: fc.array(claim(most), { minLength: 1, maxLength: longest }),
        level: fc.integer({ min: 1, max: 60 }),
        more: fc.integer({ min: -2, max: 2 }),
      })
      .map(({ limits: { floor, cap }, list, level, more }) => {
        const shared = list.map(({ num, den }): Claim => ({ num, den, floor, cap }));
        const dues = shared
          .filter(({ num }) => num > 0)
          .map(({ num, den }) => Math.min(Math.max((level * num) / den, floor ?? 0), cap ?? level * most));
        return {
          list: shared,
          pool: Math.max(1, Math.round(dues.reduce((sum, due) => sum + due, 0)) + more),
        };
      });
  const cases = fc.oneof(
    alike(8, 6),
    alike(300, 100),
    // Thirds of different sizes, all with the same fraction: doubles put them in some order.
    fc
      .tuple(
        fc.array(fc.integer({ min: 0, max: 10 ** 4 }), { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 10 ** 5 }),
      )
      .map(([sizes, level]) => {
        const list = [...sizes, ...sizes, ...sizes].map(
          (m): Claim => ({ num: 3 * m + 1, den: 3, floor: null, cap: null }),
        );
        return { list, pool: (level * list.reduce((sum, { num }) => sum + num, 0)) / 3 };
      }),
    // Few and small: ties and quotas that are whole.
    fc.record({
      pool: fc.integer({ min: 1, max: 300 }),
      list: fc.array(claim(6), { minLength: 1, maxLength: 8 }),
    }),
    fc.record({
      pool: fc.integer({ min: 1, max: 10 ** 9 }),
      list: fc.array(claim(10 ** 6), { minLength: 1, maxLength: 60 }),
    }),
    // As many units as would just do, so that members are exactly at a floor or a cap.
    fc.array(claim(6), { minLength: 1, maxLength: 6 }).chain((list) =>
      fc.integer({ min: 1, max: 40 }).map((level) => ({
        list,
        pool: Math.max(
          1,
          Math.round(
            list.reduce((sum, { num, den, floor, cap }) => {
              const due = Math.min(
                Math.max((level * num) / den, floor ?? 0),
                cap ?? Number.POSITIVE_INFINITY,
              );
              return sum + (num === 0 ? 0 : due);
            }, 0),
          ),
        ),
      })),
    ),
  );

  test('is what whole numbers say', () => {
    let quick = 0;
    fc.assert(
      fc.property(cases, ({ pool, list }) => {
        const found = apportionQuickly(pool, claimsOf(list), MOST, byIndex);
        if (found === null) return;
        quick++;
        const slow = slowly(pool, list);
        expect(shown(found)).toEqual({ units: slow?.units, by: slow?.by });
        // left / weights is the level: left × d / n = units / weight.
        const { n, d } = found.rest();
        const scale = list.reduce((product, { den }) => product * BigInt(den), 1n);
        const level = slow?.level ?? { units: 0n, weight: 1n };
        expect(BigInt(found.left) * d * level.weight).toBe(level.units * scale * n);
      }),
      { numRuns: RUNS },
    );
    expect(quick).toBeGreaterThan(RUNS / 4);
  });

  test('is the same where it begins with the division of nearly the same claims', () => {
    let again = 0;
    const others = fc.record({ other: fc.oneof(claim(3), claim(1000)), limited: fc.boolean(), at: fc.nat() });
    fc.assert(
      fc.property(cases, others, fc.integer({ min: -3, max: 3 }), (first, { other, limited, at }, more) => {
        const { pool, list } = first;
        const before = apportionQuickly(pool, claimsOf(list), MOST, byIndex);
        // Somebody who had nothing takes the place of one who has nothing now.
        const [gone, come] = [list.findIndex(({ num }) => num > 0), list.findIndex(({ num }) => num === 0)];
        const changed = list.map((one, i): Claim => {
          if (more === 0 && gone >= 0 && come >= 0 && (i === gone || i === come))
            return { ...one, num: i === come ? 1 : 0 };
          if (i !== at % list.length) return one;
          // With its own limits, or with those of the one in whose place it comes.
          return limited ? other : { ...one, num: other.num, den: other.den };
        });
        const now = Math.max(1, pool + more);
        if (before === null) return;
        // A common denominator of both: the hint's promise.
        const weights = weightsOf(claimsOf(changed));
        const placed = reweighed(before.placed, new Map(weights.entries()));
        const hint = { scale: before.scale * BigInt(other.den), level: before.level, placed };
        const found = apportionQuickly(now, claimsOf(changed), MOST, byIndex, hint);
        const anew = apportionQuickly(now, claimsOf(changed), MOST, byIndex);
        expect(found && shown(found)).toEqual(anew && shown(anew));
        if (found !== null) again++;
      }),
      { numRuns: RUNS },
    );
    expect(again).toBeGreaterThan(RUNS / 5);
  });

  test('is the same after many changes, one after another', () => {
    let again = 0;
    const sizes = fc.constantFrom(1, 2, 3, 7, 1000, 999_983, 10 ** 9);
    const changes = fc.array(fc.tuple(fc.nat(), sizes), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(cases, changes, ({ pool, list }, steps) => {
        let now = list.map((one) => ({ ...one }));
        let before = apportionQuickly(pool, claimsOf(now), MOST, byIndex);
        for (const [at, num] of steps) {
          if (before === null) return;
          const i = at % list.length;
          now = now.map((one, k) => (k === i ? { ...one, num } : one));
          const weights = new Map([[i, num / (now[i]?.den ?? 1)]]);
          const { scale, level } = before;
          const placed = reweighed(before.placed, weights);
          const found = apportionQuickly(pool, claimsOf(now), MOST, byIndex, { scale, level, placed });
          const anew = apportionQuickly(pool, claimsOf(now), MOST, byIndex);
          expect(found && shown(found)).toEqual(anew && shown(anew));
          if (placed !== null && found !== null) {
            const sums = [found.placed.floor, found.placed.cap, found.placed.rest];
            for (const { weights: all, sum, least, most } of sums) {
              const whole = all.reduce((total, weight) => total + weight, 0);
              expect(Math.abs(sum - whole)).toBeLessThanOrEqual(1e-13 * whole);
              expect(all.every((weight) => least <= weight && weight <= most)).toBe(true);
            }
            again++;
          }
          before = found;
        }
      }),
      { numRuns: RUNS },
    );
    expect(again).toBeGreaterThan(RUNS);
  });

  test('adds its weights anew before what many changes round away could tell', () => {
    // Each change is three eighths of the last digit of the sum: added one by one they would all be lost.
    const den = 2 ** 36;
    const step = 6;
    const claims = claimsOf([
      { num: 2 ** 20, den: 1, floor: null, cap: null },
      { num: den, den, floor: null, cap: null },
    ]);
    let placed = apportionQuickly(1000, claims, MOST, byIndex)?.placed ?? null;
    for (let i = 1; i <= 100; i++)
      placed = placed && reweighed(placed, new Map([[1, (den + i * step) / den]]));
    const sum = placed?.rest.sum ?? 0;
    expect(Math.abs(sum - 2 ** 20 - 1 - (100 * step) / den)).toBeLessThan(2 ** -53 * 24 * sum);
  });
});
