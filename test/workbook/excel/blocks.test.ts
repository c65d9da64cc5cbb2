import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnValue, Kind, type SheetColumn } from '../../../src/exact/column.ts';
import { eachCellOf, rowsOfBlock } from '../../../src/workbook/excel/blocks.ts';
import { cellMeaning, type ExcelCell, isBlank } from '../../../src/workbook/excel/cells.ts';
import { regionsOf, tableReader } from '../../../src/workbook/tableReading.ts';

interface Cell {
  readonly value: unknown;
  readonly type: string;
  readonly format: string;
}

const cell: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -5, max: 70_000 }).map(general) },
  { weight: 3, arbitrary: fc.constantFrom(0.5, 12.25, 1e-9, 2 ** 40).map(general) },
  { weight: 4, arbitrary: fc.constantFrom('E1', 'E2', 'front', '#tag', '').map(general) },
  { weight: 2, arbitrary: fc.boolean().map(general) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Cell>(
      { value: 46_112, type: 'Double', format: 'yyyy-mm-dd' },
      { value: 46_112.5, type: 'Double', format: 'm/d/yy h:mm' },
      { value: -1, type: 'Double', format: 'yyyy-mm-dd' },
      { value: 3, type: 'Double', format: '0.00' },
      { value: '7', type: 'String', format: '@' },
      { value: '#N/A', type: 'Error', format: 'General' },
      { value: '#N/A', type: 'String', format: 'General' },
    ),
  },
);

function general(value: number | string | boolean): Cell {
  const type = typeof value === 'number' ? 'Double' : typeof value === 'boolean' ? 'Boolean' : 'String';
  return { value, type: value === '' ? 'Empty' : type, format: 'General' };
}

const row: fc.Arbitrary<readonly Cell[]> = fc.array(cell, { minLength: 3, maxLength: 3 });
const blankRow: fc.Arbitrary<readonly Cell[]> = fc.constant([general(''), general(''), general('')]);

/** Columns mostly hold cells of one sort, with another one here and there. */
const sheet = fc
  .record({
    usual: row,
    times: fc.constantFrom(1, 70, 1100),
    others: fc.array(fc.tuple(fc.nat(1200), fc.oneof(row, blankRow)), { maxLength: 12 }),
  })
  .map(({ usual, times, others }) => {
    const rows = Array.from({ length: times }, () => usual);
    for (const [at, other] of others) rows.splice(at % (rows.length + 1), 0, other);
    return rows;
  });

const HEADINGS = ['A', 'B', 'C'].map((text, i) => ({ column: i + 1, text }));

function reading(rows: number) {
  const meaning = cellMeaning(false);
  const reader = tableReader<Readonly<ExcelCell>>(
    regionsOf({ name: 'Sheet', tables: [] }, HEADINGS),
    {
      isBlank,
      push: (builder, { value, type, format }) => meaning.push(builder, value, type, format),
      disorder: () => new Error('disorder'),
    },
    rows,
  );
  return { meaning, reader };
}

const plain = ({ payload, kinds, uniform, wide, ...rest }: SheetColumn) => ({
  ...rest,
  wide: [...wide],
  only: uniform?.only,
  payload: Array.from(payload),
  kinds: Array.from(kinds),
});

test('blocks are read as their cells are one by one, and as these mean', () => {
  fc.assert(
    fc.property(sheet, fc.integer({ min: 1, max: 700 }), (rows, height) => {
      const whole = reading(rows.length);
      const single = reading(1);
      for (let top = 0; top < rows.length; top += height) {
        const part = rows.slice(top, top + height);
        const block = {
          top: top + 2,
          left: 1,
          values: part.map((cells) => cells.map(({ value }) => value)),
          types: part.map((cells) => cells.map(({ type }) => type)),
          formats: part.map((cells) => cells.map(({ format }) => format)),
          formulas: [],
        };
        whole.reader.takeRows(rowsOfBlock(block, whole.meaning));
        eachCellOf(block, (one) => single.reader.take(one));
      }
      const [a] = whole.reader.finish();
      const [b] = single.reader.finish();
      expect(a?.rows).toBe(b?.rows);
      expect(Array.from(a?.sheetRows ?? [])).toEqual(Array.from(b?.sheetRows ?? []));
      const there = rows.filter((cells) => cells.some(({ value }) => value !== ''));
      expect(a?.rows).toBe(there.length);
      a?.columns.forEach(({ data }, column) => {
        expect(plain(data)).toEqual(plain(b?.columns[column]?.data ?? data));
        there.forEach((cells, at) => {
          const { value, type, format } = cells[column] ?? general('');
          const kind = columnValue(data, at)?.kind ?? 'error';
          if (type === 'Error') expect(kind).toBe('error');
          else if (value === '') expect(kind).toBe('blank');
          else if (typeof value === 'string') expect(kind).toBe('text');
          else if (typeof value === 'boolean') expect(kind).toBe('logical');
          else expect(kind).toBe(/y/.test(format) && Number(value) >= 0 ? 'date' : 'number');
        });
        expect(data.kinds.length).toBe(there.length);
        expect(data.kinds.every((kind) => kind <= Kind.WIDE)).toBe(true);
      });
    }),
    { numRuns: Math.min(200, Number(process.env.ALLOT_RUNS ?? 100)) },
  );
});
