import { DAY, isoOfMs } from '../exact/date.ts';
import { datesOf, keysOf, logicalsOf, numbersOf } from './columns.ts';
import type { Role, Roles } from './roles.ts';
import {
  benjaminiHochberg,
  type Moments,
  momentsOf,
  normalTail,
  twoProportions,
  welch,
} from './statistics.ts';
import { monthIndex, type Period } from './waits.ts';

export type IndicatorName =
  | 'response'
  | 'resolution'
  | 'complaints'
  | 'business'
  | 'satisfaction'
  | 'cooperation'
  | 'penetration';

export interface Indicator {
  readonly name: IndicatorName;
  readonly unit: 'hours' | 'part' | 'count' | 'points';
  /** Whether more is better. */
  readonly better: 'more' | 'less';
  readonly before: number;
  readonly after: number;
  /** After less before, as a part of before. */
  readonly change: number;
  /** What was compared: rows, or people, or polls. */
  readonly rows: readonly [before: number, after: number];
  /** That there is no difference; null where that can't be told. */
  readonly p: number | null;
  readonly test: TestName;
  /** Beyond chance, one in twenty over all indicators (Benjamini-Hochberg). */
  readonly significant: boolean;
  /** Month by month, the periods and what lies between them. */
  readonly months: readonly { readonly month: number; readonly value: number }[];
}

/** Welch's t of means, z of two proportions, z of two rates of counts, sign test of who changed. */
export type TestName = 'welch' | 'proportions' | 'rates' | 'sign';

export interface Reform {
  readonly before: Period;
  readonly after: Period;
  readonly indicators: readonly Indicator[];
}

const RATE = 0.05;

/** What an indicator is in a period; null without data there. */
interface Measured {
  readonly value: number;
  readonly rows: number;
}

interface Measure<T extends Measured> {
  readonly name: IndicatorName;
  readonly unit: Indicator['unit'];
  readonly better: Indicator['better'];
  readonly test: TestName;
  in(period: Period): T | null;
  p(before: T, after: T): number | null;
}

/** The indicators of the chain in two periods; those without data in both are left out. */
export function reformOf(roles: Roles, before: Period, after: Period): Reform {
  const months = monthsBetween(before, after);
  const found = [
    compared(responseOf(roles), before, after, months),
    compared(resolutionOf(roles), before, after, months),
    compared(complaintsOf(roles), before, after, months),
    compared(businessOf(roles), before, after, months),
    compared(satisfactionOf(roles), before, after, months),
    compared(cooperationOf(roles), before, after, months),
    compared(penetrationOf(roles), before, after, months),
  ].filter((one) => one !== null);
  const tested = found.filter(({ p }) => p !== null);
  const passed = benjaminiHochberg(
    tested.map(({ p }) => p ?? 1),
    RATE,
  );
  return {
    before,
    after,
    indicators: found.map((one) => ({ ...one, significant: passed[tested.indexOf(one)] === true })),
  };
}

/** The calendar months from the first period's beginning to the second's end. */
function monthsBetween(before: Period, after: Period): readonly (Period & { readonly month: number })[] {
  const from = monthIndex(Math.min(before.from, after.from));
  const to = monthIndex(Math.max(before.to, after.to));
  return Array.from({ length: Math.min(60, to - from + 1) }, (_, i) => monthPeriod(from + i));
}

export function monthPeriod(month: number): Period & { readonly month: number } {
  const start = (m: number): number => Date.UTC(Math.floor(m / 12), m % 12, 1);
  return { month, from: start(month), to: start(month + 1) - 1 };
}

export const monthText = (month: number): string => isoOfMs(monthPeriod(month).from).slice(0, 7);

function compared<T extends Measured>(
  measure: Measure<T> | null,
  before: Period,
  after: Period,
  months: readonly (Period & { readonly month: number })[],
): Indicator | null {
  const a = measure?.in(before) ?? null;
  const b = measure?.in(after) ?? null;
  if (measure === null || a === null || b === null) return null;
  return {
    name: measure.name,
    unit: measure.unit,
    better: measure.better,
    before: a.value,
    after: b.value,
    change: b.value / a.value - 1,
    rows: [a.rows, b.rows],
    p: measure.p(a, b),
    test: measure.test,
    significant: false,
    months: months.flatMap((period) => {
      const found = measure.in(period);
      return found === null ? [] : [{ month: period.month, value: found.value }];
    }),
  };
}

const within = (ms: number, { from, to }: Period): boolean => ms >= from && ms <= to;

interface Mean extends Measured {
  readonly moments: Moments;
}

const meanOf = (values: readonly number[], value?: number): Mean | null => {
  if (values.length === 0) return null;
  const moments = momentsOf(values);
  return { moments, value: value ?? moments.mean, rows: values.length };
};

const welchP = (a: Mean, b: Mean): number | null => welch(a.moments, b.moments, null)?.p ?? null;

function responseOf({ tickets }: Roles): Measure<Mean> | null {
  const { start, answered } = tickets?.columns ?? {};
  if (start === undefined || answered === undefined) return null;
  const [began, ended] = [datesOf(start), datesOf(answered)];
  return {
    name: 'response',
    unit: 'hours',
    better: 'less',
    test: 'welch',
    in(period) {
      const hours: number[] = [];
      began.forEach((ms, row) => {
        const h = ((ended[row] ?? Number.NaN) - ms) / 3_600_000;
        if (within(ms, period) && h >= 0) hours.push(h);
      });
      return meanOf(hours);
    },
    p: welchP,
  };
}

interface Part extends Measured {
  readonly yes: number;
}

