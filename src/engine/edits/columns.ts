import { wholeColumnVec } from '../columns/blocks.ts';
import { columnVec, type Shared } from '../columns/definitions.ts';
import { tableFrame } from '../columns/frames.ts';
import type { Machine } from '../columns/machine.ts';
import { type Cell, cellAt, mergePieces, patched, Tag, tagAt, type Vec } from '../columns/vec.ts';
import type { Fault, Outcome } from '../results.ts';
import type { Asked } from './evaluation.ts';
import { noPatches } from './patches.ts';
import type { ColumnState } from './state.ts';

/** What computes columns anew. The engine must be able to read what they read. */
export interface Computing {
  readonly m: Machine;
  readonly asked: () => Asked;
  shared(share: number): Shared;
  /** Rows of a table's sheet. */
  total(table: number): number;
}

/** A column at some rows that count: one by one where that is `cheap`, else as a vector. */
export function rowOutcomes(
  { m, asked, shared }: Computing,
  id: number,
  rows: readonly number[],
  cheap: boolean,
): ReadonlyMap<number, Outcome> {
  const column = m.program.columns[id];
  const out = new Map<number, Outcome>();
  if (column === undefined || cheap) {
    for (const row of rows) out.set(row, asked().evaluator.cell(id, row));
    return out;
  }
  const vec = columnVec(m, column, tableFrame(0, rows.length, Int32Array.from(rows)), shared);
  rows.forEach((row, i) => {
    const cell = cellAt(vec, i);
    out.set(row, cell === null || cell === 'ask' ? asked().evaluator.cell(id, row) : cell);
  });
  return out;
}

/** A column at all rows. */
export function wholeColumn({ m, asked, shared, total }: Computing, id: number): ColumnState {
  const column = m.program.columns[id];
  if (column === undefined) throw new RangeError(`no column ${id}`);
  const { rows, n } = m.count(column.table);
  const vec = wholeColumnVec(m, column, shared);
  const faults = new Map<number, Fault>();
  const answers = new Map<number, Cell>();
  if (vec.tags !== null) {
    for (let i = 0; i < n; i++) {
      if (tagAt(vec, i) < Tag.FAIL) continue;
      const row = rows === null ? i : (rows[i] ?? 0);
      const outcome = asked().evaluator.cell(id, row);
      if (outcome.kind === 'fault') faults.set(row, outcome);
      answers.set(i, outcome.kind === 'fault' ? null : outcome);
    }
  }
  const whole = patched(vec, n, answers);
  const placed: Vec = rows === null ? whole : mergePieces(total(column.table), [{ vec: whole, index: rows }]);
  return { vec: placed, faults, over: noPatches() };
}
