import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { BookError } from '../../src/workbook/bookError.ts';
import { openBook } from '../../src/workbook/open.ts';
import { buildWorkbook } from '../../src/workbook/xlsx/build.ts';
import { crc32 } from '../../src/workbook/xlsx/crc.ts';
import { openXlsxBytes } from '../../src/workbook/xlsx/open.ts';
import { readStructure } from '../../src/workbook/xlsx/structure.ts';
import { putRules } from '../../src/workbook/xlsx/writeRules.ts';
import { bookWriter } from '../../src/workbook/xlsx/writer.ts';
import { putSheets } from '../../src/workbook/xlsx/writeSheets.ts';
import { readZip } from '../../src/workbook/xlsx/zip.ts';
import { data, num, rawBook, rawParts, row, str, zipParts } from './rawBook.ts';

const GOOD = {
  sheets: [{ name: 'T', xml: data(row(1, str('A1', 'h')), row(2, num('A2', '1'))) }],
  strings: '<si><t>x</t></si>',
};

/** What is said about bytes, when they are opened or read. */
async function refusal(bytes: Uint8Array, file = 'book.xlsx'): Promise<{ reason?: string; detail?: string }> {
  try {
    await openXlsxBytes(bytes, file).read();
  } catch (error) {
    if (!(error instanceof BookError) || error.problem.code !== 'file') throw error;
    expect(error.problem.at).toEqual({ kind: 'file', path: file });
    const { reason, detail } = error.problem;
    return { reason, ...(detail === undefined ? {} : { detail }) };
  }
  return {};
}

const withPart = (name: string, xml: string | Uint8Array): Uint8Array =>
  zipParts({ ...rawParts(GOOD), [name]: xml });

describe('a file that is no workbook', () => {
  it('is told apart by what it is', async () => {
    expect(await refusal(strToU8('id,name\n1,2\n'))).toEqual({ reason: 'not-zip' });
    expect(await refusal(new Uint8Array())).toEqual({ reason: 'truncated' });
    expect(await refusal(strToU8('x'), 'book.csv')).toEqual({ reason: 'unsupported', detail: '.csv' });
    const compound = Uint8Array.from([
      0xd0,
      0xcf,
      0x11,
      0xe0,
      0xa1,
      0xb1,
      0x1a,
      0xe1,
      ...new Array<number>(504).fill(0),
    ]);
    expect(await refusal(compound)).toEqual({ reason: 'encrypted' });
    expect(await refusal(compound, 'book.xls')).toEqual({ reason: 'unsupported', detail: '.xls' });
    expect(await refusal(zipParts({ 'a.txt': 'x' }))).toEqual({ reason: 'not-workbook' });
    expect(await refusal(zipParts({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }))).toEqual({
      reason: 'unsupported',
      detail: 'OpenDocument',
    });
    const rels = rawParts(GOOD)['_rels/.rels'] ?? '';
    expect(await refusal(withPart('_rels/.rels', rels.replace('workbook.xml', 'workbook.bin')))).toEqual({
      reason: 'unsupported',
      detail: '.xlsb',
    });
    expect(await refusal(withPart('xl/workbook.xml', '<document/>'))).toEqual({ reason: 'not-workbook' });
  });

  it('is missing or a kind that is not read', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'allot-bad-'));
    await expect(openBook(path.join(folder, 'no.xlsx'))).rejects.toMatchObject({
      problem: { code: 'file', reason: 'missing' },
    });
    writeFileSync(path.join(folder, 'a.ods'), 'x');
    await expect(openBook(path.join(folder, 'a.ods'))).rejects.toMatchObject({
      problem: { reason: 'unsupported', detail: '.ods' },
    });
  });
});

describe('a broken part', () => {
  it.each([
    ['xl/worksheets/sheet1.xml', '<worksheet><sheetData><row r="1"><c r="A1"></row></sheetData></worksheet>'],
    [
      'xl/worksheets/sheet1.xml',
      '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>h</t></is></c></row>',
    ],
    [
      'xl/worksheets/sheet1.xml',
      '<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData><row r="1"><c r="A1"><v>&a;</v></c></row></sheetData></worksheet>',
    ],
    ['xl/workbook.xml', '<workbook>'],
    ['xl/sharedStrings.xml', '<sst><si><t>&unknown;</t></si></sst>'],
    ['xl/workbook.xml', Uint8Array.from([0x3c, 0x61, 0xff, 0xfe, 0x3e])],
    ['xl/_rels/workbook.xml.rels', 'nothing'],
  ])('%s is named: %s', async (name, xml) => {
    expect(await refusal(withPart(name, xml))).toEqual({ reason: 'broken-part', detail: name });
  });

  it.each([
    [num('A2', 'abc'), 'T!A2'],
    ['<c r="A2" t="s"><v>7</v></c>', 'T!A2'],
    ['<c r="A2" t="zz"><v>7</v></c>', 'T!A2'],
    ['<c r="A2" t="d"><v>soon</v></c>', 'T!A2'],
    ['<c r="2"><v>7</v></c>', 'xl/worksheets/sheet1.xml 2'],
    ['<c r="ZZZZ2"><v>7</v></c>', 'xl/worksheets/sheet1.xml ZZZZ2'],
  ])('%s is named', async (cell, detail) => {
    const bytes = rawBook({ sheets: [{ name: 'T', xml: data(row(1, str('A1', 'h')), row(2, cell)) }] });
    expect(await refusal(bytes)).toEqual({ reason: 'broken-part', detail });
  });

  it('that relations promise is missed', async () => {
    const parts = rawParts(GOOD);
    delete parts['xl/worksheets/sheet1.xml'];
    expect(await refusal(zipParts(parts))).toEqual({
      reason: 'broken-part',
      detail: 'xl/worksheets/sheet1.xml',
    });
  });

  it('whose bytes do not fit its checksum is named', async () => {
    const bytes = zipSync(
      Object.fromEntries(Object.entries(rawParts(GOOD)).map(([name, xml]) => [name, strToU8(xml)])),
      { level: 0 },
    );
    const at = Buffer.from(bytes).indexOf('<v>1</v>');
    bytes[at + 3] = 0x39;
    expect(await refusal(bytes)).toEqual({ reason: 'broken-part', detail: 'xl/worksheets/sheet1.xml' });
  });
});

