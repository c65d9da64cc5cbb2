import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { parseDate } from '../../src/exact/date.ts';
import { createCalculator } from '../../src/live/calculator.ts';
import { createSession } from '../../src/live/createSession.ts';
import type { CalculatorHandle } from '../../src/live/handle.ts';
import type { Calculator } from '../../src/live/protocol.ts';
import type { Session, SessionState } from '../../src/live/session.ts';
import type { LiveBook } from '../../src/workbook/live.ts';
import { type XlsxLive, xlsxLiveBook } from '../../src/workbook/xlsx/live.ts';

const MARCH = parseDate('2026-03-31') ?? Number.NaN;
const FEBRUARY = parseDate('2026-02-28') ?? Number.NaN;
const TODAY = parseDate('2026-04-15') ?? Number.NaN;

type Gated = 'open' | 'put' | 'evaluate' | 'bookOpen' | 'bookRead' | 'setting' | 'setSetting';

/** Doors that a test closes: what comes to one that is closed waits there, and may be sent away. */
function doors() {
  const closed = new Map<Gated, { arrived: () => void; promise: Promise<void> }>();
  const waiting = new Map<Gated, { go: () => void; fail: (error: unknown) => void }>();
  return {
    /** Closes a door; gives a promise of somebody who stands before it. */
    close(name: Gated): Promise<void> {
      let arrived: () => void = () => {};
      const promise = new Promise<void>((resolve) => {
        arrived = resolve;
      });
      closed.set(name, { arrived, promise });
      return promise;
    },
    open(name: Gated): void {
      closed.delete(name);
      waiting.get(name)?.go();
      waiting.delete(name);
    },
    fail(name: Gated, error: unknown): void {
      closed.delete(name);
      waiting.get(name)?.fail(error);
      waiting.delete(name);
    },
    async pass(name: Gated): Promise<void> {
      const door = closed.get(name);
      if (door === undefined) return;
      await new Promise<void>((go, fail) => {
        waiting.set(name, { go, fail });
        door.arrived();
      });
    },
  };
}

const opened: Session[] = [];
afterEach(() => {
  for (const session of opened.splice(0)) session.close();
});

interface Scene {
  readonly book: XlsxLive;
  readonly session: Session;
  readonly gate: ReturnType<typeof doors>;
  readonly calls: Record<string, number>;
  readonly states: SessionState[];
  readonly pool: () => string | undefined;
}

/**
 * small.xlsx, whose host and calculator wait where a test wants. As a worker does, the calculator is lost when it is
 * stopped; the next one gets the book as it was.
 */
async function scene(settings: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const book = xlsxLiveBook(await readFile('samples/small.xlsx'), 'small.xlsx', { settings });
  const gate = doors();
  const calls: Record<string, number> = {};
  const counted = (name: string): void => {
    calls[name] = (calls[name] ?? 0) + 1;
  };
  const host: LiveBook = {
    ...book,
    async open() {
      counted('bookOpen');
      await gate.pass('bookOpen');
      const reader = await book.open();
      return {
        ...reader,
        async read(only, again) {
          counted('bookRead');
          await gate.pass('bookRead');
          again?.signal?.throwIfAborted();
          return reader.read(only);
        },
      };
    },
    async setting(name) {
      const kept = await book.setting(name);
      await gate.pass('setting');
      return kept;
    },
    async setSetting(name, value) {
      await gate.pass('setSetting');
      await book.setSetting(name, value);
    },
  };
  const real = createCalculator();
  const given = new Set<(reason: unknown) => void>();
  const gated = new Set<string>(['open', 'put', 'evaluate']);
  const calculator = new Proxy(real, {
    get(target, name: keyof Calculator) {
      return async (...args: never[]) => {
        counted(name);
        const asked = (async () => {
          if (gated.has(name)) await gate.pass(name as Gated);
          return (target[name] as (...all: never[]) => Promise<unknown>)(...args);
        })();
        let give: (reason: unknown) => void = () => {};
        const up = new Promise((_, reject) => {
          give = reject;
        });
        given.add(give);
        try {
          return await Promise.race([asked, up]);
        } finally {
          given.delete(give);
        }
      };
    },
  });
  const handle: CalculatorHandle = {
    calculator,
    stop(reason) {
      counted('stop');
      for (const give of [...given]) give(reason);
    },
    close() {
      counted('close');
    },
  };
  const session = createSession(host, handle, { delay: 0, today: TODAY });
  opened.push(session);
  const states: SessionState[] = [];
  session.subscribe((state) => states.push(state));
  const pool = (): string | undefined =>
    session.state.outcome?.scalars.find(({ name }) => name === 'pool')?.value;
  return { book, session, gate, calls, states, pool };
}

