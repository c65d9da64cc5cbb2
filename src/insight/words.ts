import type { Language } from '../problems/messages/index.ts';
import type { Bottleneck, Trend } from './bottlenecks.ts';
import type { HolidayKind } from './calendar.ts';
import { CHINESE } from './chinese.ts';
import { ENGLISH } from './english.ts';
import type { SeriesName } from './forecast.ts';
import type { IndicatorName, TestName } from './reform.ts';
import type { Suggestion } from './suggestions.ts';
import type { StepKind } from './waits.ts';

/** What the report says, in one language. Numbers come formatted. */
export interface InsightWords {
  readonly title: (asOf: string) => string;
  readonly period: (from: string, to: string) => string;
  readonly missing: (roles: string) => string;
  readonly role: Readonly<Record<string, string>>;
  readonly yes: string;
  readonly no: string;
  readonly all: string;
  readonly comma: string;
  readonly list: string;
  // Headings and sheets
  readonly reform: string;
  readonly bottlenecks: string;
  readonly forecast: string;
  readonly pay: string;
  readonly noReform: string;
  readonly periods: (before: string, after: string) => string;
  readonly indicator: string;
  readonly before: string;
  readonly after: string;
  readonly change: string;
  readonly significance: string;
  readonly significant: string;
  readonly test: string;
  readonly month: string;
  readonly indicators: Readonly<Record<IndicatorName, string>>;
  readonly tests: Readonly<Record<TestName, string>>;
  readonly noBottlenecks: string;
  readonly noBottleneck: (judged: number) => string;
  readonly step: string;
  readonly steps: Readonly<Record<StepKind, string>>;
  readonly waits: string;
  readonly open: string;
  readonly hours: string;
  readonly shareOfDelay: string;
  readonly p50: string;
  readonly p90: string;
  readonly where: string;
  readonly people: string;
  readonly times: string;
  readonly othersP50: string;
  readonly othersP90: string;
  readonly excess: string;
  readonly excessShare: string;
  readonly trend: string;
  readonly trends: Readonly<Record<Trend['direction'], string>>;
  readonly complaints: string;
  readonly unresolved: string;
  readonly suggestion: string;
  readonly worth: string;
  readonly unit: (one: Pick<Bottleneck, 'department' | 'post'>) => string;
  readonly found: (rank: number, unit: string, step: string, times: string) => string;
  readonly facts: (p50: string, others: string, p90: string, share: string, excess: string) => string;
  readonly trendFact: (direction: Trend['direction']) => string;
  readonly complaintFact: (all: number, unresolved: number) => string;
  readonly suggested: (one: Suggestion, number: (x: number) => string, part: (x: number) => string) => string;
  readonly worthScore: (name: string, before: string, after: string) => string;
  readonly worthShare: (name: string, before: string, after: string, pool: string) => string;
  readonly worthPool: (pool: string, after: string) => string;
  readonly worthStatement: (name: string, theirs: string, others: string) => string;
  readonly worthIs: (asOf: string) => string;
  readonly worthNone: string;
  readonly series: Readonly<Record<SeriesName, string>>;
  readonly noForecast: string;
  readonly short: (series: string, days: number) => string;
  readonly holidays: Readonly<Record<HolidayKind, string>>;
  readonly noPeak: string;
  readonly peak: (holiday: string, times: string) => string;
  readonly ahead: (
    series: string,
    from: string,
    to: string,
    mean: string,
    low: string,
    high: string,
  ) => string;
  readonly busiest: (day: string, count: string, holiday: string) => string;
  readonly unknownHolidays: (year: number) => string;
  readonly way: string;
  readonly by: string;
  readonly model: string;
  readonly naive: string;
  readonly seasonal: string;
  readonly rolling: (origins: number) => string;
  readonly holdOut: (days: number) => string;
  readonly mae: string;
  readonly smape: string;
  readonly mase: string;
  readonly coverage: (part: string) => string;
  readonly day: string;
  readonly expected: string;
  readonly low: string;
  readonly high: string;
  readonly actual: string;
  readonly holiday: string;
  readonly makeUp: string;
  readonly staffing: string;
  readonly staffingIs: (band: string, bound: string, kept: string, perHead: string) => string;
  readonly week: string;
  readonly mean: string;
  readonly peakDay: string;
  readonly heads: string;
  readonly peakHeads: string;
  readonly safeHeads: string;
  readonly noPay: string;
  readonly payColumn: string;
  readonly scoreColumn: string;
  readonly correlation: string;
  readonly withinGrade: string;
  readonly group: string;
  readonly gini: string;
  readonly p10: string;
  readonly bin: string;
  readonly clamp: (
    share: string,
    members: number,
    floor: number | null,
    cap: number | null,
    left: string,
    pool: string,
  ) => string;
  readonly unmet: string;
  readonly unmetRule: (name: string, where: string, at: string) => string;
  readonly unhitLine: (name: string, line: string, at: string) => string;
  readonly allMet: string;
  readonly part: string;
  readonly finding: string;
  readonly key: string;
  readonly wrote: (path: string) => string;
  readonly charts: {
    readonly change: string;
    readonly course: string;
    readonly median: string;
    readonly trend: string;
    readonly delay: string;
    readonly forecast: (series: string) => string;
    readonly holdOut: (series: string) => string;
    readonly staffing: string;
    readonly spread: (pay: string) => string;
    readonly groups: (pay: string, by: string) => string;
    readonly points: (pay: string, score: string) => string;
    readonly aDay: string;
    readonly percent: string;
  };
}

export function insightWords(language: Language): InsightWords {
  return language === 'en' ? ENGLISH : CHINESE;
}
