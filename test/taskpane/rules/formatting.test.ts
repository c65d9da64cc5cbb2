import { describe, expect, it } from 'vitest';
import { formatRules, formatText, linesOfText, parseRules } from '../../../grammar/index.ts';
import { forFormatting, fromFormatted } from '../../../src/taskpane/pages/rules/formatting.ts';

/** As the calculator formats. */
function format(text: string): string | null {
  const file = parseRules(linesOfText('', text));
  return file.problems.length > 0 ? null : formatText(formatRules(file));
}

describe('laying out a text', () => {
  it('keeps rows that are no text as they are, wherever they come to stand', () => {
    const lines = ['a=1', '', '', '=1 + ', 'each Staff', '  b=2', '  =3 +'];
    const row = { depth: 0, text: '', fixed: true };
    const fixed = new Map([
      [3, row],
      [6, row],
    ]);
    const done = format(forFormatting(lines, fixed)) ?? '';
    expect(fromFormatted(done, lines)).toEqual(['a = 1', '', '=1 + ', 'each Staff', '  b = 2', '  =3 +']);
  });

  it('is not done where a line cannot be read', () => {
    expect(format(forFormatting(['a = = 1'], new Map()))).toBeNull();
  });
});
