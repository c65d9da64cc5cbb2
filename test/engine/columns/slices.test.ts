import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joined, sliced } from '../../../src/engine/columns/slices.ts';
import {
  type Cell,
  cellAt,
  constant,
  draft,
  fromCells,
  setRatio,
  Tag,
  vecOf,
} from '../../../src/engine/columns/vec.ts';
import { rational } from '../../../src/exact/rational.ts';
import { BLANK, numberValue, textValue } from '../../../src/exact/value.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 1000);

const number = (n: bigint, d = 1n): Cell => numberValue(rational(n, d));
const NUMBERS: readonly Cell[] = [
  number(0n),
  number(7n),
  number(-5n, 2n),
  number(1n, 3n),
  number(9007199254740991n),
  // Of these neither numerator nor denominator is a safe integer.
  number(3n ** 60n, 2n ** 70n),
  BLANK,
  null,
  'ask',
];
const TEXTS: readonly Cell[] = [textValue('a'), textValue('b'), BLANK, null, number(1n, 3n)];

const cells = fc.oneof(
  fc.array(fc.constantFrom(...NUMBERS), { minLength: 1, maxLength: 14 }),
  fc.array(fc.constantFrom(...TEXTS), { minLength: 1, maxLength: 14 }),
);
const block = fc.integer({ min: 1, max: 5 });
const all = <T>(n: number, of: (i: number) => T): readonly T[] => Array.from({ length: n }, (_, i) => of(i));

test('parts of a vector make the vector', () => {
  fc.assert(
    fc.property(cells, block, (list, size) => {
      const v = fromCells(list);
      const whole = joined(list.length, size, (from, to) => sliced(v, from, to - from, null));
      expect(whole && all(list.length, (i) => cellAt(whole, i))).toEqual(list);
    }),
    { numRuns: RUNS },
  );
});

test('vectors of their own make one, or none at all', () => {
  let made = 0;
  fc.assert(
    fc.property(cells, block, (list, size) => {
      const whole = joined(list.length, size, (from, to) => {
        const part = list.slice(from, to);
        const [first = null] = part;
        // One value for all where they are the same.
        return part.every((cell) => cell === first) ? constant(first) : fromCells(part);
      });
      if (whole === null) return;
      made++;
      expect(all(list.length, (i) => cellAt(whole, i))).toEqual(list);
    }),
    { numRuns: RUNS },
  );
  expect(made).toBeGreaterThan(RUNS / 4);
});

test('quotients beside others that are none', () => {
  const parts = [draft(2), draft(2)];
  for (const part of parts) setRatio(part, 0, 1, 3);
  const [first, second] = parts.map((part, i) => {
    if (i === 1) part.boxed = new Map([[1, numberValue(rational(3n ** 60n, 2n ** 70n))]]);
    if (part.tags !== null && i === 1) part.tags[1] = Tag.BOXED;
    return vecOf(part, { kind: 'number' });
  });
  if (first === undefined || second === undefined) throw new Error('two parts');
  const whole = joined(4, 2, (from) => (from === 0 ? first : second));
  expect(whole && all(4, (i) => cellAt(whole, i))).toEqual([
    number(1n, 3n),
    number(0n),
    number(1n, 3n),
    number(3n ** 60n, 2n ** 70n),
  ]);
});
