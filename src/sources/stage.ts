import { columnValue } from '../exact/column.ts';
import { equal } from '../exact/rational.ts';
import { exactValueText } from '../exact/text.ts';
import { foldText, type Value } from '../exact/value.ts';
import type { OutputCell, SheetTable, TableRow } from '../workbook/port.ts';
import type { Mode } from './model.ts';

/** What a row of the staged table is, compared with the present one. */
export type Fate = 'same' | 'changed' | 'added' | 'locked';

/** A table as it would be, row by row. */
export interface Staged {
  readonly rows: readonly TableRow[];
  /** Of each of `rows`; `locked`: the source says something else, but its period is locked. */
  readonly fates: readonly Fate[];
  /** Rows of the present table that go. */
  readonly removed: readonly number[];
  /** Rows of a locked period that the source no longer has; they stay. */
  readonly missing: readonly number[];
}

/** A text that two values share exactly when they are the same key. */
export const keyId = (value: Value): string =>
  `${value.kind} ${value.kind === 'text' ? foldText(value.value) : exactValueText(value)}`;

/**
 * Brings rows of a source into a table by their keys. Rows that are there keep their order, new ones come after them in the
 * order of the source; columns that the source doesn't fill (null) keep what they have. Rows of a locked period stay as they
 * are. The keys of `incoming` are all there and all different.
 */
export function stage(
  table: SheetTable,
  key: number,
  incoming: readonly (readonly (Value | null)[])[],
  mode: Mode,
  isLocked: (row: number) => boolean,
): Staged {
  const byKey = new Map<string, number>();
  incoming.forEach((row, i) => {
    byKey.set(keyId(row[key] ?? { kind: 'blank' }), i);
  });
  const rows: TableRow[] = [];
  const fates: Fate[] = [];
  const removed: number[] = [];
  const missing: number[] = [];
  const used = new Set<number>();
  const same = table.columns.map(() => null);
  const keep = (was: number, fate: Fate): void => {
    rows.push({ was, cells: same });
    fates.push(fate);
  };
  for (let was = 0; was < table.rows; was++) {
    const column = table.columns[key]?.data;
    const value = column === undefined ? null : columnValue(column, was);
    const at = value === null || value.kind === 'blank' ? undefined : byKey.get(keyId(value));
    const row = at === undefined || used.has(at) ? undefined : incoming[at];
    if (at === undefined || row === undefined) {
      if (isLocked(was)) {
        missing.push(was);
        keep(was, 'same');
      } else if (mode === 'merge') keep(was, 'same');
      else removed.push(was);
      continue;
    }
    used.add(at);
    const cells = changedCells(table, was, row, key);
    if (cells === null) keep(was, 'same');
    else if (isLocked(was)) keep(was, 'locked');
    else {
      rows.push({ was, cells });
      fates.push('changed');
    }
  }
  incoming.forEach((row, i) => {
    if (used.has(i)) return;
    rows.push({ was: null, cells: row.map((value): OutputCell => value ?? { kind: 'blank' }) });
    fates.push('added');
  });
  return { rows, fates, removed, missing };
}

/** The cells that a row gets; null where it is what it was. A key in other capitals stays as it is written. */
function changedCells(
  table: SheetTable,
  was: number,
  row: readonly (Value | null)[],
  key: number,
): readonly (OutputCell | null)[] | null {
  let changed = false;
  const cells = table.columns.map(({ data }, i): OutputCell | null => {
    const value = row[i] ?? null;
    if (value === null || i === key) return null;
    const old = columnValue(data, was);
    if (old !== null && sameValue(old, value)) return null;
    changed = true;
    return value;
  });
  return changed ? cells : null;
}

export function sameValue(a: Value, b: Value): boolean {
  switch (a.kind) {
    case 'blank':
      return b.kind === 'blank';
    case 'number':
      return b.kind === 'number' && equal(a.value, b.value);
    case 'text':
      return b.kind === 'text' && a.value === b.value;
    case 'date':
      return b.kind === 'date' && equal(a.ms, b.ms);
    case 'logical':
      return b.kind === 'logical' && a.value === b.value;
    default: {
      const never: never = a;
      return never;
    }
  }
}
