import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { parseDate } from '../../src/exact/date.ts';
import { createCalculator } from '../../src/live/calculator.ts';
import { createSession } from '../../src/live/createSession.ts';
import { directHandle } from '../../src/live/handle.ts';
import type { Calculator } from '../../src/live/protocol.ts';
import type { Session } from '../../src/live/session.ts';
import { xlsxLiveBook } from '../../src/workbook/xlsx/live.ts';

const MARCH = parseDate('2026-03-31') ?? Number.NaN;
const TODAY = parseDate('2026-04-15') ?? Number.NaN;

/** A calculator that counts what it is asked. */
function counted(): { readonly calculator: Calculator; readonly calls: Record<string, number> } {
  const calls: Record<string, number> = {};
  const calculator = new Proxy(createCalculator(), {
    get(target, name: keyof Calculator) {
      calls[name] ??= 0;
      return (...args: never[]) => {
        calls[name] = (calls[name] ?? 0) + 1;
        return (target[name] as (...all: never[]) => unknown)(...args);
      };
    },
  });
  return { calculator, calls };
}

const open: Session[] = [];
afterEach(() => {
  for (const session of open.splice(0)) session.close();
});

async function small() {
  const bytes = await readFile('samples/small.xlsx');
  const book = xlsxLiveBook(bytes, 'small.xlsx');
  const { calculator, calls } = counted();
  const session = createSession(book, directHandle(calculator), { delay: 0, today: TODAY });
  open.push(session);
  return { book, session, calls };
}

describe('a session', () => {
  it('reads the workbook, and says that there is no date yet', async () => {
    const { session } = await small();
    const state = await session.settled();
    expect(state).toMatchObject({ phase: 'idle', asOf: null, hasRules: true, problems: [], outcome: null });
  });

  it('computes on the date that is set, and keeps it in the workbook', async () => {
    const { session, book } = await small();
    await session.setAsOf(MARCH);
    expect(session.state.outcome?.shares).toEqual([
      {
        name: 'reward',
        table: 'Staff',
        of: null,
        pool: '1265.34',
        settled: '1265.34',
        shared: '1265.34',
        unallocated: '0',
        members: 5,
      },
    ]);
    expect(session.state.outcome?.scalars).toContainEqual({ name: 'pool', value: '1265.34' });
    const again = createSession(book, directHandle(createCalculator()), { delay: 0, today: TODAY });
    open.push(again);
    expect((await again.settled()).outcome?.scalars).toContainEqual({ name: 'pool', value: '1265.34' });
  });

  it('follows a changed cell with one evaluation, and reads only its table', async () => {
    const { session, book, calls } = await small();
    await session.setAsOf(MARCH);
    const before = { ...calls };
    // Ten sales cells of the same table at once: one evaluation.
    await book.edit([
      { sheet: 'Sales', row: 2, column: 4, value: { kind: 'number', value: { n: 1000n, d: 1n } } },
    ]);
    await session.settled();
    expect(calls.evaluate).toBe((before.evaluate ?? 0) + 1);
    expect(calls.put).toBe((before.put ?? 0) + 1);
    expect(calls.open).toBe(before.open);
  });

  it('does not evaluate where the cells say the same as before', async () => {
    const { session, book, calls } = await small();
    await session.setAsOf(MARCH);
    const { evaluate, put } = calls;
    const { revision } = session.state;
    const notes = await book.addSheet('Notes');
    await book.edit([
      { sheet: notes, row: 2, column: 9, value: { kind: 'text', value: 'no rule reads it' } },
    ]);
    await session.settled();
    // Staff!B2 is typed again as it is.
    const { value } = await book.cell({ sheet: 'Staff', row: 2, column: 2 });
    if (value === null) throw new Error('an error value');
    const told: string[] = [];
    session.subscribe(({ phase }) => told.push(phase));
    await book.edit([{ sheet: 'Staff', row: 2, column: 2, value }]);
    await session.settled();
    expect(told).toContain('reading');
    expect([calls.evaluate, calls.put, session.state.revision]).toEqual([evaluate, put, revision]);
  });

  it('evaluates where a text differs and nothing else does', async () => {
    const { session, book, calls } = await small();
    await session.setAsOf(MARCH);
    const { evaluate = 0 } = calls;
    // A ticket's number stands once: its place among the table's texts stays the same.
    await book.edit([{ sheet: 'Tickets', row: 2, column: 1, value: { kind: 'text', value: 'T99' } }]);
    await session.settled();
    expect(calls.evaluate).toBe(evaluate + 1);
  });

  it('writes results once they are there, and does not run after its own writing', async () => {
    const { session, book, calls } = await small();
    expect(await session.write('en')).toBeNull();
    await session.setAsOf(MARCH);
    const { evaluate } = calls;
    const written = await session.write('en');
    expect(written?.map(({ sheet }) => sheet)).toEqual([
      'Allot Staff',
      'Allot Tickets',
      'Allot Shares',
      'Allot Statements',
      'Allot Scalars',
    ]);
    await session.settled();
    expect(calls.evaluate).toBe(evaluate);
    expect((await book.open()).tables.map(({ name }) => name)).not.toContain('Allot Staff');
  });

  it('follows changed rules: problems take the place of results', async () => {
    const { session, book } = await small();
    await session.setAsOf(MARCH);
    const [rules] = await book.ruleSheets();
    if (rules === undefined) throw new Error('no rules');
    const lines = rules.rows.map(({ depth, text }) => ({
      depth,
      text: text.replace('by support as reward', 'by suport as reward'),
    }));
    expect((await book.writeRuleSheet(rules.sheet, lines, rules)).kind).toBe('written');
    const state = await session.settled();
    expect(state.outcome).toBeNull();
    expect(state.problems.map(({ code }) => code)).toContain('unknown-name');
  });
});
