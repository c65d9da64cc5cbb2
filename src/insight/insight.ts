import { DAY, isoOfMs } from '../exact/date.ts';
import type { Workbook } from '../workbook/port.ts';
import { bandOf } from './bandOf.ts';
import { type Bottlenecks, bottlenecksOf } from './bottlenecks.ts';
import { datesOf } from './columns.ts';
import { type Forecasts, forecastsOf } from './forecast.ts';
import { type PayPerformance, payPerformanceOf } from './payPerformance.ts';
import { monthPeriod, type Reform, reformOf } from './reform.ts';
import type { Role, Roles } from './roles.ts';
import { rolesOf } from './roles.ts';
import { type Staffing, staffingOf } from './staffing.ts';
import { monthIndex, type Period } from './waits.ts';
import type { Ran } from './worth.ts';

/** What the tables of a book show beyond what its rules pay. Plain; figures are for reading, not for paying. */
export interface Insight {
  /** Whole milliseconds; what happened after that day is left out. */
  readonly asOf: number;
  /** What the data reach over. */
  readonly period: Period;
  readonly reform: Reform | null;
  readonly bottlenecks: Bottlenecks | null;
  readonly forecasts: Forecasts;
  readonly staffing: Staffing | null;
  /** Null where the run has errors. */
  readonly pay: PayPerformance | null;
  readonly unmet: Unmet;
  /** Parts of the chain that no table was found for. */
  readonly missing: readonly string[];
}

/** Rules that no row meets, and lines of bands that no value falls into. */
export interface Unmet {
  readonly rules: readonly { readonly name: string; readonly where: string; readonly at: string }[];
  readonly lines: readonly { readonly name: string; readonly line: string; readonly at: string }[];
}

export interface Asked {
  readonly asOf: number;
  /** The first and the last whole month of the data where null. */
  readonly before: Period | null;
  readonly after: Period | null;
}

/** `tables`: those that play a part, be they spoken of by rules or not. `ran`: null where the run has errors. */
export function insightOf(
  tables: Pick<Workbook, 'tables'>,
  ran: Ran | null,
  unmet: Unmet,
  { asOf, before, after }: Asked,
): Insight {
  const roles = rolesOf(tables);
  const period = periodOf(roles, asOf);
  const months = wholeMonths(roles, asOf);
  const first = before ?? months?.[0] ?? null;
  const last = after ?? months?.[1] ?? null;
  const forecasts = forecastsOf(roles, asOf);
  const tickets = forecasts.forecasts.find(({ name }) => name === 'tickets');
  return {
    asOf,
    period,
    reform: first === null || last === null ? null : reformOf(roles, first, last),
    bottlenecks: bottlenecksOf(roles, period, ran),
    forecasts,
    staffing: tickets === undefined ? null : staffingOf(roles, tickets, responseBand(roles, ran)),
    pay: ran === null ? null : payPerformanceOf(ran, roles, isoOfMs(asOf)),
    unmet,
    missing: (['people', 'tickets', 'expenses', 'complaints', 'sales'] as const).filter(
      (role) => roles[role] === undefined,
    ),
  };
}

function responseBand({ tickets }: Roles, ran: Ran | null) {
  const { start, answered } = tickets?.columns ?? {};
  if (tickets === undefined || start === undefined || answered === undefined || ran === null) return null;
  return bandOf(ran.program, ran.workbook, { table: tickets.table, start, end: answered });
}

/** First and last day of what happens in the chain, to the as-of date. */
function periodOf(roles: Roles, asOf: number): Period {
  let from = Number.POSITIVE_INFINITY;
  for (const role of [roles.tickets, roles.expenses, roles.complaints])
    for (const ms of startsOf(role)) if (ms < from) from = ms;
  return { from: Number.isFinite(from) ? Math.floor(from / DAY) * DAY : asOf, to: asOf + DAY - 1 };
}

const startsOf = (role: Role | undefined): Float64Array =>
  role?.columns.start === undefined ? new Float64Array() : datesOf(role.columns.start);

/** The first and the last whole month that tickets or complaints lie in; null where there are not two. */
function wholeMonths(roles: Roles, asOf: number): readonly [Period, Period] | null {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const role of [roles.tickets, roles.complaints])
    for (const ms of startsOf(role)) {
      if (Number.isNaN(ms) || ms >= asOf + DAY) continue;
      first = Math.min(first, ms);
      last = Math.max(last, ms);
    }
  if (!Number.isFinite(first)) return null;
  // a month whose first or last two days have nothing is not whole
  const near = 2 * DAY;
  const from = first - monthPeriod(monthIndex(first)).from < near ? monthIndex(first) : monthIndex(first) + 1;
  const to = monthPeriod(monthIndex(last)).to - last < near ? monthIndex(last) : monthIndex(last) - 1;
  return to > from ? [monthPeriod(from), monthPeriod(to)] : null;
}
