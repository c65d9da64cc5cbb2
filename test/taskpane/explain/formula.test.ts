import { describe, expect, test } from 'vitest';
import { dateOf, ourCall } from '../../../src/taskpane/pages/explain/formula.ts';

const text = (said: string) => ({ kind: 'text', text: said });
const other = { kind: 'other' };

describe('a call of ours in a formula', () => {
  test.each([
    ['=ALLOT.RULE("reward","E08")', { name: 'RULE', arguments: [text('reward'), text('E08')] }],
    ['=allot.rule("reward", 1007)', { name: 'RULE', arguments: [text('reward'), text('1007')] }],
    ['=_xldudf_ALLOT_RULE("a ""b"", c")', { name: 'RULE', arguments: [text('a "b", c')] }],
    ['=ROUND(ALLOT.SUPPORTSCORE([@Id]),2)', { name: 'SUPPORTSCORE', arguments: [other] }],
    [
      '=ALLOT.SUPPORTSCORE(INDEX(A1:B9,2,1),,DATE(2026,2,28))',
      {
        name: 'SUPPORTSCORE',
        arguments: [other, { kind: 'omitted' }, { kind: 'date', ms: Date.UTC(2026, 1, 28) }],
      },
    ],
    ['=ALLOT.PROBLEMS()', { name: 'PROBLEMS', arguments: [] }],
    ['=IF("ALLOT.RULE(1)"="",1,ALLOT.EXPLAIN("pool"))', { name: 'EXPLAIN', arguments: [text('pool')] }],
    ['=ALLOT.RULE("x",{1,2})', { name: 'RULE', arguments: [text('x'), other] }],
  ])('%s', (formula, call) => expect(ourCall(formula)).toEqual(call));

  test.each(['=SUM(A1:A9)', '="ALLOT.RULE(""reward"")"', '=RULE("reward")', ''])('none in %s', (formula) =>
    expect(ourCall(formula)).toBeNull(),
  );

  test('one that is cut off gives no call', () => expect(ourCall('=ALLOT.RULE("a","b"')).toBeNull());
});

test('the date of its last argument', () => {
  expect(dateOf(undefined)).toBeNull();
  expect(dateOf({ kind: 'omitted' })).toBeNull();
  expect(dateOf({ kind: 'date', ms: 5 })).toBe(5);
  expect(dateOf({ kind: 'text', text: '2026-02-28' })).toBe(Date.UTC(2026, 1, 28));
  expect(dateOf({ kind: 'text', text: '46081' })).toBe('unknown');
  expect(dateOf({ kind: 'other' })).toBe('unknown');
});
