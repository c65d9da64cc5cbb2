import { describe, expect, test } from 'vitest';
import { bottlenecksOf } from '../../src/insight/bottlenecks.ts';
import { forecastsOf } from '../../src/insight/forecast.ts';
import { rolesOf } from '../../src/insight/roles.ts';
import { network } from './support.ts';

const LAST = Date.UTC(2026, 2, 31);
const WHOLE = { from: Date.UTC(2025, 9, 1), to: LAST + 86_399_999 };

/** What is found in a network: bottlenecks by place, and holidays. */
function found(seed: string, planted = true) {
  const roles = rolesOf(network(seed, planted));
  const bottlenecks = bottlenecksOf(roles, WHOLE, null);
  const { peaks, forecasts } = forecastsOf(roles, LAST);
  return {
    judged: bottlenecks?.judged ?? 0,
    where: (bottlenecks?.found ?? [])
      .map(({ step, department, post }) => `${step}: ${department} / ${post ?? 'all'}`)
      .sort(),
    factors: (bottlenecks?.found ?? []).map(({ factor }) => factor),
    holidays: peaks.map(({ kind }) => kind),
    peaks,
    forecasts,
  };
}

/** What samples/make/organisation.ts plants, as it says there. */
const PLANTED = [
  'approval: Finance / Second signature',
  'response: 5G Core / 5G slice engineer',
  'response: Northwest Transmission / all',
];

/** What samples/make/calendar.ts plants on each holiday: every one has a peak, the two of the README the largest. */
const PLANTED_PEAKS: Readonly<Record<string, number>> = {
  'spring-festival': 1.9,
  'national-day': 1.65,
  'labour-day': 1.4,
  'new-year': 1.35,
  'mid-autumn': 1.25,
  'dragon-boat': 1.2,
  qingming: 1.15,
};

// The thresholds stood before any of these networks was made; seeds 1 to 13 were looked at while writing the rest.
describe.each(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map((name) => `held out ${name}`))(
  'seed %s',
  (seed) => {
    test('the three bottlenecks and the holiday peaks are found, and nothing else', {
      timeout: 120_000,
    }, () => {
      const { where, factors, holidays, peaks, judged, forecasts } = found(seed);
      expect(where).toEqual(PLANTED);
      for (const factor of factors) {
        expect(factor).toBeGreaterThan(2);
        expect(factor).toBeLessThan(4.2);
      }
      expect(judged).toBeGreaterThan(50);
      // The two that the sample's README tells of come first; what else is told is there, and about as large.
      expect(holidays.slice(0, 2)).toEqual(['spring-festival', 'national-day']);
      for (const { kind, factor } of peaks) {
        const planted = PLANTED_PEAKS[kind] ?? 0;
        expect(factor / planted, kind).toBeGreaterThan(0.85);
        expect(factor / planted, kind).toBeLessThan(1.15);
      }
      for (const { backtest } of forecasts) {
        expect(backtest.holdOut.model.mae).toBeLessThan(backtest.holdOut.seasonal.mae);
        expect(backtest.holdOut.model.mae).toBeLessThan(backtest.holdOut.naive.mae);
      }
    });
  },
);

describe('a network with nothing planted', () => {
  test.each(['plain a', 'plain b', 'plain c', 'plain d', 'plain e'])(
    'seed %s: nothing is found',
    { timeout: 120_000 },
    (seed) => {
      const { where, holidays, judged } = found(seed, false);
      expect(where).toEqual([]);
      expect(holidays).toEqual([]);
      expect(judged).toBeGreaterThan(50);
    },
  );
});
