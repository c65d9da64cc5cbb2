import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnValue } from '../../../src/exact/column.ts';
import { parseDate } from '../../../src/exact/date.ts';
import { integer, rational } from '../../../src/exact/rational.ts';
import { exactValueText } from '../../../src/exact/text.ts';
import { BookError } from '../../../src/workbook/bookError.ts';
import type { OutputCell, SheetTable, TableRow } from '../../../src/workbook/port.ts';
import { withRows } from '../../../src/workbook/tableRows.ts';
import { readXlsx, type XlsxBook } from '../../../src/workbook/xlsx/book.ts';
import { buildWorkbook } from '../../../src/workbook/xlsx/build.ts';
import { rawBook } from '../rawBook.ts';
import { hasOpenpyxl, readBack, skipNote } from '../tools.ts';
import { changedParts, partsOf } from './parts.ts';

const t = (value: string): OutputCell => ({ kind: 'text', value });
const n = (value: number): OutputCell => ({ kind: 'number', value: integer(value) });
const d = (text: string): OutputCell => ({ kind: 'date', ms: integer(parseDate(text) ?? 0) });
const kept = (was: number): TableRow => ({ was, cells: [null, null, null] });
const fresh = (...cells: readonly OutputCell[]): TableRow => ({ was: null, cells });

const STYLES =
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="4"/><xf numFmtId="164"/><xf numFmtId="0" fillId="0"/></cellXfs>';

/** A table at B2:D4 with cells of others around it: a number at A3, formulas at F2 and F4, notes at A6 and H5. */
function sheetXml(more = ''): string {
  const cells = (r: number, key: string, amount: string, day: string): string =>
    `<c r="B${r}" t="inlineStr"><is><t>${key}</t></is></c><c r="C${r}" s="1"><v>${amount}</v></c><c r="D${r}" s="2"><v>${day}</v></c>`;
  const head = ['Key', 'Amount', 'Day']
    .map((name, i) => `<c r="${'BCD'[i]}2" t="inlineStr"><is><t>${name}</t></is></c>`)
    .join('');
  return `<dimension ref="A2:H6"/><sheetData><row r="2" spans="2:6">${head}<c r="F2"><f>SUM(T[Amount])</f><v>3</v></c></row><row r="3" ht="30" customHeight="1"><c r="A3"><v>7</v></c>${cells(3, 'a', '1', '46023')}</row><row r="4">${cells(4, 'b', '2', '46024')}<c r="F4"><f>C4*2</f><v>4</v></c></row><row r="5"><c r="H5" t="inlineStr"><is><t>note</t></is></c></row><row r="6"><c r="A6"><v>9</v></c>${more}</row></sheetData><conditionalFormatting sqref="C3:C4"><cfRule type="expression" priority="1"><formula>C3&gt;1</formula></cfRule></conditionalFormatting><tableParts count="1"><tablePart r:id="t1"/></tableParts>`;
}

const TABLE = (ref: string, more = ''): string =>
  `<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" displayName="T" ref="${ref}"${more}><autoFilter ref="B2:D4"/><tableColumns count="3"><tableColumn id="1" name="Key"/><tableColumn id="2" name="Amount"/><tableColumn id="3" name="Day"/></tableColumns></table>`;

const withTable = (xml = sheetXml(), table = TABLE('B2:D4')): Uint8Array =>
  rawBook({
    sheets: [{ name: 'S', xml, rels: { t1: ['table', '../tables/table1.xml'] } }],
    styles: STYLES,
    parts: { 'xl/tables/table1.xml': table },
  });

const opened = (bytes: Uint8Array): XlsxBook => readXlsx(bytes, 'b.xlsx');

function put(bytes: Uint8Array, rows: readonly TableRow[], table = 'T'): Uint8Array {
  return opened(bytes).withChanges({ tables: [{ table, rows }] }).bytes;
}

async function texts(bytes: Uint8Array, table = 'T'): Promise<readonly (readonly string[])[]> {
  const { tables } = await opened(bytes).read([table]);
  return tables.flatMap(rowTexts);
}

const rowTexts = ({ columns, rows }: SheetTable): readonly (readonly string[])[] =>
  Array.from({ length: rows }, (_, row) =>
    columns.map(({ data }) => {
      const value = columnValue(data, row);
      return value === null ? 'error' : `${value.kind} ${exactValueText(value)}`;
    }),
  );

const reasonOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error instanceof BookError && error.problem.code === 'file'
      ? [error.problem.reason, error.problem.detail]
      : error;
  }
  return null;
};

