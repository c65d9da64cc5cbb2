import type { SessionState } from '../../src/live/session.ts';
import type { Problem } from '../../src/problems/problem.ts';

/** A session that has computed, with what a test says otherwise. */
export function sessionState(other: Partial<SessionState> = {}): SessionState {
  return {
    revision: 1,
    phase: 'idle',
    done: null,
    asOf: Date.UTC(2026, 2, 31),
    hasRules: true,
    rules: [],
    problems: [],
    outcome: { inputs: [], values: 0, scalars: [], tables: [], shares: [] },
    failure: null,
    ...other,
  };
}

export const ERROR: Problem = { code: 'too-large', severity: 'error' };
export const WARNING: Problem = { code: 'band-open-ended', name: 'b', severity: 'warning' };
