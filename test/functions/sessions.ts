import type { Calculator } from '../../src/live/protocol.ts';
import type { Answer, Query } from '../../src/live/queries.ts';
import type { Session, SessionState } from '../../src/live/session.ts';

export const IDLE: SessionState = {
  revision: 1,
  phase: 'idle',
  done: null,
  asOf: 0,
  hasRules: true,
  rules: [],
  problems: [],
  outcome: null,
  failure: null,
};

export interface FakeSession extends Session {
  /** Every call of `answers`. */
  readonly asked: (readonly Query[])[];
  set(next: Partial<SessionState>): void;
  /** What `answers` gives. */
  answers: (queries: readonly Query[], asOf: number | null) => Promise<readonly Answer[]>;
}

/** A session that is what a test says, whose calculator answers what a test says. */
export function fakeSession(start: Partial<SessionState> = {}): FakeSession {
  let state: SessionState = { ...IDLE, ...start };
  const listeners = new Set<(state: SessionState) => void>();
  const asked: (readonly Query[])[] = [];
  const unasked = (): never => {
    throw new Error('a follower asks for answers alone');
  };
  const session: FakeSession = {
    asked,
    answers: async (queries) => queries.map(() => ({ kind: 'cells', rows: [[state.revision]] })),
    set(next) {
      state = { ...state, ...next };
      for (const listener of [...listeners]) listener(state);
    },
    get state() {
      return state;
    },
    get book(): never {
      return unasked();
    },
    calculator: new Proxy({} as Calculator, {
      get: (_, name) =>
        name === 'answers'
          ? (queries: readonly Query[], asOf: number | null) => {
              asked.push(queries);
              return session.answers(queries, asOf);
            }
          : unasked(),
    }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setAsOf: unasked,
    refresh: unasked,
    settled: async () => state,
    cancel: unasked,
    write: unasked,
    close: unasked,
  };
  return session;
}

/** Timers of 0, and what follows them. */
export async function ticks(count = 4): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setTimeout(resolve, 0));
}
