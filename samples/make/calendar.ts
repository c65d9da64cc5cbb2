import { DAY, dayOfMs, msOfDay } from '../../src/exact/date.ts';

/** Milliseconds of a day of the calendar. */
export function dayMs(year: number, month: number, day: number): number {
  const ms = msOfDay(year, month, day);
  if (ms === null) throw new Error(`no such day: ${year}-${month}-${day}`);
  return ms;
}

/** A month of the two quarters, and how far the reform has come in it. */
export interface Month {
  /** Position from 0 (October 2025) to 5 (March 2026). */
  readonly index: number;
  readonly first: number;
  readonly last: number;
  readonly days: number;
  /** Mean hours until a ticket's first answer. */
  readonly responseHours: number;
  /** Part of the complaints that are resolved. */
  readonly resolution: number;
  /** Complaints for each service sold. */
  readonly complaintRate: number;
  /** Services sold, October 2025 = 1. */
  readonly business: number;
  /** Front-line colleagues who find the cooperation good. */
  readonly cooperation: number;
  /** Customers' satisfaction, 0 to 100. */
  readonly satisfaction: number;
  /** Part of the field's sales that is 5G. */
  readonly share5g: number;
  /** Part of the complaints that come back. */
  readonly repeat: number;
  /** The company's own result, 0 to 100. */
  readonly companyResult: number;
}

function month(
  index: number,
  year: number,
  number: number,
  now: Omit<Month, 'index' | 'first' | 'last' | 'days'>,
): Month {
  const first = dayMs(year, number, 1);
  const next = number === 12 ? dayMs(year + 1, 1, 1) : dayMs(year, number + 1, 1);
  return { index, first, last: next - DAY, days: (next - first) / DAY, ...now };
}

/** October 2025 is the last month of the old ways; the reform starts on 1 November, the 5G campaign on 1 January. */
export const MONTHS: readonly Month[] = [
  month(0, 2025, 10, {
    responseHours: 4.0,
    resolution: 0.85,
    complaintRate: 0.12,
    business: 1.0,
    cooperation: 0.6,
    satisfaction: 78.2,
    share5g: 0.3,
    repeat: 0.18,
    companyResult: 78,
  }),
  month(1, 2025, 11, {
    responseHours: 3.5,
    resolution: 0.868,
    complaintRate: 0.108,
    business: 1.04,
    cooperation: 0.64,
    satisfaction: 79.6,
    share5g: 0.32,
    repeat: 0.165,
    companyResult: 80,
  }),
  month(2, 2025, 12, {
    responseHours: 2.9,
    resolution: 0.891,
    complaintRate: 0.094,
    business: 1.1,
    cooperation: 0.7,
    satisfaction: 81.8,
    share5g: 0.34,
    repeat: 0.145,
    companyResult: 83,
  }),
  month(3, 2026, 1, {
    responseHours: 2.3,
    resolution: 0.915,
    complaintRate: 0.077,
    business: 1.17,
    cooperation: 0.76,
    satisfaction: 84.2,
    share5g: 0.44,
    repeat: 0.12,
    companyResult: 85,
  }),
  month(4, 2026, 2, {
    responseHours: 1.9,
    resolution: 0.934,
    complaintRate: 0.066,
    business: 1.12,
    cooperation: 0.81,
    satisfaction: 86.1,
    share5g: 0.47,
    repeat: 0.1,
    companyResult: 84,
  }),
  month(5, 2026, 3, {
    responseHours: 1.5,
    resolution: 0.95,
    complaintRate: 0.05,
    business: 1.25,
    cooperation: 0.85,
    satisfaction: 88.3,
    share5g: 0.5,
    repeat: 0.08,
    companyResult: 88,
  }),
];

export const FIRST_DAY = dayMs(2025, 10, 1);
export const LAST_DAY = dayMs(2026, 3, 31);
/** When the systems were read: what happened later is not in the sheets. */
export const EXPORTED = dayMs(2026, 4, 1) + 8 * 3_600_000;

interface Holiday {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** Complaints in it, an ordinary day = 1. */
  readonly peak: number;
}

const holiday = (
  name: string,
  year: number,
  month: number,
  day: number,
  days: number,
  peak: number,
): Holiday => {
  const first = dayMs(year, month, day);
  return { name, first, last: first + (days - 1) * DAY, peak };
};

/** Public holidays from April 2023 to March 2026. */
export const HOLIDAYS: readonly Holiday[] = [
  holiday('Qingming', 2023, 4, 5, 1, 1.15),
  holiday('Labour Day', 2023, 4, 29, 5, 1.4),
  holiday('Dragon Boat', 2023, 6, 22, 3, 1.2),
  holiday('National Day', 2023, 9, 29, 8, 1.65),
  holiday('New Year', 2023, 12, 30, 3, 1.35),
  holiday('Spring Festival', 2024, 2, 10, 8, 1.9),
  holiday('Qingming', 2024, 4, 4, 3, 1.15),
  holiday('Labour Day', 2024, 5, 1, 5, 1.4),
  holiday('Dragon Boat', 2024, 6, 8, 3, 1.2),
  holiday('Mid-Autumn', 2024, 9, 15, 3, 1.25),
  holiday('National Day', 2024, 10, 1, 7, 1.65),
  holiday('New Year', 2025, 1, 1, 1, 1.35),
  holiday('Spring Festival', 2025, 1, 28, 8, 1.9),
  holiday('Qingming', 2025, 4, 4, 3, 1.15),
  holiday('Labour Day', 2025, 5, 1, 5, 1.4),
  holiday('Dragon Boat', 2025, 5, 31, 3, 1.2),
  holiday('National Day', 2025, 10, 1, 8, 1.65),
  holiday('New Year', 2026, 1, 1, 3, 1.35),
  holiday('Spring Festival', 2026, 2, 15, 9, 1.9),
];

export function holidayOf(ms: number): Holiday | undefined {
  return HOLIDAYS.find((h) => ms >= h.first && ms <= h.last);
}

/** 0 Monday … 6 Sunday. */
export function weekday(ms: number): number {
  return (Math.floor(ms / DAY) + 3) % 7;
}

export function isWorkday(ms: number): boolean {
  return weekday(ms) < 5 && holidayOf(ms) === undefined;
}

/** Complaints by the day of the week: people call after the weekend. */
export const WEEK: readonly number[] = [1.22, 1.08, 1.02, 1.0, 1.04, 0.88, 0.76];
/** Complaints by the month, January first: summer storms and the year's end. */
const YEAR: readonly number[] = [1.05, 1.0, 0.93, 0.92, 0.96, 1.05, 1.14, 1.16, 1.02, 0.98, 0.94, 1.03];

/** The yearly season on a day, without steps between the months: between the middles of two months on a line. */
export function season(ms: number): number {
  const { month: m, day } = dayOfMs(ms);
  const here = YEAR[m - 1] ?? 1;
  const other = YEAR[(day < 15 ? m + 10 : m) % 12] ?? 1;
  return here + ((other - here) * Math.abs(day - 15)) / 31;
}

export function monthOf(ms: number): Month {
  const found = MONTHS.find((m) => ms >= m.first && ms < m.last + DAY);
  if (found === undefined) throw new Error('outside the two quarters');
  return found;
}