/** A sale of March in another amount: the pool is a part of the sales. */
const sold = (n: bigint) =>
  ({ sheet: 'Sales', row: 2, column: 4, value: { kind: 'number', value: { n, d: 1n } } }) as const;

/** What the pool comes to with that sale, worked out by a session that nothing disturbs. */
async function undisturbed(n: bigint, asOf = MARCH): Promise<string | undefined> {
  const { book, session, pool } = await scene();
  await session.setAsOf(asOf);
  await book.edit([sold(n)]);
  await session.settled();
  return pool();
}

describe('a session under disturbances', () => {
  it('computes anew what is changed while it evaluates', async () => {
    const expected = await undisturbed(5000n);
    const { book, session, gate, pool } = await scene();
    const evaluating = gate.close('evaluate');
    const set = session.setAsOf(MARCH);
    await evaluating;
    await book.edit([sold(5000n)]);
    gate.open('evaluate');
    await set;
    expect(expected).not.toBe('1265.34');
    expect(pool()).toBe(expected);
  });

  it('reads anew what is changed while it reads', async () => {
    const expected = await undisturbed(7000n);
    const { book, session, gate, pool } = await scene({ asOf: '2026-03-31' });
    await session.settled();
    const reading = gate.close('put');
    await book.edit([sold(5000n)]);
    await reading;
    await book.edit([sold(7000n)]);
    gate.open('put');
    await session.settled();
    expect(pool()).toBe(expected);
  });

  it('reads what is changed while a reading goes wrong', async () => {
    const expected = await undisturbed(7000n);
    const { book, session, gate, pool } = await scene({ asOf: '2026-03-31' });
    await session.settled();
    const reading = gate.close('bookRead');
    await book.edit([sold(5000n)]);
    await reading;
    // What is written now mends what went wrong: nobody will tell of it again.
    await book.edit([sold(7000n)]);
    gate.fail('bookRead', new Error('a sheet that went'));
    await session.settled();
    expect(session.state.failure).toBeNull();
    expect(pool()).toBe(expected);
  });

  it('does not try what fails again and again by itself', async () => {
    const { session, gate, calls } = await scene({ asOf: '2026-03-31' });
    await gate.close('bookOpen');
    gate.fail('bookOpen', new Error('no'));
    const { failure } = await session.settled();
    expect(failure).toMatchObject({ kind: 'crash' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(calls.bookOpen).toBe(1);
  });

  it('recovers from a failed first reading when a date is set', async () => {
    const { session, gate, pool } = await scene();
    await gate.close('bookOpen');
    gate.fail('bookOpen', new Error('no'));
    expect((await session.settled()).failure).not.toBeNull();
    await session.setAsOf(MARCH);
    expect(session.state).toMatchObject({ failure: null, hasRules: true });
    expect(pool()).toBe('1265.34');
  });

  it('never computes over tables that it was stopped from reading', async () => {
    const { session, gate, pool } = await scene();
    await gate.close('bookRead');
    session.cancel();
    gate.open('bookRead');
    expect((await session.settled()).failure).toEqual({ kind: 'cancelled' });
    await session.setAsOf(MARCH);
    expect(pool()).toBe('1265.34');
    expect(session.state.failure).toBeNull();
  });

  it('gives up where the host does not notice that it was stopped', async () => {
    const { session, gate, calls } = await scene({ asOf: '2026-03-31' });
    await gate.close('bookOpen');
    session.cancel();
    gate.open('bookOpen');
    expect((await session.settled()).failure).toEqual({ kind: 'cancelled' });
    expect([calls.open, calls.evaluate]).toEqual([undefined, undefined]);
  });

  it('runs when it is asked to right after it was stopped', async () => {
    const { session, gate, pool } = await scene({ asOf: '2026-03-31' });
    await gate.close('bookOpen');
    session.cancel();
    const again = session.refresh();
    gate.open('bookOpen');
    await again;
    expect(session.state.failure).toBeNull();
    expect(pool()).toBe('1265.34');
  });

  it('stays stopped, be it that something was changed before', async () => {
    const { book, session, gate, calls } = await scene({ asOf: '2026-03-31' });
    const evaluating = gate.close('evaluate');
    await evaluating;
    await book.edit([sold(5000n)]);
    session.cancel();
    gate.open('evaluate');
    expect((await session.settled()).failure).toEqual({ kind: 'cancelled' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(calls.evaluate).toBe(1);
    expect(session.state.phase).toBe('idle');
  });

  it('keeps what was computed last when it is stopped, and writes none of it', async () => {
    const { book, session, gate, pool } = await scene({ asOf: '2026-03-31' });
    await session.settled();
    const reading = gate.close('put');
    await book.edit([sold(5000n)]);
    await reading;
    session.cancel();
    gate.open('put');
    await session.settled();
    expect(session.state.failure).toEqual({ kind: 'cancelled' });
    expect(pool()).toBe('1265.34');
    expect(await session.write('en')).toBeNull();
  });

  it('is right again where a change that it was stopped at is taken back', async () => {
    const { book, session, gate, pool } = await scene({ asOf: '2026-03-31' });
    await session.settled();
    const before = await book.cell({ sheet: 'Sales', row: 2, column: 4 });
    if (before.value === null) throw new Error('an empty cell');
    const evaluating = gate.close('put');
    await book.edit([sold(5000n)]);
    await evaluating;
    session.cancel();
    // The calculator takes the table, but nobody hears of it.
    gate.open('put');
    await session.settled();
    await book.edit([{ sheet: 'Sales', row: 2, column: 4, value: before.value }]);
    await session.settled();
    expect(pool()).toBe('1265.34');
  });

  it('ends with the later of two dates, and never shows results of one date under the other', async () => {
    const { session, gate, states, pool } = await scene();
    await session.settled();
    const evaluating = gate.close('evaluate');
    const first = session.setAsOf(MARCH);
    await evaluating;
    const second = session.setAsOf(FEBRUARY);
    await new Promise((resolve) => setTimeout(resolve, 5));
    gate.open('evaluate');
    await Promise.all([first, second]);
    expect(session.state.asOf).toBe(FEBRUARY);
    expect(pool()).toBe('75');
    const poolOf = (state: SessionState): string | undefined =>
      state.outcome?.scalars.find(({ name }) => name === 'pool')?.value;
    expect(states.some((state) => state.asOf === FEBRUARY && poolOf(state) === '1265.34')).toBe(false);
  });

  it('keeps a date that is set before the one in the workbook has been read', async () => {
    const { session, gate } = await scene({ asOf: '2026-02-28' });
    await gate.close('setting');
    const set = session.setAsOf(MARCH);
    await new Promise((resolve) => setTimeout(resolve, 5));
    gate.open('setting');
    await set;
    expect(session.state.asOf).toBe(MARCH);
  });

  it('computes a date that is set while an evaluation is stopped', async () => {
    const { session, gate, pool } = await scene();
    await session.settled();
    const evaluating = gate.close('evaluate');
    const first = session.setAsOf(MARCH);
    await evaluating;
    session.cancel();
    const second = session.setAsOf(FEBRUARY);
    gate.open('evaluate');
    await Promise.all([first, second]);
    expect(session.state).toMatchObject({ asOf: FEBRUARY, failure: null });
    expect(pool()).toBe('75');
  });

  it('asks the calculator nothing once it is closed, and tells nobody anything', async () => {
    for (const door of ['bookOpen', 'bookRead', 'evaluate'] as const) {
      const { session, gate, calls, states } = await scene({ asOf: '2026-03-31' });
      await gate.close(door);
      const waiting = session.settled();
      session.close();
      const before = { ...calls };
      const told = states.length;
      gate.open(door);
      await waiting;
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect([door, calls, states.length]).toEqual([door, before, told]);
    }
  });
});
