import { parseRules } from '../../../grammar/index.ts';
import type { RunBook } from '../../../src/audit/counterfactual/index.ts';
import { run } from '../../../src/engine/run.ts';
import { parseDate } from '../../../src/exact/date.ts';
import { checkRules } from '../../../src/rules/check.ts';
import type { Workbook } from '../../../src/workbook/port.ts';
import { book, type Cell } from '../../support/book.ts';

/** A book whose rules have no errors, run on 2026-03-31. Throws where they have. */
export function ranBook(workbook: Workbook): RunBook {
  const { program, problems } = checkRules(
    parseRules(workbook.rules),
    workbook,
    parseDate('2026-03-31') ?? 0,
  );
  if (program === null) throw new Error(`rules with errors: ${JSON.stringify(problems)}`);
  return { program, workbook, results: run(program, workbook) };
}

/** Numbers from 0 up to n − 1, the same ones for the same seed. */
export function dice(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    return (state >>> 8) % n;
  };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** A company of a few people with random data and random figures in its rules. */
export function randomCompany(seed: number): Workbook {
  const roll = dice(seed);
  const pick = <T>(...list: readonly T[]): T => list[roll(list.length)] as T;
  const people = 3 + roll(6);
  const ids = Array.from({ length: people }, (_, i) => `E${i + 1}`);
  const moment = (day: number, minute: number): Cell => ({
    date: `2026-03-${two(day)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`,
  });
  const staff = ids.map((id): readonly Cell[] => [
    id,
    pick('A', 'B', 'C', 'S'),
    pick('north', 'south'),
    { date: `20${15 + roll(10)}-${two(1 + roll(12))}-${two(1 + roll(28))}` },
    4000 + 50 * roll(60),
    roll(3) > 0,
  ]);
  const tickets = Array.from({ length: people * 4 }, (_, i): readonly Cell[] => {
    const day = 1 + roll(28);
    const opened = 400 + roll(500);
    const answered = opened + roll(240);
    return [
      `T${i + 1}`,
      pick(...ids),
      moment(day, opened),
      roll(8) === 0 ? null : moment(day, answered),
      roll(5) > 0,
      pick('5G', 'TV'),
    ];
  });
  const sales = Array.from({ length: people * 3 }, (_, i): readonly Cell[] => [
    `S${i + 1}`,
    pick(...ids),
    1 + roll(20),
    { number: `${roll(3000)}.${two(roll(100))}` },
    { date: `2026-03-${two(1 + roll(31))}` },
  ]);
  const feedback = Array.from({ length: people * 2 }, (_, i): readonly Cell[] => [
    `F${i + 1}`,
    pick(...ids),
    40 + roll(61),
  ]);
  const first = 1 + roll(2);
  const rules = [
    `unit ${pick('0.01', '0.01', '1', '0.05')}`,
    'table Staff key id',
    pick('table Tickets key ticket', 'table Tickets key ticket where opened >= 2026-03-03'),
    '  engineer in Staff',
    'table Sales key sale where sold_on <= as_of',
    pick('  seller in Staff', '# no reference'),
    'table Feedback key feedback',
    `pool_rate = ${5 + roll(20)}%`,
    'band points',
    `  up to ${first}   -> 100`,
    `  up to ${first + 1}.5 -> ${pick(80, 75)}`,
    `  otherwise -> ${pick(60, 0)}`,
    'band factor',
    '  "A", "S" -> 1.5',
    '  "B" -> 1.1',
    '  otherwise -> 1',
    'band bonus marginal',
    `  up to ${10 + roll(10)} -> 0`,
    `  up to ${30 + roll(10)} -> ${pick('5', '2.5')}`,
    '  otherwise -> 8',
    'band level',
    '  at least 90 -> "gold"',
    '  at least 70 -> "silver"',
    '  otherwise -> "bronze"',
    'each Tickets',
    '  hours_taken = if(answered = blank, 9, hours(opened, answered))',
    `  points = ${pick('points_of', 'points_of', 'min(100, points_of + 5)')}`,
    '  points_of = points(hours_taken)',
    'each Staff',
    '  years = floor(months(hired_on, as_of) / 12, 1)',
    `  base = round(base_pay * (1 + ${pick('1%', '0.5%')} * min(years, 10)), 0)`,
    '  sold = sum(Sales[quantity] where seller = id)',
    `  commission = round(sum(Sales[amount] where seller = id) * ${pick('3%', '7.5%')}) + round(bonus(sold))`,
    `  to_pool = ${pick('round(commission * pool_rate)', 'floor(commission * pool_rate, 1)', 'mround(commission * pool_rate, 0.5)')}`,
    '  response = average(Tickets[points] where engineer = id)',
    '  solved_rate = average(if(Tickets[solved], 100, 0) where engineer = id)',
    '  rating_of = average(Feedback[rating] where about = id)',
    `  place = rank(support${pick('', ' where team = [@team]')})`,
    '  class = if(support = blank, "none", level(support))',
    'score support for Staff skip blank',
    '  50% response',
    '  30% solved_rate',
    '  20% rating_of',
    `pool = sum(Staff[to_pool]) + ${pick('0', '500', '1234.56')}`,
    `share pool among Staff where support <> blank${pick('', ' and full_time')} by support * ${pick('factor(grade)', '1')} as reward`,
    ...pick<readonly string[]>(
      [],
      [`  cap ${100 + 50 * roll(20)}`],
      [`  floor ${roll(10)}`],
      ['  floor 1', `  cap ${pick('base * 5%', '400')}`],
    ),
    '  rest as left_over',
    'statement net for Staff',
    '  add round(base) "Base"',
    '  add round(commission) "Commission"',
    '  less round(to_pool) "To the pool"',
    '  add round(default(reward, 0)) "Reward"',
    'each Tickets',
    '  check answered = blank or answered >= opened, "answered too early"',
    pick('# no check', 'check sum(Staff[reward]) + left_over <= pool + 1, "too much"'),
  ];
  return book(
    {
      Staff: [['id', 'grade', 'team', 'hired_on', 'base_pay', 'full_time'], ...staff],
      Tickets: [['ticket', 'engineer', 'opened', 'answered', 'solved', 'service'], ...tickets],
      Sales: [['sale', 'seller', 'quantity', 'amount', 'sold_on'], ...sales],
      Feedback: [['feedback', 'about', 'rating'], ...feedback],
    },
    { rules: rules.join('\n') },
  );
}
