import { describe, expect, it } from 'vitest';
import { keywordText } from '../../../grammar/keywords.ts';
import type { Vocabulary } from '../../../src/live/protocol.ts';
import { AGGREGATES, FUNCTIONS } from '../../../src/rules/calls.ts';
import { writtenName } from '../../../src/rules/writtenName.ts';
import { completionsAt } from '../../../src/taskpane/pages/rules/complete.ts';
import { loadHelp } from '../../../src/taskpane/pages/rules/help.ts';

const VOCABULARY: Vocabulary = {
  tables: [
    { name: 'Staff', columns: ['id', 'Base pay', 'where', 'odd]'] },
    { name: 'Sales', columns: ['sale', 'seller', 'amount'] },
    { name: 'My grades', columns: ['grade'] },
  ],
  computed: [
    { table: 'Staff', name: 'points' },
    { table: 'Sales', name: 'margin' },
  ],
  scalars: ['pool_rate', 'pool'],
  bands: ['grade_of'],
  names: ['bonus'],
  functions: [
    ...Object.entries(FUNCTIONS).map(([name, { usage }]) => ({ name, usage })),
    { name: 'sum', usage: AGGREGATES.sum },
    { name: 'count', usage: AGGREGATES.count },
  ],
};

const HELP = { en: await loadHelp('en'), 'zh-CN': await loadHelp('zh-CN') };

/** What is offered at `|` of the last line: where it begins, and what would be put there. */
function at(text: string, options: { readonly explicit?: boolean; readonly language?: 'en' | 'zh-CN' } = {}) {
  const lines = text.replace('|', '').split('\n');
  const line = text.slice(0, text.indexOf('|')).split('\n').length - 1;
  const column = text.split('\n')[line]?.indexOf('|') ?? 0;
  const found = completionsAt({
    lines,
    line,
    column,
    vocabulary: VOCABULARY,
    language: options.language ?? 'en',
    help: HELP[options.language ?? 'en'],
    explicit: options.explicit ?? false,
  });
  return found === null
    ? null
    : { typed: lines[line]?.slice(found.from, column), apply: found.options.map((o) => o.apply) };
}
const explicit = { explicit: true };

