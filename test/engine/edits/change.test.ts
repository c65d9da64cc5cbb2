import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CellContent, changesBetween, editedWorkbook } from '../../../src/engine/edits/index.ts';
import { columnValue, Kind, uniformOf } from '../../../src/exact/column.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { rational } from '../../../src/exact/rational.ts';
import { placeOfText } from '../../../src/exact/textIndex.ts';
import { BLANK, dateValue, logicalValue, numberValue, textValue } from '../../../src/exact/value.ts';
import type { SheetTable, Workbook } from '../../../src/workbook/port.ts';
import { book, type Cell } from '../../support/book.ts';

const sheetOf = (workbook: Workbook): SheetTable => {
  const [table] = workbook.tables;
  if (table === undefined) throw new Error('no table');
  return table;
};

const tableOf = (rows: readonly (readonly Cell[])[]): Workbook => book({ T: [['k', 'x', 'y'], ...rows] });

/** The workbook with copies of its columns, as they are sent to a worker. */
const copied = (workbook: Workbook): Workbook => structuredClone(workbook);

/** The cells of a column as text. */
function shown(workbook: Workbook, column: number): readonly string[] {
  const data = sheetOf(workbook).columns[column]?.data;
  if (data === undefined) return [];
  return Array.from({ length: data.length }, (_, row) => {
    const value = columnValue(data, row);
    if (value === null) return `error ${data.texts[data.payload[row] ?? 0]}`;
    return value.kind === 'number'
      ? exactText(value.value)
      : JSON.stringify(value, (_k, x) => (typeof x === 'bigint' ? `${x}` : x));
  });
}

describe('changesBetween', () => {
  const before = tableOf([
    ['a', 1, 'red'],
    ['b', 2.5, 'blue'],
    ['c', null, { error: '#N/A' }],
  ]);

  test('nothing has changed, though the table was read again', () => {
    const again = tableOf([
      ['a', 1, 'red'],
      ['b', 2.5, 'blue'],
      ['c', null, { error: '#N/A' }],
    ]);
    expect(changesBetween(sheetOf(before), sheetOf(again), 0)).toEqual({ table: 0, cells: [] });
  });

  test('cells of every kind, whatever the decimals and texts of the others are', () => {
    const after = tableOf([
      // One more decimal gives the whole column another scale.
      ['a', 1, 'green'],
      ['b', 2.25, 'blue'],
      ['c', { date: '2026-01-31' }, '#N/A'],
    ]);
    expect(changesBetween(sheetOf(before), sheetOf(after), 3)).toEqual({
      table: 3,
      cells: [
        { row: 1, column: 1, value: numberValue(rational(9n, 4n)) },
        { row: 2, column: 1, value: dateValue({ n: BigInt(Date.UTC(2026, 0, 31)), d: 1n }) },
        { row: 0, column: 2, value: textValue('green') },
        { row: 2, column: 2, value: textValue('#N/A') },
      ],
    });
  });

  test('another spelling is a change', () => {
    const after = tableOf([
      ['A', 1, 'red'],
      ['b', 2.5, 'blue'],
      ['c', null, { error: '#N/A' }],
    ]);
    expect(changesBetween(sheetOf(before), sheetOf(after), 0)?.cells).toEqual([
      { row: 0, column: 0, value: textValue('A') },
    ]);
  });

  test('rows or columns that come or go are no list of cells', () => {
    const more = tableOf([
      ['a', 1, 'red'],
      ['b', 2.5, 'blue'],
      ['c', null, { error: '#N/A' }],
      ['d', 1, 'red'],
    ]);
    expect(changesBetween(sheetOf(before), sheetOf(more), 0)).toBeNull();
    const renamed = book({
      T: [
        ['k', 'x', 'z'],
        ['a', 1, 'red'],
        ['b', 2.5, 'blue'],
        ['c', null, 'x'],
      ],
    });
    expect(changesBetween(sheetOf(before), sheetOf(renamed), 0)).toBeNull();
  });
});

