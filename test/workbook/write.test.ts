import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { integer, rational } from '../../src/exact/rational.ts';
import type { OutputSheet, WrittenSheet } from '../../src/workbook/port.ts';
import { freeSheetName, freeTableName, sheetName, tableHeadings } from '../../src/workbook/sheetNames.ts';
import { buildWorkbook } from '../../src/workbook/xlsx/build.ts';
import { xmlText } from '../../src/workbook/xlsx/escape.ts';
import { openXlsxBytes } from '../../src/workbook/xlsx/open.ts';
import { readStructure } from '../../src/workbook/xlsx/structure.ts';
import { putRules } from '../../src/workbook/xlsx/writeRules.ts';
import { bookWriter } from '../../src/workbook/xlsx/writer.ts';
import { putSheets } from '../../src/workbook/xlsx/writeSheets.ts';
import { unescapeText } from '../../src/workbook/xlsx/xml.ts';
import { readZip } from '../../src/workbook/xlsx/zip.ts';
import { plainRows } from '../contract/workbookContract.ts';
import { data, num, type RawBook, rawBook, rawParts, row, str, zipParts } from './rawBook.ts';

const text = (value: string) => ({ kind: 'text', value }) as const;
const sheet = (name: string, rows: readonly string[][] = [['a']]): OutputSheet => ({
  name,
  columns: (rows[0] ?? ['x']).map((_, i) => ({ heading: `h${i}`, width: 8 })),
  rows: rows.map((cells) => cells.map(text)),
});

interface Result {
  readonly report: readonly WrittenSheet[];
  readonly bytes: Uint8Array;
  part(name: string): string;
  readonly names: readonly string[];
}

function write(bytes: Uint8Array, sheets: readonly OutputSheet[]): Result {
  const writer = bookWriter(readStructure(readZip(bytes, 'book.xlsx')));
  const report = putSheets(writer, sheets);
  const out = writer.finish();
  const parts = unzipSync(out);
  return {
    report,
    bytes: out,
    part: (name) => strFromU8(parts[name] ?? new Uint8Array()),
    names: Object.keys(parts),
  };
}

const BOOK: RawBook = { sheets: [{ name: 'T', xml: data(row(1, str('A1', 'h')), row(2, num('A2', '1'))) }] };

/** Our sheets are read like data under another name. */
function readSheet(bytes: Uint8Array, from: string, to: string): unknown {
  const parts = unzipSync(bytes);
  const book = strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array()).replace(`"${from}"`, `"${to}"`);
  const opened = openXlsxBytes(zipParts({ ...parts, 'xl/workbook.xml': strToU8(book) }), 'b.xlsx');
  const name = opened.tables.find((table) => table.sheet === to)?.name ?? '';
  return opened.read([name]).then(({ tables }) => tables.map(plainRows)[0]);
}

