import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { data, num, rawBook, row } from '../workbook/rawBook.ts';
import { cellOf, partsOf } from '../workbook/xlsx/parts.ts';
import { allot, buildBundle } from './bundle.ts';
import { filesIn, folderBook, STAFF_CSV, scratch } from './files.ts';

beforeAll(buildBundle);

const cell = (ref: string, formula: string, v: string, attributes = ''): string =>
  `<c r="${ref}"${attributes}><f>${formula}</f>${v === '' ? '' : `<v>${v}</v>`}</c>`;

/** A book in a folder of its own; `value` is what its one call came to. */
function book(value: string, name = 'b.xlsx', formula = 'ALLOT.RULE(&quot;x&quot;)'): string {
  const file = path.join(scratch(), name);
  const rows = data(
    row(1, num('A1', '1'), cell('B1', formula, value), cell('C1', 'ALLOT.RULE(1)', '#N/A', ' t="e"')),
  );
  const format = `<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>SCORE(1)&gt;1</formula></cfRule></conditionalFormatting>`;
  const bytes = rawBook({
    sheets: [
      { name: 'T', xml: `${rows}${format}` },
      { name: '薪酬', xml: data(row(1, cell('A1', 'SCORE(1)', '3'))) },
    ],
    after: '<definedNames><definedName name="SCORE">_xldudf_ALLOT_SUPPORTSCORE</definedName></definedNames>',
  });
  writeFileSync(file, bytes);
  return file;
}

describe('freeze', () => {
  it('writes a copy with values, and says what became of which sheet', () => {
    const file = book('12.5');
    const before = readFileSync(file);
    const out = path.join(path.dirname(file), 'values.xlsx');
    const said = allot(['freeze', file, '--out', out, '--lang', 'en']);
    expect(said).toEqual({
      status: 0,
      out: '',
      err: `Wrote ${out}:
  T: 2 formulas are a value now, 1 of them an Excel error
  薪酬: 1 formula is a value now
Taken away, since they stood for functions of Allot's: the name SCORE
Still calls Allot, as it keeps no value: the conditional format of T!A1
`,
    });
    expect(cellOf(partsOf(readFileSync(out))['xl/worksheets/sheet1.xml'] ?? '', 'B1')).toBe(
      '<c r="B1"><v>12.5</v></c>',
    );
    expect(readFileSync(file)).toEqual(before);
  });

  it('says so in Chinese', () => {
    const file = book('12.5');
    const out = path.join(path.dirname(file), 'values.xlsx');
    expect(allot(['freeze', file, '--out', out, '--lang', 'zh-CN']).err).toBe(`已写入 ${out}：
  T：2 个公式已改为数值，其中 1 个为 Excel 错误值
  薪酬：1 个公式已改为数值
已删除代表 Allot 函数的名称：SCORE
仍在调用 Allot（无存储值）：T!A1 的条件格式
`);
  });

  it('copies a book that does not call us byte for byte', () => {
    const file = path.join(scratch(), 'b.xlsx');
    writeFileSync(file, rawBook({ sheets: [{ name: 'T', xml: data(row(1, num('A1', '1'))) }] }));
    const out = path.join(path.dirname(file), 'values.xlsx');
    const said = allot(['freeze', file, '--out', out, '--lang', 'en']);
    expect(said.status).toBe(0);
    expect(said.err).toContain("No cell calls a function of Allot's");
    expect(readFileSync(out)).toEqual(readFileSync(file));
  });

  it('writes nothing where a cell has never been calculated', () => {
    const file = book('');
    const said = allot([
      'freeze',
      file,
      '--out',
      path.join(path.dirname(file), 'values.xlsx'),
      '--lang',
      'en',
    ]);
    expect(said.status).toBe(1);
    expect(said.out).toContain('T!B1');
    expect(said.out).toContain('has not been calculated yet');
    expect(filesIn(path.dirname(file))).toEqual(['b.xlsx']);
  });

  it('wants a workbook, and the name of one of the same kind', () => {
    const file = book('1');
    const out = path.join(path.dirname(file), 'values.xlsx');
    expect(allot(['freeze', file]).status).toBe(2);
    expect(allot(['freeze', file, '--out', 'values.csv']).status).toBe(2);
    const macros = allot(['freeze', file, '--out', out.replace('.xlsx', '.xlsm'), '--lang', 'en']);
    expect(macros.status).toBe(2);
    expect(macros.err).toContain('values.xlsm');
    expect(allot(['freeze', folderBook({ 'Staff.csv': STAFF_CSV }), '--out', out]).status).toBe(2);
    expect(allot(['freeze', path.join(path.dirname(file), 'none.xlsx'), '--out', out]).status).toBe(2);
    expect(filesIn(path.dirname(file))).toEqual(['b.xlsx']);
  });
});
