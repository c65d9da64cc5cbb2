import type { Payload } from './payload.ts';
import { addText, freshTextIndex, hashOf, placeOfText, type TextIndex } from './textIndex.ts';

/**
 * The innermost loops of import: a column of some rows of cells, from one row to before another, put into a payload from
 * `at` on as far as they go; how many. Each is a function with all that it needs as arguments: what a closure has captured
 * would be fetched again for every row.
 */

/** Rows of cells as their host gives them. */
export type Cells = readonly (readonly unknown[])[];

/** Beside it doubles below 2^51 have no digits after the point. */
const TO_INTEGER = 1.5 * 2 ** 52;

/** Numbers as far as they have the column's decimals and are within bounds. */
export function takeNumbers(
  out: Payload,
  at: number,
  rows: Cells,
  column: number,
  from: number,
  to: number,
  power: number,
  low: number,
  high: number,
): number {
  let row = from;
  if (power === 1) return takeIntegers(out, at, rows, column, from, to, low, high);
  for (; row < to; row++) {
    const x = rows[row]?.[column];
    if (typeof x !== 'number') break;
    // The nearest integer, where it matters; rounding proper would guess wrong at every other number.
    const whole = x * power + TO_INTEGER - TO_INTEGER;
    if (!(whole >= low && whole <= high) || whole / power !== x) break;
    // −0 is 0.
    out[at++] = whole + 0;
  }
  return row - from;
}

function takeIntegers(
  out: Payload,
  at: number,
  rows: Cells,
  column: number,
  from: number,
  to: number,
  low: number,
  high: number,
): number {
  let row = from;
  for (; row < to; row++) {
    const x = rows[row]?.[column];
    if (typeof x !== 'number' || !(x >= low && x <= high) || Math.floor(x) !== x) break;
    out[at++] = x + 0;
  }
  return row - from;
}

/** Numbers as far as each is one more than the one before, from the first on. */
export function takeCounted(rows: Cells, column: number, from: number, to: number, first: number): number {
  let row = from;
  for (; row < to; row++) if (rows[row]?.[column] !== first + (row - from)) break;
  return row - from;
}

export function takeLogicals(
  out: Payload,
  at: number,
  rows: Cells,
  column: number,
  from: number,
  to: number,
): number {
  let row = from;
  for (; row < to; row++) {
    const x = rows[row]?.[column];
    // Told apart without a branch, which would be guessed wrong at many rows.
    const is = Number(x === true);
    if ((is | Number(x === false)) === 0) break;
    out[at++] = is;
  }
  return row - from;
}

/** A column's different texts, and where they were seen last. */
export interface Texts {
  readonly index: TextIndex;
  /**
   * By `slotOf` a text: the id of the last one there, which mostly spares asking the index; −1 where there was none. Made when
   * texts are taken many at a time, or one by one often enough: for a short column it would be larger than the column.
   */
  slots: Int32Array | null;
  /** How often one was asked for alone. */
  asked: number;
  /** Whether some text is empty or may be taken for an error value. */
  odd: boolean;
}

const SLOTS = 2 ** 14;
const OFTEN = 64;

const freshSlots = (): Int32Array => new Int32Array(SLOTS).fill(-1);

export const freshTexts = (): Texts => ({
  index: freshTextIndex(),
  slots: null,
  asked: 0,
  odd: false,
});

/** Ids differ at their ends, mostly in digits. */
function slotOf(text: string): number {
  const n = text.length;
  if (n < 4) return n === 0 ? 0 : (text.charCodeAt(0) + 10 * text.charCodeAt(n - 1)) & (SLOTS - 1);
  return (
    (text.charCodeAt(n - 1) +
      10 * text.charCodeAt(n - 2) +
      100 * text.charCodeAt(n - 3) +
      1000 * text.charCodeAt(n - 4)) &
    (SLOTS - 1)
  );
}

/** The id of a text, a new one where it wasn't there before. */
export function textId(texts: Texts, text: string): number {
  const { index, slots } = texts;
  const slot = slots === null ? -1 : slotOf(text);
  const last = slots?.[slot] ?? -1;
  if (last >= 0 && index.texts[last] === text) return last;
  const hash = hashOf(index, text);
  let id = placeOfText(index, text, hash);
  if (id < 0) {
    texts.odd ||= isOdd(text);
    id = addText(index, text, hash);
  }
  if (slots !== null) slots[slot] = id;
  else if (++texts.asked > OFTEN) texts.slots = freshSlots();
  return id;
}

/** Whether a cell shows nothing: an empty text, as of `=""`, too. */
export function isBlankValue(value: unknown): boolean {
  return value === '' || value === null || value === undefined;
}

/** A text that a cell may show for nothing or for an error. */
export const isOdd = (text: string): boolean => text === '' || text.charCodeAt(0) === HASH;
const HASH = 35;

/** Texts as far as they can't be taken for something else; `high` is the largest id that there is room for. */
export function takeTexts(
  out: Payload,
  at: number,
  rows: Cells,
  column: number,
  from: number,
  to: number,
  texts: Texts,
  high: number,
): number {
  texts.slots ??= freshSlots();
  const { index, slots, odd } = texts;
  const list = index.texts;
  let row = from;
  for (; row < to; row++) {
    const text = rows[row]?.[column];
    if (typeof text !== 'string') break;
    const slot = slotOf(text);
    let id = slots[slot] ?? -1;
    if (id < 0 || list[id] !== text) {
      const hash = hashOf(index, text);
      id = placeOfText(index, text, hash);
      if (id < 0) {
        if (list.length > high || isOdd(text)) break;
        id = addText(index, text, hash);
      }
      slots[slot] = id;
    }
    if (odd && isOdd(text)) break;
    out[at++] = id;
  }
  return row - from;
}
