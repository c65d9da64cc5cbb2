import { describe, expect, test } from 'vitest';
import type { Contestant } from './contestants/contestant.ts';
import { decimalColumns } from './contestants/decimals.ts';
import { floatColumns, floatValues } from './contestants/float.ts';
import { oursColumns, oursEvaluation, oursValues } from './contestants/ours.ts';
import { type Data, makeData } from './data.ts';
import { growth } from './extrapolate.ts';
import type { Cents } from './job.ts';
import { exactCents, wrongCents } from './oracle.ts';
import { spread } from './rounds.ts';
import { settingsFrom } from './settings.ts';

/** Tickets of the front people's one colleague in the back, and of another. */
const plain = (over: Partial<Data> = {}): Data => ({
  tickets: 3,
  people: 4,
  front: 2,
  ids: ['E1', 'E2', 'E3', 'E4'],
  commissionMills: Int32Array.of(1_000_125, 2_000_000, 0, 0),
  commission: Float64Array.of(1000.125, 2000, 0, 0),
  engineer: Int32Array.of(2, 3, 3),
  minutesHundredths: Int32Array.of(3000, 24_001, 6000),
  minutes: Float64Array.of(30, 240.01, 60),
  resolved: Uint8Array.of(1, 0, 1),
  feedbackTenths: Int32Array.of(45, 44, 29),
  feedback: Float64Array.of(4.5, 4.4, 2.9),
  ...over,
});

async function centsOf(contestant: Contestant, data: Data): Promise<Cents> {
  const got = await contestant.prepare(data);
  if (got.kind === 'absent') throw new Error(got.why);
  return got.job();
}

const EXACT = { decimalColumns, oursColumns, oursEvaluation, oursValues };

describe('a job worked out by hand', () => {
  // To the pool: 120.015, half up 120.02, and 240.00: 36,002 cents; fair 18,001, floor 14,400.8 up, cap 21,601.2 down.
  // E3: 40 + 30 + 30 = 100. E4: (20 + 82.5) / 2 · 0.4 + 50 · 0.3 + 40.7 · 0.3 = 20.5 + 15 + 12.21 = 47.71.
  // By score E3 would have 24,374: it gets its cap, E4 what is left, 14,401, which is its floor too.
  const cents = [12_002, 24_000, 21_601, 14_401];

  test('the oracle', () => {
    expect([...Array.from(exactCents(plain()))]).toEqual(cents);
  });

  test.each(Object.entries(EXACT))('%s', async (_, contestant) => {
    expect(Array.from(await centsOf(contestant, plain()))).toEqual(cents);
  });

  test('between floor and cap, the cent that is left goes to the larger remainder', async () => {
    // E4's second ticket is solved and liked too: 20.5 + 30 + (81.4 + 100) / 2 · 0.3 = 77.71.
    // 36,002 / 177.71: E3 20,258.848…, E4 15,743.15…: the cent goes to E3.
    const data = plain({
      resolved: Uint8Array.of(1, 1, 1),
      feedbackTenths: Int32Array.of(45, 44, 50),
      feedback: Float64Array.of(4.5, 4.4, 5),
    });
    const expected = [12_002, 24_000, 20_259, 15_743];
    expect(Array.from(exactCents(data))).toEqual(expected);
    for (const contestant of Object.values(EXACT))
      expect(Array.from(await centsOf(contestant, data))).toEqual(expected);
  });
});

describe('the data set of the benchmark, small', () => {
  const data = makeData(5000, 200);
  const exact = exactCents(data);

  test('some are at the floor, some at the cap, most between; all of the pool is shared', () => {
    const amounts = Array.from(exact);
    const back = amounts.slice(data.front);
    const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
    expect(sum(back)).toBe(sum(amounts.slice(0, data.front)));
    const [least, most] = [Math.min(...back), Math.max(...back)];
    const at = (x: number): number => back.filter((cents) => cents === x).length;
    expect(at(least)).toBeGreaterThan(1);
    expect(at(most)).toBeGreaterThan(1);
    expect(at(least) + at(most)).toBeLessThan(back.length / 2);
    expect(Math.ceil((0.8 * sum(back)) / back.length)).toBe(least);
    expect(Math.floor((1.2 * sum(back)) / back.length)).toBe(most);
  });

  test.each(Object.entries(EXACT))('%s is right to the cent', async (_, contestant) => {
    expect(wrongCents(await centsOf(contestant, data), exact)).toBe(0);
  });

  test('doubles are not, and their mistakes are counted', async () => {
    const wrong = wrongCents(await centsOf(floatColumns, data), exact);
    expect(wrong).toBeGreaterThan(0);
    expect(wrong).toBeLessThan(data.people);
    expect(wrongCents(await centsOf(floatValues, data), exact)).toBe(wrong);
  });

  test('the same numbers every time', () => {
    expect(makeData(5000, 200)).toEqual(data);
  });
});

describe('reckoning', () => {
  test('wrong cents are summed over people', () => {
    expect(wrongCents([1, 2, 3], [1, 4, 2])).toBe(3);
    expect(() => wrongCents([1, 2], [1, 2, 3])).toThrow();
    expect(() => wrongCents([Number.NaN], [1])).toThrow();
  });

  test('median and spread', () => {
    expect(spread([5, 1, 3])).toEqual({ median: 3, least: 1, most: 5 });
    expect(spread([4, 1, 3, 2])).toEqual({ median: 2.5, least: 1, most: 4 });
  });

  test('growth of two sizes', () => {
    const square = growth([
      { size: 100, milliseconds: 3 },
      { size: 200, milliseconds: 12 },
    ]);
    expect(square?.power).toBeCloseTo(2, 12);
    expect(square?.at(400)).toBeCloseTo(48, 9);
    expect(growth([{ size: 100, milliseconds: 3 }])).toBeNull();
  });

  test('what is asked for', () => {
    expect(settingsFrom(['--only', 'edits,growth', '--quick'])).toMatchObject({
      sections: ['edits', 'growth'],
      rounds: 1,
      sizes: [{ tickets: 100_000, people: 2000 }],
    });
    expect(settingsFrom([])).toMatchObject({ rounds: 5, sizes: [{ people: 2000 }, { people: 10_000 }] });
    expect(settingsFrom(['--only', 'speed'])).toBeNull();
    expect(settingsFrom(['--rounds', '0'])).toBeNull();
    expect(settingsFrom(['--fast'])).toBeNull();
  });
});
