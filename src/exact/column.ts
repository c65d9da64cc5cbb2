import {
  type Cells,
  freshTexts,
  isOdd,
  type Texts,
  takeLogicals,
  takeNumbers,
  takeTexts,
  textId,
} from './cellLoops.ts';
import { cellDecimal, cellRational, POWERS_OF_TEN, parseDecimal } from './decimal.ts';
import { holding, isRising, largest, limitsOf, type Payload, payloadFor } from './payload.ts';
import { integer, quotient, type Rational, rational } from './rational.ts';
import { BLANK, dateValue, logicalValue, numberValue, textValue, type Value } from './value.ts';

/** What a row of a sheet column holds. `WIDE` is a number that the column's scaled integers can't hold. */
export const Kind = { BLANK: 0, NUMBER: 1, TEXT: 2, DATE: 3, LOGICAL: 4, ERROR: 5, WIDE: 6 } as const;

/**
 * One sheet column, imported once. `payload[row]` is, by `kinds[row]`:
 * NUMBER: the integer k of k / 10^scale, |k| ≤ bound < 2^53; TEXT and ERROR: an index into `texts`;
 * DATE: whole milliseconds (see date.ts); LOGICAL: 0 or 1; BLANK: 0; WIDE: 0, the number is in `wide`.
 */
export interface SheetColumn {
  readonly length: number;
  readonly kinds: Uint8Array;
  readonly payload: Payload;
  /** Decimals of every NUMBER. */
  readonly scale: number;
  /** The largest |k| of a NUMBER; 0 where there is none. */
  readonly bound: number;
  /** Every different text or error value once, spelled as in its cell. */
  readonly texts: readonly string[];
  readonly wide: ReadonlyMap<number, Rational>;
  /** Asked for with `uniformOf`: a column made from this one may have it still. */
  readonly uniform?: Uniform;
  /** The payload of one row, where that of all rows would first have to be put together. A copy of a column has none. */
  readonly payloadAt?: (row: number) => number;
}

/** What is known of a column all of whose rows have one kind. */
export interface Uniform {
  readonly only: number;
  /** Where every row has a text: its index among the texts. */
  readonly index: ReadonlyMap<string, number> | null;
  /** Whether every number is above that of the row before; left out where that was not looked at. */
  readonly rising?: boolean;
  /** Of what this is known. */
  readonly kinds: Uint8Array;
  readonly payload: Payload;
}

/** What is known of the column, if all its rows have one kind. */
export function uniformOf(column: SheetColumn): Uniform | null {
  const { uniform } = column;
  if (uniform === undefined || uniform.payload !== column.payload) return null;
  // As it was imported, its kinds are put down when somebody asks for them; a copy has them.
  const isImported = Object.getOwnPropertyDescriptor(column, 'kinds')?.get !== undefined;
  return isImported || uniform.kinds === column.kinds ? uniform : null;
}

/** The value of one row; null for an error value (its text is `texts[payload[row]]`). */
export function columnValue(column: SheetColumn, row: number): Value | null {
  const x = column.payloadAt === undefined ? (column.payload[row] ?? 0) : column.payloadAt(row);
  switch (column.kinds[row]) {
    case Kind.NUMBER:
      return numberValue(quotient(x, POWERS_OF_TEN[column.scale] ?? Number.NaN));
    case Kind.WIDE:
      return numberValue(column.wide.get(row) ?? integer(0));
    case Kind.TEXT:
      return textValue(column.texts[x] ?? '');
    case Kind.DATE:
      return dateValue(integer(x));
    case Kind.LOGICAL:
      return logicalValue(x === 1);
    case Kind.ERROR:
      return null;
    default:
      return BLANK;
  }
}

/** Collects the cells of a column in row order. A builder is used up by `finish`. */
export interface ColumnBuilder {
  readonly length: number;
  blank(): void;
  /** A cell's double under the 15-digit rule; must be finite. */
  double(x: number): void;
  /**
   * A column of some rows of cells, from one row to before another: doubles, logicals, texts, and blanks as an empty text
   * or nothing. The row before which it stopped: at a number or a blank if these are not to be taken, or at a text that
   * may be an error value.
   */
  cells(rows: Cells, column: number, from: number, to: number, taken: Taken): number;
  /** A number written as digits, exactly: `-12.50`, or `15%` with percent. False (and nothing added) if it is none. */
  decimal(text: string, percent: boolean): boolean;
  text(text: string): void;
  date(ms: number): void;
  logical(value: boolean): void;
  /** An Excel error value such as `#N/A`. */
  error(code: string): void;
  finish(): SheetColumn;
}

/** What is taken of cells: numbers may be something else, blanks may mean that there is no row. */
export interface Taken {
  readonly numbers: boolean;
  readonly blanks: boolean;
}

const MAX_SCALE = 15;
const MOST_INT = 2 ** 31 - 1;
/** After so many rows it is seen how large a column's numbers are. */
const FIRST_ROWS = 64;
/** Later ones may be so much larger, and more texts may come, without the payload being made anew. */
const MARGIN = 4;

