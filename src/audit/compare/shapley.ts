import { add, divide, equal, integer, type Rational, subtract, ZERO } from '../../exact/rational.ts';

/** What a difference is split by, in the order of their bits in a coalition's number (1, 2, 4, 8). */
export const FACTORS = ['rules', 'own', 'pool', 'others'] as const;
export type Factor = (typeof FACTORS)[number];

/** How many coalitions of factors there are: sets of those that have changed already. */
export const COALITIONS = 1 << FACTORS.length;

/**
 * A difference by factors; all of them add to it. `together` is what can't be told apart: there was no order of
 * changing one factor after the other in which every step can be computed. It is 0 wherever there is one.
 */
export type Parts = Readonly<Record<Factor, Rational>> & { readonly together: Rational };

export const NO_PARTS: Parts = { rules: ZERO, own: ZERO, pool: ZERO, others: ZERO, together: ZERO };

/**
 * The Shapley value: each factor's own change of the amount, averaged over all orders in which the factors may change
 * one after the other. `values` has the amount by coalition, null where it can't be computed; orders that come through
 * such a coalition are left out of the average. The amounts of none and of all have to be there.
 */
export function shapley(values: readonly (Rational | null)[]): Parts {
  const [first] = values;
  const last = values[COALITIONS - 1];
  if (first == null || last == null) throw new RangeError('the amounts before and after are needed');
  if (values.every((value) => value !== null && equal(value, first))) return NO_PARTS;
  const sums = FACTORS.map(() => ZERO);
  let count = 0;
  for (const order of ORDERS) {
    const steps = stepsOf(order, values);
    if (steps === null) continue;
    count++;
    order.forEach((factor, i) => {
      sums[factor] = add(sums[factor] ?? ZERO, steps[i] ?? ZERO);
    });
  }
  if (count === 0) return { ...NO_PARTS, together: subtract(last, first) };
  const part = (factor: Factor): Rational => divide(sums[FACTORS.indexOf(factor)] ?? ZERO, integer(count));
  return {
    rules: part('rules'),
    own: part('own'),
    pool: part('pool'),
    others: part('others'),
    together: ZERO,
  };
}

/** By how much the amount changes at each step of an order; null where a step can't be computed. */
function stepsOf(order: readonly number[], values: readonly (Rational | null)[]): readonly Rational[] | null {
  const steps: Rational[] = [];
  let coalition = 0;
  let before = values[0] ?? null;
  for (const factor of order) {
    coalition |= 1 << factor;
    const after = values[coalition] ?? null;
    if (before === null || after === null) return null;
    steps.push(subtract(after, before));
    before = after;
  }
  return steps;
}

const ORDERS: readonly (readonly number[])[] = ordersOf(FACTORS.map((_, i) => i));

function ordersOf(of: readonly number[]): readonly (readonly number[])[] {
  if (of.length === 0) return [[]];
  return of.flatMap((first) => ordersOf(of.filter((x) => x !== first)).map((rest) => [first, ...rest]));
}

/** Parts of several differences in one. */
export function addParts(a: Parts, b: Parts): Parts {
  return {
    rules: add(a.rules, b.rules),
    own: add(a.own, b.own),
    pool: add(a.pool, b.pool),
    others: add(a.others, b.others),
    together: add(a.together, b.together),
  };
}