function resolutionOf({ complaints }: Roles): Measure<Part> | null {
  const { start, resolved } = complaints?.columns ?? {};
  if (start === undefined || resolved === undefined) return null;
  const [dates, flags] = [datesOf(start), logicalsOf(resolved)];
  return {
    name: 'resolution',
    unit: 'part',
    better: 'more',
    test: 'proportions',
    in(period) {
      let yes = 0;
      let rows = 0;
      dates.forEach((ms, row) => {
        if (!within(ms, period)) return;
        rows++;
        if (flags[row] === true) yes++;
      });
      return rows === 0 ? null : { value: yes / rows, rows, yes };
    },
    p: (a, b) => twoProportions({ yes: a.yes, of: a.rows }, { yes: b.yes, of: b.rows }),
  };
}

interface Rate extends Measured {
  readonly exposure: number;
}

function soldIn({ table, columns }: Role): ((period: Period) => number) | null {
  const { day, quantity } = columns;
  if (day === undefined || quantity === undefined) return null;
  const [dates, numbers] = [datesOf(day), numbersOf(quantity)];
  return (period) => {
    let sum = 0;
    for (let row = 0; row < table.rows; row++)
      if (within(dates[row] ?? Number.NaN, period)) sum += numbers[row] || 0;
    return sum;
  };
}

function complaintsOf({ complaints, sales }: Roles): Measure<Rate> | null {
  const start = complaints?.columns.start;
  const sold = sales === undefined ? null : soldIn(sales);
  if (start === undefined || sold === null) return null;
  const dates = datesOf(start);
  return {
    name: 'complaints',
    unit: 'part',
    better: 'less',
    test: 'rates',
    in(period) {
      const exposure = sold(period);
      const rows = dates.reduce((sum, ms) => sum + (within(ms, period) ? 1 : 0), 0);
      return exposure <= 0 || rows === 0 ? null : { value: rows / exposure, rows, exposure };
    },
    // counts of rare events: the variance of a rate is the rate over what it is a rate of
    p: (a, b) => normalTail((a.value - b.value) / Math.sqrt(a.value / a.exposure + b.value / b.exposure)),
  };
}

/** The volume is a sum; whether it moved is asked of the sellers' own volumes, day for day. */
function businessOf({ sales }: Roles): Measure<Mean> | null {
  const { day, quantity, actor } = sales?.columns ?? {};
  if (day === undefined || quantity === undefined) return null;
  const [dates, numbers] = [datesOf(day), numbersOf(quantity)];
  const sellers = actor === undefined ? null : keysOf(actor);
  return {
    name: 'business',
    unit: 'count',
    better: 'more',
    test: 'welch',
    in(period) {
      const sums = new Map<string, number>();
      let sum = 0;
      dates.forEach((ms, row) => {
        const sold = numbers[row] ?? Number.NaN;
        if (!within(ms, period) || Number.isNaN(sold)) return;
        sum += sold;
        const seller = sellers?.[row] ?? `row ${row}`;
        sums.set(seller, (sums.get(seller) ?? 0) + sold);
      });
      const days = (period.to - period.from) / DAY;
      return meanOf(
        [...sums.values()].map((one) => one / days),
        sum,
      );
    },
    p: welchP,
  };
}

function satisfactionOf({ satisfaction }: Roles): Measure<Mean> | null {
  const { day, rating } = satisfaction?.columns ?? {};
  if (day === undefined || rating === undefined) return null;
  const [dates, numbers] = [datesOf(day), numbersOf(rating)];
  return {
    name: 'satisfaction',
    unit: 'points',
    better: 'more',
    test: 'welch',
    in: (period) =>
      meanOf(
        Array.from(numbers).filter((x, row) => within(dates[row] ?? Number.NaN, period) && !Number.isNaN(x)),
      ),
    p: welchP,
  };
}

/** People of one poll answer alike: a poll is one observation, the indicator is over all who were asked. */
function cooperationOf({ cooperation }: Roles): Measure<Mean> | null {
  const { day, asked, content } = cooperation?.columns ?? {};
  if (day === undefined || asked === undefined || content === undefined) return null;
  const [dates, of, yes] = [datesOf(day), numbersOf(asked), numbersOf(content)];
  return {
    name: 'cooperation',
    unit: 'part',
    better: 'more',
    test: 'welch',
    in(period) {
      const parts: number[] = [];
      let sum = 0;
      let all = 0;
      dates.forEach((ms, row) => {
        const [n, k] = [of[row] ?? 0, yes[row] ?? Number.NaN];
        if (!within(ms, period) || !(n > 0) || Number.isNaN(k)) return;
        parts.push(k / n);
        sum += k;
        all += n;
      });
      return meanOf(parts, sum / all);
    },
    p: welchP,
  };
}

interface Taken extends Measured {
  readonly by: number;
}

/** The same customers twice: those who took it in between stand against those who gave it up, of whom none is known. */
function penetrationOf({ customers }: Roles): Measure<Taken> | null {
  const { joined, taken } = customers?.columns ?? {};
  if (taken === undefined) return null;
  const dates = datesOf(taken);
  const since = joined === undefined ? null : datesOf(joined);
  return {
    name: 'penetration',
    unit: 'part',
    better: 'more',
    test: 'sign',
    in({ to }) {
      let by = 0;
      let rows = 0;
      dates.forEach((ms, row) => {
        if (since !== null && !((since[row] ?? Number.NaN) <= to)) return;
        rows++;
        if (ms <= to) by++;
      });
      return rows === 0 ? null : { value: by / rows, rows, by };
    },
    p: (a, b) => Math.min(1, 2 * 0.5 ** Math.abs(b.by - a.by)),
  };
}
