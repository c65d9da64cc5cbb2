import type { Value } from '../../exact/value.ts';
import type { Expr } from '../../rules/program.ts';
import { placeAmong } from '../columns/frames.ts';
import { strictTruths, Truth } from '../columns/logic.ts';
import { type Machine, valueId } from '../columns/machine.ts';
import { boxedAt, Tag, type Vec, type VecKind } from '../columns/vec.ts';

/**
 * The rows of a table by the value of an expression of the row alone; rows that don't count, or fail the conditions
 * before it, are not in it. Values are ids of the run's interner, blank is 0. All values are of one kind: where they
 * aren't, comparing them is a fault and there is no index. Kept up to date by `move`.
 */
export interface KeyIndex {
  /** Null where there are only blanks. */
  kind: VecKind | null;
  /** Of each row of the sheet; NOWHERE where it is not in the index. */
  readonly idOf: Int32Array;
  /** Rows by id when the index was made: order[starts[id]] … order[starts[id + 1] − 1], rising. */
  readonly starts: Int32Array;
  readonly order: Int32Array;
  /** Other rows that have come to an id since; who has gone again is told by `idOf`. */
  readonly come: Map<number, Set<number>>;
  /** How many rows a value had on average when the index was made. */
  readonly groupSize: number;
}

export const NOWHERE = -1;

/** Null where something is at fault, or of several kinds. */
export function buildIndex(
  m: Machine,
  table: number,
  level: number,
  steady: readonly Expr[],
  cell: Expr,
): KeyIndex | null {
  const total = m.workbook.tables[table]?.rows ?? 0;
  const frame = m.inner(table, level);
  const rows = frame.rows(level);
  const alive = new Uint8Array(frame.n).fill(1);
  for (const condition of steady) {
    const states = strictTruths(m.read(condition, frame), frame.n);
    for (let i = 0; i < frame.n; i++) {
      if (alive[i] === 0) continue;
      const state = states[i] ?? 0;
      if (state > Truth.YES) return null;
      alive[i] = state;
    }
  }
  const vec = m.read(cell, frame);
  const kind = onlyKind(vec, alive);
  if (kind === undefined) return null;
  const ids = m.ids(vec);
  const idOf = new Int32Array(total).fill(NOWHERE);
  const starts = new Int32Array(m.interner.size + 1);
  let count = 0;
  for (let i = 0; i < frame.n; i++) {
    if (alive[i] === 0) continue;
    const id = ids[i & vec.mask] ?? 0;
    idOf[rows === null ? i : (rows[i] ?? 0)] = id;
    starts[id + 1] = (starts[id + 1] ?? 0) + 1;
    count++;
  }
  for (let id = 1; id < starts.length; id++) starts[id] = (starts[id] ?? 0) + (starts[id - 1] ?? 0);
  const next = starts.slice();
  const order = new Int32Array(count);
  for (let row = 0; row < total; row++) {
    const id = idOf[row] ?? NOWHERE;
    if (id === NOWHERE) continue;
    const at = next[id] ?? 0;
    order[at] = row;
    next[id] = at + 1;
  }
  return { kind, idOf, starts, order, come: new Map(), groupSize: averageSize(starts, count) };
}

/** The one kind of a vector's values at the positions that are alive; undefined where there are two, or a fault. */
export function onlyKind(vec: Vec, alive: Uint8Array): VecKind | null | undefined {
  if (vec.tags === null) return vec.kind;
  let kind: VecKind | null = null;
  for (let i = 0; i < alive.length; i++) {
    if (alive[i] === 0) continue;
    const at = i & vec.mask;
    const tag = vec.tags[at];
    if (tag === Tag.BLANK) continue;
    const found = tag === Tag.PLAIN ? vec.kind : tag === Tag.BOXED ? boxedAt(vec, at)?.kind : undefined;
    if (found === undefined || found === 'blank' || (kind !== null && found !== kind)) return undefined;
    kind = found;
  }
  return kind;
}

/** The id of a value, as an index has it. */
export function idOfValue(m: Machine, value: Value): number {
  return valueId(value, m.interner);
}

/** Rows with a value, rising. */
export function rowsOf({ idOf, starts, order, come }: KeyIndex, id: number): readonly number[] {
  const rows: number[] = [];
  if (id < 0) return rows;
  const end = starts[id + 1] ?? 0;
  for (let at = starts[id] ?? 0; at < end; at++) {
    const row = order[at] ?? 0;
    if (idOf[row] === id) rows.push(row);
  }
  const others = come.get(id);
  if (others === undefined) return rows;
  for (const row of others) if (idOf[row] === id) rows.push(row);
  return rows.sort((a, b) => a - b);
}

/** The first row that is in the index, or that has a value in it; −1 where there is none. */
export function firstRow(index: KeyIndex, withValue: boolean): number {
  return index.idOf.findIndex((id) => (withValue ? id > 0 : id >= 0));
}

function averageSize(starts: Int32Array, count: number): number {
  let values = 0;
  for (let id = 1; id < starts.length; id++) if (starts[id] !== starts[id - 1]) values++;
  return count / Math.max(1, values);
}

/** Puts a row where its value is now, NOWHERE takes it out. False where the value's kind is another: then no index is left. */
export function move(index: KeyIndex, row: number, id: number, kind: VecKind | null): boolean {
  if (kind !== null) {
    if (index.kind !== null && index.kind !== kind) return false;
    index.kind = kind;
  }
  const before = index.idOf[row] ?? NOWHERE;
  if (before === id) return true;
  index.idOf[row] = id;
  const others = index.come.get(before);
  if (others?.delete(row) === true && others.size === 0) index.come.delete(before);
  if (id === NOWHERE || isFirst(index, row, id)) return true;
  const come = index.come.get(id);
  if (come === undefined) index.come.set(id, new Set([row]));
  else come.add(row);
  return true;
}

/** Whether a row had the value when the index was made. */
const isFirst = ({ order, starts }: KeyIndex, row: number, id: number): boolean =>
  placeAmong(order, row, starts[id] ?? 0, starts[id + 1] ?? 0) >= 0;
