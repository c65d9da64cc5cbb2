import type { Value } from '../../exact/value.ts';
import type { Workbook } from '../../workbook/port.ts';
import type { Counted } from '../columns/machine.ts';
import { fitNumber } from '../columns/scaled.ts';
import type { ShareOutcome } from '../columns/shareOutcome.ts';
import { boxedAt, cellAt, type Draft, putCell, Tag, type Vec, vecOf } from '../columns/vec.ts';
import type { Fault, Outcome, TableResult } from '../results.ts';
import { sameContent } from './change.ts';
import { noPatches, type Patches, patchAt, patched, patchesOf } from './patches.ts';

/** A computed column: what a run made of it, with the rows that edits have changed since. Never changed itself. */
export interface ColumnState {
  /** Over the rows of the sheet. */
  readonly vec: Vec;
  /** All that there are now. */
  readonly faults: ReadonlyMap<number, Fault>;
  readonly over: Patches<Outcome>;
}

/** Everything that a program came to over a workbook. Never changed: an edit makes another one. */
export interface State {
  readonly workbook: Workbook;
  readonly counted: readonly Counted[];
  readonly tables: readonly TableResult[];
  readonly scalars: readonly Outcome[];
  readonly columns: readonly ColumnState[];
  readonly shares: readonly ShareOutcome[];
  /** By row of the `each`; null at the top. */
  readonly checks: readonly ReadonlyMap<number | null, Fault>[];
}

export function outcomeAt({ vec, faults, over }: ColumnState, row: number): Outcome {
  const found = patchAt(over, row) ?? faults.get(row);
  if (found !== undefined) return found;
  const cell = cellAt(vec, row);
  if (cell === null || cell === 'ask') throw new Error(`no value and no fault at row ${row}`);
  return cell;
}

/** Whether nobody who read the one would have to read the other: faults may differ in more than is seen. */
export function sameOutcome(a: Outcome, b: Outcome): boolean {
  return a.kind !== 'fault' && b.kind !== 'fault' && sameContent(a, b);
}

/** The faults of a column, by rising row. */
export function faultsOf({ faults }: ColumnState): readonly Fault[] {
  return [...faults].sort(([a], [b]) => a - b).map(([, fault]) => fault);
}

/** The column with some rows as they are now. */
export function withRows(column: ColumnState, rows: readonly (readonly [number, Outcome])[]): ColumnState {
  const { vec, faults, over } = column;
  return { vec, faults: faultsWith(faults, rows), over: patched(over, rows) };
}

function faultsWith(
  faults: ColumnState['faults'],
  rows: readonly (readonly [number, Outcome])[],
): ColumnState['faults'] {
  if (rows.every(([row, { kind }]) => kind !== 'fault' && !faults.has(row))) return faults;
  const now = new Map(faults);
  for (const [row, outcome] of rows) {
    if (outcome.kind === 'fault') now.set(row, outcome);
    else now.delete(row);
  }
  return now;
}

/** The column with all its rows in one vector of `total`. */
export function settled(column: ColumnState, total: number): ColumnState {
  const { vec, faults, over } = column;
  if (over.size === 0) return column;
  const out: Draft = {
    data: vec.mask === 0 ? new Float64Array(total).fill(vec.data[0] ?? 0) : vec.data.slice(),
    tags:
      vec.tags === null
        ? null
        : vec.mask === 0
          ? new Uint8Array(total).fill(vec.tags[0] ?? 0)
          : vec.tags.slice(),
    boxed: vec.mask === 0 ? boxedEverywhere(vec, total) : vec.boxed === null ? null : new Map(vec.boxed),
    ratios:
      vec.ratios === null || vec.mask === 0
        ? null
        : { num: vec.ratios.num.slice(), den: vec.ratios.den.slice() },
  };
  let { bound } = vec;
  for (const [row, outcome] of patchesOf(over)) {
    out.boxed?.delete(row);
    if (out.ratios !== null) out.ratios.den[row] = 0;
    if (outcome.kind === 'fault') {
      putCell(out, row, null);
      continue;
    }
    const k = plainOf(vec, outcome);
    if (Number.isNaN(k)) putCell(out, row, outcome);
    else {
      out.data[row] = k;
      if (out.tags !== null) out.tags[row] = Tag.PLAIN;
      bound = Math.max(bound, Math.abs(k));
    }
  }
  return {
    vec: vecOf(out, {
      kind: vec.kind,
      den: vec.den,
      pool: vec.pool,
      bound: vec.kind === 'number' ? bound : 0,
    }),
    faults,
    over: noPatches(),
  };
}

function boxedEverywhere(vec: Vec, total: number): Map<number, Value> | null {
  const value = boxedAt(vec, 0);
  if (value === undefined) return null;
  return new Map(Array.from({ length: total }, (_, row): [number, Value] => [row, value]));
}

/** What a vector's data has for a value; NaN where that has to be boxed. */
function plainOf({ kind, den, pool }: Vec, value: Value): number {
  if (value.kind !== kind) return Number.NaN;
  switch (value.kind) {
    case 'number':
      return fitNumber(value.value, den);
    case 'date':
      return value.ms.d === 1n ? Number(value.ms.n) : Number.NaN;
    case 'logical':
      return value.value ? 1 : 0;
    case 'text': {
      const id = pool.texts.length > 1000 ? -1 : pool.texts.indexOf(value.value);
      return id < 0 ? Number.NaN : id;
    }
    default: {
      const never: never = value;
      return never;
    }
  }
}

/**
 * Rows below `total` at which two vectors differ, rising; null where these are more than `most`. `blanks`: a blank differs
 * from a blank (it may have come from another cell).
 */
export function differingRows(
  a: Vec,
  b: Vec,
  total: number,
  blanks: boolean,
  most: number,
): readonly number[] | null {
  const rows: number[] = [];
  const alike =
    a.kind === b.kind && a.den === b.den && (a.kind !== 'text' || a.pool === b.pool) && a.mask === b.mask;
  for (let row = 0; row < total; row++) {
    const i = row & a.mask;
    const tag = a.tags === null ? Tag.PLAIN : (a.tags[i] ?? 0);
    const other = b.tags === null ? Tag.PLAIN : (b.tags[row & b.mask] ?? 0);
    if (tag === Tag.PLAIN && other === Tag.PLAIN && alike) {
      if (a.data[i] === b.data[row & b.mask]) continue;
    } else if (tag === Tag.BLANK && other === Tag.BLANK) {
      if (!blanks) continue;
    } else if (tag < Tag.FAIL && other < Tag.FAIL) {
      const [x, y] = [cellAt(a, row), cellAt(b, row)];
      if (x !== null && x !== 'ask' && y !== null && y !== 'ask' && x.kind !== 'blank' && sameContent(x, y))
        continue;
    }
    if (rows.length >= most) return null;
    rows.push(row);
  }
  return rows;
}
