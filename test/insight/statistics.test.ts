import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  benjaminiHochberg,
  giniOf,
  momentsOf,
  normalTail,
  ranksOf,
  spearman,
  studentTail,
  twoProportions,
  welch,
} from '../../src/insight/statistics.ts';

// What is expected here is scipy's (1.17.1) unless it is worked out by hand.
const A = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4];
const B = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.0, 23.9];

describe("Welch's t", () => {
  test('two sides against no difference', () => {
    const found = welch(momentsOf(A), momentsOf(B), null);
    expect(found?.p).toBeCloseTo(0.008452732437443423, 9);
    expect(found?.freedom).toBeCloseTo(27.713625968118762, 10);
  });

  test('one side against a least difference', () => {
    expect(welch(momentsOf(B), momentsOf(A), 1)?.p).toBeCloseTo(0.04053931436336631, 9);
    // the other way round the same difference is far below 1
    expect(welch(momentsOf(A), momentsOf(B), 1)?.p).toBeGreaterThan(0.99);
  });

  test('says nothing of one observation, and is sure where nothing varies', () => {
    expect(welch(momentsOf([1]), momentsOf(B), null)).toBeNull();
    expect(welch(momentsOf([2, 2]), momentsOf([1, 1]), null)?.p).toBe(0);
    expect(welch(momentsOf([2, 2]), momentsOf([1, 1]), 1)?.p).toBe(1);
  });
});

test('tails keep their digits', () => {
  expect(studentTail(30, 100) / 8.380332558688329e-52).toBeCloseTo(1, 6);
  expect(normalTail(4) / 6.334248366623996e-5).toBeCloseTo(1, 6);
});

test('two proportions', () => {
  expect(twoProportions({ yes: 85, of: 100 }, { yes: 60, of: 90 })).toBeCloseTo(0.002998420752779779, 10);
  expect(twoProportions({ yes: 5, of: 5 }, { yes: 7, of: 7 })).toBe(1);
  expect(twoProportions({ yes: 0, of: 0 }, { yes: 7, of: 7 })).toBeNull();
});

describe('Benjamini and Hochberg', () => {
  test('goes by the largest rank that keeps below its line, whatever lies before it', () => {
    // lines at 5% of five: 0.01, 0.02, 0.03, 0.04, 0.05; the fourth keeps below, so all before it pass
    expect(benjaminiHochberg([0.039, 0.9, 0.021, 0.005, 0.035], 0.05)).toEqual([
      true,
      false,
      true,
      true,
      true,
    ]);
    expect(benjaminiHochberg([0.02, 0.03, 0.04, 0.05, 0.5], 0.05)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(benjaminiHochberg([], 0.05)).toEqual([]);
  });

  test('passes no more than single tests would, and no fewer than Bonferroni', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }),
        (ps) => {
          const passed = benjaminiHochberg(ps, 0.05);
          ps.forEach((p, i) => {
            if (p > 0.05) expect(passed[i]).toBe(false);
            if (p <= 0.05 / ps.length) expect(passed[i]).toBe(true);
          });
        },
      ),
    );
  });
});

test('equal values share their ranks', () => {
  expect(ranksOf([10, 30, 20, 20])).toEqual([1, 4, 2.5, 2.5]);
  const found = spearman([1, 2, 2, 4, 5, 6, 7], [2, 1, 3, 3, 9, 5, 8]);
  expect(found?.rho).toBeCloseTo(0.8090909090909091, 12);
  expect(found?.p).toBeCloseTo(0.027516578664500267, 10);
  expect(spearman([1, 2], [1, 2])).toBeNull();
  expect(spearman([1, 1, 1], [1, 2, 3])).toBeNull();
});

test('Gini by hand', () => {
  expect(giniOf([5, 5, 5, 5])).toBeCloseTo(0, 12);
  // one of four has all: 1 − 1/4
  expect(giniOf([0, 0, 0, 8])).toBeCloseTo(0.75, 12);
  // |1−3|·2 differences over 2·n²·mean = 4 / (2·4·2)
  expect(giniOf([3, 1])).toBeCloseTo(0.25, 12);
  expect(giniOf([])).toBeNaN();
});
