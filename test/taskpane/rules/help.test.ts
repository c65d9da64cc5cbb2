import { describe, expect, it } from 'vitest';
import { linesOfText, parseRules } from '../../../grammar/index.ts';
import { KEYWORDS } from '../../../grammar/keywords.ts';
import { run } from '../../../src/engine/run.ts';
import { AGGREGATES, FUNCTIONS } from '../../../src/rules/calls.ts';
import { checkRules } from '../../../src/rules/check.ts';
import { callHelp, keywordHelp, loadHelp, wordHelp } from '../../../src/taskpane/pages/rules/help.ts';
import { book } from '../../support/book.ts';

const CATALOGUES = [
  ['en', await loadHelp('en')],
  ['zh-CN', await loadHelp('zh-CN')],
] as const;
const CALLS = [...new Set([...Object.keys(FUNCTIONS), ...Object.keys(AGGREGATES)])];

describe.each(CATALOGUES)('help in %s', (language, catalogue) => {
  it.each(Object.entries(catalogue.keywords))('has an example of %s that can be parsed', (_, { example }) => {
    expect(parseRules(linesOfText('', example)).problems).toEqual([]);
  });

  it.each(KEYWORDS.filter(({ id }) => id !== 'onward'))(
    'has an example with the keyword $id in it',
    ({ id, en, zh }) => {
      const word = language === 'en' ? en : zh;
      expect(keywordHelp(id, catalogue).example).toContain(word);
    },
  );

  it.each(CALLS)('has an example of %s that is true, or runs over tables', (name) => {
    const help = callHelp(name, catalogue);
    const example = help?.example ?? '';
    expect(example).toContain(`${name}(`);
    const file = parseRules(linesOfText('', `check ${example}`));
    expect(file.problems).toEqual([]);
    if (/[[]|rank|count/.test(example)) return;
    const workbook = book({}, { rules: `check ${example}` });
    const { program, problems } = checkRules(file, workbook, 0);
    expect(problems).toEqual([]);
    if (program !== null) expect(run(program, workbook).problems).toEqual([]);
    expect(program).not.toBeNull();
  });

  it('tells a function from the keyword that is spelled alike', () => {
    expect(wordHelp('floor', true, catalogue)).toBe(callHelp('floor', catalogue));
    expect(wordHelp('floor', false, catalogue)).toBe(keywordHelp('floor', catalogue));
    expect(wordHelp('保底', false, catalogue)).toBe(keywordHelp('floor', catalogue));
    expect(wordHelp('起', false, catalogue)).toBe(keywordHelp('from', catalogue));
    expect(wordHelp('nothing', true, catalogue)).toBeNull();
  });
});
