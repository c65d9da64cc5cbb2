import { describe, expect, it } from 'vitest';
import type { SourceLine } from '../../../src/workbook/port.ts';
import { xlsxLiveBook } from '../../../src/workbook/xlsx/live.ts';
import { data, type RawBook, rawBook, row, str } from '../rawBook.ts';
import { cellOf, changedParts, partsOf } from './parts.ts';

const lines = (...texts: readonly string[]): readonly SourceLine[] =>
  texts.map((text) => ({ depth: 0, text }));

/** A rule sheet of four lines; the second and fourth have formulas beside them. */
const RULES = data(
  row(1, str('A1', 'a')),
  '<row r="2" ht="30" customHeight="1"><c r="A2" s="1" t="inlineStr"><is><t>b</t></is></c><c r="D2"><f>LEN(A2)+LEN(A4)+SUM($D$1:D4)+T!A2</f><v>1</v></c></row>',
  row(3, str('A3', 'c')),
  row(4, str('A4', 'd'), '<c r="E4"><f t="shared" ref="E4" si="0">A4&amp;"A4"</f><v>x</v></c>'),
);

async function rewritten(
  texts: readonly string[],
  more: { readonly after?: string; readonly rest?: string; readonly book?: Partial<RawBook> } = {},
) {
  const before = rawBook({
    sheets: [
      {
        name: 'Rules pay',
        xml: `<dimension ref="A1:E4"/>${RULES}${more.rest ?? ''}`,
        rels: more.book?.sheets?.[0]?.rels ?? {},
      },
      {
        name: 'T',
        xml: data(
          row(1, '<c r="A1"><f>\'Rules pay\'!A4&amp;A4&amp;Rules!A4</f><v>d</v></c>'),
          row(2, '<c r="A2"><f t="shared" ref="A2:A3" si="0">\'Rules pay\'!A3</f><v>c</v></c>'),
          row(3, '<c r="A3"><f t="shared" si="0"/><v>d</v></c>'),
        ),
      },
    ],
    after: `<definedNames><definedName name="fourth">'Rules pay'!$A$4</definedName><definedName name="other">T!$A$4</definedName></definedNames>`,
    ...(more.book?.parts === undefined ? {} : { parts: more.book.parts }),
  });
  const live = xlsxLiveBook(before, 'b.xlsx');
  const [was] = await live.ruleSheets();
  if (was === undefined) throw new Error('no rules');
  expect((await live.writeRuleSheet(was.sheet, lines(...texts), was)).kind).toBe('written');
  const after = await live.bytes();
  expect((await live.ruleSheets())[0]?.rows.map((one) => one.text)).toEqual(texts);
  const parts = partsOf(after);
  return {
    parts,
    changed: changedParts(before, after),
    rules: parts['xl/worksheets/sheet1.xml'] ?? '',
    other: parts['xl/worksheets/sheet2.xml'] ?? '',
    book: parts['xl/workbook.xml'] ?? '',
  };
}

