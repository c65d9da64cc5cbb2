import { describe, expect, it } from 'vitest';
import { column, problem, value } from './called.ts';

describe('WEIGHTED', () => {
  it('is the exact weighted average', () => {
    // 45 × 92 + 35 × 100 + 20 × 85 = 9340, by 100.
    expect(value('WEIGHTED', column(0.45, 0.35, 0.2), column(92, 100, 85))).toBe(93.4);
    // (0.1 + 0.2) / 2 in doubles is 0.15000000000000002.
    expect(value('WEIGHTED', [[1, 1]], [[0.1, 0.2]])).toBe(0.15);
    expect(value('WEIGHTED', 3, 7)).toBe(7);
  });

  it('passes over blank values where it is told to, with their weights', () => {
    // (45 × 68 + 35 × 60) / 80 = 64.5.
    expect(value('WEIGHTED', [[45, 35, 20]], [[68, 60, null]], true)).toBe(64.5);
    expect(value('WEIGHTED', [[45, 35, 20]], [[68, 60, '']], 1)).toBe(64.5);
    expect(value('WEIGHTED', [[45, 35, null]], [[68, 60, null]], true)).toBe(64.5);
  });

  it.each<[string, unknown[], string, string]>([
    ['a blank value', [column(1, 1), column(5, null)], '#VALUE!', 'values (argument 2), cell 2'],
    [
      'a blank value, with FALSE',
      [column(1, 1), column('', 5), false],
      '#VALUE!',
      'values (argument 2), cell 1',
    ],
    ['a blank weight', [column(1, null), column(5, 6), true], '#VALUE!', 'weights (argument 1), cell 2'],
    ['a text', [column(1, 1), column(5, 'x')], '#VALUE!', 'values (argument 2), cell 2'],
    ['a logical', [column(1, true), column(5, 1)], '#VALUE!', 'weights (argument 1), cell 2'],
    ['another size', [column(1, 1), column(5)], '#VALUE!', 'values (argument 2)'],
    ['no values', [column(1, 1), null], '#VALUE!', 'values (argument 2)'],
    ['weights that add to 0', [column(1, -1), column(5, 6)], '#DIV/0!', 'weights (argument 1)'],
    ['nothing that counts', [column(1), column(null), true], '#DIV/0!', 'weights (argument 1)'],
    ['a text for TRUE', [column(1), column(1), 'yes'], '#VALUE!', 'skip_blank (argument 3)'],
  ])('refuses %s', (_, args, error, at) => {
    expect(problem('WEIGHTED', ...args)).toMatchObject({ error, at });
  });
});

describe('STEPS', () => {
  it.each([
    [35, 10, 3],
    [40, 10, 4],
    [9.99, 10, 0],
    [0, 10, 0],
    [-25, 10, 0],
    [35, -10, 3],
    // 0.3 / 0.1 is 2.9999999999999996 in doubles.
    [0.3, 0.1, 3],
    [0.1 + 0.2, 0.1, 3],
    [1e15, 0.5, 2e15],
  ])('%d in steps of %d are %d', (x, size, steps) => {
    expect(value('STEPS', x, size)).toBe(steps);
  });

  it('refuses a step of 0, blanks and texts', () => {
    expect(problem('STEPS', 5, 0)).toMatchObject({ error: '#DIV/0!', at: 'size (argument 2)' });
    expect(problem('STEPS', null, 1)).toMatchObject({ error: '#VALUE!', at: 'x (argument 1)' });
    expect(problem('STEPS', 5, 'ten')).toMatchObject({ error: '#VALUE!', at: 'size (argument 2)' });
  });

  it('is #NUM! past the largest double', () => {
    expect(problem('STEPS', 1e308, 1e-300)).toMatchObject({ error: '#NUM!' });
  });
});
