import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { parseDate } from '../../src/exact/date.ts';
import { registerFunctions } from '../../src/functions/excel.ts';
import { createFollower } from '../../src/functions/follow.ts';
import { createCalculator } from '../../src/live/calculator.ts';
import { createSession } from '../../src/live/createSession.ts';
import { directHandle } from '../../src/live/handle.ts';
import type { Calculator } from '../../src/live/protocol.ts';
import type { Session } from '../../src/live/session.ts';
import { xlsxLiveBook } from '../../src/workbook/xlsx/live.ts';
import { fakeExcel } from './fakeExcel.ts';
import { ticks } from './sessions.ts';

const MARCH = parseDate('2026-03-31') ?? Number.NaN;

const open: Session[] = [];
afterEach(() => {
  for (const session of open.splice(0)) session.close();
});

/** small.xlsx open in a workbook, a session with the real calculator, and Excel's side of the functions. */
async function small() {
  const book = xlsxLiveBook(await readFile('samples/small.xlsx'), 'small.xlsx');
  const calls: Record<string, number> = {};
  const calculator = new Proxy(createCalculator(), {
    get(target, name: keyof Calculator) {
      return (...given: never[]) => {
        calls[name] = (calls[name] ?? 0) + 1;
        return (target[name] as (...all: never[]) => unknown)(...given);
      };
    },
  });
  const session = createSession(book, directHandle(calculator), { delay: 0, today: MARCH });
  open.push(session);
  const excel = fakeExcel();
  registerFunctions(createFollower(session, 'en'), 'en', excel);
  const settle = async (): Promise<void> => {
    await session.settled();
    await ticks();
  };
  return { book, session, excel, calls, settle };
}

/** The first answer to T01, of engineer E07: two and a half hours after it was opened instead of one. */
const LATER = {
  sheet: 'Tickets',
  row: 3,
  column: 4,
  value: { kind: 'number', value: { n: 4608347917n, d: 100000n } },
} as const;

describe('functions over small.xlsx', () => {
  it('say that there is no date, and give values once it is set in Run', async () => {
    const { session, excel, settle } = await small();
    const score = excel.stream('SUPPORTSCORE', 'E07', null, null);
    const dated = excel.stream('RULE', 'pool', null, '2026-02-28');
    await settle();
    expect(score.shown).toEqual([expect.stringMatching(/^#N\/A: No as-of date is set/)]);
    expect(dated.shown).toEqual([[[75]]]);
    await session.setAsOf(MARCH);
    await settle();
    expect(score.shown.slice(1)).toEqual([93.4]);
    expect(dated.shown).toHaveLength(1);
  });

  /*
   * E07's points become 60 100 80 80 100, on average 84: 45% × 84 + 35% × 100 + 20% × 85 = 89.8. Nobody else's score
   * changes.
   */
  it('follow a ticket that is edited: one evaluation for ten thousand cells, and only what changed is pushed', async () => {
    const { session, excel, book, calls, settle } = await small();
    await session.setAsOf(MARCH);
    const cells = Array.from({ length: 10_000 }, (_, i) =>
      excel.stream('SUPPORTSCORE', `E${String((i % 12) + 1).padStart(2, '0')}`, null, null),
    );
    await settle();
    expect(cells[6]?.shown).toEqual([93.4]);
    const before = { ...calls };
    await book.edit([LATER]);
    await settle();
    expect((calls.evaluate ?? 0) - (before.evaluate ?? 0)).toBe(1);
    expect((calls.answers ?? 0) - (before.answers ?? 0)).toBe(1);
    const e07 = cells.filter((_, i) => i % 12 === 6);
    expect(e07.every(({ shown }) => shown.length === 2 && shown[1] === 89.8)).toBe(true);
    expect(cells.filter((_, i) => i % 12 !== 6).every(({ shown }) => shown.length === 1)).toBe(true);
  });

  it('show the first problem while the data have errors, and values again when they are mended', async () => {
    const { session, excel, book, settle } = await small();
    await session.setAsOf(MARCH);
    const reward = excel.stream('RULE', 'reward', 'E11', null);
    const problems = excel.stream('PROBLEMS');
    await settle();
    const cell = { sheet: 'Staff', row: 2, column: 1 } as const;
    await book.edit([{ ...cell, value: { kind: 'text', value: 'E02' } }]);
    await settle();
    await book.edit([{ ...cell, value: { kind: 'text', value: 'E01' } }]);
    await settle();
    expect(reward.shown).toEqual([[[290]], expect.stringMatching(/^#VALUE!: Staff!A3: /), [[290]]]);
    expect(problems.shown).toHaveLength(3);
    expect(problems.shown[0]).toEqual([['No problems.']]);
    expect(problems.shown[1]).toContainEqual(['error', 'Staff!A3', expect.any(String)]);
  });

  /** What Excel does with a function in a cell: what is pushed becomes its value, and the sheet is said to be calculated. */
  async function inCell(
    formula: { id: string; given: readonly unknown[] },
    row: number,
    column: number,
    sheet: string,
  ) {
    const made = await small();
    const { book, excel, session, settle, calls } = made;
    await session.setAsOf(MARCH);
    await settle();
    const { evaluate: before = 0 } = calls;
    const cell = excel.stream(formula.id, ...formula.given);
    let shown = 0;
    // Goes round until nothing more is pushed; a round that never ends would fail here.
    for (let round = 0; round < 40; round++) {
      await settle();
      if (cell.shown.length === shown) break;
      shown = cell.shown.length;
      const value = (cell.shown.at(-1) as number[][])[0]?.[0] ?? Number.NaN;
      const cents = BigInt(Math.round(value * 100));
      await book.edit([{ sheet, row, column, value: { kind: 'number', value: { n: cents, d: 100n } } }]);
    }
    return { ...made, cell, evaluations: (calls.evaluate ?? 0) - before };
  }

  it('in a table that the rules read, go round once: nothing is pushed that says the same', async () => {
    const pool = { id: 'RULE', given: ['pool', null, null] };
    // The team of E01, which no rule reads, stands in a table that is read.
    const { cell, evaluations, settle, calls } = await inCell(pool, 2, 2, 'Staff');
    expect(cell.shown).toEqual([[[1265.34]]]);
    expect(evaluations).toBe(1);
    const { answers } = calls;
    await settle();
    expect(calls.answers).toBe(answers);
  });

  it('whose own result is among what the rules read, end where it no longer changes', async () => {
    const pool = { id: 'RULE', given: ['pool', null, null] };
    // 15% of a commission goes to the pool: each round adds 15% of what the one before added, until that is no cent.
    const { cell, session, evaluations } = await inCell(pool, 2, 4, 'Sales');
    const scalar = session.state.outcome?.scalars.find(({ name }) => name === 'pool')?.value;
    expect(String((cell.shown.at(-1) as number[][])[0]?.[0])).toBe(scalar);
    expect(evaluations).toBe(cell.shown.length);
    expect(evaluations).toBeLessThan(15);
  });
});
