import { beforeAll, describe, expect, it } from 'vitest';
import { parametersOf } from '../../src/live/parameters.ts';
import type { ShareName } from '../../src/live/protocol.ts';
import type { Parameter } from '../../src/live/views.ts';
import { sourceText } from '../../src/rules/source.ts';
import type { Workbook } from '../../src/workbook/port.ts';
import { book } from '../support/book.ts';
import { done, evaluated, readSample } from './parts.ts';

const REWARD: ShareName = { name: 'reward', table: 'Staff', of: null };

function found(workbook: Workbook, asOf: string, share: ShareName = REWARD): readonly Parameter[] {
  const { file, program } = done(evaluated(workbook, asOf));
  return parametersOf(file, program, share);
}

const told = (parameters: readonly Parameter[]): string[] =>
  parameters.map(({ role, label, text }) => `${role} | ${label} | ${text}`);

describe('small.xlsx', () => {
  let workbook: Workbook;
  beforeAll(async () => {
    workbook = await readSample('small.xlsx');
  });

  it('lists what the reward depends on, and nothing of the deductions', () => {
    expect(told(found(workbook, '2026-03-31'))).toEqual([
      'scalar | pool_rate | 15%',
      'cap | reward · cap | 290',
      'weight | support · 45% response | 45%',
      'weight | support · 35% resolution | 35%',
      'weight | support · 20% feedback | 20%',
      'band | response_points · up to 1 | 1',
      'band | response_points · up to 1 → | 100',
      'band | response_points · up to 2 | 2',
      'band | response_points · up to 2 → | 80',
      'band | response_points · otherwise → | 60',
      'other | Tickets[points] | 60',
      'other | Staff[resolution] | 0',
      'other | Staff[resolution] (2) | 100',
    ]);
  });

  it('points at the version in force on the day', () => {
    const [march] = found(workbook, '2026-03-31');
    const [december] = found(workbook, '2025-12-31');
    expect(december).toMatchObject({ label: 'pool_rate', text: '10%' });
    expect(march?.at.line).toMatchObject({ kind: 'cell', sheet: 'Rules', row: 12 });
    expect(december?.at.line).toMatchObject({ kind: 'cell', sheet: 'Rules', row: 11 });
  });

  it('gives the very characters of every literal', () => {
    for (const { at, text } of found(workbook, '2026-03-31'))
      expect(sourceText(workbook.rules, at)).toBe(text);
  });

  it('knows nothing of a share that is not there', () => {
    expect(found(workbook, '2026-03-31', { ...REWARD, name: 'bonus' })).toEqual([]);
  });
});

describe('of other rules', () => {
  const sheets = {
    Staff: [
      ['id', 'x', 'day'],
      [1, 2, { date: '2026-01-31' }],
    ],
  };
  const of = (rules: string): string[] => told(found(book(sheets, { rules }), '2026-03-31'));

  it('follows what a share left over into the next', () => {
    expect(
      of(
        'rate = 7%\nshare 100 * rate among Staff by x as first\n  cap 3\n  rest as left\nshare left among Staff by x as reward',
      ),
    ).toEqual(['scalar | rate | 7%', 'scalar | first · 100 * rate | 100', 'cap | first · cap | 3']);
  });

  it('takes a minus with its number, and leaves out exponents, digits, months, dates, texts and conditions', () => {
    expect(
      of(`each Staff where x > 1
  w = if(x in (4, 5), -1.5 + x ^ 2, default(x, 0) + 9) + round(x, 2) + default(x, 8)
  y = if(day < eomonth(2026-01-01, 3), 1, 2)
share 10 among Staff where x > 1 by w + 0 * y as reward`),
    ).toEqual([
      'scalar | reward · 10 | 10',
      'other | Staff[w] | -1.5',
      'other | Staff[w] (2) | 9',
      'other | Staff[w] (3) | 8',
      'other | Staff[y] | 1',
      'other | Staff[y] (2) | 2',
      'other | reward · w + 0 * y | 0',
    ]);
  });

  it('reads Chinese rules', () => {
    expect(
      of(
        '提取率 = １５％\n分档 系数\n  不超过 1 → 2\n  其余 → 3\n分配 100 * 提取率 给 Staff 按 系数(x) 记为 reward\n  封顶 50\n  保底 1',
      ),
    ).toEqual([
      'scalar | 提取率 | １５％',
      'scalar | reward · 100 * 提取率 | 100',
      'floor | reward · 保底 | 1',
      'cap | reward · 封顶 | 50',
      'band | 系数 · 不超过 1 | 1',
      'band | 系数 · 不超过 1 → | 2',
      'band | 系数 · 其余 → | 3',
    ]);
  });
});
