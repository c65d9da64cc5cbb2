import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate } from '../../../src/exact/date.ts';
import { parseDecimal } from '../../../src/exact/decimal.ts';
import { integer, ONE } from '../../../src/exact/rational.ts';
import { BookError } from '../../../src/workbook/bookError.ts';
import { readXlsx } from '../../../src/workbook/xlsx/book.ts';
import { buildWorkbook } from '../../../src/workbook/xlsx/build.ts';
import type { CellContent } from '../../../src/workbook/xlsx/cellContent.ts';
import { xlsxLiveBook } from '../../../src/workbook/xlsx/live.ts';
import { data, num, type RawBook, rawBook, row, str } from '../rawBook.ts';
import { hasOpenpyxl, readBack, skipNote } from '../tools.ts';
import { cellOf, changedParts, partsOf } from './parts.ts';

const n = (text: string): CellContent => ({ kind: 'number', value: parseDecimal(text) ?? ONE });
const t = (value: string): CellContent => ({ kind: 'text', value });
const f = (formula: string, cached?: string): CellContent => ({
  kind: 'formula',
  formula,
  ...(cached === undefined ? {} : { cached: { kind: 'number', value: parseDecimal(cached) ?? ONE } }),
});
const day = (text: string): CellContent => ({ kind: 'date', ms: integer(parseDate(text) ?? 0) });
const BLANK: CellContent = { kind: 'blank' };

type Typed = Readonly<Record<string, CellContent>>;

/** Types into the sheet `T`; cells by their references. */
function type(bytes: Uint8Array, typed: Typed, sheet = 'T'): Uint8Array {
  return readXlsx(bytes, 'b.xlsx').withCells(
    Object.entries(typed).map(([ref, value]) => {
      const m = /^([A-Z]+)(\d+)$/.exec(ref);
      const column = [...(m?.[1] ?? '')].reduce((sum, c) => sum * 26 + c.charCodeAt(0) - 64, 0);
      return { sheet, row: Number(m?.[2]), column, value };
    }),
  );
}

const sheetOf = (bytes: Uint8Array): string => partsOf(bytes)['xl/worksheets/sheet1.xml'] ?? '';

/** The sheet once this is typed into a book of one sheet. */
function typedInto(xml: string, typed: Typed, more: Partial<RawBook> = {}): string {
  return sheetOf(type(rawBook({ sheets: [{ name: 'T', xml }], ...more }), typed));
}

const rowsIn = (xml: string): string => /<sheetData>(.*)<\/sheetData>/s.exec(xml)?.[1] ?? '';

