import { afterEach, describe, expect, test } from 'vitest';
import { daysFrom, HOLIDAYS_KNOWN_TO, weekdayOf } from '../../src/insight/calendar.ts';

const ms = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const at = (day: string) => daysFrom(ms(day), ms(day))[0];

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

// From the State Council's notices of the years.
const RUNS = [
  ['2023-01-21', '2023-01-27', 'spring-festival'],
  ['2023-04-29', '2023-05-03', 'labour-day'],
  ['2023-06-22', '2023-06-24', 'dragon-boat'],
  ['2023-09-29', '2023-10-06', 'national-day'],
  ['2023-12-30', '2024-01-01', 'new-year'],
  ['2024-02-10', '2024-02-17', 'spring-festival'],
  ['2024-04-04', '2024-04-06', 'qingming'],
  ['2024-09-15', '2024-09-17', 'mid-autumn'],
  ['2025-01-28', '2025-02-04', 'spring-festival'],
  ['2025-10-01', '2025-10-08', 'national-day'],
  ['2026-01-01', '2026-01-03', 'new-year'],
  ['2026-02-15', '2026-02-23', 'spring-festival'],
  ['2026-10-01', '2026-10-07', 'national-day'],
] as const;

describe('days off', () => {
  test.each(RUNS)('%s to %s is one holiday', (first, last, kind) => {
    const days = daysFrom(ms(first) - 86_400_000, ms(last) + 86_400_000);
    expect(days.map(({ holiday }) => holiday)).toEqual([null, ...days.slice(1, -1).map(() => kind), null]);
    expect(days[0]?.near).toBe(1);
    expect(days.at(-1)?.near).toBe(-1);
  });

  test('weekends that are worked are told', () => {
    for (const day of ['2023-04-23', '2024-02-04', '2025-01-26', '2026-02-14', '2026-02-28'])
      expect(at(day), day).toMatchObject({ makeUp: true, holiday: null });
    expect(at('2026-03-01')).toMatchObject({ makeUp: false, holiday: null });
  });

  test.each(['America/New_York', 'Asia/Shanghai', 'Pacific/Auckland', 'UTC'])(
    'are the same in %s',
    (name) => {
      process.env.TZ = name;
      expect(at('2026-02-15')?.holiday).toBe('spring-festival');
      expect(at('2026-02-14')?.holiday).toBeNull();
      expect(at('2026-02-24')?.holiday).toBeNull();
    },
  );

  test('are known up to the year that is said, and of none after it', () => {
    expect(at(`${HOLIDAYS_KNOWN_TO}-10-01`)?.holiday).toBe('national-day');
    expect(at(`${HOLIDAYS_KNOWN_TO + 1}-10-01`)?.holiday).toBeNull();
  });
});

test('the week begins on Monday', () => {
  // 1 January 1970 was a Thursday, 31 March 2026 a Tuesday
  expect(weekdayOf(0)).toBe(3);
  expect(weekdayOf(ms('2026-03-31'))).toBe(1);
  expect(weekdayOf(-86_400_000)).toBe(2);
});
