import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  counted,
  dayOf,
  dayText,
  grouped,
  isMonthEnd,
  money,
  monthEnds,
} from '../../../src/taskpane/parts/numbers.ts';

describe('grouped', () => {
  test.each([
    ['0', '0'],
    ['999', '999'],
    ['1000', '1,000'],
    ['-1234567.5', '-1,234,567.5'],
    ['1234.5678', '1,234.5678'],
    ['100000', '100,000'],
    ['≈24544.57', '≈24,544.57'],
  ])('%s is shown as %s', (text, shown) => expect(grouped(text)).toBe(shown));

  test.each(['', 'blank', '"G3"', '2026-03-31', '1e9', '12%', '1,000'])(
    '%j, which is no plain decimal, stays as it is',
    (text) => expect(grouped(text)).toBe(text),
  );

  test('takes nothing away: without commas it is the text again, in groups of three', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.option(fc.stringMatching(/^\d{1,12}$/)), (whole, fraction) => {
        const text = `${whole}${fraction === null ? '' : `.${fraction}`}`;
        const shown = grouped(text);
        expect(shown.replaceAll(',', '')).toBe(text);
        expect(shown.split('.')[0]).toMatch(/^-?\d{1,3}(?:,\d{3})*$/);
      }),
    );
  });
});

test('money has two places at least, and loses none', () => {
  expect(money('1234')).toBe('1,234.00');
  expect(money('1234.5')).toBe('1,234.50');
  expect(money('-0.05')).toBe('-0.05');
  expect(money('0.125')).toBe('0.125');
  expect(money('blank')).toBe('blank');
});

test('counts are grouped', () => expect(counted(40706)).toBe('40,706'));

describe('days', () => {
  test('go back and forth', () => {
    expect(dayOf('2026-03-31')).toBe(Date.UTC(2026, 2, 31));
    expect(dayText(Date.UTC(2026, 2, 31))).toBe('2026-03-31');
  });

  test.each(['', '2026-02-29', '2026-3-1', '2026-03-31 10:00', 'tomorrow'])('%j is none', (text) =>
    expect(dayOf(text)).toBeNull(),
  );

  test.each([
    [new Date(2026, 3, 8), '2026-03-31', '2026-04-30'],
    [new Date(2024, 2, 31, 23, 59), '2024-02-29', '2024-03-31'],
    [new Date(2026, 0, 1), '2025-12-31', '2026-01-31'],
  ])('the ends of the months around %s', (today, last, current) => {
    const ends = monthEnds(today);
    expect(ends === null ? null : [dayText(ends.last), dayText(ends.current)]).toEqual([last, current]);
  });

  test('a month’s end is one', () => {
    expect(isMonthEnd(Date.UTC(2024, 1, 29))).toBe(true);
    expect(isMonthEnd(Date.UTC(2024, 1, 28))).toBe(false);
    expect(isMonthEnd(Date.UTC(2025, 11, 31))).toBe(true);
  });
});
