import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { columnValue } from '../../src/exact/column.ts';
import type { BookChange, CellAddress, LiveBook } from '../../src/workbook/live.ts';
import { chartContract, tableRowsContract } from './liveRows.ts';
import { ruleSheetContract } from './liveRules.ts';
import { writingContract } from './liveWriting.ts';
import {
  BOOK,
  indented,
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

    writingContract(() => room, host.calculates);

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
