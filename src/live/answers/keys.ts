import { columnValue } from '../../exact/column.ts';
import { msOfSerial } from '../../exact/date.ts';
import { cellRational } from '../../exact/decimal.ts';
import { integer } from '../../exact/rational.ts';
import { exactValueText } from '../../exact/text.ts';
import { dateValue, foldText, logicalValue, numberValue, textValue, type Value } from '../../exact/value.ts';
import { targetWords } from '../../report/targetWords.ts';
import { keyColumn } from '../../report/values.ts';
import { type KeySet, keySet } from '../../rules/keys.ts';
import { suggestion } from '../../rules/names.ts';
import type { CellValue, FunctionError } from '../queries.ts';
import { type AnswerBook, notAvailable, refusal } from './book.ts';
import { answerWords } from './words.ts';

/** The rows of one table by key. */
export interface KeyIndex {
  /** The row of a key that counts, or why there is none. */
  rowOf(key: CellValue): number | FunctionError;
  counts(row: number): boolean;
}

/** In longer tables a name that is near is not looked for: many cells may ask at once. */
const NEAR_ROWS = 200;

/**
 * Indexes a table's keys once. They match as in the rules: numbers by value, texts without regard to case, never one
 * for the other; a number also matches a date key of that serial.
 */
export function keyIndex(book: AnswerBook, table: number): KeyIndex {
  const { program, workbook, results, language } = book;
  const column = keyColumn(program, workbook, table);
  const name = program.tables[table]?.name ?? '';
  const length = column?.length ?? 0;
  const rows = new Map<string, number>();
  for (let row = 0; column !== null && row < length; row++) {
    const value = columnValue(column, row);
    if (value === null || value.kind === 'blank') continue;
    const id = identity(value);
    if (!rows.has(id)) rows.set(id, row);
  }
  const counted = new Uint8Array(length);
  for (const row of results.tables[table]?.rows ?? []) counted[row] = 1;
  let keys: KeySet | null = null;

  function missing(value: Value, written: string): FunctionError {
    if (column !== null) keys ??= keySet(column);
    const differs = keys?.differs(value);
    if (differs !== undefined)
      return refusal({ code: 'not-found', value: written, table: name, differs }, language);
    const near =
      length > NEAR_ROWS || column === null
        ? undefined
        : suggestion(
            written,
            Array.from({ length }, (_, row) => exactValueText(columnValue(column, row) ?? { kind: 'blank' })),
          );
    return notAvailable(targetWords(language).noKey(written, name, near));
  }

  return {
    counts: (row) => counted[row] === 1,
    rowOf(key) {
      if (key === null || key === '') return notAvailable(answerWords(language).blankKey);
      const value = valueOfCell(key);
      const written = exactValueText(value);
      const row = rows.get(identity(value)) ?? dateRow(key);
      if (row === undefined) return missing(value, written);
      if (counted[row] !== 1) return notAvailable(targetWords(language).leftOut(written, name));
      return row;
    },
  };

  function dateRow(key: CellValue): number | undefined {
    const ms = typeof key === 'number' ? msOfSerial(key, false) : null;
    return ms === null ? undefined : rows.get(identity(dateValue(integer(ms))));
  }
}

/** A cell's value as the rules see it. A date can't be told from its serial number. */
export function valueOfCell(value: number | string | boolean): Exclude<Value, { readonly kind: 'blank' }> {
  const found =
    typeof value === 'number'
      ? numberValue(cellRational(value))
      : typeof value === 'string'
        ? textValue(value)
        : logicalValue(value);
  if (found.kind === 'blank') throw new RangeError('a value that is blank');
  return found;
}

function identity(value: Value): string {
  return value.kind === 'text' ? `text ${foldText(value.value)}` : `${value.kind} ${exactValueText(value)}`;
}
