import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/workbook/csv/decode.ts';
import { sourceLine } from '../../src/workbook/csv/rules.ts';
import { csvTable } from '../../src/workbook/csv/table.ts';
import { openBook } from '../../src/workbook/open.ts';
import { plainRows } from '../contract/workbookContract.ts';

const column = (...fields: string[]) =>
  plainRows(csvTable(`h,x\n${fields.map((f) => `${f},1\n`).join('')}`, 'T', 'T.csv')).map((row) => row[0]);
const one = (field: string) => column(field)[0];

function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const made = mkdtempSync(path.join(tmpdir(), 'allot-csv-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(made, name), content);
  return made;
}

describe('a field of a CSV', () => {
  it.each([
    ['12', { n: '12' }],
    ['0', { n: '0' }],
    ['0.5', { n: '0.5' }],
    ['-3.25%', { n: '-0.0325' }],
    ['100%', { n: '1' }],
    ['-0.0', { n: '0' }],
    ['-0', { n: '0' }],
    ['1234567890123456789.5', { n: '1234567890123456789.5' }],
    ['0.1000000000000000000001', { n: '0.1000000000000000000001' }],
    ['TRUE', { b: true }],
    ['false', { b: false }],
    ['True', { b: true }],
    ['', null],
    ['2026-01-31', { d: '2026-01-31' }],
    ['2026/1/3', { d: '2026-01-03' }],
    ['2026-01-31 9:30', { d: '2026-01-31T09:30:00' }],
    ['2026-01-31 09:30', { d: '2026-01-31T09:30:00' }],
    ['2026/01/31 23:59:59', { d: '2026-01-31T23:59:59' }],
    ['0001-01-01', { d: '0001-01-01' }],
  ])('%s is %o', (field, value) => expect(one(field)).toEqual(value));

  it.each([
    '1.',
    '.5',
    '+5',
    '1e5',
    '-',
    '--1',
    '1.2.3',
    '1%%',
    '%',
    '12 ',
    ' 12',
    '1 000',
    '0x10',
    '１２',
    'TRUEX',
    'tru',
    '2026-02-30',
    '2026-13-01',
    '2026-1-31',
    '2026-01-31 24:00',
    '2026-01-31 10:60',
    '2026-01-31x',
    '31.01.2026',
    'Infinity',
    'NaN',
    '=1+1',
  ])('%s is text', (field) => expect(one(field)).toEqual({ t: field }));

  it('is text throughout a column in which some number has leading zeros', () => {
    expect(column('1', '', 'x', '2026-01-01', '007', 'TRUE', '5%')).toEqual(
      ['1', null, 'x', '2026-01-01', '007', 'TRUE', '5%'].map((t) => (t === null ? null : { t })),
    );
    expect(column('00', '1')).toEqual([{ t: '00' }, { t: '1' }]);
    expect(column('1', '-01.5%')).toEqual([{ t: '1' }, { t: '-01.5%' }]);
    expect(column('1', '0.50')).toEqual([{ n: '1' }, { n: '0.5' }]);
  });

  it('refuses a number of more digits than the language keeps, with its cell', () => {
    expect(() => column('1', '9'.repeat(2001))).toThrow(
      expect.objectContaining({
        problem: {
          code: 'too-large',
          severity: 'error',
          at: { kind: 'cell', sheet: 'T', row: 3, column: 1 },
        },
      }),
    );
  });
});

describe('a table of a CSV', () => {
  it('numbers rows as Excel would show them, quoted line breaks and blank rows included', () => {
    const table = csvTable('a,b\n1,"x\ny"\n\n,\n2,z', 'T', 'T.csv');
    expect([...table.sheetRows]).toEqual([2, 5]);
    expect(plainRows(table)).toEqual([
      [{ n: '1' }, { t: 'x\ny' }],
      [{ n: '2' }, { t: 'z' }],
    ]);
  });

  it('leaves out columns without a heading and fills short rows up', () => {
    const table = csvTable(' a ,, c\n1,2,3\n4\n,5,\n6,7,8,9', 'T', 'T.csv');
    expect(table.columns.map(({ heading, column: n }) => [heading, n])).toEqual([
      ['a', 1],
      ['c', 3],
    ]);
    expect(plainRows(table)).toEqual([
      [{ n: '1' }, { n: '3' }],
      [{ n: '4' }, null],
      [{ n: '6' }, { n: '8' }],
    ]);
    expect([...table.sheetRows]).toEqual([2, 3, 5]);
  });

  it.each(['', '\n', ',,\n1,2'])('has no columns where nothing is a heading: %j', (text) => {
    expect(csvTable(text, 'T', 'T.csv')).toMatchObject({ columns: [], rows: 0 });
  });

  it.each(['a,b\n"1,2\n', 'a,b\n"1"x,2\n'])('refuses broken quotes: %j', (text) => {
    expect(() => csvTable(text, 'T', 'T.csv')).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ code: 'file', reason: 'broken-quote', detail: 'row 2' }),
      }),
    );
  });

  it('refuses a row that is longer than the headings: 1,000 is not 1', () => {
    expect(() => csvTable('id,base\nE1,500,,\nE2,1,000\n', 'T', 'T.csv')).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ code: 'file', reason: 'long-row', detail: 'row 3' }),
      }),
    );
  });

  it('says the same with and without quotes, over pieces of any size', () => {
    const rows = Array.from(
      { length: 30_000 },
      (_, i) => `E${i},${i % 97 === 0 ? '' : i / 4},2026-01-0${1 + (i % 9)}`,
    );
    const plain = csvTable(`id,x,d\n${rows.join('\n')}\n`, 'T', 'T.csv');
    const quoted = csvTable(`"id",x,d\n${rows.join('\n')}\n`, 'T', 'T.csv');
    expect(plain.rows).toBe(30_000);
    expect(plain).toEqual(quoted);
  });

  it('gives back what papaparse wrote', () => {
    const cell = fc
      .oneof(fc.string({ maxLength: 6 }), fc.constantFrom('007x', '"', '\n', ',', 'ü', '工单'))
      .map((t) => `t${t.replaceAll('\r', '')}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
        const text = Papa.unparse([['a', 'b'], ...rows], { newline: '\n' });
        expect(plainRows(csvTable(text, 'T', 'T.csv'))).toEqual(rows.map((row) => row.map((t) => ({ t }))));
      }),
    );
  });
});

describe('the encoding of a file', () => {
  const text = '工号,姓名\nE1,张三\n';
  const utf16 = (little: boolean): Uint8Array => {
    const units = [0xfeff, ...Array.from(text, (c) => c.charCodeAt(0))];
    return Uint8Array.from(units.flatMap((u) => (little ? [u & 255, u >> 8] : [u >> 8, u & 255])));
  };
  // 工号,姓名 / E1,张三 in GB18030, from the code's table.
  const gb = Uint8Array.from([
    0xb9, 0xa4, 0xba, 0xc5, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb, 0x0a, 0x45, 0x31, 0x2c, 0xd5, 0xc5, 0xc8, 0xfd,
    0x0a,
  ]);
  it.each([
    ['UTF-8', new TextEncoder().encode(text)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${text}`)],
    ['UTF-16, little end first', utf16(true)],
    ['UTF-16, big end first', utf16(false)],
    ['GB18030', gb],
  ])('%s', (_, bytes) => expect(decodeText(bytes, 'x.csv')).toBe(text));

  it.each([
    ['half a UTF-16 unit', [0xff, 0xfe, 0x41]],
    ['no encoding at all', [0x41, 0xff, 0xff, 0x42]],
    ['a zero byte', [0x41, 0, 0x42]],
    ['broken UTF-8 under a mark', [0xef, 0xbb, 0xbf, 0xc3]],
  ])('refuses %s', (_, bytes) => {
    expect(() => decodeText(Uint8Array.from(bytes), 'x.csv')).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ reason: 'encoding', at: { kind: 'file', path: 'x.csv' } }),
      }),
    );
  });
});

