import { beforeAll, describe, expect, it } from 'vitest';
import { isUnmet, isUnused, type Review, reviewJson, reviewText } from '../../../src/audit/review/index.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { placeText } from '../../../src/problems/problem.ts';
import { book } from '../../support/book.ts';
import { reviewOf, reviewXlsx, ruleOf, smallBytes } from './support.ts';

/*
 * small.xlsx at 2026-03-31; the figures are worked out in test/samples/small.test.ts. Components of the statement:
 * base 2 x 8300 + 6500 x 4 + 5200 x 3 + 4200 x 3 = 70800; commission 2734.70 + 1240.50 + 2000 + 960.10 + 1500.20 =
 * 8435.50; to the pool 1265.34; reward 1265.34 (nothing is left over); deductions 20 + 30 + 10 = 60.
 * Points of 23 answered tickets: 11 x 100, 6 x 80, 6 x 60; the one without an answer asks no band.
 */
describe('a review of small.xlsx', () => {
  let review: Review;
  beforeAll(async () => {
    review = await reviewXlsx(smallBytes());
  });
  const money = (name: string): readonly string[] => {
    const found = ruleOf(review, name).money;
    return found === null ? [] : [exactText(found.statements), exactText(found.shares)];
  };

  it('says by how much money a rule matters', () => {
    expect(money('base')).toEqual(['70800', '0']);
    expect(money('deductions')).toEqual(['60', '0']);
    // What goes to the pool, and the reward that comes out of it.
    expect(money('pool_rate')).toEqual(['2530.68', '1265.34']);
    expect(money('commission')).toEqual(['10966.18', '1265.34']);
    expect(money('reward')).toEqual(['1265.34', '1265.34']);
    expect(money('response_points')).toEqual(['1265.34', '1265.34']);
    expect(money('net_pay')).toEqual(['81826.18', '0']);
  });

  it('counts rows, users and the lines of bands', () => {
    expect(ruleOf(review, 'support')).toMatchObject({ rows: 6, where: 'side = "back"', kind: 'score' });
    expect(ruleOf(review, 'reward')).toMatchObject({
      rows: 5,
      usedBy: ['Staff[net_pay]', 'check', 'carried_over'],
    });
    expect(ruleOf(review, 'net_pay')).toMatchObject({ rows: 12, usedBy: [] });
    expect(ruleOf(review, 'to_pool').usedBy).toEqual(['pool', 'Staff[net_pay]']);
    expect(
      ruleOf(review, 'response_points').lines.map(({ text, hits }) => [text.replace(/\s+/g, ' '), hits]),
    ).toEqual([
      ['up to 1 -> 100', 11],
      ['up to 2 -> 80', 6],
      ['otherwise -> 60', 6],
    ]);
    expect(review.rules.filter(isUnmet)).toEqual([]);
    expect(review.rules.filter(isUnused)).toEqual([]);
    expect(review.checks).toBe(2);
  });

  it('puts versions side by side, with what is written into them', () => {
    const { versions } = ruleOf(review, 'pool_rate');
    expect(
      versions.map(({ from, inForce, constants }) => [from, inForce, constants.map(({ text }) => text)]),
    ).toEqual([
      [null, false, ['10%']],
      ['2026-01-01', true, ['15%']],
    ]);
    expect(versions.map(({ at }) => placeText(at))).toEqual(['Rules!A11:1-9', 'Rules!A12:1-9']);
    const [points] = ruleOf(review, 'response_points').versions;
    expect(points?.constants.map(({ text, at }) => `${text} ${placeText(at).replace(/:.*/, '')}`)).toEqual([
      '1 Rules!B16',
      '100 Rules!B16',
      '2 Rules!B17',
      '80 Rules!B17',
      '60 Rules!B18',
    ]);
  });

  it('says which rows do not count, and hides nothing', () => {
    expect(review.leftOut.map(({ table, rows, of, keys }) => [table, rows, of, keys])).toEqual([
      ['Tickets', 1, 25, ['T00']],
      ['Feedback', 1, 7, ['F06']],
      ['Sales', 1, 8, ['S05']],
      ['Attendance', 1, 6, ['A03']],
    ]);
    expect(review.leftOut[0]?.condition).toBe('date(opened) > eomonth(as_of, -1)');
    expect(review.hidden).toEqual([]);
    expect(review.results).toEqual({ kind: 'none' });
  });
});