describe('result sheets', () => {
  it('read back cell for cell, text as text', async () => {
    const nasty = [
      '=1+1',
      '+1',
      '-1',
      '@x',
      "'x",
      '  spaces ',
      'a\nb',
      'a\r\nb',
      '\u0001\u001f',
      '_x0041_',
      '<&>"',
      '😀',
      'TRUE',
      '12',
      '\ud800',
      '\t',
      '\ufffe',
    ];
    const { bytes } = write(rawBook(BOOK), [
      sheet(
        'Allot x',
        nasty.map((value) => [value, 'x']),
      ),
    ]);
    expect(await readSheet(bytes, 'Allot x', 'Data')).toEqual(nasty.map((t) => [{ t }, { t: 'x' }]));
  });

  it("have dates of the workbook's own system", async () => {
    const days: OutputSheet = {
      name: 'Allot x',
      columns: [
        { heading: 'd', width: 8 },
        { heading: 'n', width: 8, format: '0.00%' },
      ],
      rows: [
        Date.UTC(2026, 0, 31),
        Date.UTC(2026, 0, 31, 9, 30, 15),
        Date.UTC(1900, 1, 28),
        Date.UTC(1899, 0, 1),
      ].map((ms) => [
        { kind: 'date', ms: integer(ms) },
        { kind: 'number', value: rational(1n, 8n) },
      ]),
    };
    const wanted = (old: unknown, older: unknown) => [
      [{ d: '2026-01-31' }, { n: '0.125' }],
      [{ d: '2026-01-31T09:30:15' }, { n: '0.125' }],
      [old, { n: '0.125' }],
      [older, { n: '0.125' }],
    ];
    expect(await readSheet(write(rawBook(BOOK), [days]).bytes, 'Allot x', 'D')).toEqual(
      wanted({ d: '1900-02-28' }, { t: '1899-01-01' }),
    );
    const of1904 = rawBook({ ...BOOK, before: '<workbookPr date1904="1"/>' });
    expect(await readSheet(write(of1904, [days]).bytes, 'Allot x', 'D')).toEqual(
      wanted({ t: '1900-02-28' }, { t: '1899-01-01' }),
    );
  });

  it('come into a workbook without styles, with prefixes or in the strict form', async () => {
    const strict = (xml: string): string =>
      xml
        .replaceAll(
          'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
          'http://purl.oclc.org/ooxml/spreadsheetml/main',
        )
        .replaceAll(
          'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
          'http://purl.oclc.org/ooxml/officeDocument/relationships',
        );
    const prefixed = rawParts(BOOK);
    prefixed['xl/workbook.xml'] =
      '<x:workbook xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheets><x:sheet xmlns:q="http://schemas.openxmlformats.org/officeDocument/2006/relationships" name="T" sheetId="7" q:id="s1"/></x:sheets></x:workbook>';
    const strictParts = Object.fromEntries(
      Object.entries(rawParts(BOOK)).map(([name, xml]) => [name, strict(xml)]),
    );
    for (const parts of [prefixed, strictParts]) {
      const first = write(zipParts(parts), [sheet('Allot x', [['a'], ['b']])]);
      expect(first.report[0]?.replaced).toBe(false);
      const again = write(first.bytes, [sheet('Allot x', [['c']])]);
      expect(again.report).toEqual([{ ...first.report[0], ref: 'A1:A2', replaced: true }]);
      expect(await readSheet(again.bytes, 'Allot x', 'D')).toEqual([[{ t: 'c' }]]);
      expect(again.names.filter((name) => name.includes('styles'))).toEqual(['xl/styles.xml']);
    }
    expect(write(zipParts(strictParts), [sheet('Allot x')]).part('xl/worksheets/sheet2.xml')).toContain(
      'http://purl.oclc.org/ooxml/spreadsheetml/main',
    );
    expect(write(zipParts(prefixed), [sheet('Allot x')]).part('xl/workbook.xml')).toContain('sheetId="8"');
  });

  it('never take the place of a sheet that is not ours', () => {
    const book = rawBook({ sheets: [{ name: 'Results', xml: '<sheetData/>' }] });
    expect(write(book, [sheet('Results')]).report[0]).toMatchObject({
      sheet: 'Results (2)',
      replaced: false,
    });
  });

  it('with the same short name stay two', () => {
    const long = `Allot ${'x'.repeat(40)}`;
    const report = write(rawBook(BOOK), [sheet(`${long}1`), sheet(`${long}2`)]).report;
    expect(report.map((one) => one.sheet)).toEqual([
      `Allot ${'x'.repeat(25)}`,
      `Allot ${'x'.repeat(21)} (2)`,
    ]);
    expect(new Set(report.map((one) => one.table)).size).toBe(2);
  });

  it('without rows keep a table with one blank row', () => {
    const none = { ...sheet('Allot x'), rows: [] };
    expect(write(rawBook(BOOK), [none]).report[0]?.ref).toBe('A1:A2');
  });

  it('written anew lose filters and totals, keep the ids of columns that stay, and what else the sheet has', () => {
    const table =
      '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="9" name="Mine" displayName="Mine" ref="A1:B4" totalsRowCount="1" xml:lang="x"><autoFilter ref="A1:B3"><filterColumn colId="0"/></autoFilter><sortState ref="A2:B3"/><tableColumns count="2"><tableColumn id="4" name="gone" totalsRowLabel="sum"/><tableColumn id="7" name="H0"/></tableColumns><tableStyleInfo name="Own"/></table>';
    const xml =
      '<sheetViews><sheetView workbookViewId="0" zoomScale="80"/></sheetViews><sheetData><row r="1"><c r="A1"><f>1</f><v>1</v></c></row></sheetData><conditionalFormatting/><legacyDrawing r:id="v"/><tableParts count="1"><tablePart r:id="t"/></tableParts>';
    const parts = rawParts({
      sheets: [{ name: 'ALLOT X', xml, rels: { t: ['table', '../tables/table1.xml'] } }, ...BOOK.sheets],
      parts: { 'xl/tables/table1.xml': table, 'xl/calcChain.xml': '<calcChain/>' },
      after: '<calcPr calcId="1"/>',
    });
    parts['xl/_rels/workbook.xml.rels'] = (parts['xl/_rels/workbook.xml.rels'] ?? '').replace(
      '</Rel',
      '<Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Rel',
    );
    const out = write(zipParts(parts), [sheet('Allot x', [['1'], ['2'], ['3']])]);
    expect(out.report).toEqual([
      { asked: 'Allot x', sheet: 'ALLOT X', ref: 'A1:A4', table: 'Mine', replaced: true },
    ]);
    expect(out.part('xl/tables/table1.xml')).toBe(
      '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="9" name="Mine" displayName="Mine" ref="A1:A4" xml:lang="x" totalsRowShown="0"><autoFilter ref="A1:A4"/><tableColumns count="1"><tableColumn id="7" name="h0"/></tableColumns><tableStyleInfo name="Own"/></table>',
    );
    const now = out.part('xl/worksheets/sheet1.xml');
    expect(now).toContain('zoomScale="80"');
    expect(now).toContain(
      '</sheetData><conditionalFormatting/><legacyDrawing r:id="v"/><tableParts count="1"><tablePart r:id="t"/></tableParts>',
    );
    expect(out.names).not.toContain('xl/calcChain.xml');
    expect(out.part('xl/_rels/workbook.xml.rels')).not.toContain('calcChain');
    // No formula refers to the sheet: nothing has to be calculated again.
    expect(out.part('xl/workbook.xml')).toContain('<calcPr calcId="1"/>');
  });

  it('get styles without moving those of others', () => {
    const styles =
      '<numFmts count="1"><numFmt numFmtId="200" formatCode="0.000"/></numFmts><fonts count="1"><font/></fonts><fills count="2"><fill/><fill/></fills><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs><extLst/>';
    const made: OutputSheet = {
      name: 'Allot x',
      columns: [
        { heading: 'a', width: 8, format: '0.000' },
        { heading: 'b', width: 8, format: '0.0 "h"' },
      ],
      rows: [],
    };
    const out = write(rawBook({ ...BOOK, styles }), [made]);
    const now = out.part('xl/styles.xml');
    expect(now).toContain(
      '<numFmts count="4"><numFmt numFmtId="200" formatCode="0.000"/><numFmt numFmtId="201" formatCode="yyyy-mm-dd"/>',
    );
    expect(now).toContain('<numFmt numFmtId="203" formatCode="0.0 &quot;h&quot;"/></numFmts>');
    expect(now).toMatch(/<cellXfs count="8"><xf numFmtId="0"\/><xf numFmtId="200"\/><xf /);
    expect(now).toContain('</cellXfs><extLst/>');
    expect(write(out.bytes, [made]).part('xl/styles.xml')).toBe(now);
  });
});