describe('a folder', () => {
  it('takes files in order of their names and leaves out what is no data', async () => {
    const book = await openBook(
      folder({
        'b.csv': 'id\n1',
        'a.CSV': 'id\n1',
        'Allot Staff.csv': 'id\n1',
        'Rules.csv': 'id\n1',
        '.hidden.csv': 'x',
        '~$b.csv': 'x',
        'notes.txt': 'x',
        '2.allot': 'b = 2\r\n',
        '1.allot': '\ufeffa = 1\n\n  # c\n',
        'NAMES.csv': 'x,5%\n\n期初,2026-03-01\nempty,\n',
      }),
    );
    expect(book.tables.map((table) => table.name)).toEqual(['a', 'b']);
    expect(
      book.rules.map(({ place, text, depth }) => [
        place.kind === 'text' ? `${place.file}:${place.line}` : '',
        depth,
        text,
      ]),
    ).toEqual([
      ['1.allot:1', -1, 'a = 1'],
      ['1.allot:2', -1, ''],
      ['1.allot:3', -1, '  # c'],
      ['2.allot:1', -1, 'b = 2'],
    ]);
    expect(book.names).toEqual([
      { name: 'x', sheet: 'names', row: 1, column: 2, value: { kind: 'number', value: { n: 1n, d: 20n } } },
      {
        name: '期初',
        sheet: 'names',
        row: 3,
        column: 2,
        value: { kind: 'date', ms: { n: BigInt(Date.UTC(2026, 2, 1)), d: 1n } },
      },
      { name: 'empty', sheet: 'names', row: 4, column: 2, value: { kind: 'blank' } },
    ]);
  });

  it('without rules says so', async () => {
    expect((await openBook(folder({ 'a.csv': 'id\n1' }))).hasRules).toBe(false);
    expect((await openBook(folder({ 'a.allot': '' }))).hasRules).toBe(true);
  });

  it('that is not there is a problem', async () => {
    await expect(openBook('/nowhere/at/all')).rejects.toMatchObject({
      problem: { code: 'file', reason: 'missing' },
    });
  });
});

