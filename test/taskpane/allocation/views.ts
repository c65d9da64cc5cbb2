import type { ShareView, WhatIf } from '../../../src/live/views.ts';

/** A share of three: one at the floor, one that got the odd cent, one at the cap. */
export const VIEW: ShareView = {
  name: 'reward',
  table: 'Staff',
  of: null,
  pool: '100.01',
  settled: '100.01',
  shared: '90.01',
  unallocated: '10',
  members: 3,
  unit: '0.01',
  level: '≈0.333333333333',
  keys: ['E10', 'E9', 'E1'],
  labels: [
    { heading: 'Team', texts: ['North', 'South', 'North'] },
    { heading: 'Name', texts: ['Ann', '=cmd()', '李雷'] },
  ],
  weights: ['1', '≈66.6666666667', '100'],
  weightNumbers: Float64Array.of(1, 66.6666666667, 100),
  quotas: ['', '≈33.3333333333', ''],
  floors: ['10', '', ''],
  caps: ['', '', '46.67'],
  by: ['floor', 'remainder', 'cap'],
  amounts: ['10', '33.34', '46.67'],
  amountNumbers: Float64Array.of(10, 33.34, 46.67),
  cells: [2, 3, 4].map((row) => ({ kind: 'cell', sheet: 'Staff', row, column: 1 })),
};

/** E9 gains 6.66, E1 loses 46.67 with the place that it had, N2 comes in with 40.01. */
export const TRIED: WhatIf = {
  evaluation: { asOf: 0, problems: [], outcome: null },
  share: {
    ...VIEW,
    members: 3,
    keys: ['E10', 'E9', 'N2'],
    labels: [
      { heading: 'Team', texts: ['North', 'South', 'West'] },
      { heading: 'Name', texts: ['Ann', '=cmd()', 'New'] },
    ],
    amounts: ['10', '40', '40.01'],
    amountNumbers: Float64Array.of(10, 40, 40.01),
  },
  changes: [
    { key: 'E9', before: '33.34', after: '40', difference: '6.66', differenceNumber: 6.66 },
    { key: 'E1', before: '46.67', after: '0', difference: '-46.67', differenceNumber: -46.67 },
    { key: 'N2', before: '0', after: '40.01', difference: '40.01', differenceNumber: 40.01 },
  ],
  winners: 2,
  losers: 1,
  total: '0',
  lines: [],
  problems: [],
};
