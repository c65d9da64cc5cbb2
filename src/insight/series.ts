import { DAY } from '../exact/date.ts';
import type { Series } from './backtest.ts';
import { daysFrom } from './calendar.ts';

const dayOf = (ms: number): number => Math.floor(ms / DAY) * DAY;

/** How many events each day from the first to the last; null without any. */
export function countedSeries(events: Float64Array): Series | null {
  const counts = new Map<number, number>();
  for (const ms of events) if (!Number.isNaN(ms)) counts.set(dayOf(ms), (counts.get(dayOf(ms)) ?? 0) + 1);
  return seriesOf(counts, 0);
}

/** Counts that a table keeps by day; a day without a row is unknown. */
export function keptSeries(dates: Float64Array, numbers: Float64Array): Series | null {
  const counts = new Map<number, number>();
  dates.forEach((ms, row) => {
    const count = numbers[row] ?? Number.NaN;
    if (!Number.isNaN(ms) && count >= 0) counts.set(dayOf(ms), (counts.get(dayOf(ms)) ?? 0) + count);
  });
  return seriesOf(counts, Number.NaN);
}

/** Longer than this is no series of days but a wrong date somewhere. */
const MOST_DAYS = 366 * 20;

function seriesOf(counts: ReadonlyMap<number, number>, missing: number): Series | null {
  if (counts.size === 0) return null;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const day of counts.keys()) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  if ((last - first) / DAY > MOST_DAYS) return null;
  const days = daysFrom(first, last);
  return { days, counts: days.map(({ ms }) => counts.get(ms) ?? missing) };
}