describe('editedWorkbook', () => {
  const CELLS: readonly (readonly [Cell, CellContent])[] = [
    [null, BLANK],
    [3, numberValue(rational(3n))],
    [0.125, numberValue(rational(1n, 8n))],
    [{ number: '90071992547409.91' }, numberValue(rational(9007199254740991n, 100n))],
    [{ number: '0.000000000000001' }, numberValue(rational(1n, 10n ** 15n))],
    [{ number: '12345678901234567890.5' }, numberValue(rational(24691357802469135781n, 2n))],
    ['a', textValue('a')],
    ['b', textValue('b')],
    ['#N/A', textValue('#N/A')],
    [{ error: '#N/A' }, { kind: 'error', code: '#N/A' }],
    [true, logicalValue(true)],
    [{ date: '2026-03-31' }, dateValue({ n: BigInt(Date.UTC(2026, 2, 31)), d: 1n })],
  ];

  test('holds what a book read with these cells holds, and the old one what it held', () => {
    const cell = fc.nat({ max: CELLS.length - 1 });
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1, maxLength: 12 }),
        fc.array(fc.tuple(fc.nat({ max: 11 }), cell), { maxLength: 6 }),
        (start, edits) => {
          const now = [...start];
          const of = (list: readonly number[]): Workbook =>
            tableOf(list.map((i, row) => [`k${row}`, CELLS[i]?.[0] ?? null, 1]));
          const first = of(start);
          let edited = first;
          const versions: [Workbook, readonly number[]][] = [[first, start]];
          for (const [at, i] of edits) {
            const row = at % start.length;
            now[row] = i;
            const value = CELLS[i]?.[1] ?? BLANK;
            edited = editedWorkbook(edited, [{ table: 0, cells: [{ row, column: 1, value }] }]);
            versions.push([edited, [...now]]);
          }
          // None of them has become another one, in whatever order they are looked at.
          for (const [version, list] of versions.reverse()) {
            expect(shown(version, 1)).toEqual(shown(of(list), 1));
            const column = sheetOf(version).columns[1]?.data;
            if (column === undefined) throw new Error('no column');
            expect(shown(copied(version), 1)).toEqual(shown(of(list), 1));
            const only = uniformOf(column)?.only;
            if (only !== undefined) expect(new Set(column.kinds)).toEqual(new Set([only]));
            const index = uniformOf(column)?.index ?? null;
            if (index !== null)
              expect(column.texts.map((text) => placeOfText(index, text))).toEqual([...column.texts.keys()]);
            expect(uniformOf({ ...column, payload: new Float64Array(column.payload) })).toBeNull();
          }
          const expected = of(now);
          expect(shown(edited, 1)).toEqual(shown(expected, 1));
          expect(shown(first, 1)).toEqual(shown(of(start), 1));
          expect(changesBetween(sheetOf(expected), sheetOf(edited), 0)?.cells).toEqual([]);
          const data = sheetOf(edited).columns[1]?.data;
          const other = sheetOf(expected).columns[1]?.data;
          // Every text once, none that no cell has; no number beyond the bound.
          expect([...(data?.texts ?? [])].sort()).toEqual([...(other?.texts ?? [])].sort());
          data?.payload.forEach((k, row) => {
            if (data.kinds[row] === Kind.NUMBER) expect(Math.abs(k)).toBeLessThanOrEqual(data.bound);
          });
        },
      ),
      { numRuns: Number(process.env.ALLOT_RUNS ?? 1000) },
    );
  });

  test('a column of texts still knows where they are, also with a text that it had not', () => {
    let edited = tableOf([
      ['a', 'red', 1],
      ['b', 'blue', 1],
      ['c', 'blue', 1],
    ]);
    const known = (value: string, row: number) => {
      edited = editedWorkbook(edited, [{ table: 0, cells: [{ row, column: 1, value: textValue(value) }] }]);
      const column = sheetOf(edited).columns[1]?.data;
      const index = column === undefined ? null : (uniformOf(column)?.index ?? null);
      return index === null ? null : ['red', 'green', 'blue'].map((text) => placeOfText(index, text));
    };
    expect(known('red', 1)).toEqual([0, -1, 1]);
    expect(known('green', 1)).toEqual([0, 2, 1]);
    // Nobody has red any more: the last one takes its place.
    expect(known('blue', 0)).toEqual([-1, 0, 1]);
  });

  test('no such row, column or table', () => {
    const edit = (table: number, row: number, column: number) => () =>
      editedWorkbook(tableOf([['a', 1, 2]]), [{ table, cells: [{ row, column, value: BLANK }] }]);
    expect(edit(0, 1, 1)).toThrow(RangeError);
    expect(edit(0, 0, 3)).toThrow(RangeError);
    expect(edit(1, 0, 0)).toThrow(RangeError);
  });
});
