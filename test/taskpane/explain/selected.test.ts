import { describe, expect, test } from 'vitest';
import { SUPPORT_SCORES as known } from '../../../src/live/answers/rule.ts';
import { SUPPORT_SCORES, selected } from '../../../src/taskpane/pages/explain/selected.ts';
import type { Selection } from '../../../src/workbook/live.ts';

const TARGETS = [
  { table: null, names: ['pool_rate', 'pool'], keys: [] },
  { table: 'Staff List', names: ['Support', 'reward'], keys: ['E01', 'E08'] },
];

const cell = (other: Partial<Selection>): Selection => ({
  sheet: 'Sheet1',
  row: 9,
  column: 4,
  formula: null,
  inTable: null,
  ...other,
});
const inTable = (table: string, heading: string, key: string) => ({ table, heading, key });
const target = (name: string, key: string | null, asOf: number | null | 'unknown' = null) => ({
  kind: 'target',
  target: { name, key },
  asOf,
});

describe('a selected cell', () => {
  test.each([
    [
      'of a result sheet',
      { sheet: 'Allot Staff List', inTable: inTable('Allot_Staff_List', 'reward', 'E08') },
      target('Staff List[reward]', 'E08'),
    ],
    [
      'of a result sheet, in Excel’s spelling',
      { sheet: 'ALLOT staff_list', inTable: inTable('x', 'reward', 'E08') },
      target('Staff List[reward]', 'E08'),
    ],
    [
      'of a table with keys',
      { sheet: 'People', inTable: inTable('Grades', 'Base pay', 'G3') },
      target('Grades[Base pay]', 'G3'),
    ],
    [
      'of a single value',
      { sheet: 'Allot Scalars', inTable: inTable('Allot_Scalars', 'Value', 'pool_rate') },
      target('pool_rate', null),
    ],
    [
      'of a statement',
      { sheet: 'Allot Statements', inTable: inTable('Allot_Statements', 'Amount', 'E08') },
      { kind: 'statement', key: 'E08' },
    ],
    [
      'of the pools',
      { sheet: 'Allot Run Shares', inTable: inTable('Allot_Shares', 'Pool', 'reward') },
      { kind: 'share', share: 'reward' },
    ],
    ['with RULE', { formula: '=ALLOT.RULE("reward","E08")' }, target('reward', 'E08')],
    ['with RULE of a single value', { formula: '=ALLOT.RULE("pool")' }, target('pool', null)],
    [
      'with a date of its own',
      { formula: '=ALLOT.RULE("pool",,DATE(2026,1,31))' },
      target('pool', null, Date.UTC(2026, 0, 31)),
    ],
    ['with a date from elsewhere', { formula: '=ALLOT.RULE("pool",,B1)' }, target('pool', null, 'unknown')],
    [
      'with SUPPORTSCORE, whose score is found by its name',
      { formula: '=ALLOT.SUPPORTSCORE("E08")' },
      target('support', 'E08'),
    ],
    [
      'with SUPPORTSCORE of a column',
      { formula: '=ALLOT.SUPPORTSCORE("E08","reward")' },
      target('reward', 'E08'),
    ],
    [
      'with a reference to the row’s key',
      { formula: '=ALLOT.RULE("reward",[@Id])', inTable: inTable('Mine', 'Reward', 'E01') },
      target('reward', 'E01'),
    ],
    ['with STATEMENT', { formula: '=ALLOT.STATEMENT("E08")' }, { kind: 'statement', key: 'E08' }],
  ] as const)('%s', (_, selection, expected) => expect(selected(cell(selection), TARGETS)).toEqual(expected));

  test.each([
    ['outside every table', {}],
    ['with another formula', { formula: '=SUM(A1:A2)' }],
    ['whose key only the workbook knows', { formula: '=ALLOT.SUPPORTSCORE(A2)' }],
    ['of the problems', { formula: '=ALLOT.PROBLEMS()' }],
    ['of a sheet of ours about nothing known', { sheet: 'Allot Ledger', inTable: inTable('L', 'A', 'B') }],
  ])('%s is about nothing', (_, selection) =>
    expect(selected(cell(selection), TARGETS)).toEqual({ kind: 'nothing' }),
  );

  test('no selection is about nothing', () => expect(selected(null, TARGETS)).toEqual({ kind: 'nothing' }));
});

test('the names of support scores are those that the functions go by', () =>
  expect(SUPPORT_SCORES).toEqual(known));
