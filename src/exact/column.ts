import { cellDecimal, cellRational, POWERS_OF_TEN, parseDecimal } from './decimal.ts';
import { integer, type Rational, rational } from './rational.ts';
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
}

/** What is known of a column all of whose rows have one kind. */
export interface Uniform {
  readonly only: number;
  /** The payload in fewer bytes, where that is possible: less to be fetched. */
  readonly compact: Compact | null;
  /** Where every row has a text: its index among the texts. */
  readonly index: ReadonlyMap<string, number> | null;
  /** Of what this is known. */
  readonly kinds: Uint8Array;
  readonly payload: Payload;
}

/** Whole numbers: small ones take half of the memory. To be changed: `new Float64Array(payload)`. */
export type Payload = Float64Array | Int32Array;

export type Compact = Uint8Array | Uint16Array | Int32Array;

/** What is known of the column, if all its rows have one kind. */
export function uniformOf({ uniform, kinds, payload }: SheetColumn): Uniform | null {
  return uniform?.kinds === kinds && uniform.payload === payload ? uniform : null;
}

/** The value of one row; null for an error value (its text is `texts[payload[row]]`). */
export function columnValue(column: SheetColumn, row: number): Value | null {
  const x = column.payload[row] ?? 0;
  switch (column.kinds[row]) {
    case Kind.NUMBER:
      return numberValue(column.scale === 0 ? integer(x) : rational(BigInt(x), 10n ** BigInt(column.scale)));
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
  /** The first `count` of some values: doubles, logicals, texts, and blanks as an empty text or nothing. */
  values(cells: readonly unknown[], count: number): void;
  /** A number written as digits, exactly: `-12.50`, or `15%` with percent. False (and nothing added) if it is none. */
  decimal(text: string, percent: boolean): boolean;
  text(text: string): void;
  date(ms: number): void;
  logical(value: boolean): void;
  /** An Excel error value such as `#N/A`. */
  error(code: string): void;
  finish(): SheetColumn;
}

const MAX_SCALE = 15;
const MOST_INT = 2 ** 31 - 1;

/** `expectedRows` that come true spare the memory of growing. */
export function columnBuilder(expectedRows = 64): ColumnBuilder {
  let kinds = new Uint8Array(expectedRows);
  let payload: Payload = new Int32Array(expectedRows);
  let length = 0;
  let scale = 0;
  let bound = 0;
  let negative = false;
  /** A bit for each kind that is there. */
  let seen = 0;
  const texts: string[] = [];
  const ids = new Map<string, number>();
  const wide = new Map<number, Rational>();

  function reserve(more: number): void {
    if (length + more <= kinds.length) return;
    const size = Math.max(64, length * 2, length + more);
    const grownKinds = new Uint8Array(size);
    grownKinds.set(kinds);
    kinds = grownKinds;
    const grownPayload = payload instanceof Int32Array ? new Int32Array(size) : new Float64Array(size);
    grownPayload.set(payload);
    payload = grownPayload;
  }

  /** From a payload on that is no 32-bit integer. */
  function widen(): Float64Array {
    const wider = new Float64Array(payload);
    payload = wider;
    return wider;
  }

  function push(kind: number, x: number): void {
    if (length === kinds.length) reserve(1);
    if ((x > MOST_INT || x < -MOST_INT) && payload instanceof Int32Array) widen();
    seen |= 1 << kind;
    kinds[length] = kind;
    payload[length] = x;
    length++;
  }

  function intern(text: string): number {
    let id = ids.get(text);
    if (id === undefined) {
      id = texts.length;
      texts.push(text);
      ids.set(text, id);
    }
    return id;
  }

  function pushWide(value: Rational): void {
    wide.set(length, value);
    push(Kind.WIDE, 0);
  }

  function pushScaled(coefficient: number, places: number): void {
    if (places > scale) rescale(places);
    const k = coefficient * (POWERS_OF_TEN[scale - places] ?? Number.NaN);
    const size = Math.abs(k);
    if (!(size <= Number.MAX_SAFE_INTEGER)) {
      pushWide(rational(BigInt(coefficient), 10n ** BigInt(places)));
      return;
    }
    if (size > bound) bound = size;
    if (k < 0) negative = true;
    push(Kind.NUMBER, k);
  }

  /** More decimals for all numbers so far; those that don't fit any more become wide. */
  function rescale(places: number): void {
    const factor = POWERS_OF_TEN[places - scale] ?? Number.NaN;
    const ten = 10n ** BigInt(scale);
    scale = places;
    bound = 0;
    for (let i = 0; i < length; i++) {
      if (kinds[i] !== Kind.NUMBER) continue;
      const k = (payload[i] ?? 0) * factor;
      const size = Math.abs(k);
      if (size <= Number.MAX_SAFE_INTEGER) {
        if (size > MOST_INT && payload instanceof Int32Array) widen();
        payload[i] = k;
        if (size > bound) bound = size;
      } else {
        wide.set(i, rational(BigInt(payload[i] ?? 0), ten));
        kinds[i] = Kind.WIDE;
        payload[i] = 0;
      }
    }
  }

  function double(x: number): void {
    // Most numbers of a column have as many decimals as those before: see cellDecimal.
    const power = POWERS_OF_TEN[scale] ?? Number.NaN;
    const k = Math.round(x * power);
    if (k / power === x && k < 1e15 && k > -1e15) {
      pushScaled(k === 0 ? 0 : k, scale);
      return;
    }
    const small = cellDecimal(x);
    if (small !== null && small.decimals <= MAX_SCALE) pushScaled(small.coefficient, small.decimals);
    else pushWide(cellRational(x));
  }

  /** Numbers from `from` on as far as they have the column's decimals; where it stopped. */
  function doubles(cells: readonly unknown[], from: number, count: number): number {
    const power = POWERS_OF_TEN[scale] ?? Number.NaN;
    const start = length - from;
    let most = bound;
    let k = from;
    let out: Payload = payload;
    for (; k < count; k++) {
      const x = cells[k];
      if (typeof x !== 'number') break;
      const whole = Math.round(x * power);
      // −0 is left to `double`.
      if (!(whole > -1e15 && whole < 1e15) || whole === 0) break;
      if (power === 1 ? whole !== x : whole / power !== x) break;
      if ((whole > MOST_INT || whole < -MOST_INT) && out instanceof Int32Array) out = widen();
      if (whole > most) most = whole;
      else if (whole < 0) {
        negative = true;
        if (-whole > most) most = -whole;
      }
      kinds[start + k] = Kind.NUMBER;
      out[start + k] = whole;
    }
    if (k > from) seen |= 1 << Kind.NUMBER;
    bound = most;
    length = start + k;
    return k;
  }

  function value(x: unknown): void {
    if (typeof x === 'number') double(x);
    else if (typeof x === 'boolean') push(Kind.LOGICAL, x ? 1 : 0);
    else if (x === '' || x === null || x === undefined) push(Kind.BLANK, 0);
    else push(Kind.TEXT, intern(String(x)));
  }

  return {
    get length() {
      return length;
    },
    blank: () => push(Kind.BLANK, 0),
    double,
    values(cells, count) {
      reserve(count);
      for (let k = 0; k < count; ) {
        k = doubles(cells, k, count);
        if (k < count) value(cells[k++]);
      }
    },
    decimal(text, percent) {
      const small = shortDecimal(text);
      if (small >= 0) {
        const point = text.indexOf('.');
        const places = (point < 0 ? 0 : text.length - 1 - point) + (percent ? 2 : 0);
        if (places <= MAX_SCALE) {
          pushScaled(text.charCodeAt(0) === 45 && small !== 0 ? -small : small, places);
          return true;
        }
      }
      const exact = parseDecimal(text);
      if (exact === null) return false;
      pushWide(percent ? rational(exact.n, exact.d * 100n) : exact);
      return true;
    },
    text: (text) => push(Kind.TEXT, intern(text)),
    date: (ms) => push(Kind.DATE, ms),
    logical: (is) => push(Kind.LOGICAL, is ? 1 : 0),
    error: (code) => push(Kind.ERROR, intern(code)),
    finish() {
      const column = {
        length,
        kinds: kinds.subarray(0, length),
        payload: payload.subarray(0, length),
        scale,
        bound,
        texts,
        wide,
      };
      // One bit, one kind.
      const only = seen !== 0 && (seen & (seen - 1)) === 0 && wide.size === 0 ? Math.log2(seen) : null;
      if (only === null) return column;
      const most = only === Kind.TEXT ? texts.length : bound;
      return {
        ...column,
        uniform: {
          only,
          kinds: column.kinds,
          payload: column.payload,
          index: only === Kind.TEXT ? ids : null,
          compact: compacted(only, column.payload, most, negative),
        },
      };
    },
  };
}

/** No payload is above `most`, nor below −`most`. */
function compacted(only: number, payload: Payload, most: number, negative: boolean): Compact | null {
  if (only === Kind.LOGICAL) return new Uint8Array(payload);
  if ((only !== Kind.TEXT && only !== Kind.NUMBER) || most > MOST_INT) return null;
  if (most > 0xffff || negative) return payload instanceof Int32Array ? payload : new Int32Array(payload);
  return most <= 0xff ? new Uint8Array(payload) : new Uint16Array(payload);
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
