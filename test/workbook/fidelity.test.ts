import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { integer, rational } from '../../src/exact/rational.ts';
import { openBook } from '../../src/workbook/open.ts';
import type { OutputCell, OutputSheet } from '../../src/workbook/port.ts';
import { readZip, type Zip } from '../../src/workbook/xlsx/zip.ts';
import { plainRows } from '../contract/workbookContract.ts';
import {
  hasLibreOffice,
  hasOpenpyxl,
  libreOffice,
  libreOfficeSheets,
  python,
  readBack,
  skipNote,
} from './tools.ts';

const openpyxl = hasOpenpyxl();
const office = hasLibreOffice();
if (!openpyxl) skipNote('openpyxl');
if (!office) skipNote('LibreOffice Calc');

const text = (value: string): OutputCell => ({ kind: 'text', value });
const STAFF: OutputSheet = {
  name: 'Allot Staff',
  columns: [
    { heading: 'id', width: 10 },
    { heading: 'pay', width: 12, format: '0.00' },
    { heading: 'paid on', width: 12 },
  ],
  rows: [
    [
      text('E1'),
      { kind: 'number', value: rational(12345n, 100n) },
      { kind: 'date', ms: integer(Date.UTC(2026, 2, 31)) },
    ],
    [
      text('=1+1'),
      { kind: 'number', value: integer(7) },
      { kind: 'date', ms: integer(Date.UTC(2026, 2, 31, 9, 30)) },
    ],
  ],
};
const CHECKS: OutputSheet = {
  name: 'Allot checks: 2026/03',
  columns: [
    { heading: 'check', width: 20 },
    { heading: 'ok', width: 8 },
    { heading: 'Check', width: 8 },
  ],
  rows: [[text('-sum, <b> & "q"'), { kind: 'logical', value: true }, { kind: 'blank' }]],
};

/** What may change; everything else stays byte for byte. */
const CHANGED = new Set([
  '[Content_Types].xml',
  'xl/workbook.xml',
  'xl/_rels/workbook.xml.rels',
  'xl/styles.xml',
  'xl/worksheets/sheet5.xml',
  'xl/tables/table3.xml',
]);

function stored(zip: Zip, name: string): Uint8Array | undefined {
  const entry = zip.entries.find((one) => one.name === name);
  return entry && zip.bytes.subarray(entry.start, entry.start + entry.packed);
}

