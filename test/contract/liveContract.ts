import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { columnValue } from '../../src/exact/column.ts';
import type { BookChange, CellAddress, LiveBook } from '../../src/workbook/live.ts';
import type { OutputSheet } from '../../src/workbook/port.ts';
import { chartContract, tableRowsContract } from './liveRows.ts';
import { ruleSheetContract } from './liveRules.ts';
import {
  BOOK,
  indented,
  output,
  type PlainBook,
  type PlainCell,
  plain,
  plainRows,
  readingContract,
  results,
  sourceText,
} from './workbookContract.ts';

/**
 * A host of live workbooks, for the suite below.
 *
 * `make` makes a plain book exist: each table on a sheet of its own, of the same name, headings in row 1 from A1 (an
 * Excel table of that name where the host has such); then a sheet `Rules` with the lines, one a row from row 1, in the
 * column of their depth; then a sheet `Settings` with row 1 blank, and from row 2 names in A and their values in B, each
 * cell of B with the defined name.
 */
export interface LiveHost {
  readonly name: string;
  /** Whether formulas that are typed are calculated at once. */
  readonly calculates: boolean;
  /** Whether sheets are written with their charts. */
  readonly charts: boolean;
  make(book: PlainBook): Promise<LiveRoom>;
}

/** An open book, and what a person does in it. */
export interface LiveRoom {
  readonly book: LiveBook;
  /** Types into a cell: a value, or a formula with its `=` (`{ f }`); null empties it. Text stays text, be it `=1`. */
  type(at: CellAddress, value: PlainCell | { readonly f: string }): Promise<void>;
  /** What a cell holds now: a date where its number stands under a date format, `{ e }` for an Excel error value. */
  cell(at: CellAddress): Promise<PlainCell | { readonly e: string }>;
  /** Adds an empty sheet at the end, as a person would. */
  addSheet(name: string): Promise<void>;
  /** The titles of all charts in the workbook. */
  charts(): Promise<readonly string[]>;
  close?(): Promise<void>;
}

const at = (sheet: string, row: number, column: number): CellAddress => ({ sheet, row, column });

