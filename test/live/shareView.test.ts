import { beforeAll, describe, expect, it } from 'vitest';
import type { ShareName } from '../../src/live/protocol.ts';
import { shareSummaries, shareView } from '../../src/live/shareView.ts';
import type { ShareView } from '../../src/live/views.ts';
import type { Workbook } from '../../src/workbook/port.ts';
import { book, type Sheets } from '../support/book.ts';
import { done, evaluated, readSample } from './parts.ts';

const REWARD: ShareName = { name: 'reward', table: 'Staff', of: null };

function viewOf(workbook: Workbook, asOf: string, share: ShareName): ShareView {
  const { program, results } = done(evaluated(workbook, asOf));
  const view = shareView(program, workbook, results, share);
  if (view === null) throw new Error('no such share');
  return view;
}

describe('small.xlsx at 2026-03-31', () => {
  // Worked out by hand in test/samples/small.test.ts.
  let view: ShareView;
  let workbook: Workbook;
  beforeAll(async () => {
    workbook = await readSample('small.xlsx');
    view = viewOf(workbook, '2026-03-31', REWARD);
  });

  it('sums the pool up', () => {
    expect(view).toMatchObject({
      name: 'reward',
      table: 'Staff',
      of: null,
      pool: '1265.34',
      settled: '1265.34',
      shared: '1265.34',
      unallocated: '0',
      members: 5,
      unit: '0.01',
      // 975.34 / 317.9: what a point of support earns of those below the cap.
      level: '≈306.807172067',
    });
  });

  it('shows every member in row order', () => {
    expect(view.keys).toEqual(['E07', 'E08', 'E09', 'E10', 'E11']);
    expect(view.weights).toEqual(['93.4', '80', '80', '64.5', '99']);
    expect(view.amounts).toEqual(['286.56', '245.45', '245.44', '197.89', '290']);
    expect([...view.amountNumbers]).toEqual([286.56, 245.45, 245.44, 197.89, 290]);
    expect([...view.weightNumbers]).toEqual([93.4, 80, 80, 64.5, 99]);
    expect(view.floors).toEqual(['', '', '', '', '']);
    expect(view.caps).toEqual(['290', '290', '290', '290', '290']);
  });

  it('says what decided: the cap, or the cent that is left over', () => {
    expect(view.by).toEqual(['remainder', 'remainder', 'quota', 'quota', 'cap']);
    expect(view.quotas[1]).toBe('≈245.445737653');
    expect(view.quotas[4]).toBe('');
  });

  it('points at the key cell of every member', () => {
    expect(view.cells[0]).toEqual({ kind: 'cell', sheet: 'Staff', row: 8, column: 1 });
  });

  it('leaves out labels that are the same for all', () => {
    expect(view.labels.map(({ heading }) => heading)).toEqual(['Grade', 'Team']);
    expect(view.labels[1]?.texts[0]).toBe('Network');
  });

  it('is null for a share that is not there', () => {
    const { program, results } = done(evaluated(workbook, '2026-03-31'));
    expect(shareView(program, workbook, results, { ...REWARD, name: 'bonus' })).toBeNull();
    expect(shareView(program, workbook, results, { ...REWARD, of: 'North' })).toBeNull();
  });
});

const SHEETS: Sheets = {
  Regions: [
    ['id', 'money'],
    ['N', 100],
    ['S', 50],
  ],
  Staff: [
    ['id', 'full name', 'team', 'region', 'score', 'floor'],
    [1, 'Ann', 'x', 'N', 1, null],
    [2, 'Bo', 'y', 'S', 1, 30],
    [3, 'Cy', 'x', 'N', 3, null],
    [4, 'Di', 'y', 'S', 4, null],
  ],
};

describe('a share inside an each', () => {
  const rules = `each Regions
  share money among Staff where Staff[region] = [@id] by score as reward
    floor Staff[floor]`;
  const workbook = book(SHEETS, { rules });

  it('is one summary a pool', () => {
    const { program, results } = done(evaluated(workbook, '2026-03-31'));
    expect(shareSummaries(program, workbook, results)).toEqual([
      { name: 'reward', table: 'Staff', of: 'N', ...amounts('100'), members: 2 },
      { name: 'reward', table: 'Staff', of: 'S', ...amounts('50'), members: 2 },
    ]);
  });

  it('shows one pool: 50 by 1 to 4 gives 10 and 40, the floor of 30 leaves 20', () => {
    const view = viewOf(workbook, '2026-03-31', { ...REWARD, of: 's' });
    expect(view.of).toBe('S');
    expect(view.keys).toEqual(['2', '4']);
    expect(view.amounts).toEqual(['30', '20']);
    expect(view.by).toEqual(['floor', 'quota']);
    expect(view.floors).toEqual(['30', '']);
    expect(view.quotas).toEqual(['', '20']);
  });

  it('shows all pools together, by row, with the pool as a label', () => {
    const view = viewOf(workbook, '2026-03-31', REWARD);
    expect(view).toMatchObject({ of: null, pool: '150', shared: '150', members: 4, level: null });
    expect(view.keys).toEqual(['1', '2', '3', '4']);
    expect(view.amounts).toEqual(['25', '30', '75', '20']);
    // The staff's region would say the same once more.
    expect(view.labels).toEqual([
      { heading: 'id', texts: ['N', 'S', 'N', 'S'] },
      { heading: 'full name', texts: ['Ann', 'Bo', 'Cy', 'Di'] },
      { heading: 'team', texts: ['x', 'y', 'x', 'y'] },
    ]);
  });
});

describe('two shares of one column', () => {
  const rules = `kind = "x"
share 10 among Staff where team = "x" by score as reward
share 20 among Staff where team = "y" by score as reward`;
  const workbook = book(SHEETS, { rules });

  it('are told apart by their place', () => {
    const { program, results } = done(evaluated(workbook, '2026-03-31'));
    expect(shareSummaries(program, workbook, results).map(({ nth, pool }) => [nth, pool])).toEqual([
      [0, '10'],
      [1, '20'],
    ]);
    expect(viewOf(workbook, '2026-03-31', { ...REWARD, nth: 1 }).amounts).toEqual(['4', '16']);
  });

  it('are shown together without it', () => {
    const view = viewOf(workbook, '2026-03-31', REWARD);
    expect(view.pool).toBe('30');
    expect(view.labels[0]).toEqual({ heading: '#', texts: ['1', '2', '1', '2'] });
    expect(view.amounts).toEqual(['2.5', '4', '7.5', '16']);
  });
});

const amounts = (money: string) => ({ pool: money, settled: money, shared: money, unallocated: '0' });
