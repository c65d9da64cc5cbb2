import type { SessionState } from '../../../live/session.ts';

/** What the Run page has to say first. */
export type Standing =
  /** Nothing is known of the workbook yet. */
  | 'starting'
  | 'no-rules'
  | 'no-date'
  /** The workbook could not be read, or we erred; the shell says it. */
  | 'failed'
  | 'cancelled'
  | 'errors'
  | 'ready'
  /** The first results are under way. */
  | 'waiting';

/** Where a session stands, for a person who wants results. */
export function standing(state: SessionState): Standing {
  const { failure, revision, hasRules, asOf, problems, outcome } = state;
  if (failure !== null) return failure.kind === 'cancelled' ? 'cancelled' : 'failed';
  if (revision === 0) return 'starting';
  if (!hasRules) return 'no-rules';
  if (problems.some(({ severity }) => severity === 'error')) return 'errors';
  if (asOf === null) return 'no-date';
  return outcome === null ? 'waiting' : 'ready';
}
