import { describe, expect, test } from 'vitest';
import { parseRules } from '../../grammar/index.ts';
import { run } from '../../src/engine/run.ts';
import { bandOf } from '../../src/insight/bandOf.ts';
import { payPerformanceOf } from '../../src/insight/payPerformance.ts';
import { rolesOf } from '../../src/insight/roles.ts';
import { peopleOf, stepsOf } from '../../src/insight/waits.ts';
import { type Ran, worthOf } from '../../src/insight/worth.ts';
import { checkRules } from '../../src/rules/check.ts';
import { book, type Cell } from '../support/book.ts';

const RULES = `unit 0.01
table Staff key id
table Tickets key ticket
  engineer in Staff
band response_points
  up to 1 -> 100
  up to 2 -> 80
  otherwise -> 60
each Tickets
  points = response_points(hours(opened, answered))
each Staff
  response = average(Tickets[points] where engineer = id)
score support for Staff
  100% response
share 1000 among Staff by support as reward
  floor 100
  cap 600
statement pay for Staff
  add base
  add reward`;

const t = (from: string, to: string): readonly [Cell, Cell] => [
  { date: `2026-03-02 ${from}` },
  { date: `2026-03-02 ${to}` },
];

const SHEETS = {
  Staff: [
    ['Id', 'Department', 'Post', 'Grade', 'Base'],
    ['E1', 'North', 'desk', 'G1', 5000],
    ['E2', 'North', 'engineer', 'G1', 5000],
  ],
  Tickets: [
    ['Ticket', 'Engineer', 'Opened', 'Answered', 'Solved at'],
    // 4 h, 6 h: 60 points each; three times as quick 1 h 20 min and 2 h: 80 points each
    ['T1', 'E1', ...t('08:00', '12:00'), { date: '2026-03-02 13:00' }],
    ['T2', 'E1', ...t('08:00', '14:00'), null],
    // 1 h: 100 points
    ['T3', 'E2', ...t('08:00', '09:00'), { date: '2026-03-02 10:00' }],
  ],
} as const;

function ran(): Ran {
  const workbook = book(SHEETS, { rules: RULES });
  const { program, problems } = checkRules(parseRules(workbook.rules), workbook, Date.UTC(2026, 2, 31), []);
  if (program === null) throw new Error(JSON.stringify(problems));
  const results = run(program, workbook);
  if (results.problems.some(({ severity }) => severity === 'error')) throw new Error('errors');
  return { program, workbook, results };
}

const PERIOD = { from: 0, to: Date.UTC(2027, 0, 1) };

function stepOf(kind: string) {
  const roles = rolesOf(ran().workbook);
  const people = peopleOf(roles);
  const step = people === null ? undefined : stepsOf(roles, people, PERIOD).find((one) => one.kind === kind);
  if (step === undefined) throw new Error(`no step ${kind}`);
  return step;
}

describe('what another pace is worth', () => {
  test('is what the rules give with it', () => {
    const found = worthOf(
      ran(),
      stepOf('response'),
      { table: 'Staff', ids: new Set(['e1']), rows: new Set([0]) },
      3,
    );
    // before: 60 to 100, of 1,000: 375 and 625, the cap leaves 600, the rest goes to the other: 400
    // after: 80 to 100: 444.44 and 555.56
    expect(found).toEqual({
      asOf: '2026-03-31',
      scores: [{ name: 'support', before: 60, after: 80 }],
      shares: [{ name: 'reward', before: '400', after: '444.44', pool: '1000', poolAfter: '1000' }],
      statements: [{ name: 'pay', theirs: '44.44', others: '-44.44' }],
    });
  });

  test('nothing changes where the rules do not read the step', () => {
    const found = worthOf(
      ran(),
      stepOf('solution'),
      { table: 'Staff', ids: new Set(['e1']), rows: new Set([0]) },
      3,
    );
    expect(found).toMatchObject({ scores: [], statements: [{ theirs: '0', others: '0' }] });
  });
});

test('the band that turns a wait into points is found by its two columns', () => {
  const { program, workbook } = ran();
  expect(bandOf(program, workbook, stepOf('response'))).toEqual({ name: 'response_points', bounds: [1, 2] });
  expect(bandOf(program, workbook, stepOf('solution'))).toBeNull();
});

test('floors and caps that bind are counted', () => {
  const one = ran();
  const { clamps } = payPerformanceOf(one, rolesOf(one.workbook), '2026-03-31');
  expect(clamps).toEqual([
    {
      share: 'reward',
      table: 'Staff',
      members: 2,
      atFloor: 0,
      atCap: 1,
      pool: '1000',
      unallocated: '0',
      hasFloor: true,
      hasCap: true,
    },
  ]);
});

describe('pay against score', () => {
  const people = Array.from({ length: 20 }, (_, i): readonly Cell[] => [
    `E${i}`,
    i < 10 ? 'G1' : 'G2',
    i < 10 ? 1000 : 5000,
    // within a grade more score is more pay; the better paid grade has the lower scores
    i < 10 ? 50 + i : i - 10,
  ]);
  const workbook = book(
    { Staff: [['Id', 'Grade', 'Base', 'Rating'], ...people] },
    {
      rules:
        'table Staff key id\nscore merit for Staff\n  100% rating\nstatement pay for Staff\n  add base\n  add merit',
    },
  );
  const { program } = checkRules(parseRules(workbook.rules), workbook, Date.UTC(2026, 2, 31), []);
  if (program === null) throw new Error('no program');
  const found = payPerformanceOf(
    { program, workbook, results: run(program, workbook) },
    rolesOf(workbook),
    '2026-03-31',
  );

  test('over all it may run against it, within a grade it follows', () => {
    const [pair, ...more] = found.pairs;
    expect(more).toEqual([]);
    expect(pair).toMatchObject({ pay: 'pay', score: 'merit', people: 20 });
    expect(pair?.within).toBeCloseTo(1, 12);
    // ranks of score 11…20 and 1…10 against pay 1…20: 1 − 6·Σd²/(n(n²−1)), d² = 100 for each of 20
    expect(pair?.rho).toBeCloseTo(1 - (6 * 20 * 100) / (20 * 399), 12);
  });

  test('the spread by grade, the best paid first', () => {
    const spread = found.spreads.find(({ by }) => by === 'Grade');
    expect(spread?.groups.map(({ group, people: n, p50 }) => [group, n, p50])).toEqual([
      ['G2', 10, 5004.5],
      ['G1', 10, 1054.5],
    ]);
    const all = found.spreads.find(({ by }) => by === null);
    expect(all?.bins.reduce((sum, bin) => sum + bin.people, 0)).toBe(20);
  });
});
