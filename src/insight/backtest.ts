import type { Day } from './calendar.ts';
import { fitModel, type Model } from './model.ts';
import { normalQuantile } from './statistics.ts';

/** A series without gaps: one count a day. */
export interface Series {
  readonly days: readonly Day[];
  readonly counts: readonly number[];
}

/** Errors of one way to forecast. */
export interface Errors {
  /** Mean absolute error, in counts a day. */
  readonly mae: number;
  /** Symmetric mean absolute percentage error, 0 to 2. */
  readonly smape: number;
  /** MAE over the mean absolute weekly difference within the days fitted: below 1 is better than last week's day. */
  readonly mase: number;
}

export interface Scores {
  readonly model: Errors;
  /** The last day's count goes on. */
  readonly naive: Errors;
  /** The last week goes on. */
  readonly seasonal: Errors;
  /** Part of the days within the interval. */
  readonly coverage: number;
  /** Days forecast. */
  readonly days: number;
  /** How many times it was forecast from. */
  readonly origins: number;
}

export interface Backtest {
  /** Rolling origins before the hold-out, null where the series is too short for one. */
  readonly rolling: Scores | null;
  /** The last days of all, forecast once from the day before them with what the rolling origins chose. */
  readonly holdOut: Scores & { readonly first: number; readonly points: readonly HoldOutPoint[] };
  /** How much of a day's trend is left the next day. */
  readonly damping: number;
  /** Errors of the logarithm by days ahead, of the rolling origins and the hold-out: intervals are made of them. */
  readonly residuals: readonly Residual[];
}

export interface HoldOutPoint {
  readonly ms: number;
  readonly actual: number;
  readonly model: number;
  readonly seasonal: number;
}

export interface Residual {
  readonly ahead: number;
  /** Log of what came less log of what was expected. */
  readonly error: number;
}

export const HORIZON = 56;
/** Days between origins. */
const STEP = 14;
/** The least that is fitted before anything is forecast. */
export const LEAST = 84;
/** A year of origins: one of each holiday. */
const MOST_ORIGINS = 26;
const DAMPINGS: readonly number[] = [0, 0.95, 0.98, 0.99];

const part = ({ days, counts }: Series, to: number): Series => ({
  days: days.slice(0, to),
  counts: counts.slice(0, to),
});

interface Forecast {
  readonly origin: number;
  readonly model: Model;
}

/** Forecasts the past from what was known then. Null where the series is too short for a hold-out. */
export function backtest(series: Series): Backtest | null {
  const n = series.days.length;
  const horizon = Math.min(HORIZON, n - LEAST);
  if (horizon < 14) return null;
  const held = n - horizon;
  const origins: number[] = [];
  for (let at = held - 14; at >= LEAST && origins.length < MOST_ORIGINS; at -= STEP) origins.push(at);
  const past = origins.map((origin): Forecast => ({ origin, model: fitted(series, origin) }));
  const damping = bestDamping(series, past, held);
  const before = residualsOf(series, past, held, damping);
  const last: Forecast = { origin: held, model: fitted(series, held) };
  const scores = scoresOf(series, [last], n, damping, before);
  return {
    rolling: past.length === 0 ? null : scoresOf(series, past, held, damping, []),
    holdOut: { ...scores, first: series.days[held]?.ms ?? 0, points: pointsOf(series, last, n, damping) },
    damping,
    residuals: [...before, ...residualsOf(series, [last], n, damping)],
  };
}

function fitted(series: Series, origin: number): Model {
  const { days, counts } = part(series, origin);
  return fitModel(days, counts);
}

/** Only days before `end` are looked at: the hold-out stays unseen. */
function bestDamping(series: Series, forecasts: readonly Forecast[], end: number): number {
  let best = { damping: DAMPINGS[1] ?? 0, error: Number.POSITIVE_INFINITY };
  for (const damping of DAMPINGS) {
    const residuals = residualsOf(series, forecasts, end, damping);
    if (residuals.length === 0) continue;
    const error = residuals.reduce((sum, { error: one }) => sum + Math.abs(one), 0) / residuals.length;
    if (error < best.error) best = { damping, error };
  }
  return best.damping;
}

function* ahead({ days, counts }: Series, { origin }: Forecast, end: number) {
  for (let i = origin; i < Math.min(end, origin + HORIZON); i++) {
    const day = days[i];
    const count = counts[i] ?? Number.NaN;
    if (day !== undefined && !Number.isNaN(count)) yield { i, day, count, ahead: i - origin + 1 };
  }
}

