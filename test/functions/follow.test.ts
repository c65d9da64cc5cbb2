import { describe, expect, it } from 'vitest';
import { createFollower } from '../../src/functions/follow.ts';
import type { Answer, CellValue, Query } from '../../src/live/queries.ts';
import { fakeSession, ticks } from './sessions.ts';

const rule = (name: string, key: CellValue = null): Query => ({ kind: 'rule', name, key, asOf: null });
const one = (value: CellValue): Answer => ({ kind: 'cells', rows: [[value]] });

/** What a cell is told, one after the other. */
function cell(): { readonly told: unknown[]; readonly push: (answer: Answer) => void } {
  const told: unknown[] = [];
  return {
    told,
    push: (answer) =>
      void told.push(answer.kind === 'error' ? `${answer.error} ${answer.message}` : answer.rows[0]?.[0]),
  };
}

describe('a follower', () => {
  it('asks once for ten thousand cells, and each different query once', async () => {
    const session = fakeSession();
    const follower = createFollower(session, 'en');
    const cells = Array.from({ length: 10_000 }, (_, i) => {
      const made = cell();
      follower.follow(rule('reward', `E${i % 2500}`), made.push);
      return made;
    });
    expect(cells.every(({ told }) => told.length === 0)).toBe(true);
    await ticks();
    expect(session.asked.map((queries) => queries.length)).toEqual([2500]);
    expect(cells.every(({ told }) => told.length === 1 && told[0] === 1)).toBe(true);
    session.set({ revision: 2 });
    await ticks();
    expect(session.asked.map((queries) => queries.length)).toEqual([2500, 2500]);
    expect(cells.every(({ told }) => told.length === 2 && told[1] === 2)).toBe(true);
  });

  it('pushes only what changed', async () => {
    const session = fakeSession();
    const values = new Map<string, number>([
      ['a', 1],
      ['b', 1],
    ]);
    session.answers = async (queries) =>
      queries.map((query) => one(query.kind === 'rule' ? (values.get(query.name) ?? null) : null));
    const follower = createFollower(session, 'en');
    const [a, b] = [cell(), cell()];
    follower.follow(rule('a'), a.push);
    follower.follow(rule('b'), b.push);
    await ticks();
    values.set('b', 2);
    session.set({ revision: 2 });
    await ticks();
    expect([a.told, b.told]).toEqual([[1], [1, 2]]);
  });

  it('lets cells wait for the first evaluation', async () => {
    const session = fakeSession({ revision: 0, phase: 'idle' });
    const follower = createFollower(session, 'en');
    const { told, push } = cell();
    follower.follow(rule('a'), push);
    await ticks();
    session.set({ phase: 'reading' });
    await ticks();
    session.set({ phase: 'computing', done: 0.5 });
    await ticks();
    expect([told, session.asked]).toEqual([[], []]);
    session.set({ phase: 'idle', revision: 1 });
    await ticks();
    expect(told).toEqual([1]);
  });

  it('tells a cell that comes while there is work under way when the work is done, even where it changed nothing', async () => {
    const session = fakeSession({ phase: 'reading' });
    const follower = createFollower(session, 'en');
    const { told, push } = cell();
    follower.follow(rule('a'), push);
    await ticks();
    expect(told).toEqual([]);
    session.set({ phase: 'idle' });
    await ticks();
    expect(told).toEqual([1]);
  });

  it('tells a cell that comes late what is known, without asking again', async () => {
    const session = fakeSession();
    const follower = createFollower(session, 'en');
    follower.follow(rule('a'), cell().push);
    await ticks();
    const late = cell();
    follower.follow(rule('a'), late.push);
    await ticks();
    expect(late.told).toEqual([1]);
    expect(session.asked).toHaveLength(1);
  });

  it('asks for what is new alone while nothing else changes', async () => {
    const session = fakeSession();
    const follower = createFollower(session, 'en');
    follower.follow(rule('a'), cell().push);
    await ticks();
    follower.follow(rule('b'), cell().push);
    await ticks();
    expect(session.asked).toEqual([[rule('a')], [rule('b')]]);
  });

  it('asks no more than once for each of many cells that come one by one', async () => {
    const session = fakeSession();
    const due: (() => void)[] = [];
    const follower = createFollower(session, 'en', { schedule: (flush) => void due.push(flush) });
    const told = cell();
    for (let i = 0; i < 200; i++) {
      follower.follow(rule('a', i), told.push);
      due.pop()?.();
      await Promise.resolve();
      await Promise.resolve();
    }
    for (let i = 0; i < 5; i++) {
      due.pop()?.();
      await ticks(1);
    }
    expect(session.asked.flat()).toHaveLength(200);
    expect(told.told).toHaveLength(200);
  });

  it('forgets a cell that left', async () => {
    const session = fakeSession();
    const follower = createFollower(session, 'en');
    const { told, push } = cell();
    const leave = follower.follow(rule('a'), push);
    const other = cell();
    follower.follow(rule('b'), other.push);
    await ticks();
    leave();
    session.set({ revision: 2 });
    await ticks();
    expect([told, other.told]).toEqual([[1], [1, 2]]);
    expect(session.asked.at(-1)).toEqual([rule('b')]);
  });

  it('asks the run date of the session, and anew when it is set', async () => {
    const session = fakeSession({ asOf: null });
    session.answers = async (queries, asOf) => queries.map(() => one(asOf));
    const follower = createFollower(session, 'en');
    const { told, push } = cell();
    follower.follow(rule('a'), push);
    await ticks();
    session.set({ asOf: 5 });
    await ticks();
    expect(told).toEqual([null, 5]);
  });

  it('asks again after an answer that a change has overtaken', async () => {
    const session = fakeSession();
    const waiting: (() => void)[] = [];
    session.answers = (queries) => {
      const value = session.state.revision;
      return new Promise((resolve) => waiting.push(() => resolve(queries.map(() => one(value)))));
    };
    const follower = createFollower(session, 'en');
    const { told, push } = cell();
    follower.follow(rule('a'), push);
    await ticks();
    session.set({ revision: 2 });
    await ticks();
    // One call at a time.
    expect(waiting).toHaveLength(1);
    waiting[0]?.();
    await ticks();
    waiting[1]?.();
    await ticks();
    expect(told.at(-1)).toBe(2);
    expect(waiting).toHaveLength(2);
  });

  it('says why the workbook could not be read', async () => {
    const session = fakeSession();
    const follower = createFollower(session, 'en');
    const { told, push } = cell();
    follower.follow(rule('a'), push);
    await ticks();
    const problem = {
      code: 'file',
      reason: 'no-rules',
      severity: 'error',
      at: { kind: 'file', path: 'pay.xlsx' },
    } as const;
    session.set({ failure: { kind: 'book', problem } });
    await ticks();
    expect(told).toEqual([1, expect.stringMatching(/^#VALUE! pay\.xlsx: There are no rules here/)]);
    session.set({ failure: null, revision: 2 });
    await ticks();
    expect(told.at(-1)).toBe(2);
  });

  it('keeps what was computed last where a later evaluation is given up, but not nothing', async () => {
    const later = fakeSession();
    const kept = cell();
    const follower = createFollower(later, 'en');
    follower.follow(rule('a'), kept.push);
    await ticks();
    later.set({ phase: 'computing' });
    later.set({ phase: 'idle', failure: { kind: 'cancelled' } });
    await ticks();
    expect(kept.told).toEqual([1]);
    // The calculator may have half of what was to be read: nobody is answered from it.
    const late = cell();
    follower.follow(rule('b'), late.push);
    await ticks();
    expect(late.told).toEqual([expect.stringMatching(/^#N\/A .*Run/)]);
    later.set({ failure: null, revision: 2 });
    await ticks();
    expect([kept.told.at(-1), late.told.at(-1)]).toEqual([2, 2]);

    const first = fakeSession({ revision: 0, phase: 'computing' });
    const never = cell();
    createFollower(first, 'en').follow(rule('a'), never.push);
    first.set({ phase: 'idle', failure: { kind: 'cancelled' } });
    await ticks();
    expect(never.told).toEqual([expect.stringMatching(/^#N\/A .*Run/)]);
  });

  it('shows a mistake of ours as one, without a stack', async () => {
    const session = fakeSession();
    session.answers = async () => {
      throw new Error('what\n  at answers (answers.ts:1)');
    };
    const follower = createFollower(session, 'en');
    const { told, push } = cell();
    follower.follow(rule('a'), push);
    await ticks();
    expect(told).toEqual([expect.stringMatching(/^#VALUE! .*mistake in Allot.*what$/)]);
    session.answers = async () => [];
    session.set({ revision: 2 });
    await ticks(8);
    expect(told).toEqual([expect.anything(), expect.stringContaining('without an answer')]);
    expect(session.asked).toHaveLength(2);
  });

  it('says nothing where its question is given up for a newer state', async () => {
    const session = fakeSession();
    let fail: () => void = () => {};
    session.answers = (_, __) =>
      new Promise((_resolve, reject) => {
        fail = () => reject(new DOMException('given up', 'AbortError'));
      });
    const follower = createFollower(session, 'en');
    const { told, push } = cell();
    follower.follow(rule('a'), push);
    await ticks();
    session.set({ phase: 'computing' });
    session.answers = async (queries) => queries.map(() => one('new'));
    fail();
    await ticks();
    expect(told).toEqual([]);
    session.set({ phase: 'idle', revision: 2 });
    await ticks();
    expect(told).toEqual(['new']);
  });

  it('lets no cell keep others from their answers', async () => {
    const session = fakeSession();
    const follower = createFollower(session, 'en');
    const { told, push } = cell();
    follower.follow(rule('a'), () => {
      throw new Error('gone');
    });
    follower.follow(rule('a'), push);
    await ticks();
    expect(told).toEqual([1]);
  });

  it('says nothing once it is closed', async () => {
    const session = fakeSession();
    const follower = createFollower(session, 'en');
    const { told, push } = cell();
    follower.follow(rule('a'), push);
    follower.close();
    await ticks();
    session.set({ revision: 2 });
    await ticks();
    expect(told).toEqual([]);
  });
});
