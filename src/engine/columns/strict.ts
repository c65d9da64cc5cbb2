import type { Value } from '../../exact/value.ts';
import type { Pool } from './texts.ts';
import {
  type Cell,
  cellAt,
  constant,
  type Draft,
  draftOver,
  fromCells,
  putCell,
  setTag,
  Tag,
  type Vec,
  type VecKind,
  vecOf,
} from './vec.ts';

/** What a loop over plain data has made of a whole vector. */
export interface Kernel {
  readonly kind: VecKind;
  /** Not shared with an operand where any position is to be redone. */
  readonly data: Float64Array;
  readonly den?: number;
  readonly bound?: number;
  readonly pool?: Pool;
  /** Positions that the loop couldn't do: 1. */
  readonly redo: Uint8Array | null;
}

/** Counts of what did not stay in the integers. */
export interface Stats {
  /** Positions computed one by one with exact values. */
  boxed: number;
  /** Rows that the plain evaluator was asked about. */
  asked: number;
  /** Pairs of an outer and an inner row that were looked at. */
  pairs: number;
  /** Computed columns that no row can fail: computed where they are read. */
  streamed: number;
}

export const freshStats = (): Stats => ({ boxed: 0, asked: 0, pairs: 0, streamed: 0 });

/**
 * A strict operation: the kernel does the positions where every operand is plain, `one` the others, one by one.
 * `blanks` fail: a blank operand is a fault, without asking `one`.
 */
export function strict(
  n: number,
  args: readonly Vec[],
  kernel: () => Kernel | null,
  one: (values: readonly Value[]) => Value | null,
  blanks: 'fail' | 'ask',
  stats: Stats,
): Vec {
  const values: Value[] = [];
  /** Fills `values`; a cell is the answer already. */
  const operands = (i: number): Cell | undefined => {
    let asks = false;
    for (let k = 0; k < args.length; k++) {
      const arg = args[k];
      if (arg === undefined) continue;
      const cell = cellAt(arg, i);
      if (cell === null) return null;
      if (cell === 'ask') asks = true;
      else {
        if (cell.kind === 'blank' && blanks === 'fail') return null;
        values[k] = cell;
      }
    }
    return asks ? 'ask' : undefined;
  };
  const cellOf = (i: number): Cell => {
    const known = operands(i);
    if (known !== undefined) return known;
    stats.boxed++;
    return one(values);
  };
  if (args.every((v) => v.mask === 0)) return constant(cellOf(0));
  const done = kernel();
  if (done === null) {
    const cells: Cell[] = new Array(n);
    for (let i = 0; i < n; i++) cells[i] = cellOf(i);
    return fromCells(cells);
  }
  const out: Draft = draftOver(done.data);
  const { redo } = done;
  const tagged = args.filter((v) => v.tags !== null);
  if (redo !== null || tagged.length > 0) {
    for (let i = 0; i < n; i++) {
      let unusual = redo === null ? 0 : (redo[i] ?? 0);
      let worst = 0;
      for (let k = 0; k < tagged.length; k++) {
        const v = tagged[k];
        if (v === undefined || v.tags === null) continue;
        const tag = v.tags[i & v.mask] ?? 0;
        unusual |= tag;
        if (tag === Tag.FAIL || (tag === Tag.BLANK && blanks === 'fail')) worst = Tag.FAIL;
      }
      if (unusual === 0) continue;
      if (worst === Tag.FAIL) setTag(out, i, Tag.FAIL);
      else putPlain(out, i, cellOf(i), done);
    }
  }
  return vecOf(out, done);
}

/** Logicals go into the data: conditions over blanks are common. */
function putPlain(out: Draft, i: number, cell: Cell, done: Kernel): void {
  if (cell !== null && cell !== 'ask' && cell.kind === 'logical' && done.kind === 'logical')
    out.data[i] = cell.value ? 1 : 0;
  else putCell(out, i, cell);
}
