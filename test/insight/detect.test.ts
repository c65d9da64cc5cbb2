import { describe, expect, test } from 'vitest';
import { chance } from '../../samples/make/random.ts';
import { bottlenecksOf } from '../../src/insight/bottlenecks.ts';
import { rolesOf } from '../../src/insight/roles.ts';
import { book, type Cell, type Sheets } from '../support/book.ts';

const MONTHS = ['2026-01', '2026-02', '2026-03'];
const PERIOD = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 3, 1) - 1 };
const two = (n: number): string => String(n).padStart(2, '0');

interface Person {
  readonly id: string;
  readonly department: string;
  readonly post: string;
  /** Times as long as the others, by the month (0 to 2). */
  readonly slow?: (month: number) => number;
}

const team = (department: string, post: string, n: number, slow = 1): readonly Person[] =>
  Array.from({ length: n }, (_, i) => ({
    id: `${department}-${post}-${i}`,
    department,
    post,
    slow: () => slow,
  }));

/** A company's tickets: so many a person and month, with waits of chance around two hours. */
function company(seed: string, people: readonly Person[], tickets: number): Sheets {
  const random = chance(seed);
  const rows: Cell[][] = [['Ticket', 'Engineer', 'Opened', 'Answered', 'Service']];
  for (const [m, month] of MONTHS.entries())
    for (const { id, slow = () => 1 } of people)
      for (let i = 0; i < tickets; i++) {
        const minutes = Math.max(1, Math.round(120 * slow(m) * random.wait()));
        const start = `${month}-${two(random.between(1, 28))} 08:00`;
        const end = new Date(Date.parse(`${start.replace(' ', 'T')}Z`) + minutes * 60_000).toISOString();
        rows.push([
          `T${rows.length}`,
          id,
          { date: start },
          { date: end.slice(0, 16).replace('T', ' ') },
          'TV',
        ]);
      }
  return {
    Staff: [['Id', 'Department', 'Post'], ...people.map((p) => [p.id, p.department, p.post])],
    Tickets: rows,
  };
}

function found(sheets: Sheets) {
  const result = bottlenecksOf(rolesOf(book(sheets)), PERIOD, null);
  return (result?.found ?? []).map(({ department, post, trend, suggestions }) => ({
    where: `${department} / ${post ?? 'all'}`,
    trend: trend.direction,
    suggestions: suggestions.map(({ kind }) => kind),
  }));
}

const OTHERS = [
  ...team('North', 'engineer', 12),
  ...team('South', 'engineer', 12),
  ...team('South', 'clerk', 12),
];

describe('a bottleneck', () => {
  test('of one person is judged by the weeks', () => {
    const people = [...OTHERS, ...team('North', 'signature', 1, 3)];
    expect(found(company('one person', people, 20)).map(({ where }) => where)).toEqual(['North / signature']);
  });

  test('of a post in all departments is told as the post', () => {
    const people = [...OTHERS, ...team('North', 'signature', 6, 2.5), ...team('East', 'signature', 6, 2.5)];
    expect(found(company('a post', people, 12)).map(({ where }) => where)).toEqual(['null / signature']);
  });

  test('of a whole department is told as the department', () => {
    const people = [...OTHERS, ...team('West', 'engineer', 8, 2.5), ...team('West', 'clerk', 8, 2.5)];
    const [only, ...more] = found(company('a department', people, 12));
    expect(only).toMatchObject({ where: 'West / all', suggestions: ['routing'] });
    expect(more).toEqual([]);
  });

  test('that others have no part in is a matter of capacity', () => {
    const people = team('North', 'engineer', 12);
    const slow = team('North', 'signature', 8, 3);
    const sheets = company('capacity', [...people, ...slow], 12);
    // what the signature does nobody else does
    const tickets = (sheets.Tickets ?? []).map((row) =>
      String(row[1]).includes('signature') ? [...row.slice(0, 4), 'signing'] : row,
    );
    expect(found({ ...sheets, Tickets: tickets })).toMatchObject([
      { where: 'North / signature', suggestions: ['capacity'] },
    ]);
  });
});

describe('no bottleneck', () => {
  test('is a month in which everybody is slow, though one post has all its work in it', () => {
    const slowMonth = (m: number): number => (m === 1 ? 4 : 1);
    const everybody = OTHERS.map((person) => ({ ...person, slow: slowMonth }));
    const sheets = company('slow month', [...everybody, ...team('North', 'guest', 8, 4)], 12);
    // the guests work in the slow month alone, where they are like the rest
    const tickets = (sheets.Tickets ?? []).filter(
      (row, i) => i === 0 || !String(row[1]).includes('guest') || JSON.stringify(row[2]).includes('2026-02'),
    );
    expect(found({ ...sheets, Tickets: tickets })).toEqual([]);
  });

  test('is a post with too few waits to judge', () => {
    const people = [...OTHERS, ...team('North', 'rare', 9, 5)];
    const sheets = company('rare', people, 12);
    let kept = 0;
    const tickets = (sheets.Tickets ?? []).filter((row) => !String(row[1]).includes('rare') || ++kept <= 29);
    expect(found({ ...sheets, Tickets: tickets })).toEqual([]);
  });

  test('is a difference of a fifth, be it ever so sure', () => {
    const people = [...OTHERS, ...team('North', 'signature', 60, 1.2)];
    expect(found(company('a fifth', people, 30))).toEqual([]);
  });

  test('comes of chance alone, in forty small companies', { timeout: 60_000 }, () => {
    const all = Array.from({ length: 40 }, (_, i) =>
      found(
        company(`chance ${i}`, [...OTHERS, ...team('North', 'signature', 5), ...team('East', 'desk', 1)], 6),
      ),
    );
    expect(all.flat()).toEqual([]);
  });
});

test('a gap that opens month by month is growing', () => {
  const six = Array.from({ length: 6 }, (_, i) => `2026-${two(i + 1)}`);
  const random = chance('growing');
  const rows: Cell[][] = [['Ticket', 'Engineer', 'Opened', 'Answered']];
  const people = [...OTHERS, ...team('North', 'signature', 10)];
  for (const [m, month] of six.entries())
    for (const { id, post } of people)
      for (let i = 0; i < 12; i++) {
        const minutes = Math.round(120 * (post === 'signature' ? 1.5 + 0.5 * m : 1) * random.wait()) + 1;
        const start = Date.parse(`${month}-${two(random.between(1, 28))}T08:00Z`);
        const text = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
        rows.push([`T${rows.length}`, id, { date: text(start) }, { date: text(start + minutes * 60_000) }]);
      }
  const sheets = {
    Staff: [['Id', 'Department', 'Post'], ...people.map((p) => [p.id, p.department, p.post])],
    Tickets: rows,
  };
  const result = bottlenecksOf(rolesOf(book(sheets)), { from: 0, to: Date.UTC(2026, 6, 1) }, null);
  expect(result?.found.map(({ post, trend }) => [post, trend.direction])).toEqual([['signature', 'growing']]);
});