describe('rules in a workbook', () => {
  it('go into columns A to C of the first rule sheet; the others are emptied, columns D on stay', () => {
    const xml =
      '<dimension ref="A1:F3"/><sheetData><row r="1" spans="1:6" ht="30"><c r="A1" t="s"><v>0</v></c><c r="D1" s="4"><v>1</v></c></row><row r="2"><c/><c/><c/><c><v>2</v></c></row><row r="9"><c r="F9"><f>D1</f><v>1</v></c></row></sheetData><mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="D5:E5"/></mergeCells>';
    const bytes = rawBook({
      sheets: [
        { name: 'Rules', xml },
        { name: 'Rules 2', xml: data(row(1, str('B1', 'old'))) },
      ],
      strings: '<si><t>x</t></si>',
      styles: '<fonts count="1"><font/></fonts><cellXfs count="5"><xf/><xf/><xf/><xf/><xf/></cellXfs>',
    });
    const writer = bookWriter(readStructure(readZip(bytes, 'b')));
    putRules(writer, [
      { depth: 0, text: 'a' },
      { depth: 1, text: '# b' },
      { depth: 0, text: '' },
      { depth: 2, text: ' c' },
    ]);
    const out = writer.finish();
    const book = openXlsxBytes(out, 'b');
    expect(book.rules.map((line) => [line.depth, line.text])).toEqual([
      [0, 'a'],
      [1, '# b'],
      [0, ''],
      [2, ' c'],
    ]);
    const now = strFromU8(unzipSync(out)['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(now).toContain(
      '<row r="1" ht="30"><c r="A1" s="5" t="inlineStr"><is><t>a</t></is></c><c r="D1" s="4"><v>1</v></c></row>',
    );
    expect(now).toContain('<c r="D2"><v>2</v></c></row>');
    expect(now).toContain(
      '<row r="9"><c r="F9"><f>D1</f><v>1</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="D5:E5"/></mergeCells>',
    );
    expect(now).toContain('<dimension ref="A1:F9"/>');
  });

  it('get a sheet where there is none', () => {
    const writer = bookWriter(readStructure(readZip(rawBook(BOOK), 'b')));
    expect(putRules(writer, [{ depth: 0, text: 'a' }])).toEqual([
      { asked: 'Rules', sheet: 'Rules', ref: 'A1:C1', replaced: false },
    ]);
    expect(openXlsxBytes(writer.finish(), 'b').rules).toHaveLength(1);
  });
});

describe('names', () => {
  it.each([
    ['Allot a/b:c*?[d]', 'Allot a_b_c___d_'],
    ["'x'", '_x_'],
    ['', 'Sheet'],
    ['History', 'History_'],
    [`${'x'.repeat(30)}😀`, 'x'.repeat(30)],
    ['工'.repeat(40), '工'.repeat(31)],
  ])('%j of a sheet is %j', (asked, name) => expect(sheetName(asked)).toBe(name));

  it('differ', () => {
    expect(freeSheetName('Allot x', new Set(['allot x', 'allot x (2)']))).toBe('Allot x (3)');
    expect(freeTableName('Allot x', new Set(['allot_x']))).toBe('Allot_x_2');
    expect(tableHeadings(['a', 'A', '', 'a 2'])).toEqual(['a', 'A 2', 'Column3', 'a 2 2']);
  });

  it.each([
    ['A1', '_A1'],
    ['R1C1', '_R1C1'],
    ['r', '_r'],
    ['2026 x', '_2026_x'],
    ['工单', '工单'],
    ['a.b-c', 'a.b_c'],
  ])('%j of a table is %j', (asked, name) => expect(freeTableName(asked, new Set())).toBe(name));
});

describe('text in XML', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const xml = xmlText(value);
        const back = xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
        expect(unescapeText(back)).toBe(value);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may stand in XML.
        expect(xml).not.toMatch(/[\x00-\x08\x0b-\x1f]/);
      }),
    );
  });
});

describe('a new workbook', () => {
  const build = (): Uint8Array =>
    buildWorkbook({
      sheets: [
        {
          kind: 'table',
          name: 'Staff',
          table: 'People',
          columns: [{ heading: 'id', width: 8 }],
          rows: [[text('E1')]],
        },
        {
          kind: 'plain',
          name: "HR's",
          title: true,
          rows: [[text('Settings')], [text('rate'), { kind: 'number', value: rational(3n, 20n) }]],
        },
      ],
      names: [{ name: 'rate', sheet: "HR's", cell: 'b2' }],
    });

  it('is the same each time', () => expect(build()).toEqual(build()));

  it('has its tables and names', () => {
    const book = openXlsxBytes(build(), 'b');
    expect(book.tables).toEqual([
      { name: 'People', sheet: 'Staff', headings: ['id'] },
      { name: "HR's", sheet: "HR's", headings: ['Settings'] },
    ]);
    expect(book.names).toEqual([
      { name: 'rate', sheet: "HR's", row: 2, column: 2, value: { kind: 'number', value: { n: 3n, d: 20n } } },
    ]);
  });
});
