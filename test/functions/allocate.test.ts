import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/engine/plain/index.ts';
import { run } from '../../src/engine/run.ts';
import { closestDouble } from '../../src/live/answers/cells.ts';
import { book, type Cell } from '../support/book.ts';
import { column as computed, lit, program, share, sheet } from '../support/program.ts';
import { cells, column, problem } from './called.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 300);
const given = (...values: readonly unknown[]) => cells('ALLOCATE', ...values).map((row) => row[0]);

describe('ALLOCATE', () => {
  it('gives the cents that are left over to the largest remainders, of equal ones to the smaller position', () => {
    // 1000 cents by thirds: 333.33 each, one cent left.
    expect(given(10, column(1, 1, 1))).toEqual([3.34, 3.33, 3.33]);
    // 1000 by 1 : 2 : 4 = 142.857, 285.714, 571.428: 998 and two left, to the first (.857) and the second (.714).
    expect(given(10, column(1, 2, 4))).toEqual([1.43, 2.86, 5.71]);
  });

  it('gives ties to the smaller key where there are keys', () => {
    expect(given(10, column(1, 1, 1), null, null, null, column('E10', 'E09', 'E11'))).toEqual([
      3.33, 3.34, 3.33,
    ]);
    // Numbers by value, and before texts.
    expect(given(10, column(1, 1, 1), null, null, null, column(10, 9, 'A'))).toEqual([3.33, 3.34, 3.33]);
  });

  it('agrees with the sample that was worked out by hand', () => {
    expect(given(1265.34, column(93.4, 80, 80, 64.5, 99), null, 290)).toEqual([
      286.56, 245.45, 245.44, 197.89, 290,
    ]);
  });

  // The amounts stand in test/cases/08-floor-cap.
  it('agrees with the case of floors and caps', () => {
    expect(
      given(
        123.456,
        column(5, 3, 0, 1, 4),
        column(0, null, 10, 15.005, null),
        column(null, 20, null, null, 30.019),
        null,
        column('A', 'B', 'C', 'D', 'E'),
      ),
    ).toEqual([58.44, 20, 0, 15.01, 30.01]);
  });

  it('lifts to the floors, and lets the rest share what is left', () => {
    // 100.00 by 1 : 1 : 8 with a floor of 20 for the second: 80.00 by 1 : 8 = 8.888.. and 71.111..
    expect(given(100, column(1, 1, 8), column(null, 20, ''))).toEqual([8.89, 20, 71.11]);
  });

  it('leaves what the caps leave', () => {
    expect(given(100, column(1, 1), null, column(20, 30))).toEqual([20, 30]);
  });

  it('rounds floors up and caps down to whole units', () => {
    // In units of 5: floor 7 is 10, cap 13 is 10.
    expect(given(100, column(1, 9), column(7, null), null, 5)).toEqual([10, 90]);
    expect(given(100, column(1, 1), null, column(13, null), 5)).toEqual([10, 90]);
  });

  it('takes doubles at their 15 digits', () => {
    // 0.1 + 0.2 is 0.30000000000000004, and means 0.3: three equal weights, the tie is the first's.
    expect(given(0.1, column(0.3, 0.1 + 0.2, 0.3), null, null, 0.01)).toEqual([0.04, 0.03, 0.03]);
    // Half a cent is rounded away from zero, whatever its double is.
    expect(given(1.005, column(1))).toEqual([1.01]);
  });

  it('has the shape of the weights, read row by row', () => {
    expect(cells('ALLOCATE', 10, [[1, 1, 1]])).toEqual([[3.34, 3.33, 3.33]]);
    expect(
      cells('ALLOCATE', 10, [
        [1, 1],
        [1, 1],
        [1, 1],
      ]),
    ).toEqual([
      [1.67, 1.67],
      [1.67, 1.67],
      [1.66, 1.66],
    ]);
    expect(cells('ALLOCATE', 10, 3)).toEqual([[10]]);
  });

  it('lets a row of floors stand beside a column of weights', () => {
    expect(given(100, column(1, 1, 8), [[0, 20, 0]])).toEqual([8.89, 20, 71.11]);
  });

  it('gives nothing where there is nothing, and nothing to a weight of 0', () => {
    expect(given(0, column(0, 0))).toEqual([0, 0]);
    expect(given(9, column(0, 1), column(5, null))).toEqual([0, 9]);
  });

  it.each<[string, unknown[], string, string]>([
    ['a negative pool', [-1, column(1)], '#VALUE!', 'pool (argument 1)'],
    ['no pool', [null, column(1)], '#VALUE!', 'pool (argument 1)'],
    ['a text as the pool', ['100', column(1)], '#VALUE!', 'pool (argument 1)'],
    ['no weights', [1, null], '#VALUE!', 'weights (argument 2)'],
    ['a blank weight', [1, column(1, null, 2)], '#VALUE!', 'weights (argument 2), cell 2'],
    ['an empty text as a weight', [1, column(1, '')], '#VALUE!', 'weights (argument 2), cell 2'],
    ['a text as a weight', [1, column(1, 2, 'x')], '#VALUE!', 'weights (argument 2), cell 3'],
    ['a logical as a weight', [1, column(true)], '#VALUE!', 'weights (argument 2), cell 1'],
    ['a negative weight', [1, column(1, -0.5)], '#VALUE!', 'weights (argument 2), cell 2'],
    ['nobody with a weight', [1, column(0, 0)], '#VALUE!', 'weights (argument 2)'],
    ['floors above the pool', [10, column(1, 1), column(6, 5)], '#VALUE!', 'floors (argument 3)'],
    ['other many floors', [10, column(1, 1), column(6, 5, 4)], '#VALUE!', 'floors (argument 3)'],
    ['a text as a floor', [10, column(1, 1), column('a', 5)], '#VALUE!', 'floors (argument 3), cell 1'],
    ['a floor above its cap', [10, column(1, 1), column(0, 5), 4], '#VALUE!', 'floors (argument 3)'],
    ['a negative cap', [10, column(1, 1), null, column(-1, 5)], '#VALUE!', 'floors (argument 3)'],
    ['a text as a cap', [10, column(1, 1), null, column(1, 'x')], '#VALUE!', 'caps (argument 4), cell 2'],
    ['a unit of 0', [10, column(1), null, null, 0], '#DIV/0!', 'unit (argument 5)'],
    ['a text as the unit', [10, column(1), null, null, 'x'], '#VALUE!', 'unit (argument 5)'],
    [
      'a blank key',
      [1, column(1, 1), null, null, null, column('a', null)],
      '#VALUE!',
      'keys (argument 6), cell 2',
    ],
    [
      'a repeated key',
      [1, column(1, 1), null, null, null, column('a', 'A')],
      '#VALUE!',
      'keys (argument 6), cell 2',
    ],
    ['too few keys', [1, column(1, 1), null, null, null, column('a')], '#VALUE!', 'keys (argument 6)'],
  ])('refuses %s', (_, args, error, at) => {
    expect(problem('ALLOCATE', ...args)).toMatchObject({ error, at });
  });

  it('names both sides of a floor above its cap, and the cell', () => {
    expect(problem('ALLOCATE', 10, column(1, 1), column(0, 5), 4).said).toMatch(
      /caps \(argument 4\), cell 2.*5.*4/,
    );
  });
});

