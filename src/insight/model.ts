import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { DAY } from '../exact/date.ts';
import type { Day, HolidayKind } from './calendar.ts';

/**
 * Counts a day as a product: level × trend × weekday × season × holiday. Its logarithm is a sum, fitted by least squares
 * in which every effect is drawn to 0 as strongly as its usual size says (a ridge), so that a holiday seen once is half
 * believed. Nothing is drawn at random: the same data give the same forecast.
 */
export interface Model {
  /** Logarithm of the expected count on a day of so many days after the last one fitted. */
  predict(day: Day, damping: number): number;
  /** Standard deviation of the logarithm around the fit. */
  readonly deviation: number;
  /** That of what comes so many days ahead: chance, and a trend that may bend again. */
  spread(ahead: number): number;
  readonly effects: Effects;
}

/** Effects as factors, an ordinary average day = 1. */
export interface Effects {
  /** Monday first. */
  readonly weekdays: readonly number[];
  readonly holidays: readonly { readonly kind: HolidayKind; readonly factor: number }[];
  /** Largest and smallest factor of the season, null where less than a year is known. */
  readonly season: { readonly high: number; readonly low: number } | null;
  /** What the level changes by in 28 days at the end, as a factor. */
  readonly trend: number;
}

const HOLIDAYS: readonly HolidayKind[] = [
  'new-year',
  'spring-festival',
  'qingming',
  'labour-day',
  'dragon-boat',
  'mid-autumn',
  'national-day',
  'other',
];

const YEAR = 365.2425;
/** Days between the bends of the trend. */
const BEND = 28;
/** A year and a quarter: less shows no season apart from the trend. */
const SEASON_FROM = 456;

/** Usual sizes of effects, in logarithms: what most of them are below. */
const SIZE = {
  level: 10,
  weekday: 0.4,
  holiday: 0.4,
  kind: 0.3,
  near: 0.1,
  season: 0.2,
  slope: 0.5,
  bend: 0.5,
} as const;

interface Feature {
  readonly size: number;
  value(day: Day): number;
}

function features(days: readonly Day[]): {
  readonly all: readonly Feature[];
  readonly bends: readonly number[];
} {
  const first = days[0]?.ms ?? 0;
  const last = days.at(-1)?.ms ?? 0;
  const known = (last - first) / DAY + 1;
  const years = (ms: number): number => (ms - first) / DAY / YEAR;
  const all: Feature[] = [{ size: SIZE.level, value: () => 1 }];
  // weekdays against their mean, so that no one day is the measure
  for (let w = 0; w < 7; w++)
    all.push({ size: SIZE.weekday, value: ({ weekday }) => (weekday === w ? 1 : 0) });
  all.push({ size: SIZE.holiday, value: ({ holiday }) => (holiday === null ? 0 : 1) });
  // a holiday on a working weekday is further from its usual day than one on a Sunday
  all.push({
    size: SIZE.holiday,
    value: ({ holiday, weekday }) => (holiday !== null && weekday < 5 ? 1 : 0),
  });
  for (const kind of HOLIDAYS)
    all.push({ size: SIZE.kind, value: ({ holiday }) => (holiday === kind ? 1 : 0) });
  all.push({ size: SIZE.holiday, value: ({ makeUp }) => (makeUp ? 1 : 0) });
  for (const distance of [-2, -1, 1, 2])
    all.push({ size: SIZE.near, value: ({ near }) => (near === distance ? 1 : 0) });
  const waves = known >= 2 * YEAR ? 3 : known >= SEASON_FROM ? 2 : 0;
  for (let k = 1; k <= waves; k++)
    for (const wave of [Math.sin, Math.cos])
      all.push({ size: SIZE.season / k, value: ({ ms }) => wave((2 * Math.PI * k * ms) / DAY / YEAR) });
  all.push({ size: SIZE.slope, value: ({ ms }) => years(ms) });
  // The last bend is two weeks before the end: a slope is not read off a few days.
  const bends: number[] = [];
  for (let at = last - (BEND / 2) * DAY; at > first + BEND * DAY; at -= BEND * DAY) bends.push(at);
  for (const at of bends)
    all.push({ size: SIZE.bend, value: ({ ms }) => Math.max(0, years(ms) - years(at)) });
  return { all, bends };
}