const SHEETS = {
  Staff: [
    ['id', 'side', 'points'],
    ['E1', 'back', 10],
    ['E2', 'back', 95],
    ['E3', 'front', 30],
    ['E4', 'gone', 1],
  ],
} as const;

const RULES = `table Staff key id where points > 5 and side <> "gone"
rate = 10% until 2025-12-31
unread = 7
band tax marginal
  up to 50 -> 10%
  up to 100 -> 20%
  otherwise -> 40%
band level
  at least 200 -> "high"
  at least 90 -> "middle"
  otherwise -> "low"
each Staff
  due = tax(points)
  level_of = level(points)
each Staff where side = "nobody"
  extra = 5
share 100 among Staff where side = "missing" by 1 as none_of_it
check level(250) = "high"`;

describe('a review of rules with gaps', () => {
  it('finds what no row meets, what nothing reads, and lines that nobody hits', async () => {
    const rules = RULES.replace('share 100', 'share 0');
    const review = await reviewOf(book(SHEETS, { rules }));
    expect(review.rules.filter(isUnmet).map(({ name }) => name)).toEqual(['extra', 'none_of_it']);
    expect(review.rules.filter(isUnused).map(({ name }) => name)).toEqual([
      'unread',
      'due',
      'level_of',
      'extra',
    ]);
    expect(ruleOf(review, 'rate').versions.map(({ inForce }) => inForce)).toEqual([false]);
    expect(ruleOf(review, 'rate')).toMatchObject({ usedBy: [], money: null });
    // 10, 95 and 30 reach the first tier, 95 the second; E4 does not count. The check's call is none of a row.
    expect(ruleOf(review, 'tax').lines.map(({ hits }) => hits)).toEqual([3, 1, 0]);
    expect(ruleOf(review, 'level').lines.map(({ hits }) => hits)).toEqual([0, 1, 2]);
    expect(review.leftOut).toMatchObject([{ condition: 'points > 5', rows: 1, of: 4, keys: ['E4'] }]);
    const text = reviewText(review, 'en');
    expect(text).toContain('Rules that no row meets\n  Staff[extra]');
    expect(text).toContain('Lines of bands that nobody hits\n  tax    otherwise -> 40%');
    expect(text).toContain('Rules without a version in force\n  rate');
    expect(reviewText(review, 'zh-CN')).toContain('没有任何行适用的规则\n  Staff[extra]');
  });

  it('tells no amounts where the run has errors', async () => {
    const review = await reviewOf(book(SHEETS, { rules: RULES }));
    expect(review.errors).toBe(1);
    expect(review.rules.every(({ money }) => money === null)).toBe(true);
    expect(reviewText(review, 'en')).toContain('This run has an error: nothing is paid');
    expect(reviewJson(review)).toMatchObject({ errors: 1, results: null });
  });

  it('keeps rules of different conditions apart, and versions of one condition together', async () => {
    const review = await reviewOf(
      book(SHEETS, {
        rules: `each Staff where side = "back"
  pay = 1
each Staff where SIDE="BACK"
  pay = 2 from 2026-01-01
each Staff where side = "front"
  pay = 3`,
      }),
    );
    expect(review.rules.map(({ where, rows, versions }) => [where, rows, versions.length])).toEqual([
      ['SIDE="BACK"', 2, 2],
      ['side = "front"', 1, 1],
    ]);
  });
});
