import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnValue } from '../../../src/exact/column.ts';
import { parseDate, serialOfMs } from '../../../src/exact/date.ts';
import { integer } from '../../../src/exact/rational.ts';
import type { Value } from '../../../src/exact/value.ts';
import type { GridBook } from '../../../src/workbook/univer/adapter.ts';
import { fileSettings } from '../../../src/workbook/univer/settings.ts';
import { readXlsx, type XlsxBook } from '../../../src/workbook/xlsx/book.ts';
import { buildWorkbook } from '../../../src/workbook/xlsx/build.ts';
import { putCells } from '../../../src/workbook/xlsx/putCells.ts';
import { bookWriter } from '../../../src/workbook/xlsx/writer.ts';
import { partText } from '../../../src/workbook/xlsx/xml.ts';
import { partBytes } from '../../../src/workbook/xlsx/zip.ts';
import { type Headless, headless } from './headless.ts';

const SMALL = readFileSync(path.resolve(import.meta.dirname, '../../../samples/small.xlsx'));

let grids: Headless;
beforeAll(() => {
  grids = headless();
});
afterAll(() => grids.close());

interface Opened {
  readonly book: GridBook;
  set(sheet: string, a1: string, cell: object): void;
  readonly facade: NonNullable<ReturnType<Headless['api']['getWorkbook']>>;
  saved(): Promise<XlsxBook>;
}

async function open(bytes: Uint8Array): Promise<Opened> {
  const { book, loaded } = await grids.open(bytes, 'book.xlsx');
  const facade = grids.api.getWorkbook(loaded.data.id);
  if (!facade) throw new Error('no workbook');
  return {
    book,
    facade,
    set(sheet, a1, cell) {
      facade
        .getSheetByName(sheet)
        ?.getRange(a1)
        .setValue({ f: null, p: null, ...cell });
    },
    saved: async () => readXlsx(await book.bytes(), 'saved.xlsx'),
  };
}

/** Names of parts that differ, or that only one of the books has. */
function differing(a: XlsxBook, b: XlsxBook): readonly string[] {
  const [one, two] = [a.structure.zip, b.structure.zip];
  const names = new Set([...one.entries, ...two.entries].map((entry) => entry.name));
  return [...names].filter((name) => {
    const x = one.entries.find((entry) => entry.name === name);
    const y = two.entries.find((entry) => entry.name === name);
    return !x || !y || !Buffer.from(partBytes(one, x)).equals(partBytes(two, y));
  });
}

async function column(book: XlsxBook, table: string, index: number): Promise<readonly (Value | null)[]> {
  const [found] = (await book.read([table])).tables;
  const data = found?.columns[index]?.data;
  return data === undefined ? [] : Array.from({ length: data.length }, (_, row) => columnValue(data, row));
}

const partOf = (book: XlsxBook, sheet: string): string | undefined =>
  book.structure.sheets.find((one) => one.name === sheet)?.part;