/** What every open workbook has to do, whichever host it is in. */
export function liveContract(host: LiveHost): void {
  describe(`${host.name} as an open workbook`, () => {
    let room: LiveRoom;
    let book: LiveBook;
    beforeEach(async () => {
      room = await host.make(BOOK);
      book = room.book;
    });
    afterEach(() => room.close?.());

    describe('reading', () => {
      readingContract(() => book.open());

      it('reads the cells as they are when it is called, not as they were when it was opened', async () => {
        const reader = await book.open();
        await room.type(at('Staff', 2, 2), { n: '17.25' });
        const [staff] = (await reader.read(['Staff'])).tables;
        expect(staff && plainRows(staff)[0]?.[1]).toEqual({ n: '17.25' });
        await room.type(at('Staff', 2, 2), { n: '18' });
        const [again] = (await reader.read(['Staff'])).tables;
        expect(again && plainRows(again)[0]?.[1]).toEqual({ n: '18' });
        expect(staff && plainRows(staff)[0]?.[1]).toEqual({ n: '17.25' });
      });

      it('leaves out sheets of ours and those without headings', async () => {
        await room.addSheet('Allot Old');
        await room.type(at('Allot Old', 1, 1), { t: 'id' });
        await room.addSheet('Notes');
        await room.type(at('Notes', 1, 1), { n: '1' });
        const { tables } = await (await book.open()).read();
        expect(tables.map((table) => table.name).sort()).toEqual(BOOK.tables.map((one) => one.name).sort());
      });

      it('finds a sheet with headings in its row 1 that somebody adds', async () => {
        await room.addSheet('Extra');
        await room.type(at('Extra', 1, 2), { t: ' name ' });
        await room.type(at('Extra', 3, 2), { t: 'x' });
        const { tables } = await (await book.open()).read(['extra']);
        expect(tables.map((table) => [table.name, table.sheet, [...table.sheetRows]])).toEqual([
          ['Extra', 'Extra', [3]],
        ]);
        expect(tables[0]?.columns.map((one) => [one.heading, one.column, columnValue(one.data, 0)])).toEqual([
          ['name', 2, { kind: 'text', value: 'x' }],
        ]);
      });

      it('says which rule cells are at fault', async () => {
        await room.type(at('Rules', 1, 2), { t: 'x' });
        await room.type(at('Rules', 9, 1), { f: '=1+1' });
        const reader = await book.open();
        expect(reader.problems).toEqual([
          expect.objectContaining({
            code: 'syntax',
            reason: 'second-cell',
            at: expect.objectContaining({ line: { kind: 'cell', ...at('Rules', 1, 2) } }),
          }),
          expect.objectContaining({
            code: 'syntax',
            reason: 'formula',
            at: expect.objectContaining({ line: { kind: 'cell', ...at('Rules', 9, 1) } }),
          }),
        ]);
        expect(reader.rules.map((line) => indented(line))).toEqual([...BOOK.rules.map(sourceText), '', '']);
      });
    });

    describe('result sheets', () => {
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

      it.runIf(host.calculates)('a formula that refers to a result goes on holding', async () => {
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
      it('reads a sheet of ours like any other, in any case', async () => {
        expect(await book.ours('Allot Staff')).toBeNull();
        await book.writeSheets(results(3));
        const table = await book.ours('allot staff');
        const [sheet] = results(3);
        expect(table?.columns.map(({ heading }) => heading)).toEqual(
          sheet?.columns.map((one) => one.heading),
        );
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

    ruleSheetContract(() => room);

    tableRowsContract(() => room);

    chartContract(() => room, host.charts);

    describe('the selection', () => {
      it('is the cell that was selected, with what it belongs to', async () => {
        await book.select(at('Staff', 3, 2));
        expect(await book.selection()).toEqual({
          ...at('Staff', 3, 2),
          formula: null,
          inTable: { table: 'Staff', heading: 'Base pay', key: 'E2' },
        });
        await book.select(at('Staff', 1, 2));
        expect(await book.selection()).toMatchObject({ ...at('Staff', 1, 2), inTable: null });
        await book.select(at('Settings', 2, 2));
        expect(await book.selection()).toMatchObject({ ...at('Settings', 2, 2), inTable: null });
      });

      it('has the formula of its cell', async () => {
        await room.type(at('工单', 1, 6), { f: '=1+1' });
        await book.select(at('工单', 1, 6));
        expect(await book.selection()).toMatchObject({ ...at('工单', 1, 6), formula: '=1+1' });
      });

      it('of a result table names its column and key', async () => {
        const [written] = await book.writeSheets(results(3));
        await book.select(at('Allot Staff', 3, 4));
        expect(await book.selection()).toMatchObject({
          inTable: { table: written?.table ?? written?.sheet, heading: 'ok', key: '+E' },
        });
      });

      it('of a cell that is not there is refused', async () => {
        await expect(book.select(at('Nowhere', 1, 1))).rejects.toMatchObject({ problem: { code: 'file' } });
      });
    });

    // A host may take its time to begin: what comes after a reading that began after `watch` is told.
    describe('watching', () => {
      it('tells whose cells changed, until it is stopped', async () => {
        const changes: BookChange[] = [];
        const stop = book.watch((change) => changes.push(change));
        await book.open();
        await room.type(at('Staff', 2, 2), { n: '5' });
        await vi.waitFor(() => expect(changes.some((one) => touches(one, 'Staff'))).toBe(true));
        await room.type(at('Rules', 2, 1), { t: 'unit 1' });
        await vi.waitFor(() => expect(changes.some((one) => touches(one, 'Rules'))).toBe(true));
        stop();
        await room.type(at('Staff', 2, 2), { n: '6' });
        const seen = changes.length;
        await room.type(at('Staff', 2, 2), { n: '7' });
        expect(changes).toHaveLength(seen);
      });

      it('tells that a sheet came', async () => {
        const changes: BookChange[] = [];
        const stop = book.watch((change) => changes.push(change));
        await book.open();
        await room.addSheet('Extra');
        await vi.waitFor(() => expect(changes.some((one) => one.shape)).toBe(true));
        stop();
      });
    });

    describe('texts of the workbook', () => {
      it('are kept under their names', async () => {
        expect(await book.setting('asOf')).toBeNull();
        await book.setSetting('asOf', '2026-03-31');
        await book.setSetting('语言', '中文 "quoted"\n');
        expect(await book.setting('asOf')).toBe('2026-03-31');
        expect(await book.setting('语言')).toBe('中文 "quoted"\n');
        await book.setSetting('asOf', null);
        expect(await book.setting('asOf')).toBeNull();
        expect(await book.setting('语言')).toBe('中文 "quoted"\n');
      });
    });

    describe('names of our functions', () => {
      const SUPPORT = { name: 'SUPPORTSCORE', formula: '=ALLOT.SUPPORTSCORE' };
      const POOL = { name: 'pool', formula: '=ALLOT.RULE' };

      it('can be added and taken away; those of others are left alone', async () => {
        expect(await book.functionNames()).toEqual([]);
        expect(await book.setFunctionNames([SUPPORT, POOL], true)).toEqual(['pool']);
        expect(await book.functionNames()).toEqual(['SUPPORTSCORE']);
        expect((await book.open()).names.map(({ name, value }) => ({ name, value: plain(value) }))).toEqual(
          BOOK.names,
        );
        expect(await book.setFunctionNames([SUPPORT, POOL], false)).toEqual(['pool']);
        expect(await book.functionNames()).toEqual([]);
        expect((await book.open()).names).toHaveLength(BOOK.names.length);
      });
    });
  });
}

const touches = (change: BookChange, sheet: string): boolean =>
  change.sheets === null || change.sheets.includes(sheet);

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
