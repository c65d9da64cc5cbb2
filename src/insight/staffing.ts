import { DAY, HOUR } from '../exact/date.ts';
import type { WaitBand } from './bandOf.ts';
import { datesOf, keysOf } from './columns.ts';
import type { Forecast } from './forecast.ts';
import type { Roles } from './roles.ts';
import { medianOf } from './statistics.ts';

/**
 * People needed a day so that answers stay in the band. What a head can do is read off the company's own days: those of
 * the last eight weeks on which at least as many tickets as on the middle day were answered within the bound. More
 * tickets a head than on those days have not been seen to keep the band.
 */
export interface Staffing {
  readonly band: string;
  /** Hours. */
  readonly bound: number;
  /** Part of the tickets that is answered within the bound on the middle day. */
  readonly kept: number;
  /** Tickets for each who answers any that day. */
  readonly perHead: number;
  /** Days it was read off. */
  readonly days: number;
  readonly weeks: readonly StaffingWeek[];
}

export interface StaffingWeek {
  /** Its first day. */
  readonly ms: number;
  /** Tickets on the mean day and on the busiest. */
  readonly mean: number;
  readonly peak: number;
  /** The busiest day. */
  readonly peakDay: number;
  /** Heads for the mean day, the busiest, and the busiest's upper bound. */
  readonly heads: number;
  readonly peakHeads: number;
  readonly safeHeads: number;
}

const LOOK_BACK = 56;
const FEWEST_DAYS = 14;

export function staffingOf({ tickets }: Roles, forecast: Forecast, band: WaitBand | null): Staffing | null {
  const { start, answered, actor } = tickets?.columns ?? {};
  const bound = band?.bounds[0];
  if (
    start === undefined ||
    answered === undefined ||
    actor === undefined ||
    band === null ||
    bound === undefined
  )
    return null;
  const days = daysSeen(datesOf(start), datesOf(answered), keysOf(actor), forecast.to, bound);
  if (days.length < FEWEST_DAYS) return null;
  const kept = medianOf(days.map(({ within }) => within));
  const good = days.filter(({ within }) => within >= kept);
  const perHead = medianOf(good.map(({ tickets: n, heads }) => n / heads));
  const heads = (n: number): number => Math.ceil(n / perHead);
  return {
    band: band.name,
    bound,
    kept,
    perHead,
    days: good.length,
    weeks: Array.from({ length: Math.floor(forecast.ahead.length / 7) }, (_, week): StaffingWeek => {
      const own = forecast.ahead.slice(7 * week, 7 * week + 7);
      const mean = own.reduce((sum, { expected }) => sum + expected, 0) / own.length;
      const busiest = own.reduce((most, day) => (day.expected > most.expected ? day : most));
      return {
        ms: own[0]?.ms ?? 0,
        mean,
        peak: busiest.expected,
        peakDay: busiest.ms,
        heads: heads(mean),
        peakHeads: heads(busiest.expected),
        safeHeads: heads(busiest.high),
      };
    }),
  };
}

function daysSeen(
  began: Float64Array,
  ended: Float64Array,
  actors: readonly (string | null)[],
  last: number,
  bound: number,
) {
  const first = last - (LOOK_BACK - 1) * DAY;
  const days = new Map<number, { tickets: number; within: number; actors: Set<string> }>();
  began.forEach((ms, row) => {
    if (!(ms >= first && ms < last + DAY)) return;
    const day = Math.floor(ms / DAY);
    const found = days.get(day) ?? { tickets: 0, within: 0, actors: new Set<string>() };
    const actor = actors[row] ?? null;
    found.tickets++;
    if (((ended[row] ?? Number.NaN) - ms) / HOUR <= bound) found.within++;
    if (actor !== null) found.actors.add(actor);
    days.set(day, found);
  });
  return [...days.values()]
    .filter((day) => day.actors.size > 0)
    .map((day) => ({ tickets: day.tickets, within: day.within / day.tickets, heads: day.actors.size }));
}
