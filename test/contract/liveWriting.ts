import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CellAddress, LiveBook } from '../../src/workbook/live.ts';
import type { OutputSheet } from '../../src/workbook/port.ts';
import type { LiveRoom } from './liveContract.ts';
import { BOOK, output, plain, plainRows, results } from './workbookContract.ts';

const at = (sheet: string, row: number, column: number): CellAddress => ({ sheet, row, column });

/** What every open workbook has to do with result sheets, and with what else is kept of ours: a part of `liveContract`. */
export function writingContract(get: () => LiveRoom, calculates: boolean): void {
  describe('result sheets', () => {
    let book: LiveBook;
    let room: LiveRoom;
    beforeEach(() => {
      room = get();
      book = room.book;
    });

    it('adds them, each cell of the kind that it is', async () => {
      const written = await book.writeSheets(results(5));
      expect(written).toEqual([
        expect.objectContaining({
          asked: 'Allot Staff',
          sheet: 'Allot Staff',
          ref: 'A1:D6',
          replaced: false,
        }),
      ]);
      expect(await grid(room, 'Allot Staff', 7, 5)).toEqual(expectedGrid(results(5), 7, 5));
      await sameTables(book);
    });

    it('rewrites them in place: shorter, longer, with other headings', async () => {
      const [first] = await book.writeSheets(results(7));
      const sizes = [3, 12];
      for (const size of sizes) {
        const written = await book.writeSheets(results(size));
        expect(written).toEqual([{ ...first, ref: `A1:D${size + 1}`, replaced: true }]);
        expect(await grid(room, 'Allot Staff', 14, 5)).toEqual(expectedGrid(results(size), 14, 5));
      }
      const other = narrower(results(4));
      const written = await book.writeSheets(other);
      expect(written).toEqual([{ ...first, ref: 'A1:C5', replaced: true }]);
      expect(await grid(room, 'Allot Staff', 14, 5)).toEqual(expectedGrid(other, 14, 5));
      await sameTables(book);
    });

    it('keeps a row under the headings where there are no results', async () => {
      await book.writeSheets(results(0));
      expect(await grid(room, 'Allot Staff', 3, 5)).toEqual(expectedGrid(results(0), 3, 5));
      const [written] = await book.writeSheets(results(2));
      expect(written).toMatchObject({ ref: 'A1:D3', replaced: true });
    });

    it('writes several at once, and gives names that a sheet can have', async () => {
      const [one] = results(2);
      if (one === undefined) throw new Error('no result');
      const long = `Allot ${'x'.repeat(40)}`;
      const sheets = [one, { ...one, name: long }, { ...one, name: 'Allot a/b' }];
      const written = await book.writeSheets(sheets);
      expect(written.map((sheet) => [sheet.asked, sheet.sheet])).toEqual([
        ['Allot Staff', 'Allot Staff'],
        [long, `Allot ${'x'.repeat(25)}`],
        ['Allot a/b', 'Allot a_b'],
      ]);
      const again = await book.writeSheets(sheets);
      expect(again.map((sheet) => [sheet.sheet, sheet.replaced])).toEqual([
        ['Allot Staff', true],
        [`Allot ${'x'.repeat(25)}`, true],
        ['Allot a_b', true],
      ]);
    });

    it.runIf(calculates)('a formula that refers to a result goes on holding', async () => {
      await book.writeSheets(results(4));
      await room.type(at('工单', 1, 6), { f: "='Allot Staff'!B2" });
      expect(await room.cell(at('工单', 1, 6))).toEqual({ n: '0.25' });
      const [sheet] = results(2);
      if (sheet === undefined) throw new Error('no result');
      const rows = sheet.rows.map((row) =>
        [row[0], output({ n: '8.5' }), row[2], row[3]].flatMap((c) => c ?? []),
      );
      await book.writeSheets([{ ...sheet, rows }]);
      await vi.waitFor(async () => expect(await room.cell(at('工单', 1, 6))).toEqual({ n: '8.5' }));
    });

    it('stops where it is told to, and has changed nothing', async () => {
      await book.writeSheets(results(3));
      const stop = new AbortController();
      stop.abort(new Error('enough'));
      await expect(book.writeSheets(results(9), { signal: stop.signal })).rejects.toThrow('enough');
      expect(await grid(room, 'Allot Staff', 11, 5)).toEqual(expectedGrid(results(3), 11, 5));
    });

    it('says how far it is', async () => {
      const seen: [number, number][] = [];
      await book.writeSheets(results(3), { report: (done, total) => seen.push([done, total]) });
      const [done, total] = seen[seen.length - 1] ?? [0, 1];
      expect(done).toBe(total);
    });
  });

  describe('what is kept of ours', () => {
    let book: LiveBook;
    let room: LiveRoom;
    beforeEach(() => {
      room = get();
      book = room.book;
    });

    it('reads a sheet of ours like any other, in any case', async () => {
      expect(await book.ours('Allot Staff')).toBeNull();
      await book.writeSheets(results(3));
      const table = await book.ours('allot staff');
      const [sheet] = results(3);
      expect(table?.columns.map(({ heading }) => heading)).toEqual(sheet?.columns.map((one) => one.heading));
      expect(table && plainRows(table)).toEqual(expectedGrid(results(3), 4, 4).slice(1));
      await room.type(at('Allot Staff', 3, 1), { t: 'changed' });
      const again = await book.ours('Allot Staff');
      expect(again && plainRows(again)[1]?.[0]).toEqual({ t: 'changed' });
      expect(await book.ours('Staff')).toBeNull();
    });

    it('keeps texts beside the sheets, puts others in their place and takes them away', async () => {
      expect(await book.part('record-1')).toBeNull();
      await book.write({
        parts: [
          { name: 'record-1', text: 'eJw=<&>"\n_x0041_ 中文' },
          { name: 'record-2', text: '' },
        ],
      });
      expect(await book.part('record-1')).toBe('eJw=<&>"\n_x0041_ 中文');
      expect(await book.part('record-2')).toBe('');
      expect(await book.part('record-11')).toBeNull();
      await book.write({
        parts: [
          { name: 'record-1', text: 'other' },
          { name: 'record-2', text: null },
        ],
      });
      expect(await book.part('record-1')).toBe('other');
      expect(await book.part('record-2')).toBeNull();
    });

    it('writes sheets and texts in one go', async () => {
      const seen: [number, number][] = [];
      const written = await book.write(
        { sheets: results(2), parts: [{ name: 'record-1', text: 'x' }] },
        { report: (done, total) => seen.push([done, total]) },
      );
      expect(written).toEqual([
        expect.objectContaining({ sheet: 'Allot Staff', ref: 'A1:D3', replaced: false }),
      ]);
      expect(await grid(room, 'Allot Staff', 4, 5)).toEqual(expectedGrid(results(2), 4, 5));
      expect(await book.part('record-1')).toBe('x');
      const [done, total] = seen[seen.length - 1] ?? [0, 1];
      expect(done).toBe(total);
      expect(await book.write({})).toEqual([]);
      await sameTables(book);
    });

    it('stops where it is told to, and has written neither', async () => {
      await book.write({ sheets: results(3), parts: [{ name: 'record-1', text: 'x' }] });
      const stop = new AbortController();
      stop.abort(new Error('enough'));
      const more = { sheets: results(9), parts: [{ name: 'record-1', text: 'y' }] };
      await expect(book.write(more, { signal: stop.signal })).rejects.toThrow('enough');
      expect(await grid(room, 'Allot Staff', 11, 5)).toEqual(expectedGrid(results(3), 11, 5));
      expect(await book.part('record-1')).toBe('x');
    });
  });
}

