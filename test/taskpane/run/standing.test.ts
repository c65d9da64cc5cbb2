import { describe, expect, test } from 'vitest';
import { standing } from '../../../src/taskpane/pages/run/standing.ts';
import { need } from '../../../src/taskpane/parts/Needs.tsx';
import { ERROR, sessionState, WARNING } from '../state.ts';

describe('where a run stands', () => {
  test.each([
    ['ready', {}],
    ['ready', { problems: [WARNING] }],
    ['starting', { revision: 0, outcome: null, hasRules: false }],
    ['no-rules', { hasRules: false, outcome: null }],
    ['no-date', { asOf: null, outcome: null }],
    ['errors', { problems: [WARNING, ERROR], outcome: null }],
    ['errors', { asOf: null, problems: [ERROR], outcome: null }],
    ['waiting', { outcome: null, phase: 'computing' }],
    ['cancelled', { failure: { kind: 'cancelled' } }],
    ['failed', { failure: { kind: 'crash', text: 'x' } }],
    ['failed', { revision: 0, failure: { kind: 'book', problem: ERROR } }],
  ] as const)('%s: %j', (expected, other) => expect(standing(sessionState(other))).toBe(expected));
});

describe('what a page lacks', () => {
  test.each([
    [null, {}],
    ['reading', { revision: 0 }],
    ['mending', { revision: 0, failure: { kind: 'cancelled' } }],
    ['rules', { hasRules: false, asOf: null }],
    ['date', { asOf: null }],
    ['mending', { problems: [ERROR], outcome: null }],
    ['computing', { outcome: null, phase: 'computing' }],
    ['mending', { outcome: null }],
  ] as const)('%s: %j', (expected, other) => expect(need(sessionState(other))).toBe(expected));

  test('a page that does without results shows beside errors', () => {
    expect(need(sessionState({ problems: [ERROR], outcome: null }), false)).toBeNull();
  });
});
