import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { BookChange, CellAddress, LiveBook } from '../../src/workbook/live.ts';
import type { SheetTable, TableRow } from '../../src/workbook/port.ts';
import { withRows } from '../../src/workbook/tableRows.ts';
import type { LiveRoom } from './liveContract.ts';
import { BOOK, output, type PlainCell, plainRows, results } from './workbookContract.ts';

const at = (sheet: string, row: number, column: number): CellAddress => ({ sheet, row, column });

const kept = (was: number): TableRow => ({ was, cells: [null, null, null, null, null] });
const fresh = (...cells: readonly PlainCell[]): TableRow => ({ was: null, cells: cells.map(output) });

/** Its rows: E1, E2, E3, E4; the sheet has a blank one after the second. */
const STAFF = (BOOK.tables[0]?.rows ?? []).filter((row) => row.some((cell) => cell !== null));

/** What every open workbook has to do with tables that get other rows: a part of `liveContract`. */
export function tableRowsContract(get: () => LiveRoom): void {
  describe('rows of a table', () => {
    let book: LiveBook;
    let room: LiveRoom;
    beforeEach(() => {
      room = get();
      book = room.book;
    });

    async function table(name = 'Staff'): Promise<SheetTable> {
      const [found] = (await (await book.open()).read([name])).tables;
      if (found === undefined) throw new Error(`no table ${name}`);
      return found;
    }
    const put = (rows: readonly TableRow[], name = 'Staff') =>
      book.write({ tables: [{ table: name, rows }] });

    it('change, come and go, each cell of the kind that it is', async () => {
      const changed: TableRow = {
        was: 1,
        cells: [null, output({ n: '17.25' }), output({ d: '2026-02-01' }), null, output({ t: '=2+2' })],
      };
      const more = fresh({ t: '00123' }, { n: '5' }, { d: '2026-03-01T08:15:00' }, { b: true }, null);
      const written = await put([kept(0), changed, more, kept(3)]);
      expect(written).toEqual([expect.objectContaining({ asked: 'Staff', sheet: 'Staff', replaced: true })]);
      const now = await table();
      expect(plainRows(now)).toEqual([
        STAFF[0],
        [{ t: 'E2' }, { n: '17.25' }, { d: '2026-02-01' }, { b: false }, { t: '=2+2' }],
        [{ t: '00123' }, { n: '5' }, { d: '2026-03-01T08:15:00' }, { b: true }, null],
        STAFF[3],
      ]);
      // Without gaps, and nothing is left over below.
      expect([...now.sheetRows]).toEqual([2, 3, 4, 5]);
      expect(await room.cell(at('Staff', 6, 1))).toBeNull();
      expect(plainRows(await table('工单'))).toEqual(BOOK.tables[1]?.rows);
    });

    it('may be none, and some again', async () => {
      await put([]);
      expect((await table()).rows).toBe(0);
      await put([fresh({ t: 'E9' }, { n: '1' }, { d: '2026-01-01' }, null, null)]);
      expect(plainRows(await table())).toEqual([[{ t: 'E9' }, { n: '1' }, { d: '2026-01-01' }, null, null]]);
      await put([fresh({ t: 'x' }, { t: 'y' })], 'empty');
      expect(plainRows(await table('Empty'))).toEqual([[{ t: 'x' }, { t: 'y' }]]);
    });

    it('read as the rows that were written say', async () => {
      const text = fc.constantFrom('x', '=1', '1/2', 'TRUE', '00', "'", '2026-01-01');
      const cell: fc.Arbitrary<PlainCell> = fc.oneof(
        text.map((t) => ({ t })),
        fc.integer({ min: -9999, max: 9999 }).map((n) => ({ n: String(n) })),
        fc.integer({ min: 1, max: 28 }).map((day) => ({ d: `2026-02-${String(day).padStart(2, '0')}` })),
        fc.boolean().map((b) => ({ b })),
        fc.constant(null),
      );
      // The first cell is never blank: a blank row is none.
      const cells = fc.tuple(
        text.map((t) => ({ t })),
        cell,
        cell,
        cell,
        cell,
      );
      const row = fc.record({ was: fc.nat({ max: 6 }), kept: fc.boolean(), cells });
      await fc.assert(
        fc.asyncProperty(fc.array(row, { maxLength: 6 }), async (rows) => {
          const before = await table();
          const wanted = rows.map(({ was, kept: stays, cells: given }): TableRow => {
            const from = was < before.rows ? was : null;
            return from !== null && stays ? kept(from) : { was: from, cells: given.map(output) };
          });
          await put(wanted);
          expect(plainRows(await table())).toEqual(plainRows(withRows(before, wanted)));
        }),
        { numRuns: 15 },
      );
    });

    it('come with sheets and texts of ours in one go', async () => {
      const written = await book.write({
        sheets: results(2),
        parts: [{ name: 'record-1', text: 'x' }],
        tables: [{ table: 'Staff', rows: [kept(0)] }],
      });
      expect(written.map(({ asked }) => asked)).toEqual(['Staff', 'Allot Staff']);
      expect(plainRows(await table())).toEqual([STAFF[0]]);
      expect((await book.ours('Allot Staff'))?.rows).toBe(2);
      expect(await book.part('record-1')).toBe('x');
    });

    it('are told of as changes of their sheet', async () => {
      const changes: BookChange[] = [];
      const stop = book.watch((change) => changes.push(change));
      await book.open();
      await put([kept(1)]);
      await vi.waitFor(() =>
        expect(changes.some(({ sheets }) => sheets === null || sheets.includes('Staff'))).toBe(true),
      );
      stop();
    });

    it('are refused where a cell of the table has a formula, and nothing is written', async () => {
      await room.type(at('Staff', 3, 2), { f: '=1+1' });
      const change = book.write({
        sheets: results(2),
        parts: [{ name: 'record-1', text: 'x' }],
        tables: [
          { table: '工单', rows: [fresh({ t: '1' }, { t: '2' })] },
          { table: 'Staff', rows: [kept(0)] },
        ],
      });
      await expect(change).rejects.toMatchObject({
        problem: { code: 'file', reason: 'formula-cell', detail: 'Staff!B3' },
      });
      expect((await table()).rows).toBe(4);
      expect(plainRows(await table('工单'))).toEqual(BOOK.tables[1]?.rows);
      expect(await book.ours('Allot Staff')).toBeNull();
      expect(await book.part('record-1')).toBeNull();
    });

    it('are refused for a table that is not there', async () => {
      await expect(put([], 'Nowhere')).rejects.toMatchObject({
        problem: { code: 'file', reason: 'missing' },
      });
    });

    it('stop where they are told to, and have changed nothing', async () => {
      const stop = new AbortController();
      stop.abort(new Error('enough'));
      const change = { tables: [{ table: 'Staff', rows: [kept(1)] }] };
      await expect(book.write(change, { signal: stop.signal })).rejects.toThrow('enough');
      expect(plainRows(await table())).toEqual(STAFF);
    });

    it('say how far they are', async () => {
      const seen: [number, number][] = [];
      await book.write(
        { tables: [{ table: 'Staff', rows: [kept(1), kept(0)] }] },
        { report: (done, total) => seen.push([done, total]) },
      );
      const [done, total] = seen.at(-1) ?? [0, 1];
      expect(done).toBe(total);
    });
  });
}

/** Which hosts draw charts: a part of `liveContract`. */
export function chartContract(get: () => LiveRoom, draws: boolean): void {
  it(`sheets are written ${draws ? 'with' : 'without'} their charts, which the host says`, async () => {
    const { book, charts } = get();
    expect(book.charts).toBe(draws);
    const titled = (title: string) => ({ kind: 'bars' as const, title, x: 0, series: [{ column: 1 }] });
    const draw = (rows: number, ...titles: readonly string[]) =>
      book.writeSheets(results(rows).map((one) => ({ ...one, charts: titles.map(titled) })));
    await draw(3, 'One & all', '图');
    expect(await charts()).toEqual(draws ? ['One & all', '图'] : []);
    await draw(2, 'Other');
    expect(await charts()).toEqual(draws ? ['Other'] : []);
    expect((await book.ours('Allot Staff'))?.rows).toBe(2);
  });
}
