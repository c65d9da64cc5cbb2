import { beforeAll, describe, expect, it } from 'vitest';
import type { CellValue } from '../../src/live/queries.ts';
import { book } from '../support/book.ts';
import {
  type Answerer,
  answererOf,
  band,
  explain,
  messageOf,
  rowsOf,
  rule,
  score,
  shown,
  small,
  statement,
} from './answering.ts';

/** Figures are worked out by hand in test/samples/small.test.ts. */
describe('over small.xlsx', () => {
  let ask: Answerer;
  beforeAll(async () => {
    ask = await small();
  });

  it('gives scalars, and columns by key', () => {
    expect(shown(ask(rule('pool')))).toBe(1265.34);
    expect(shown(ask(rule('POOL_RATE')))).toBe(0.15);
    expect(shown(ask(rule('Pool rate')))).toBe(0.15);
    expect(shown(ask(rule('reward', 'E08')))).toBe(245.45);
    expect(shown(ask(rule('Staff[reward]', 'e11')))).toBe(290);
    expect(shown(ask(rule('[net pay]', 'E01')))).toBe(8824.49);
    expect(shown(ask(rule('points', 'T18')))).toBe(60);
  });

  it('is blank where no rule covers the row', () => {
    expect(shown(ask(rule('reward', 'E01')))).toBeNull();
    expect(shown(ask(rule('support', 'E12')))).toBeNull();
  });

  it('spills a whole column in the order of the sheet', () => {
    expect(rowsOf(ask(rule('support'))).map(([x]) => x)).toEqual([
      ...[null, null, null, null, null, null],
      ...[93.4, 80, 80, 64.5, 99, null],
    ]);
  });

  it('has a row for every row of the sheet, blank for those that do not count', () => {
    const points = rowsOf(ask(rule('points'))).map(([x]) => x);
    // T00 to T24, one below the other; T00 is February's.
    expect(points).toHaveLength(25);
    expect(points.slice(0, 6)).toEqual([null, 100, 100, 80, 80, 100]);
  });

  it('gives columns of the sheet too', () => {
    expect(shown(ask(rule('side', 'E08')))).toBe('back');
    // A date is its serial number: 2026-03-03 is 46084, at 9 o'clock.
    expect(shown(ask(rule('Tickets[Opened]', 'T06')))).toBe(46084.375);
  });

  it('spills in a column what it gives by key', () => {
    for (const name of [
      'base',
      'commission',
      'to_pool',
      'response',
      'feedback',
      'support',
      'reward',
      'net_pay',
    ]) {
      const all = rowsOf(ask(rule(name))).map(([x]) => x);
      const each = Array.from({ length: 12 }, (_, i) =>
        shown(ask(rule(name, `E${String(i + 1).padStart(2, '0')}`))),
      );
      expect(all).toEqual(each);
    }
  });

  it('finds the support score by its name, and others by theirs', () => {
    expect(shown(ask(score('E07')))).toBe(93.4);
    expect(shown(ask(score('e10')))).toBe(64.5);
    expect(shown(ask(score('E01')))).toBeNull();
    expect(shown(ask(score('E07', 'response')))).toBe(92);
    expect(shown(ask(score('E07', 'Staff[resolution]')))).toBe(100);
  });

  it('gives a band at a value', () => {
    const at = (x: CellValue): CellValue | undefined => shown(ask(band('response_points', x)));
    expect([at(1), at(1.0001), at(2), at(2.5)]).toEqual([100, 80, 80, 60]);
    // In doubles 0.1 + 0.2 is more than 0.3; the bound 1 is met by 0.7 + 0.1 + 0.2 all the same.
    expect(at(0.7 + 0.1 + 0.2)).toBe(100);
  });

  it('shows a statement line by line with signs and sources', () => {
    expect(rowsOf(ask(statement('E08')))).toEqual([
      ['Base pay by grade', 6500, 'base ← Rules!B45'],
      ['Commission', 0, 'commission ← Rules!B46'],
      ['Given to the support pool', 0, 'to_pool ← Rules!B47'],
      ['Support reward', 245.45, 'default(reward, 0) ← Rules!B48'],
      ['Late and early', -10, 'deductions ← Rules!B49'],
      ['net_pay (total)', 6735.45, 'net_pay ← Rules!A44'],
    ]);
  });

  it('explains down to the cells', () => {
    const rows = rowsOf(ask(explain('reward', 'E08')));
    expect(rows[0]).toEqual(['reward of E08 = 245.45', 245.45, 'Rules!A40']);
    expect(rows).toContainEqual([
      expect.stringMatching(/^ {10,}Answered of T06 = /),
      '2026-03-03T09:45:00',
      'Tickets!D8',
    ]);
    const depths = rows.map(([text]) => String(text).search(/\S/));
    // Two spaces a level, never two levels at once.
    expect(depths.every((depth, i) => depth % 2 === 0 && depth <= (depths[i - 1] ?? -2) + 2)).toBe(true);
    expect(rows.every((row) => row.length === 3)).toBe(true);
  });

  it('explains many values as it explains each alone', async () => {
    const keys = Array.from({ length: 12 }, (_, i) => `E${String(i + 1).padStart(2, '0')}`);
    for (const key of [...keys, ...keys].slice(0, 14)) {
      const alone = await small();
      expect(ask(explain('net_pay', key))).toEqual(alone(explain('net_pay', key)));
    }
  });

  it('explains scalars, and cells of the sheet', () => {
    expect(rowsOf(ask(explain('pool_rate')))[0]).toEqual(['pool_rate = 0.15', 0.15, 'Rules!A12']);
    expect(rowsOf(ask(explain('side', 'E08')))).toEqual([['Side of E08 = "back"', '"back"', 'Staff!C9']]);
  });

  it('says that there are no problems', () => {
    expect(rowsOf(ask({ kind: 'problems' }))).toEqual([['No problems.']]);
  });

  it.each<[string, Parameters<Answerer>[0], string, RegExp]>([
    ['a name that is off by a letter', rule('suport', 'E07'), '#N/A', /suport.*Did you mean support\?/],
    ['a name of nothing', rule('holiday', 'E07'), '#N/A', /holiday/],
    ['a table of nothing', rule('Stuff[reward]', 'E07'), '#VALUE!', /Stuff.*Staff/],
    ['a column of another table', rule('Tickets[reward]', 'T01'), '#N/A', /Tickets.*reward/],
    ['a key of nothing', rule('reward', 'E8'), '#N/A', /Staff.*E8.*Did you mean E0?8/],
    ['a key of another kind', rule('reward', 8), '#N/A', /8/],
    ['a row that does not count', rule('points', 'T00'), '#N/A', /T00.*left out/],
    ['a key after a scalar', rule('pool', 'E07'), '#VALUE!', /pool is one value/],
    ['a name in several tables', rule('grade'), '#VALUE!', /Staff\[Grade\] or Grades\[Grade\]/],
    ['a column without a key', explain('reward'), '#VALUE!', /reward is a column of Staff/],
    ['a key of nothing', explain('reward', 'E99'), '#N/A', /E99/],
    ['a member that is not there', score('E13'), '#N/A', /E13/],
    ['a scalar as a score', score('E07', 'pool'), '#VALUE!', /pool is one value/],
    ['a band of nothing', band('respons_points', 1), '#N/A', /respons_points.*Did you mean response_points/],
    [
      'a text where a band has numbers',
      band('response_points', '1'),
      '#VALUE!',
      /^value \(argument 2\): A number/,
    ],
    ['a logical where a band has numbers', band('response_points', true), '#VALUE!', /number/],
    ['nothing to look up in a band', band('response_points', null), '#VALUE!', /blank is not zero/],
    ['a statement of nobody', statement('E77'), '#N/A', /E77/],
    ['a key that is blank', statement(''), '#N/A', /blank/],
  ])('refuses %s', (_, query, error, said) => {
    const answer = ask(query);
    expect(shown(answer)).toBe(error);
    expect(messageOf(answer)).toMatch(said);
  });

  it('speaks Chinese', async () => {
    const chinese = await small('2026-03-31', 'zh-CN');
    expect(rowsOf(chinese({ kind: 'problems' }))).toEqual([['没有发现问题。']]);
    expect(messageOf(chinese(rule('points', 'T00')))).toContain('其中');
    expect(rowsOf(chinese(statement('E08'))).at(-1)?.[0]).toBe('net_pay（合计）');
    expect(rowsOf(chinese(explain('reward', 'E08'))).length).toBeGreaterThan(20);
  });

  it('answers as of its date', async () => {
    const february = await small('2026-02-28');
    expect(shown(february(rule('pool')))).toBe(75);
    expect(shown(february(rule('reward', 'E07')))).toBe(46.88);
  });
});

