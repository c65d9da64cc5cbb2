import { DAY, msOfSerial, parseDate } from '../exact/date.ts';
import { cellRational } from '../exact/decimal.ts';
import type { Rational } from '../exact/rational.ts';
import type { CellValue, FunctionError } from '../live/queries.ts';
import type { Language } from '../problems/messages/index.ts';
import { type FunctionId, SHAPES } from './shapes.ts';
import { type FunctionWords, functionWords } from './words.ts';

/** Thrown by readers of arguments, caught where a call begins. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly error: FunctionError;
}

export function refuse(message: string, error: FunctionError['error'] = '#VALUE!'): never {
  throw { kind: 'refusal', error: { kind: 'error', error, message } } satisfies Refusal;
}

export function isRefusal(x: unknown): x is Refusal {
  return typeof x === 'object' && x !== null && (x as { kind?: unknown }).kind === 'refusal';
}

/** The cells of an argument, row by row. */
export interface Cells {
  readonly rows: number;
  readonly columns: number;
  readonly values: readonly CellValue[];
}

/**
 * Reads the arguments of one call by their positions. A host hands over `null`, `undefined` or an empty text for an
 * empty cell; versions of Excel before the summer of 2024 hand over 0, which nobody can tell from a 0.
 */
export interface Arguments {
  readonly words: FunctionWords;
  /** `pool (argument 1)`. */
  at(index: number): string;
  cellAt(index: number, cell: number): string;
  given(index: number): boolean;
  scalar(index: number): CellValue;
  number(index: number): Rational;
  /** Null where it is left out or blank. */
  maybeNumber(index: number): Rational | null;
  name(index: number): string;
  maybeName(index: number): string | null;
  /** A day in milliseconds; null where it is left out or blank. */
  maybeDay(index: number): number | null;
  logical(index: number, otherwise: boolean): boolean;
  cells(index: number): Cells;
  maybeCells(index: number): Cells | null;
  /** A number of a cell of a matrix; null where it is blank. */
  numberIn(index: number, cells: Cells, cell: number): Rational | null;
}

export const isBlank = (value: CellValue | undefined): value is null | undefined | '' =>
  value === null || value === undefined || value === '';

export function readArguments(id: FunctionId, given: readonly unknown[], language: Language): Arguments {
  const words = functionWords(language);
  const { parameters } = SHAPES[id];
  const nameOf = (index: number): string => parameters[index]?.name ?? '';
  const at = (index: number): string => words.argument(nameOf(index), index + 1);
  const cellAt = (index: number, cell: number): string => words.cell(nameOf(index), index + 1, cell + 1);

  function plain(value: unknown, where: string): CellValue {
    if (value === null || value === undefined) return null;
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    return refuse(words.notPlain(where));
  }

  function scalar(index: number): CellValue {
    const value = given[index];
    // Some hosts hand over a single cell as one by one.
    const only = Array.isArray(value) && value.length === 1 && Array.isArray(value[0]) ? value[0] : null;
    return plain(only !== null && only.length === 1 ? only[0] : value, at(index));
  }

  function numeric(value: CellValue, where: string): Rational | null {
    if (isBlank(value)) return null;
    return typeof value === 'number' ? cellRational(value) : refuse(words.notNumber(where, shown(value)));
  }

  function maybeNumber(index: number): Rational | null {
    return numeric(scalar(index), at(index));
  }

  function maybeCells(index: number): Cells | null {
    const value = given[index];
    if (value === null || value === undefined || value === '') return null;
    if (!Array.isArray(value)) return { rows: 1, columns: 1, values: [scalar(index)] };
    const rows: readonly unknown[][] = value.map((row: unknown) => (Array.isArray(row) ? row : [row]));
    const columns = rows[0]?.length ?? 0;
    const values = rows.flatMap((row, r) =>
      row.map((cell, c) => plain(cell, cellAt(index, r * columns + c))),
    );
    return { rows: rows.length, columns, values };
  }

  function maybeName(index: number): string | null {
    const value = scalar(index);
    if (isBlank(value)) return null;
    if (typeof value !== 'string') return refuse(words.notText(at(index)));
    return value.trim() === '' ? null : value;
  }

  return {
    words,
    at,
    cellAt,
    given: (index) => given[index] !== null && given[index] !== undefined,
    scalar,
    number: (index) => maybeNumber(index) ?? refuse(words.blank(at(index))),
    maybeNumber,
    name: (index) => maybeName(index) ?? refuse(words.notText(at(index))),
    maybeName,
    maybeDay(index) {
      const value = scalar(index);
      // Excel's day 0 is no day: it is what older versions make of an empty cell.
      if (isBlank(value) || value === 0) return null;
      const ms =
        typeof value === 'number'
          ? msOfSerial(value, false)
          : typeof value === 'string'
            ? parseDate(value.trim())
            : null;
      if (ms === null) return refuse(words.notDate(at(index), shown(value)));
      return Math.floor(ms / DAY) * DAY;
    },
    logical(index, otherwise) {
      const value = scalar(index);
      if (isBlank(value)) return otherwise;
      if (typeof value === 'boolean') return value;
      return typeof value === 'number' ? value !== 0 : refuse(words.notLogical(at(index)));
    },
    cells: (index) => maybeCells(index) ?? refuse(words.blank(at(index))),
    maybeCells,
    numberIn: (index, cells, cell) => numeric(cells.values[cell] ?? null, cellAt(index, cell)),
  };
}

/** A value inside a sentence, kept short. */
function shown(value: CellValue): string {
  if (typeof value !== 'string') return String(value).toUpperCase();
  const text = value.length > 40 ? `${value.slice(0, 39)}…` : value;
  return `“${text}”`;
}
