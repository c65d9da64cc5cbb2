import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BookError } from '../../../src/workbook/bookError.ts';
import { buildWorkbook } from '../../../src/workbook/xlsx/build.ts';
import { type FrozenBook, freezeXlsx } from '../../../src/workbook/xlsx/freeze.ts';
import { data, num, type RawBook, rawBook, row, str } from '../rawBook.ts';
import { hasLibreOffice, hasOpenpyxl, libreOfficeSheets, readBack, skipNote } from '../tools.ts';
import { cellOf, changedParts, partsOf } from './parts.ts';

const OURS = '_xldudf_ALLOT_SUPPORTSCORE(&quot;E1&quot;)';
const cell = (ref: string, formula: string, v: string, attributes = ''): string =>
  `<c r="${ref}"${attributes}><f>${formula}</f><v>${v}</v></c>`;

function frozen(book: RawBook): FrozenBook & { readonly sheet: string; readonly changed: readonly string[] } {
  const bytes = rawBook(book);
  const result = freezeXlsx(bytes, 'b.xlsx');
  return {
    ...result,
    sheet: partsOf(result.bytes)['xl/worksheets/sheet1.xml'] ?? '',
    changed: changedParts(bytes, result.bytes),
  };
}

const one = (xml: string, more: Partial<RawBook> = {}) => frozen({ sheets: [{ name: 'T', xml }], ...more });
const rowsIn = (xml: string): string => /<sheetData>(.*)<\/sheetData>/s.exec(xml)?.[1] ?? '';
const names = (...list: readonly string[]): string => `<definedNames>${list.join('')}</definedNames>`;

