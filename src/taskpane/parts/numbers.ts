import { DAY, dayOfMs, endOfMonth, isoOfMs, msOfDay, parseDate } from '../../exact/date.ts';
import { grouped, money } from '../../exact/grouped.ts';

export { grouped, money };

/** A count with its thousands set apart. */
export function counted(count: number): string {
  return grouped(String(count));
}

/** `2026-03-31` of an as-of date. */
export function dayText(ms: number): string {
  return isoOfMs(ms);
}

/** The as-of date of `2026-03-31`; null where it is none. */
export function dayOf(text: string): number | null {
  const ms = parseDate(text);
  return ms === null || ms % DAY !== 0 ? null : ms;
}

/** Ends of the month before that of `today` (a local date) and of its own, as as-of dates. */
export function monthEnds(today: Date): { readonly last: number; readonly current: number } | null {
  const start = msOfDay(today.getFullYear(), today.getMonth() + 1, today.getDate());
  const last = start === null ? null : endOfMonth(start, -1);
  const current = start === null ? null : endOfMonth(start, 0);
  return last === null || current === null ? null : { last, current };
}

/** Whether a date is the last day of its month. */
export function isMonthEnd(ms: number): boolean {
  return dayOfMs(ms + DAY).day === 1;
}
