import type { Language } from '../problems/messages/index.ts';
import type { OutputCell, OutputChart, OutputSheet } from '../workbook/port.ts';
import type { Bottleneck } from './bottlenecks.ts';
import { BLANK, column, DATE, date, number, ONE, PERCENT, TWO, text, WHOLE } from './cells.ts';
import { dateText, figure, monthText, percent } from './format.ts';
import type { Insight } from './insight.ts';
import { sectionsOf, worthText } from './lines.ts';
import { payPoints, paySheets } from './paySheets.ts';
import type { Reform } from './reform.ts';
import { type InsightWords, insightWords } from './words.ts';

/** The report as sheets of ours: one with the findings in words, then each part's figures with their charts. */
export function insightSheets(insight: Insight, language: Language): readonly OutputSheet[] {
  const w = insightWords(language);
  return [
    findingSheet(insight, w),
    ...bottleneckSheets(insight, w),
    ...(insight.reform === null || insight.reform.indicators.length === 0
      ? []
      : reformSheets(insight.reform, w)),
    ...forecastSheets(insight, w),
    ...(insight.pay === null ? [] : [...paySheets(insight.pay, w), ...payPoints(insight.pay, w)]),
  ];
}

function findingSheet(insight: Insight, w: InsightWords): OutputSheet {
  const rows = sectionsOf(insight, w).flatMap(({ heading, blocks }) =>
    blocks.flatMap((block): readonly (readonly OutputCell[])[] => {
      switch (block.kind) {
        case 'note':
          return [[text(heading), text(block.text)]];
        case 'finding':
          return [block.text, ...block.details].map((line) => [text(heading), text(line)]);
        case 'table':
          return [];
        default: {
          const never: never = block;
          return never;
        }
      }
    }),
  );
  return {
    name: 'Allot Insight',
    columns: [column(w.part, 22), column(w.finding, 120)],
    rows: [
      [
        text(w.title(dateText(insight.asOf))),
        text(w.period(dateText(insight.period.from), dateText(insight.period.to))),
      ],
      ...rows,
    ],
  };
}

function bottleneckSheets({ bottlenecks }: Insight, w: InsightWords): readonly OutputSheet[] {
  if (bottlenecks === null) return [];
  const { found, steps } = bottlenecks;
  const stepSheet: OutputSheet = {
    name: 'Allot Steps',
    columns: [
      column(w.step, 26),
      column(w.waits, 10, WHOLE),
      column(w.open, 10, WHOLE),
      column(w.hours, 12, WHOLE),
      column(w.shareOfDelay, 12, PERCENT),
      column(w.p50, 12, TWO),
      column(w.p90, 12, TWO),
    ],
    rows: steps.map(({ step, table, waits, open, hours, share, p50, p90 }) => [
      text(`${table} · ${w.steps[step]}`),
      number(waits, 0),
      number(open, 0),
      number(hours, 0),
      number(share, 4),
      number(p50),
      number(p90),
    ]),
    charts: [{ kind: 'lying-bars', title: w.charts.delay, x: 0, series: [{ column: 4 }], yFormat: '0%' }],
  };
  if (found.length === 0) return [stepSheet];
  return [bottleneckSheet(found, w), suggestionSheet(found, w), trendSheet(found, w), stepSheet];
}

function bottleneckSheet(found: readonly Bottleneck[], w: InsightWords): OutputSheet {
  return {
    name: 'Allot Bottlenecks',
    columns: [
      column(w.where, 38),
      column(w.step, 14),
      column(w.people, 8, WHOLE),
      column(w.waits, 8, WHOLE),
      column(w.times, 10, TWO),
      column(w.p50, 10, TWO),
      column(w.othersP50, 10, TWO),
      column(w.p90, 10, TWO),
      column(w.othersP90, 10, TWO),
      column(w.shareOfDelay, 10, PERCENT),
      column(w.excess, 12, WHOLE),
      column(w.excessShare, 12, PERCENT),
      column(w.trend, 10),
      column(w.complaints, 10, WHOLE),
      column(w.unresolved, 10, WHOLE),
    ],
    rows: found.map((one) => [
      text(w.unit(one)),
      text(w.steps[one.step]),
      number(one.people, 0),
      number(one.waits, 0),
      number(one.factor),
      number(one.p50),
      number(one.othersP50),
      number(one.p90),
      number(one.othersP90),
      number(one.share, 4),
      number(one.excess, 0),
      number(one.excessShare, 4),
      text(w.trends[one.trend.direction]),
      number(one.complaints?.all ?? null, 0),
      number(one.complaints?.unresolved ?? null, 0),
    ]),
    charts: [
      {
        kind: 'lying-bars',
        title: w.charts.median,
        x: 0,
        series: [{ column: 5 }, { column: 6, look: 'faint' }],
      },
    ],
  };
}

