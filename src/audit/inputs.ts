import { keyTextAt } from '../rules/keys.ts';
import type { SheetTable, TableColumn } from '../workbook/port.ts';
import { base64ToBytes, bytesToBase64, hexToBytes } from './codec.ts';
import { digestRows, ROW_BYTES, type TableDigest } from './digest.ts';

/** An input table as a run found it: the keys and digests of its rows, and which of them counted. */
export interface TableState {
  readonly name: string;
  readonly headings: readonly string[];
  /** Index of the key column. */
  readonly key: number;
  readonly keys: readonly string[];
  readonly rows: readonly string[];
  readonly counted: readonly boolean[];
}

/**
 * The same in a record. With `drop` it is the state of the same table in the record `base`, without the rows of these
 * runs (first row from 0, how many, …), and with the rows of `keys` and `rows` after them.
 */
export interface KeptTable {
  readonly name: string;
  /** Of the table, as the ledger's row has it. */
  readonly digest: string;
  readonly headings: readonly string[];
  readonly key: number;
  readonly keys: readonly string[];
  /** Eight bytes a row, all in base64. */
  readonly rows: string;
  readonly drop?: readonly number[];
  /** Runs of rows by turns: so many that don't count, so many that do, …; absent where all count. */
  readonly counted?: readonly number[];
}

/** A table of a run as it is kept; `base` is its state in the record before, where that is known. */
export function keepTable(
  table: SheetTable,
  { digest, rows }: TableDigest,
  key: number,
  counts: Uint32Array,
  base: TableState | null,
): KeptTable {
  const headings = table.columns.map(({ heading }) => heading);
  const column = table.columns[key]?.data;
  const keyOf = (row: number): string => (column === undefined ? '' : keyTextAt(column, row));
  const counted = new Uint8Array(table.rows);
  for (const row of counts) counted[row] = 1;
  const { order, drop, added } = delta(
    base !== null && sameTexts(base.headings, headings) ? base : null,
    rows,
  );
  const flags = [...order, ...added].map((row) => counted[row] === 1);
  return {
    name: table.name,
    digest,
    headings,
    key,
    keys: added.map(keyOf),
    rows: bytesToBase64(hexToBytes(added.map((row) => rows[row] ?? '').join(''))),
    ...(drop === null ? {} : { drop }),
    ...(flags.every(Boolean) ? {} : { counted: turns(flags) }),
  };
}

interface Delta {
  /** The rows of today that the base has, in its order. */
  readonly order: readonly number[];
  readonly drop: readonly number[] | null;
  readonly added: readonly number[];
}

function delta(base: TableState | null, rows: readonly string[]): Delta {
  if (base === null) return { order: [], drop: null, added: rows.map((_, row) => row) };
  const left = new Map<string, number[]>();
  // From the end, so that the first of equal rows is taken first.
  for (let row = rows.length - 1; row >= 0; row--) {
    const digest = rows[row] ?? '';
    const same = left.get(digest);
    if (same === undefined) left.set(digest, [row]);
    else same.push(row);
  }
  const order: number[] = [];
  const gone: boolean[] = base.rows.map((digest) => {
    const row = left.get(digest)?.pop();
    if (row !== undefined) order.push(row);
    return row === undefined;
  });
  const found = new Set(order);
  return { order, drop: runsOf(gone), added: rows.flatMap((_, row) => (found.has(row) ? [] : [row])) };
}

/** Where a flag is set: first index and length of each run. */
function runsOf(flags: readonly boolean[]): readonly number[] {
  const runs: number[] = [];
  for (let i = 0; i < flags.length; i++) {
    if (flags[i] !== true) continue;
    const from = i;
    while (flags[i + 1] === true) i++;
    runs.push(from, i - from + 1);
  }
  return runs;
}

function turns(flags: readonly boolean[]): readonly number[] {
  const lengths: number[] = [];
  let value = false;
  let length = 0;
  for (const flag of flags) {
    if (flag !== value) {
      lengths.push(length);
      value = flag;
      length = 0;
    }
    length++;
  }
  return [...lengths, length];
}