describe('typing into cells', () => {
  it('keeps the style and everything else of the row', () => {
    const old =
      '<row r="2" ht="30" customHeight="1"><c r="A2" s="3"><v>1</v></c><c r="B2" t="s"><v>0</v></c></row>';
    const xml = typedInto(
      `<sheetData>${old}</sheetData>`,
      { A2: n('847.43') },
      { strings: '<si><t>x</t></si>' },
    );
    expect(rowsIn(xml)).toBe(old.replace('<v>1</v>', '<v>847.43</v>'));
  });

  it('changes the type with the value', () => {
    const cells = [
      num('A1', '1'),
      str('B1', 'x'),
      '<c r="C1" t="b"><v>1</v></c>',
      '<c r="D1" t="e"><v>#N/A</v></c>',
    ];
    const xml = typedInto(data(row(1, ...cells)), {
      A1: t(' a<b '),
      B1: { kind: 'logical', value: false },
      C1: { kind: 'error', text: '#DIV/0!' },
      D1: n('-0.5'),
    });
    expect(rowsIn(xml)).toBe(
      row(
        1,
        '<c r="A1" s="0" t="inlineStr"><is><t xml:space="preserve"> a&lt;b </t></is></c>',
        '<c r="B1" t="b"><v>0</v></c>',
        '<c r="C1" t="e"><v>#DIV/0!</v></c>',
        '<c r="D1"><v>-0.5</v></c>',
      ),
    );
  });

  it('puts rows and cells where they belong', () => {
    const xml = typedInto(
      `<dimension ref="B3:D5"/>${data(row(3, num('B3', '1'), num('D3', '2')), row(5, num('A5', '3')))}`,
      {
        A1: n('10'),
        C3: n('11'),
        A3: n('12'),
        E3: n('13'),
        C4: n('14'),
        B4: n('15'),
        AB9: n('16'),
      },
    );
    expect(xml.match(/r="[A-Z]+\d+"/g)?.map((one) => one.slice(3, -1))).toEqual(
      'A1 A3 B3 C3 D3 E3 B4 C4 A5 AB9'.split(' '),
    );
    expect(xml.match(/<row r="\d+"/g)).toEqual([1, 3, 4, 5, 9].map((r) => `<row r="${r}"`));
    expect(xml).toContain('<dimension ref="A1:AB9"/>');
  });

  it('fills an empty sheet, an empty row and takes spans away that are too narrow', () => {
    expect(rowsIn(typedInto('<sheetData/>', { B2: n('1') }))).toBe('<row r="2"><c r="B2"><v>1</v></c></row>');
    expect(
      rowsIn(
        typedInto('<sheetData><row r="2" s="4" customFormat="1" spans="1:1"/></sheetData>', { B2: n('1') }),
      ),
    ).toBe('<row r="2" s="4" customFormat="1"><c r="B2" s="4"><v>1</v></c></row>');
    const cols = '<cols><col min="2" max="3" width="9" style="7"/></cols>';
    expect(rowsIn(typedInto(`${cols}<sheetData/>`, { B2: n('1'), D2: n('2') }))).toBe(
      '<row r="2"><c r="B2" s="7"><v>1</v></c><c r="D2"><v>2</v></c></row>',
    );
  });

  it('understands rows and cells without references, and prefixes', () => {
    const rows = '<x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row>';
    const xml = typedInto(
      `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>${rows}</x:sheetData></x:worksheet>`,
      { B1: t('y'), C1: n('3') },
    );
    expect(xml).toContain(
      '<x:row><x:c><x:v>1</x:v></x:c><x:c r="B1" t="inlineStr"><x:is><x:t>y</x:t></x:is></x:c><x:c r="C1"><x:v>3</x:v></x:c></x:row>',
    );
  });

  it('empties a cell and keeps its style', () => {
    const xml = typedInto(data(row(1, num('A1', '1', 5), num('B1', '2'))), {
      A1: BLANK,
      C1: BLANK,
      A9: BLANK,
    });
    expect(rowsIn(xml)).toBe(row(1, '<c r="A1" s="5"/>', num('B1', '2')));
  });

  it('gives a date a style that shows it, with what else the style was', () => {
    const styles =
      '<fonts count="2"><font/><font><b/></font></fonts><cellXfs count="3"><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1" applyFont="1"><alignment horizontal="center"/></xf><xf numFmtId="14" fontId="0"/></cellXfs>';
    const bytes = type(
      rawBook({
        sheets: [{ name: 'T', xml: data(row(1, num('A1', '1', 1), num('B1', '1', 2), num('C1', '1', 1))) }],
        styles,
      }),
      { A1: day('2026-03-31'), B1: day('2026-03-31'), C1: day('2026-03-31 09:30'), D1: day('2026-01-01') },
    );
    const xml = sheetOf(bytes);
    // 2026-03-31 is day 46112 of Excel's calendar: 45658 is 2025-01-01, 365 days of 2025, 31 + 28 + 30 days.
    expect(xml).toContain('<c r="B1" s="2"><v>46112</v></c>');
    const style = Number(/<c r="A1" s="(\d+)"><v>46112</.exec(xml)?.[1]);
    const xfs = /<cellXfs[^>]*>(.*)<\/cellXfs>/
      .exec(partsOf(bytes)['xl/styles.xml'] ?? '')?.[1]
      ?.match(/<xf .*?(?:\/>|<\/xf>)/g);
    expect(xfs?.[style]).toMatch(
      /numFmtId="\d{3}" fontId="1" applyFont="1" applyNumberFormat="1"><alignment horizontal="center"\/>/,
    );
    expect(xfs?.slice(0, 3)).toEqual(styles.match(/<xf .*?(?:\/>|<\/xf>)/g)?.slice(0, 3));
    expect(xml).toMatch(/<c r="C1" s="\d+"><v>46112\.39583/);
  });

  it('refuses cells that there are not, and writes nothing', () => {
    const bytes = rawBook({ sheets: [{ name: 'T', xml: data(row(1, num('A1', '1'))) }] });
    const book = readXlsx(bytes, 'b.xlsx');
    for (const at of [
      { sheet: 'U', row: 1, column: 1 },
      { sheet: 'T', row: 0, column: 1 },
      { sheet: 'T', row: 1, column: 16_385 },
      { sheet: 'T', row: 1.5, column: 1 },
    ])
      expect(() => book.withCells([{ ...at, value: BLANK }])).toThrow(BookError);
  });

  it('takes the last of several for one cell, and other sheets stay as they are', () => {
    const sheets = [
      { name: 'T', xml: data(row(1, num('A1', '1'))) },
      { name: 'U', xml: data(row(1, num('A1', '1'))) },
    ];
    const bytes = rawBook({ sheets });
    const out = readXlsx(bytes, 'b.xlsx').withCells([
      { sheet: 't', row: 1, column: 1, value: n('2') },
      { sheet: 'T', row: 1, column: 1, value: n('3') },
    ]);
    expect(changedParts(bytes, out)).toEqual(['xl/worksheets/sheet1.xml']);
    expect(rowsIn(sheetOf(out))).toBe('<row r="1"><c r="A1" s="0"><v>3</v></c></row>');
  });
});

