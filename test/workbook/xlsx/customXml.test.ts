import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { openBook } from '../../../src/workbook/open.ts';
import { readXlsx } from '../../../src/workbook/xlsx/book.ts';
import { buildWorkbook } from '../../../src/workbook/xlsx/build.ts';
import { hasLibreOffice, hasOpenpyxl, libreOfficeSheets, readBack, skipNote } from '../tools.ts';

const openpyxl = hasOpenpyxl();
const office = hasLibreOffice();
if (!openpyxl) skipNote('openpyxl');
if (!office) skipNote('LibreOffice Calc');

const folder = mkdtempSync(path.join(tmpdir(), 'allot-parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = (value: string) => ({ kind: 'text', value }) as const;
const LEDGER = {
  name: 'Allot Ledger',
  columns: [
    { heading: 'Number', width: 8 },
    { heading: 'Note', width: 8 },
  ],
  rows: [[text('1'), text(' two\nlines ')]],
};
const book = (): Uint8Array =>
  buildWorkbook({
    sheets: [
      { kind: 'table', name: 'Staff', columns: [{ heading: 'id', width: 8 }], rows: [[text('E1')]] },
      { kind: 'rules', name: 'Rules', lines: [{ depth: 0, text: 'x = 1' }] },
    ],
  });
const partsOf = (bytes: Uint8Array): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, one]) => [name, Buffer.from(one).toString()]),
  );

describe('texts beside the sheets', () => {
  it('are kept, replaced in place and taken away', async () => {
    const first = readXlsx(book(), 'b.xlsx');
    expect(await first.part('record-1')).toBeNull();
    const { bytes } = first.withChanges({
      parts: [
        { name: 'record-1', text: 'one' },
        { name: 'record-2', text: '<two> & _x0041_\u0001' },
      ],
    });
    const second = readXlsx(bytes, 'b.xlsx');
    expect(await second.part('record-1')).toBe('one');
    expect(await second.part('record-2')).toBe('<two> & _x0041_\u0001');
    expect(await second.part('record')).toBeNull();
    const third = second.withChanges({ parts: [{ name: 'record-1', text: 'another' }] }).bytes;
    expect(await readXlsx(third, 'b.xlsx').part('record-1')).toBe('another');
    const [before, after] = [partsOf(bytes), partsOf(third)];
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual([
      'customXml/item1.xml',
    ]);
    const gone = readXlsx(third, 'b.xlsx').withChanges({
      parts: [
        { name: 'record-1', text: null },
        { name: 'record-2', text: null },
        { name: 'record-3', text: null },
      ],
    }).bytes;
    expect(await readXlsx(gone, 'b.xlsx').part('record-1')).toBeNull();
    // What was taken away leaves nothing behind.
    expect(partsOf(gone)).toEqual(partsOf(book()));
  });

  it('come back whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (said) => {
        const plain = said.replace(/\r/g, '');
        const { bytes } = readXlsx(book(), 'b.xlsx').withChanges({ parts: [{ name: 'a', text: plain }] });
        expect(await readXlsx(bytes, 'b.xlsx').part('a')).toBe(plain);
      }),
      { numRuns: 50 },
    );
  });

  it('leave those of others alone', async () => {
    const { bytes } = readXlsx(book(), 'b.xlsx').withChanges({ parts: [{ name: 'a', text: 'x' }] });
    const foreign = partsOf(bytes)['customXml/item1.xml']?.replace('urn:allot:a', 'urn:other') ?? '';
    const files = unzipSync(bytes);
    files['customXml/item1.xml'] = Buffer.from(foreign);
    const { zipSync } = await import('fflate');
    const opened = readXlsx(zipSync(files), 'b.xlsx');
    expect(await opened.part('a')).toBeNull();
    const written = partsOf(opened.withChanges({ parts: [{ name: 'a', text: 'y' }] }).bytes);
    expect(written['customXml/item1.xml']).toBe(foreign);
    expect(written['customXml/item2.xml']).toContain('>y</allot>');
  });
});

describe('one write of several things', () => {
  it('puts all of them in, and everything else stays byte for byte', async () => {
    const [from, out] = [path.join(folder, 'from.xlsx'), path.join(folder, 'out.xlsx')];
    writeFileSync(from, book());
    const report = await (await openBook(from)).write(
      {
        sheets: [LEDGER],
        parts: [{ name: 'record-1', text: 'kept' }],
        rules: [{ depth: 0, text: 'x = 2' }],
      },
      out,
    );
    expect(report.sheets.map(({ sheet }) => sheet)).toEqual(['Rules', 'Allot Ledger']);
    const opened = await openBook(out);
    expect(await opened.part('record-1')).toBe('kept');
    expect(opened.rules.map((line) => line.text)).toEqual(['x = 2']);
    expect(opened.tables.map(({ name }) => name)).toEqual(['Staff']);
    const ledger = await opened.ours('allot ledger');
    expect(ledger?.columns.map(({ heading, data }) => [heading, data.texts])).toEqual([
      ['Number', ['1']],
      ['Note', [' two\nlines ']],
    ]);
    expect(await opened.ours('Allot Staff')).toBeNull();
    expect(await opened.ours('Staff')).toBeNull();
    const [before, after] = [partsOf(readFileSync(from)), partsOf(readFileSync(out))];
    const same = Object.keys(before).filter((name) => before[name] === after[name]);
    expect(same).toEqual(expect.arrayContaining(['xl/tables/table1.xml', '_rels/.rels']));
  });

  it('writes nothing where it can not', async () => {
    const from = path.join(folder, 'from2.xlsx');
    writeFileSync(from, book());
    const opened = await openBook(from);
    await expect(opened.write({}, path.join(folder, 'x.csv'))).rejects.toMatchObject({
      problem: { reason: 'unsupported' },
    });
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(
      opened.write({ sheets: [LEDGER] }, path.join(folder, 'y.xlsx'), { signal: stop.signal }),
    ).rejects.toThrow('enough');
  });

  it.skipIf(!openpyxl || !office)('is read by other programs', async () => {
    const [from, out] = [path.join(folder, 'from3.xlsx'), path.join(folder, 'out3.xlsx')];
    writeFileSync(from, book());
    const parts = [{ name: 'record-1', text: 'x'.repeat(100_000) }];
    await (await openBook(from)).write({ sheets: [LEDGER], parts }, out);
    expect(readBack(out)['Allot Ledger']?.rows).toEqual([
      ['Number', 'Note'],
      ['1', ' two\nlines '],
    ]);
    expect(libreOfficeSheets(out)['Allot Ledger']).toContain('Number');
  });
});
