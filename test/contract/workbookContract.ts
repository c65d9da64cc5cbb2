import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnValue } from '../../src/exact/column.ts';
import { isoText, parseDate } from '../../src/exact/date.ts';
import { exactText, parseDecimal } from '../../src/exact/decimal.ts';
import { integer, rational } from '../../src/exact/rational.ts';
import type { Value } from '../../src/exact/value.ts';
import type {
  BookReader,
  OpenBook,
  OutputCell,
  OutputSheet,
  SheetTable,
  SourceLine,
} from '../../src/workbook/port.ts';

/** A cell in plain data: a number as its decimal, a date as its ISO text. */
export type PlainCell =
  | null
  | { readonly n: string }
  | { readonly t: string }
  | { readonly d: string }
  | { readonly b: boolean };

export interface PlainTable {
  readonly name: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly PlainCell[])[];
}

/** A book in plain data, which each host makes exist in its own way. */
export interface PlainBook {
  readonly tables: readonly PlainTable[];
  readonly names: readonly { readonly name: string; readonly value: PlainCell }[];
  readonly rules: readonly SourceLine[];
}

export interface Host {
  readonly name: string;
  /** Makes the book below a new folder and opens it. */
  make(book: PlainBook, folder: string): Promise<OpenBook>;
  open(path: string): Promise<OpenBook>;
  folder(): Promise<string>;
}

/** A value in the notation of the plain book. */
export function plain(value: Value | null): PlainCell | { readonly e: true } {
  if (value === null) return { e: true };
  switch (value.kind) {
    case 'blank':
      return null;
    case 'number':
      return { n: exactText(value.value) };
    case 'text':
      return { t: value.value };
    case 'date':
      return { d: isoText(value.ms) };
    case 'logical':
      return { b: value.value };
    default: {
      const never: never = value;
      return never;
    }
  }
}

export function output(cell: PlainCell): OutputCell {
  if (cell === null) return { kind: 'blank' };
  if ('n' in cell) return { kind: 'number', value: parseDecimal(cell.n) ?? integer(0) };
  if ('t' in cell) return { kind: 'text', value: cell.t };
  if ('d' in cell) return { kind: 'date', ms: integer(parseDate(cell.d.replace('T', ' ')) ?? Number.NaN) };
  return { kind: 'logical', value: cell.b };
}

/** Rows of a table that was read, in the notation of the plain book. */
export function plainRows(table: SheetTable): unknown[][] {
  return Array.from({ length: table.rows }, (_, row) =>
    table.columns.map((column) => plain(columnValue(column.data, row))),
  );
}

/** The book of the contract. */
export const BOOK: PlainBook = {
  tables: [
    {
      name: 'Staff',
      headings: ['id', 'Base pay', 'since', 'active', 'note'],
      rows: [
        [{ t: 'E1' }, { n: '4200.5' }, { d: '2019-05-06' }, { b: true }, { t: '=1+1' }],
        [{ t: 'E2' }, { n: '-0.25' }, { d: '2026-01-31T09:30:00' }, { b: false }, null],
        [null, null, null, null, null],
        [{ t: 'E3' }, null, null, { b: true }, { t: 'a "quoted", text <&>' }],
        [{ t: 'E4' }, { n: '123456789.012345' }, { d: '1999-12-31' }, null, { t: '两行\n文字' }],
      ],
    },
    { name: '工单', headings: ['单号', '处理人'], rows: [[{ t: '00123' }, { t: 'E1' }]] },
    { name: 'Empty', headings: ['a', 'b'], rows: [] },
  ],
  names: [
    { name: 'pool', value: { n: '1000.1' } },
    { name: '期初', value: { d: '2026-03-01' } },
    { name: 'label', value: { t: 'north' } },
    { name: 'open', value: { b: true } },
  ],
  rules: [
    { depth: 0, text: '# how the pool is shared' },
    { depth: 0, text: 'unit 0.01' },
    { depth: 0, text: '' },
    { depth: 0, text: 'each Staff' },
    { depth: 1, text: 'half = [Base pay] / 2' },
    { depth: 0, text: '分档 响应 # 注' },
    { depth: 1, text: '不超过 1 -> 100' },
  ],
};

/** A result sheet of so many rows: texts that must not become formulas, fractions, dates, a blank. */
export function results(rows: number): OutputSheet[] {
  return [
    {
      name: 'Allot Staff',
      columns: [
        { heading: 'id', width: 8 },
        { heading: 'pay', width: 12, format: '0.00' },
        { heading: 'day', width: 12 },
        { heading: 'ok', width: 6 },
      ],
      rows: Array.from({ length: rows }, (_, i): OutputCell[] => [
        { kind: 'text', value: ['=E', '+E', '-E', '@E', 'E\u0001'][i % 5] ?? '' },
        { kind: 'number', value: i % 2 === 0 ? rational(BigInt(i) * 100n + 1n, 4n) : rational(1n, 3n) },
        i === 1 ? { kind: 'blank' } : { kind: 'date', ms: integer(Date.UTC(2026, 0, 1 + i, 9, 30)) },
        { kind: 'logical', value: i % 2 === 0 },
      ]),
    },
  ];
}

/**
 * What everything that reads a workbook has to do, whichever it is: `open` opens BOOK, anew each time. To be called
 * inside a `describe`.
 */