/** Fits the model to days that follow one another; a day whose count is NaN is left out. */
export function fitModel(days: readonly Day[], counts: readonly number[]): Model {
  const { all, bends } = features(days);
  const used = days.flatMap((day, i) => {
    const count = counts[i] ?? Number.NaN;
    return Number.isNaN(count) ? [] : [{ row: all.map(({ value }) => value(day)), y: Math.log(count + 0.5) }];
  });
  const x = new Matrix(used.map(({ row }) => row));
  const y = Matrix.columnVector(used.map(({ y: one }) => one));
  const xt = x.transpose();
  const squares = xt.mmul(x);
  const products = xt.mmul(y);
  let variance = 0.02;
  let beta: readonly number[] = [];
  // the variance says how strongly the sizes count, and is known after a first fit
  for (let round = 0; round < 3; round++) {
    const ridge = squares.clone();
    all.forEach(({ size }, j) => {
      ridge.set(j, j, ridge.get(j, j) + variance / size ** 2);
    });
    beta = new CholeskyDecomposition(ridge).solve(products).to1DArray();
    const fit = x.mmul(Matrix.columnVector([...beta])).to1DArray();
    const residual = used.reduce((sum, { y: one }, i) => sum + (one - (fit[i] ?? 0)) ** 2, 0);
    variance = Math.max(1e-6, residual / Math.max(1, used.length - Math.min(all.length, used.length / 2)));
  }
  const last = days.at(-1)?.ms ?? 0;
  const trendFrom = all.length - bends.length - 1;
  // slope at the end, a day
  const slope = beta.slice(trendFrom).reduce((sum, b) => sum + b, 0) / YEAR;
  const value = (day: Day, to: number): number =>
    all.reduce(
      (sum, feature, j) => sum + (beta[j] ?? 0) * feature.value(j >= trendFrom ? { ...day, ms: to } : day),
      0,
    );
  return {
    predict(day, damping) {
      const ahead = (day.ms - last) / DAY;
      if (ahead <= 0) return value(day, day.ms);
      // the trend at the end goes on, each day a part `damping` of the day before
      const steps = damping >= 1 ? ahead : (damping * (1 - damping ** ahead)) / (1 - damping);
      return value(day, last) + slope * steps;
    },
    deviation: Math.sqrt(variance),
    // the slope at the end is known to about one bend, and bends once more
    spread: (ahead) => Math.hypot(Math.sqrt(variance), (Math.SQRT2 * SIZE.bend * ahead) / YEAR),
    effects: effectsOf(beta, all, days, trendFrom, slope),
  };
}

function effectsOf(
  beta: readonly number[],
  all: readonly Feature[],
  days: readonly Day[],
  trendFrom: number,
  slope: number,
): Effects {
  const week = beta.slice(1, 8);
  const mean = week.reduce((sum, b) => sum + b, 0) / 7;
  const [common = 0, onWorkday = 0] = beta.slice(8, 10);
  const seen = new Set(days.flatMap(({ holiday }) => holiday ?? []));
  const holidays = HOLIDAYS.flatMap((kind, i) => {
    if (!seen.has(kind)) return [];
    const own = days.filter(({ holiday }) => holiday === kind);
    const working = own.filter(({ weekday }) => weekday < 5).length / own.length;
    return [{ kind, factor: Math.exp(common + working * onWorkday + (beta[10 + i] ?? 0)) }];
  });
  const seasonFrom = 10 + HOLIDAYS.length + 5;
  const wave = (day: Day): number => {
    let sum = 0;
    for (let j = seasonFrom; j < trendFrom; j++) sum += (beta[j] ?? 0) * (all[j]?.value(day) ?? 0);
    return sum;
  };
  const waves = trendFrom > seasonFrom ? days.slice(-365).map(wave) : null;
  return {
    weekdays: week.map((b) => Math.exp(b - mean)),
    holidays,
    season: waves === null ? null : { high: Math.exp(Math.max(...waves)), low: Math.exp(Math.min(...waves)) },
    trend: Math.exp(28 * slope),
  };
}
