import { describe, expect, it } from 'vitest';
import { displayValueText } from '../../src/exact/text.ts';
import type { Language } from '../../src/problems/messages/index.ts';
import { resultSheets, split } from '../../src/report/sheets.ts';
import type { OutputSheet } from '../../src/workbook/port.ts';
import { ran, STAFF, STAFF_RULES } from './ran.ts';

const sheetsOf = (
  sheets: Parameters<typeof ran>[0],
  rules: string,
  language: Language = 'en',
): readonly OutputSheet[] => {
  const { program, workbook, results } = ran(sheets, rules);
  return resultSheets(program, workbook, results, language);
};

const shown = ({ columns, rows }: OutputSheet): readonly (readonly string[])[] => [
  columns.map(({ heading }) => heading),
  ...rows.map((row) => row.map(displayValueText)),
];

describe('result sheets', () => {
  it('are one a table with computed columns, one of shares, one of statements', () => {
    const sheets = sheetsOf(STAFF, STAFF_RULES);
    expect(sheets.map(({ name }) => name)).toEqual([
      'Allot Staff',
      'Allot Shares',
      'Allot Statements',
      'Allot Scalars',
    ]);
    const [staff, shares, statements, scalars] = sheets.map(shown);
    // The first one says which month it is.
    expect(scalars?.slice(0, 2)).toEqual([
      ['Name', 'Value'],
      ['as_of', '2026-03-31'],
    ]);
    expect(staff).toEqual([
      ['id', 'start', 'senior', 'ratio', 'reward', 'net'],
      ['E1', '2020-05-01', 'TRUE', '≈1666.66666667', '50', '5048.5'],
      ['E2', '2021-01-15T09:30:00', 'FALSE', '≈1500.16666667', '50', '4549'],
      ['F1', '2019-12-31', 'TRUE', '≈1333.33333333', '', ''],
    ]);
    expect(shares).toEqual([
      ['Share', 'Table', 'Of', 'Pool', 'Settled', 'Shared', 'Unallocated', 'Members', 'Level'],
      ['reward', 'Staff', '', '100', '100', '100', '0', '2', ''],
    ]);
    // A component without a label is called what the rule says; a total closes each statement.
    expect(statements).toEqual([
      ['Key', 'Table', 'Statement', 'Line', 'Item', 'Add or less', 'Amount'],
      ['E1', 'Staff', 'net', '1', '=Base', 'add', '5000'],
      ['E1', 'Staff', 'net', '2', 'reward', 'add', '50'],
      ['E1', 'Staff', 'net', '3', 'Fee', 'less', '1.5'],
      ['E1', 'Staff', 'net', '4', 'net', 'total', '5048.5'],
      ['E2', 'Staff', 'net', '1', '=Base', 'add', '4500.5'],
      ['E2', 'Staff', 'net', '2', 'reward', 'add', '50'],
      ['E2', 'Staff', 'net', '3', 'Fee', 'less', '1.5'],
      ['E2', 'Staff', 'net', '4', 'net', 'total', '4549'],
    ]);
  });

  it('have number formats by what stands in a column', () => {
    const [staff] = sheetsOf(
      {
        T: [
          ['id', 'day', 'time', 'whole', 'money', 'fine', 'text'],
          [1, { date: '2026-01-01' }, { date: '2026-01-01 08:00' }, 3, 2.5, 0.125, 'x'],
          [2, { date: '2026-01-02' }, { date: '2026-01-01' }, 12345, 7, 1, 'y'],
        ],
      },
      'each T\n  a = day\n  b = time\n  c = whole\n  d = money\n  e = fine\n  f = fine / 3\n  g = text',
    );
    expect(staff?.columns.map(({ format }) => format)).toEqual([
      undefined,
      'yyyy-mm-dd',
      'yyyy-mm-dd hh:mm:ss',
      '0',
      '#,##0.00',
      '#,##0.00#',
      '#,##0.00####',
      undefined,
    ]);
  });

  it('are wide enough, Chinese counted twice', () => {
    const [sheet] = sheetsOf(
      {
        T: [
          ['id', 'x'],
          [1, '一二三四五六七八九十'],
        ],
      },
      'each T\n  文字 = x\n  n = 1',
    );
    const [, wide, narrow] = sheet?.columns ?? [];
    expect(wide?.width).toBeGreaterThanOrEqual(20);
    expect(narrow?.width).toBeLessThan(20);
  });

  it('have Chinese headings for Chinese readers, under the same names', () => {
    const sheets = sheetsOf(STAFF, STAFF_RULES, 'zh-CN');
    expect(sheets.map(({ name }) => name)).toEqual([
      'Allot Staff',
      'Allot Shares',
      'Allot Statements',
      'Allot Scalars',
    ]);
    expect(shown(sheets[2] ?? { name: '', columns: [], rows: [] })[0]).toEqual([
      '编号',
      '数据表',
      '工资条',
      '序号',
      '项目',
      '加/减',
      '金额',
    ]);
  });

  it('never have the same name twice', () => {
    const sheets = sheetsOf(
      { Shares: [['id'], [1]], statements: [['id'], [1]] },
      'share 1 among Shares by 1 as pay\nstatement net for statements\n  add 1',
    );
    const names = sheets.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  it('show the statement of the definition that covers the row', () => {
    const sheets = sheetsOf(
      {
        T: [
          ['id', 'side'],
          [1, 'a'],
          [2, 'b'],
          [3, 'c'],
        ],
      },
      'statement net for T where side = "a"\n  add 1 "A"\nstatement net for T where side = "b"\n  less 2 "B"',
    );
    expect(shown(sheets[1] ?? { name: '', columns: [], rows: [] }).slice(1)).toEqual([
      ['1', 'T', 'net', '1', 'A', 'add', '1'],
      ['1', 'T', 'net', '2', 'net', 'total', '1'],
      ['2', 'T', 'net', '1', 'B', 'less', '2'],
      ['2', 'T', 'net', '2', 'net', 'total', '-2'],
    ]);
  });

  it('are split where Excel has not so many rows', () => {
    const rows = [1, 2, 3, 4, 5].map((n) => [{ kind: 'text', value: String(n) } as const]);
    const parts = split({ name: 'Allot T', columns: [], rows }, 2);
    expect(parts.map(({ name }) => name)).toEqual(['Allot T', 'Allot T 2', 'Allot T 3']);
    expect(parts.flatMap((part) => part.rows)).toEqual(rows);
    expect(split({ name: 'Allot T', columns: [], rows }, 5)).toHaveLength(1);
  });
});
