import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/problems/problem.ts';
import { problemsJson, runJson } from '../../src/report/json.ts';
import { AS_OF, ran, STAFF, STAFF_RULES } from './ran.ts';

const jsonOf = (sheets: Parameters<typeof ran>[0], rules: string, names = {}): string => {
  const { program, workbook, results } = ran(sheets, rules, names);
  return [...runJson(program, workbook, results, 'en')].join('');
};

describe('the object of a run', () => {
  it('has its members in the order of the language, values exact', () => {
    const text = jsonOf(STAFF, STAFF_RULES);
    const object = JSON.parse(text);
    expect(Object.keys(object)).toEqual(['asOf', 'inputs', 'scalars', 'tables', 'shares', 'problems']);
    expect(object).toEqual({
      asOf: AS_OF,
      inputs: { Staff: { rows: 3, excluded: 0 } },
      // 100 by weights 80 : 60 is 57.14 : 42.86; E1 is capped at 50, which leaves 50 for E2, who is capped too.
      scalars: { pool: '100', carried: '0' },
      tables: {
        Staff: {
          key: 'id',
          rows: [
            {
              key: 'E1',
              start: '2020-05-01',
              senior: true,
              ratio: '5000/3',
              reward: '50',
              net: '5048.5',
            },
            {
              key: 'E2',
              start: '2021-01-15T09:30:00',
              senior: false,
              ratio: '9001/6',
              reward: '50',
              net: '4549',
            },
            { key: 'F1', start: '2019-12-31', senior: true, ratio: '4000/3', reward: null, net: null },
          ],
        },
      },
      shares: [
        {
          name: 'reward',
          table: 'Staff',
          pool: '100',
          settled: '100',
          shared: '100',
          unallocated: '0',
          members: 2,
        },
      ],
      problems: [],
    });
  });

  it('leaves out tables without a computed column, names those that the rules name', () => {
    const object = JSON.parse(
      jsonOf(
        {
          A: [
            ['id', 'x'],
            [1, 2],
          ],
          B: [['id'], [1]],
          C: [['id'], [1]],
        },
        'table B\nt = sum(A[x])',
      ),
    );
    expect(object.tables).toEqual({});
    expect(Object.keys(object.inputs)).toEqual(['A', 'B']);
  });

  it('says whose pool it is', () => {
    const object = JSON.parse(
      jsonOf(
        {
          R: [['id'], ['North'], ['South']],
          S: [
            ['id', 'r'],
            [1, 'North'],
            [2, 'South'],
          ],
        },
        'each R\n  share 10 among S where S[r] = [@id] by 1 as pay',
      ),
    );
    expect(object.shares.map((share: { of: string; name: string }) => share.of)).toEqual(['North', 'South']);
    expect(Object.keys(object.shares[0])).toEqual([
      'name',
      'table',
      'of',
      'pool',
      'settled',
      'shared',
      'unallocated',
      'members',
    ]);
  });

  it('holds columns of any name', () => {
    const text = jsonOf(
      {
        T: [
          ['id', 'x'],
          ['a"b', 1],
        ],
      },
      'each T\n  __proto__ = x\n  constructor = x + 1\n  toString = "\\"\n[__proto__x] = 1',
    );
    const row = JSON.parse(text).tables.T.rows[0];
    expect(Object.hasOwn(row, '__proto__')).toBe(true);
    expect(Object.entries(row)).toEqual([
      ['key', 'a"b'],
      ['__proto__', '1'],
      ['constructor', '2'],
      ['toString', '\\'],
    ]);
  });

  it('comes in pieces', () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => [i, i]);
    const { program, workbook, results } = ran({ T: [['id', 'x'], ...rows] }, 'each T\n  y = x * 2');
    const pieces = [...runJson(program, workbook, results, 'en')];
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000);
    const object = JSON.parse(pieces.join(''));
    expect(object.tables.T.rows).toHaveLength(20_000);
    expect(object.tables.T.rows[12_345]).toEqual({ key: '12345', y: '24690' });
  });

  it('of a run with errors has the date and the problems only', () => {
    const object = JSON.parse(
      jsonOf(
        {
          T: [
            ['id', 'x'],
            [1, null],
          ],
        },
        'each T\n  y = x * 2',
      ),
    );
    expect(Object.keys(object)).toEqual(['asOf', 'problems']);
    expect(object.problems).toEqual([
      {
        severity: 'error',
        code: 'blank-value',
        message: expect.any(String),
        at: 'T!B2',
        rule: 'y',
        key: '1',
      },
    ]);
  });
});

it('a problem has the members that there are, in their order', () => {
  const problems: readonly Problem[] = [
    { code: 'too-large', severity: 'error' },
    { code: 'blank-value', severity: 'error', rule: 'r', key: 'k', at: { kind: 'file', path: 'p' } },
  ];
  const object = JSON.parse([...problemsJson(null, problems, 'zh-CN')].join(''));
  expect(Object.keys(object)).toEqual(['problems']);
  expect(object.problems.map(Object.keys)).toEqual([
    ['severity', 'code', 'message'],
    ['severity', 'code', 'message', 'at', 'rule', 'key'],
  ]);
});
