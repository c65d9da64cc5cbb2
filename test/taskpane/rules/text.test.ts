import { describe, expect, it } from 'vitest';
import { isEdited, merge, nextName } from '../../../src/taskpane/pages/rules/sheets.ts';
import {
  cellOfLine,
  cellsOfText,
  charactersOf,
  ruleLines,
  sheetText,
} from '../../../src/taskpane/pages/rules/text.ts';
import type { RuleRow, RuleSheet } from '../../../src/workbook/live.ts';

const row = (text: string, depth = 0, fixed = false): RuleRow => ({ text, depth, fixed });
const sheet = (name: string, ...rows: RuleRow[]): RuleSheet => ({ sheet: name, rows });

describe('a rule sheet as text', () => {
  const rules = sheet(
    'Rules',
    row('each Staff'),
    row('x = 1 ', 1),
    row('   spaced', 1),
    row(''),
    row('=1', 0, true),
    row('cap 3', 2),
  );
  const lines = ['each Staff', '  x = 1 ', '  spaced', '', '=1', '    cap 3'];

  it('has a line a row, two spaces a level', () => {
    expect(sheetText(rules).split('\n')).toEqual(lines);
  });

  it('comes back as the same cells, rows that can’t be text and blanks in cells as they are', () => {
    const fixed = new Map([[4, rules.rows[4] ?? row('')]]);
    const cells = cellsOfText(lines, fixed, rules);
    expect(cells).toEqual(rules.rows.map(({ text, depth }) => ({ text, depth })));
    expect(isEdited(rules, cells)).toBe(false);
    expect(isEdited(rules, cellsOfText([...lines, '', ''], fixed, rules))).toBe(false);
    expect(isEdited(rules, cellsOfText(['each  Staff', ...lines.slice(1)], fixed, rules))).toBe(true);
    expect(isEdited(rules, cellsOfText(lines.slice(1), fixed, rules))).toBe(true);
  });

  it.each([
    ['a', 0, 'a'],
    ['  a ', 1, 'a'],
    ['   a', 1, 'a'],
    ['\ta', 1, 'a'],
    ['\t\ta', 2, 'a'],
    ['\u3000\u3000a', 1, 'a'],
    ['        a', 2, 'a'],
    ['   ', 0, ''],
  ])('takes %j for depth %i', (line, depth, text) => {
    expect(cellOfLine(line)).toEqual({ depth, text });
  });

  it('gives the calculator cells, those that can’t be text blank', () => {
    const fixed = new Map([[1, row('=1', 1, true)]]);
    const cells = cellsOfText(['a', '  =1', '  b'], fixed);
    expect(ruleLines('规则 2', cells, fixed)).toEqual([
      { place: { kind: 'cell', sheet: '规则 2', row: 1, column: 1 }, depth: 0, text: 'a' },
      { place: { kind: 'cell', sheet: '规则 2', row: 2, column: 2 }, depth: 1, text: '' },
      { place: { kind: 'cell', sheet: '规则 2', row: 3, column: 2 }, depth: 1, text: 'b' },
    ]);
  });

  it('finds characters of a cell in its line', () => {
    // `  x = comission`: in the cell, characters 5 to 13.
    const line = '  x = comission';
    expect(charactersOf(line, { start: 5, end: 13 })).toEqual({ from: 6, to: 15 });
    // Missing at the end: one past it. The last character stands for it.
    expect(charactersOf('  sum(x', { start: 6, end: 6 })).toEqual({ from: 6, to: 7 });
    expect(charactersOf('', { start: 1, end: 1 })).toEqual({ from: 0, to: 0 });
    expect(charactersOf('a', { start: 9, end: 12 })).toEqual({ from: 0, to: 1 });
  });
});

describe('sheets that change underneath', () => {
  const a = sheet('Rules', row('a = 1'));
  const b = sheet('Rules 2', row('b = 1'));
  const kept = [a, b].map((base) => ({ base, outdated: false, gone: false }));
  const a2 = sheet('Rules', row('a = 2'));

  it('replace what is not being edited', () => {
    expect(merge(kept, [a2, b], () => false)).toEqual({
      kept: [
        { base: a2, outdated: false, gone: false },
        { base: b, outdated: false, gone: false },
      ],
      opened: [],
      replaced: [a2],
      closed: [],
    });
  });

  it('leave alone what is being edited, until they say the same again', () => {
    const merged = merge(kept, [a2, b], (name) => name === 'Rules');
    expect(merged.replaced).toEqual([]);
    expect(merged.kept[0]).toEqual({ base: a, outdated: true, gone: false });
    expect(merge(merged.kept, [a, b], () => true).kept[0]).toEqual({ base: a, outdated: false, gone: false });
  });

  it('come and go; one that is being edited stays', () => {
    const c = sheet('规则', row(''));
    expect(merge(kept, [c], (name) => name === 'Rules 2')).toEqual({
      kept: [
        { base: c, outdated: false, gone: false },
        { base: b, outdated: false, gone: true },
      ],
      opened: [c],
      replaced: [],
      closed: ['Rules'],
    });
  });

  it('name the next one', () => {
    expect(nextName('Rules', [])).toBe('Rules');
    expect(nextName('Rules', ['rules', 'RULES 2'])).toBe('Rules 3');
  });
});