const CHAIN = {
  'xl/calcChain.xml':
    '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="A1" i="1"/></calcChain>',
};

describe('formulas', () => {
  it('are typed, with what they came to', () => {
    const bytes = type(rawBook({ sheets: [{ name: 'T', xml: data(row(1, num('A1', '1', 2))) }] }), {
      A1: f('=B1&"<"&XLOOKUP(1,B:B,C:C)', '5'),
      A2: { kind: 'formula', formula: 'A1', cached: { kind: 'text', value: 'a & b' } },
      A3: f('=ALLOT.SUPPORTSCORE("E1")'),
    });
    expect(rowsIn(sheetOf(bytes))).toBe(
      row(1, '<c r="A1" s="2"><f>B1&amp;"&lt;"&amp;_xlfn.XLOOKUP(1,B:B,C:C)</f><v>5</v></c>') +
        row(2, '<c r="A2" t="str"><f>A1</f><v>a &amp; b</v></c>') +
        row(3, '<c r="A3"><f>_xldudf_ALLOT_SUPPORTSCORE("E1")</f></c>'),
    );
    expect(partsOf(bytes)['xl/workbook.xml']).toContain('<calcPr fullCalcOnLoad="1"/>');
  });

  it('that stay keep how they are written, and the chain', () => {
    const xml = data(row(1, '<c r="A1"><f ca="1">_xldudf_ALLOT_RULE( "x" )</f><v>1</v></c>'));
    expect(rowsIn(typedInto(xml, { A1: f('=ALLOT.RULE( "x" )', '2') }))).toBe(
      row(1, '<c r="A1"><f ca="1">_xldudf_ALLOT_RULE( "x" )</f><v>2</v></c>'),
    );
    expect(rowsIn(typedInto(xml, { A1: f('=ALLOT.RULE( "x" )') }))).toBe(/<row.*<\/row>/.exec(xml)?.[0]);
  });

  it('that go take the chain of calculation with them', () => {
    const book: RawBook = {
      sheets: [{ name: 'T', xml: data(row(1, '<c r="A1"><f>1+1</f><v>2</v></c>', num('B1', '1'))) }],
      parts: {
        ...CHAIN,
        '[Content_Types].xml':
          '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>',
        'xl/_rels/workbook.xml.rels':
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="c1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Relationships>',
      },
    };
    const gone = partsOf(type(rawBook(book), { A1: n('2') }));
    expect(gone['xl/calcChain.xml']).toBeUndefined();
    expect(gone['[Content_Types].xml']).not.toContain('calcChain');
    expect(gone['xl/_rels/workbook.xml.rels']).not.toContain('calcChain');
    const kept = partsOf(type(rawBook(book), { B1: n('2') }));
    expect(kept['xl/calcChain.xml']).toBe(CHAIN['xl/calcChain.xml']);
    // The formula may refer to what was typed.
    expect(kept['xl/workbook.xml']).toContain('fullCalcOnLoad="1"');
  });

  it('that are shared go on with their next cell', () => {
    const xml = data(
      row(1, '<c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$D$1</f><v>1</v></c>'),
      row(2, '<c r="B2"><f t="shared" si="0"/><v>2</v></c>'),
      row(3, '<c r="B3" s="1"><f t="shared" si="0"/><v>3</v></c>'),
    );
    expect(rowsIn(typedInto(xml, { B1: n('9') }))).toBe(
      row(1, '<c r="B1"><v>9</v></c>') +
        row(2, '<c r="B2"><f t="shared" ref="B2:B3" si="0">A2*$D$1</f><v>2</v></c>') +
        row(3, '<c r="B3" s="1"><f t="shared" si="0"/><v>3</v></c>'),
    );
    expect(rowsIn(typedInto(xml, { B1: n('9'), B2: n('8') }))).toContain(
      '<c r="B3" s="1"><f t="shared" ref="B3" si="0">A3*$D$1</f><v>3</v></c>',
    );
    // The same formula as before is no change, wherever in the group.
    expect(rowsIn(typedInto(xml, { B1: f('=A1*$D$1', '7'), B3: f('=A3*$D$1', '6') }))).toBe(
      row(1, '<c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$D$1</f><v>7</v></c>') +
        row(2, '<c r="B2"><f t="shared" si="0"/><v>2</v></c>') +
        row(3, '<c r="B3" s="1"><f t="shared" si="0"/><v>6</v></c>'),
    );
  });

  const SPILL = data(
    row(
      1,
      '<c r="A1" cm="1"><f t="array" ref="A1:B2">_xlfn.SEQUENCE(2,2)</f><v>1</v></c>',
      num('B1', '2', 4),
    ),
    row(2, num('A2', '3'), num('B2', '4')),
  );

  it('that spill go whole', () => {
    expect(rowsIn(typedInto(SPILL, { A1: n('9') }))).toBe(
      row(1, '<c r="A1"><v>9</v></c>', '<c r="B1" s="4"/>') +
        row(2, '<c r="A2" s="0"/>', '<c r="B2" s="0"/>'),
    );
  });

  it('that are in the way of a value say so', () => {
    expect(rowsIn(typedInto(SPILL, { B2: n('9') }))).toBe(
      row(
        1,
        '<c r="A1" cm="1" t="e"><f t="array" ref="A1">_xlfn.SEQUENCE(2,2)</f><v>#SPILL!</v></c>',
        '<c r="B1" s="4"/>',
      ) + row(2, '<c r="A2" s="0"/>', '<c r="B2" s="0"><v>9</v></c>'),
    );
  });

  it('that spill as before take new values where they spilled', () => {
    const spill = { rows: 2, columns: 2 };
    const again: CellContent = {
      kind: 'formula',
      formula: '=SEQUENCE(2,2)',
      spill,
      cached: { kind: 'number', value: ONE },
    };
    expect(rowsIn(typedInto(SPILL, { A1: again, B2: n('5') }))).toBe(
      /<row.*<\/row>/s.exec(SPILL)?.[0].replace('<v>4</v>', '<v>5</v>'),
    );
  });

  it('go on spilling where nobody says otherwise', () => {
    const same = rowsIn(typedInto(SPILL, { A1: f('=SEQUENCE(2,2)', '7') }));
    expect(same).toBe(/<row.*<\/row>/s.exec(SPILL)?.[0].replace('<v>1</v>', '<v>7</v>'));
    expect(rowsIn(typedInto(SPILL, { A1: f('=SEQUENCE(3)', '7') }))).toBe(
      row(
        1,
        '<c r="A1" cm="1"><f t="array" ref="A1">_xlfn.SEQUENCE(3)</f><v>7</v></c>',
        '<c r="B1" s="4"/>',
      ) + row(2, '<c r="A2" s="0"/>', '<c r="B2" s="0"/>'),
    );
  });

  it('of ours that give many cells are typed as Excel would', () => {
    const xml = typedInto('<sheetData/>', {
      A1: f('=ALLOT.STATEMENT("E1")'),
      B1: f('=ALLOT.RULE("reward")'),
      C1: f('=ALLOT.RULE("reward","E1")'),
      D1: f('=SUM(ALLOT.RULE("reward"))'),
    });
    expect(xml.match(/cm="1"><f t="array" ref="[A-Z]1"/g)).toEqual([
      'cm="1"><f t="array" ref="A1"',
      'cm="1"><f t="array" ref="B1"',
    ]);
  });

  it('of the old kind over several cells are not changed in part', () => {
    const old = SPILL.replace(' cm="1"', '');
    for (const ref of ['A1', 'B2'])
      expect(() => typedInto(old, { [ref]: n('9') })).toThrow(
        expect.objectContaining({
          problem: expect.objectContaining({ reason: 'unsupported', detail: `T!${ref}` }),
        }),
      );
  });

  it('that come to spill are marked as such, once for all', () => {
    const spill = { rows: 3, columns: 1 };
    const bytes = type(rawBook({ sheets: [{ name: 'T', xml: '<sheetData/>' }] }), {
      A1: { kind: 'formula', formula: '=ALLOT.EXPLAIN("x")', spill, cached: { kind: 'text', value: 'why' } },
      A2: t('because'),
      C1: { kind: 'formula', formula: '=SEQUENCE(3)', spill },
    });
    expect(rowsIn(sheetOf(bytes))).toBe(
      row(
        1,
        '<c r="A1" t="str" cm="1"><f t="array" ref="A1:A3">_xldudf_ALLOT_EXPLAIN("x")</f><v>why</v></c>',
        '<c r="C1" cm="1"><f t="array" ref="C1:C3">_xlfn.SEQUENCE(3)</f></c>',
      ) + row(2, '<c r="A2" t="inlineStr"><is><t>because</t></is></c>'),
    );
    const metadata = partsOf(bytes)['xl/metadata.xml'] ?? '';
    expect(metadata.match(/<metadataType /g)).toHaveLength(1);
    expect(metadata).toContain('<cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata>');
    expect(metadata).toContain('fDynamic="1"');
    // A second time the mark that is there is taken.
    const again = type(bytes, { E1: { kind: 'formula', formula: '=SEQUENCE(2)', spill } });
    expect(cellOf(sheetOf(again), 'E1')).toContain('cm="1"');
    expect(partsOf(again)['xl/metadata.xml']).toBe(metadata);
  });
});

