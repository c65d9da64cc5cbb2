import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { exactText, parseDecimal } from '../../src/exact/decimal.ts';
import { add, type Rational, subtract, ZERO } from '../../src/exact/rational.ts';
import type { ShareName } from '../../src/live/protocol.ts';
import type { WhatIf, WhatIfChange } from '../../src/live/views.ts';
import { changedLines, literalProblems } from '../../src/live/whatIf.ts';
import type { Workbook } from '../../src/workbook/port.ts';
import { book } from '../support/book.ts';
import { parameter, readSample, tried } from './parts.ts';

const REWARD: ShareName = { name: 'reward', table: 'Staff', of: null };
const MARCH = '2026-03-31';

let small: Workbook;
beforeAll(async () => {
  small = await readSample('small.xlsx');
});

const change = (label: string, text: string): WhatIfChange => ({
  at: parameter(small, MARCH, REWARD, label).at,
  text,
});
const differences = (found: WhatIf): Record<string, string> =>
  Object.fromEntries(found.changes.map(({ key, difference }) => [key, difference]));

describe('changedLines', () => {
  const rules = book({}, { rules: 'x = 10% + 2 * 3  # rate\ny = 4' }).rules;
  const at = (line: number, start: number, end: number) =>
    ({ kind: 'rule', line: { kind: 'text', file: 'Rules.allot', line }, start, end }) as const;

  it('puts several literals into a line, whatever their lengths and order', () => {
    const changed = changedLines(rules, [
      { at: at(1, 5, 7), text: '12.5%' },
      { at: at(1, 15, 15), text: '30' },
      { at: at(1, 11, 11), text: ' 200 ' },
    ]);
    expect(changed.map(({ text }) => text)).toEqual(['x = 12.5% + 200 * 30  # rate', 'y = 4']);
    expect(changed[1]).toBe(rules[1]);
  });

  it('leaves lines alone that are not there', () => {
    expect(changedLines(rules, [{ at: at(9, 1, 1), text: '5' }])).toEqual(rules);
  });

  it('takes numbers only, and only in place of numbers', () => {
    const told = (text: string, place = at(1, 5, 7)) =>
      literalProblems(rules, [{ at: place, text }]).map((p) =>
        'reason' in p ? `${p.code} ${p.reason}` : p.code,
      );
    expect(told('12')).toEqual([]);
    expect(told(' -0.5% ')).toEqual([]);
    expect(told('１２％')).toEqual([]);
    expect(told('')).toEqual(['syntax missing']);
    expect(told('sum(Sales[x])')).toEqual(['syntax unexpected']);
    expect(told('1e3')).toEqual(['syntax unexpected']);
    expect(told('1,000')).toEqual(['thousands-separator']);
    expect(told('5', at(1, 1, 1))).toEqual(['syntax unexpected']);
  });
});