describe('a frozen copy', () => {
  it('has values in place of our functions, of every kind and wherever they are called', () => {
    const { cells, sheets, sheet, changed } = one(
      data(
        row(
          1,
          cell('A1', OURS, '87.5', ' s="3"'),
          cell('B1', `IF(C1&gt;0,1+${OURS},0)`, '88.5'),
          cell('C1', 'ALLOT.EXPLAIN(&quot;x&quot;)', 'a &lt;b&gt; &amp; c', ' t="str"'),
          cell('D1', `${OURS}&gt;80`, '1', ' t="b"'),
          cell('E1', OURS, '#VALUE!', ' t="e" vm="1"'),
          cell('F1', `[2]!${OURS}`, '5'),
          '<c r="G1" t="str"><f>ALLOT.BAND("b",1)</f><v></v></c>',
        ),
      ),
    );
    expect(rowsIn(sheet)).toBe(
      row(
        1,
        '<c r="A1" s="3"><v>87.5</v></c>',
        '<c r="B1"><v>88.5</v></c>',
        '<c r="C1" t="inlineStr"><is><t xml:space="preserve">a &lt;b&gt; &amp; c</t></is></c>',
        '<c r="D1" t="b"><v>1</v></c>',
        '<c r="E1" t="e"><v>#VALUE!</v></c>',
        '<c r="F1"><v>5</v></c>',
        '<c r="G1" t="inlineStr"><is><t xml:space="preserve"></t></is></c>',
      ),
    );
    expect(cells).toBe(7);
    expect(sheets).toEqual([{ sheet: 'T', cells: 7, errors: 1 }]);
    expect(changed).toEqual(['xl/worksheets/sheet1.xml']);
  });

  it('leaves everything else alone, be it called like us in a text, a sheet or a table', () => {
    const rows = [
      row(
        1,
        cell('A1', '&quot;ALLOT.X(&quot;&amp;B1', 'ALLOT.X(1', ' t="str"'),
        str('B1', 'ALLOT.RULE("x")'),
        cell('C1', "'ALLOT.X('!A1+ALLOT.Sheet!B2", '2'),
        cell('D1', 'SUM(T[ALLOT.RULE(])', '3'),
        cell('E1', '_xldudf_OTHER_RULE(1)', '4'),
      ),
      row(2, cell('A2', OURS, '1'), '<c r="B2"><f>A2*2</f><v>2</v></c>'),
    ];
    const { sheet, cells } = one(data(...rows));
    expect(cells).toBe(1);
    expect(rowsIn(sheet)).toBe(`${rows[0]}${rows[1]?.replace(`<f>${OURS}</f>`, '')}`);
  });

  it('is the same file where nothing calls us', () => {
    const bytes = rawBook({
      sheets: [{ name: 'T', xml: data(row(1, cell('A1', '&quot;ALLOT.X(&quot;', 'ALLOT.X(', ' t="str"'))) }],
    });
    expect(freezeXlsx(bytes, 'b.xlsx')).toEqual({ bytes, cells: 0, sheets: [], names: [], left: [] });
  });

  it('keeps what a formula spilled, and no array', () => {
    const { sheet, cells } = one(
      data(
        row(
          1,
          '<c r="A1" t="str" cm="1"><f t="array" ref="A1:A3">_xldudf_ALLOT_STATEMENT("E1")</f><v>base</v></c>',
          cell('C1', 'COUNTA(_xlfn.ANCHORARRAY(A1))', '3'),
          cell('D1', 'COUNTA(_xlfn.ANCHORARRAY($E$1))', '1'),
          '<c r="E1" cm="1"><f t="array" ref="E1:E2">_xlfn.SEQUENCE(2)</f><v>1</v></c>',
        ),
        row(2, '<c r="A2" t="s"><v>0</v></c>', num('E2', '2')),
        row(3, '<c r="A3"><v>7</v></c>'),
      ),
      { strings: '<si><t>reward</t></si>' },
    );
    expect(cells).toBe(1);
    expect(cellOf(sheet, 'A1')).toBe('<c r="A1" t="inlineStr"><is><t xml:space="preserve">base</t></is></c>');
    expect(cellOf(sheet, 'A2')).toBe('<c r="A2" t="s"><v>0</v></c>');
    expect(cellOf(sheet, 'A3')).toBe('<c r="A3"><v>7</v></c>');
    // What referred to all that spilled refers to the same cells.
    expect(cellOf(sheet, 'C1')).toBe(cell('C1', 'COUNTA(A1:A3)', '3'));
    expect(cellOf(sheet, 'D1')).toContain('ANCHORARRAY($E$1)');
    expect(cellOf(sheet, 'E1')).toContain('cm="1"');
  });

  it('finds shared formulas, whose cells but the first have no text', () => {
    const { sheet, cells } = one(
      data(
        row(1, `<c r="B1"><f t="shared" ref="B1:B2" si="0">${OURS}*A1</f><v>1</v></c>`),
        row(
          2,
          '<c r="B2"><f t="shared" si="0"/><v>2</v></c>',
          '<c r="C2"><f t="shared" ref="C2:C3" si="1">A2</f><v>3</v></c>',
        ),
        row(3, '<c r="C3"><f t="shared" si="1"/><v>4</v></c>'),
      ),
    );
    expect(cells).toBe(2);
    expect(rowsIn(sheet)).toBe(
      row(1, '<c r="B1"><v>1</v></c>') +
        row(2, '<c r="B2"><v>2</v></c>', '<c r="C2"><f t="shared" ref="C2:C3" si="1">A2</f><v>3</v></c>') +
        row(3, '<c r="C3"><f t="shared" si="1"/><v>4</v></c>'),
    );
  });

  it('takes away the names that stand for our functions, and freezes what uses them', () => {
    const keep = '<definedName name="rate">T!$A$1</definedName>';
    const result = one(
      data(
        row(
          1,
          num('A1', '1'),
          cell('B1', 'SUPPORTSCORE(&quot;E1&quot;)', '5'),
          cell('C1', 'total*2', '6'),
          cell('D1', 'rate+1', '2'),
          cell('E1', '&quot;supportscore(&quot;', 'supportscore(', ' t="str"'),
          cell('F1', '[0]!SUPPORTSCORE(1)', '7'),
        ),
      ),
      {
        after: names(
          '<definedName name="SUPPORTSCORE">_xldudf_ALLOT_SUPPORTSCORE</definedName>',
          keep,
          '<definedName name="total">twice+1</definedName>',
          '<definedName name="twice">2*ALLOT.RULE("x")</definedName>',
        ),
      },
    );
    expect(result.names).toEqual(['SUPPORTSCORE', 'total', 'twice']);
    expect(result.cells).toBe(3);
    for (const [ref, v] of [
      ['B1', '5'],
      ['C1', '6'],
      ['F1', '7'],
    ] as const)
      expect(cellOf(result.sheet, ref)).toBe(`<c r="${ref}"><v>${v}</v></c>`);
    expect(cellOf(result.sheet, 'D1')).toContain('<f>');
    expect(cellOf(result.sheet, 'E1')).toContain('<f>');
    expect(partsOf(result.bytes)['xl/workbook.xml']).toContain(names(keep));
  });

  it('finds names whose characters a file spells by their numbers', () => {
    const { cells } = one(data(row(1, cell('A1', '&#25903;&#25745;(1)', '5'))), {
      after: names('<definedName name="支撑">_xldudf_ALLOT_SUPPORTSCORE</definedName>'),
    });
    expect(cells).toBe(1);
  });

  it('minds on which sheet a name holds', () => {
    const wrapper = (scope: string): string =>
      `<definedName name="SCORE"${scope}>_xldudf_ALLOT_SUPPORTSCORE</definedName>`;
    const cells = data(row(1, cell('A1', 'SCORE(1)', '5'), cell('B1', 'U!SCORE(1)', '6')));
    const bytes = rawBook({
      sheets: [
        { name: 'T', xml: cells },
        { name: 'U', xml: cells },
      ],
      after: names('<definedName name="SCORE">T!$Z$1</definedName>', wrapper(' localSheetId="1"')),
    });
    const { sheets, names: gone } = freezeXlsx(bytes, 'b.xlsx');
    expect(sheets).toEqual([
      { sheet: 'T', cells: 1, errors: 0 },
      { sheet: 'U', cells: 2, errors: 0 },
    ]);
    expect(gone).toEqual(['SCORE']);
  });

  it('takes our formulas out of the columns of tables, so that new rows do not get them', () => {
    const bytes = buildWorkbook({
      sheets: [
        {
          kind: 'table',
          name: 'Staff',
          columns: ['id', 'score'].map((heading) => ({ heading, width: 9 })),
          rows: [[{ kind: 'text', value: 'E1' }]],
        },
      ],
    });
    const parts = partsOf(bytes);
    const table = parts['xl/tables/table1.xml'] ?? '';
    const calculated = table.replace(
      /(<tableColumn id="2" name="score")\/>/,
      '$1><calculatedColumnFormula>ALLOT.SUPPORTSCORE(Staff[[#This Row],[id]])</calculatedColumnFormula></tableColumn>',
    );
    expect(calculated).not.toBe(table);
    const result = freezeXlsx(rawWith(parts, { 'xl/tables/table1.xml': calculated }), 'b.xlsx');
    expect(partsOf(result.bytes)['xl/tables/table1.xml']).toBe(
      table.replace(/(<tableColumn id="2" name="score")\/>/, '$1></tableColumn>'),
    );
  });

  it('says where our functions are still called', () => {
    const { left, cells } = one(
      `${data(row(1, num('A1', '1')))}<conditionalFormatting sqref="A1:A9"><cfRule type="expression" priority="1"><formula>${OURS}&gt;1</formula></cfRule></conditionalFormatting><conditionalFormatting sqref="B1"><cfRule type="expression" priority="2"><formula>A1&gt;1</formula></cfRule></conditionalFormatting><dataValidations count="1"><dataValidation type="custom" sqref="C1:C3"><formula1>mine(1)</formula1></dataValidation></dataValidations>`,
      {
        after: names('<definedName name="mine">ALLOT.SUPPORTSCORE</definedName>'),
        parts: { 'xl/charts/chart1.xml': '<c:chart xmlns:c="x"><c:f>ALLOT.RULE("x")</c:f></c:chart>' },
      },
    );
    expect(cells).toBe(0);
    expect(left).toEqual([
      { kind: 'conditional format', sheet: 'T', ref: 'A1:A9' },
      { kind: 'data validation', sheet: 'T', ref: 'C1:C3' },
      { kind: 'other', part: 'xl/charts/chart1.xml' },
    ]);
  });

  it('says so of the newer formats and validations too, once for each', () => {
    const ext = `<extLst><ext xmlns:x14="x"><x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="m"><x14:cfRule type="dataBar"><xm:f>${OURS}</xm:f><xm:f>${OURS}+1</xm:f></x14:cfRule><xm:sqref>D1:D3</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings><x14:dataValidations><x14:dataValidation xmlns:xm="m"><x14:formula1><xm:f>ALLOT.RULE("x")</xm:f></x14:formula1><xm:sqref>E1</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>`;
    expect(one(`${data(row(1, num('A1', '1')))}${ext}`).left).toEqual([
      { kind: 'conditional format', sheet: 'T', ref: 'D1:D3' },
      { kind: 'data validation', sheet: 'T', ref: 'E1' },
    ]);
  });

  it('is refused while a cell has no value yet', () => {
    for (const xml of [`<c r="B2"><f>${OURS}</f></c>`, `<c r="B2"><f>${OURS}</f><v></v></c>`]) {
      expect(() => one(data(row(2, xml)))).toThrow(BookError);
      expect(() => one(data(row(2, xml)))).toThrow(
        expect.objectContaining({
          problem: expect.objectContaining({
            code: 'cell-error',
            value: '#GETTING_DATA',
            at: { kind: 'cell', sheet: 'T', row: 2, column: 2 },
          }),
        }),
      );
    }
  });

  it('drops the chain of calculation, which would name cells without a formula', () => {
    const parts = {
      'xl/calcChain.xml': '<calcChain xmlns="x"><c r="A1" i="1"/></calcChain>',
      '[Content_Types].xml':
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="c1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Relationships>',
    };
    const { changed } = one(data(row(1, cell('A1', OURS, '1'))), { parts });
    expect(changed).toEqual([
      '[Content_Types].xml',
      'xl/_rels/workbook.xml.rels',
      'xl/calcChain.xml',
      'xl/worksheets/sheet1.xml',
    ]);
  });
});

