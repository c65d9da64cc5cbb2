import { expect, test } from 'vitest';
import type { ReasonView } from '../../../src/live/views.ts';
import type { Place } from '../../../src/problems/problem.ts';
import { firstSteps, ruleOf, signed, sourceCells } from '../../../src/taskpane/pages/statement/sources.ts';

const at = (row: number): Place => ({ kind: 'cell', sheet: 'Staff', row, column: 4 });
const view = (title: string, place: Place | null, children: readonly ReasonView[] = []): ReasonView => ({
  title,
  value: '',
  source: null,
  place,
  kind: place?.kind === 'cell' && children.length === 0 ? 'cell' : 'rule',
  children,
});

const RULE: Place = { kind: 'rule', line: { kind: 'text', file: 'r', line: 1 }, start: 1, end: 2 };
const REASONS = [
  view('base', RULE, [view('row', at(7), [view('grade', at(9)), view('pay', at(4))]), view('grade', at(9))]),
  view('note', null),
];

test('data come from the cells at the ends, each named once', () => {
  expect(sourceCells(REASONS)).toEqual([at(9), at(4)]);
});

test('steps are read from top to bottom, to a depth and a number of lines', () => {
  const said = (levels: number, lines: number): string =>
    firstSteps(REASONS, levels, lines)
      .map(({ view: { title }, depth }) => `${title}${depth}`)
      .join(' ');
  expect(said(9, 99)).toBe('base0 row1 grade2 pay2 grade1 note0');
  expect(said(2, 99)).toBe('base0 row1 grade1 note0');
  expect(said(9, 3)).toBe('base0 row1 grade2');
});

test('what is taken off has a minus, nothing has none', () => {
  expect(signed({ sign: 'add', amount: '6500' })).toBe('6,500.00');
  expect(signed({ sign: 'less', amount: '10' })).toBe('-10.00');
  expect(signed({ sign: 'less', amount: '-10' })).toBe('10.00');
  expect(signed({ sign: 'less', amount: '0' })).toBe('0.00');
});

test('the rule of a line is that of the one value in it, else the line itself', () => {
  const base = { ...view('base of E08 = 6500', RULE), source: 'base = lookup(Grades[base_pay], grade)' };
  const line = { source: 'base', place: at(1), reasons: [base] };
  expect(ruleOf(line)).toEqual({ text: 'base = lookup(Grades[base_pay], grade)', place: RULE });
  expect(ruleOf({ ...line, source: 'base + bonus', reasons: [base, base] })).toEqual({
    text: 'base + bonus',
    place: at(1),
  });
  expect(ruleOf({ ...line, source: '5', reasons: [] })).toEqual({ text: '5', place: at(1) });
});
