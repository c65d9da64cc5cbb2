import type { FileReason, Problem } from '../problems/problem.ts';

/**
 * The one way in which a book refuses: thrown by everything in this room that reads or writes one.
 * `problem` says what is wrong and where, ready to be shown.
 */
export class BookError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(
      problem.code === 'file'
        ? `${problem.reason}${problem.detail === undefined ? '' : `: ${problem.detail}`}`
        : problem.code,
    );
    this.name = 'BookError';
    this.problem = problem;
  }
}

/** A `file` problem at a path, to be thrown. `detail` is a part's name, a line or a limit: data, not prose. */
export function fileError(path: string, reason: FileReason, detail?: string): BookError {
  return new BookError({
    code: 'file',
    severity: 'error',
    reason,
    ...(detail === undefined ? {} : { detail }),
    at: { kind: 'file', path },
  });
}

/** What Node says about a path, as a `file` problem. */
export function systemError(path: string, error: unknown, writing = false): BookError {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === 'ENOENT' && !writing) return fileError(path, 'missing');
  return fileError(path, writing ? 'not-writable' : 'not-readable', code);
}
