import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRules } from '../../../grammar/index.ts';
import { run } from '../../../src/engine/run.ts';
import { parseDate } from '../../../src/exact/date.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { checkRules } from '../../../src/rules/check.ts';
import { tableFacts } from '../../../src/rules/template/facts.ts';
import { ruleTemplate, type TemplateOptions } from '../../../src/rules/template/template.ts';
import { openBook } from '../../../src/workbook/open.ts';
import type { RuleLine, SourceLine, Workbook } from '../../../src/workbook/port.ts';
import { book, type Sheets } from '../../support/book.ts';

const AS_OF = parseDate('2026-03-31') ?? 0;
const LANGUAGES = ['en', 'zh'] as const;

const ruleLines = (lines: readonly SourceLine[]): readonly RuleLine[] =>
  lines.map(({ depth, text }, i) => ({
    place: { kind: 'cell', sheet: 'Rules', row: i + 1, column: depth + 1 },
    depth,
    text,
  }));

const withRules = (workbook: Workbook, lines: readonly SourceLine[]): Workbook => ({
  ...workbook,
  rules: ruleLines(lines),
  problems: [],
  hasRules: true,
});

function check(workbook: Workbook, language: 'en' | 'zh', options: TemplateOptions = {}) {
  const lines = ruleTemplate(tableFacts(workbook.tables), language, options);
  const ruled = withRules(workbook, lines);
  const { program, problems } = checkRules(parseRules(ruled.rules), ruled, AS_OF);
  return { lines, text: lines.map(({ text }) => text).join('\n'), ruled, program, problems };
}

const ODD: Readonly<Record<string, Sheets>> = {
  'no tables': {},
  'no rows': { Staff: [['id', 'name', 'amount']], Sales: [['sale', 'seller', 'amount']] },
  'one column': { Codes: [['code'], ['a'], ['b']] },
  'headings in brackets': {
    'My staff': [
      ['Staff no.', 'Full name (en)'],
      ['A', 'x'],
      ['B', 'y'],
    ],
    'Sales 2026/Q1': [
      ['#', 'Who sold it?', 'Amount, net', '100'],
      [1, 'A', 10, 1],
      [2, 'B', 20, 1],
      [3, 'a', 30, 1],
    ],
  },
  'names of keywords and functions': {
    Share: [
      ['where', 'sum'],
      ['A', 1],
      ['B', 2],
    ],
    Sum: [
      ['by', 'as', 'pool', 'reward', 'pool_rate', 'amount'],
      ['x', 'A', 1, 2, 3, 4],
    ],
  },
  'a heading that no rule can write': {
    Staff: [
      ['id]', 'name'],
      ['A', 'x'],
      ['B', 'y'],
    ],
  },
  'nothing tells the rows apart': {
    Log: [
      ['what', 'amount'],
      ['a', 1],
      ['a', 1],
    ],
  },
  'headings of one name': {
    Staff: [
      ['id', 'Pay base', 'pay_base'],
      ['A', 1, 2],
    ],
  },
  'blank and wrong cells': {
    Staff: [
      ['name', 'id', 'amount'],
      [null, 'A', 1],
      ['y', 'B', { error: '#N/A' }],
    ],
  },
  'a key in the second column': {
    Staff: [
      ['team', 'id', 'amount'],
      ['t', 'A', 1],
      ['t', 'B', null],
    ],
  },
  'amounts below zero': {
    Staff: [
      ['id', 'amount'],
      ['A', -10],
      ['B', 3],
    ],
  },
  'headings over two lines': {
    Staff: [
      ['id', 'sold\nin March'],
      ['A', 1],
      ['B', 2],
    ],
  },
};

describe.each(LANGUAGES)('a template in %s', (language) => {
  it.each(Object.entries(ODD))('checks and runs over odd tables: %s', (_, sheets) => {
    const { problems, program, ruled, text } = check(book(sheets), language);
    expect(problems, text).toEqual([]);
    if (program === null) throw new Error('no program');
    expect(run(program, ruled).problems, text).toEqual([]);
  });

  it.each(['small.xlsx', 'broadcast.xlsx', '广电.xlsx'])('checks over the sample %s', async (file) => {
    const opened = await openBook(path.join('samples', file));
    const { problems, text } = check(await opened.read(), language);
    expect(problems, text).toEqual([]);
    expect(text).toMatch(/^(share|分配) /m);
  });

  it('does not get into the way of rules that are there', () => {
    const tables = book({
      Staff: [
        ['id', 'amount'],
        ['A', 1],
      ],
    });
    const others = ruleTemplate(tableFacts(tables.tables), language);
    const names = others.flatMap(({ text }) => [
      /^(\S+) = /.exec(text)?.[1],
      / (?:as|记为) (\S+)$/.exec(text)?.[1],
    ]);
    const { lines } = check(tables, language, { taken: names.flatMap((n) => n ?? []), more: true });
    const both = withRules(tables, [...others, ...lines]);
    expect(checkRules(parseRules(both.rules), both, AS_OF).problems).toEqual([]);
  });
});

describe('what a template makes of tables', () => {
  it('shares a tenth of what people brought in among them', () => {
    const { ruled, program, text } = check(
      book({
        Sales: [
          ['sale', 'seller', 'day', 'amount'],
          ['S1', 'A', { date: '2026-03-01' }, 300],
          ['S2', 'B', { date: '2026-03-02' }, 100],
          ['S3', 'a', { date: '2026-03-03' }, 100],
        ],
        Staff: [
          ['id', 'name'],
          ['A', 'x'],
          ['B', 'y'],
          ['C', 'z'],
        ],
      }),
      'en',
    );
    if (program === null) throw new Error('no program');
    const [share] = run(program, ruled).shares;
    // 10% of 500, four to one; C brought nothing in.
    expect(exactText(share?.settled ?? { n: 0n, d: 1n })).toBe('50');
    expect(share?.members.map(({ units }) => units)).toEqual([4000n, 1000n]);
    expect(text).toContain('where date(day) > eomonth(as_of, -1)');
  });

  it('chooses people and their commission in the sample', async () => {
    const opened = await openBook('samples/small.xlsx');
    const { text } = check(await opened.read(), 'en');
    expect(text).toContain('Commission_total = sum(Sales[Commission] where Sales[Seller] = [@Id])');
    const chinese = await openBook('samples/广电.xlsx');
    expect(check(await chinese.read(), 'zh').text).toMatch(/分配 奖励池 给 员工 /);
  });

  it('begins no line with what Excel takes for a formula', () => {
    for (const sheets of Object.values(ODD))
      for (const language of LANGUAGES)
        for (const { text } of check(book(sheets), language).lines) expect(text).not.toMatch(/^[=+\-@/']/);
  });

  it('imports nothing of the parser', () => {
    for (const file of ['template', 'facts', 'words'])
      expect(readFileSync(`src/rules/template/${file}.ts`, 'utf8')).not.toMatch(
        /grammar\/(index|lexer|parser|tokens)/,
      );
  });
});
