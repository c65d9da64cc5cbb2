import { describe, expect, test } from 'vitest';
import { compareAmounts, oldAmounts } from '../../../src/audit/compare/amounts.ts';
import { type Comparison, compareSides, payColumns } from '../../../src/audit/compare/compare.ts';
import { compareJson, compareSheets, compareText, compareView } from '../../../src/audit/compare/report.ts';
import type { Parts } from '../../../src/audit/compare/shapley.ts';
import type { Side, Sides } from '../../../src/audit/compare/sides.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { book, type Sheets } from '../../support/book.ts';
import { side } from './sides.ts';

const parts = (x: Parts | null | undefined): readonly string[] =>
  x == null ? [] : [x.rules, x.own, x.pool, x.others, x.together].map(exactText);

/** By key: before, after, then rules, own rows, pool, other rows, together. */
function rows(comparison: Comparison, column = 0): Record<string, readonly string[]> {
  const found: Record<string, readonly string[]> = {};
  for (const { key, before, after, parts: p } of comparison.columns[column]?.rows ?? [])
    found[key] = [before, after].map((x) => (x === null ? '' : exactText(x))).concat(parts(p));
  return found;
}

const compared = (sides: Sides, ...names: readonly string[]): Comparison =>
  compareSides(
    sides,
    names.map((column) => ({ table: 'Staff', column })),
  );

const SHARING = `table Staff key id
table Sales key sale
  seller in Staff
pool_rate = 10%
pool = sum(Sales[amount]) * pool_rate
each Staff
  points = sum(Sales[score] where seller = id)
share pool among Staff by points as reward`;

const staff = [['id'], ['A'], ['B']];
const sales = (amount: number, score: number): Sheets => ({
  Staff: staff,
  Sales: [
    ['sale', 'seller', 'amount', 'score'],
    ['s1', 'A', amount, score],
    ['s2', 'B', 100, 1],
  ],
});

describe('a share', () => {
  const sides: Sides = [side(sales(100, 1), SHARING), side(sales(300, 3), SHARING.replace('10%', '20%'))];

  test('is split into own rows, pool and others', () => {
    // A: 10, own rows alone 15, pool alone 40, both 60. B: 10, others alone 5, pool alone 40, both 20.
    expect(rows(compared(sides, 'reward'))).toEqual({
      A: ['10', '60', '0', '12.5', '37.5', '0', '0'],
      B: ['10', '20', '0', '0', '22.5', '-12.5', '0'],
    });
  });

  test('is totalled', () => {
    const [column] = compared(sides, 'reward').columns;
    expect(column?.total).toMatchObject({ people: 2, winners: 2, losers: 0 });
    expect(exactText(column?.total.difference ?? { n: 0n, d: 1n })).toBe('60');
    expect(parts(column?.total.parts)).toEqual(['0', '12.5', '60', '-12.5', '0']);
  });

  test('with the same pool has nothing to say of it', () => {
    // Both have one more point; the pool stays 20: 1 of 2 before, 2 of 3 after for A.
    const same: Sides = [side(sales(100, 1), SHARING), side(sales(100, 2), SHARING)];
    expect(rows(compared(same, 'reward'))).toEqual({
      A: ['10', '13.33', '0', '3.33', '0', '0', '0'],
      B: ['10', '6.67', '0', '0', '0', '-3.33', '0'],
    });
  });

  test('gives nothing to somebody who was not there', () => {
    const more: Sheets = {
      Staff: [...staff, ['C']],
      Sales: [...(sales(100, 1).Sales ?? []), ['s3', 'C', 100, 2]],
    };
    // The pool grows from 20 to 30. C without own rows is not there at all; with them 2 of 4 points.
    const found = rows(compared([side(sales(100, 1), SHARING), side(more, SHARING)], 'reward'));
    expect(found.C).toEqual(['', '15', '0', '12.5', '2.5', '0', '0']);
    // A: 20/2 = 10; others alone 20/4 = 5, pool alone 15, both 30/4 = 7.5.
    expect(found.A).toEqual(['10', '7.5', '0', '0', '3.75', '-6.25', '0']);
  });
});

