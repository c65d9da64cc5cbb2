import fc from 'fast-check';
import { expect, test } from 'vitest';
import { earlierAmounts, keptAdjustments } from '../../../src/audit/adjusted.ts';
import { valueField } from '../../../src/audit/canonical.ts';
import { adjustableColumns, adjustments, paidAmounts } from '../../../src/audit/compare/adjust.ts';
import { type ColumnName, tableIndex } from '../../../src/audit/compare/columns.ts';
import type { Side, Sides } from '../../../src/audit/compare/sides.ts';
import { keepSheets } from '../../../src/audit/paid.ts';
import type { RunRecord } from '../../../src/audit/record.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { add, type Rational, ZERO } from '../../../src/exact/rational.ts';
import { foldText } from '../../../src/exact/value.ts';
import { resultSheets } from '../../../src/report/sheets.ts';
import { keyValue } from '../../../src/report/values.ts';
import { randomSides, tapes } from './randomSides.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 1000);

const recordOf = (number: number, sheets: RunRecord['sheets'], run?: number): RunRecord => ({
  version: 1,
  number,
  asOf: '2026-01-31',
  ...(run === undefined ? {} : { run }),
  base: null,
  rules: [],
  names: [],
  inputs: [],
  sheets,
});

const paidBy = ({ program, workbook, results }: Side): RunRecord =>
  recordOf(1, keepSheets(program, results, resultSheets(program, workbook, results, 'en')));

/** Without errors, and with keys as a checked book has them: none blank, none twice. */
function isClean({ program, workbook, results }: Side): boolean {
  if (results.problems.some(({ severity }) => severity === 'error')) return false;
  return results.tables.every(({ rows }, table) => {
    const keys = [...rows].map((row) => foldText(valueField(keyValue(program, workbook, table, row))));
    return !keys.includes('-') && new Set(keys).size === keys.length;
  });
}

const mapPair = ([before, after]: Sides): Sides => [listed(before), listed(after)];

/** Everything that a side pays into a column, added up. */
function sumOf({ program, results }: Side, { table, column }: ColumnName): Rational {
  const at = tableIndex(program, table);
  const id = program.columns.findIndex((one) => one.table === at && one.name === column);
  return [...(results.tables[at]?.rows ?? [])].reduce((sum, row) => {
    const value = results.columns[id]?.at(row);
    return value?.kind === 'number' ? add(sum, value.value) : sum;
  }, ZERO);
}

/** Random programs don't list the columns of their tables, and name shares otherwise than their columns: checked ones do. */
function listed({ program, workbook, results }: Side): Side {
  const tables = program.tables.map((table, at) => ({
    ...table,
    columns: program.columns.flatMap((column, id) => (column.table === at ? [id] : [])),
  }));
  const shares = program.shares.map((share, id) => {
    const column = program.columns.find(({ definitions }) =>
      definitions.some((one) => one.kind === 'share' && one.share === id),
    );
    return column === undefined ? share : { ...share, name: column.name };
  });
  return { program: { ...program, tables, shares }, workbook, results };
}

/** Whether shares alone pay into it. */
function onlyShares({ program }: Side, { table, column }: ColumnName): boolean {
  const at = tableIndex(program, table);
  const found = program.columns.find((one) => one.table === at && one.name === column);
  return found?.definitions.every(({ kind }) => kind === 'share') === true;
}

test('adjustments of random books add up: to what is due now, and a share’s to what its pools give out more', () => {
  let clean = 0;
  let shares = 0;
  fc.assert(
    fc.property(tapes, ([tape, numbers]) => {
      const [before, after] = mapPair(randomSides(tape, numbers));
      if (!isClean(before) || !isClean(after)) return;
      clean++;
      const paid = paidAmounts(paidBy(before));
      const given: RunRecord[] = [];
      // Adjusted to the other book, again, and back.
      for (const now of [after, after, before, before]) {
        const earlier = earlierAmounts(given);
        const found = adjustments(paid, now, adjustableColumns(paid, now, earlier), earlier);
        for (const { table, column, total, rows, shared } of found.columns) {
          const name = { table, column };
          // The second time nothing is due.
          if (given.length % 2 === 1) expect([rows, exactText(total)]).toEqual([[], '0']);
          const sofar = [sumOf(before, name), ...givenOf(given, name), total].reduce(add, ZERO);
          expect(exactText(sofar)).toBe(exactText(sumOf(now, name)));
          if (shared === null || !onlyShares(before, name) || !onlyShares(after, name)) continue;
          shares++;
          expect(exactText(total)).toBe(exactText(shared.difference));
        }
        given.push(recordOf(given.length + 3, keptAdjustments(given.length + 3, found, 'en'), 1));
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  console.info(`${clean} of ${RUNS} books without errors, ${shares} shares adjusted`);
  if (RUNS >= 500) expect([clean, shares].every((n) => n > RUNS / 50)).toBe(true);
});

const givenOf = (given: readonly RunRecord[], name: ColumnName): readonly Rational[] =>
  [...earlierAmounts(given).amounts(name).values()].map(({ amount }) => amount);
