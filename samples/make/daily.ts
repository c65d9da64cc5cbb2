import { DAY } from '../../src/exact/date.ts';
import { dayMs, FIRST_DAY, holidayOf, LAST_DAY, MONTHS, monthOf, season, WEEK, weekday } from './calendar.ts';
import { BLANK, column, DAY_FORMAT, moment, type SampleTable, text, whole, words } from './cells.ts';
import type { Making } from './making.ts';

/** Services sold in October 2025: with the complaint rates this gives the number of complaints. */
export const BUSINESS_BEFORE = 30_600;

export interface DailyCount {
  readonly day: number;
  readonly complaints: number;
}

/** Complaints of a day relative to others: week, season and holidays. */
function shape(day: number, { planted }: Making): number {
  const holiday = planted ? holidayOf(day) : undefined;
  const week = WEEK[weekday(day)] ?? 1;
  return season(day) * (holiday === undefined ? week : holiday.peak * (0.5 + week / 2));
}

/** Three years of days, the last two quarters as many complaints as the month's sales and rate say. */
export function dailyCounts(making: Making): readonly DailyCount[] {
  const random = making.stream('daily counts');
  const first = dayMs(2023, 4, 1);
  const days = Array.from({ length: (LAST_DAY - first) / DAY + 1 }, (_, i) => first + i * DAY);
  const totals = MONTHS.map((m) =>
    days.filter((d) => d >= m.first && d <= m.last).reduce((sum, d) => sum + shape(d, making), 0),
  );
  return days.map((day) => {
    const before = 112 + (8 * (day - first)) / (FIRST_DAY - first);
    const level =
      day < FIRST_DAY
        ? before * shape(day, making)
        : (BUSINESS_BEFORE * monthOf(day).business * monthOf(day).complaintRate * shape(day, making)) /
          (totals[monthOf(day).index] ?? 1);
    return { day, complaints: Math.max(0, Math.round(level + Math.sqrt(level) * random.bell())) };
  });
}

export function dailyTable(counts: readonly DailyCount[]): SampleTable {
  return {
    name: 'DailyComplaints',
    columns: [column('Calendar day', 12, DAY_FORMAT), column('Received count', 12), words('Holiday', 18)],
    rows: counts.map((c) => {
      const holiday = holidayOf(c.day);
      return [moment(c.day), whole(c.complaints), holiday === undefined ? BLANK : text(holiday.name)];
    }),
  };
}