describe('two dates', () => {
  const RULES = `table Staff key id where hired <= as_of
table Work key entry where month(day) = month(as_of) and year(day) = year(as_of)
  who in Staff
rate = 10
rate = 12 from 2026-02-01
each Staff
  pay = round(sum(Work[hours] where who = id) * rate)
statement due for Staff
  add pay`;
  const sheets: Sheets = {
    Staff: [
      ['id', 'hired', 'team'],
      ['A', { date: '2020-01-01' }, 'x'],
      ['B', { date: '2026-02-10' }, 'y'],
    ],
    Work: [
      ['entry', 'who', 'day', 'hours'],
      ['w1', 'A', { date: '2026-01-10' }, 5],
      ['w2', 'A', { date: '2026-02-10' }, 8],
      ['w3', 'B', { date: '2026-02-20' }, 3],
    ],
  };
  const workbook = book(sheets);
  const sides: Sides = [side(workbook, RULES, '2026-01-31'), side(workbook, RULES, '2026-02-28')];

  test('split into the versions in force and the rows that count', () => {
    // A: 50; the new rate 60; the new rows 80; both 96. B is there from February on: 30 at the old rate, 36.
    expect(rows(compared(sides, 'due'))).toEqual({
      A: ['50', '96', '13', '33', '0', '0', '0'],
      B: ['', '36', '3', '33', '0', '0', '0'],
    });
  });

  test('are totalled by group, the larger difference first', () => {
    const { columns } = compareSides(sides, [{ table: 'Staff', column: 'due' }], { group: 'team' });
    expect(columns[0]?.groups.map(({ group, totals }) => [group, exactText(totals.difference)])).toEqual([
      ['x', '46'],
      ['y', '36'],
    ]);
  });

  test('what an own row refers to comes with it', () => {
    const rules = `table Jobs key job where month(day) = month(as_of)
table Work key entry where month(day) = month(as_of)
table Staff key id
each Staff
  pay = sum(lookup(Jobs[price], Work[job]) where who = id)`;
    const jobs: Sheets = {
      Staff: [['id'], ['A'], ['B']],
      Jobs: [
        ['job', 'day', 'price'],
        ['j1', { date: '2026-01-05' }, 5],
        ['j2', { date: '2026-02-05' }, 9],
      ],
      Work: [
        ['entry', 'who', 'day', 'job'],
        ['w1', 'A', { date: '2026-01-10' }, 'j1'],
        ['w2', 'A', { date: '2026-02-10' }, 'j2'],
      ],
    };
    const data = book(jobs);
    const both: Sides = [side(data, rules, '2026-01-31'), side(data, rules, '2026-02-28')];
    expect(rows(compared(both, 'pay'))).toEqual({ A: ['5', '9', '0', '4', '0', '0', '0'] });
  });

  test('a date in a rule of a row is that of the row', () => {
    const rules =
      'table Staff key id\neach Staff\n  pay = default(left, as_of) - (eomonth(as_of, -1) + 1) + 1';
    const data = book({
      Staff: [
        ['id', 'left'],
        ['A', null],
        ['B', { date: '2026-02-10' }],
      ],
    });
    const both: Sides = [side(data, rules, '2026-02-28'), side(data, rules, '2026-03-31')];
    // Days from the month's first to its last: 28 and 31. B left on 10 February: 10 and 10 − 28 = −18.
    expect(rows(compared(both, 'pay'))).toEqual({
      B: ['10', '-18', '0', '-28', '0', '0', '0'],
      A: ['28', '31', '0', '3', '0', '0', '0'],
    });
  });
});

describe('rules over the same rows', () => {
  test('are the whole reason, but for the pool', () => {
    const data = book(sales(100, 1));
    const sides: Sides = [side(data, SHARING), side(data, `${SHARING}\n  cap 12`.replace('10%', '20%'))];
    // Old 10 of a pool of 20; new 12 of a pool of 40, capped: rules alone 10, pool alone 20, both 12.
    expect(rows(compared(sides, 'reward')).A).toEqual(['10', '12', '-4', '0', '6', '0', '0']);
  });

  test('a column that one of them lacks is nothing there', () => {
    const data = book(sales(100, 1));
    const sides: Sides = [
      side(data, SHARING),
      side(data, `${SHARING}\nstatement due for Staff\n  add reward`),
    ];
    expect(payColumns(sides)).toEqual([
      { table: 'Staff', column: 'reward' },
      { table: 'Staff', column: 'due' },
    ]);
    expect(rows(compared(sides, 'due')).A).toEqual(['', '10', '10', '0', '0', '0', '0']);
  });

  test('one that compute nothing on the other rows leave the order in which they can', () => {
    // The new rules need a column that only the new workbook has.
    const sides: Sides = [
      side(
        {
          Staff: [
            ['id', 'x'],
            ['A', 1],
          ],
        },
        'table Staff key id\neach Staff\n  pay = x',
      ),
      side(
        {
          Staff: [
            ['id', 'x', 'y'],
            ['A', 1, 5],
          ],
        },
        'table Staff key id\neach Staff\n  pay = x + y',
      ),
    ];
    expect(rows(compared(sides, 'pay')).A).toEqual(['1', '6', '5', '0', '0', '0', '0']);
  });
});

