import { readCall } from '../../src/functions/call.ts';
import type { FunctionId } from '../../src/functions/shapes.ts';
import type { Answer, CellValue } from '../../src/live/queries.ts';

export function answer(id: FunctionId, ...given: unknown[]): Answer {
  const called = readCall(id, given, 'en');
  if (called.kind !== 'answer') throw new Error(`${id} asks the rules`);
  return called.answer;
}

/** The cells that a function gives. */
export function cells(id: FunctionId, ...given: unknown[]): readonly (readonly CellValue[])[] {
  const found = answer(id, ...given);
  if (found.kind === 'error') throw new Error(found.message);
  return found.rows;
}

/** Its one cell. */
export const value = (id: FunctionId, ...given: unknown[]): CellValue | undefined =>
  cells(id, ...given)[0]?.[0];

/** Its error value, with the argument that the message begins with. */
export function problem(
  id: FunctionId,
  ...given: unknown[]
): { readonly error: string; readonly at: string; readonly said: string } {
  const found = answer(id, ...given);
  if (found.kind !== 'error') throw new Error(JSON.stringify(found.rows));
  const at = /^(.*?\(argument \d\)(?:, cell \d+)?)/.exec(found.message)?.[1] ?? '';
  return { error: found.error, at, said: found.message };
}

export const column = (...values: readonly unknown[]): readonly (readonly unknown[])[] =>
  values.map((x) => [x]);