function residualsOf(
  series: Series,
  forecasts: readonly Forecast[],
  end: number,
  damping: number,
): readonly Residual[] {
  return forecasts.flatMap((forecast) =>
    [...ahead(series, forecast, end)].map(({ day, count, ahead: distance }) => ({
      ahead: distance,
      error: Math.log(count + 0.5) - forecast.model.predict(day, damping),
    })),
  );
}

function scoresOf(
  series: Series,
  forecasts: readonly Forecast[],
  end: number,
  damping: number,
  residuals: readonly Residual[],
): Scores {
  const sums = { model: sum(), naive: sum(), seasonal: sum() };
  let within = 0;
  let days = 0;
  for (const forecast of forecasts) {
    const { origin } = forecast;
    const scale = weeklyDifference(part(series, origin).counts);
    for (const { i, day, count, ahead: distance } of ahead(series, forecast, end)) {
      const log = forecast.model.predict(day, damping);
      sums.model.add(count, expected(log), scale);
      sums.naive.add(count, lastKnown(series.counts, origin - 1), scale);
      sums.seasonal.add(count, lastKnown(series.counts, i - 7 * Math.ceil(distance / 7)), scale);
      const band = intervalOf(forecast.model, residuals, distance);
      const error = Math.log(count + 0.5) - log;
      if (error >= band.low && error <= band.high) within++;
      days++;
    }
  }
  return {
    model: sums.model.errors(),
    naive: sums.naive.errors(),
    seasonal: sums.seasonal.errors(),
    coverage: within / days,
    days,
    origins: forecasts.length,
  };
}

export const expected = (log: number): number => Math.max(0, Math.exp(log) - 0.5);

function pointsOf(series: Series, forecast: Forecast, end: number, damping: number): readonly HoldOutPoint[] {
  return [...ahead(series, forecast, end)].map(({ i, day, count, ahead: distance }) => ({
    ms: day.ms,
    actual: count,
    model: expected(forecast.model.predict(day, damping)),
    seasonal: lastKnown(series.counts, i - 7 * Math.ceil(distance / 7)),
  }));
}

/** The count at an index, or the last one a whole number of weeks before it that is known. */
function lastKnown(counts: readonly number[], at: number): number {
  for (let i = at; i >= 0; i -= 7) if (!Number.isNaN(counts[i] ?? Number.NaN)) return counts[i] ?? 0;
  return 0;
}

function weeklyDifference(counts: readonly number[]): number {
  let total = 0;
  let n = 0;
  for (let i = 7; i < counts.length; i++) {
    const difference = Math.abs((counts[i] ?? Number.NaN) - (counts[i - 7] ?? Number.NaN));
    if (Number.isNaN(difference)) continue;
    total += difference;
    n++;
  }
  return n === 0 ? Number.NaN : total / n;
}

function sum() {
  const all = { absolute: 0, relative: 0, scaled: 0, n: 0 };
  return {
    add(actual: number, forecast: number, scale: number): void {
      const error = Math.abs(actual - forecast);
      all.absolute += error;
      all.relative += actual + forecast === 0 ? 0 : (2 * error) / (Math.abs(actual) + Math.abs(forecast));
      all.scaled += error / scale;
      all.n++;
    },
    errors: (): Errors => ({
      mae: all.absolute / all.n,
      smape: all.relative / all.n,
      mase: all.scaled / all.n,
    }),
  };
}

/** Four days of five lie between these. */
const LEVEL = 0.8;
/** Fewer origins say little about errors: their days are the same days. */
const ENOUGH_ORIGINS = 8;

/**
 * Errors of the logarithm that bound the interval so many days ahead: what the model expects of itself, widened to the
 * errors that it made within ten days of that distance, where it was tried often enough.
 */
export function intervalOf(
  model: Model,
  residuals: readonly Residual[],
  distance: number,
): { readonly low: number; readonly high: number } {
  const own = normalQuantile((1 + LEVEL) / 2) * model.spread(distance);
  const near = residuals.filter(({ ahead: one }) => Math.abs(one - distance) <= 10).map(({ error }) => error);
  if (near.length < 21 * ENOUGH_ORIGINS) return { low: -own, high: own };
  const sorted = near.sort((a, b) => a - b);
  const at = (p: number): number => sorted[Math.round(p * (sorted.length - 1))] ?? 0;
  return { low: Math.min(-own, at((1 - LEVEL) / 2)), high: Math.max(own, at((1 + LEVEL) / 2)) };
}
