import { describe, expect, it } from 'vitest';
import { writeRules } from '../../../src/taskpane/pages/allocation/writeRules.ts';
import type { LiveBook, RuleSheet } from '../../../src/workbook/live.ts';
import type { RuleLine, SourceLine } from '../../../src/workbook/port.ts';

const row = (text: string, depth = 0, fixed = false) => ({ text, depth, fixed });
const at = (sheet: string, line: number, column = 1) => ({ kind: 'cell', sheet, row: line, column }) as const;

/** Rule sheets in memory; `refuse` names the one that somebody changes just before it is written, or that fails. */
function bookOf(
  start: Readonly<Record<string, readonly ReturnType<typeof row>[]>>,
  refuse: { readonly changed?: string; readonly broken?: string } = {},
) {
  const sheets = new Map<string, readonly ReturnType<typeof row>[]>(Object.entries(start));
  const writes: string[] = [];
  const book: Pick<LiveBook, 'ruleSheets' | 'writeRuleSheet'> = {
    ruleSheets: async () => [...sheets].map(([sheet, rows]) => ({ sheet, rows })),
    async writeRuleSheet(sheet: string, lines: readonly SourceLine[], was: RuleSheet) {
      const now = sheets.get(sheet) ?? [];
      if (sheet === refuse.broken) throw new Error('no');
      if (sheet === refuse.changed || JSON.stringify(now) !== JSON.stringify(was.rows))
        return { kind: 'changed', sheet: { sheet, rows: now } };
      const rows = lines.map(({ text, depth }) => row(text, depth));
      sheets.set(sheet, rows);
      writes.push(sheet);
      return { kind: 'written', sheet: { sheet, rows } };
    },
  };
  const texts = (sheet: string) => (sheets.get(sheet) ?? []).map(({ text }) => text);
  return { book: book as LiveBook, texts, writes };
}

const rules: readonly RuleLine[] = [
  { place: at('Rules', 2), depth: 0, text: 'rate = 10%' },
  { place: at('Rules', 4, 2), depth: 1, text: 'cap 290' },
  { place: at('Rules more', 1), depth: 0, text: 'x = 1' },
];
const START = {
  Rules: [row('# title'), row('rate = 10%'), row(''), row('cap 290', 1)],
  'Rules more': [row('x = 1')],
};

describe('writeRules', () => {
  it('writes the changed lines into their rows and leaves the others', async () => {
    const { book, texts, writes } = bookOf(START);
    const changed = [
      { at: at('Rules', 4, 2), text: 'cap 300' },
      { at: at('Rules', 2), text: 'rate = 12%' },
    ];
    expect(await writeRules(book, rules, changed)).toBe('written');
    expect(texts('Rules')).toEqual(['# title', 'rate = 12%', '', 'cap 300']);
    expect(writes).toEqual(['Rules']);
  });

  it('writes nothing where a line says something else by now', async () => {
    const { book, texts, writes } = bookOf({ ...START, Rules: [row('# title'), row('rate = 11%')] });
    const changed = [
      { at: at('Rules more', 1), text: 'x = 2' },
      { at: at('Rules', 2), text: 'rate = 12%' },
    ];
    expect(await writeRules(book, rules, changed)).toBe('changed');
    expect(writes).toEqual([]);
    expect(texts('Rules more')).toEqual(['x = 1']);
  });

  it('writes nothing where the line has moved or become a formula', async () => {
    const changed = [{ at: at('Rules', 2), text: 'rate = 12%' }];
    const moved = bookOf({ Rules: [row('rate = 10%')] });
    expect(await writeRules(moved.book, rules, changed)).toBe('changed');
    const formula = bookOf({ Rules: [row('# title'), row('rate = 10%', 0, true)] });
    expect(await writeRules(formula.book, rules, changed)).toBe('changed');
    const gone = bookOf({});
    expect(await writeRules(gone.book, rules, changed)).toBe('changed');
  });

  const both = [
    { at: at('Rules', 2), text: 'rate = 12%' },
    { at: at('Rules more', 1), text: 'x = 2' },
  ];

  it('puts the first sheet back where the second was changed meanwhile', async () => {
    const { book, texts } = bookOf(START, { changed: 'Rules more' });
    expect(await writeRules(book, rules, both)).toBe('changed');
    expect(texts('Rules')).toEqual(['# title', 'rate = 10%', '', 'cap 290']);
  });

  it('puts the first sheet back where the second fails, and says why', async () => {
    const { book, texts } = bookOf(START, { broken: 'Rules more' });
    await expect(writeRules(book, rules, both)).rejects.toThrow('no');
    expect(texts('Rules')).toEqual(['# title', 'rate = 10%', '', 'cap 290']);
  });

  it('can’t write lines of text files', async () => {
    const { book } = bookOf(START);
    const changed = [{ at: { kind: 'text', file: 'a.allot', line: 1 }, text: 'x = 2' } as const];
    expect(await writeRules(book, rules, changed)).toBe('elsewhere');
  });
});
