import { describe, expect, it } from 'vitest';
import { isDateFormat } from '../../src/workbook/dateFormat.ts';
import type { OpenBook, SheetTable } from '../../src/workbook/port.ts';
import { openXlsxBytes } from '../../src/workbook/xlsx/open.ts';
import { plain, plainRows } from '../contract/workbookContract.ts';
import { data, num, type RawBook, rawBook, row, str } from './rawBook.ts';

const open = (book: RawBook): OpenBook => openXlsxBytes(rawBook(book), 'book.xlsx');

async function onlyTable(book: RawBook): Promise<SheetTable> {
  const { tables } = await open(book).read();
  const [table] = tables;
  if (table === undefined || tables.length !== 1) throw new Error(`${tables.length} tables`);
  return table;
}

/** One column under the heading `h`; its cells are XML at A2, A3, … */
const columnOf = async (cells: readonly string[], more: Partial<RawBook> = {}): Promise<unknown[]> =>
  plainRows(
    await onlyTable({
      sheets: [
        {
          name: 'T',
          xml: data(
            row(1, str('A1', 'h'), str('B1', 'i')),
            ...cells.map((cell, i) => row(i + 2, cell, num(`B${i + 2}`, '1'))),
          ),
        },
      ],
      ...more,
    }),
  ).map((cells) => cells[0]);

