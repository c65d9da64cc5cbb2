import { describe, expect, test } from 'vitest';
import { parseRules } from '../../../grammar/index.ts';
import { editedWorkbook, startEditable, type TableChange } from '../../../src/engine/edits/index.ts';
import { run } from '../../../src/engine/run.ts';
import { parseDecimal } from '../../../src/exact/decimal.ts';
import { BLANK, numberValue, textValue, type Value } from '../../../src/exact/value.ts';
import { checkRules } from '../../../src/rules/check.ts';
import type { Program } from '../../../src/rules/program.ts';
import type { Workbook } from '../../../src/workbook/port.ts';
import { book, type Cell } from '../../support/book.ts';
import { picture } from './picture.ts';

/** Tables large enough for every kind of index that edits keep. */
const RULES = `
table Staff key id
table Regions key name
table Tickets key ticket where hours < 90
  engineer in Staff

rate = 12%
band points
  up to 1 -> 100
  up to 5 -> 80
  otherwise -> 60

each Tickets
  score = points(hours)
  dear = hours * lookup(Staff[cost], engineer)

each Staff
  mean = average(Tickets[score] where engineer = id)
  open = count(Tickets where engineer = id and not solved)
  longest = max(Tickets[hours] where engineer = id)
  spent = sum(Tickets[dear] where engineer = id and solved)

each Regions
  hours = sum(Tickets[hours] where region = name)
  least = min(Tickets[hours] where region = name)
  middle = median(Tickets[hours] where region = name)
  people = count(Staff where home = name)
  check hours >= 0

score quality for Staff
  100% clamp(default(mean, 0), 0, 100)

total = sum(Tickets[hours])
solved_ones = count(Tickets where solved)
most = max(Tickets[hours])
mean_hours = average(Tickets[hours] where solved)
pool = sum(Tickets[dear]) * rate
share pool among Staff by quality as reward
  cap pool / 10
  rest as left
richest = max(Staff[reward])
check sum(Staff[reward]) + left = round(pool)
check most < 89
`;

const TICKETS = 3000;
const STAFF = 600;

/** The same numbers every time. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const nameOf = (i: number): string => `E${String(i).padStart(3, '0')}`;

function theBook(): Workbook {
  const roll = dice(1);
  const regions = ['North', 'South', 'East'];
  const tickets: Cell[][] = [];
  for (let i = 0; i < TICKETS; i++)
    tickets.push([
      `T${i}`,
      nameOf(roll(STAFF)),
      { number: `${roll(80)}.${roll(100)}` },
      roll(10) < 8,
      regions[roll(3)] ?? 'North',
    ]);
  const staff: Cell[][] = [];
  for (let i = 0; i < STAFF; i++) staff.push([nameOf(i), regions[roll(3)] ?? 'North', 10 + roll(30)]);
  return book(
    {
      Staff: [['id', 'home', 'cost'], ...staff],
      Regions: [['name'], ...regions.map((name) => [name])],
      Tickets: [['ticket', 'engineer', 'hours', 'solved', 'region'], ...tickets],
    },
    { rules: RULES },
  );
}

function compile(workbook: Workbook): Program {
  const { program, problems } = checkRules(parseRules(workbook.rules), workbook, Date.UTC(2026, 2, 31));
  expect(problems).toEqual([]);
  if (program === null) throw new Error('no program');
  return program;
}

const number = (text: string): Value => numberValue(parseDecimal(text) ?? { n: 0n, d: 1n });

describe('edits of large tables', () => {
  test('one cell after another, in every column, with mistakes in between', () => {
    const workbook = theBook();
    const program = compile(workbook);
    const editable = startEditable(program, workbook);
    const roll = dice(7);
    let current = workbook;
    let followed = 0;
    for (let i = 0; i < 40; i++) {
      const row = roll(TICKETS);
      const cells: readonly (() => TableChange)[] = [
        () => ({ table: 2, cells: [{ row, column: 2, value: number(`${roll(80)}.${roll(1000)}`) }] }),
        () => ({ table: 2, cells: [{ row, column: 2, value: number(`${roll(80)}.${roll(1000)}`) }] }),
        () => ({ table: 2, cells: [{ row, column: 1, value: textValue(nameOf(roll(STAFF))) }] }),
        () => ({ table: 2, cells: [{ row, column: 3, value: { kind: 'logical', value: roll(2) === 0 } }] }),
        () => ({ table: 2, cells: [{ row, column: 4, value: textValue(roll(4) === 0 ? 'south' : 'East') }] }),
        // Leaves the table's condition, or comes back.
        () => ({
          table: 2,
          cells: [{ row: roll(5), column: 2, value: number(roll(2) === 0 ? '95' : '7.5') }],
        }),
        () => ({ table: 0, cells: [{ row: roll(STAFF), column: 2, value: number(`${roll(40)}`) }] }),
        () => ({ table: 0, cells: [{ row: roll(STAFF), column: 1, value: textValue('North') }] }),
        // A blank engineer, one that nobody is, a text for a number; mended by the next edit of the same cell.
        () => ({
          table: 2,
          cells: [{ row: roll(3), column: 1, value: roll(2) === 0 ? BLANK : textValue('E001') }],
        }),
        () => ({
          table: 2,
          cells: [{ row: 5, column: 1, value: textValue(roll(2) === 0 ? 'E999' : 'E002') }],
        }),
        () => ({
          table: 2,
          cells: [{ row: 6, column: 2, value: roll(2) === 0 ? textValue('soon') : number('3') }],
        }),
      ];
      const change = cells[roll(cells.length)]?.();
      if (change === undefined) continue;
      current = editedWorkbook(current, [change]);
      const { results, stats } = editable.edit([change], current);
      if (!stats.full) followed++;
      expect(picture(program, results)).toEqual(picture(program, run(program, current)));
    }
    expect(followed).toBeGreaterThan(20);
  }, 120_000);

  test('a change of one ticket computes what depends on it, not the rest', () => {
    const workbook = theBook();
    const program = compile(workbook);
    const editable = startEditable(program, workbook);
    // Nothing reads where somebody lives but the count of people by region.
    const { stats } = editable.edit([{ table: 0, cells: [{ row: 3, column: 1, value: textValue('East') }] }]);
    expect(stats.full).toBe(false);
    expect(stats.computed).toBeLessThanOrEqual(3);
  });
});
