import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noPatches, type Patches, patchAt, patched, patchesOf } from '../../../src/engine/edits/patches.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 300);
const ROWS = 12;

/** A step from any of the patches so far: most often from the latest, as edits go. */
const step = fc.record({
  from: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat() }),
  changes: fc.array(fc.tuple(fc.nat({ max: ROWS - 1 }), fc.integer({ min: 1, max: 99 })), { maxLength: 4 }),
});

function shown(patches: Patches<number>): unknown {
  return {
    size: patches.size,
    each: Array.from({ length: ROWS }, (_, row) => patchAt(patches, row)),
    all: [...patchesOf(patches)].sort(([a], [b]) => a - b),
  };
}

function wanted(map: ReadonlyMap<number, number>): unknown {
  return {
    size: map.size,
    each: Array.from({ length: ROWS }, (_, row) => map.get(row)),
    all: [...map].sort(([a], [b]) => a - b),
  };
}

test('patches are what maps of their own would be, old ones too', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const made = [{ patches: noPatches<number>(), map: new Map<number, number>() }];
      for (const { from, changes } of steps) {
        const before = made[from === null ? made.length - 1 : from % made.length];
        if (before === undefined) throw new Error('nothing before');
        made.push({ patches: patched(before.patches, changes), map: new Map([...before.map, ...changes]) });
      }
      for (const { patches, map } of made) expect(shown(patches)).toEqual(wanted(map));
    }),
    { numRuns: RUNS },
  );
});

test('a row that is patched again and again keeps no more than it needs', () => {
  let patches = noPatches<number>();
  for (let i = 0; i < 10_000; i++) patches = patched(patches, [[3, i]]);
  expect([patches.size, patchAt(patches, 3)]).toEqual([1, 9999]);
  expect(patches.log.entries).toBeLessThan(2000);
});
