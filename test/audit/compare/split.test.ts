import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownRows } from '../../../src/audit/compare/ownership.ts';
import { addParts, COALITIONS, FACTORS, type Parts, shapley } from '../../../src/audit/compare/shapley.ts';
import { poolsOf, type Side, type Sides } from '../../../src/audit/compare/sides.ts';
import { createSplitter } from '../../../src/audit/compare/split.ts';
import { evaluate } from '../../../src/engine/plain/index.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { add, equal, type Rational, rational, subtract, ZERO } from '../../../src/exact/rational.ts';
import type { Workbook } from '../../../src/workbook/port.ts';
import { cell, columnOf, naiveAmount } from './naive.ts';
import { isUnclear, randomSides, tapes } from './randomSides.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 150);
const shown = (x: Rational | null): string => (x === null ? 'none' : exactText(x));

describe('amounts by coalition', () => {
  test('are those of the workbooks put together by hand', { timeout: 600_000 }, () => {
    let compared = 0;
    let split = 0;
    fc.assert(
      fc.property(tapes, ([tape, numbers]) => {
        const sides = randomSides(tape, numbers);
        fc.pre(sides.every(({ results }) => !isUnclear(sides, results.problems)));
        const pools = [poolsOf(sides[0]), poolsOf(sides[1])] as const;
        const { program } = sides[0];
        for (const [table, { name }] of program.tables.entries()) {
          const ids = program.columns.flatMap((column, id) => (column.table === table ? [id] : []));
          if (ids.length === 0) continue;
          const names = ids.map((id) => program.columns[id]?.name ?? '');
          const splitter = createSplitter(
            sides,
            names.map((column) => ({ table: name, column })),
          );
          const owned = ownRows(sides, name);
          for (const person of [...owned.keys()].slice(0, 4)) {
            const amounts = splitter.amounts(name, person, names);
            const own = owned.get(person) ?? new Map();
            ids.forEach((id, i) => {
              const expected = Array.from({ length: COALITIONS }, (_, mask) =>
                shown(naiveAmount(sides, pools, table, id, person, own, mask)),
              );
              // Sides with an error are never compared.
              if (amounts[i]?.[0] === null || amounts[i]?.[COALITIONS - 1] === null) return;
              compared++;
              if (new Set(expected).size > 1) split++;
              expect(amounts[i]?.map(shown), `${names[i]} of ${person}`).toEqual(expected);
            });
          }
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(0);
    expect(split).toBeGreaterThan(0);
  });
});

/** Amounts by table, person and column. */
function allAmounts(sides: Sides): ReadonlyMap<string, readonly (Rational | null)[]> {
  const found = new Map<string, readonly (Rational | null)[]>();
  const { program } = sides[0];
  for (const [table, { name }] of program.tables.entries()) {
    const names = program.columns.flatMap((column) => (column.table === table ? [column.name] : []));
    if (names.length === 0) continue;
    const splitter = createSplitter(
      sides,
      names.map((column) => ({ table: name, column })),
    );
    for (const person of ownRows(sides, name).keys())
      splitter.amounts(name, person, names).forEach((amounts, i) => {
        found.set(`${name} ${person} ${names[i]}`, amounts);
      });
  }
  return found;
}

const sumOf = ({ rules, own, pool, others, together }: Parts): Rational =>
  [rules, own, pool, others, together].reduce(add, ZERO);

describe('the split', () => {
  test('adds up to the difference, and is nothing for a factor that did not change', () => {
    let split = 0;
    fc.assert(
      fc.property(tapes, fc.constantFrom('rules', 'data', 'none'), ([tape, numbers], only) => {
        const found = randomSides(tape, numbers);
        // Only the rules differ, or only the rows, or both.
        const [before, other] = found;
        const after: Side =
          only === 'none'
            ? other
            : sideOf(
                only === 'rules' ? { ...other.program, asOf: before.program.asOf } : before.program,
                only === 'rules' ? before.workbook : other.workbook,
              );
        const sides: Sides = [before, after];
        for (const amounts of allAmounts(sides).values()) {
          const [first = null] = amounts;
          const last = amounts[COALITIONS - 1] ?? null;
          if (first === null || last === null) continue;
          const parts = shapley(amounts);
          expect(exactText(sumOf(parts))).toBe(exactText(subtract(last, first)));
          if (!equal(first, last)) split++;
          if (only === 'rules') expect([parts.own, parts.others]).toEqual([ZERO, ZERO]);
          if (only === 'data') expect(parts.rules).toEqual(ZERO);
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(split).toBeGreaterThan(0);
  });

  test('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(tapes, ([tape, numbers]) => {
        const sides = randomSides(tape, numbers);
        fc.pre(sides.every(({ results }) => results.problems.every(({ severity }) => severity !== 'error')));
        const reversed: Sides = [
          sideOf(sides[0].program, upsideDown(sides[0].workbook)),
          sideOf(sides[1].program, upsideDown(sides[1].workbook)),
        ];
        const text = (all: ReturnType<typeof allAmounts>) =>
          [...all].map(([name, amounts]) => `${name}: ${amounts.map(shown).join(' ')}`).sort();
        expect(text(allAmounts(reversed))).toEqual(text(allAmounts(sides)));
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  test('is the average over the orders in which everything can be computed', () => {
    // v = 6 as soon as rules and own rows have both changed: 3 each.
    const both = Array.from({ length: COALITIONS }, (_, mask) => rational((mask & 3) === 3 ? 6n : 0n));
    expect(shapley(both)).toMatchObject({
      rules: rational(3n),
      own: rational(3n),
      pool: ZERO,
      together: ZERO,
    });
    // New rules over old own rows can't be computed: the own rows always come first, the rules decide.
    const some = both.map((value, mask) => ((mask & 3) === 1 ? null : value));
    expect(shapley(some)).toMatchObject({ rules: rational(6n), own: ZERO, together: ZERO });
    // Nothing between the two ends.
    const none = both.map((value, mask) => (mask === 0 || mask === COALITIONS - 1 ? value : null));
    expect(shapley(none)).toMatchObject({ rules: ZERO, own: ZERO, together: rational(6n) });
    const added = addParts(shapley(both), shapley(none));
    expect(FACTORS.map((factor) => exactText(added[factor]))).toEqual(['3', '3', '0', '0']);
  });
});

const sideOf = (program: Side['program'], workbook: Workbook): Side => ({
  program,
  workbook,
  results: evaluate(program, workbook, {}, { scan: true }),
});

function upsideDown(workbook: Workbook): Workbook {
  return {
    ...workbook,
    tables: workbook.tables.map((table, t) => ({
      ...table,
      columns: table.columns.map((column, c) => ({
        ...column,
        data: columnOf(
          Array.from({ length: table.rows }, (_, row) => cell(workbook, t, c, table.rows - 1 - row)),
        ),
      })),
    })),
  };
}