describe('lines written into a rule sheet', () => {
  it('take the place of others without touching anything else', async () => {
    const { rules, changed } = await rewritten(['a', 'B', 'c', 'd']);
    // Styles for rules are added where the workbook has none.
    expect(changed.filter((name) => !/styles|Content_Types|rels/.test(name))).toEqual([
      'xl/worksheets/sheet1.xml',
    ]);
    expect(rules).toContain('<row r="2" ht="30" customHeight="1"><c r="A2"');
    expect(rules).toContain(
      '<t>B</t></is></c><c r="D2"><f>LEN(A2)+LEN(A4)+SUM($D$1:D4)+T!A2</f><v>1</v></c></row>',
    );
    expect(rules).toContain(
      row(4, str('A4', 'd'), '<c r="E4"><f t="shared" ref="E4" si="0">A4&amp;"A4"</f><v>x</v></c>'),
    );
  });

  it('push others down, and references follow', async () => {
    const { rules, other, book } = await rewritten(['a', 'new', 'newer', 'b', 'c', 'd']);
    expect(cellOf(rules, 'D4')).toBe('<c r="D4"><f>LEN(A4)+LEN(A6)+SUM($D$1:D6)+T!A2</f><v>1</v></c>');
    expect(cellOf(rules, 'E6')).toBe('<c r="E6"><f>A6&amp;"A4"</f><v>x</v></c>');
    expect(rules).toContain('<row r="4" ht="30" customHeight="1">');
    expect(rules).toContain('<dimension ref="A1:E6"/>');
    expect(cellOf(other, 'A1')).toBe('<c r="A1"><f>\'Rules pay\'!A6&amp;A4&amp;Rules!A4</f><v>d</v></c>');
    expect(cellOf(other, 'A2')).toBe('<c r="A2"><f>\'Rules pay\'!A5</f><v>c</v></c>');
    expect(cellOf(other, 'A3')).toBe('<c r="A3"><f>\'Rules pay\'!A6</f><v>d</v></c>');
    expect(book).toContain('<definedName name="fourth">\'Rules pay\'!$A$6</definedName>');
    expect(book).toContain('<definedName name="other">T!$A$4</definedName>');
  });

  it('go with their rows, and what referred to them says so', async () => {
    const { rules, other } = await rewritten(['b', 'd']);
    expect(cellOf(rules, 'D1')).toBe('<c r="D1"><f>LEN(A1)+LEN(A2)+SUM($D$1:D2)+T!A2</f><v>1</v></c>');
    expect(cellOf(other, 'A1')).toContain("<f>'Rules pay'!A2&amp;A4&amp;Rules!A4</f>");
    expect(cellOf(other, 'A2')).toContain("<f>'Rules pay'!#REF!</f>");
    expect(rules).toContain('<dimension ref="A1:E2"/>');
  });

  it('move merged cells, formats, links and comments along', async () => {
    const rest =
      '<mergeCells count="1"><mergeCell ref="D2:E3"/></mergeCells><conditionalFormatting sqref="D1:D4 F4"><cfRule type="expression" priority="1"><formula>$A2=1</formula></cfRule></conditionalFormatting><dataValidations count="1"><dataValidation type="list" sqref="D4"><formula1>$D$2:$D$4</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref="D4" location="T!A1"/></hyperlinks>';
    const { rules, parts } = await rewritten(['a', 'new', 'b', 'c', 'd'], {
      rest,
      book: {
        sheets: [
          {
            name: '',
            xml: '',
            rels: { r1: ['comments', '../comments1.xml'], r2: ['vmlDrawing', '../drawings/v.vml'] },
          },
        ],
        parts: {
          'xl/comments1.xml':
            '<comments><commentList><comment ref="D2"/><comment ref="A1"/></commentList></comments>',
          'xl/drawings/v.vml': '<xml><x:Row>1</x:Row><x:Column>3</x:Column><x:Row>0</x:Row></xml>',
        },
      },
    });
    expect(rules).toContain('<mergeCell ref="D3:E4"/>');
    expect(rules).toContain('sqref="D1:D5 F5"');
    expect(rules).toContain('<formula>$A3=1</formula>');
    expect(rules).toContain('sqref="D5"><formula1>$D$3:$D$5</formula1>');
    expect(rules).toContain('<hyperlink ref="D5" location="T!A1"/>');
    expect(parts['xl/comments1.xml']).toContain('<comment ref="D3"/><comment ref="A1"/>');
    expect(parts['xl/drawings/v.vml']).toContain('<x:Row>2</x:Row><x:Column>3</x:Column><x:Row>0</x:Row>');
  });

  it('that say what is there change not a byte', async () => {
    const { changed } = await rewritten(['a', 'b', 'c', 'd']);
    expect(changed).toEqual([]);
  });
});