interface Case {
  readonly pool: number;
  readonly weights: readonly number[];
  readonly floors: readonly (number | null)[];
  readonly caps: readonly (number | null)[];
  readonly unit: number;
  readonly keys: readonly (string | number)[];
}

const decimal = (most: number, places: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: most * 10 ** places }).map((k) => k / 10 ** places);

const cases: fc.Arbitrary<Case> = fc.integer({ min: 1, max: 9 }).chain((n) =>
  fc.record({
    pool: decimal(2000, 3),
    weights: fc.array(fc.oneof(decimal(9, 0), decimal(100, 2), fc.constant(1)), {
      minLength: n,
      maxLength: n,
    }),
    floors: fc.array(fc.option(decimal(60, 2), { freq: 2 }), { minLength: n, maxLength: n }),
    caps: fc.array(
      fc.option(
        decimal(900, 2).map((x) => x + 60),
        { freq: 2 },
      ),
      { minLength: n, maxLength: n },
    ),
    unit: fc.constantFrom(0.01, 0.05, 1, 0.3),
    keys: fc.uniqueArray(
      fc.oneof(fc.integer({ min: -5, max: 20 }), fc.string({ minLength: 1, maxLength: 3 })),
      {
        minLength: n,
        maxLength: n,
        selector: (key) => (typeof key === 'string' ? key.toLowerCase() : key),
      },
    ),
  }),
);