export function readingContract(open: () => Promise<BookReader>): void {
  it('has headings before any cell is read', async () => {
    const book = await open();
    expect(book.tables.map((table) => [table.name, table.headings])).toEqual(
      expect.arrayContaining(BOOK.tables.map((table) => [table.name, table.headings])),
    );
    expect(book.tables).toHaveLength(BOOK.tables.length);
  });

  it('reads every table cell for cell, blank rows left out', async () => {
    const book = await open();
    const { tables } = await book.read();
    for (const wanted of BOOK.tables) {
      const table = tables.find((one) => one.name === wanted.name);
      if (table === undefined) throw new Error(`no table ${wanted.name}`);
      expect(table.columns.map((column) => column.heading)).toEqual(wanted.headings);
      expect(plainRows(table)).toEqual(wanted.rows.filter((row) => row.some((cell) => cell !== null)));
      for (const { data } of table.columns) expect(data.length).toBe(table.rows);
    }
  });

  it('keeps true row and column numbers', async () => {
    const book = await open();
    const { tables } = await book.read(['staff']);
    const [staff] = tables;
    const top = staff?.headingRow ?? 0;
    expect([...(staff?.sheetRows ?? [])]).toEqual([1, 2, 4, 5].map((n) => top + n));
    const first = staff?.columns[0]?.column ?? 0;
    expect(staff?.columns.map((column) => column.column)).toEqual([0, 1, 2, 3, 4].map((n) => first + n));
  });

  it('reads only the tables that are asked for', async () => {
    const book = await open();
    const some = await book.read(['STAFF', 'nothing of that name']);
    expect(some.tables.map((table) => table.name)).toEqual(['Staff']);
    expect((await book.read([])).tables).toEqual([]);
  });

  it('gives defined names with their values', async () => {
    const book = await open();
    expect(book.names.map(({ name, value }) => ({ name, value: plain(value) }))).toEqual(BOOK.names);
    for (const name of book.names) expect([name.row > 0, name.column]).toEqual([true, 2]);
  });

  it('gives rule lines in order', async () => {
    const book = await open();
    expect(book.hasRules).toBe(true);
    expect(book.problems).toEqual([]);
    expect(book.rules.map(indented)).toEqual(BOOK.rules.map(sourceText));
  });

  it('stops where it is told to', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    const fresh = await open();
    await expect(fresh.read(undefined, { signal: stop.signal })).rejects.toThrow('enough');
  });

  it('says how far it is', async () => {
    const fresh = await open();
    const seen: [number, number][] = [];
    await fresh.read(undefined, { report: (done, total) => seen.push([done, total]) });
    const [done, total] = seen[seen.length - 1] ?? [0, 1];
    expect(done).toBe(total);
  });
}

/** What every host of a workbook has to do, whichever it is. */
export function workbookContract(host: Host): void {
  describe(`${host.name} as a workbook`, () => {
    let folder = '';
    let book: OpenBook;
    beforeAll(async () => {
      folder = await host.folder();
      book = await host.make(BOOK, folder);
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    readingContract(() => host.open(book.path));

    it('writes result sheets that read back, and rewrites them in place', async () => {
      const out = `${folder}/out.xlsx`;
      const report = await book.writeSheets(results(7), out);
      expect(report.sheets).toEqual([
        {
          asked: 'Allot Staff',
          sheet: 'Allot Staff',
          ref: 'A1:D8',
          table: expect.any(String),
          replaced: false,
        },
      ]);
      const first = await host.open(out);
      expect(first.tables.map((table) => table.name).sort()).toEqual(
        BOOK.tables.map((table) => table.name).sort(),
      );
      const again = await first.writeSheets(results(3), out);
      expect(again.sheets).toEqual([{ ...report.sheets[0], ref: 'A1:D4', replaced: true }]);
      const second = await (await host.open(out)).read();
      for (const wanted of BOOK.tables) {
        const table = second.tables.find((one) => one.name === wanted.name);
        expect(table && plainRows(table)).toEqual(
          wanted.rows.filter((row) => row.some((cell) => cell !== null)),
        );
      }
      expect(second.names.map(({ name, value }) => ({ name, value: plain(value) }))).toEqual(BOOK.names);
      expect(second.rules.map(indented)).toEqual(BOOK.rules.map(sourceText));
    });

    it('writes other rules', async () => {
      const out = `${folder}/rules.xlsx`;
      const lines = [
        { depth: 0, text: 'each Staff' },
        { depth: 1, text: 'x = 1' },
        { depth: 0, text: '' },
        { depth: 0, text: 'y = 2' },
      ];
      await book.writeRules(lines, out);
      const written = await host.open(out);
      expect(written.rules.map((line) => [line.depth, line.text])).toEqual(
        lines.map((line) => [line.depth, line.text]),
      );
    });

    it('refuses a kind of file that it can not write', async () => {
      await expect(book.writeSheets(results(1), `${folder}/out.ods`)).rejects.toMatchObject({
        problem: { code: 'file', reason: 'unsupported' },
      });
    });

    it('refuses a place where nothing can be written, and leaves nothing there', async () => {
      await expect(book.writeSheets(results(1), `${folder}/nowhere/out.xlsx`)).rejects.toMatchObject({
        problem: { code: 'file', reason: 'not-writable' },
      });
    });
  });
}

export const sourceText = ({ depth, text }: SourceLine): string =>
  text === '' ? '' : '  '.repeat(depth) + text;

export function indented({ depth, text }: { readonly depth: number; readonly text: string }): string {
  return depth < 0 ? text : sourceText({ depth, text });
}
