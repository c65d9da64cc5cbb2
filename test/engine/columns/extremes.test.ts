import { expect, test } from 'vitest';
import { parseRules } from '../../../grammar/index.ts';
import { runColumns } from '../../../src/engine/columns/index.ts';
import { parseDate } from '../../../src/exact/date.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { checkRules } from '../../../src/rules/check.ts';
import { book, type Cell } from '../../support/book.ts';

const RULES = `table Staff key id
table Tickets key no
each Staff
  least = min(Tickets[size] where engineer = id)
  most = max(Tickets[size] where engineer = id)
  double = max(Tickets[size] * 2 where engineer = id and done)
each Tickets
  twice = size * 2
all = min(Tickets[size])
top = max(Tickets[twice] where done)
`;

/** Engineer, size, whether it is done. */
function extremes(tickets: readonly (readonly [string, number, boolean])[], staff: readonly string[]) {
  const rows = tickets.map(([engineer, size, done], i): Cell[] => [i + 1, engineer, size, done]);
  const data = book(
    { Staff: [['id'], ...staff.map((id) => [id])], Tickets: [['no', 'engineer', 'size', 'done'], ...rows] },
    { rules: RULES },
  );
  const { program, problems } = checkRules(parseRules(data.rules), data, parseDate('2026-03-31') ?? 0);
  expect(problems).toEqual([]);
  if (program === null) throw new Error('no program');
  const { results, stats } = runColumns(program, data);
  expect(results.problems).toEqual([]);
  expect(stats.asked).toBe(0);
  const text = (x: (typeof results.scalars)[number] | undefined): string =>
    x?.kind === 'number' ? exactText(x.value) : (x?.kind ?? 'none');
  const columns = ['least', 'most', 'double'].map(
    (name) => results.columns[program.columns.findIndex((column) => column.name === name)],
  );
  return {
    staff: staff.map((_, row) => columns.map((column) => text(column?.at(row)))),
    scalars: results.scalars.map(text),
  };
}

test('minima and maxima by person, of all and of some tickets', () => {
  const found = extremes(
    [
      ['a', 2.5, true],
      ['b', -4, false],
      ['a', 0, false],
      ['a', -0.25, true],
      ['b', -7.75, true],
      ['c', 0, false],
    ],
    ['a', 'b', 'c', 'd'],
  );
  expect(found.staff).toEqual([
    ['-0.25', '2.5', '5'],
    ['-7.75', '-4', '-15.5'],
    // Nothing of c is done; d has nothing.
    ['0', '0', 'blank'],
    ['blank', 'blank', 'blank'],
  ]);
  expect(found.scalars).toEqual(['-7.75', '5']);
});

test('texts that differ in case alone are one person', () => {
  const { staff } = extremes(
    [
      ['ann', 3, true],
      ['Ann', 9, true],
      ['ANN', -2, true],
      ['bob', 5, true],
    ],
    ['Ann', 'BOB'],
  );
  expect(staff).toEqual([
    ['-2', '9', '18'],
    ['5', '5', '10'],
  ]);
});