/** What follows from the numbers, and what it would be worth: one line each. */
function suggestionSheet(found: readonly Bottleneck[], w: InsightWords): OutputSheet {
  return {
    name: 'Allot Suggestions',
    columns: [column(w.where, 38), column(w.part, 14), column(w.suggestion, 110)],
    rows: found.flatMap((one) => [
      ...one.suggestions.map((suggestion) => [
        text(w.unit(one)),
        text(w.suggestion),
        text(w.suggested(suggestion, figure, percent)),
      ]),
      ...worthText(one, w).map((line) => [text(w.unit(one)), text(w.worth), text(line)]),
    ]),
  };
}

function trendSheet(found: readonly Bottleneck[], w: InsightWords): OutputSheet {
  const months = [...new Set(found.flatMap(({ trend }) => trend.months.map(({ month }) => month)))].sort(
    (a, b) => a - b,
  );
  return {
    name: 'Allot Bottleneck Trend',
    columns: [column(w.month, 12), ...found.map((one, i) => column(`${i + 1}. ${w.unit(one)}`, 16, TWO))],
    rows: months.map((month) => [
      text(monthText(month)),
      ...found.map(({ trend }) => number(trend.months.find((one) => one.month === month)?.factor ?? null)),
    ]),
    charts: [
      {
        kind: 'lines',
        title: w.charts.trend,
        x: 0,
        series: found.map((_, i) => ({ column: i + 1 })),
        yFormat: '0.0',
      },
    ],
  };
}

function reformSheets({ indicators }: Reform, w: InsightWords): readonly OutputSheet[] {
  const months = [...new Set(indicators.flatMap((one) => one.months.map(({ month }) => month)))].sort(
    (a, b) => a - b,
  );
  // indicators of different units share a picture as parts of their first month
  const courses = indicators.map(({ months: own }) => {
    const first = own[0]?.value ?? Number.NaN;
    return new Map(own.map(({ month, value }) => [month, value / first]));
  });
  return [
    {
      name: 'Allot Reform',
      columns: [
        column(w.indicator, 32),
        column(w.before, 12),
        column(w.after, 12),
        column(w.change, 10, '+0.0%;-0.0%;0.0%'),
        column(w.significance, 10, '0.0000'),
        column(w.significant, 14),
        column(w.test, 22),
      ],
      rows: indicators.map(({ name, before, after, change, p, significant, test }) => [
        text(w.indicators[name]),
        number(before, 4),
        number(after, 4),
        number(change, 4),
        number(p, 6),
        text(significant ? w.yes : w.no),
        text(w.tests[test]),
      ]),
      charts: [{ kind: 'lying-bars', title: w.charts.change, x: 0, series: [{ column: 3 }], yFormat: '0%' }],
    },
    {
      name: 'Allot Reform Months',
      columns: [
        column(w.month, 12),
        ...indicators.map(({ name }) => column(w.indicators[name], 14, PERCENT)),
      ],
      rows: months.map((month) => [
        text(monthText(month)),
        ...courses.map((course) => number(course.get(month) ?? null, 4)),
      ]),
      charts: [
        {
          kind: 'lines',
          title: w.charts.course,
          x: 0,
          series: indicators.map((_, i) => ({ column: i + 1 })),
          yTitle: w.charts.percent,
          yFormat: '0%',
        },
      ],
    },
  ];
}