/** Whole units of an amount that is a whole number of them; exact for the sizes above. */
const unitsOf = (amount: unknown, unit: number): number => Math.round(Number(amount) / unit);

function allocated({ pool, weights, floors, caps, unit, keys }: Case): readonly number[] | null {
  try {
    const rows = cells(
      'ALLOCATE',
      pool,
      column(...weights),
      column(...floors),
      column(...caps),
      unit,
      column(...keys),
    );
    return rows.map(([amount]) => unitsOf(amount, unit));
  } catch {
    return null;
  }
}

describe('ALLOCATE, whatever it is given,', () => {
  it('adds up to the rounded pool or to the caps, between floors and caps', () => {
    fc.assert(
      fc.property(cases, (c) => {
        const units = allocated(c);
        fc.pre(units !== null);
        const pool = Math.round(Number((c.pool / c.unit).toPrecision(12)));
        const cap = (x: number | null | undefined): number =>
          x == null ? Number.POSITIVE_INFINITY : Math.floor(Number((x / c.unit).toPrecision(12)));
        const floor = (x: number | null | undefined): number =>
          x == null ? 0 : Math.ceil(Number((x / c.unit).toPrecision(12)));
        const most = c.weights.reduce((sum, w, i) => sum + (w > 0 ? cap(c.caps[i]) : 0), 0);
        expect(units.reduce((sum, x) => sum + x, 0)).toBe(Math.min(pool, most));
        units.forEach((x, i) => {
          if (c.weights[i] === 0) expect(x).toBe(0);
          else {
            expect(x).toBeGreaterThanOrEqual(floor(c.floors[i]));
            expect(x).toBeLessThanOrEqual(cap(c.caps[i]));
          }
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('gives everybody the same in any order, with keys', () => {
    fc.assert(
      fc.property(cases, fc.infiniteStream(fc.nat()), (c, random) => {
        const order = c.keys
          .map((_, i) => ({ i, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ i }) => i);
        const pick = <T>(list: readonly T[]): T[] => order.flatMap((i) => list.slice(i, i + 1));
        const before = allocated(c);
        const after = allocated({
          ...c,
          weights: pick(c.weights),
          floors: pick(c.floors),
          caps: pick(c.caps),
          keys: pick(c.keys),
        });
        expect(after).toEqual(before === null ? null : pick(before));
      }),
      { numRuns: RUNS },
    );
  });

  it('agrees with a share statement over the same data, run by both engines', () => {
    let shared = 0;
    fc.assert(
      fc.property(cases, (c) => {
        const rows = c.keys.map((key, i): Cell[] => [
          key,
          c.weights[i] ?? null,
          c.floors[i] ?? null,
          c.caps[i] ?? null,
        ]);
        const workbook = book({ T: [['key', 'weight', 'floor', 'cap'], ...rows] });
        const p = program(workbook, {
          columns: [computed(0, 'part', { kind: 'share', share: 0, at: { kind: 'file', path: '' } })],
          shares: [
            share({
              name: 'part',
              table: 0,
              pool: lit(c.pool),
              weight: sheet(0, 1),
              floor: sheet(0, 2),
              cap: sheet(0, 3),
              unit: lit(c.unit),
            }),
          ],
          order: [
            { kind: 'table', table: 0 },
            { kind: 'share', share: 0 },
            { kind: 'column', column: 0 },
          ],
        });
        for (const results of [evaluate(p, workbook), run(p, workbook)]) {
          const part = c.keys.map((_, row) => {
            const outcome = results.columns[0]?.at(row);
            return outcome?.kind === 'number' ? closestDouble(outcome.value) : null;
          });
          const failed = results.problems.length > 0;
          let ours: readonly unknown[] | null = null;
          try {
            ours = cells(
              'ALLOCATE',
              c.pool,
              column(...c.weights),
              column(...c.floors),
              column(...c.caps),
              c.unit,
              column(...c.keys),
            ).map(([amount]) => amount);
          } catch {
            // Refused: the statement must be too.
          }
          expect(ours).toEqual(failed ? null : part);
          if (!failed) shared++;
        }
      }),
      { numRuns: RUNS },
    );
    expect(shared).toBeGreaterThan(RUNS / 10);
  });
});