describe.skipIf(!openpyxl)('a workbook of another program', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'allot-fidelity-'));
  const before = path.join(folder, 'before.xlsx');
  const after = path.join(folder, 'after.xlsx');
  beforeAll(async () => {
    python('make_fidelity.py', before);
    const report = await (await openBook(before)).writeSheets([STAFF, CHECKS], after);
    expect(report.sheets).toEqual([
      { asked: 'Allot Staff', sheet: 'Allot Staff', ref: 'A1:C3', table: 'Allot_Staff', replaced: true },
      {
        asked: CHECKS.name,
        sheet: 'Allot checks_ 2026_03',
        ref: 'A1:C2',
        table: 'Allot_checks__2026_03',
        replaced: false,
      },
    ]);
  });

  it('is read with its tables, places and names', async () => {
    const book = await openBook(before);
    const { tables, names } = await book.read();
    const [staff, sales] = tables;
    if (staff === undefined || sales === undefined) throw new Error('tables are missing');
    expect([staff.name, staff.sheet, staff.headingRow, [...staff.sheetRows]]).toEqual([
      'StaffTable',
      'Staff',
      1,
      [2, 3, 4],
    ]);
    expect(staff.columns.map((column) => column.heading)).toEqual([
      'id',
      'Response\nhours',
      'since',
      'active',
    ]);
    expect(plainRows(staff)).toEqual([
      [{ t: 'E1' }, { n: '847.43' }, { d: '2024-02-29T12:20:00' }, { b: true }],
      [{ t: 'E2' }, { n: '0.3' }, { d: '2026-01-31' }, { b: false }],
      [{ t: 'E3' }, { n: '-3' }, null, null],
    ]);
    expect([sales.headingRow, [...sales.sheetRows], sales.columns.map((column) => column.column)]).toEqual([
      2,
      [3, 4, 5],
      [2, 3],
    ]);
    expect(names.map(({ name, sheet, row, column }) => [name, sheet, row, column])).toEqual([
      ['pool_rate', 'Settings', 2, 2],
      ['closing', 'Settings', 3, 2],
    ]);
    expect(book.rules.map((line) => [line.place, line.depth, line.text])).toEqual([
      [{ kind: 'cell', sheet: 'Rules', row: 1, column: 1 }, 0, 'unit 0.01'],
      [{ kind: 'cell', sheet: 'Rules', row: 2, column: 1 }, 0, ''],
      [{ kind: 'cell', sheet: 'Rules', row: 3, column: 1 }, 0, 'each StaffTable'],
      [{ kind: 'cell', sheet: 'Rules', row: 4, column: 2 }, 1, 'x = 1'],
    ]);
  });

  it('keeps every other part byte for byte, in its order', () => {
    const old = readZip(readFileSync(before), before);
    const now = readZip(readFileSync(after), after);
    const names = old.entries.map((entry) => entry.name);
    expect(names).toEqual(
      expect.arrayContaining(['xl/charts/chart1.xml', 'docProps/custom.xml', 'xl/comments/comment1.xml']),
    );
    expect(now.entries.map((entry) => entry.name).slice(0, names.length)).toEqual(names);
    const whole = [unzipSync(readFileSync(before)), unzipSync(readFileSync(after))] as const;
    for (const name of names) {
      if (CHANGED.has(name)) continue;
      expect(
        Buffer.compare(stored(old, name) ?? new Uint8Array(), stored(now, name) ?? new Uint8Array(1)),
        name,
      ).toBe(0);
      expect(whole[1][name], name).toEqual(whole[0][name]);
    }
    const added = now.entries.map((entry) => entry.name).slice(names.length);
    expect(added.sort()).toEqual([
      'xl/tables/table4.xml',
      'xl/worksheets/_rels/sheet7.xml.rels',
      'xl/worksheets/sheet7.xml',
    ]);
  });

  it('has formulas that still point at the sheet and the table, and are calculated again', () => {
    const parts = unzipSync(readFileSync(after));
    const xml = (name: string): string => new TextDecoder().decode(parts[name]);
    expect(xml('xl/workbook.xml')).toMatch(/<sheet [^>]*name="Allot Staff"[^>]*sheetId="5"[^>]*>/);
    expect(xml('xl/workbook.xml')).toMatch(/<calcPr [^>]*fullCalcOnLoad="1"/);
    expect(xml('xl/tables/table3.xml')).toMatch(/ id="3" .*displayName="Allot_Staff" .*ref="A1:C3"/);
  });

  it('is the same to openpyxl, with our sheets', () => {
    const old = readBack(before);
    const now = readBack(after);
    expect(Object.keys(now)).toEqual([...Object.keys(old), 'Allot checks_ 2026_03']);
    for (const name of ['Staff', 'Sales', 'Rules', 'Settings', 'Report'])
      expect(now[name]).toEqual(old[name]);
    expect(now['Allot Staff']).toMatchObject({
      rows: [
        ['id', 'pay', 'paid on'],
        ['E1', 123.45, '2026-03-31T00:00:00'],
        ['=1+1', 7, '2026-03-31T09:30:00'],
      ],
      formats: ['General', '0.00', 'yyyy-mm-dd'],
      tables: { Allot_Staff: 'A1:C3' },
    });
    expect(now['Allot checks_ 2026_03']).toMatchObject({
      rows: [
        ['check', 'ok', 'Check 2'],
        ['-sum, <b> & "q"', true, null],
      ],
      types: ['inlineStr', 'b', 'n'].map((type) => (type === 'inlineStr' ? 's' : type)),
      frozen: 'A2',
      tables: { Allot_checks__2026_03: 'A1:C2' },
    });
  });

  it.skipIf(!office)('opens in LibreOffice, where formulas see the new values', () => {
    const sheets = libreOfficeSheets(after);
    expect(sheets['Allot Staff']).toBe('id,pay,paid on\nE1,123.45,2026-03-31\n=1+1,7,2026-03-31 09:30:00\n');
    expect(sheets.Report).toBe('pay of the first,123.45\n,130.45\n');
    expect(sheets.Sales).toBe(libreOfficeSheets(before).Sales);
  });

  it.skipIf(!office)('reads the same after LibreOffice has saved it', async () => {
    const saved = path.join(libreOffice(before, 'xlsx'), 'before.xlsx');
    const [a, b] = await Promise.all([openBook(before), openBook(saved)]);
    const [one, other] = await Promise.all([
      a.read(['StaffTable', 'SalesTable']),
      b.read(['StaffTable', 'SalesTable']),
    ]);
    expect(other.tables.map(plainRows)).toEqual(one.tables.map(plainRows));
    expect(b.names).toEqual(expect.arrayContaining([...a.names]));
    expect(b.names).toHaveLength(a.names.length);
    expect(b.rules.map((line) => line.text)).toEqual(a.rules.map((line) => line.text));
  });

  it('takes new rules beside notes that stay', async () => {
    const out = path.join(folder, 'rules.xlsx');
    const lines = [
      { depth: 0, text: '# new' },
      { depth: 0, text: 'each StaffTable' },
      { depth: 1, text: 'y = 2' },
    ];
    await (await openBook(before)).writeRules(lines, out);
    expect((await openBook(out)).rules.map((line) => [line.depth, line.text])).toEqual(
      lines.map((line) => [line.depth, line.text]),
    );
    expect(readBack(out).Rules?.rows).toEqual([
      ['# new', null, null, null],
      ['each StaffTable', null, null, null],
      [null, 'y = 2', null, null],
      [null, null, null, 'signed off'],
    ]);
  });

  it('stays as small and the same when it is written again', async () => {
    const again = path.join(folder, 'again.xlsx');
    await (await openBook(after)).writeSheets([STAFF, CHECKS], again);
    const old = unzipSync(readFileSync(after));
    const now = unzipSync(readFileSync(again));
    expect(Object.keys(now)).toEqual(Object.keys(old));
    for (const name of Object.keys(old)) expect(now[name], name).toEqual(old[name]);
  });
});
