import { beforeAll, describe, expect, it } from 'vitest';
import { columnOf, type RunResult, runBook, sample } from './run.ts';

/*
 * Worked out by hand from the sheets of small.xlsx; nothing below comes from the program.
 *
 * March 2026. Commissions and what they give to the pool (15%, to the cent, halves up):
 *   E01 1834.70 + 900.00 = 2734.70 -> 410.205 -> 410.21     E04 460.10 + 500.00 = 960.10 -> 144.015 -> 144.02
 *   E02 1240.50          -> 186.075 -> 186.08               E05 1500.20 -> 225.03
 *   E03 2000.00          -> 300.00 (February's 500.00 is out) E06 nothing
 *   pool = 410.21 + 186.08 + 300.00 + 144.02 + 225.03 = 1265.34
 *
 * Points (1 h exactly earns 100, 2 h exactly 80, no answer 60), resolution, feedback, support:
 *   E07 100 100 80 80 100 -> 92; 5 of 5 -> 100; (90 + 80) / 2 = 85  -> 41.4 + 35 + 17 = 93.4
 *   E08 100 80 80 60 80   -> 80; 4 of 5 -> 80;  80                  -> 80
 *   E09 100 100 60 60 80  -> 80; 4 of 5 -> 80;  (70 + 90) / 2 = 80  -> 80
 *   E10 60 60 60 60 100   -> 68; 3 of 5 -> 60;  none in March       -> (45 * 68 + 35 * 60) / 80 = 5160 / 80 = 64.5
 *   E11 100 100 100 100   -> 100; 4 of 4 -> 100; 95                 -> 45 + 35 + 19 = 99
 *   E12 no ticket, no feedback -> blank: no member of the pool
 *
 * Rewards: 1265.34 * 99 / 416.9 = 300.48 is above the cap, so E11 gets 290.00; the others share 975.34 by
 * 93.4 + 80 + 80 + 64.5 = 317.9:
 *   E07 975.34 * 93.4 / 317.9 = 286.5578...   E10 975.34 * 64.5 / 317.9 = 197.8906...
 *   E08 and E09 975.34 * 80 / 317.9 = 245.4457... each
 *   whole cents 286.55 + 245.44 + 245.44 + 197.89 = 975.32: two cents are left. The largest fraction is E07's (0.79),
 *   then E08 and E09 tie (0.57): the smaller key gets it.
 *
 * Deductions, 5 for each full 10 minutes: E02 12 -> 5 and 35 -> 15; E05 9 -> 0; E06 65 -> 30; E08 20 -> 10.
 */
const MARCH_NET: Readonly<Record<string, string>> = {
  E01: '8824.49', // 6500 + 2734.70 - 410.21
  E02: '6234.42', // 5200 + 1240.50 - 186.08 - 20
  E03: '6900', //    5200 + 2000 - 300
  E04: '5016.08', // 4200 + 960.10 - 144.02
  E05: '5475.17', // 4200 + 1500.20 - 225.03
  E06: '4170', //    4200 - 30
  E07: '8586.56', // 8300 + 286.56
  E08: '6735.45', // 6500 + 245.45 - 10
  E09: '6745.44', // 6500 + 245.44
  E10: '5397.89', // 5200 + 197.89
  E11: '6790', //    6500 + 290
  E12: '8300',
};

describe('small.xlsx at 2026-03-31', () => {
  let result: RunResult;
  beforeAll(async () => {
    result = await runBook(sample('small.xlsx'), '2026-03-31');
  });

  it('counts the month alone', () => {
    expect(result.inputs).toMatchObject({
      Staff: { rows: 12, excluded: 0 },
      Tickets: { rows: 24, excluded: 1 },
      Feedback: { rows: 6, excluded: 1 },
      Sales: { rows: 7, excluded: 1 },
      Attendance: { rows: 5, excluded: 1 },
    });
    expect(result.problems).toEqual([]);
  });

  it('fills the pool with the rounded parts of the commissions', () => {
    expect(result.scalars).toEqual({ pool_rate: '0.15', pool: '1265.34', carried_over: '0' });
    expect(columnOf(result, 'Staff', 'to_pool')).toMatchObject({
      E01: '410.21',
      E02: '186.08',
      E03: '300',
      E04: '144.02',
      E05: '225.03',
      E06: '0',
      E07: '0',
    });
  });

  it('scores support by the rest where there is no feedback, and not at all without a ticket', () => {
    expect(columnOf(result, 'Staff', 'support')).toMatchObject({
      E06: null,
      E07: '93.4',
      E08: '80',
      E09: '80',
      E10: '64.5',
      E11: '99',
      E12: null,
    });
  });

  it('shares the pool to the cent: the cap bites, a tie goes to the smaller key', () => {
    expect(columnOf(result, 'Staff', 'reward')).toMatchObject({
      E01: null,
      E07: '286.56',
      E08: '245.45',
      E09: '245.44',
      E10: '197.89',
      E11: '290',
      E12: null,
    });
    expect(result.shares).toEqual([
      {
        name: 'reward',
        table: 'Staff',
        pool: '1265.34',
        settled: '1265.34',
        shared: '1265.34',
        unallocated: '0',
        members: 5,
      },
    ]);
  });

  it('pays all twelve', () => {
    expect(columnOf(result, 'Staff', 'net_pay')).toEqual(MARCH_NET);
  });
});

/*
 * February has one sale (E03, 500.00 -> 75.00 to the pool), one ticket (E07, answered after half an hour and solved:
 * support (45 * 100 + 35 * 100) / 80 = 100), one rating (E10: 60) and one late arrival (E03, 30 minutes -> 15).
 * The pool: 75 * 100 / 160 = 46.875 and 75 * 60 / 160 = 28.125: both end in half a cent, the smaller key gets it.
 */
describe('small.xlsx at 2026-02-28', () => {
  it('splits a cent between two halves by key', async () => {
    const result = await runBook(sample('small.xlsx'), '2026-02-28');
    expect(result.scalars.pool).toBe('75');
    expect(columnOf(result, 'Staff', 'reward')).toMatchObject({ E07: '46.88', E08: null, E10: '28.12' });
    expect(columnOf(result, 'Staff', 'net_pay')).toMatchObject({
      E01: '6500',
      E03: '5610', // 5200 + 500 - 75 - 15
      E07: '8346.88',
      E10: '5228.12',
    });
  });
});