describe('the cells of a sheet', () => {
  it('are shared, inline, formula and rich texts, phonetic guides left out', async () => {
    const strings =
      '<si><t>plain</t></si><si><r><t>two </t></r><r><rPr><b/></rPr><t xml:space="preserve">runs </t></r><rPh sb="0" eb="1"><t>guide</t></rPh><phoneticPr/></si><si><t>line_x000D_\nend &amp; &#x5de5;<![CDATA[<x>]]></t></si><si><t/></si><si><t>_x005F_x0041_</t></si>';
    expect(
      await columnOf(
        [
          '<c r="A2" t="s"><v>0</v></c>',
          '<c r="A3" t="s"><v>1</v></c>',
          '<c r="A4" t="s"><v>2</v></c>',
          '<c r="A5" t="s"><v>3</v></c>',
          '<c r="A6" t="s"><v>4</v></c>',
          '<c r="A7" t="str"><f>"a"&amp;1</f><v>a1</v></c>',
          '<c r="A8" t="str"><f>""</f><v></v></c>',
          '<c r="A9" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c>',
          '<c r="A10" t="inlineStr"><is><t xml:space="preserve"> =1+1 </t></is></c>',
        ],
        { strings },
      ),
    ).toEqual([
      { t: 'plain' },
      { t: 'two runs ' },
      { t: 'line\r\nend & 工<x>' },
      null,
      { t: '_x0041_' },
      { t: 'a1' },
      null,
      { t: 'inline' },
      { t: ' =1+1 ' },
    ]);
  });

  it('are numbers under the 15-digit rule, logicals, errors and ISO dates', async () => {
    expect(
      await columnOf([
        num('A2', '847.4299999999999'),
        num('A3', '0.30000000000000004'),
        num('A4', '1E-3'),
        num('A5', '-12345678901234567890'),
        '<c r="A6" t="b"><v>1</v></c>',
        '<c r="A7" t="b"><v>0</v></c>',
        '<c r="A8" t="e"><v>#N/A</v></c>',
        '<c r="A9" t="d"><v>2026-01-31T09:30:00.2504Z</v></c>',
        '<c r="A10"/>',
        '<c r="A11"><f>1+1</f></c>',
        '<c r="A12"><f>1+1</f><v>2</v></c>',
        '<c r="A13"><f>1+1</f><v></v></c>',
        '<c r="A14"><f>1+1</f><v/></c>',
      ]),
    ).toEqual([
      { n: '847.43' },
      { n: '0.3' },
      { n: '0.001' },
      { n: '-12345678901234600000' },
      { b: true },
      { b: false },
      { e: true },
      { d: '2026-01-31T09:30:00.250' },
      null,
      { e: true },
      { n: '2' },
      // Written by a program that does not calculate: not blank, but not there yet.
      { e: true },
      { e: true },
    ]);
  });

  // Serials by hand: 1 January 1900 is 1, 1 March 1900 is 61 (after a 29 February that never was), 1 January 2000 is
  // 36526; in the 1904 system 1 January 1904 is 0 and 1 January 2000 is 36526 − 1462.
  const styles =
    '<numFmts count="1"><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="20"/></cellXfs>';
  it('are dates under a date format', async () => {
    const cells = [
      num('A2', '1', 1),
      num('A3', '59', 1),
      num('A4', '61', 1),
      num('A5', '36526', 2),
      num('A6', '36526.5', 2),
      num('A7', '46053.395833333336', 1),
      num('A8', '0.5', 3),
      num('A9', '-1', 1),
      num('A10', '2958466', 1),
    ];
    expect(await columnOf(cells, { styles })).toEqual([
      { d: '1900-01-01' },
      { d: '1900-02-28' },
      { d: '1900-03-01' },
      { d: '2000-01-01' },
      { d: '2000-01-01T12:00:00' },
      { d: '2026-01-31T09:30:00' },
      { n: '0.5' },
      { n: '-1' },
      { n: '2958466' },
    ]);
  });

  it.each(['1', 'true'])(
    'are dates of the 1904 system where the workbook has date1904="%s"',
    async (flag) => {
      const cells = [num('A2', '0', 1), num('A3', '35064', 1), num('A4', '35064.25', 2)];
      expect(await columnOf(cells, { styles, before: `<workbookPr date1904="${flag}"/>` })).toEqual([
        { d: '1904-01-01' },
        { d: '2000-01-01' },
        { d: '2000-01-01T06:00:00' },
      ]);
    },
  );

  it('may come without references, under prefixes, with rows left out', async () => {
    const x = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const xml = `<x:worksheet xmlns:x="${x}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row><x:row r="4"><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row><x:row><x:c r="B5"><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    const table = await onlyTable({ sheets: [{ name: 'T', xml }] });
    expect([...table.sheetRows]).toEqual([4, 5]);
    expect(plainRows(table)).toEqual([
      [{ n: '1' }, { n: '2' }],
      [null, { n: '3' }],
    ]);
  });
});

describe('a number format', () => {
  it.each([
    ['yyyy-mm-dd', true],
    ['m/d/yy', true],
    ['d-mmm', true],
    ['mmm', true],
    ['mm/yyyy', true],
    ['mmmm', true],
    ['m', true],
    ['yyyy"年"m"月"d"日"', true],
    ['[$-804]aaaa', false],
    ['[$-F800]dddd, mmmm dd, yyyy', true],
    ['yyyy-mm-dd hh:mm:ss', true],
    ['[Red]yyyy', true],
    ['ge', true],
    ['e"年"m"月"', true],
    ['dd\\-mm', true],
    ['General', false],
    ['0.00', false],
    ['#,##0', false],
    ['0.00E+00', false],
    ['##0.0E-0', false],
    ['h:mm', false],
    ['hh:mm:ss', false],
    ['[h]:mm', false],
    ['[mm]:ss', false],
    ['mm:ss.0', false],
    ['"day" 0', false],
    ['0" d"', false],
    ['0\\d', false],
    ['_d0', false],
    ['[Red]0', false],
    ['[Yellow]0.0', false],
    ['@', false],
    ['0;"yes"', false],
    ['0;[Red]yyyy', false],
    ['¥#,##0.00', false],
    ['h"时"mm"分"', false],
  ])('%s is of a date: %s', (format, date) => expect(isDateFormat(format)).toBe(date));
});

describe('the tables of a workbook', () => {
  const table = (attributes: string, names: readonly string[]): string =>
    `<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="N" ${attributes}><tableColumns count="${names.length}">${names.map((name, i) => `<tableColumn id="${i + 1}" name="${name}"/>`).join('')}</tableColumns></table>`;
  const cells = data(
    row(2, str('B2', 'x'), str('C2', 'y')),
    row(3, num('B3', '1'), num('C3', '2'), num('E3', '9')),
    row(4, num('E4', '9')),
    row(5, num('C5', '3')),
    row(6, num('C6', '5')),
  );
  const rels = { t: ['table', '../tables/table1.xml'] } as const;

  it('are Excel tables, totals row and cells outside left out', async () => {
    const parts = {
      'xl/tables/table1.xml': table('displayName="Pay" ref="B2:C6" totalsRowCount="1"', [
        'x',
        'line_x000a_two ',
      ]),
    };
    const found = await onlyTable({ sheets: [{ name: 'S', xml: cells, rels }], parts });
    expect([found.name, found.sheet, found.headingRow, [...found.sheetRows]]).toEqual([
      'Pay',
      'S',
      2,
      [3, 5],
    ]);
    expect(found.columns.map(({ heading, column }) => [heading, column])).toEqual([
      ['x', 2],
      ['line\ntwo', 3],
    ]);
    expect(plainRows(found)).toEqual([
      [{ n: '1' }, { n: '2' }],
      [null, { n: '3' }],
    ]);
  });

  it('may have no heading row, and targets may be absolute', async () => {
    const parts = {
      'xl/tables/table1.xml': table('displayName="Pay" ref="B3:C5" headerRowCount="0"', ['x', 'y']),
    };
    const sheet = { name: 'S', xml: cells, rels: { t: ['table', '/xl/tables/table1.xml'] } as const };
    const found = await onlyTable({ sheets: [sheet], parts, target: (n) => `/xl/worksheets/sheet${n}.xml` });
    expect([...found.sheetRows]).toEqual([3, 5]);
  });

  it('are several of one sheet', async () => {
    const parts = {
      'xl/tables/table1.xml': table('displayName="Right" ref="C2:C6"', ['y']),
      'xl/tables/table2.xml': table('displayName="Left" ref="B2:B4"', ['x']),
    };
    const book = open({
      sheets: [{ name: 'S', xml: cells, rels: { ...rels, u: ['table', '../tables/table2.xml'] } }],
      parts,
    });
    const { tables } = await book.read();
    expect(tables.map((one) => [one.name, plainRows(one).flat()])).toEqual([
      ['Left', [{ n: '1' }]],
      ['Right', [{ n: '2' }, { n: '3' }, { n: '5' }]],
    ]);
  });

  it('are sheets with a heading row, hidden ones too; others, rules and ours are none', () => {
    const heading = data(row(1, str('A1', 'h'), '<c r="B1"/>', str('C1', 'i')), row(2, num('A2', '1')));
    const book = open({
      sheets: [
        { name: 'Data', xml: heading },
        { name: 'Hidden', xml: heading, state: 'veryHidden' },
        { name: 'Numbers', xml: data(row(1, str('A1', 'h'), num('B1', '1'))) },
        { name: 'Blank first row', xml: data(row(2, str('A2', 'h'))) },
        { name: 'Nothing', xml: '<sheetData/>' },
        { name: 'Rules 2', xml: heading },
        { name: '规则', xml: heading },
        { name: 'rules', xml: heading },
        { name: 'Rulesx', xml: heading },
        { name: 'allot staff', xml: heading },
      ],
    });
    expect(book.tables).toEqual(
      ['Data', 'Hidden', 'Rulesx'].map((name) => ({ name, sheet: name, headings: ['h', 'i'] })),
    );
  });
});

describe('defined names', () => {
  it('are those of one cell; the whole workbook goes before a sheet', () => {
    const names = [
      '<definedName name="a">Settings!$B$2</definedName>',
      '<definedName name="b" localSheetId="1">Other!$A$1</definedName>',
      '<definedName name="B" localSheetId="0">Settings!$B$3</definedName>',
      '<definedName name="A" localSheetId="0">Settings!$B$3</definedName>',
      "<definedName name=\"quoted\">'It''s 2026'!$A$1:$A$1</definedName>",
      '<definedName name="range">Settings!$B$2:$B$3</definedName>',
      '<definedName name="constant">0.15</definedName>',
      '<definedName name="gone">#REF!$B$2</definedName>',
      '<definedName name="elsewhere">[1]Settings!$B$2</definedName>',
      '<definedName name="elsewhere2">\'[1]Settings\'!$B$2</definedName>',
      '<definedName name="empty">Settings!$Z$9</definedName>',
      '<definedName name="fault">Settings!$B$4</definedName>',
      '<definedName name="_xlnm.Print_Area" localSheetId="0">Settings!$B$2</definedName>',
    ];
    const book = open({
      sheets: [
        {
          name: 'Settings',
          xml: data(
            row(1, num('A1', '1')),
            row(2, num('B2', '0.15')),
            row(3, str('B3', 'three')),
            row(4, '<c r="B4" t="e"><v>#DIV/0!</v></c>'),
          ),
        },
        { name: 'Other', xml: data(row(1, num('A1', '2'))) },
        { name: "It's 2026", xml: data(row(1, '<c r="A1" t="b"><v>1</v></c>')) },
      ],
      after: `<definedNames>${names.join('')}</definedNames>`,
    });
    expect(
      book.names.map(({ name, sheet, row: r, column, value, error }) => [
        name,
        sheet,
        r,
        column,
        plain(value),
        error,
      ]),
    ).toEqual([
      ['a', 'Settings', 2, 2, { n: '0.15' }, undefined],
      ['quoted', "It's 2026", 1, 1, { b: true }, undefined],
      ['empty', 'Settings', 9, 26, null, undefined],
      ['fault', 'Settings', 4, 2, { e: true }, '#DIV/0!'],
      ['B', 'Settings', 3, 2, { t: 'three' }, undefined],
    ]);
  });
});

describe('rule cells', () => {
  it('are the first of columns A to C; what hides beside or behind them is a problem', () => {
    const book = open({
      sheets: [
        {
          name: 'Rules',
          xml: data(
            row(1, str('A1', 'a = 1'), str('D1', 'a note')),
            row(3, str('B3', 'b = 2'), str('C3', 'hidden')),
            row(4, str('C4', 'two\nlines')),
            row(5, '<c r="A5" t="str"><f>"c = 3"</f><v>c = 3</v></c>'),
            row(6, num('A6', '847.4299999999999')),
            row(7, '<c r="A7" t="b"><v>1</v></c>'),
            row(8, '<c r="A8" t="e"><v>#NAME?</v></c>'),
            row(9, str('A9', '  '), str('B9', 'd')),
          ),
        },
      ],
    });
    const at = (r: number, column: number) => ({ kind: 'cell', sheet: 'Rules', row: r, column });
    expect(book.rules.map((line) => [line.place, line.depth, line.text])).toEqual([
      [at(1, 1), 0, 'a = 1'],
      [at(2, 1), 0, ''],
      [at(3, 2), 1, 'b = 2'],
      [at(4, 3), 2, 'two lines'],
      [at(5, 1), 0, ''],
      [at(6, 1), 0, '847.43'],
      [at(7, 1), 0, 'TRUE'],
      [at(8, 1), 0, ''],
      [at(9, 2), 1, 'd'],
    ]);
    const problem = (reason: string, r: number, column: number, end: number) => ({
      code: 'syntax',
      severity: 'error',
      reason,
      at: { kind: 'rule', line: at(r, column), start: 1, end },
    });
    expect(book.problems).toEqual([
      problem('second-cell', 3, 3, 6),
      problem('line-break', 4, 3, 9),
      problem('formula', 5, 1, 5),
      problem('not-text', 8, 1, 6),
    ]);
  });

  it('of several sheets are read in sheet order', () => {
    const rules = (text: string): string => data(row(1, str('A1', text)));
    const sheets = [
      ['Rules b', 'one'],
      ['Data', 'x'],
      ['Rules a', 'two'],
      ['规则 三', 'three'],
    ].map(([name = '', text = '']) => ({ name, xml: rules(text) }));
    expect(open({ sheets }).rules.map((line) => line.text)).toEqual(['one', 'two', 'three']);
  });
});