const TABLES = buildWorkbook({
  sheets: [
    {
      kind: 'table',
      name: 'Staff',
      columns: ['id', 'base', 'note'].map((heading) => ({ heading, width: 9 })),
      rows: [['E1', '5', 'x'].map((value) => ({ kind: 'text', value }) as const)],
    },
    { kind: 'plain', name: 'Sums', rows: [[]] },
  ],
});

describe('headings of tables', () => {
  const table = (bytes: Uint8Array): readonly string[] =>
    [...(partsOf(bytes)['xl/tables/table1.xml'] ?? '').matchAll(/<tableColumn id="\d+" name="([^"]*)"/g)].map(
      (m) => m[1] ?? '',
    );

  it('are kept in step, as texts, each once', () => {
    const bytes = type(TABLES, { A1: n('2026'), B1: t('NOTE'), C1: t('note') }, 'Staff');
    expect(table(bytes)).toEqual(['2026', 'NOTE', 'note2']);
    expect(readXlsx(bytes, 'b.xlsx').tables[0]?.headings).toEqual(['2026', 'NOTE', 'note2']);
    expect(cellOf(sheetOf(bytes), 'A1')).toMatch(/t="inlineStr"><is><t>2026</);
    expect(cellOf(sheetOf(bytes), 'C1')).toContain('<t>note2</t>');
    expect(table(type(TABLES, { B1: BLANK }, 'Staff'))).toEqual(['id', 'Column2', 'note']);
    expect(table(type(TABLES, { B1: t('id') }, 'Staff'))).toEqual(['id', 'id2', 'note']);
  });

  it('are followed by the formulas that name them', () => {
    const summed = type(TABLES, { A1: f('=SUM(Staff[base])&"Staff[base]"', '5') }, 'Sums');
    const bytes = type(summed, { B1: t('pay') }, 'Staff');
    expect(cellOf(partsOf(bytes)['xl/worksheets/sheet2.xml'] ?? '', 'A1')).toContain(
      '<f>SUM(Staff[pay])&amp;"Staff[base]"</f>',
    );
  });

  it('typed as they are change nothing', () => {
    const bytes = type(TABLES, { B1: t('base') }, 'Staff');
    expect(changedParts(TABLES, bytes)).toEqual([]);
  });
});

