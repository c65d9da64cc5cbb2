import type { Check } from '../../rules/program.ts';
import type { Shared } from '../columns/definitions.ts';
import { tableFrame } from '../columns/frames.ts';
import { Truth, truths } from '../columns/logic.ts';
import type { Counted, Machine } from '../columns/machine.ts';
import { countedRows } from '../columns/run.ts';
import type { Rows } from './dirt.ts';
import { rowCounts } from './evaluation.ts';
import { differingRows } from './state.ts';

/** Those of some rows at which a check does not hold for sure. */
export function suspects(m: Machine, { each, condition }: Check, list: readonly number[]): readonly number[] {
  const frame = tableFrame(0, list.length, Int32Array.from(list));
  const where = each?.where ?? null;
  const covered = where === null ? null : truths(m.read(where, frame), frame.n);
  const states = truths(m.read(condition, frame), frame.n);
  return list.filter((_, i) => {
    const cover = covered === null ? Truth.YES : (covered[i] ?? 0);
    return cover > Truth.BLANK || (cover === Truth.YES && states[i] !== Truth.YES);
  });
}

/** Rows of a share's table, of `total`, that get something else or whose part in it is not sure: all where many do. */
export function changedMembers(old: Shared, next: Shared, total: number): Rows {
  const differing = differingRows(old.money, next.money, total, true, total / 4);
  if (differing === null) return 'all';
  const rows = new Set(differing);
  for (let row = 0; row < total; row++)
    if (next.member[row] !== old.member[row] || next.member[row] === 2) rows.add(row);
  return rows;
}

/** The rows that count with some of them turned around. */
export function flipped(old: Counted, flips: ReadonlySet<number>, total: number): Counted {
  const states = new Uint8Array(total);
  for (let row = 0; row < total; row++) states[row] = rowCounts(old, row) !== flips.has(row) ? 1 : 0;
  return countedRows(states, false);
}
