import type { Series } from './backtest.ts';
import type { HolidayKind } from './calendar.ts';
import { fitModel } from './model.ts';
import { benjaminiHochberg, momentsOf, welch } from './statistics.ts';

/** A holiday on which more comes in than on the ordinary days around it. */
export interface HolidayPeak {
  readonly kind: HolidayKind;
  /** Days of it in the data. */
  readonly days: number;
  /** How many times as much as on an ordinary day of that weekday, season and level. */
  readonly factor: number;
  /** That it is no more than a tenth. */
  readonly p: number;
}

/** It must be sure that a tenth more comes in, and a quarter more in fact: what a shift plan has to know of. */
const SURELY_MORE = 1.1;
const PEAK = 1.25;
const CHANCE = 0.01;
/** A holiday of one day says too little. */
const FEWEST_DAYS = 3;

/** Each holiday's peak against what the ordinary days alone lead one to expect on its days; largest first. */
export function holidayPeaks({ days, counts }: Series): readonly HolidayPeak[] {
  // fitted without the holidays, so that these can't teach it what is usual
  const model = fitModel(
    days,
    counts.map((count, i) => (days[i]?.holiday === null ? count : Number.NaN)),
  );
  const byKind = new Map<HolidayKind | null, number[]>();
  days.forEach((day, i) => {
    const count = counts[i] ?? Number.NaN;
    if (Number.isNaN(count)) return;
    const error = Math.log(count + 0.5) - model.predict(day, 0);
    const list = byKind.get(day.holiday);
    if (list === undefined) byKind.set(day.holiday, [error]);
    else list.push(error);
  });
  const ordinary = momentsOf(byKind.get(null) ?? []);
  const tests = [...byKind].flatMap(([kind, errors]) => {
    if (kind === null || errors.length < FEWEST_DAYS) return [];
    const result = welch(momentsOf(errors), ordinary, Math.log(SURELY_MORE));
    return result === null
      ? []
      : [{ kind, days: errors.length, factor: Math.exp(result.difference), p: result.p }];
  });
  const passed = benjaminiHochberg(
    tests.map(({ p }) => p),
    CHANCE,
  );
  return tests
    .filter(({ factor }, i) => passed[i] === true && factor >= PEAK)
    .sort((a, b) => b.factor - a.factor);
}