function forecastSheets(
  { forecasts: { forecasts }, staffing }: Insight,
  w: InsightWords,
): readonly OutputSheet[] {
  const sheets: OutputSheet[] = forecasts.flatMap((one): readonly OutputSheet[] => {
    const name = one.name === 'complaints' ? 'Complaints' : 'Tickets';
    const series = w.series[one.name];
    const days: readonly (readonly OutputCell[])[] = [
      ...one.recent.map(({ ms, count }) => [date(ms), number(count, 0), BLANK, BLANK, BLANK, BLANK]),
      ...one.ahead.map(({ ms, expected, low, high, holiday, makeUp }) => [
        date(ms),
        BLANK,
        number(expected, 1),
        number(low, 1),
        number(high, 1),
        holiday !== null ? text(w.holidays[holiday]) : makeUp ? text(w.makeUp) : BLANK,
      ]),
    ];
    const lines: OutputChart['series'] = [
      { column: 1, look: 'faint' },
      { column: 2 },
      { column: 3, look: 'dashed' },
      { column: 4, look: 'dashed' },
    ];
    return [
      {
        name: `Allot Forecast ${name}`,
        columns: [
          column(w.day, 12, DATE),
          column(w.actual, 10, WHOLE),
          column(w.expected, 10, ONE),
          column(w.low, 12, ONE),
          column(w.high, 12, ONE),
          column(w.holiday, 20),
        ],
        rows: days,
        charts: [
          {
            kind: 'lines',
            title: w.charts.forecast(series),
            x: 0,
            series: lines,
            yTitle: w.charts.aDay,
            yFormat: '0',
          },
        ],
      },
      {
        name: `Allot Backtest ${name}`,
        columns: [
          column(w.day, 12, DATE),
          column(w.actual, 10, WHOLE),
          column(w.model, 14, ONE),
          column(w.seasonal, 16, ONE),
        ],
        rows: one.backtest.holdOut.points.map(({ ms, actual, model, seasonal }) => [
          date(ms),
          number(actual, 0),
          number(model, 1),
          number(seasonal, 1),
        ]),
        charts: [
          {
            kind: 'lines',
            title: w.charts.holdOut(series),
            x: 0,
            series: [{ column: 1, look: 'faint' }, { column: 2 }, { column: 3, look: 'dashed' }],
            yFormat: '0',
          },
        ],
      },
    ];
  });
  if (forecasts.length > 0) sheets.push(errorSheet({ forecasts }, w));
  if (staffing !== null)
    sheets.push({
      name: 'Allot Staffing',
      columns: [
        column(w.week, 12, DATE),
        column(w.mean, 12, ONE),
        column(w.heads, 14, WHOLE),
        column(w.peakDay, 14, DATE),
        column(w.peakHeads, 14, WHOLE),
        column(w.safeHeads, 14, WHOLE),
      ],
      rows: staffing.weeks.map(({ ms, mean, heads, peakDay, peakHeads, safeHeads }) => [
        date(ms),
        number(mean, 1),
        number(heads, 0),
        date(peakDay),
        number(peakHeads, 0),
        number(safeHeads, 0),
      ]),
      charts: [
        {
          kind: 'bars',
          title: w.charts.staffing,
          x: 0,
          series: [{ column: 2 }, { column: 4 }, { column: 5, look: 'faint' }],
          xFormat: 'm/d',
          yFormat: '0',
        },
      ],
    });
  return sheets;
}

function errorSheet({ forecasts }: Pick<Insight['forecasts'], 'forecasts'>, w: InsightWords): OutputSheet {
  const rows = forecasts.flatMap(({ name, backtest: { holdOut, rolling } }) =>
    [
      { scores: holdOut, when: w.holdOut(holdOut.days) },
      ...(rolling === null ? [] : [{ scores: rolling, when: w.rolling(rolling.origins) }]),
    ].map(({ scores, when }) => [
      text(`${w.series[name]}${w.comma}${when}`),
      ...(['model', 'seasonal', 'naive'] as const).flatMap((way) => [
        number(scores[way].mae),
        number(scores[way].smape, 4),
        number(scores[way].mase, 3),
      ]),
    ]),
  );
  const ways = [w.model, w.seasonal, w.naive].flatMap((way) => [
    column(`${way} ${w.mae}`, 14, TWO),
    column(`${way} ${w.smape}`, 14, PERCENT),
    column(`${way} ${w.mase}`, 14, '0.000'),
  ]);
  return {
    name: 'Allot Forecast Errors',
    columns: [column(w.way, 40), ...ways],
    rows,
    charts: [
      {
        kind: 'lying-bars',
        title: w.mase,
        x: 0,
        series: [{ column: 3 }, { column: 6, look: 'faint' }, { column: 9 }],
        yFormat: '0.0',
      },
    ],
  };
}
