import { Kind, type SheetColumn } from '../exact/column.ts';
import { foldText } from '../exact/value.ts';
import type { TableColumn } from '../workbook/port.ts';

/** Columns as statistics want them. No amount of money is computed from these. */

/** Milliseconds of a date column; NaN where a row has no date. */
export function datesOf(column: TableColumn): Float64Array {
  const { data } = column;
  return Float64Array.from({ length: data.length }, (_, row) =>
    data.kinds[row] === Kind.DATE ? (data.payload[row] ?? Number.NaN) : Number.NaN,
  );
}

/** Numbers; NaN where a row has none. */
export function numbersOf(column: TableColumn): Float64Array {
  const { data } = column;
  return Float64Array.from({ length: data.length }, (_, row) =>
    data.kinds[row] === Kind.NUMBER ? (data.payload[row] ?? Number.NaN) / 10 ** data.scale : Number.NaN,
  );
}

/** Texts as written; null where a row has none. */
export function textsOf(column: TableColumn): readonly (string | null)[] {
  const { data } = column;
  return Array.from({ length: data.length }, (_, row) => textAt(data, row));
}

function textAt(data: SheetColumn, row: number): string | null {
  const x = data.payload[row] ?? 0;
  switch (data.kinds[row]) {
    case Kind.TEXT:
      return data.texts[x] ?? null;
    case Kind.NUMBER:
      return String(x / 10 ** data.scale);
    default:
      return null;
  }
}

/** Texts by which rows are matched: without regard to case, as rules match them. */
export function keysOf(column: TableColumn): readonly (string | null)[] {
  const folded = new Map<string, string>();
  return textsOf(column).map((text) => {
    if (text === null) return null;
    let key = folded.get(text);
    if (key === undefined) {
      key = foldText(text);
      folded.set(text, key);
    }
    return key;
  });
}

const YES: readonly string[] = ['true', 'yes', 'y', '是', '1'];

/** Logical values, or texts and numbers that say yes; null where a row is blank. */
export function logicalsOf(column: TableColumn): readonly (boolean | null)[] {
  const { data } = column;
  return Array.from({ length: data.length }, (_, row) => {
    if (data.kinds[row] === Kind.LOGICAL) return data.payload[row] === 1;
    // a time of solution says yes as well
    if (data.kinds[row] === Kind.DATE) return true;
    const text = textAt(data, row);
    return text === null ? null : YES.includes(text.trim().toLowerCase());
  });
}
