import { columnValue, Kind, type SheetColumn, uniformOf } from '../exact/column.ts';
import { parseDecimal } from '../exact/decimal.ts';
import { isRising } from '../exact/payload.ts';
import { exactValueText } from '../exact/text.ts';
import { foldText, mayFoldTogether, type Value } from '../exact/value.ts';
import type { KeyDifference, Place, Problem } from '../problems/problem.ts';
import type { SheetTable } from '../workbook/port.ts';

/** The key in a row of a column as it is shown and printed; an error value shows itself. */
export function keyTextAt(column: SheetColumn, row: number): string {
  const value = columnValue(column, row);
  return value === null ? (column.texts[column.payload[row] ?? 0] ?? '') : exactValueText(value);
}

/** The cell of a row and column (indexes) of a table. */
export function cellOf(table: SheetTable, column: number, row: number): Extract<Place, { kind: 'cell' }> {
  return {
    kind: 'cell',
    sheet: table.sheet,
    row: table.sheetRows[row] ?? 0,
    column: table.columns[column]?.column ?? 0,
  };
}

/** A text that two values share exactly when they are equal as keys. */
const identity = (value: Value): string =>
  `${value.kind} ${value.kind === 'text' ? foldText(value.value) : exactValueText(value)}`;

/** By text id: the id of the first text that is the same key. */
function sameTexts(texts: readonly string[]): Int32Array {
  const ids = Int32Array.from(texts, (_, id) => id);
  if (!mayFoldTogether(texts)) return ids;
  const first = new Map<string, number>();
  texts.forEach((text, id) => {
    const folded = foldText(text);
    const earlier = first.get(folded);
    if (earlier === undefined) first.set(folded, id);
    else ids[id] = earlier;
  });
  return ids;
}

/** Numbers are told apart by a place each, as long as there are not many more places than numbers. */
const PLACES = 16;

/** Whether every row has a key and no two the same, as far as that is quickly seen. */
function areSurelyDifferent(column: SheetColumn): boolean {
  const { length, texts, bound } = column;
  const uniform = uniformOf(column);
  if (uniform?.only === Kind.TEXT) return texts.length === length && !mayFoldTogether(texts);
  if (uniform?.only !== Kind.NUMBER) return false;
  // Numbers that were seen to rise needn't be put down for this.
  if (uniform.rising === true) return true;
  const { payload } = column;
  if (uniform.rising === undefined && isRising(payload, 0, length)) return true;
  if (bound > PLACES * length) return false;
  const seen = new Uint8Array(2 * bound + 1);
  for (let row = 0; row < length; row++) {
    const at = (payload[row] ?? 0) + bound;
    if (seen[at] === 1) return false;
    seen[at] = 1;
  }
  return true;
}

/** Blank, repeated and unreadable keys of a table, at their cells; all rows are looked at. */
export function keyProblems(table: SheetTable, key: number): readonly Problem[] {
  const column = table.columns[key]?.data;
  if (column === undefined) return [];
  if (areSurelyDifferent(column)) return [];
  const found: Problem[] = [];
  const canonical = sameTexts(column.texts);
  const texts = new Int32Array(column.texts.length).fill(-1);
  // One map a kind: payloads of one kind are equal exactly when the values are.
  const others = new Map<number | string, number>();
  for (let row = 0; row < column.length; row++) {
    const kind = column.kinds[row];
    const payload = column.payload[row] ?? 0;
    const at = (): Place => cellOf(table, key, row);
    let first: number | undefined;
    switch (kind) {
      case Kind.BLANK:
        found.push({ severity: 'error', code: 'blank-key', table: table.name, at: at() });
        continue;
      case Kind.ERROR:
        found.push({ severity: 'error', code: 'cell-error', value: column.texts[payload] ?? '', at: at() });
        continue;
      case Kind.TEXT: {
        const id = canonical[payload] ?? payload;
        first = texts[id];
        if (first === -1) {
          texts[id] = row;
          continue;
        }
        break;
      }
      default: {
        const same = kind === Kind.NUMBER ? payload : `${kind} ${keyTextAt(column, row)}`;
        first = others.get(same);
        if (first === undefined) {
          others.set(same, row);
          continue;
        }
      }
    }
    found.push({
      severity: 'error',
      code: 'duplicate-key',
      table: table.name,
      first: cellOf(table, key, first ?? 0),
      at: at(),
      key: keyTextAt(column, row),
    });
  }
  return found;
}

/** All keys of a table, for asking whether another table's cells are among them. */
export interface KeySet {
  has(value: Value): boolean;
  /** For a value that is no key: how it differs from one that looks alike. */
  differs(value: Value): KeyDifference | undefined;
}

/** The number that a text is written as, as data has it; null where it is none. */
export function numberWritten(text: string): Value | null {
  const number = text.length < 400 ? parseDecimal(text.trim()) : null;
  return number === null ? null : { kind: 'number', value: number };
}

export function keySet(column: SheetColumn): KeySet {
  const keys = new Set<string>();
  for (const text of column.texts) keys.add(`text ${foldText(text)}`);
  for (let row = 0; row < column.length; row++) {
    const kind = column.kinds[row];
    if (kind === Kind.TEXT || kind === Kind.BLANK) continue;
    const value = columnValue(column, row);
    if (value !== null) keys.add(identity(value));
  }
  const has = (value: Value): boolean => keys.has(identity(value));
  let trimmed: ReadonlySet<string> | undefined;
  return {
    has,
    differs(value) {
      if (value.kind === 'number')
        return has({ kind: 'text', value: exactValueText(value) }) ? 'number' : undefined;
      if (value.kind !== 'text') return undefined;
      const number = numberWritten(value.value);
      if (number !== null && has(number)) return 'text';
      trimmed ??= new Set(column.texts.map((text) => foldText(text.trim())));
      return trimmed.has(foldText(value.value.trim())) ? 'space' : undefined;
    },
  };
}