/** That the tables that are not ours are what they were. */
async function sameTables(book: LiveBook): Promise<void> {
  const { tables } = await (await book.open()).read();
  expect(tables.map((table) => table.name).sort()).toEqual(BOOK.tables.map((one) => one.name).sort());
  for (const wanted of BOOK.tables) {
    const table = tables.find((one) => one.name === wanted.name);
    expect(table && plainRows(table)).toEqual(wanted.rows.filter((row) => row.some((cell) => cell !== null)));
  }
}

/** Without the column `day`, `pay` under another heading. */
function narrower(sheets: readonly OutputSheet[]): OutputSheet[] {
  return sheets.map((sheet) => ({
    ...sheet,
    columns: sheet.columns.flatMap((column) =>
      column.heading === 'day' ? [] : [column.heading === 'pay' ? { ...column, heading: '工资' } : column],
    ),
    rows: sheet.rows.map((row) => row.filter((_, i) => i !== 2)),
  }));
}

async function grid(room: LiveRoom, sheet: string, rows: number, columns: number): Promise<unknown[][]> {
  const cells: unknown[][] = [];
  for (let row = 1; row <= rows; row++) {
    const line: unknown[] = [];
    for (let column = 1; column <= columns; column++) line.push(await room.cell(at(sheet, row, column)));
    cells.push(line);
  }
  return cells;
}

/** The first of these sheets as cells of `rows` by `columns`, blanks around it. A third is its double under 15 digits. */
function expectedGrid(sheets: readonly OutputSheet[], rows: number, columns: number): unknown[][] {
  const [sheet] = sheets;
  const lines: unknown[][] = [sheet?.columns.map((column) => ({ t: column.heading })) ?? []];
  for (const row of sheet?.rows ?? [])
    lines.push(
      row.map((cell) => {
        if (cell.kind !== 'number' || cell.value.d !== 3n) return plain(cell);
        return { n: '0.333333333333333' };
      }),
    );
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (__, j) => lines[i]?.[j] ?? null),
  );
}