describe('values', () => {
  const ask = answererOf(
    book(
      { T: [['id'], ['a']] },
      {
        names: { budget: 500, broken: { error: '#REF!' } },
        rules: [
          'third = 1 / 3',
          'when = 2026-03-31 12:00',
          'old = 1850-01-01',
          'text = "A"',
          'yes = TRUE',
          'half = budget / 2',
          'huge = 10 ^ 400',
          'band of_text',
          '  "A", "S" -> 1.5',
          '  otherwise -> 0.5',
          'band of_date',
          '  up to 2026-03-31 -> 1',
          '  otherwise -> 2',
          'band open_ended',
          '  up to 1 -> 1',
          'band rates marginal',
          '  up to 100 -> 3%',
          '  otherwise -> 5%',
          'band later',
          '  otherwise -> 1',
        ].join('\n'),
      },
    ),
    '2026-03-31',
  );

  it('are the closest doubles, serial numbers, texts and logicals', () => {
    expect(shown(ask(rule('third')))).toBe(1 / 3);
    expect(shown(ask(rule('when')))).toBe(46112.5);
    expect(shown(ask(rule('old')))).toBe('1850-01-01');
    expect(shown(ask(rule('text')))).toBe('A');
    expect(shown(ask(rule('yes')))).toBe(true);
    expect(shown(ask(rule('half')))).toBe(250);
    expect(shown(ask(rule('budget')))).toBe(500);
    expect(shown(ask(rule('broken')))).toBe('#VALUE!');
  });

  it('of bands are found by texts, dates and slices', () => {
    expect(shown(ask(band('of_text', 's')))).toBe(1.5);
    expect(shown(ask(band('of_text', 'x')))).toBe(0.5);
    expect(shown(ask(band('of_date', 46112)))).toBe(1);
    expect(shown(ask(band('of_date', 46112.001)))).toBe(2);
    expect(shown(ask(band('of_date', '2026-04-01')))).toBe(2);
    expect(shown(ask(band('of_date', 'soon')))).toBe('#VALUE!');
    expect(shown(ask(band('open_ended', 2)))).toBeNull();
    // 100 × 3% + 50 × 5%
    expect(shown(ask(band('rates', 150)))).toBe(5.5);
    expect(shown(ask(band('[Of text]', 'A')))).toBe(1.5);
  });

  it('that no cell can hold are #NUM!', () => {
    expect(shown(ask(rule('huge')))).toBe('#NUM!');
  });
});