describe('a workbook saved from the grid', () => {
  const original = readXlsx(SMALL, 'small.xlsx');

  it('is the file that was opened where nothing was typed', async () => {
    const { saved } = await open(SMALL);
    expect(differing(original, await saved())).toEqual([]);
  });

  it('has what was typed, in the parts of its sheets', async () => {
    const { set, saved } = await open(SMALL);
    const day = parseDate('2026-03-09 08:30') ?? Number.NaN;
    set('Tickets', 'D3', { v: serialOfMs(day, false), t: 2 });
    set('Staff', 'B2', { v: '=not a formula', t: 4 });
    set('Grades', 'B2', { v: 0.1 + 0.2, t: 2 });
    const after = await saved();
    expect([...differing(original, after)].sort()).toEqual(
      ['Grades', 'Staff', 'Tickets'].map((sheet) => partOf(original, sheet)).sort(),
    );
    expect((await column(after, 'Tickets', 3))[1]).toEqual({ kind: 'date', ms: integer(day) });
    expect((await column(after, 'Staff', 1))[0]).toEqual({ kind: 'text', value: '=not a formula' });
    expect((await column(after, 'Grades', 1))[0]).toEqual({ kind: 'number', value: { n: 3n, d: 10n } });
  });

  it('has formulas with what they came to', async () => {
    const { set, saved } = await open(SMALL);
    set('About', 'F1', { f: '=2*21' });
    await grids.calculated();
    const after = await saved();
    const about = after.structure.sheets.find((sheet) => sheet.name === 'About');
    const xml = about === undefined ? '' : partText(after.structure.zip, about.entry);
    expect(xml).toMatch(/<c r="F1"[^>]*><f>2\*21<\/f><v>42<\/v><\/c>/);
  });

  it('has tables that grew by what was typed below them', async () => {
    const { set, saved, book } = await open(SMALL);
    set('Staff', 'A14', { v: 'E13', t: 1 });
    set('Staff', 'A16', { v: 'not of the table', t: 1 });
    expect((await (await book.open()).read(['Staff'])).tables[0]?.rows).toBe(13);
    const after = await saved();
    const table = after.structure.sheets.find((sheet) => sheet.name === 'Staff')?.tables[0];
    expect(table?.area.bottom).toBe(14);
    expect((await column(after, 'Staff', 0)).at(-1)).toEqual({ kind: 'text', value: 'E13' });
  });

  it('has tables where rows have moved them', async () => {
    const { facade, saved, book } = await open(SMALL);
    facade.getSheetByName('Staff')?.insertRowsBefore(0, 2);
    const [now] = (await (await book.open()).read(['Staff'])).tables;
    expect([now?.headingRow, now?.rows, now?.sheetRows[0]]).toEqual([3, 12, 4]);
    facade.getSheetByName('Staff')?.deleteRows(4, 1);
    const after = await saved();
    const [table] = (await after.read(['Staff'])).tables;
    expect([table?.headingRow, table?.rows]).toEqual([3, 11]);
    expect((await column(after, 'Staff', 0)).slice(0, 2)).toEqual(
      ['E01', 'E03'].map((value) => ({ kind: 'text', value })),
    );
  });

  it('has our results, new rule sheets and texts of the workbook', async () => {
    const { book, saved } = await open(SMALL);
    const results = {
      name: 'Allot Staff',
      columns: [{ heading: 'id', width: 8 }],
      rows: [[{ kind: 'text', value: '007' } as const]],
    };
    await book.writeSheets([results]);
    await book.addRuleSheet('Rules two', [{ depth: 1, text: 'a = 1' }]);
    await book.setSetting('asOf', '2026-03-31');
    const after = await saved();
    expect(after.structure.sheets.map((sheet) => sheet.name)).toEqual(
      expect.arrayContaining(['Allot Staff', 'Rules two']),
    );
    expect(after.rules.at(-1)).toMatchObject({ depth: 1, text: 'a = 1' });
    expect(after.structure.sheets.find((sheet) => sheet.name === 'Allot Staff')?.tables[0]?.area).toEqual({
      top: 1,
      left: 1,
      bottom: 2,
      right: 1,
    });
    expect([...fileSettings(after.structure)]).toEqual([['asOf', '2026-03-31']]);
    // And once more, from what was saved.
    const again = await open(after.structure.zip.bytes);
    await again.book.writeSheets([{ ...results, rows: [] }]);
    await again.book.setSetting('asOf', null);
    const last = await again.saved();
    expect(last.structure.sheets.map((sheet) => sheet.name)).toEqual(
      after.structure.sheets.map((sheet) => sheet.name),
    );
    expect([...fileSettings(last.structure)]).toEqual([]);
  });

  it('has sheets under the names that they were given, and names that refer to them', async () => {
    const made = buildWorkbook({
      sheets: [{ kind: 'plain', name: 'Old', rows: [[{ kind: 'number', value: integer(7) }]] }],
      names: [{ name: 'seven', sheet: 'Old', cell: 'A1' }],
    });
    const { facade, saved, set } = await open(made);
    facade.getSheetByName('Old')?.setName("New 'one'");
    set("New 'one'", 'B1', { v: 8, t: 2 });
    const after = await saved();
    expect(after.structure.sheets.map((sheet) => sheet.name)).toEqual(["New 'one'"]);
    expect(after.names).toEqual([
      { name: 'seven', sheet: "New 'one'", row: 1, column: 1, value: { kind: 'number', value: integer(7) } },
    ]);
  });

  it('keeps formulas that the grid can not calculate', async () => {
    const made = buildWorkbook({
      sheets: [
        {
          kind: 'table',
          name: 'T',
          columns: [{ heading: 'x', width: 8 }],
          rows: [[{ kind: 'number', value: integer(5) }]],
        },
      ],
    });
    const writer = bookWriter(readXlsx(made, 'made.xlsx').structure);
    const cached = { kind: 'number', value: integer(5) } as const;
    putCells(writer, [
      { sheet: 'T', row: 1, column: 4, value: { kind: 'formula', formula: '=SUM(T[x])', cached } },
    ]);
    const bytes = writer.finish();
    const { book, saved, set } = await open(bytes);
    await book.select({ sheet: 'T', row: 1, column: 4 });
    expect((await book.selection())?.formula).toBe('=SUM(T[x])');
    expect(differing(readXlsx(bytes, 'made.xlsx'), await saved())).toEqual([]);
    set('T', 'A2', { v: 6, t: 2 });
    const after = await saved();
    const xml = after.structure.sheets[0]
      ? partText(after.structure.zip, after.structure.sheets[0].entry)
      : '';
    expect(xml).toContain('<f>SUM(T[x])</f>');
  });
});