/** Gives the kinds of so many rows that all have one. */
export type KindsOf = (kind: number, length: number) => Uint8Array;

const freshKinds: KindsOf = (kind, length) => new Uint8Array(length).fill(kind);

/** The same kinds for all columns that have them: large tables mostly have columns of one kind. */
export function sharedKinds(): KindsOf {
  const known = new Map<string, Uint8Array>();
  return (kind, length) => {
    const name = `${kind} ${length}`;
    const kinds = known.get(name) ?? freshKinds(kind, length);
    known.set(name, kinds);
    return kinds;
  };
}

/** `expectedRows` that come true spare the memory of growing. */
export function columnBuilder(expectedRows = FIRST_ROWS, kindsOf: KindsOf = freshKinds): ColumnBuilder {
  let room = Math.min(expectedRows, FIRST_ROWS);
  let payload: Payload = new Uint8Array(room);
  let [low, high] = limitsOf(payload);
  let length = 0;
  let scale = 0;
  /** The kind of all rows so far; null where there is none yet. */
  let only: number | null = null;
  /** Whether numbers have risen so far. */
  let rising = true;
  /** Once there are two kinds. */
  let kinds: Uint8Array | null = null;
  let texts: Texts | null = null;
  const wide = new Map<number, Rational>();

  function reserve(more: number): void {
    if (length + more <= room) return;
    room = Math.max(FIRST_ROWS, length * 2, length + more, length < expectedRows ? expectedRows : 0);
    const grown = payloadFor(room, Math.min(low, 0), mostExpected());
    grown.set(payload.subarray(0, length));
    take(grown);
    if (kinds === null) return;
    const grownKinds = new Uint8Array(room);
    grownKinds.set(kinds);
    kinds = grownKinds;
  }

  function take(wider: Payload): void {
    payload = wider;
    [low, high] = limitsOf(wider);
  }

  /** A larger number than those so far, while the column is short. */
  function mostExpected(): number {
    if (length > FIRST_ROWS || length === 0) return high;
    let most = texts?.list.length ?? 0;
    for (let i = 0; i < length; i++) most = Math.max(most, payload[i] ?? 0);
    // Numbers that count the rows go on.
    if (most - (payload[0] ?? 0) === length - 1) most = Math.max(most, expectedRows / MARGIN);
    return only === Kind.LOGICAL ? most : Math.max(Math.min(high, most), Math.min(most * MARGIN, MOST_INT));
  }

  function put(kind: number, x: number): void {
    if (length === room) reserve(1);
    if (x < low || x > high) take(holding(payload, x));
    if (kinds === null) isNext(kind);
    if (kinds !== null) kinds[length] = kind;
    payload[length] = x;
    if (rising && length > 0) rising = x > (payload[length - 1] ?? 0);
    length++;
  }

  function isNext(kind: number): void {
    if (kind === only) return;
    if (only === null) only = kind;
    else kindsApart();
  }

  /** From now on every row's kind is put down. */
  function kindsApart(): Uint8Array {
    kinds ??= new Uint8Array(room).fill(only ?? 0, 0, length);
    return kinds;
  }

  function textsSoFar(): Texts {
    texts ??= freshTexts();
    return texts;
  }

  function putWide(value: Rational): void {
    wide.set(length, value);
    put(Kind.WIDE, 0);
  }

  function putScaled(coefficient: number, places: number): void {
    if (places > scale) rescale(places);
    const k = coefficient * (POWERS_OF_TEN[scale - places] ?? Number.NaN);
    if (Math.abs(k) <= Number.MAX_SAFE_INTEGER) put(Kind.NUMBER, k);
    else putWide(rational(BigInt(coefficient), 10n ** BigInt(places)));
  }

  /** More decimals for all numbers so far; those that don't fit any more become wide. */
  function rescale(places: number): void {
    const factor = POWERS_OF_TEN[places - scale] ?? Number.NaN;
    const ten = 10n ** BigInt(scale);
    scale = places;
    for (let i = 0; i < length; i++) {
      if ((kinds === null ? only : kinds[i]) !== Kind.NUMBER) continue;
      const x = payload[i] ?? 0;
      const k = x * factor;
      if (Math.abs(k) <= Number.MAX_SAFE_INTEGER) {
        if (k < low || k > high) take(holding(payload, k));
        payload[i] = k;
      } else {
        wide.set(i, rational(BigInt(x), ten));
        kindsApart()[i] = Kind.WIDE;
        payload[i] = 0;
      }
    }
  }

  function double(x: number): void {
    // Most numbers of a column have as many decimals as those before: see cellDecimal.
    const power = POWERS_OF_TEN[scale] ?? Number.NaN;
    const k = Math.round(x * power);
    if (k / power === x && k < 1e15 && k > -1e15) {
      putScaled(k === 0 ? 0 : k, scale);
      return;
    }
    const small = cellDecimal(x);
    if (small !== null && small.decimals <= MAX_SCALE) putScaled(small.coefficient, small.decimals);
    else putWide(cellRational(x));
  }

  /** So many rows of a kind have been put into the payload. */
  function added(kind: number, count: number): void {
    if (count === 0) return;
    if (kinds === null) isNext(kind);
    kinds?.fill(kind, length, length + count);
    // They are near still.
    if (rising) rising = kind === Kind.NUMBER && isRising(payload, Math.max(0, length - 1), length + count);
    length += count;
  }

  function cells(rows: Cells, column: number, from: number, to: number, taken: Taken): number {
    // The first rows tell how much room the others take.
    if (length < room && room <= FIRST_ROWS && to - from > room - length) {
      const middle = from + room - length;
      const got = cells(rows, column, from, middle, taken);
      return got < middle ? got : cells(rows, column, middle, to, taken);
    }
    reserve(to - from);
    for (let row = from; row < to; ) {
      const x = rows[row]?.[column];
      if (typeof x === 'number') {
        if (!taken.numbers) return row;
        const power = POWERS_OF_TEN[scale] ?? Number.NaN;
        const limit = Math.min(high, 1e15 - 1);
        const count = takeNumbers(
          payload,
          length,
          rows,
          column,
          row,
          to,
          power,
          Math.max(low, -limit),
          limit,
        );
        added(Kind.NUMBER, count);
        row += count;
        if (count > 0) continue;
        double(x);
      } else if (typeof x === 'string' && x !== '') {
        const count = takeTexts(payload, length, rows, column, row, to, textsSoFar());
        added(Kind.TEXT, count);
        row += count;
        if (count > 0) continue;
        if (isOdd(x)) return row;
        put(Kind.TEXT, textId(textsSoFar(), x));
      } else if (typeof x === 'boolean') {
        const count = takeLogicals(payload, length, rows, column, row, to);
        added(Kind.LOGICAL, count);
        row += count;
        continue;
      } else if (taken.blanks && (x === '' || x === null || x === undefined)) put(Kind.BLANK, 0);
      else return row;
      row++;
    }
    return to;
  }

  return {
    get length() {
      return length;
    },
    blank: () => put(Kind.BLANK, 0),
    double,
    cells,
    decimal(text, percent) {
      const small = shortDecimal(text);
      if (small >= 0) {
        const point = text.indexOf('.');
        const places = (point < 0 ? 0 : text.length - 1 - point) + (percent ? 2 : 0);
        if (places <= MAX_SCALE) {
          putScaled(text.charCodeAt(0) === 45 && small !== 0 ? -small : small, places);
          return true;
        }
      }
      const exact = parseDecimal(text);
      if (exact === null) return false;
      putWide(percent ? rational(exact.n, exact.d * 100n) : exact);
      return true;
    },
    text: (text) => put(Kind.TEXT, textId(textsSoFar(), text)),
    date: (ms) => put(Kind.DATE, ms),
    logical: (is) => put(Kind.LOGICAL, is ? 1 : 0),
    error: (code) => put(Kind.ERROR, textId(textsSoFar(), code)),
    finish() {
      const sheet = { length, payload: payload.subarray(0, length), scale, texts: texts?.list ?? [], wide };
      if (kinds !== null) {
        const all = kinds.subarray(0, length);
        return { ...sheet, kinds: all, bound: boundOf(all, sheet.payload) };
      }
      let put: Uint8Array | null = null;
      const all = (): Uint8Array => {
        put ??= kindsOf(only ?? 0, length);
        return put;
      };
      const bound = only === Kind.NUMBER ? largest(sheet.payload) : 0;
      if (only === null || wide.size > 0) return { ...sheet, kinds: all(), bound };
      const uniform: Uniform = {
        only,
        index: only === Kind.TEXT ? (texts?.ids ?? null) : null,
        rising,
        get kinds() {
          return all();
        },
        payload: sheet.payload,
      };
      return {
        ...sheet,
        bound,
        uniform,
        get kinds() {
          return all();
        },
      };
    },
  };
}

function boundOf(kinds: Uint8Array, payload: Payload): number {
  let most = 0;
  for (let i = 0; i < payload.length; i++)
    if (kinds[i] === Kind.NUMBER) most = Math.max(most, Math.abs(payload[i] ?? 0));
  return most;
}

/** The digits of a plain decimal of up to 15 digits as an integer without its sign; −1 for anything else. */
function shortDecimal(text: string): number {
  const length = text.length;
  let i = text.charCodeAt(0) === 45 ? 1 : 0;
  if (i === length || length - i > 16) return -1;
  let value = 0;
  let digits = 0;
  let point = -1;
  for (; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 48 && c <= 57) {
      value = value * 10 + (c - 48);
      digits++;
    } else if (c === 46 && point < 0 && digits > 0) point = i;
    else return -1;
  }
  if (digits > 15 || point === length - 1) return -1;
  return value;
}
