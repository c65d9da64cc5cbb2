import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileError } from '../../../src/workbook/bookError.ts';
import { type CellSpan, type RowSpan, walkSheet } from '../../../src/workbook/xlsx/cellSpans.ts';
import { quickSpans } from '../../../src/workbook/xlsx/quickSpans.ts';
import { treeOf } from '../../../src/workbook/xlsx/xml.ts';

const broken = () => fileError('b.xlsx', 'broken-part', 'sheet');
/** Behind the document, so that no place changes: the quick way doesn't go where there is a comment. */
const SLOWLY = '<!-- -->';

function walked(
  xml: string,
  wants?: (row: number) => boolean,
  only?: 'formulas',
): readonly (RowSpan | CellSpan)[] {
  const found: (RowSpan | CellSpan)[] = [];
  walkSheet(xml, broken, {
    ...(wants === undefined ? {} : { wants }),
    ...(only === undefined ? {} : { only }),
    cell: ({ ...cell }) => found.push(cell),
    row: ({ ...row }) => found.push(row),
  });
  return found.map(({ ...span }) => ({ ...span, text: undefined }));
}

const text = fc.constantFrom(
  '',
  '1',
  'a &amp; b',
  '&lt;f&gt;',
  'ALLOT.X(1)',
  ' x\n',
  '中文😀',
  '&#65;',
  "it's",
);
const space = fc.constantFrom('', ' ', '\n  ');
const attributes = fc.constantFrom(
  '',
  ' s="3"',
  " t='str'",
  ' t="e" cm="1"',
  ' a="x > y"',
  ' x:b = "1&amp;2"',
  ' s="\t1"',
);
const inside = fc.oneof(
  text.map((one) => `<v>${one}</v>`),
  fc.tuple(attributes, text).map(([more, one]) => `<f${more}>${one}</f>`),
  fc.constantFrom(
    '<v/>',
    '<f t="shared" si="0"/>',
    '<is><t>x</t></is>',
    '<is><r><t>a</t></r><rPh><t>b</t></rPh></is>',
    '<extLst><ext><v>9</v></ext></extLst>',
  ),
);
const cell = fc
  .tuple(
    fc.constantFrom('', ' r="B2"', ' r="C3"', ' r="AA10"'),
    attributes,
    fc.array(inside, { maxLength: 2 }),
    space,
  )
  .map(([r, more, parts, gap]) =>
    parts.length === 0 ? `<c${r}${more}/>` : `<c${r}${more}>${gap}${parts.join(gap)}</c>`,
  );
const row = fc
  .tuple(fc.constantFrom('', ' r="2"', ' r="7"'), attributes, fc.array(cell, { maxLength: 3 }), space)
  .map(([r, more, cells, gap]) =>
    cells.length === 0 ? `<row${r}${more} />` : `<row${r}${more}>${gap}${cells.join(gap)}${gap}</row>`,
  );
const sheet = fc
  .tuple(fc.array(row, { maxLength: 4 }), space)
  .map(
    ([rows, gap]) =>
      `<worksheet><cols><col min="1"/></cols><sheetData>${gap}${rows.join(gap)}</sheetData><after a="1"><b>t</b></after></worksheet>`,
  );

describe('the quick way over a sheet', () => {
  it('finds the same rows and cells, with their places, as a parser of all XML', () => {
    fc.assert(
      fc.property(sheet, (xml) => {
        expect(walked(xml)).toEqual(walked(xml + SLOWLY));
        expect(walked(xml, (r) => r === 2)).toEqual(walked(xml + SLOWLY, (r) => r === 2));
        expect(walked(xml, undefined, 'formulas')).toEqual(walked(xml + SLOWLY, undefined, 'formulas'));
        expect(treeOf(xml, broken, 'sheetData')).toEqual(treeOf(xml + SLOWLY, broken, 'sheetData'));
      }),
    );
  });

  it('is gone where it can be, and left where anything is unusual', () => {
    const visitor = { cell: () => {} };
    const data = (cells: string): string =>
      `<worksheet><sheetData><row r="1">${cells}</row></sheetData></worksheet>`;
    expect(quickSpans(data('<c r="A1" a=">"><f>1&lt;2</f><v>1</v></c>'), visitor)).toHaveLength(1);
    expect(
      quickSpans(`<x:worksheet><x:sheetData><x:row><x:c/></x:row></x:sheetData></x:worksheet>`, visitor),
    ).toHaveLength(1);
    for (const cells of [
      '<c><v><![CDATA[<c>]]></v></c>',
      '<!-- <c/> --><c/>',
      '<c><v>&#65;</v></c>',
      '<c><v>&unknown;</v></c>',
      '<c><v>1\r\n</v></c>',
      '<d/>',
      'text<c/>',
      '<c><v>1</v>',
      '<c a="1" a="2"/>',
      '<c a=1/>',
    ])
      expect(quickSpans(data(cells), visitor), cells).toBeNull();
  });

  it.each([
    '<row r="1"><c></row>',
    '<row r="0"/>',
    '<row r="1"><c r="A1"><v>&bad;</v></c></row>',
    '<row r="1" r="1"/>',
  ])('refuses what is no sheet: %s', (rows) => {
    expect(() => walked(`<worksheet><sheetData>${rows}</sheetData></worksheet>`)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ reason: 'broken-part' }) }),
    );
  });
});