describe('a zip bomb', () => {
  it('is refused for its ratio before it is unpacked', async () => {
    const zeros = new Uint8Array(16 << 20);
    expect(await refusal(withPart('xl/media/image1.png', zeros))).toEqual({
      reason: 'bomb',
      detail: 'xl/media/image1.png',
    });
  });

  it('is refused where a part is larger than it says', async () => {
    const parts = rawParts(GOOD);
    const bytes = zipParts({
      ...parts,
      'xl/worksheets/sheet1.xml': `${parts['xl/worksheets/sheet1.xml']}${' '.repeat(1 << 20)}`,
    });
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    // The central header of the sheet: its whole size is made 100 bytes.
    const name = Buffer.from(bytes).lastIndexOf('xl/worksheets/sheet1.xml');
    view.setUint32(name - 46 + 24, 100, true);
    expect(await refusal(bytes)).toEqual({ reason: 'bomb', detail: 'xl/worksheets/sheet1.xml' });
  });

  it('is refused for the number and the sum of its parts', async () => {
    const many = Object.fromEntries(Array.from({ length: 20_001 }, (_, i) => [`p${i}`, '']));
    expect(await refusal(zipParts(many))).toEqual({ reason: 'bomb', detail: '20001 parts' });
    const bytes = withPart('xl/media/a.bin', 'a');
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    view.setUint32(Buffer.from(bytes).lastIndexOf('xl/media/a.bin') - 46 + 24, 0x7fff_ffff, true);
    expect(await refusal(bytes)).toEqual({ reason: 'bomb', detail: 'xl/media/a.bin' });
  });
});

describe('damage of any kind', () => {
  const OURS = {
    name: 'Allot x',
    columns: [{ heading: 'a', width: 8, format: '0.00' }],
    rows: [[{ kind: 'logical', value: true } as const]],
  };
  const bytes = buildWorkbook({
    sheets: [
      {
        kind: 'table',
        name: 'Staff',
        columns: [
          { heading: 'id', width: 8 },
          { heading: 'x', width: 8 },
        ],
        rows: Array.from({ length: 40 }, (_, i) => [
          { kind: 'text', value: `E${i}` },
          { kind: 'logical', value: i % 2 === 0 },
        ]),
      },
      { kind: 'rules', name: 'Rules', lines: [{ depth: 0, text: 'a = 1' }] },
    ],
  });

  /** Opens, reads and writes; anything but a result or a BookError fails the test. */
  async function survives(damaged: Uint8Array): Promise<boolean> {
    try {
      await openXlsxBytes(damaged, 'book.xlsx').read();
      const writer = bookWriter(readStructure(readZip(damaged, 'book.xlsx')));
      putSheets(writer, [OURS]);
      putRules(writer, [{ depth: 0, text: 'b = 2' }]);
      writer.finish();
      return true;
    } catch (error) {
      if (error instanceof BookError) return false;
      throw error;
    }
  }

  it('is read whole', async () => expect(await survives(bytes)).toBe(true));

  it('cut off anywhere is refused', async () => {
    for (let length = 0; length < bytes.length; length += 13)
      expect(await survives(bytes.subarray(0, length)), `${length}`).toBe(false);
  });

  it('with flipped bytes is read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), {
          minLength: 1,
          maxLength: 4,
        }),
        async (flips) => {
          const damaged = bytes.slice();
          for (const [at, by] of flips) damaged[at] = (damaged[at] ?? 0) ^ by;
          await survives(damaged);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('inside a part that was packed again is read or refused', async () => {
    const parts = rawParts(GOOD);
    const names = Object.keys(parts);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(names.length - 1),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.constantFrom('<', '>', '"', '&', '/', 'A', '9', '-', ' ', '\u0000', ''),
        async (which, where, put) => {
          const name = names[which] ?? '';
          const xml = parts[name] ?? '';
          const at = Math.floor(where * xml.length);
          await survives(zipParts({ ...parts, [name]: xml.slice(0, at) + put + xml.slice(at + 1) }));
        },
      ),
      { numRuns: 600 },
    );
  });
});

describe('the checksum', () => {
  it('is that of the zip format', () => {
    // The check value that goes with the polynomial.
    expect(crc32(strToU8('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
    const text = readFileSync(import.meta.filename);
    expect(crc32(text.subarray(100), crc32(text.subarray(0, 100)))).toBe(crc32(text));
  });
});
