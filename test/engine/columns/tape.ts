import type { Expr } from '../../../src/rules/program.ts';
import { at } from '../../support/program.ts';

/**
 * Choices read from a tape of numbers: 0 where the tape has ended, and 0 is the simplest choice. A shorter tape or
 * smaller numbers make a smaller case: that is how failures shrink.
 */
export interface Tape {
  /** 0 to n − 1. */
  pick(n: number): number;
  /** True about once in n; never where the tape has ended. */
  seldom(n: number): boolean;
  of<T>(list: readonly T[]): T;
  /** Early ones come more often. */
  lean<T>(list: readonly T[]): T;
  /** A place of its own in the rules. */
  place(): ReturnType<typeof at>;
  placed<T extends Expr>(expr: T): T;
}

export function tapeOf(numbers: readonly number[]): Tape {
  let position = 0;
  let places = 0;
  const pick = (n: number): number => (numbers[position++] ?? 0) % n;
  const item = <T>(list: readonly T[], i: number): T => {
    const found = list[i];
    if (found === undefined) throw new RangeError('an empty choice');
    return found;
  };
  const place = () => at(1 + Math.floor(++places / 1000), 1 + (places % 1000));
  return {
    pick,
    seldom: (n) => pick(n) === n - 1,
    of: (list) => item(list, pick(list.length)),
    lean: (list) => item(list, Math.min(pick(list.length), pick(list.length * 2))),
    place,
    placed: (expr) => ({ ...expr, at: place() }),
  };
}