describe('an old payroll', () => {
  const now: Side = side(
    {
      Staff: [
        ['id', 'pay'],
        [1, 10],
        [2, 20],
        [3, 30],
      ],
    },
    'table Staff key id\neach Staff\n  due = pay',
  );
  const table = (...cells: (readonly (string | number | null)[])[]) =>
    book({ Old: [['no', 'net'], ...cells] }).tables;

  test('is compared by key, without reasons', () => {
    const found = oldAmounts(table(['1', 10], ['2', 15], ['9', 7], [null, 32]), 'NET', null);
    if (found.kind !== 'amounts') throw new Error(found.kind);
    expect(found.problems).toEqual([]);
    const column = compareAmounts(now, { table: 'Staff', column: 'due' }, found, null);
    expect(rows({ columns: [column] })).toEqual({ '3': ['', '30'], '9': ['7', ''], '2': ['15', '20'] });
    expect(column.total).toMatchObject({ people: 4, winners: 2, losers: 1, parts: null });
  });

  test('with a key twice or a text for an amount is refused, with the cell', () => {
    const found = oldAmounts(table(['1', 10], ['1', 11], ['2', 'x']), 'net', 'no');
    if (found.kind !== 'amounts') throw new Error(found.kind);
    expect(found.problems.map(({ code, at }) => [code, at?.kind === 'cell' ? at.row : 0])).toEqual([
      ['duplicate-key', 3],
      ['type-mismatch', 4],
    ]);
    expect(oldAmounts(table(), 'gross', null)).toEqual({
      kind: 'unknown',
      name: 'gross',
      there: ['no', 'net'],
    });
  });
});

describe('the report', () => {
  const sides: Sides = [side(sales(100, 1), SHARING), side(sales(300, 3), SHARING.replace('10%', '20%'))];
  const found = compared(sides, 'reward');
  const what = { before: 'old', after: 'new', set: ['pool_rate=20%'] };

  test('as sheets', () => {
    const [people, totals] = compareSheets(found, what, 'en');
    expect(people?.name).toBe('Allot Compare');
    expect(people?.columns.map(({ heading }) => heading)).toEqual([
      'Table',
      'Column',
      'Key',
      'Before',
      'After',
      'Difference',
      'Rules',
      'Own rows',
      'Pool',
      'All other rows',
    ]);
    const shown = people?.rows.map((row) =>
      row.map((cell) =>
        cell.kind === 'number' ? exactText(cell.value) : cell.kind === 'text' ? cell.value : '',
      ),
    );
    expect(shown).toEqual([
      ['Staff', 'reward', 'A', '10', '60', '50', '0', '12.5', '37.5', '0'],
      ['Staff', 'reward', 'B', '10', '20', '10', '0', '0', '22.5', '-12.5'],
    ]);
    expect(totals?.rows[0]?.at(-1)).toEqual({ kind: 'text', value: 'old → new; pool_rate=20%' });
    expect(compareSheets(found, what, 'zh-CN')[0]?.columns[7]?.heading).toBe('本人数据');
  });

  test('as JSON and for a page', () => {
    const json = JSON.parse([...compareJson(found, what)].join(''));
    expect(json).toMatchObject({ before: 'old', after: 'new', set: ['pool_rate=20%'] });
    expect(json.columns[0].rows[0]).toEqual({
      key: 'A',
      before: '10',
      after: '60',
      difference: '50',
      parts: { rules: '0', own: '12.5', pool: '37.5', others: '0', together: '0' },
    });
    const view = compareView(found, what);
    expect(view.columns[0]?.rows[1]).toMatchObject({ key: 'B', difference: '10', differenceNumber: 10 });
    expect(view.columns[0]?.total).toMatchObject({ people: 2, difference: '60' });
  });

  test('for people, with bars to one scale', () => {
    const text = [...compareText(found, what, 'en', 120)].join('');
    expect(text).toContain('Staff[reward]: 20 → 80 (+60). Of 2, 2 get more, 0 less.');
    expect(text).toMatch(/A +10 +60 +\+50 +0 +\+12\.5 +\+37\.5 +0 +│██████████\n/);
    expect(text).toMatch(/B +10 +20 +\+10 +0 +0 +\+22\.5 +-12\.5 +│██\n/);
    expect([...compareText(found, what, 'zh-CN', 120)].join('')).toContain('共 2 人，增加 2 人，减少 0 人');
  });
});
