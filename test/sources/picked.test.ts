import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRows } from '../../src/sources/exports.ts';
import { listSources, type PickedFile, refreshPicked } from '../../src/sources/picked.ts';
import { decodeText } from '../../src/workbook/csv/decode.ts';
import { readXlsx, type XlsxBook } from '../../src/workbook/xlsx/book.ts';
import { buildWorkbook } from '../../src/workbook/xlsx/build.ts';
import { scratch } from '../cli/files.ts';
import { said } from '../cli/inProcess.ts';
import { cell, smallBook, tableTexts } from './books.ts';

const TABLES = {
  Staff: ['Id Base', 'E1|#5000', 'E2|#4000'],
  Tickets: ['Ticket Pay', 'T1|#100'],
  Sales: ['Sale', 'S1'],
} as const;
const TODAY = Date.UTC(2026, 2, 31);
const utf8 = (table: string, name: string, text: string): PickedFile => ({
  table,
  name,
  bytes: new TextEncoder().encode(text),
});

function made(): { readonly file: string; readonly book: XlsxBook } {
  const file = smallBook(scratch(), TABLES, [
    { table: 'Staff', kind: 'csv', location: 'exports/Staff 2026-03.csv', note: 'monthly' },
    { table: 'Tickets', kind: 'workbook', location: 'D:\\exports\\tickets.xlsx#Rows' },
    { table: 'Sales', kind: 'rest', location: 'https://example.com/sales' },
  ]);
  return { file, book: readXlsx(readFileSync(file), file) };
}

describe('exports that somebody picked', () => {
  it('have names without their folders; other kinds are no files', async () => {
    const { sheet, sources, issues } = await listSources(made().book);
    expect([sheet, issues]).toEqual(['Sources', []]);
    expect(sources.map(({ table, file, note }) => [table, file, note])).toEqual([
      ['Staff', 'Staff 2026-03.csv', 'monthly'],
      ['Tickets', 'tickets.xlsx', ''],
      ['Sales', null, ''],
    ]);
  });

  it('become rows of their tables, in a workbook that verifies', async () => {
    const { file, book } = made();
    const tickets = buildWorkbook({
      sheets: [
        {
          kind: 'table',
          name: 'Rows',
          columns: ['ticket', 'pay'].map((heading) => ({ heading, width: 8 })),
          rows: [['T1', '#110.5'].map(cell), ['T2', '#90'].map(cell)],
        },
      ],
    });
    const files = [
      utf8('staff', 'April.csv', 'id,base\r\nE1,5100\r\nE2,4000\r\n'),
      { table: 'Tickets', name: 'tickets.xlsx', bytes: tickets },
    ];
    const picked = await refreshPicked(book, files, TODAY);
    expect(picked.staged).toMatchObject({
      kind: 'staged',
      report: {
        tables: [
          { table: 'Staff', changed: 1 },
          { table: 'Tickets', added: 1, changed: 1 },
        ],
        issues: [],
      },
    });
    const plan = await picked.plan({ by: 'Finance A', time: '2026-04-01T08:00:00Z', key: null });
    if (plan.kind !== 'plan') throw new Error(plan.kind);
    expect(plan.row.Note).toBe(
      'Staff from csv: 0 added, 1 changed, 0 removed; Tickets from workbook: 1 added, 1 changed, 0 removed',
    );
    const out = path.join(path.dirname(file), 'refreshed.xlsx');
    writeFileSync(out, book.withChanges(plan.changes).bytes);
    expect(await tableTexts(out, 'Staff')).toEqual([
      ['E1', '5100'],
      ['E2', '4000'],
    ]);
    expect(await tableTexts(out, 'Tickets')).toEqual([
      ['T1', '110.5'],
      ['T2', '90'],
    ]);
    expect((await said(['verify', out])).status).toBe(0);
  });

  it('that are not there leave their tables alone; one that is broken says so', async () => {
    const { book } = made();
    const none = await refreshPicked(book, [utf8('Sales', 'else.csv', 'x')], TODAY);
    expect(none.staged).toMatchObject({ kind: 'staged', tables: [], report: { tables: [], issues: [] } });
    const half = await refreshPicked(book, [utf8('Staff', 'x.csv', 'id,base\nE1')], TODAY);
    expect(half.staged).toMatchObject({
      kind: 'staged',
      tables: [],
      report: { issues: [{ severity: 'error', kind: 'fault', reason: 'bad-row', detail: '2' }] },
    });
  });

  it('are read in the encodings that files of the command line are', () => {
    const texts = (bytes: Uint8Array): unknown =>
      csvRows(bytes, 'x.csv').rows.map((row) => row.map((one) => 'text' in one && one.text));
    const gb18030 = new Uint8Array([0x61, 0x0a, 0xd6, 0xd0, 0xce, 0xc4]);
    const utf16 = new Uint8Array([0xff, 0xfe, 0x61, 0, 0x0a, 0, 0x2d, 0x4e, 0x87, 0x65]);
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('a\r中文')]);
    for (const bytes of [gb18030, utf16, marked]) expect(texts(bytes)).toEqual([['中文']]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.boolean(), (text, bom) => {
        fc.pre(!/[\0\ufffd\ufeff"\r\n,]/.test(text));
        const bytes = new TextEncoder().encode(`${bom ? '\ufeff' : ''}a\n${text}`);
        expect(texts(bytes)).toEqual([[decodeText(bytes, 'x').slice(2)]]);
      }),
    );
    expect(() => csvRows(new Uint8Array([0x61, 0x0a, 0xff, 0xff]), 'x.csv')).toThrow('encoding');
  });
});