describe('a line of rule text as a cell', () => {
  it.each([
    ['a = 1', 0, 'a = 1'],
    ['  a', 1, 'a'],
    ['\ta', 1, 'a'],
    ['    a', 2, 'a'],
    ['\t  a', 2, 'a'],
    ['\u3000 a', 1, 'a'],
    ['      a', 2, '  a'],
    [' a', 0, ' a'],
    ['   a', 1, ' a'],
    ['  a  ', 1, 'a  '],
  ])('%j', (line, depth, text) => expect(sourceLine(line)).toEqual({ depth, text }));
});

describe('a folder as a workbook', () => {
  it('keeps every digit, one rule sheet a file, and its names', async () => {
    const made = folder({
      'T.csv': 'id,x\n123456789012345678,0.1234567890123456\n12,1234567890.12345\n',
      'a.allot': 'x = 1\n  # c \n',
      '规则.allot': 'y = 2',
      'names.csv': 'name,value\nrate,0.15\n',
    });
    const out = path.join(made, 'out.xlsx');
    await (await openBook(made)).writeSheets([], out);
    const book = await openBook(out);
    const { tables } = await book.read();
    expect(tables.map((table) => [table.name, plainRows(table)])).toEqual([
      [
        'T',
        [
          [{ t: '123456789012345678' }, { t: '0.1234567890123456' }],
          [{ n: '12' }, { n: '1234567890.12345' }],
        ],
      ],
    ]);
    expect(
      book.rules.map(({ place, depth, text }) => [place.kind === 'cell' ? place.sheet : '', depth, text]),
    ).toEqual([
      ['Rules a', 0, 'x = 1'],
      ['Rules a', 1, '# c '],
      ['规则', 0, 'y = 2'],
    ]);
    expect(book.names.map(({ name, value }) => [name, value])).toEqual([
      ['rate', { kind: 'number', value: { n: 3n, d: 20n } }],
    ]);
  });
});
