import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { backtest, type Series } from '../../src/insight/backtest.ts';
import { daysFrom } from '../../src/insight/calendar.ts';
import { datesOf, numbersOf } from '../../src/insight/columns.ts';
import { type Forecast, forecastOf } from '../../src/insight/forecast.ts';
import { holidayPeaks } from '../../src/insight/holidays.ts';
import { rolesOf } from '../../src/insight/roles.ts';
import { countedSeries, keptSeries } from '../../src/insight/series.ts';
import { openBook } from '../../src/workbook/open.ts';
import type { Workbook } from '../../src/workbook/port.ts';
import { ROOT } from '../support/builds.ts';
import { seattle } from './support.ts';

const DAY = 86_400_000;
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

/** Counts that follow a formula over the real calendar, without chance. */
function made(from: string, days: number, count: (day: Series['days'][number], i: number) => number): Series {
  const all = daysFrom(day(from), day(from) + (days - 1) * DAY);
  return { days: all, counts: all.map((one, i) => Math.round(count(one, i))) };
}

const WEEK = [120, 110, 100, 100, 105, 60, 50];

describe('a series that repeats', () => {
  test('a plain week is forecast to the count', () => {
    const found = forecastOf(
      'tickets',
      'T',
      made('2024-05-06', 200, ({ weekday }) => 10 * (WEEK[weekday] ?? 0)),
    );
    for (const { ms, expected, low, high } of found?.ahead ?? []) {
      const [one] = daysFrom(ms, ms);
      expect(expected / (10 * (WEEK[one?.weekday ?? 0] ?? 1))).toBeCloseTo(1, 1);
      expect(low).toBeLessThanOrEqual(expected);
      expect(high).toBeGreaterThanOrEqual(expected);
    }
    expect(found?.ahead).toHaveLength(56);
    expect(found?.ahead[0]?.ms).toBe(day('2024-05-06') + 200 * DAY);
  });

  test('a holiday that doubled twice before is expected to double', () => {
    const series = made(
      '2023-01-01',
      3 * 365,
      ({ weekday, holiday }) => (holiday === 'spring-festival' ? 20 : 10) * (WEEK[weekday] ?? 0),
    );
    const found = forecastOf('complaints', 'D', series);
    const festival = (found?.ahead ?? []).filter(({ holiday }) => holiday === 'spring-festival');
    expect(festival).toHaveLength(9);
    for (const { ms, expected } of festival) {
      const [one] = daysFrom(ms, ms);
      const twice = 20 * (WEEK[one?.weekday ?? 0] ?? 0);
      expect(expected / twice).toBeGreaterThan(0.85);
      expect(expected / twice).toBeLessThan(1.15);
    }
    expect(holidayPeaks(series).map(({ kind }) => kind)).toEqual(['spring-festival']);
  });

  test('a steady growth goes on', () => {
    const found = forecastOf(
      'tickets',
      'T',
      made('2024-05-06', 300, (_, i) => 500 * 1.003 ** i),
    );
    const then = 500 * 1.003 ** (300 + 27);
    expect((found?.ahead[27]?.expected ?? 0) / then).toBeGreaterThan(0.93);
    expect((found?.ahead[27]?.expected ?? 0) / then).toBeLessThan(1.05);
  });
});

test('too short a series is not forecast', () => {
  expect(
    forecastOf(
      'tickets',
      'T',
      made('2024-05-06', 97, () => 100),
    ),
  ).toBeNull();
  expect(
    forecastOf(
      'tickets',
      'T',
      made('2024-05-06', 98, () => 100),
    ),
  ).not.toBeNull();
});

