import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCells } from '../../src/engine/edits/sheetColumn.ts';
import { columnValue, Kind, type SheetColumn, uniformOf } from '../../src/exact/column.ts';
import { type ColumnBuilder, columnBuilder } from '../../src/exact/columnBuilder.ts';
import { cellRational } from '../../src/exact/decimal.ts';
import { integer } from '../../src/exact/rational.ts';
import { numberValue, type Value } from '../../src/exact/value.ts';
import { keyProblems } from '../../src/rules/keys.ts';

/** Numbers that count up are put down from the 65th on only when they are asked for. */
const ALL = { numbers: true, blanks: true };
const counting = (first: number, rows: number): number[] => Array.from({ length: rows }, (_, i) => first + i);

/** Whether a column puts its numbers down only when it is asked for them. */
const waits = (column: SheetColumn): boolean =>
  Object.getOwnPropertyDescriptor(column, 'payload')?.get !== undefined;

/** A column that must not be asked for its numbers. */
const unread = (column: SheetColumn): SheetColumn =>
  new Proxy(column, {
    get(target, name, receiver) {
      if (name === 'payload') throw new Error('the numbers were put down');
      return Reflect.get(target, name, receiver);
    },
  });

function built(cells: readonly unknown[], cut = cells.length, expected = cells.length): SheetColumn {
  const builder = columnBuilder(expected);
  const rows = cells.map((cell) => [cell]);
  builder.cells(rows, 0, 0, cut, ALL);
  builder.cells(rows, 0, cut, rows.length, ALL);
  return builder.finish();
}

function push(builder: ColumnBuilder, cell: unknown): void {
  if (typeof cell === 'number') builder.double(cell);
  else if (typeof cell === 'boolean') builder.logical(cell);
  else if (cell === '') builder.blank();
  else builder.text(String(cell));
}

function meant(cell: unknown): Value {
  if (typeof cell === 'number') return numberValue(cellRational(cell));
  if (typeof cell === 'boolean') return { kind: 'logical', value: cell };
  return cell === '' ? { kind: 'blank' } : { kind: 'text', value: String(cell) };
}

