import { describe, expect, test } from 'vitest';
import { monthPeriod, reformOf } from '../../src/insight/reform.ts';
import { rolesOf } from '../../src/insight/roles.ts';
import { book, type Cell } from '../support/book.ts';

const january = monthPeriod(2026 * 12);
const february = monthPeriod(2026 * 12 + 1);
const date = (text: string): Cell => ({ date: text });

const indicators = (sheets: Parameters<typeof book>[0]) => {
  const { indicators: found } = reformOf(rolesOf(book(sheets)), january, february);
  return new Map(found.map((one) => [one.name, one]));
};

describe('by hand', () => {
  const found = indicators({
    Tickets: [
      ['Ticket', 'Opened', 'Answered'],
      ['T1', date('2026-01-05 08:00'), date('2026-01-05 12:00')],
      ['T2', date('2026-01-31 23:00'), date('2026-02-01 01:00')],
      ['T3', date('2026-02-01 00:00'), date('2026-02-01 01:00')],
      ['T4', date('2026-02-28 23:59'), date('2026-03-01 01:59')],
      // not answered: no wait
      ['T5', date('2026-02-10 08:00'), null],
      // neither month
      ['T6', date('2026-03-01 00:00'), date('2026-03-01 09:00')],
    ],
    Complaints: [
      ['Complaint', 'Received', 'Resolved'],
      ['P1', date('2026-01-05 08:00'), true],
      ['P2', date('2026-01-06 08:00'), false],
      ['P3', date('2026-02-06 08:00'), true],
    ],
    Sales: [
      ['Sale', 'Booked on', 'Seller', 'Quantity'],
      ['S1', date('2026-01-31'), 'E1', 30],
      ['S2', date('2026-01-31'), 'E2', 10],
      ['S3', date('2026-02-28'), 'E1', 50],
    ],
    Satisfaction: [
      ['Survey', 'Asked on', 'Rating'],
      ['V1', date('2026-01-09'), 70],
      ['V2', date('2026-01-19'), 80],
      ['V3', date('2026-02-09'), 90],
      ['V4', date('2026-02-19'), 92],
    ],
    Cooperation: [
      ['Poll', 'Polled on', 'Asked', 'Content'],
      ['K1', date('2026-01-31'), 10, 5],
      ['K2', date('2026-01-31'), 30, 21],
      ['K3', date('2026-02-28'), 20, 19],
    ],
    Customers: [
      ['Customer', 'Joined', '5G since'],
      ['C1', date('2020-01-01'), date('2025-06-01')],
      ['C2', date('2020-01-01'), date('2026-02-28')],
      ['C3', date('2020-01-01'), date('2026-02-03')],
      ['C4', date('2020-01-01'), null],
      // not a customer yet
      ['C5', date('2026-03-01'), date('2026-03-01')],
    ],
  });

  test.each([
    ['response', 3, 1.5, -0.5],
    ['resolution', 0.5, 1, 1],
    ['complaints', 2 / 40, 1 / 50, -0.6],
    ['business', 40, 50, 0.25],
    ['satisfaction', 75, 91, 91 / 75 - 1],
    ['cooperation', 26 / 40, 19 / 20, 0.95 / 0.65 - 1],
    ['penetration', 0.25, 0.75, 2],
  ] as const)('%s', (name, before, after, change) => {
    const one = found.get(name);
    expect(one?.before).toBeCloseTo(before, 12);
    expect(one?.after).toBeCloseTo(after, 12);
    expect(one?.change).toBeCloseTo(change, 12);
  });

  test('who took it in between: two of two', () => {
    // both ways of two coins falling alike: 2 · ½²
    expect(found.get('penetration')?.p).toBeCloseTo(0.5, 12);
  });

  test('nothing of this is beyond chance', () => {
    expect([...found.values()].filter(({ significant }) => significant)).toEqual([]);
  });
});

test('what is not in both periods is left out', () => {
  const found = indicators({
    Satisfaction: [
      ['Survey', 'Asked on', 'Rating'],
      ['V1', date('2026-01-09'), 70],
    ],
  });
  expect(found.size).toBe(0);
});

test('a sheet Insight says what the tables are called here', () => {
  const sheets = {
    Anrufe: [
      ['Nr', 'Beginn', 'Zeit bis'],
      ['1', date('2026-01-09 08:00'), date('2026-01-09 10:00')],
      ['2', date('2026-02-09 08:00'), date('2026-02-09 09:00')],
    ],
  } as const;
  expect(indicators(sheets).size).toBe(0);
  const found = indicators({
    ...sheets,
    Insight: [
      ['Role', 'Name'],
      ['tickets', 'ANRUFE'],
      ['Tickets.start', 'beginn'],
      ['tickets.answered', 'Zeit bis'],
    ],
  });
  expect(found.get('response')).toMatchObject({ before: 2, after: 1 });
});