const content: fc.Arbitrary<CellContent> = fc.oneof(
  fc.integer({ min: -1e6, max: 1e6 }).map((i) => n(String(i / 8))),
  fc.string({ unit: 'binary', maxLength: 6 }).map(t),
  fc.boolean().map((value): CellContent => ({ kind: 'logical', value })),
  fc.integer({ min: 0, max: 2000 }).map(
    (d): CellContent => ({
      kind: 'date',
      ms: integer(1_700_000_000_000 - (1_700_000_000_000 % 86_400_000) + d * 86_400_000),
    }),
  ),
  fc.constant(BLANK),
);

describe('anything typed anywhere', () => {
  it('reads back, and all the rest stays', async () => {
    const cell = fc.record({
      row: fc.integer({ min: 1, max: 6 }),
      column: fc.integer({ min: 1, max: 5 }),
      value: content,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { maxLength: 8 }), { minLength: 1, maxLength: 3 }),
        async (steps) => {
          const live = xlsxLiveBook(
            buildWorkbook({ sheets: [{ kind: 'plain', name: 'T', rows: [] }] }),
            'b.xlsx',
          );
          const model = new Map<string, CellContent>();
          for (const step of steps) {
            await live.edit(step.map((one) => ({ sheet: 'T', ...one })));
            for (const { row: r, column, value } of step) model.set(`${r} ${column}`, value);
          }
          for (let r = 1; r <= 6; r++)
            for (let column = 1; column <= 5; column++) {
              const { value } = await live.cell({ sheet: 'T', row: r, column });
              const wanted = model.get(`${r} ${column}`) ?? BLANK;
              // A number under the style of a date that stood there is a date.
              if (wanted.kind === 'number' && value?.kind === 'date') continue;
              expect(value).toEqual(wanted.kind === 'text' && wanted.value === '' ? BLANK : wanted);
            }
        },
      ),
      { numRuns: 60 },
    );
  });
});

const others = hasOpenpyxl();
if (!others) skipNote('openpyxl');

describe.runIf(others)('what openpyxl reads', () => {
  it('is what was typed', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'allot-cells-')), 'b.xlsx');
    const bytes = type(
      TABLES,
      { B1: t('base pay'), A2: n('7.25'), B2: day('2026-03-31'), C3: t('new'), B9: f('=A2*2', '14.5') },
      'Staff',
    );
    writeFileSync(file, bytes);
    const seen = readBack(file).Staff;
    expect(seen?.rows[0]).toEqual(['id', 'base pay', 'note']);
    expect(seen?.rows[1]).toEqual([7.25, '2026-03-31T00:00:00', 'x']);
    expect(seen?.rows[2]).toEqual([null, null, 'new']);
    expect(seen?.rows[8]?.[1]).toBe('=A2*2');
    expect(seen?.tables).toEqual({ Staff: 'A1:C2' });
  });
});
