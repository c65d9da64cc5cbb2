import { expect, test } from 'vitest';
import { suggestions } from '../../../src/taskpane/pages/explain/suggestions.ts';

const TARGETS = [
  { table: null, names: ['pool'], keys: [] },
  { table: 'Staff', names: ['base', 'reward'], keys: ['E01', 'E02'] },
  { table: 'Teams', names: ['base'], keys: ['T1'] },
];

test('a name of two tables is offered with its table', () => {
  expect(suggestions(TARGETS, '').names).toEqual([
    { value: 'pool' },
    { value: 'Staff[base]', text: 'Staff' },
    { value: 'reward', text: 'Staff' },
    { value: 'Teams[base]', text: 'Teams' },
  ]);
});

test('keys are those of the name’s table; a single value has none', () => {
  expect(suggestions(TARGETS, 'reward')).toMatchObject({
    keyed: true,
    keys: [{ value: 'E01' }, { value: 'E02' }],
  });
  expect(suggestions(TARGETS, 'Teams[base]')).toMatchObject({ keyed: true, keys: [{ value: 'T1' }] });
  expect(suggestions(TARGETS, 'pool')).toMatchObject({ keyed: false, keys: [] });
  expect(suggestions(TARGETS, 'rew')).toMatchObject({ keyed: false, keys: [] });
});
