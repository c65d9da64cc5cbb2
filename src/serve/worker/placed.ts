import path from 'node:path';
import { type Language, message } from '../../problems/messages/index.ts';
import { type Place, type Problem, placeText } from '../../problems/problem.ts';
import { type Shelf, servedBooks } from '../books.ts';

/** A problem as JSON, its place both as text and as data. */
export function placedProblem(problem: Problem, language: Language): Readonly<Record<string, unknown>> {
  const { severity, code, at, rule, key } = problem;
  return {
    severity,
    code,
    message: message(problem, language),
    ...(at === undefined ? {} : { at: placeText(at), place: at satisfies Place }),
    ...(rule === undefined ? {} : { rule }),
    ...(key === undefined ? {} : { key }),
  };
}

/** A problem whose place is a file by the names that a client knows: of the book, and of the file in it. */
export async function withoutPath(problem: Problem, shelves: readonly Shelf[]): Promise<Problem> {
  const { at } = problem;
  if (at?.kind !== 'file') return problem;
  for (const { name, path: whole } of await servedBooks(shelves)) {
    if (at.path === whole) return { ...problem, at: { kind: 'file', path: name } };
    if (path.dirname(at.path) === whole)
      return { ...problem, at: { kind: 'file', path: `${name}/${path.basename(at.path)}` } };
  }
  return { ...problem, at: { kind: 'file', path: path.basename(at.path) } };
}
