import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRules } from '../../../grammar/index.ts';
import { runColumns } from '../../../src/engine/columns/index.ts';
import { parseDate } from '../../../src/exact/date.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { rational } from '../../../src/exact/rational.ts';
import { checkRules } from '../../../src/rules/check.ts';
import { book } from '../../support/book.ts';

/** More rows than are walked over at once, so that the second part begins somewhere within the columns. */
const ROWS = 2500;
const PEOPLE = 300;

/**
 * How large a column's numbers are: it takes one, two, four or eight bytes a row. Those of `parts` have room for their
 * counts in sums of 2048 rows, not of 2500.
 */
const WIDTHS = { one: 200, two: 60_000, four: 3_000_000, parts: 500_000_000, eight: 5_000_000_000 } as const;
type Width = keyof typeof WIDTHS;

const RULES = `table Staff key id
table Tickets key ticket
  engineer in Staff

band points
  up to 60   -> 7
  up to 5000 -> 5.25
  otherwise  -> -3

band low
  up to 10  -> 2
  otherwise -> 1

each Tickets
  p = points(size)
  q = low(small)
  r = if(done, 4, -1)
  double = size * 2 + small

each Staff
  sizes = sum(Tickets[size] where engineer = id)
  points_average = average(Tickets[p] where engineer = id)
  low_sum = sum(Tickets[q] where engineer = id)
  done_sum = sum(Tickets[r] where engineer = id)
  doubles = average(Tickets[double] where engineer = id)
  tickets = count(Tickets where engineer = id)
  open = sum(Tickets[p] where engineer = id and not done)
`;

interface Ticket {
  readonly who: number;
  readonly size: number;
  readonly small: number;
  readonly done: boolean;
}

/** Amounts in hundredths, and how many they are of. */
const average = (hundredths: bigint, count: number): string | null =>
  count === 0 ? null : exactText(rational(hundredths, BigInt(count) * 100n));

/** By person and rule, worked out ticket by ticket. */
function expected(tickets: readonly Ticket[], people: number): (string | null)[][] {
  const points = ({ size }: Ticket): number => (size <= 60 ? 700 : size <= 5000 ? 525 : -300);
  return Array.from({ length: people }, (_, who) => {
    const own = tickets.filter((ticket) => ticket.who === who);
    const total = (of: (ticket: Ticket) => number): bigint =>
      own.reduce((sum, ticket) => sum + BigInt(of(ticket)), 0n);
    return [
      average(
        total(({ size }) => size * 100),
        1,
      ),
      average(total(points), own.length),
      average(
        total(({ small }) => (small <= 10 ? 200 : 100)),
        1,
      ),
      average(
        total(({ done }) => (done ? 400 : -100)),
        1,
      ),
      average(
        total(({ size, small }) => (size * 2 + small) * 100),
        own.length,
      ),
      String(own.length),
      average(
        total((t) => (t.done ? 0 : points(t))),
        1,
      ),
    ];
  });
}

function computed(tickets: readonly Ticket[], people: number): (string | null)[][] {
  const name = (who: number): string => `E${who}`;
  const data = book(
    {
      Staff: [['id'], ...Array.from({ length: people }, (_, i) => [name(i)])],
      Tickets: [
        ['ticket', 'engineer', 'size', 'small', 'done'],
        ...tickets.map(({ who, size, small, done }, i) => [i, name(who), size, small, done]),
      ],
    },
    { rules: RULES },
  );
  const { program, problems } = checkRules(parseRules(data.rules), data, parseDate('2026-03-31') ?? 0);
  expect(problems).toEqual([]);
  if (program === null) return [];
  const { results, stats } = runColumns(program, data);
  // Nothing here leaves the integers but for averages that don't come out even.
  expect(stats.asked).toBe(0);
  const own = program.columns.flatMap(({ table }, id) => (table === 0 ? [results.columns[id]] : []));
  return Array.from({ length: people }, (_, who) =>
    own.map((column) => {
      const value = column?.at(who);
      return value?.kind === 'number' ? exactText(value.value) : null;
    }),
  );
}

/** Whole numbers, the same every time, of which some stand on the bounds of the bands. */
function tickets(seed: number, width: Width, people: number): readonly Ticket[] {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: ROWS }, () => ({
    who: next(people),
    size: next(4) === 0 ? ([0, 60, 61, 5000, 5001][next(5)] ?? 0) : next(WIDTHS[width]),
    small: next(21),
    done: next(3) > 0,
  }));
}

describe('sums, averages and counts by person', () => {
  test.each(Object.keys(WIDTHS) as Width[])('of numbers of %s byte(s) are those of each ticket', (width) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), fc.constantFrom(3, PEOPLE), (seed, people) => {
        const list = tickets(seed, width, people);
        expect(computed(list, people)).toEqual(expected(list, people));
      }),
      { numRuns: 4 },
    );
  });

  test('are those of one who has all tickets, each with the most that there is', () => {
    const list = Array.from({ length: ROWS }, () => ({ who: 0, size: 60, small: 10, done: true }));
    expect(computed(list, 1)).toEqual(expected(list, 1));
  });

  test('have their counts too where these have no room beside the sum', () => {
    const large = 9e11;
    const list = Array.from({ length: ROWS }, (_, i) => ({
      who: i % 2,
      size: large + i,
      small: 0,
      done: true,
    }));
    expect(computed(list, 2)).toEqual(expected(list, 2));
  });
});
