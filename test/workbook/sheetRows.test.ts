import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sheetRows } from '../../src/workbook/sheetRows.ts';

test('the rows of a table are those that were added, with gaps and without', () => {
  const runs = fc.array(fc.tuple(fc.nat(3), fc.nat(4)), { maxLength: 12 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), runs, (top, steps) => {
      const rows = sheetRows();
      const all: number[] = [];
      let next = top;
      for (const [gap, count] of steps) {
        next += gap;
        rows.add(next, count);
        for (let i = 0; i < count; i++) all.push(next + i);
        next += count;
        expect([rows.count, rows.last]).toEqual([all.length, all.at(-1) ?? 0]);
      }
      const table = rows.finish();
      expect([table.rows, [...table.sheetRows]]).toEqual([all.length, all]);
      expect(table.sheetRows).toBe(table.sheetRows);
    }),
  );
});
