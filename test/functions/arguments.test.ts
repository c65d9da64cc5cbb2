import { describe, expect, it } from 'vitest';
import { readCall } from '../../src/functions/call.ts';
import { FUNCTION_IDS, type FunctionId, SHAPES } from '../../src/functions/shapes.ts';
import { functionWords } from '../../src/functions/words.ts';
import type { Query } from '../../src/live/queries.ts';
import { problem } from './called.ts';

const query = (id: FunctionId, ...given: unknown[]): Query => {
  const called = readCall(id, given, 'en');
  if (called.kind !== 'query') throw new Error(JSON.stringify(called));
  return called.query;
};

/** 2026-03-31, whose serial number is 46112: 46023 is 2026-01-01. */
const MARCH_31 = Date.UTC(2026, 2, 31);

describe('questions of the rules', () => {
  it('hand over their arguments', () => {
    expect(query('SUPPORTSCORE', 'E1007', null, null)).toEqual({
      kind: 'score',
      member: 'E1007',
      column: null,
      asOf: null,
    });
    expect(query('SUPPORTSCORE', 7, 'Staff[support]', undefined)).toEqual({
      kind: 'score',
      member: 7,
      column: 'Staff[support]',
      asOf: null,
    });
    expect(query('RULE', 'pool', null, null)).toEqual({ kind: 'rule', name: 'pool', key: null, asOf: null });
    expect(query('BAND', 'points', true)).toEqual({ kind: 'band', band: 'points', value: true, asOf: null });
    expect(query('STATEMENT', 'E07')).toEqual({ kind: 'statement', key: 'E07', asOf: null });
    expect(query('EXPLAIN', 'reward', 'E07')).toEqual({
      kind: 'explain',
      name: 'reward',
      key: 'E07',
      asOf: null,
    });
    expect(query('PROBLEMS')).toEqual({ kind: 'problems' });
  });

  it.each([
    ['a serial number', 46112],
    ['a serial number with a time of day', 46112.75],
    ['a text', '2026-03-31'],
    ['a text with slashes and blanks', ' 2026/3/31 '],
    ['one cell', [[46112]]],
  ])('reads a date from %s', (_, given) => {
    expect(query('STATEMENT', 'E07', given)).toMatchObject({ asOf: MARCH_31 });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['an empty cell of old versions', 0],
  ])('takes %s as no date', (_, given) => {
    expect(query('STATEMENT', 'E07', given)).toMatchObject({ asOf: null });
  });

  it('takes an empty text as no column, but not as no key', () => {
    expect(query('SUPPORTSCORE', 'E07', '', '')).toMatchObject({ column: null, asOf: null });
    expect(problem('RULE', 'reward', '')).toMatchObject({ error: '#VALUE!', at: 'key (argument 2)' });
  });

  it.each<[FunctionId, unknown[], string]>([
    ['SUPPORTSCORE', [null], 'member (argument 1)'],
    ['SUPPORTSCORE', ['E07', 5], 'column (argument 2)'],
    ['SUPPORTSCORE', ['E07', null, 'March'], 'as_of (argument 3)'],
    ['SUPPORTSCORE', ['E07', null, true], 'as_of (argument 3)'],
    ['SUPPORTSCORE', ['E07', null, 4_000_000], 'as_of (argument 3)'],
    ['RULE', [''], 'name (argument 1)'],
    ['RULE', [12], 'name (argument 1)'],
    ['BAND', ['points', null], 'value (argument 2)'],
    ['STATEMENT', [{ type: 'Entity' }], 'key (argument 1)'],
    ['STATEMENT', [[[1], [2]]], 'key (argument 1)'],
    ['EXPLAIN', [null], 'name (argument 1)'],
  ])('refuses %s of %j at its position', (id, given, at) => {
    expect(problem(id, ...given)).toEqual({ error: '#VALUE!', at, said: expect.stringContaining(':') });
  });

  it('says the same in Chinese', () => {
    const called = readCall('RULE', [''], 'zh-CN');
    expect(called).toEqual({
      kind: 'answer',
      answer: {
        kind: 'error',
        error: '#VALUE!',
        message: functionWords('zh-CN').notText('name（第 1 个参数）'),
      },
    });
  });
});

describe('every function', () => {
  it('never throws, whatever it is given', () => {
    const odd = [
      undefined,
      null,
      '',
      'x',
      0,
      -1,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      true,
      {},
      [],
      [[]],
      [[null]],
      [1],
    ];
    for (const id of FUNCTION_IDS)
      for (const a of odd)
        for (const b of odd) {
          const given = SHAPES[id].parameters.map((_, i) => (i === 0 ? a : b));
          expect(['query', 'answer']).toContain(readCall(id, given, 'en').kind);
        }
  });

  it('has no crash among what it says of odd arguments', () => {
    const odd = [
      undefined,
      null,
      '',
      'x',
      0,
      -1,
      Number.NaN,
      true,
      {},
      [],
      [[]],
      [[null]],
      [1],
      [[1, 2], [3]],
    ];
    for (const id of FUNCTION_IDS)
      for (const a of odd)
        for (const b of odd) {
          const given = SHAPES[id].parameters.map((_, i) => (i === 0 ? a : b));
          const called = readCall(id, given, 'en');
          if (called.kind === 'answer' && called.answer.kind === 'error')
            expect(called.answer.message).not.toContain('mistake in Allot');
        }
  });
});
