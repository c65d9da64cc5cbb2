import { expect } from 'vitest';
import { type Counterfactual, type RunBook, withCell } from '../../../src/audit/counterfactual/index.ts';
import type { Target } from '../../../src/engine/plain/index.ts';
import type { Outcome, Results } from '../../../src/engine/results.ts';
import { run } from '../../../src/engine/run.ts';
import { add, integer, multiply, sign } from '../../../src/exact/rational.ts';
import { exactValueText } from '../../../src/exact/text.ts';
import type { Value } from '../../../src/exact/value.ts';

export const hasErrors = ({ problems }: Results): boolean =>
  problems.some(({ severity }) => severity === 'error');

export function outcomeIn(results: Results, target: Target): Outcome | undefined {
  return target.kind === 'scalar'
    ? results.scalars[target.scalar]
    : results.columns[target.column]?.at(target.row);
}

const text = (x: Outcome | undefined): string =>
  x === undefined || x.kind === 'fault' ? 'none' : `${x.kind} ${exactValueText(x)}`;

/** What the cell holds one step short of the promise. */
function oneStepLess({ from, move }: Counterfactual): Value | null {
  if (move === null) return null;
  const way = multiply(integer(move.steps - Math.sign(move.steps)), move.step.size);
  if (from.kind === 'number') return { kind: 'number', value: add(from.value, way) };
  return from.kind === 'date' ? { kind: 'date', ms: add(from.ms, way) } : null;
}

/** Holds a promise against whole runs of the changed books. */
export function checkPromise(
  { program, workbook, results }: RunBook,
  target: Target,
  promise: Counterfactual,
): void {
  const { input, to, after, before, direction, difference, move } = promise;
  expect(text(before)).toBe(text(outcomeIn(results, target)));
  const there = run(program, withCell(workbook, input, to));
  expect(hasErrors(there)).toBe(false);
  expect(text(outcomeIn(there, target))).toBe(text(after));
  if (direction === 'raises') expect(difference !== null && sign(difference)).toBe(1);
  if (direction === 'lowers') expect(difference !== null && sign(difference)).toBe(-1);
  if (move === null) return;
  const less = oneStepLess(promise);
  if (less === null) throw new Error('a step of no number or date');
  const short = run(program, withCell(workbook, input, less));
  if (!hasErrors(short)) expect(text(outcomeIn(short, target))).not.toBe(text(after));
}