describe('rows of a table', () => {
  it('grow it, keep formats, and leave everything beside it as it was', async () => {
    const before = withTable();
    const after = put(before, [
      kept(0),
      kept(1),
      fresh(t('c'), n(5), d('2026-01-03')),
      fresh(t('d'), n(6), d('2026-01-04 09:30')),
    ]);
    expect(await texts(after)).toEqual([
      ['text a', 'number 1', 'date 2026-01-01'],
      ['text b', 'number 2', 'date 2026-01-02'],
      ['text c', 'number 5', 'date 2026-01-03'],
      ['text d', 'number 6', 'date 2026-01-04T09:30:00'],
    ]);
    expect(changedParts(before, after)).toEqual([
      'xl/tables/table1.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ]);
    const parts = partsOf(after);
    const xml = parts['xl/worksheets/sheet1.xml'] ?? '';
    // Rows that stay are the very same text; new cells look like those above.
    const was = sheetXml();
    expect(xml).toContain(was.slice(was.indexOf('<sheetData>'), was.indexOf('<row r="5">')));
    expect(xml).toContain(
      '<row r="5"><c r="B5" t="inlineStr"><is><t>c</t></is></c><c r="C5" s="1"><v>5</v></c><c r="D5" s="2"><v>46025</v></c><c r="H5"',
    );
    expect(xml).toContain('<row r="6"><c r="A6"><v>9</v></c><c r="B6" t="inlineStr"><is><t>d</t></is></c>');
    expect(xml).toContain('<conditionalFormatting sqref="C3:C6">');
    expect(xml).toContain('<dimension ref="A2:H6"/>');
    expect(parts['xl/tables/table1.xml']).toContain('displayName="T" ref="B2:D6"><autoFilter ref="B2:D6"/>');
    expect(parts['xl/workbook.xml']).toContain('fullCalcOnLoad="1"');
  });

  it('shrink it and take along the looks of the rows that stay', async () => {
    const before = withTable();
    const after = put(before, [kept(1)]);
    expect(await texts(after)).toEqual([['text b', 'number 2', 'date 2026-01-02']]);
    const parts = partsOf(after);
    const xml = parts['xl/worksheets/sheet1.xml'] ?? '';
    expect(xml).toContain(
      '<row r="3" ht="30" customHeight="1"><c r="A3"><v>7</v></c><c r="B3" t="inlineStr"><is><t>b</t></is></c><c r="C3" s="1"><v>2</v></c><c r="D3" s="2"><v>46024</v></c></row><row r="4"><c r="F4"><f>C4*2</f><v>4</v></c></row>',
    );
    expect(parts['xl/tables/table1.xml']).toContain('ref="B2:D3"><autoFilter ref="B2:D3"/>');
    const empty = put(before, []);
    expect(await texts(empty)).toEqual([]);
    expect(partsOf(empty)['xl/tables/table1.xml']).toContain('ref="B2:D3"');
  });

  it('change nothing where they are what they were', () => {
    const before = withTable();
    expect(changedParts(before, put(before, [kept(0), kept(1)]))).toEqual([]);
    const one: TableRow = {
      was: 0,
      cells: [null, { kind: 'number', value: rational(3n, 2n) }, { kind: 'blank' }],
    };
    const xml = partsOf(put(before, [one, kept(1)]))['xl/worksheets/sheet1.xml'] ?? '';
    expect(xml).toContain('<c r="C3" s="1"><v>1.5</v></c><c r="D3" s="2"/></row>');
  });

  it('are refused where a cell of theirs holds a formula, and where there is no room', () => {
    const more = [kept(0), kept(1), fresh(t('c')), fresh(t('d'))];
    const formula = sheetXml().replace('<c r="C4" s="1"><v>2</v>', '<c r="C4" s="1"><f>1+1</f><v>2</v>');
    expect(reasonOf(() => put(withTable(formula), [kept(0)]))).toEqual(['formula-cell', 'S!C4']);
    const below = sheetXml('<c r="C6"><v>1</v></c>');
    expect(reasonOf(() => put(withTable(below), more))).toEqual(['no-room', 'S!C6']);
    expect(reasonOf(() => put(withTable(below), more.slice(0, 3)))).toBeNull();
    const merged = sheetXml().replace(
      '<tableParts',
      '<mergeCells count="1"><mergeCell ref="D6:E6"/></mergeCells><tableParts',
    );
    expect(reasonOf(() => put(withTable(merged), more))).toEqual(['no-room', 'S!D6']);
    expect(reasonOf(() => put(withTable(merged), more.slice(0, 3)))).toBeNull();
    const totals = TABLE('B2:D5', ' totalsRowCount="1"');
    expect(reasonOf(() => put(withTable(sheetXml(), totals), more))).toEqual(['no-room', 'S!B5']);
    expect(reasonOf(() => put(withTable(sheetXml(), totals), [kept(1), kept(0)]))).toBeNull();
    expect(reasonOf(() => put(withTable(), [], 'U'))).toEqual(['missing', 'U']);
  });

  it('take the place for new rows of an empty table', () => {
    const sheet =
      '<sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>Key</t></is></c></row></sheetData><tableParts count="1"><tablePart r:id="t1"/></tableParts>';
    const bytes = withTable(sheet, TABLE('B2:D3', ' insertRow="1"'));
    const table = (rows: readonly TableRow[]): string =>
      partsOf(put(bytes, rows))['xl/tables/table1.xml'] ?? '';
    expect(table([])).toContain('ref="B2:D3" insertRow="1"');
    expect(table([fresh(t('a'))])).toContain('ref="B2:D3">');
    expect(table([fresh(t('a')), fresh(t('b'))])).toContain('ref="B2:D4">');
  });

  it('go into a sheet without an Excel table, whose other columns stay', async () => {
    const bytes = rawBook({
      sheets: [
        {
          name: 'T',
          xml: '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Key</t></is></c><c r="C1" t="inlineStr"><is><t>Amount</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2"><v>8</v></c><c r="C2"><v>1</v></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>b</t></is></c><c r="C4"><v>2</v></c></row></sheetData>',
        },
      ],
    });
    const after = put(bytes, [
      { was: 1, cells: [null, n(3)] },
      { was: 0, cells: [null, null] },
      fresh(t('c'), n(4)),
    ]);
    expect(await texts(after)).toEqual([
      ['text b', 'number 3'],
      ['text a', 'number 1'],
      ['text c', 'number 4'],
    ]);
    const xml = partsOf(after)['xl/worksheets/sheet1.xml'] ?? '';
    expect(xml).toContain(
      '<row r="2"><c r="A2" t="inlineStr"><is><t>b</t></is></c><c r="B2"><v>8</v></c><c r="C2">',
    );
    expect(await texts(put(after, []))).toEqual([]);
  });

  it('read back as they were given, whatever they are', async () => {
    const cell = fc.oneof(
      fc.constant<OutputCell>({ kind: 'blank' }),
      fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }).map(t),
      fc
        .integer({ min: -1_000_000_000, max: 1_000_000_000 })
        .map((x): OutputCell => ({ kind: 'number', value: rational(BigInt(x), 100n) })),
      fc
        .integer({ min: 61, max: 80_000 })
        .map((x): OutputCell => ({ kind: 'date', ms: integer((x - 25_569) * 86_400_000) })),
      fc.boolean().map((value): OutputCell => ({ kind: 'logical', value })),
    );
    const row = fc.tuple(
      fc
        .string({ minLength: 1, maxLength: 5 })
        .filter((x) => x.trim() !== '')
        .map(t),
      cell,
      cell,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(9), row), { maxLength: 9 }),
        async (first, next) => {
          const columns = ['a', 'b', 'c'].map((heading) => ({ heading, width: 8 }));
          const bytes = buildWorkbook({ sheets: [{ kind: 'table', name: 'T', columns, rows: first }] });
          const table = (await opened(bytes).read(['T'])).tables[0];
          if (table === undefined) throw new Error('no table');
          // A row as it was (each once), with one cell changed, or a new one.
          const used = new Set<number>();
          const rows = next.map(([pick, cells]): TableRow => {
            if (pick >= table.rows || used.has(pick)) return { was: null, cells };
            used.add(pick);
            return { was: pick, cells: [null, cells[1], null] };
          });
          const after = put(bytes, rows);
          expect(await texts(after)).toEqual(rowTexts(withRows(table, rows)));
          const expected = rows.map(({ was, cells }) =>
            was === null ? cells : [first[was]?.[0], cells[1], first[was]?.[2]],
          );
          expect((await texts(after)).map((row) => row.map((text) => text.split(' ')[0]))).toEqual(
            expected.map((row) => row.map((one) => one?.kind)),
          );
        },
      ),
    );
  });

  const openpyxl = hasOpenpyxl();
  if (!openpyxl) skipNote('openpyxl');
  it.skipIf(!openpyxl)('are what another program reads', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'allot-rows-')), 'b.xlsx');
    const columns = ['Key', 'Amount'].map((heading) => ({
      heading,
      width: 8,
      ...(heading === 'Amount' ? { format: '0.00' } : {}),
    }));
    const bytes = buildWorkbook({ sheets: [{ kind: 'table', name: 'T', columns, rows: [[t('a'), n(1)]] }] });
    writeFileSync(
      file,
      put(bytes, [{ was: 0, cells: [null, null] }, fresh(t('=b'), n(2)), fresh(t('c'), n(3))]),
    );
    const seen = readBack(file).T;
    expect(seen?.rows).toEqual([
      ['Key', 'Amount'],
      ['a', 1],
      ['=b', 2],
      ['c', 3],
    ]);
    expect(seen?.tables).toEqual({ T: 'A1:B4' });
    expect(seen?.types).toEqual(['s', 'n']);
  });
});
