import { absolute, add, divide, floorInteger, multiply, rational, ZERO } from '../exact/rational.ts';
import { closestDouble } from '../live/answers/cells.ts';
import type { Answer } from '../live/queries.ts';
import { sameSize } from './allocate.ts';
import { type Arguments, isBlank, refuse } from './arguments.ts';

const one = (value: number): Answer => ({ kind: 'cells', rows: [[value]] });

/**
 * WEIGHTED(weights, values, [skip_blank]): Σ weight × value / Σ weight, exactly. With `skip_blank` a pair without a
 * value does not count; without it a blank is an error, as a blank weight is where there is a value. Throws a Refusal.
 */
export function weighted(args: Arguments): Answer {
  const { words } = args;
  const weights = args.cells(0);
  const values = args.cells(1);
  sameSize(args, 1, values, weights);
  const skip = args.logical(2, false);
  let sum = ZERO;
  let total = ZERO;
  weights.values.forEach((_, i) => {
    if (skip && isBlank(values.values[i])) return;
    const weight = args.numberIn(0, weights, i) ?? refuse(words.blank(args.cellAt(0, i)));
    const value = args.numberIn(1, values, i) ?? refuse(words.blank(args.cellAt(1, i)));
    sum = add(sum, multiply(weight, value));
    total = add(total, weight);
  });
  if (total.n === 0n) return refuse(words.zeroWeights, '#DIV/0!');
  return one(closestDouble(divide(sum, total)));
}

/** STEPS(x, size): how many whole steps of `size` fit in `x`; 0 where x is 0 or less. Throws a Refusal. */
export function steps(args: Arguments): Answer {
  const x = args.number(0);
  const size = absolute(args.number(1));
  if (size.n === 0n) return refuse(args.words.zeroUnit(args.at(1)), '#DIV/0!');
  return one(closestDouble(rational(x.n <= 0n ? 0n : floorInteger(divide(x, size)))));
}
