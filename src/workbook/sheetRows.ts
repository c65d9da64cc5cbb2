import type { SheetTable } from './port.ts';

/** Collects the sheet rows of a table from top to bottom. */
export interface SheetRows {
  readonly count: number;
  /** The last row that was added; 0 where there is none. */
  readonly last: number;
  /** Adds so many rows that follow one another, below those so far. */
  add(row: number, count: number): void;
  /** What a table has of them. Rows without a gap, which is most tables, are put down only when somebody asks. */
  finish(): Pick<SheetTable, 'rows' | 'sheetRows'>;
}

export function sheetRows(): SheetRows {
  let first = 0;
  let count = 0;
  let last = 0;
  /** Once there is a gap. */
  let list: Uint32Array | null = null;

  function putDown(room: number): Uint32Array {
    const grown = new Uint32Array(room);
    if (list === null) for (let i = 0; i < count; i++) grown[i] = first + i;
    else grown.set(list.subarray(0, count));
    return grown;
  }

  return {
    get count() {
      return count;
    },
    get last() {
      return last;
    },
    add(row, more) {
      if (more === 0) return;
      if (count === 0) first = row;
      const gap = list === null && count > 0 && row !== last + 1;
      if (gap || (list !== null && count + more > list.length))
        list = putDown(Math.max(count * 2, count + more));
      if (list !== null) for (let i = 0; i < more; i++) list[count + i] = row + i;
      count += more;
      last = row + more - 1;
    },
    finish() {
      let rows: Uint32Array | null = null;
      return {
        rows: count,
        get sheetRows() {
          rows ??= list?.subarray(0, count) ?? putDown(count);
          return rows;
        },
      };
    },
  };
}