describe('the support score', () => {
  const tables = {
    Staff: [
      ['id', 'x'],
      ['a', 50],
    ],
    Crew: [
      ['id', 'z'],
      ['a', 50],
    ],
  };
  const ofRules = (...rules: string[]): Answerer =>
    answererOf(book(tables, { rules: rules.join('\n') }), '2026-03-31');

  it('is looked for in a fixed order', () => {
    const ask = ofRules(
      'score 支撑评分 for Staff',
      '  100% x',
      'score support_score for Staff',
      '  100% x * 2',
    );
    expect(shown(ask(score('a')))).toBe(100);
  });

  it('is a score and nothing else of that name', () => {
    const ask = ofRules('each Staff', '  support = 1', 'score 支撑效能 for Staff', '  100% x');
    expect(shown(ask(score('a')))).toBe(50);
  });

  it('of no score is #N/A, with what to do', () => {
    expect(messageOf(ofRules('each Staff', '  support = 1')(score('a')))).toContain('second argument');
    expect(shown(ofRules('each Staff', '  support = 1')(score('a')))).toBe('#N/A');
  });

  it('of a score that is not in force says so', () => {
    const ask = ofRules('score support for Staff from 2027-01-01', '  100% x');
    expect(messageOf(ask(score('a')))).toContain('2026-03-31');
  });

  it('of two tables has to be named with its table', () => {
    const ask = ofRules('score support for Staff', '  100% x', 'score support for Crew', '  100% z');
    expect(shown(ask(score('a')))).toBe('#VALUE!');
    expect(messageOf(ask(score('a')))).toContain('Crew[support]');
    expect(shown(ask(score('a', 'Crew[support]')))).toBe(50);
  });
});

describe('statements', () => {
  it('of several kinds stand below one another; a row without one says so', () => {
    const ask = answererOf(
      book(
        {
          T: [
            ['id', 'x'],
            ['a', 2],
            ['b', 0],
          ],
        },
        {
          rules: [
            'statement pay for T where x > 0',
            '  add x "X"',
            'statement fee for T where x > 1',
            '  less x',
          ].join('\n'),
        },
      ),
      '2026-03-31',
    );
    expect(rowsOf(ask(statement('A')))).toEqual([
      ['X', 2, 'x ← Rules.allot:2'],
      ['pay (total)', 2, 'pay ← Rules.allot:1'],
      ['x', -2, 'x ← Rules.allot:4'],
      ['fee (total)', -2, 'fee ← Rules.allot:3'],
    ]);
    expect(shown(ask(statement('b')))).toBe('#N/A');
    expect(messageOf(ask(statement('b')))).toContain('No statement');
  });
});
