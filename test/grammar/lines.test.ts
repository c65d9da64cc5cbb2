import { describe, expect, it } from 'vitest';
import { formatText, linesOfSheet, linesOfText, parseRules, sheetCells } from '../../grammar/index.ts';

describe('lines of text', () => {
  it('end in any way and lose the byte order mark', () => {
    const lines = linesOfText('Rules.allot', '\uFEFFa = 1\r\nb = 2\rc = 3\n\n');
    expect(lines.map((line) => line.text)).toEqual(['a = 1', 'b = 2', 'c = 3', '']);
    expect(lines[2]?.place).toEqual({ kind: 'text', file: 'Rules.allot', line: 3 });
    expect(linesOfText('Rules.allot', '')).toEqual([]);
  });
});

describe('text and sheets', () => {
  const text =
    '# top\n\neach T  # note\n  x = 1\n  # in the body\n  share p among T by x as r\n    cap 3\n\ny = = 3\n';

  it('turn into one another without loss', () => {
    const cells = sheetCells(linesOfText('Rules.allot', text));
    expect(cells).toEqual([
      { depth: 0, text: '# top' },
      { depth: 0, text: '' },
      { depth: 0, text: 'each T  # note' },
      { depth: 1, text: 'x = 1' },
      { depth: 1, text: '# in the body' },
      { depth: 1, text: 'share p among T by x as r' },
      { depth: 2, text: 'cap 3' },
      { depth: 0, text: '' },
      { depth: 0, text: 'y = = 3' },
    ]);
    expect(formatText(cells)).toBe(text);
    expect(sheetCells(linesOfSheet('Rules', cells))).toEqual(cells);
  });

  it('keep what is indented too deep or by half a level', () => {
    const odd = ' x = 1\n   y = 2\n      # deep\n';
    expect(formatText(sheetCells(linesOfText('Rules.allot', odd)))).toBe(odd);
  });

  it('take tabs and ideographic spaces for depth', () => {
    expect(sheetCells(linesOfText('R', '\tx = 1\n\t\ty = 2\n　　z = 3'))).toEqual([
      { depth: 1, text: 'x = 1' },
      { depth: 2, text: 'y = 2' },
      { depth: 1, text: 'z = 3' },
    ]);
  });

  it('mean the same, with places in the cells', () => {
    const file = parseRules(linesOfSheet('Rules', sheetCells(linesOfText('Rules.allot', text))));
    expect(file.problems).toMatchObject([{ reason: 'unexpected', span: { line: 8, start: 5, end: 5 } }]);
    expect(file.lines[6]?.place).toEqual({ kind: 'cell', sheet: 'Rules', row: 7, column: 3 });
  });
});