test('days without an event count as 0, days without a row are unknown', () => {
  const events = Float64Array.from([
    day('2026-03-01') + 5,
    day('2026-03-03'),
    Number.NaN,
    day('2026-03-03') + 9,
  ]);
  expect(countedSeries(events)?.counts).toEqual([1, 0, 2]);
  const kept = keptSeries(
    Float64Array.from([day('2026-03-01'), day('2026-03-03')]),
    Float64Array.from([7, 9]),
  );
  expect(kept?.counts).toEqual([7, Number.NaN, 9]);
  expect(countedSeries(new Float64Array())).toBeNull();
});

describe('the backtest', () => {
  let complaints: Series | null = null;
  let forecast: Forecast | null = null;
  beforeAll(async () => {
    const book = await openBook(path.join(ROOT, 'samples/broadcast.xlsx'));
    const tables: Workbook = await book.read(['DailyComplaints']);
    const columns = rolesOf(tables).daily?.columns;
    if (columns?.day === undefined || columns.count === undefined) throw new Error('no daily complaints');
    complaints = keptSeries(datesOf(columns.day), numbersOf(columns.count));
    if (complaints !== null) forecast = forecastOf('complaints', 'DailyComplaints', complaints);
  });

  test('scores the naive ways as anybody would', () => {
    const counts = complaints?.counts ?? [];
    const held = counts.slice(-56);
    const before = counts.slice(0, -56);
    const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;
    const week = before.slice(-7);
    const seasonal = mean(held.map((x, i) => Math.abs(x - (week[i % 7] ?? 0))));
    const naive = mean(held.map((x) => Math.abs(x - (before.at(-1) ?? 0))));
    const scale = mean(before.slice(7).map((x, i) => Math.abs(x - (before[i] ?? 0))));
    const smape = mean(held.map((x, i) => (2 * Math.abs(x - (week[i % 7] ?? 0))) / (x + (week[i % 7] ?? 0))));
    const scores = forecast?.backtest.holdOut;
    expect(scores?.days).toBe(56);
    expect(scores?.seasonal.mae).toBeCloseTo(seasonal, 9);
    expect(scores?.naive.mae).toBeCloseTo(naive, 9);
    expect(scores?.seasonal.mase).toBeCloseTo(seasonal / scale, 9);
    expect(scores?.seasonal.smape).toBeCloseTo(smape, 9);
  });

  test('the forecast beats both on the hold-out and on the rolling origins', () => {
    for (const scores of [forecast?.backtest.holdOut, forecast?.backtest.rolling]) {
      expect(scores?.model.mase).toBeLessThan(0.8 * (scores?.seasonal.mase ?? 0));
      expect(scores?.model.mase).toBeLessThan(0.8 * (scores?.naive.mase ?? 0));
      expect(scores?.coverage).toBeGreaterThan(0.6);
    }
  });

  test('knows nothing of what comes after the origin', () => {
    if (complaints === null) throw new Error('no series');
    // the last eight weeks are others: forecasts of them made before them are the same
    const held = complaints.counts.length - 56;
    const counts = complaints.counts.map((x, i) => (i < held ? x : 3 * x + 1));
    const other = backtest({ days: complaints.days, counts });
    const was = forecast?.backtest.holdOut.points.map(({ model }) => model);
    expect(other?.holdOut.points.map(({ model }) => model)).toEqual(was);
    expect(other?.damping).toBe(forecast?.backtest.damping);
  });

  test('on a public series the figures are those that the README shows', () => {
    const found = backtest(seattle());
    const readme = readFileSync(path.join(ROOT, 'src/insight/README.md'), 'utf8');
    for (const [when, scores] of [
      ['hold-out', found?.holdOut],
      ['rolling', found?.rolling],
    ] as const)
      for (const way of ['model', 'seasonal', 'naive'] as const) {
        const { mae = 0, smape = 0, mase = 0 } = scores?.[way] ?? {};
        const row = `| Seattle, ${when} | ${way} | ${mae.toFixed(1)} | ${(100 * smape).toFixed(1)}% | ${mase.toFixed(2)} |`;
        console.info(row);
        expect(readme).toContain(row);
      }
  });
});
