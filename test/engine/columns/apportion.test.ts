import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apportion, type Claims } from '../../../src/engine/columns/apportion.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 1000);

const byIndex = (i: number, j: number): number => i - j;

function claims(
  weights: readonly number[],
  floors: readonly (number | null)[] = [],
  caps: readonly (number | null)[] = [],
): Claims {
  const whole = (list: readonly (number | null)[]) =>
    weights.map((_, i) => {
      const x = list[i] ?? null;
      return x === null ? null : BigInt(x);
    });
  return { weights: weights.map(BigInt), floors: whole(floors), caps: whole(caps) };
}

describe('a pool of whole units', () => {
  test('goes to the largest remainders, equal ones to the first', () => {
    // 100 by 1 : 1 : 1 is 33⅓ each: one unit is left, for the first.
    expect(apportion(100n, claims([1, 1, 1]), byIndex)?.units).toEqual([34n, 33n, 33n]);
    // Quotas 4.7, 2.9, 2.4: the second and then the first get one more.
    expect(apportion(10n, claims([47, 29, 24]), byIndex)?.units).toEqual([5n, 3n, 2n]);
  });

  test('finds the level between floors and caps', () => {
    // Level 70/9: six times that is cut to the cap 20, once that is lifted to the floor 10, nine times that is 70.
    const found = apportion(100n, claims([6, 1, 9], [null, 10, null], [20, null, null]), byIndex);
    expect(found?.units).toEqual([20n, 10n, 70n]);
    expect(found?.by).toEqual(['cap', 'floor', 'quota']);
    expect(found?.level).toEqual({ units: 70n, weight: 9n });
  });

  test('takes the smallest level that does it', () => {
    // From 5 to 10 both stand still: the first at its cap 5, the second at its floor 10.
    const found = apportion(15n, claims([1, 1], [null, 10], [5, 20]), byIndex);
    expect(found).toMatchObject({ units: [5n, 10n], level: { units: 5n, weight: 1n }, by: ['cap', 'floor'] });
  });

  test('leaves what caps do not let out', () => {
    const found = apportion(100n, claims([1, 2], [], [30, 40]), byIndex);
    expect(found).toMatchObject({ units: [30n, 40n], shared: 70n, level: null, by: ['cap', 'cap'] });
  });

  test('is refused to nobody, and to floors beyond it', () => {
    expect(apportion(1n, claims([0, 0]), byIndex)).toBeNull();
    expect(apportion(0n, claims([0, 0]), byIndex)?.units).toEqual([0n, 0n]);
    expect(apportion(9n, claims([1, 1], [5, 5]), byIndex)).toBeNull();
  });

  const claim = fc.record({
    weight: fc.integer({ min: 0, max: 20 }),
    floor: fc.option(fc.integer({ min: 0, max: 10 })),
    room: fc.option(fc.integer({ min: 0, max: 15 })),
  });
  test('is shared out whole, between floors and caps, in order of the weights', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.array(claim, { maxLength: 8 }), (pool, list) => {
        const given = claims(
          list.map((c) => c.weight),
          list.map((c) => c.floor),
          list.map((c) => (c.room === null ? null : (c.floor ?? 0) + c.room)),
        );
        const found = apportion(BigInt(pool), given, byIndex);
        if (found === null) return;
        const total = found.units.reduce((a, b) => a + b, 0n);
        expect(total).toBe(found.shared);
        list.forEach((c, i) => {
          const units = found.units[i] ?? -1n;
          if (c.weight === 0) expect(units).toBe(0n);
          else {
            expect(units).toBeGreaterThanOrEqual(BigInt(c.floor ?? 0));
            if (c.room !== null) expect(units).toBeLessThanOrEqual(BigInt((c.floor ?? 0) + c.room));
          }
        });
        if (found.shared < BigInt(pool))
          expect(list.every((c) => c.weight === 0 || c.room !== null)).toBe(true);
        // Of two without floor and cap, the one with more weight has no less.
        const free = list.flatMap((c, i) => (c.weight > 0 && c.floor === null && c.room === null ? [i] : []));
        for (const i of free)
          for (const j of free)
            if ((list[i]?.weight ?? 0) > (list[j]?.weight ?? 0))
              expect(found.units[i] ?? 0n).toBeGreaterThanOrEqual(found.units[j] ?? 0n);
      }),
      { numRuns: RUNS },
    );
  });
});
