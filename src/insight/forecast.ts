import { DAY, dayOfMs } from '../exact/date.ts';
import { type Backtest, backtest, expected, HORIZON, intervalOf, type Series } from './backtest.ts';
import { type Day, daysFrom, HOLIDAYS_KNOWN_TO, type HolidayKind } from './calendar.ts';
import { datesOf, numbersOf } from './columns.ts';
import { type HolidayPeak, holidayPeaks } from './holidays.ts';
import { type Effects, fitModel } from './model.ts';
import type { Roles } from './roles.ts';
import { countedSeries, keptSeries } from './series.ts';

export type SeriesName = 'complaints' | 'tickets';

export interface Forecast {
  readonly name: SeriesName;
  readonly table: string;
  /** Days of the data. */
  readonly from: number;
  readonly to: number;
  readonly days: number;
  readonly ahead: readonly ForecastDay[];
  /** The weeks before, for the picture. */
  readonly recent: readonly { readonly ms: number; readonly count: number }[];
  readonly backtest: Backtest;
  readonly effects: Effects;
  /** Whether the days ahead reach into a year whose days off have not been announced. */
  readonly holidaysUnknown: boolean;
}

export interface ForecastDay {
  readonly ms: number;
  readonly expected: number;
  /** Four days of five lie between these. */
  readonly low: number;
  readonly high: number;
  readonly holiday: HolidayKind | null;
  readonly makeUp: boolean;
}

export interface Forecasts {
  readonly forecasts: readonly Forecast[];
  /** In the longest series of complaints. */
  readonly peaks: readonly HolidayPeak[];
  /** Series that are too short, by their days. */
  readonly short: readonly { readonly name: SeriesName; readonly days: number }[];
}

const RECENT = 56;

/** Complaints and tickets a day for the next eight weeks; `until`: what comes later is not known yet. */
export function forecastsOf(roles: Roles, until: number): Forecasts {
  const all = [complaintSeries(roles, until), ticketSeries(roles, until)].filter((one) => one !== null);
  const forecasts: Forecast[] = [];
  const short: { name: SeriesName; days: number }[] = [];
  for (const { name, table, series } of all) {
    const found = forecastOf(name, table, series);
    if (found === null) short.push({ name, days: series.days.length });
    else forecasts.push(found);
  }
  const complaints = all.find(({ name }) => name === 'complaints');
  return { forecasts, short, peaks: complaints === undefined ? [] : holidayPeaks(complaints.series) };
}

interface Named {
  readonly name: SeriesName;
  readonly table: string;
  readonly series: Series;
}

function known(dates: Float64Array, until: number): Float64Array {
  return dates.map((ms) => (ms < until + DAY ? ms : Number.NaN));
}

/** The table of counts a day goes before the complaints themselves: it mostly reaches further back. */
function complaintSeries({ daily, complaints }: Roles, until: number): Named | null {
  const { day, count } = daily?.columns ?? {};
  if (daily !== undefined && day !== undefined && count !== undefined) {
    const series = keptSeries(known(datesOf(day), until), numbersOf(count));
    if (series !== null) return { name: 'complaints', table: daily.table.name, series };
  }
  const start = complaints?.columns.start;
  const series = start === undefined ? null : countedSeries(known(datesOf(start), until));
  return series === null ? null : { name: 'complaints', table: complaints?.table.name ?? '', series };
}

function ticketSeries({ tickets }: Roles, until: number): Named | null {
  const start = tickets?.columns.start;
  const series = start === undefined ? null : countedSeries(known(datesOf(start), until));
  return series === null ? null : { name: 'tickets', table: tickets?.table.name ?? '', series };
}

/** The forecast of a series and how it did before; null where it is too short to be tried. */
export function forecastOf(name: SeriesName, table: string, series: Series): Forecast | null {
  const tried = backtest(series);
  const last = series.days.at(-1);
  const first = series.days[0];
  if (tried === null || last === undefined || first === undefined) return null;
  const model = fitModel(series.days, series.counts);
  const ahead = daysFrom(last.ms + DAY, last.ms + HORIZON * DAY).map((day: Day, i): ForecastDay => {
    const log = model.predict(day, tried.damping);
    const { low, high } = intervalOf(model, tried.residuals, i + 1);
    return {
      ms: day.ms,
      expected: expected(log),
      low: expected(log + low),
      high: expected(log + high),
      holiday: day.holiday,
      makeUp: day.makeUp,
    };
  });
  return {
    name,
    table,
    from: first.ms,
    to: last.ms,
    days: series.days.length,
    ahead,
    recent: series.days
      .slice(-RECENT)
      .map(({ ms }, i) => ({ ms, count: series.counts.slice(-RECENT)[i] ?? Number.NaN })),
    backtest: tried,
    effects: model.effects,
    holidaysUnknown: ahead.some(({ ms }) => dayOfMs(ms).year > HOLIDAYS_KNOWN_TO),
  };
}