describe('on small.xlsx', () => {
  it('raises the rate to 20%: everybody reaches the cap, the rest stays in the pool', () => {
    // 546.94 + 248.10 + 400 + 192.02 + 300.04 = 1687.10; five caps of 290 are 1450.
    const found = tried(small, MARCH, REWARD, [change('pool_rate', '20%')]);
    expect(found.share).toMatchObject({ pool: '1687.1', shared: '1450', unallocated: '237.1' });
    expect(differences(found)).toEqual({ E07: '3.44', E08: '44.55', E09: '44.56', E10: '92.11' });
    expect(found).toMatchObject({ winners: 4, losers: 0, total: '184.66', problems: [] });
    expect(found.changes[0]).toEqual({
      key: 'E07',
      before: '286.56',
      after: '290',
      difference: '3.44',
      differenceNumber: 3.44,
    });
    expect(found.lines).toEqual([
      {
        at: { kind: 'cell', sheet: 'Rules', row: 12, column: 1 },
        text: 'pool_rate = 20% from 2026-01-01          # 5G campaign',
      },
    ]);
  });

  it('lowers the rate to 12%: nobody reaches the cap', () => {
    // 328.16 + 148.86 + 240 + 115.21 + 180.02 = 1012.25 by 416.9; three cents over go to E07, E10 and E11.
    const found = tried(small, MARCH, REWARD, [change('pool_rate', '12%')]);
    expect(found.share?.amounts).toEqual(['226.78', '194.24', '194.24', '156.61', '240.38']);
    expect(differences(found)).toEqual({
      E07: '-59.78',
      E08: '-51.21',
      E09: '-51.2',
      E10: '-41.28',
      E11: '-49.62',
    });
    expect(found).toMatchObject({ winners: 0, losers: 5, total: '-253.09' });
  });

  it('raises the cap to 300: what one gains the others lose', () => {
    // E11 300; 965.34 by 317.9: 283.6198, 242.9292 twice, 195.8616; three cents over.
    const found = tried(small, MARCH, REWARD, [change('reward · cap', '300')]);
    expect(differences(found)).toEqual({
      E07: '-2.94',
      E08: '-2.52',
      E09: '-2.51',
      E10: '-2.03',
      E11: '10',
    });
    expect(found).toMatchObject({ winners: 1, losers: 4, total: '0' });
  });

  it('tells the problems of the changed rules, and shares nothing', () => {
    const found = tried(small, MARCH, REWARD, [change('support · 45% response', '50%')]);
    expect(found.share).toBeNull();
    expect(found.changes).toEqual([]);
    expect(found.problems.map(({ code }) => code)).toEqual(['weights-not-100']);
  });

  it('takes two weights at once', () => {
    const found = tried(small, MARCH, REWARD, [
      change('support · 45% response', '50%'),
      change('support · 35% resolution', '30%'),
    ]);
    expect(found.problems).toEqual([]);
    // E11 0.5 * 100 + 0.3 * 100 + 0.2 * 95 = 99 as before; E10 (50 * 68 + 30 * 60) / 80 = 65.
    expect(found.share?.weights).toEqual(['93', '80', '80', '65', '99']);
    expect(found.lines).toHaveLength(2);
  });

  it('says what is wrong with a literal at its place', () => {
    const bad = change('pool_rate', 'a lot');
    const found = tried(small, MARCH, REWARD, [bad]);
    expect(found.share).toBeNull();
    expect(found.problems).toEqual([
      {
        code: 'syntax',
        reason: 'unexpected',
        severity: 'error',
        found: 'a lot',
        expected: ['number', 'percent'],
        at: bad.at,
      },
    ]);
    expect(found.evaluation.outcome).toBeNull();
  });

  it('refuses rules in the place of a literal, even where they would be rules', () => {
    const found = tried(small, MARCH, REWARD, [change('pool_rate', '10% + 5%')]);
    expect(found.problems.map(({ code }) => code)).toEqual(['syntax']);
  });

  it('finds no difference where nothing changes', () => {
    const found = tried(small, MARCH, REWARD, [change('pool_rate', '15%')]);
    expect(found).toMatchObject({ changes: [], winners: 0, losers: 0, total: '0', lines: [] });
    // Another spelling of the same number changes the line, but nobody's pay.
    const other = tried(small, MARCH, REWARD, [change('pool_rate', '0.15')]);
    expect(other.changes).toEqual([]);
    expect(other.lines).toHaveLength(1);
  });

  it('adds up: the differences are what is shared more', () => {
    const percent = fc.integer({ min: 0, max: 400 }).map((n) => `${n / 10}%`);
    const cap = fc.integer({ min: 0, max: 60_000 }).map((n) => String(n / 100));
    const [rate, most] = [change('pool_rate', ''), change('reward · cap', '')];
    const before = decimal('1265.34');
    fc.assert(
      fc.property(percent, cap, (p, c) => {
        const found = tried(small, MARCH, REWARD, [
          { ...rate, text: p },
          { ...most, text: c },
        ]);
        expect(found.problems).toEqual([]);
        const sum = found.changes.reduce((total, { difference }) => add(total, decimal(difference)), ZERO);
        expect(found.total).toBe(exactText(sum));
        expect(exactText(subtract(decimal(found.share?.shared ?? ''), before))).toBe(found.total);
        expect(found.winners + found.losers).toBe(found.changes.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('with several pools', () => {
  const workbook = book(
    {
      Regions: [
        ['id', 'money'],
        ['N', 100],
        ['S', 50],
      ],
      Staff: [
        ['id', 'home', 'away'],
        ['a', 'N', 'S'],
        ['b', 'S', 'S'],
        ['c', 'N', 'N'],
      ],
    },
    {
      rules:
        'part = 50%\neach Regions\n  share money * part among Staff where home = [@id] or away = [@id] by 1 as reward',
    },
  );
  const at = {
    kind: 'rule',
    line: { kind: 'text', file: 'Rules.allot', line: 1 },
    start: 8,
    end: 10,
  } as const;

  it('adds up what a row receives from all of them', () => {
    // Before: N 50 to a and c, S 25 to a and b (12.50 each). At 100% twice as much.
    const found = tried(workbook, MARCH, REWARD, [{ at, text: '100%' }]);
    expect(found.changes.map(({ key, before, after }) => [key, before, after])).toEqual([
      ['a', '37.5', '75'],
      ['b', '12.5', '25'],
      ['c', '25', '50'],
    ]);
    expect(found.total).toBe('75');
  });

  it('looks at one of them alone where one is named', () => {
    const found = tried(workbook, MARCH, { ...REWARD, of: 'S' }, [{ at, text: '100%' }]);
    expect(found.changes.map(({ key, difference }) => [key, difference])).toEqual([
      ['a', '12.5'],
      ['b', '12.5'],
    ]);
  });
});

function decimal(text: string): Rational {
  const value = parseDecimal(text);
  if (value === null) throw new Error(`no decimal: ${text}`);
  return value;
}
