import { type Rational, rational } from './rational.ts';

/**
 * Dates are exact counts of milliseconds since 1970-01-01T00:00 without a time zone: proleptic Gregorian,
 * years 1 to 9999. In columns the count is a whole number in a double; a computed date may be a fraction.
 */
export const DAY = 86_400_000;
export const HOUR = 3_600_000;
/** 0001-01-01T00:00 and the first instant past 9999-12-31. */
export const FIRST_MS = -62_135_596_800_000;
export const END_MS = 253_402_300_800_000;

const DAY_BIG = BigInt(DAY);
const FIRST = rational(BigInt(FIRST_MS));
const END = rational(BigInt(END_MS));

export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Milliseconds of a day's beginning; null where there is no such day. */
export function msOfDay(year: number, month: number, day: number): number | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
    return null;
  // Date.UTC reads years 0 to 99 as 1900 to 1999.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

/** The calendar day that holds an instant (whole milliseconds, in range). */
export function dayOfMs(ms: number): CalendarDay {
  const date = new Date(ms);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** An exact instant rounded down to whole milliseconds, for taking it apart. */
export function floorMs(ms: Rational): number {
  const q = ms.n / ms.d;
  return Number(ms.n < 0n && q * ms.d !== ms.n ? q - 1n : q);
}

/** The instant at the beginning of the same day. */
export function startOfDay(ms: Rational): Rational {
  const unit = ms.d * DAY_BIG;
  const days = ms.n / unit;
  const floor = ms.n < 0n && days * unit !== ms.n ? days - 1n : days;
  return { n: floor * DAY_BIG, d: 1n };
}

/** Whether an instant lies in the years 1 to 9999. */
export function inRange(ms: Rational): boolean {
  return ms.n >= FIRST.n * ms.d && ms.n < END.n * ms.d;
}

/** The day n months on (its last where the month is shorter), without a time; null outside the years 1 to 9999. */
export function addMonths(ms: number, n: number): number | null {
  const { year, month, day } = dayOfMs(ms);
  const index = year * 12 + (month - 1) + n;
  const y = Math.floor(index / 12);
  const m = index - y * 12 + 1;
  if (y < 1 || y > 9999) return null;
  return msOfDay(y, m, Math.min(day, daysInMonth(y, m)));
}

/** The last day of the month n months on, without a time; null outside the years 1 to 9999. */
export function endOfMonth(ms: number, n: number): number | null {
  const { year, month } = dayOfMs(ms);
  const index = year * 12 + (month - 1) + n;
  const y = Math.floor(index / 12);
  const m = index - y * 12 + 1;
  if (y < 1 || y > 9999) return null;
  return msOfDay(y, m, daysInMonth(y, m));
}

/** Whole months from start to end, times of day left out: the largest n with addMonths(start, n) ≤ end. */
export function wholeMonths(start: number, end: number): number {
  const s = Math.floor(start / DAY) * DAY;
  const e = Math.floor(end / DAY) * DAY;
  // 0 − n, since −0 is not the 0 that everybody else has.
  if (e < s) return 0 - wholeMonths(e, s);
  const a = dayOfMs(s);
  const b = dayOfMs(e);
  let n = (b.year - a.year) * 12 + (b.month - a.month);
  const reached = addMonths(s, n);
  if (reached === null || reached > e) n--;
  return n;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** ISO text: `2026-01-31`, with `T09:30:00` where there is a time of day and `.123` where there are milliseconds. */
export function isoText(ms: Rational): string {
  const nearest = ms.d === 1n ? Number(ms.n) : Math.round(Number((ms.n * 1000n) / ms.d) / 1000);
  return isoOfMs(nearest);
}

/** The same for whole milliseconds. */
export function isoOfMs(ms: number): string {
  const { year, month, day } = dayOfMs(ms);
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  const rest = ms - Math.floor(ms / DAY) * DAY;
  if (rest === 0) return date;
  const seconds = Math.floor(rest / 1000);
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const millis = rest % 1000;
  return `${date}T${time}${millis === 0 ? '' : `.${String(millis).padStart(3, '0')}`}`;
}

const WRITTEN = /^(\d{4})(?:-(\d{2})-(\d{2})|\/(\d{1,2})\/(\d{1,2}))(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/**
 * A date as a rule or a CSV writes it: `2026-01-31` or `2026/1/31`, with ` 9:30[:15]` or without.
 * Whole milliseconds, or null where the text is no date or no such day or time exists.
 */
export function parseDate(text: string): number | null {
  const m = WRITTEN.exec(text);
  if (m === null) return null;
  const day = msOfDay(Number(m[1]), Number(m[2] ?? m[4]), Number(m[3] ?? m[5]));
  if (day === null) return null;
  if (m[6] === undefined) return day;
  const [h, min, s] = [Number(m[6]), Number(m[7]), Number(m[8] ?? 0)];
  return h > 23 || min > 59 || s > 59 ? null : day + h * HOUR + min * 60_000 + s * 1000;
}

/** Excel's serial day 0 (1900 system, from 1 March 1900 on) and 1904's, in milliseconds. */
const EPOCH_1900 = -2_209_161_600_000;
const EPOCH_1904 = -2_082_844_800_000;

/**
 * The instant of a date cell, rounded to the millisecond; null outside the years 1 to 9999.
 * In the 1900 system Excel counts a 29 February 1900 that never was: serials below 61 are a day further on.
 */
export function msOfSerial(serial: number, date1904: boolean): number | null {
  const shifted = !date1904 && serial < 60 ? serial + 1 : serial;
  const ms = Math.round(shifted * DAY) + (date1904 ? EPOCH_1904 : EPOCH_1900);
  return ms >= FIRST_MS && ms < END_MS ? ms : null;
}

/** The serial that Excel keeps for an instant (for writing cells). */
export function serialOfMs(ms: number, date1904: boolean): number {
  const serial = (ms - (date1904 ? EPOCH_1904 : EPOCH_1900)) / DAY;
  return !date1904 && serial < 61 ? serial - 1 : serial;
}
