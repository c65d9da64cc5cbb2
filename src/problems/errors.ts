import type { Problem } from './problem.ts';

/** Whether one of these is an error: then there are no results to be paid or shown. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