describe('completion', () => {
  it('begins lines with what may begin them', () => {
    expect(at('sc|')).toEqual({ typed: 'sc', apply: ['score'] });
    expect(at('|', explicit)?.apply).toContain('statement');
    expect(at('|')).toBeNull();
    expect(at('po|')?.apply).toEqual(['pool_rate', 'pool']);
    expect(at('band b\n  |', explicit)?.apply).toEqual(['up to', 'below', 'at least', 'above', 'otherwise']);
    expect(at('share p among Staff by q as r\n  |', explicit)?.apply).toEqual([
      'floor',
      'cap',
      'unit',
      'rest',
    ]);
    expect(at('each Staff\n  share p among Staff by q as r\n    c|')?.apply).toEqual(['cap']);
    expect(at('statement s for Staff\n  # note\n\n  |', explicit)?.apply).toEqual(['add', 'less']);
    expect(at('table Sales\n  s|')?.apply).toEqual(['sale', 'seller']);
    expect(at('table Sales\n  seller in |')?.apply).toEqual(['Staff', 'Sales', 'My_grades']);
  });

  it('knows two words by their beginning', () => {
    expect(at('band b\n  up t|')).toEqual({ typed: 'up t', apply: ['up to'] });
    expect(at('score s for Staff out o|')).toEqual({ typed: 'out o', apply: ['out of'] });
  });

  it('offers tables where one must stand', () => {
    expect(at('each |')?.apply).toEqual(['Staff', 'Sales', 'My_grades']);
    expect(at('score s for st|')?.apply).toEqual(['Staff']);
    expect(at('x = count(|')?.apply).toEqual(['Staff', 'Sales', 'My_grades']);
    expect(at('table Staff key |', explicit)?.apply).toEqual(['id', 'Base_pay', '[where]']);
  });

  it('offers columns after a table, with the bracket that closes', () => {
    expect(at('x = sum(Sales[|')).toEqual({ typed: '', apply: ['sale]', 'seller]', 'amount]', 'margin]'] });
    expect(at('x = sum(Sales[am|')).toEqual({ typed: 'am', apply: ['amount]'] });
    expect(at('x = sum(Sales[am|] where y)')?.apply).toEqual(['amount']);
    expect(at('each Staff\n  x = sum(Sales[amount] where seller = [@|')?.apply).toEqual([
      'id]',
      'Base pay]',
      'where]',
      'points]',
    ]);
    expect(at('each Staff\n  x = [b|')).toEqual({ typed: 'b', apply: ['Base pay]'] });
  });

  it('offers in an expression the row’s columns, rules, bands and functions', () => {
    expect(at('each Staff\n  x = po|')?.apply).toEqual(['points', 'pool_rate', 'pool']);
    expect(at('each Staff\n  x = base_|')).toEqual({ typed: 'base_', apply: ['Base_pay'] });
    expect(at('x = gr|')?.apply).toEqual(['grade_of(', 'My_grades[']);
    expect(at('x = bon|')?.apply).toEqual(['bonus']);
    expect(at('x = roun|')?.apply).toEqual(['round(', 'round_even(', 'mround(']);
    expect(at('each Staff\n  x = sum(Sales[amount] where se|')?.apply[0]).toBe('seller');
    expect(at('score s for Staff\n  45% po|')?.apply).toEqual(['points', 'pool_rate', 'pool']);
    expect(at('statement s for Staff\n  add po|')?.apply).toEqual(['points', 'pool_rate', 'pool']);
  });

  it('offers after something complete what may follow it', () => {
    expect(at('x = sum(Sales[amount] wh|')?.apply).toEqual(['where']);
    expect(at('share pool among Staff |', explicit)?.apply).toEqual(['by', 'where']);
    expect(at('share pool among Staff by points a|')?.apply).toEqual(['as']);
    expect(at('table Staff k|')?.apply).toEqual(['key']);
    expect(at('rate = 10% f|')?.apply).toEqual(['from']);
    expect(at('score support f|')?.apply).toEqual(['for']);
  });

  it('offers nothing in texts, notes, numbers, dates and names that are made up', () => {
    for (const line of [
      '# po|',
      'x = "po|"',
      'x = "po|',
      'x = 12|',
      'x = 1 from 2026-01-0|',
      'band po|',
      'share p among Staff by q as po|',
    ])
      expect(at(line), line).toBeNull();
  });

  it('writes keywords in the language of the file, and finds them by either', () => {
    expect(at('数据表 员工 编号 工号\n每|')?.apply).toEqual(['每个']);
    expect(at('数据表 员工 编号 工号\nea|')?.apply).toEqual(['每个']);
    expect(at('table Staff key id\n每|')?.apply).toEqual(['each']);
    expect(at('s|', { language: 'zh-CN' })?.apply).toContain('评分');
    expect(at('每个 Staff\n  x = sum(Sales[amount] 其|')?.apply).toEqual(['其中']);
    expect(at('x = 求和|', { language: 'zh-CN' })?.apply).toEqual(['sum(']);
  });

  it('stops when there is nothing left to add', () => {
    expect(at('each|')).toBeNull();
    expect(at('each|', explicit)?.apply).toEqual(['each']);
  });
});

describe('names as they are written', () => {
  it.each([
    ['id', 'id'],
    ['Response hours', 'Response_hours'],
    ['Net (CNY)', '[Net (CNY)]'],
    ['2026', '[2026]'],
    ['5G业务', '5G业务'],
    [keywordText('where', 'en'), '[where]'],
    [keywordText('floor', 'zh'), '[保底]'],
    ['two\nlines, here', '[two lines, here]'],
    ['a]', null],
    ['@x', null],
    [' ', null],
  ])('%j', (name, wanted) => {
    expect(writtenName(name)).toBe(wanted);
  });
});
