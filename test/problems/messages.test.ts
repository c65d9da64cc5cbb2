import { describe, expect, it } from 'vitest';
import { type Language, message } from '../../src/problems/messages/index.ts';
import { ALL } from './samples.ts';

const LANGUAGES: readonly Language[] = ['en', 'zh-CN'];

describe.each(LANGUAGES)('messages in %s', (language) => {
  const said = ALL.map((data) => message(data, language));

  it('are all there, each its own sentence on one line', () => {
    for (const text of said) {
      expect(text).toMatch(language === 'en' ? /[.?]$/ : /[。？]$/);
      expect(text).not.toMatch(/undefined|null|\[object|NaN|[\n\r\t]| {2}/);
    }
    expect(new Set(said).size).toBe(said.length);
  });

  it('are reviewed as they are', async () => {
    const lines = ALL.map((data, i) => `${data.code}: ${said[i]}\n`);
    await expect(lines.join('')).toMatchFileSnapshot(`messages.${language}.txt`);
  });
});

it('says what was probably meant', () => {
  const data = { code: 'unknown-name', name: 'comission', suggestion: 'commission' } as const;
  expect(message(data, 'en')).toContain('Did you mean commission?');
  expect(message(data, 'zh-CN')).toContain('您是不是要写“commission”？');
});

it('asks for one of two equals signs to be removed, in whatever width', () => {
  for (const found of ['=', '＝']) {
    const data = { code: 'syntax', reason: 'unexpected', found, expected: ['value'], hint: '=' } as const;
    expect(message(data, 'en')).toBe('One `=` is enough. Remove the second.');
  }
});

it('names all that could stand there', () => {
  const expected = ['name', 'unit', 'table', 'band', 'each', 'score', 'share', 'statement', 'check'];
  const data = { code: 'syntax', reason: 'unexpected', found: '5', expected } as const;
  for (const word of expected.slice(1)) expect(message(data, 'en')).toContain(`\`${word}\``);
  expect(message(data, 'zh-CN')).toContain('“核对”');
});

it('names keywords in the language of the reader', () => {
  const data = { code: 'syntax', reason: 'missing', expected: ['up to'] } as const;
  expect(message(data, 'en')).toContain('`up to`');
  expect(message(data, 'zh-CN')).toContain('“不超过”');
});

it('lets no text of a file break the line or reach the terminal as a command', () => {
  const name = `a\n\u001b[31mred\u202e${'x'.repeat(500)}`;
  for (const language of LANGUAGES) {
    const text = message({ code: 'unknown-name', name }, language);
    expect(text).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text.length).toBeLessThan(200);
  }
});

it('Chinese messages have no half-width punctuation between Chinese characters', () => {
  for (const data of ALL)
    expect(message(data, 'zh-CN')).not.toMatch(/[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]/);
});
