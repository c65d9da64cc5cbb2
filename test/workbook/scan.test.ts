import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BookError } from '../../src/workbook/bookError.ts';
import type { RawCell } from '../../src/workbook/xlsx/rawCell.ts';
import { scanCells } from '../../src/workbook/xlsx/scan.ts';
import { eachCell, firstCells } from '../../src/workbook/xlsx/sheet.ts';
import { readZip } from '../../src/workbook/xlsx/zip.ts';
import { zipParts } from './rawBook.ts';

/** All cells by one of the two ways, or what was refused. */
function cells(way: typeof eachCell, sheet: string): unknown {
  const zip = readZip(zipParts({ sheet }), 'book.xlsx');
  const [entry] = zip.entries;
  if (entry === undefined) throw new Error('no part');
  const seen: RawCell[] = [];
  try {
    way(zip, entry, (cell) => seen.push({ ...cell }) > 0);
  } catch (error) {
    if (error instanceof BookError) return error.problem.code;
    throw error;
  }
  return seen;
}

const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | ''> =>
  fc.option(arbitrary, { nil: '' as const, freq: 2 });
const text = fc.constantFrom(
  '1',
  '0.5',
  'abc',
  ' x ',
  '',
  'a&amp;b',
  '&lt;',
  '&#x5de5;',
  '工',
  'a\nb',
  'a\r\nb',
  '_x000D_',
  'a>b',
  '😀',
  '#N/A',
);
const odd = fc.constantFrom(
  '<!-- c -->',
  '<extLst/>',
  '<?pi?>',
  ' ',
  '\n',
  'stray',
  '<x:c/>',
  '<v/>',
  '<f/>',
);
const attribute = fc.constantFrom(
  ' t="s"',
  ' t="str"',
  ' t="inlineStr"',
  ' t="b"',
  ' t="e"',
  ' s="3"',
  " s='4'",
  ' x:y="z"',
  ' cm="1"',
  '  s = "5"',
  ' s="x"',
  ' t="&amp;"',
  '\n s="1"',
  ' s="1"',
);
const content = fc.oneof(
  { weight: 6, arbitrary: text.map((t) => `<v>${t}</v>`) },
  { weight: 2, arbitrary: text.map((t) => `<f>${t}</f><v>2</v>`) },
  { weight: 2, arbitrary: fc.constant('<f t="shared" ref="A1:A3" si="0"/><v>3</v>') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('<f>1</f>', '<f/>', '<v xml:space="preserve">1</v>', '<v>1</v><v>2</v>'),
  },
  { weight: 3, arbitrary: text.map((t) => `<is><t>${t}</t></is>`) },
  { weight: 1, arbitrary: text.map((t) => `<is><t xml:space="preserve">${t}</t></is>`) },
  { weight: 1, arbitrary: text.map((t) => `<is><r><t>${t}</t></r><rPh><t>no</t></rPh></is>`) },
  { weight: 1, arbitrary: odd },
);
const cell = fc
  .tuple(
    some(
      fc.constantFrom(
        ' r="A1"',
        ' r="C7"',
        ' r="AB12"',
        ' r="b2"',
        ' r="A"',
        ' r="9"',
        ' r="XFD1"',
        ' r="XFE1"',
      ),
    ),
    some(attribute),
    some(content),
  )
  .map(([r, a, inside]) => (inside === '' ? `<c${r}${a}/>` : `<c${r}${a}>${inside}</c>`));
const row = fc
  .tuple(
    some(fc.constantFrom(' r="3"', ' r="9" spans="1:3"', ' r="0"', ' r="x"', ' hidden="1"', ' r="A2"')),
    fc.array(fc.oneof({ weight: 9, arbitrary: cell }, { weight: 1, arbitrary: odd }), { maxLength: 5 }),
  )
  .map(([r, inside]) => (inside.length === 0 ? `<row${r}/>` : `<row${r}>${inside.join('')}</row>`));
const sheet = fc
  .tuple(
    fc.constantFrom('', '<dimension ref="A1"/>', '<!-- <sheetData> -->'),
    fc.array(fc.oneof({ weight: 9, arbitrary: row }, { weight: 1, arbitrary: odd }), { maxLength: 6 }),
    fc.constantFrom(
      '</sheetData></worksheet>',
      '</sheetData><pageSetup/></worksheet>',
      '</sheetData>',
      '</worksheet>',
      '',
    ),
  )
  .map(([head, rows, tail]) => `<worksheet xmlns:x="y">${head}<sheetData>${rows.join('')}${tail}`);

describe('the fast way through a sheet', () => {
  it('gives the same cells, or refuses the same sheets, as the parser of all XML', () => {
    fc.assert(
      fc.property(sheet, (xml) => {
        expect(cells(eachCell, xml)).toEqual(cells(firstCells, xml));
      }),
      { numRuns: 3000 },
    );
  });

  it('goes all the way where a spreadsheet program wrote the sheet', () => {
    const inside =
      '<row r="1" spans="1:3" x14ac:dyDescent="0.25"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1"/></row>\n<row r="2"><c r="C2" t="str"><f>A1&amp;"x"</f><v>1</v></c></row>';
    const plain = inside.replace('&amp;', '+');
    const end = (xml: string): string | undefined => {
      const made: RawCell = { row: 0, column: 0, type: '', text: '', style: 0, formula: false };
      const scanned = scanCells(xml, made, () => true);
      return scanned === null ? undefined : xml.slice(scanned.at);
    };
    expect(end(`<worksheet><sheetData>${plain}</sheetData></worksheet>`)).toBe('</sheetData></worksheet>');
    expect(end(`<worksheet><sheetData>${inside}</sheetData></worksheet>`)).toMatch(/^<c r="C2"/);
  });

  it('stops where it is told to', () => {
    const zip = readZip(
      zipParts({ sheet: '<worksheet><sheetData><row><c/><c/><c/></row></sheetData></worksheet>' }),
      'b',
    );
    const [entry] = zip.entries;
    let count = 0;
    if (entry !== undefined) eachCell(zip, entry, () => ++count < 2);
    expect(count).toBe(2);
  });
});
