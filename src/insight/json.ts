import type { Forecast } from './forecast.ts';
import { dateText, monthText } from './format.ts';
import type { Insight } from './insight.ts';
import type { Period } from './waits.ts';

const period = ({ from, to }: Period) => ({ from: dateText(from), to: dateText(to) });
/** Six digits that count: statistics have no more. */
const round = (x: number): number => (Number.isFinite(x) ? Number(x.toPrecision(6)) : x);

/** The report as JSON: dates as ISO texts, amounts of money as exact decimals in texts, statistics as numbers. */
export function insightJson(insight: Insight): Readonly<Record<string, unknown>> {
  const { asOf, reform, bottlenecks, forecasts, staffing, pay, unmet, missing } = insight;
  return rounded({
    asOf: dateText(asOf),
    period: period(insight.period),
    ...(missing.length === 0 ? {} : { missing }),
    reform:
      reform === null
        ? null
        : {
            before: period(reform.before),
            after: period(reform.after),
            indicators: reform.indicators.map(({ months, ...one }) => ({ ...one, months: byMonth(months) })),
          },
    bottlenecks:
      bottlenecks === null
        ? null
        : {
            ...bottlenecks,
            found: bottlenecks.found.map(({ trend, ...one }) => ({
              ...one,
              trend: { direction: trend.direction, months: byMonth(trend.months) },
            })),
          },
    forecasts: forecasts.forecasts.map(forecastJson),
    tooShort: forecasts.short,
    holidayPeaks: forecasts.peaks,
    staffing:
      staffing === null
        ? null
        : {
            ...staffing,
            weeks: staffing.weeks.map((week) => ({
              ...week,
              ms: undefined,
              from: dateText(week.ms),
              peakDay: dateText(week.peakDay),
            })),
          },
    // who earns what stands in the book itself
    pay: pay === null ? null : { ...pay, points: undefined },
    unmet,
  });
}

function byMonth<T extends { readonly month: number }>(months: readonly T[]) {
  return months.map(({ month, ...rest }) => ({ month: monthText(month), ...rest }));
}

function forecastJson({ name, table, from, to, ahead, backtest, effects, holidaysUnknown }: Forecast) {
  const { holdOut, rolling, damping } = backtest;
  return {
    series: name,
    table,
    data: { from: dateText(from), to: dateText(to) },
    ahead: ahead.map(({ ms, ...day }) => ({ day: dateText(ms), ...day })),
    backtest: {
      holdOut: {
        ...holdOut,
        first: dateText(holdOut.first),
        points: holdOut.points.map(({ ms, ...point }) => ({ day: dateText(ms), ...point })),
      },
      rolling,
      damping,
    },
    effects,
    holidaysUnknown,
  };
}

function rounded(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) =>
      typeof one === 'number' && !Number.isInteger(one) ? round(one) : one,
    ),
  );
}