function rawWith(
  parts: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>>,
): Uint8Array {
  return rawBook({ sheets: [], parts: { ...parts, ...more } });
}

const openpyxl = hasOpenpyxl();
const office = hasLibreOffice();
if (!openpyxl) skipNote('openpyxl');
if (!office) skipNote('LibreOffice');

describe('a frozen copy as others read it', () => {
  const book = (): string => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'allot-freeze-')), 'b.xlsx');
    const bytes = buildWorkbook({ sheets: [{ kind: 'plain', name: 'T', rows: [] }] });
    const sheet = (partsOf(bytes)['xl/worksheets/sheet1.xml'] ?? '').replace(
      '<sheetData></sheetData>',
      data(
        row(1, num('A1', '2'), cell('B1', OURS, '87.5'), cell('C1', 'B1*2', '175')),
        row(2, cell('B2', 'ALLOT.EXPLAIN(1)', ' 甲 ', ' t="str"'), cell('C2', OURS, '#N/A', ' t="e"')),
      ),
    );
    writeFileSync(
      file,
      freezeXlsx(rawWith(partsOf(bytes), { 'xl/worksheets/sheet1.xml': sheet }), 'b.xlsx').bytes,
    );
    return file;
  };

  it.runIf(openpyxl)('openpyxl', () => {
    expect(readBack(book()).T?.rows).toEqual([
      [2, 87.5, '=B1*2'],
      [null, ' 甲 ', '#N/A'],
    ]);
  });

  it.runIf(office)('LibreOffice', { timeout: 120_000 }, () => {
    expect(libreOfficeSheets(book()).T).toBe('2,87.5,175\n," 甲 ",#N/A\n'.replace('" 甲 "', ' 甲 '));
  });
});
