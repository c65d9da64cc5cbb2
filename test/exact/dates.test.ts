import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  DAY,
  END_MS,
  endOfMonth,
  FIRST_MS,
  inRange,
  isoOfMs,
  isoText,
  msOfSerial,
  parseDate,
  serialOfMs,
  startOfDay,
  wholeMonths,
} from '../../src/exact/date.ts';
import { integer, rational } from '../../src/exact/rational.ts';

const ms = (text: string): number => {
  const value = parseDate(text);
  if (value === null) throw new Error(text);
  return value;
};

describe('dates', () => {
  it.each([
    ['2026-01-31', '2026-01-31'],
    ['2026/1/3', '2026-01-03'],
    ['2026-01-31 9:30', '2026-01-31T09:30:00'],
    ['2026/1/31 09:30:15', '2026-01-31T09:30:15'],
    ['0001-01-01', '0001-01-01'],
    ['9999-12-31 23:59:59', '9999-12-31T23:59:59'],
    ['2024-02-29', '2024-02-29'],
  ])('reads %s', (text, iso) => {
    expect(isoOfMs(ms(text))).toBe(iso);
  });

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-1-31',
    '26-01-01',
    '2026-01-31 24:00',
    '2026-01-31 9:60',
    '0000-01-01',
  ])('does not read %s', (text) => {
    expect(parseDate(text)).toBeNull();
  });

  // Serials as Excel shows them for these days.
  it.each([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [61, false, '1900-03-01'],
    [45292, false, '2024-01-01'],
    [46112.5, false, '2026-03-31T12:00:00'],
    [0, true, '1904-01-01'],
    [44650, true, '2026-03-31'],
  ])('serial %d (1904: %s) is %s', (serial, date1904, iso) => {
    const value = msOfSerial(serial, date1904);
    expect(value === null ? null : isoOfMs(value)).toBe(iso);
    expect(serialOfMs(value ?? 0, date1904)).toBe(serial);
  });

  it('rounds a serial to the millisecond', () => {
    expect(isoOfMs(msOfSerial(46112 + 1 / 3, false) ?? 0)).toBe('2026-03-31T08:00:00');
    expect(msOfSerial(-800_000, false)).toBeNull();
    expect(msOfSerial(3_000_000, false)).toBeNull();
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -13, '2024-12-15'],
  ])('edate(%s, %d) is %s', (from, n, to) => {
    expect(addMonths(ms(from), n)).toBe(ms(to));
  });

  it('ends months', () => {
    expect(endOfMonth(ms('2026-03-31'), -1)).toBe(ms('2026-02-28'));
    expect(endOfMonth(ms('2026-01-15 10:00'), 0)).toBe(ms('2026-01-31'));
    expect(endOfMonth(ms('9999-12-01'), 1)).toBeNull();
    expect(addMonths(ms('0001-01-01'), -1)).toBeNull();
  });

  it.each([
    ['2026-01-31 10:00', '2026-03-31', 2],
    ['2025-12-31 23:59:30', '2026-03-31', 3],
    ['2024-02-29', '2026-03-31', 25],
    ['2026-01-31', '2026-02-28', 1],
    ['2026-01-30', '2026-02-28', 1],
    ['2026-01-15', '2026-02-14', 0],
    ['2026-03-31', '2026-02-28', -1],
    ['2026-03-31', '2026-03-30', 0],
  ])('months(%s, %s) is %d', (start, end, n) => {
    expect(wholeMonths(ms(start), ms(end))).toBe(n);
  });

  it('are exact where they are fractions of a millisecond', () => {
    const third = rational(1n, 3n);
    expect(startOfDay(rational(BigInt(DAY) * 3n + 1n, 3n))).toEqual(integer(DAY));
    expect(startOfDay(rational(-1n, 3n))).toEqual(integer(-DAY));
    expect(isoText(third)).toBe('1970-01-01');
    expect(inRange(integer(FIRST_MS))).toBe(true);
    expect(inRange(rational(BigInt(END_MS) * 3n - 1n, 3n))).toBe(true);
    expect(inRange(integer(END_MS))).toBe(false);
  });

  it('months is the largest n with edate(start, n) not after end', () => {
    const day = fc.integer({ min: 0, max: 60_000 }).map((n) => n * DAY);
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [start, end] = a <= b ? [a, b] : [b, a];
        const n = wholeMonths(start, end);
        expect(addMonths(start, n) ?? Number.NaN).toBeLessThanOrEqual(end);
        expect(addMonths(start, n + 1) ?? Number.NaN).toBeGreaterThan(end);
      }),
    );
  });
});
