import { describe, expect, it } from 'vitest';
import { moved } from '../../../src/taskpane/pages/allocation/moves.ts';
import { pickNamed, picksOf, poolOf } from '../../../src/taskpane/pages/allocation/picks.ts';

const EXTENT = { rows: 100, columns: 5, page: 9 };
const from = (row: number, column: number, key: string, far = false) => {
  const to = moved({ row, column }, key, far, EXTENT);
  return to === null ? null : [to.row, to.column];
};

describe('moved', () => {
  it('moves by a cell, and stays at the edges', () => {
    expect(from(4, 2, 'ArrowDown')).toEqual([5, 2]);
    expect(from(99, 2, 'ArrowDown')).toEqual([99, 2]);
    expect(from(4, 2, 'ArrowLeft')).toEqual([4, 1]);
    expect(from(4, 4, 'ArrowRight')).toEqual([4, 4]);
  });

  it('leads from the first row into the head, and no further', () => {
    expect(from(0, 2, 'ArrowUp')).toEqual([-1, 2]);
    expect(from(-1, 2, 'ArrowUp')).toEqual([-1, 2]);
    expect(from(-1, 2, 'ArrowDown')).toEqual([0, 2]);
  });

  it('moves by pages, never into the head', () => {
    expect(from(4, 2, 'PageDown')).toEqual([13, 2]);
    expect(from(95, 2, 'PageDown')).toEqual([99, 2]);
    expect(from(4, 2, 'PageUp')).toEqual([0, 2]);
  });

  it('goes to the ends as a sheet does', () => {
    expect(from(4, 2, 'Home')).toEqual([4, 0]);
    expect(from(4, 2, 'End')).toEqual([4, 4]);
    expect(from(4, 2, 'Home', true)).toEqual([0, 0]);
    expect(from(4, 2, 'End', true)).toEqual([99, 4]);
    expect(from(4, 2, 'ArrowDown', true)).toEqual([99, 2]);
    expect(from(4, 2, 'ArrowUp', true)).toEqual([0, 2]);
  });

  it('has nowhere to go but the head where there are no rows', () => {
    const none = { rows: 0, columns: 5, page: 9 };
    expect(moved({ row: -1, column: 0 }, 'ArrowDown', false, none)).toEqual({ row: -1, column: 0 });
    expect(moved({ row: -1, column: 0 }, 'PageUp', false, none)).toEqual({ row: -1, column: 0 });
    expect(moved({ row: -1, column: 0 }, 'End', true, none)).toEqual({ row: -1, column: 4 });
  });

  it('leaves other keys alone', () => {
    expect(from(4, 2, 'a')).toBeNull();
    expect(from(4, 2, 'Tab')).toBeNull();
  });
});

describe('picks', () => {
  const money = { pool: '1', settled: '1', shared: '1', unallocated: '0', members: 1 };
  const picks = picksOf([
    { name: 'first', table: 'Departments', of: null, ...money },
    { name: 'reward', table: 'Staff', of: 'N', ...money },
    { name: 'reward', table: 'Staff', of: 'S', ...money },
    { name: 'bonus', table: 'Staff', of: null, nth: 0, ...money },
    { name: 'bonus', table: 'Staff', of: null, nth: 1, ...money },
    { name: 'one', table: 'Staff', of: 'N', ...money },
  ]);

  it('shows each share once, with its pools', () => {
    expect(picks.map(({ label, pools }) => [label, pools])).toEqual([
      ['Departments · first', []],
      ['Staff · reward', ['N', 'S']],
      ['Staff · bonus (1)', []],
      ['Staff · bonus (2)', []],
      ['Staff · one', ['N']],
    ]);
  });

  it('finds a share by its column', () => {
    expect(pickNamed(picks, 'Reward')?.label).toBe('Staff · reward');
    expect(pickNamed(picks, 'Staff[one]')?.label).toBe('Staff · one');
    expect(pickNamed(picks, 'other')).toBeUndefined();
  });

  it('shows all pools until one is picked, and the only one at once', () => {
    const [, reward, bonus, , one] = picks;
    if (reward === undefined || bonus === undefined || one === undefined) throw new Error('no picks');
    expect(poolOf(reward, null)).toEqual({ name: 'reward', table: 'Staff', of: null });
    expect(poolOf(reward, 'S').of).toBe('S');
    // The department has gone since.
    expect(poolOf(reward, 'gone').of).toBeNull();
    expect(poolOf(one, null).of).toBe('N');
    expect(poolOf(bonus, null)).toEqual({ name: 'bonus', table: 'Staff', of: null, nth: 0 });
  });
});