describe('a column of numbers that count up', () => {
  it('has them, their bound and kinds, without putting them down before', () => {
    const column = built(counting(7, 100));
    expect(waits(column)).toBe(true);
    expect(column).toMatchObject({ length: 100, scale: 0, bound: 106, texts: [] });
    expect(uniformOf(unread(column))).toMatchObject({ only: Kind.NUMBER, rising: true, index: null });
    expect(columnValue(unread(column), 99)).toEqual(numberValue(integer(106)));
    expect([...column.kinds]).toEqual(counting(0, 100).fill(Kind.NUMBER));
    expect(column.payload).toEqual(Uint8Array.from(counting(7, 100)));
    expect(column.payload).toBe(column.payload);
    expect(uniformOf(column)?.payload).toBe(column.payload);
  });

  it('takes the room that its last number needs', () => {
    expect(built(counting(0, 257)).payload).toEqual(Uint16Array.from(counting(0, 257)));
    expect(built(counting(-3, 90)).payload).toEqual(Int32Array.from(counting(-3, 90)));
    expect(built(counting(-3, 90)).bound).toBe(86);
    expect(built(counting(-300, 90)).bound).toBe(300);
    const large = 2 ** 31 - 50;
    expect(built(counting(large, 90)).payload).toEqual(Float64Array.from(counting(large, 90)));
  });

  it('may be the key of a table without being put down', () => {
    const data = unread(built(counting(1, 100)));
    const columns = [{ heading: 'Id', column: 1, data }];
    const sheetRows = Uint32Array.from(counting(2, 100));
    const table = { name: 'T', sheet: 'T', columns, rows: 100, sheetRows, headingRow: 1 };
    expect(keyProblems(table, 0)).toEqual([]);
  });

  it('still waits where blank rows follow that are none of the table', () => {
    const builder = columnBuilder(200);
    const rows = [...counting(1, 100), '', ''].map((cell) => [cell]);
    expect(builder.cells(rows, 0, 0, rows.length, { numbers: true, blanks: false })).toBe(100);
    expect(builder.cells(rows, 0, 50, 60, { numbers: false, blanks: false })).toBe(50);
    expect(waits(builder.finish())).toBe(true);
  });

  it('is put down where there are few, or where sixteen digits would be', () => {
    expect(waits(built(counting(1, 63)))).toBe(false);
    const first = 999_999_999_999_930;
    const column = built(counting(first, 100));
    expect(waits(column)).toBe(false);
    // A double shows fifteen digits: the last of sixteen is 0.
    expect(columnValue(column, 71)).toEqual(numberValue(integer(1_000_000_000_000_000)));
  });

  it.each<[string, readonly unknown[]]>([
    ['numbers of which the last is where it would be', [0, ...Array(62).fill(5), 63, 64]],
    ['hundredths, then a whole number', [...counting(1, 64).map((k) => k / 100), 65]],
    ['a blank where 0 would be', [-1, '', ...counting(1, 62), 63]],
    ['a text that reads like the next number', [...counting(1, 64), '65', 66]],
    ['a blank where 0 would be, late', [...counting(-64, 64), '', 1]],
    ['FALSE where 0 would be', [...counting(-64, 64), false, 1]],
    ['the next but one', [...counting(1, 64), 66]],
    ['one before the first', [...counting(1, 64), 0]],
  ])('is none: %s', (_, cells) => {
    const column = built(cells);
    expect(cells.map((_cell, row) => columnValue(column, row))).toEqual(cells.map(meant));
    const single = columnBuilder();
    for (const cell of cells) push(single, cell);
    const other = single.finish();
    expect(cells.map((_cell, row) => columnValue(other, row))).toEqual(cells.map(meant));
  });

  it('is none where they are days', () => {
    const builder = columnBuilder();
    for (const ms of counting(0, 64)) builder.date(ms);
    builder.double(64);
    const column = builder.finish();
    expect(columnValue(column, 1)).toMatchObject({ kind: 'date', ms: integer(1) });
    expect(columnValue(column, 64)).toEqual(numberValue(integer(64)));
  });

  it('is known in a copy, but not where the copy has others', () => {
    const column = built(counting(1, 100));
    expect(uniformOf({ ...column })?.only).toBe(Kind.NUMBER);
    expect(uniformOf({ ...column, payload: column.payload.slice() })).toBeNull();
    expect(uniformOf({ ...column, kinds: column.kinds.slice() })).toBeNull();
  });

  it('can be edited', () => {
    const column = built(counting(1, 100));
    const edited = withCells(column, new Map([[70, { kind: 'number', value: integer(5) }]]));
    expect(columnValue(edited, 70)).toEqual(numberValue(integer(5)));
    expect(Array.from(edited.payload)).toEqual(counting(1, 100).with(70, 5));
    expect(Array.from(column.payload)).toEqual(counting(1, 100));
  });

  it('is what it would be without counting, whatever comes after, in one go or one by one', () => {
    let broken = 0;
    const other = fc.oneof(
      fc.constantFrom<unknown>('', 'a', '65', true, false, 0.5, -0, 1e15, 2 ** 40, -1),
      fc.integer({ min: 0, max: 300 }),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer({ min: -200, max: 200 }),
          fc.constantFrom(2 ** 16 - 90, 2 ** 31 - 90, -(2 ** 31) - 9),
        ),
        fc.integer({ min: 60, max: 150 }),
        fc.array(other, { maxLength: 3 }),
        fc.nat(10),
        fc.nat(170),
        fc.nat(170),
        (first, rows, others, more, cut, expected) => {
          const cells = [...counting(first, rows), ...others, ...counting(first + rows, more)];
          if (rows > 64 && others.length > 0) broken++;
          const single = columnBuilder(expected);
          for (const cell of cells) push(single, cell);
          const plain = ({ uniform, payload, ...rest }: SheetColumn) => {
            return { ...rest, payload: Array.from(payload), only: uniform?.only, rising: uniform?.rising };
          };
          const column = built(cells, Math.min(cut, cells.length), expected);
          expect(plain(column)).toEqual(plain(single.finish()));
          expect(cells.map((_, row) => columnValue(column, row))).toEqual(cells.map(meant));
        },
      ),
      { numRuns: Number(process.env.ALLOT_RUNS ?? 500) },
    );
    expect(broken).toBeGreaterThan(100);
  });
});
