// its ES module is named as if it were none, which no bundler reads
import chineseDays from 'chinese-days/dist/index.min.js';
import { DAY, dayOfMs } from '../exact/date.ts';

/** Public holidays of mainland China as the State Council sets them for each year. */
export type HolidayKind =
  | 'new-year'
  | 'spring-festival'
  | 'qingming'
  | 'labour-day'
  | 'dragon-boat'
  | 'mid-autumn'
  | 'national-day'
  | 'other';

export interface Day {
  /** Milliseconds of its beginning. */
  readonly ms: number;
  /** 0 Monday … 6 Sunday. */
  readonly weekday: number;
  /** The holiday whose days off, joined to one run, it belongs to. */
  readonly holiday: HolidayKind | null;
  /** A Saturday or Sunday that is worked to make up for a holiday. */
  readonly makeUp: boolean;
  /** Days to the nearest holiday: 1 the day before, −1 the day after; null where it is further off than two. */
  readonly near: -2 | -1 | 1 | 2 | null;
}

const KINDS: readonly (readonly [string, HolidayKind])[] = [
  ["New Year's Day", 'new-year'],
  ['Spring Festival', 'spring-festival'],
  ['Tomb-sweeping Day', 'qingming'],
  ['Labour Day', 'labour-day'],
  ['Dragon Boat Festival', 'dragon-boat'],
  ['Mid-autumn Festival', 'mid-autumn'],
  ['National Day', 'national-day'],
];

/** The year up to which the days off have been set; those of the next are announced each November. */
export const HOLIDAYS_KNOWN_TO = 2026;

export const weekdayOf = (ms: number): number => (((Math.floor(ms / DAY) + 3) % 7) + 7) % 7;

interface Plain {
  readonly off: HolidayKind | null;
  readonly makeUp: boolean;
}

function plainDay(ms: number): Plain {
  const { year, month, day } = dayOfMs(ms);
  // A text would be read as UTC and shown in local time: west of Greenwich it is the day before.
  const { work, name } = chineseDays.getDayDetail(new Date(year, month - 1, day));
  const [english, chinese] = name.split(',');
  // an ordinary day has its weekday's name alone
  if (chinese === undefined) return { off: null, makeUp: false };
  if (work) return { off: null, makeUp: true };
  return { off: KINDS.find(([known]) => known === english)?.[1] ?? 'other', makeUp: false };
}

/** Every day from `first` to `last`, both included; whole days in milliseconds. */
export function daysFrom(first: number, last: number): readonly Day[] {
  // a run may begin before the first day: ten days more on both sides
  const margin = 10;
  const count = Math.round((last - first) / DAY) + 1;
  const plain = Array.from({ length: count + 2 * margin }, (_, i) => plainDay(first + (i - margin) * DAY));
  const runs = runKinds(plain, (i) => weekdayOf(first + (i - margin) * DAY) >= 5);
  return Array.from({ length: count }, (_, i): Day => {
    const at = i + margin;
    const ms = first + i * DAY;
    const off = (distance: number): boolean =>
      runs[at + distance] !== null && runs[at + distance] !== undefined;
    const near = runs[at] !== null ? null : off(1) ? 1 : off(-1) ? -1 : off(2) ? 2 : off(-2) ? -2 : null;
    return {
      ms,
      weekday: weekdayOf(ms),
      holiday: runs[at] ?? null,
      makeUp: plain[at]?.makeUp ?? false,
      near,
    };
  });
}

/**
 * Days off that follow one another are one holiday, that which has most of them: Mid-Autumn within National Day. A
 * weekend beside them that is not worked belongs to it.
 */
function runKinds(
  plain: readonly Plain[],
  isWeekend: (i: number) => boolean,
): readonly (HolidayKind | null)[] {
  const kinds: (HolidayKind | null)[] = plain.map(() => null);
  for (let i = 0; i < plain.length; i++) {
    let end = i;
    while (plain[end]?.off != null) end++;
    if (end === i) continue;
    const counts = new Map<HolidayKind, number>();
    for (const { off } of plain.slice(i, end)) if (off !== null) counts.set(off, (counts.get(off) ?? 0) + 1);
    const [most] = [...counts].sort(([, a], [, b]) => b - a);
    const free = (at: number): boolean => isWeekend(at) && plain[at]?.makeUp === false;
    let from = i;
    while (free(from - 1)) from--;
    while (free(end)) end++;
    kinds.fill(most?.[0] ?? null, from, end);
    i = end;
  }
  return kinds;
}
