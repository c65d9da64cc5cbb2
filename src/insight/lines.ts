import type { Bottleneck } from './bottlenecks.ts';
import { HOLIDAYS_KNOWN_TO } from './calendar.ts';
import type { Forecast } from './forecast.ts';
import {
  amount,
  dateText,
  figure,
  indicatorText,
  percent,
  periodText,
  pText,
  signedPercent,
  whole,
} from './format.ts';
import type { Insight } from './insight.ts';
import type { InsightWords } from './words.ts';

/** The report in sentences and small tables, for a terminal, a sheet and the pane alike. */
export interface Section {
  readonly name: SectionName;
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export type SectionName = 'reform' | 'bottlenecks' | 'forecast' | 'pay';

export type Block =
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'finding'; readonly text: string; readonly details: readonly string[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly { readonly heading: string; readonly right: boolean }[];
      readonly rows: readonly (readonly string[])[];
    };

const left = (heading: string) => ({ heading, right: false });
const right = (heading: string) => ({ heading, right: true });
const note = (text: string): Block => ({ kind: 'note', text });

/** What the report is of, and what no table was found for. */
export function headLines({ asOf, period, missing }: Insight, w: InsightWords): string[] {
  return [
    w.title(dateText(asOf)),
    w.period(dateText(period.from), dateText(period.to)),
    ...(missing.length === 0 ? [] : [w.missing(missing.map((role) => w.role[role] ?? role).join(w.comma))]),
  ];
}

export function sectionsOf(insight: Insight, w: InsightWords): readonly Section[] {
  return [
    { name: 'bottlenecks', heading: w.bottlenecks, blocks: bottleneckBlocks(insight, w) },
    { name: 'reform', heading: w.reform, blocks: reformBlocks(insight, w) },
    { name: 'forecast', heading: w.forecast, blocks: forecastBlocks(insight, w) },
    { name: 'pay', heading: w.pay, blocks: payBlocks(insight, w) },
  ];
}

function reformBlocks({ reform }: Insight, w: InsightWords): readonly Block[] {
  if (reform === null || reform.indicators.length === 0) return [note(w.noReform)];
  return [
    note(w.periods(periodText(reform.before), periodText(reform.after))),
    {
      kind: 'table',
      columns: [
        left(w.indicator),
        right(w.before),
        right(w.after),
        right(w.change),
        right(w.significance),
        left(w.significant),
      ],
      rows: reform.indicators.map(({ name, unit, before, after, change, p, significant }) => [
        w.indicators[name],
        indicatorText(before, unit),
        indicatorText(after, unit),
        signedPercent(change),
        pText(p),
        significant ? w.yes : w.no,
      ]),
    },
  ];
}

/** Everything that is said of a bottleneck under its headline. */
function bottleneckDetails(one: Bottleneck, w: InsightWords): readonly string[] {
  return [
    w.facts(figure(one.p50), figure(one.othersP50), figure(one.p90), percent(one.share), figure(one.excess)),
    w.trendFact(one.trend.direction),
    ...(one.complaints === null ? [] : [w.complaintFact(one.complaints.all, one.complaints.unresolved)]),
    ...one.suggestions.map((suggestion) => w.suggested(suggestion, figure, percent)),
    ...worthText(one, w),
  ];
}

/** What the rules say the others' pace would be worth, in one line; none where that can't be told. */
export function worthText({ worth }: Bottleneck, w: InsightWords): readonly string[] {
  if (worth === null) return [];
  const facts = [
    ...worth.scores.map(({ name, before, after }) => w.worthScore(name, figure(before), figure(after))),
    ...worth.shares.map(({ name, before, after, pool }) =>
      w.worthShare(name, amount(before), amount(after), amount(pool)),
    ),
    ...worth.shares.flatMap(({ pool, poolAfter }) =>
      pool === poolAfter ? [] : [w.worthPool(amount(pool), amount(poolAfter))],
    ),
    ...worth.statements
      .filter(({ theirs, others }) => theirs !== '0' || others !== '0')
      .map(({ name, theirs, others }) => w.worthStatement(name, amount(theirs, true), amount(others, true))),
  ];
  return [`${w.worthIs(worth.asOf)}${facts.length === 0 ? w.worthNone : facts.join(w.list)}`];
}

const bottleneckHead = (one: Bottleneck, rank: number, w: InsightWords): string =>
  w.found(rank, w.unit(one), w.steps[one.step], figure(one.factor));

function bottleneckBlocks({ bottlenecks }: Insight, w: InsightWords): readonly Block[] {
  if (bottlenecks === null) return [note(w.noBottlenecks)];
  const { found, steps, judged } = bottlenecks;
  return [
    ...(found.length === 0 ? [note(w.noBottleneck(judged))] : []),
    ...found.map(
      (one, i): Block => ({
        kind: 'finding',
        text: bottleneckHead(one, i + 1, w),
        details: bottleneckDetails(one, w),
      }),
    ),
    {
      kind: 'table',
      columns: [
        left(w.step),
        right(w.waits),
        right(w.open),
        right(w.p50),
        right(w.p90),
        right(w.shareOfDelay),
      ],
      rows: steps.map(({ step, table, waits, open, p50, p90, share }) => [
        `${table} · ${w.steps[step]}`,
        whole(waits),
        whole(open),
        figure(p50),
        figure(p90),
        percent(share),
      ]),
    },
  ];
}

function forecastBlocks({ forecasts, staffing }: Insight, w: InsightWords): readonly Block[] {
  const { forecasts: all, peaks, short } = forecasts;
  const hasComplaints = all.some(({ name }) => name === 'complaints');
  return [
    ...(all.length === 0 && short.length === 0 ? [note(w.noForecast)] : []),
    ...short.map(({ name, days }) => note(w.short(w.series[name], days))),
    ...all.map((one): Block => ({ kind: 'finding', text: aheadText(one, w), details: aheadDetails(one, w) })),
    ...(all.length === 0 ? [] : [errorTable(all, w)]),
    ...(peaks.length === 0
      ? hasComplaints
        ? [note(w.noPeak)]
        : []
      : peaks.map(({ kind, factor }) => note(w.peak(w.holidays[kind], figure(factor))))),
    ...(staffing === null
      ? []
      : [
          note(
            w.staffingIs(
              staffing.band,
              figure(staffing.bound),
              percent(staffing.kept),
              figure(staffing.perHead),
            ),
          ),
          {
            kind: 'table' as const,
            columns: [
              left(w.week),
              right(w.mean),
              right(w.heads),
              left(w.peakDay),
              right(w.peakHeads),
              right(w.safeHeads),
            ],
            rows: staffing.weeks.map(({ ms, mean, heads, peakDay, peakHeads, safeHeads }) => [
              dateText(ms),
              figure(mean),
              String(heads),
              dateText(peakDay),
              String(peakHeads),
              String(safeHeads),
            ]),
          },
        ]),
  ];
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

function aheadText({ name, ahead }: Forecast, w: InsightWords): string {
  return w.ahead(
    w.series[name],
    dateText(ahead[0]?.ms ?? 0),
    dateText(ahead.at(-1)?.ms ?? 0),
    figure(meanOf(ahead.map(({ expected }) => expected))),
    figure(meanOf(ahead.map(({ low }) => low))),
    figure(meanOf(ahead.map(({ high }) => high))),
  );
}

function aheadDetails({ ahead, backtest, holidaysUnknown }: Forecast, w: InsightWords): readonly string[] {
  const [first] = ahead;
  if (first === undefined) return [];
  const most = ahead.reduce((best, day) => (day.expected > best.expected ? day : best), first);
  return [
    w.busiest(
      dateText(most.ms),
      figure(most.expected),
      most.holiday === null ? '' : w.holidays[most.holiday],
    ),
    w.coverage(percent(backtest.holdOut.coverage)),
    ...(holidaysUnknown ? [w.unknownHolidays(HOLIDAYS_KNOWN_TO)] : []),
  ];
}

/** How far this forecast and the two naive ones were off, over the hold-out and before it. */
function errorTable(all: readonly Forecast[], w: InsightWords): Block {
  return {
    kind: 'table',
    columns: [left(w.way), left(w.by), right(w.mae), right(w.smape), right(w.mase)],
    rows: all.flatMap(({ name, backtest: { holdOut, rolling } }) =>
      [
        { scores: holdOut, when: w.holdOut(holdOut.days) },
        ...(rolling === null ? [] : [{ scores: rolling, when: w.rolling(rolling.origins) }]),
      ].flatMap(({ scores, when }) =>
        (['model', 'seasonal', 'naive'] as const).map((way) => [
          `${w.series[name]}${w.comma}${when}`,
          w[way],
          figure(scores[way].mae),
          percent(scores[way].smape),
          figure(scores[way].mase),
        ]),
      ),
    ),
  };
}

function payBlocks({ pay, unmet }: Insight, w: InsightWords): readonly Block[] {
  if (pay === null) return [note(w.noPay)];
  const grouped = pay.spreads.filter(({ by, groups }) => by !== null && groups.length <= 12);
  return [
    {
      kind: 'table',
      columns: [
        left(w.payColumn),
        left(w.scoreColumn),
        right(w.people),
        right(w.correlation),
        right(w.withinGrade),
      ],
      rows: pay.pairs.map(({ pay: column, score, people, rho, within }) => [
        column,
        score,
        String(people),
        rho.toFixed(2),
        within === null ? '–' : within.toFixed(2),
      ]),
    },
    {
      kind: 'table',
      columns: [
        left(w.payColumn),
        left(w.group),
        right(w.people),
        right(w.p10),
        right('p50'),
        right('p90'),
        right(w.gini),
      ],
      rows: [...pay.spreads.filter(({ by }) => by === null), ...grouped].flatMap(({ pay: column, groups }) =>
        groups.map(({ group, people, p10, p50, p90, gini }) => [
          column,
          group ?? w.all,
          String(people),
          figure(p10),
          figure(p50),
          figure(p90),
          Number.isNaN(gini) ? '–' : gini.toFixed(3),
        ]),
      ),
    },
    ...pay.clamps.map(({ share, members, atFloor, atCap, pool, unallocated, hasFloor, hasCap }) =>
      note(
        w.clamp(
          share,
          members,
          hasFloor ? atFloor : null,
          hasCap ? atCap : null,
          amount(unallocated),
          amount(pool),
        ),
      ),
    ),
    ...(unmet.rules.length + unmet.lines.length === 0
      ? [note(w.allMet)]
      : [
          {
            kind: 'finding' as const,
            text: w.unmet,
            details: [
              ...unmet.rules.map(({ name, where, at }) => w.unmetRule(name, where, at)),
              ...unmet.lines.map(({ name, line, at }) => w.unhitLine(name, line, at)),
            ],
          },
        ]),
  ];
}
