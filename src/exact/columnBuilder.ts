import {
  type Cells,
  freshTexts,
  isBlankValue,
  isOdd,
  type Texts,
  takeCounted,
  takeLogicals,
  takeNumbers,
  takeTexts,
  textId,
} from './cellLoops.ts';
import { Kind, type SheetColumn } from './column.ts';
import { cellDecimal, cellRational, POWERS_OF_TEN, parseDecimal, shortDecimal } from './decimal.ts';
import { columnOfKinds, columnOfOne, countedColumn } from './finished.ts';
import { holding, isRising, limitsOf, type Payload, payloadFor } from './payload.ts';
import { type Rational, rational } from './rational.ts';

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
  /** Once the first rows were numbers that count up: the first of them. Rows that go on so needn't be put down. */
  let counted: number | null = null;

  /** Room for so many more rows, of numbers up to some at least. */
  function reserve(more: number, most = 0): void {
    if (length + more <= room) return;
    room = Math.max(FIRST_ROWS, length * 2, length + more, length < expectedRows ? expectedRows : 0);
    const grown = payloadFor(room, Math.min(low, 0), Math.max(mostExpected(), most));
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
    let most = texts?.index.texts.length ?? 0;
    for (let i = 0; i < length; i++) most = Math.max(most, payload[i] ?? 0);
    return only === Kind.LOGICAL ? most : Math.max(Math.min(high, most), Math.min(most * MARGIN, MOST_INT));
  }

  function startCounting(): void {
    if (length !== FIRST_ROWS || counted !== null || kinds !== null) return;
    const first = payload[0] ?? 0;
    const counts = only === Kind.NUMBER && scale === 0 && rising;
    if (counts && (payload[length - 1] ?? 0) - first === length - 1 && Math.abs(first) < 1e14)
      counted = first;
  }

  /** Numbers don't count up any more: those that did are put down, with room for so many more rows. */
  function stopCounting(more: number): void {
    const first = counted ?? 0;
    const rows = length;
    counted = null;
    length = FIRST_ROWS;
    reserve(rows - length + more, first + rows);
    if (first + rows > high) take(holding(payload, first + rows));
    for (; length < rows; length++) payload[length] = first + length;
  }

  function put(kind: number, x: number): void {
    startCounting();
    if (counted !== null) {
      if (kind === Kind.NUMBER && x === counted + length) {
        length++;
        return;
      }
      stopCounting(1);
    }
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
    if (counted !== null) stopCounting(0);
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
    startCounting();
    for (let row = from; row < to; ) {
      const x = rows[row]?.[column];
      if (typeof x === 'number' ? !taken.numbers : isBlankValue(x) && !taken.blanks) return row;
      if (counted !== null) {
        const count = takeCounted(rows, column, row, to, counted + length);
        length += count;
        row += count;
        if (count > 0) continue;
        stopCounting(to - row);
      }
      reserve(to - row);
      if (typeof x === 'number') {
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
        const count = takeTexts(payload, length, rows, column, row, to, textsSoFar(), high);
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
      } else if (isBlankValue(x)) put(Kind.BLANK, 0);
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
      const sheet = { length, scale, texts: texts?.index.texts ?? [], wide };
      const ofKind = (kind: number) => () => kindsOf(kind, length);
      if (counted !== null) return countedColumn(sheet, counted, ofKind(Kind.NUMBER));
      const put = payload.subarray(0, length);
      if (kinds !== null) return columnOfKinds(sheet, kinds.subarray(0, length), put);
      if (only === null || wide.size > 0) return columnOfKinds(sheet, ofKind(only ?? 0)(), put);
      return columnOfOne(
        sheet,
        only,
        only === Kind.TEXT ? (texts?.index ?? null) : null,
        rising,
        ofKind(only),
        put,
      );
    },
  };
}