/** A kept table in full; null where its base is not known or does not fit. */
export function restoreTable(kept: KeptTable, base: TableState | null): TableState | null {
  const bytes = base64ToBytes(kept.rows);
  if (bytes === null || bytes.length !== kept.keys.length * ROW_BYTES) return null;
  const { name, headings, key } = kept;
  let keys = kept.keys;
  let rows = hexRows(bytes);
  if (kept.drop !== undefined) {
    if (base === null) return null;
    const gone = new Uint8Array(base.rows.length);
    for (let i = 0; i + 1 < kept.drop.length; i += 2)
      gone.fill(1, kept.drop[i], (kept.drop[i] ?? 0) + (kept.drop[i + 1] ?? 0));
    keys = [...base.keys.filter((_, row) => gone[row] === 0), ...keys];
    rows = [...base.rows.filter((_, row) => gone[row] === 0), ...rows];
  }
  const counted = rows.map(() => true);
  let at = 0;
  for (const [i, length] of (kept.counted ?? []).entries()) {
    counted.fill(i % 2 === 1, at, at + length);
    at += length;
  }
  return { name, headings, key, keys, rows, counted };
}

function hexRows(bytes: Uint8Array): readonly string[] {
  return Array.from({ length: bytes.length / ROW_BYTES }, (_, row) => {
    let text = '';
    for (let i = row * ROW_BYTES; i < (row + 1) * ROW_BYTES; i++)
      text += (bytes[i] ?? 0).toString(16).padStart(2, '0');
    return text;
  });
}

export const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, i) => text === b[i]);

/** What became of a table since it was kept. Rows `was` count in the state, rows `now` in the table. */
export interface TableChange {
  readonly changed: readonly { readonly was: number; readonly now: number }[];
  readonly removed: readonly number[];
  readonly added: readonly number[];
  /** Null where the headings are other ones and rows can't be compared. */
  readonly comparable: boolean;
}

/** `digests` are those of the table as it is, in sheet order. */
export function compareTable(state: TableState, table: SheetTable, digests: readonly string[]): TableChange {
  const columns = matchingColumns(state, table);
  if (columns === null) return { changed: [], removed: [], added: [], comparable: false };
  const rows = columns === table.columns ? digests : digestRows(table, columns);
  const key = columns[state.key]?.data;
  return compareRows(state, rows, (row) => (key === undefined ? '' : keyTextAt(key, row)));
}

/** What became of the rows of a state; `keyOf` gives the key of a row of today. */
export function compareRows(
  state: TableState,
  rows: readonly string[],
  keyOf: (row: number) => string,
): TableChange {
  const { order, drop, added } = delta(state, rows);
  if (order.length === rows.length && drop?.length === 0)
    return { changed: [], removed: [], added: [], comparable: true };
  const byKey = new Map<string, number[]>();
  for (const row of added) {
    const same = byKey.get(keyOf(row));
    if (same === undefined) byKey.set(keyOf(row), [row]);
    else same.push(row);
  }
  const changed: { was: number; now: number }[] = [];
  const removed: number[] = [];
  const runs = drop ?? [];
  for (let i = 0; i + 1 < runs.length; i += 2)
    for (let was = runs[i] ?? 0; was < (runs[i] ?? 0) + (runs[i + 1] ?? 0); was++) {
      const now = byKey.get(state.keys[was] ?? '')?.shift();
      if (now === undefined) removed.push(was);
      else changed.push({ was, now });
    }
  const paired = new Set(changed.map(({ now }) => now));
  return { changed, removed, added: added.filter((row) => !paired.has(row)), comparable: true };
}

/**
 * The columns of a table that a state's rows are made of, in its order: by their headings, or by their places where
 * headings were renamed; null where neither fits.
 */
function matchingColumns(state: TableState, table: SheetTable): readonly TableColumn[] | null {
  const { columns } = table;
  if (
    sameTexts(
      state.headings,
      columns.map(({ heading }) => heading),
    )
  )
    return columns;
  const found = state.headings.flatMap((heading) => columns.find((one) => one.heading === heading) ?? []);
  if (found.length === state.headings.length) return found;
  return columns.length === state.headings.length ? columns : null;
}
