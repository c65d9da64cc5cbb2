import { isoOfMs, serialOfMs } from '../../exact/date.ts';
import { toDouble } from '../../exact/rational.ts';
import { DAY_FORMAT, isDateFormat, TIME_FORMAT } from '../dateFormat.ts';
import type { OutputCell, OutputColumn } from '../port.ts';
import { isFormula } from './cells.ts';

/** What is given to Office.js for a cell: null leaves it as it is. */
export type Input = string | number | boolean | null;

/** What goes into a cell and how its number shows. */
export interface CellInput {
  readonly value: Input;
  readonly format: string | null;
}

/** Excel's limit for the text of a cell. */
const MAX_TEXT = 32_767;
const DAY_MS = 86_400_000;

/** Left as it is. */
export const UNTOUCHED: CellInput = { value: null, format: null };

/**
 * A text for Excel, which reads what it is given as if it were typed: a leading apostrophe (no part of the cell's text) keeps
 * `=1`, `00123`, `1/2`, `MARCH1` or `TRUE` what they are. Words that no language of Excel reads as anything else go without.
 */
export function textInput(text: string): string {
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
  return short === '' || isPlain(short) ? short : `'${short}`;
}

/** Two words or more without a digit, or a text with a mark that stands in no number, date or logical. */
function isPlain(text: string): boolean {
  if (!/^(?:\p{L}|# )/u.test(text)) return false;
  return /[[\]<>"_]/.test(text) || (/\s\p{L}/u.test(text) && !/\p{N}/u.test(text));
}

/** A cell of a result. A date before Excel's calendar is text. */
export function cellInput(cell: OutputCell, column: OutputColumn, date1904: boolean): CellInput {
  const plain = column.format ?? 'General';
  switch (cell.kind) {
    case 'blank':
      return { value: '', format: plain };
    case 'number':
      return { value: toDouble(cell.value), format: plain };
    case 'text':
      return { value: textInput(cell.value), format: plain };
    case 'date': {
      const ms = Math.round(toDouble(cell.ms));
      const serial = serialOfMs(ms, date1904);
      if (serial < (date1904 ? 0 : 1))
        return { value: textInput(isoOfMs(ms).replace('T', ' ')), format: plain };
      if (isDateFormat(plain)) return { value: serial, format: plain };
      return { value: serial, format: ms % DAY_MS === 0 ? DAY_FORMAT : TIME_FORMAT };
    }
    case 'logical':
      return { value: cell.value, format: plain };
    default: {
      const never: never = cell;
      return never;
    }
  }
}

/** What puts back a cell that was read: its formula, or its value. */
export function sameInput(value: unknown, type: string, formula: unknown): Input {
  if (isFormula(formula, value)) return formula;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = String(value ?? '');
  return type === 'Error' ? text : textInput(text);
}

/** A column's width in Excel's points for so many characters. */
export function columnPoints(characters: number): number {
  const shown = Math.min(100, Math.max(6, characters + 2));
  return (shown * 7 + 5) * 0.75;
}
