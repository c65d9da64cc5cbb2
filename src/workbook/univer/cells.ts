import type { ICellData, IDocumentData, Nullable } from '@univerjs/presets';
import { columnValue } from '../../exact/column.ts';
import { type ColumnBuilder, columnBuilder } from '../../exact/columnBuilder.ts';
import { msOfSerial } from '../../exact/date.ts';
import type { Value } from '../../exact/value.ts';

/** Excel's error values, and those that only the grid has. */
export const ERROR_VALUES: ReadonlySet<string> = new Set([
  '#NULL!',
  '#DIV/0!',
  '#VALUE!',
  '#REF!',
  '#NAME?',
  '#NUM!',
  '#N/A',
  '#GETTING_DATA',
  '#SPILL!',
  '#CALC!',
  '#CONNECT!',
  '#BLOCKED!',
  '#UNKNOWN!',
  '#FIELD!',
  '#BUSY!',
  '#CYCLE!',
  '#ERROR!',
]);

/** Kinds of cells as the grid numbers them. */
const TEXT = 1;
const NUMBER = 2;
const LOGICAL = 3;
const MARKED_TEXT = 4;

/** What a cell of the grid says; `blank` for an empty text too, as Excel shows nothing. */
export type Content =
  | { readonly kind: 'blank' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'logical'; readonly value: boolean }
  | { readonly kind: 'error'; readonly code: string };

const BLANK: Content = { kind: 'blank' };

/** Reads a cell, whatever its format. A formula without a value yet is an error, never a blank. */
export function contentOf(cell: Nullable<ICellData>): Content {
  if (!cell) return BLANK;
  const { v, t } = cell;
  if (v === null || v === undefined || v === '') {
    if (cell.p) return textContent(richText(cell.p));
    if (v !== '' && isFormula(cell)) return { kind: 'error', code: '#GETTING_DATA' };
    return BLANK;
  }
  switch (t ?? kindOf(v)) {
    case NUMBER: {
      const number = typeof v === 'number' ? v : typeof v === 'boolean' ? Number(v) : Number(v);
      return Number.isFinite(number) && v !== '' ? { kind: 'number', number } : textContent(String(v));
    }
    case LOGICAL:
      return { kind: 'logical', value: v === true || v === 1 || /^(?:1|true)$/i.test(String(v)) };
    case MARKED_TEXT:
      return textContent(String(v));
    default: {
      const text = String(v);
      return ERROR_VALUES.has(text) ? { kind: 'error', code: text } : textContent(text);
    }
  }
}

const textContent = (text: string): Content => (text === '' ? BLANK : { kind: 'text', text });

function kindOf(v: string | number | boolean): number {
  return typeof v === 'number' ? NUMBER : typeof v === 'boolean' ? LOGICAL : TEXT;
}

export function isFormula(cell: ICellData): boolean {
  return (cell.f ?? '') !== '' || (cell.si ?? '') !== '';
}

/** The text of a cell with formatted pieces or several lines. */
function richText(document: IDocumentData): string {
  const stream = document.body?.dataStream ?? '';
  return stream.replace(/\r\n$/, '').replaceAll('\r', '\n');
}

/** Adds a cell that is not blank to a column. `dated`: a number in it is a date. */
export function pushContent(builder: ColumnBuilder, content: Content, dated: boolean): void {
  switch (content.kind) {
    case 'blank':
      return builder.blank();
    case 'text':
      return builder.text(content.text);
    case 'logical':
      return builder.logical(content.value);
    case 'error':
      return builder.error(content.code);
    case 'number': {
      const { number } = content;
      // Excel shows ##### for a day outside its calendar: it stays the number that it is.
      const ms = dated && number >= 0 ? msOfSerial(number, false) : null;
      return ms === null ? builder.double(number) : builder.date(ms);
    }
    default: {
      const never: never = content;
      return never;
    }
  }
}

/** The same as a value; null, with the error's text, for an error value. */
export function meaningOf(
  content: Content,
  dated: boolean,
): { readonly value: Value | null; readonly error?: string } {
  if (content.kind === 'error') return { value: null, error: content.code };
  const builder = columnBuilder(1);
  pushContent(builder, content, dated);
  return { value: columnValue(builder.finish(), 0) };
}

/** Whether a text, if it were typed, would be something else: a number, a date, a logical, an error, a formula. */
export function looksTyped(text: string): boolean {
  return (
    /^[=+\-'@#]/.test(text) || /^\s*[(¥$€£]?\s*[\d.,]+/.test(text) || /^(?:true|false)$/i.test(text.trim())
  );
}
