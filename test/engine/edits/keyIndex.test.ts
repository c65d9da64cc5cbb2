import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type KeyIndex, move, NOWHERE, rowsOf } from '../../../src/engine/edits/keyIndex.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 300);
const IDS = 5;

/** An index of rows with these ids, as it is made at first. */
function indexOf(ids: readonly number[]): KeyIndex {
  const order = ids
    .map((id, row) => ({ id, row }))
    .filter(({ id }) => id !== NOWHERE)
    .sort((a, b) => a.id - b.id || a.row - b.row);
  const starts = Array.from({ length: IDS + 1 }, (_, id) => order.filter((one) => one.id < id).length);
  return {
    kind: 'number',
    idOf: Int32Array.from(ids),
    starts: Int32Array.from(starts),
    order: Int32Array.from(order, ({ row }) => row),
    come: new Map(),
    groupSize: 1,
  };
}

test('rows come and go, and come back', () => {
  const id = fc.integer({ min: NOWHERE, max: IDS - 1 });
  // An id that nobody had at first is beyond the index's own.
  const moves = fc.array(fc.tuple(fc.nat(), fc.oneof(id, fc.constant(IDS + 3))), { maxLength: 40 });
  fc.assert(
    fc.property(fc.array(id, { minLength: 1, maxLength: 12 }), moves, (ids, steps) => {
      const index = indexOf(ids);
      const now = [...ids];
      for (const [at, to] of steps) {
        const row = at % ids.length;
        now[row] = to;
        expect(move(index, row, to, to === NOWHERE ? null : 'number')).toBe(true);
        for (let wanted = 0; wanted < IDS + 4; wanted++)
          expect(rowsOf(index, wanted)).toEqual(now.flatMap((one, k) => (one === wanted ? [k] : [])));
      }
    }),
    { numRuns: RUNS },
  );
});

test('a row that goes from value to value is kept for the one that it has', () => {
  const index = indexOf([1]);
  for (let id = 2; id < 1000; id++) move(index, 0, id, 'number');
  expect([...index.come.keys()]).toEqual([999]);
  move(index, 0, 1, 'number');
  expect(index.come.size).toBe(0);
});

test('a value of another kind leaves no index', () => {
  const index = indexOf([0, 1]);
  expect(move(index, 0, 2, 'text')).toBe(false);
});
