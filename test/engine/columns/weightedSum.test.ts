import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cellAt,
  draft,
  draftOver,
  setRatio,
  setTag,
  Tag,
  type Vec,
  vecOf,
} from '../../../src/engine/columns/vec.ts';
import { weightedSum } from '../../../src/engine/columns/weightedSum.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { add, multiply, type Rational, rational, ZERO } from '../../../src/exact/rational.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 300);
const MOST = 100;
const wide = (): null => null;

/** Numbers over one denominator. */
const plain = (numbers: readonly number[], den: number): Vec =>
  vecOf(draftOver(Float64Array.from(numbers)), {
    kind: 'number',
    den,
    bound: Math.max(...numbers.map(Math.abs)),
  });

function quotients(list: readonly (readonly [number, number])[]): Vec {
  const out = draft(list.length);
  list.forEach(([num, den], i) => setRatio(out, i, num, den));
  return vecOf(out, { kind: 'number' });
}

const shown = (vec: Vec | null, n: number): readonly string[] | null =>
  vec === null
    ? null
    : Array.from({ length: n }, (_, i) => {
        const cell = cellAt(vec, i);
        return cell !== null && cell !== 'ask' && cell.kind === 'number' ? exactText(cell.value) : 'none';
      });

describe('a weighted sum in one walk', () => {
  test('of decimals is one over a common denominator', () => {
    // 60% of 12.5 and 7, and 40% of 3.25 and 100.
    const lines = [
      { weight: rational(3n, 5n), x: plain([125, 70], 10) },
      { weight: rational(2n, 5n), x: plain([325, 10_000], 100) },
    ];
    const sum = weightedSum(lines, MOST, 2, wide);
    expect(shown(sum, 2)).toEqual(['8.8', '44.2']);
    expect(sum?.tags).toBeNull();
  });

  test('reads what is known in fewer bytes', () => {
    const x = plain([9, 9], 1);
    const sum = weightedSum([{ weight: rational(1n, 2n), x }], MOST, 2, () => Uint8Array.of(7, 30));
    expect(shown(sum, 2)).toEqual(['3.5', '15']);
  });

  test.each([
    ['beyond the scale', [12_501]],
    ['below 0', [-1]],
  ])('is not sure of an input %s', (_, numbers) => {
    expect(weightedSum([{ weight: rational(1n), x: plain(numbers, 125) }], MOST, 1, wide)).toBeNull();
    const pair = quotients(numbers.map((num) => [num * 3, 375]));
    expect(weightedSum([{ weight: rational(1n), x: pair }], MOST, 1, wide)).toBeNull();
  });

  test('is not sure of a blank', () => {
    const out = draft(2);
    setTag(out, 1, Tag.BLANK);
    expect(
      weightedSum([{ weight: rational(1n), x: vecOf(out, { kind: 'number' }) }], MOST, 2, wide),
    ).toBeNull();
  });

  const ROWS = 5;
  const weight = fc.tuple(fc.integer({ min: -9, max: 99 }), fc.integer({ min: 1, max: 100 }));
  const decimals = fc
    .tuple(fc.array(fc.nat(9999), { minLength: ROWS, maxLength: ROWS }), fc.constantFrom(100, 1000, 125))
    .map(([list, den]): [Vec, Rational[]] => {
      const numbers = list.map((k) => Math.min(k, MOST * den));
      return [plain(numbers, den), numbers.map((k) => rational(BigInt(k), BigInt(den)))];
    });
  const pairs = fc
    .array(fc.tuple(fc.nat(1000), fc.integer({ min: 11, max: 400 })), { minLength: ROWS, maxLength: ROWS })
    .map((list): [Vec, Rational[]] => [
      quotients(list),
      list.map(([num, den]) => rational(BigInt(num), BigInt(den))),
    ]);

  test('is the sum of fractions', () => {
    let summed = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(weight, fc.oneof(decimals, pairs)), { minLength: 1, maxLength: 4 }),
        (list) => {
          const lines = list.map(([[n, d], [x]]) => ({ weight: rational(BigInt(n), BigInt(d)), x }));
          const exact = Array.from({ length: ROWS }, (_, i) =>
            list.reduce(
              (sum, [, [, values]], k) => add(sum, multiply(lines[k]?.weight ?? ZERO, values[i] ?? ZERO)),
              ZERO,
            ),
          );
          const sum = weightedSum(lines, MOST, ROWS, wide);
          // Only a denominator that may be too large for doubles is a reason to give up.
          const den = lines.reduce((all, line, k) => {
            const ds = list[k]?.[1][1].map(({ d }) => Number(d)) ?? [];
            return all * Number(line.weight.d) * Math.max(...ds, line.x.den, ...(line.x.ratios?.den ?? []));
          }, 1);
          if (sum === null) expect(den * MOST * 99 * 4).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
          else {
            summed++;
            expect(shown(sum, ROWS)).toEqual(exact.map(exactText));
          }
        },
      ),
      { numRuns: RUNS },
    );
    expect(summed).toBeGreaterThan(RUNS / 2);
  });
});
