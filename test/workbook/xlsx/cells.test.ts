import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integer } from '../../../src/exact/rational.ts';
import { BookError } from '../../../src/workbook/bookError.ts';
import { readXlsx } from '../../../src/workbook/xlsx/book.ts';
import { buildWorkbook } from '../../../src/workbook/xlsx/build.ts';
import type { CellContent } from '../../../src/workbook/xlsx/cellContent.ts';
import { xlsxLiveBook } from '../../../src/workbook/xlsx/live.ts';
import { data, num, rawBook, row, str } from '../rawBook.ts';
import { hasOpenpyxl, readBack, skipNote } from '../tools.ts';
import { cellOf, changedParts, partsOf } from './parts.ts';
import { BLANK, day, f, n, rowsIn, sheetOf, t, type, typedInto } from './typing.ts';

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
