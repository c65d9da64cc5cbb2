import { describe, expect, it } from 'vitest';
import { tableText } from '../../src/report/table.ts';
import { runText } from '../../src/report/text.ts';
import { cut, widthOf } from '../../src/report/width.ts';
import { ran } from './ran.ts';

describe('results for people', () => {
  const rows = Array.from({ length: 12 }, (_, i) => [`E${i + 1}`, i]);
  const { program, workbook, results } = ran(
    { 员工: [['工号', '数量'], ...rows], Old: [['id'], [1]] },
    '数据表 员工 其中 数量 > 0\n单价 = 2.5\n每个 员工\n  金额 = 数量 * 单价\n分配 10 给 员工 按 1 记为 奖励',
  );

  it('begin with a summary, show the first rows and how many more there are', () => {
    const text = [...runText(program, workbook, results, { language: 'en', rows: 3, width: 100 })].join('');
    expect(text).toBe(
      [
        'As of 2026-03-31: 11 rows of 1 table (1 row left out), 23 values computed, 1 pool shared.',
        '',
        'Inputs',
        '  Table  Rows  Left out',
        '  ─────  ────  ────────',
        '  员工     11         1',
        '',
        'Scalars',
        '  Name  Value',
        '  ────  ─────',
        '  单价    2.5',
        '',
        '员工',
        '  工号  金额  奖励',
        '  ────  ────  ────',
        '  E2     2.5  0.91',
        '  E3       5  0.91',
        '  E4     7.5  0.91',
        '  … 8 more rows',
        '',
        'Shares',
        '  Share  Pool  Settled  Shared  Unallocated  Members',
        '  ─────  ────  ───────  ──────  ───────────  ───────',
        '  奖励     10       10      10            0       11',
        '',
      ].join('\n'),
    );
  });

  it('are in the language of the reader', () => {
    const [summary] = [...runText(program, workbook, results, { language: 'zh-CN', rows: 3, width: 100 })];
    expect(summary).toBe(
      '计薪日 2026-03-31：1 个数据表、11 行（另有 1 行未计入），计算 23 个值，分配 1 笔。\n',
    );
  });
});

describe('a table on a terminal', () => {
  const columns = ['key', 'first', 'second', 'third'].map((heading) => ({ heading, align: 'left' }) as const);
  it('is broken into several where it is too wide, each with its key', () => {
    const text = tableText(columns, [['k', 'aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc']], 30);
    const blocks = text.split('\n\n');
    expect(blocks).toHaveLength(2);
    for (const block of blocks) {
      expect(block).toMatch(/^ {2}key {2}/);
      for (const line of block.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(30);
    }
  });
  it('cuts long texts and keeps control characters out', () => {
    const text = tableText(columns.slice(0, 2), [['k', `\u001b[31m${'长'.repeat(100)}`]], 80);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('…');
    expect(Math.max(...text.split('\n').map(widthOf))).toBeLessThanOrEqual(80);
  });
});

it('text is cut by places, not characters', () => {
  expect(cut('一二三四', 8)).toBe('一二三四');
  expect(cut('一二三四五', 8)).toBe('一二三…');
  expect(cut('abc', 2)).toBe('a…');
});
