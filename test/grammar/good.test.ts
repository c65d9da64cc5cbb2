import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatRules, formatText, linesOfSheet, parseRules, sheetCells } from '../../grammar/index.ts';
import { withoutSpans } from './arbitrary.ts';
import { parse } from './marked.ts';

const GOOD = join(import.meta.dirname, 'good');

/** How many statements each file has, counted in its text. */
function countStatements(text: string): number {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '' && !/^\s*#/.test(line) && !/^\s/.test(line))
    .length;
}

describe('good files', () => {
  it.each(readdirSync(GOOD))('%s is read whole, and formatted without a change of meaning', (name) => {
    const text = readFileSync(join(GOOD, name), 'utf8');
    const file = parse(text);
    expect(file.problems).toEqual([]);
    expect(file.items.filter((i) => i.kind !== 'comment' && i.kind !== 'blankLine').length).toBe(
      countStatements(text),
    );

    const tree = withoutSpans(file.items);
    const asSheet = parseRules(linesOfSheet('规则', sheetCells(file.lines)));
    expect(withoutSpans(asSheet.items)).toEqual(tree);
    for (const language of ['en', 'zh'] as const) {
      const printed = formatText(formatRules(file, { language }));
      expect(withoutSpans(parse(printed).items)).toEqual(tree);
    }
  });

  it('of every line, none is lost', () => {
    const text = readFileSync(join(GOOD, 'company.allot'), 'utf8');
    const file = parse(text);
    const seen = new Set<number>();
    JSON.stringify(file.items, (key, value) => {
      if (key === 'span') seen.add(value.line);
      return value;
    });
    expect(seen.size).toBe(file.lines.length);
  });
});
