import type { ColumnBuilder } from '../../exact/columnBuilder.ts';
import { msOfDay, parseDate } from '../../exact/date.ts';

/** What a field is by the way it is written. `ZEROS` is a number with leading zeros: an identifier. */
export const Field = {
  BLANK: 0,
  NUMBER: 1,
  PERCENT: 2,
  DATE: 3,
  TRUE: 4,
  FALSE: 5,
  TEXT: 6,
  ZEROS: 7,
} as const;
export type Field = (typeof Field)[keyof typeof Field];

const ZERO = 48;
const NINE = 57;
const MINUS = 45;
const SLASH = 47;

/**
 * Classifies a field. `NUMBER` and `PERCENT` are `-?(0|[1-9]\d*)(\.\d+)?` and the same with `%`;
 * `1.`, `.5`, `+5`, `1e5` and fields with spaces around are texts. `DATE` may turn out to be
 * no day of the calendar: `dateOf` tells.
 */
export function fieldKind(text: string): Field {
  const length = text.length;
  if (length === 0) return Field.BLANK;
  const first = text.charCodeAt(0);
  if ((first >= ZERO && first <= NINE) || first === MINUS) return numeric(text, first, length);
  if (length === 4 && (first === 84 || first === 116))
    return text.toUpperCase() === 'TRUE' ? Field.TRUE : Field.TEXT;
  if (length === 5 && (first === 70 || first === 102))
    return text.toUpperCase() === 'FALSE' ? Field.FALSE : Field.TEXT;
  return Field.TEXT;
}

function numeric(text: string, first: number, length: number): Field {
  if (length > 7 && first !== MINUS) {
    const fifth = text.charCodeAt(4);
    if (fifth === MINUS || fifth === SLASH) return Field.DATE;
  }
  const start = first === MINUS ? 1 : 0;
  let i = start;
  while (i < length && isDigit(text.charCodeAt(i))) i++;
  const whole = i - start;
  if (whole === 0) return Field.TEXT;
  if (i < length && text.charCodeAt(i) === 46) {
    const point = i++;
    while (i < length && isDigit(text.charCodeAt(i))) i++;
    if (i === point + 1) return Field.TEXT;
  }
  const percent = i < length && text.charCodeAt(i) === 37;
  if (percent) i++;
  if (i < length) return Field.TEXT;
  if (whole > 1 && text.charCodeAt(start) === ZERO) return Field.ZEROS;
  return percent ? Field.PERCENT : Field.NUMBER;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** Reads dates; each different day is worked out once, as columns repeat their days. */
export type DateReader = (text: string) => number | null;

export function dateReader(): DateReader {
  const days = new Map<number, number | null>();

  function digits(text: string, from: number, to: number): number {
    let value = 0;
    for (let i = from; i < to; i++) {
      const c = text.charCodeAt(i);
      if (c < ZERO || c > NINE) return Number.NaN;
      value = value * 10 + (c - ZERO);
    }
    return value;
  }

  function dayOf(text: string): number | null {
    const year = digits(text, 0, 4);
    const month = digits(text, 5, 7);
    const day = digits(text, 8, 10);
    const key = year * 10_000 + month * 100 + day;
    if (Number.isNaN(key)) return null;
    let ms = days.get(key);
    if (ms === undefined) {
      ms = msOfDay(year, month, day);
      days.set(key, ms);
    }
    return ms;
  }

  return (text) => {
    const length = text.length;
    const iso = text.charCodeAt(4) === MINUS && text.charCodeAt(7) === MINUS;
    if (iso && length === 10) return dayOf(text);
    if (iso && length === 16 && text.charCodeAt(10) === 32 && text.charCodeAt(13) === 58) {
      const day = dayOf(text);
      const hour = digits(text, 11, 13);
      const minute = digits(text, 14, 16);
      return day !== null && hour <= 23 && minute <= 59 ? day + hour * 3_600_000 + minute * 60_000 : null;
    }
    return parseDate(text);
  };
}

/** Adds a field to its column. The caller has seen to columns that are text throughout. */
export function pushField(builder: ColumnBuilder, text: string, kind: Field, dates: DateReader): void {
  switch (kind) {
    case Field.BLANK:
      builder.blank();
      break;
    case Field.NUMBER:
      if (!builder.decimal(text, false)) builder.text(text);
      break;
    case Field.PERCENT:
      if (!builder.decimal(text.slice(0, -1), true)) builder.text(text);
      break;
    case Field.DATE: {
      const ms = dates(text);
      if (ms === null) builder.text(text);
      else builder.date(ms);
      break;
    }
    case Field.TRUE:
    case Field.FALSE:
      builder.logical(kind === Field.TRUE);
      break;
    case Field.TEXT:
    case Field.ZEROS:
      builder.text(text);
      break;
    default: {
      const never: never = kind;
      throw never;
    }
  }
}
