import { describe, expect, it } from 'vitest';
import { boxesOf, referencesOf, refersTo } from '../../../src/workbench/dependents.ts';
import { isOneCall } from '../../../src/workbench/topics.ts';
import { type GridTable, grownTables, shiftTables } from '../../../src/workbook/univer/tables.ts';

describe('what depends on cells with new answers', () => {
  const ids = (name: string): string | undefined => ({ one: 's1', two: 's2' })[name.toLowerCase()];
  const boxes = boxesOf([
    { sheetId: 's1', row: 2, column: 1 },
    { sheetId: 's1', row: 1, column: 1 },
    { sheetId: 's1', row: 9, column: 1 },
  ]);

  it('cells below one another are one box', () => {
    expect(boxes).toEqual([
      { sheetId: 's1', startRow: 1, endRow: 2, startColumn: 1, endColumn: 1 },
      { sheetId: 's1', startRow: 9, endRow: 9, startColumn: 1, endColumn: 1 },
    ]);
  });

  it.each([
    ['=B2*2', 's1', true],
    ['=SUM(A1:C2)', 's1', true],
    ['=B4+B9', 's1', false],
    ['=B2', 's2', false],
    ['=One!$B$10', 's2', true],
    ['=SUM(B:B)', 's1', true],
    ['=SUM(3:3)', 's1', true],
    ['=SUM(4:4)', 's1', false],
    ['="B2"&TRUE', 's1', false],
    ['=pay*2', 's2', true],
    ['=INDIRECT("B2")', 's2', true],
  ])('%s in %s: %s', (formula, sheet, expected) => {
    expect(refersTo(referencesOf(formula), sheet, ids, boxes)).toBe(expected);
  });

  it.each([
    ['=ALLOT.RULE("x", A2)', true],
    ['=allot.rule(IF(A1>0,"a)","b"))', true],
    ['=ALLOT.RULE("x")*2', false],
    ['=ALLOT.RULE("x")+ALLOT.RULE("y")', false],
    ['=ROUND(ALLOT.RULE("x"),2)', false],
    ['=ALLOT.STEPS(ALLOT.RULE("x"),2)', false],
  ])('%s is one call alone: %s', (formula, expected) => {
    expect(isOneCall(formula)).toBe(expected);
  });
});

describe('where tables are', () => {
  const table: GridTable = {
    name: 'T',
    sheetId: 's',
    area: { top: 3, left: 2, bottom: 5, right: 4 },
    headerRows: 1,
    totalsRows: 0,
    columns: ['a', 'b', 'c'],
  };
  const area = (what: Parameters<typeof shiftTables>[1]['what'], first: number, last: number) =>
    shiftTables([table], { sheetId: 's', what, first, last }).map((one) => [
      one.area.top,
      one.area.left,
      one.area.bottom,
      one.area.right,
      one.columns.join(),
    ]);

  it('after rows and columns came or went (which count from 0)', () => {
    expect(area('insert-rows', 0, 1)).toEqual([[5, 2, 7, 4, 'a,b,c']]);
    expect(area('insert-rows', 3, 3)).toEqual([[3, 2, 6, 4, 'a,b,c']]);
    expect(area('insert-rows', 5, 5)).toEqual([[3, 2, 5, 4, 'a,b,c']]);
    expect(area('remove-rows', 0, 0)).toEqual([[2, 2, 4, 4, 'a,b,c']]);
    expect(area('remove-rows', 3, 4)).toEqual([[3, 2, 3, 4, 'a,b,c']]);
    expect(area('remove-rows', 1, 8)).toEqual([]);
    expect(area('insert-columns', 2, 2)).toEqual([[3, 2, 5, 5, 'a,,b,c']]);
    expect(area('insert-columns', 1, 1)).toEqual([[3, 3, 5, 5, 'a,b,c']]);
    expect(area('remove-columns', 0, 1)).toEqual([[3, 1, 5, 2, 'b,c']]);
    expect(area('remove-columns', 3, 6)).toEqual([[3, 2, 5, 3, 'a,b']]);
  });

  it('grow by rows that are typed right below them, but not into another one', () => {
    const below = { ...table, name: 'U', area: { top: 8, left: 2, bottom: 9, right: 4 } };
    const typed = (rows: readonly number[], tables: readonly GridTable[] = [table]) =>
      grownTables(tables, 's', (row) => rows.includes(row)).map((one) => one.area.bottom);
    expect(typed([6, 7])).toEqual([7]);
    expect(typed([7])).toEqual([5]);
    expect(typed([6, 7, 8], [table, below])).toEqual([7, 9]);
    expect(typed([6], [{ ...table, totalsRows: 1 }])).toEqual([5]);
  });
});
