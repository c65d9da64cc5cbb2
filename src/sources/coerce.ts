import { Kind, type SheetColumn } from '../exact/column.ts';
import { cellRational, exactText, parseDecimal } from '../exact/decimal.ts';
import { equal, integer, ONE, type Rational, rational, TooLarge, toDouble, ZERO } from '../exact/rational.ts';
import { BLANK, dateValue, logicalValue, numberValue, textValue, type Value } from '../exact/value.ts';
import { readDate } from './dates.ts';
import type { CellType, SourceCell } from './model.ts';

/** Why a value can't go into a column. */
export type Misfit = 'type' | 'date-amount' | 'digits' | 'zone' | 'error-value' | 'long-text';

export type Coerced = Value | { readonly kind: 'misfit'; readonly why: Misfit; readonly shown: string };

/** What a column of a table holds, where all of its cells agree; null where they don't, or it has none. */
export function typeOf({ kinds }: SheetColumn): CellType | null {
  let found: CellType | null = null;
  for (const kind of kinds) {
    if (kind === Kind.BLANK || kind === Kind.ERROR) continue;
    const type: CellType =
      kind === Kind.TEXT
        ? 'text'
        : kind === Kind.DATE
          ? 'date'
          : kind === Kind.LOGICAL
            ? 'logical'
            : 'number';
    if (found !== null && found !== type) return null;
    found = type;
  }
  return found;
}

/**
 * A cell of a source as a value for a column of a type; where that is null, as what it is by itself. `clock` says what
 * clocks show at a moment, null where nobody said in which zone they stand.
 */
export function coerce(
  cell: SourceCell,
  type: CellType | null,
  clock: ((ms: number) => number) | null,
): Coerced {
  const misfit = (why: Misfit): Coerced => ({ kind: 'misfit', why, shown: shownCell(cell) });
  switch (cell.kind) {
    case 'blank':
      return BLANK;
    case 'error':
      return misfit('error-value');
    case 'moment':
      if (type !== null && type !== 'date') return misfit(type === 'number' ? 'date-amount' : 'type');
      return clock === null ? misfit('zone') : dateValue(integer(clock(cell.ms)));
    case 'written':
      return written(cell.text, type, clock, misfit);
    case 'text':
      // A text that is one by its source stays one where nothing else is wanted.
      if (type === null || type === 'text') return textOf(cell.value, misfit);
      return written(cell.value, type, clock, misfit);
    case 'number':
      return number(cell.value, type, misfit);
    case 'date':
      if (type === null || type === 'date') return cell;
      return misfit(type === 'number' ? 'date-amount' : 'type');
    case 'logical':
      return type === null || type === 'logical' ? cell : misfit('type');
    default: {
      const never: never = cell;
      return never;
    }
  }
}

type Refuse = (why: Misfit) => Coerced;

/** Excel's limit for the text of a cell. */
const MAX_TEXT = 32_767;

function textOf(text: string, misfit: Refuse): Coerced {
  if (text === '') return BLANK;
  return text.length > MAX_TEXT ? misfit('long-text') : textValue(text);
}

function number(value: Rational, type: CellType | null, misfit: Refuse): Coerced {
  switch (type) {
    case 'text':
      return textValue(exactText(value));
    case 'logical':
      return equal(value, ONE) || equal(value, ZERO) ? logicalValue(equal(value, ONE)) : misfit('type');
    case 'date':
      return misfit('type');
    case 'number':
    case null:
      return fits(value) ? numberValue(value) : misfit('digits');
    default: {
      const never: never = type;
      return never;
    }
  }
}

/** Whether a cell keeps a number as it is: 15 digits. */
const fits = (value: Rational): boolean => {
  const x = toDouble(value);
  return Number.isFinite(x) && equal(cellRational(x), value);
};

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const SCIENTIFIC = /^(-?\d+(?:\.\d+)?)e([+-]?\d{1,3})$/i;

function written(
  raw: string,
  type: CellType | null,
  clock: ((ms: number) => number) | null,
  misfit: Refuse,
): Coerced {
  if (raw === '') return BLANK;
  if (type === 'text') return textOf(raw, misfit);
  const text = type === null ? raw : raw.trim();
  if (text === '') return BLANK;
  const value = type === 'date' ? null : decimal(text, type === 'number');
  if (value === 'too-large') return misfit('digits');
  if (type === 'number' || (type === null && value !== null)) {
    if (value === null) return misfit(readDate(text) === null ? 'type' : 'date-amount');
    return fits(value) ? numberValue(value) : misfit('digits');
  }
  if (type === 'logical' || type === null) {
    if (/^true$/i.test(text)) return logicalValue(true);
    if (/^false$/i.test(text)) return logicalValue(false);
    if (type === 'logical') return text === '1' || text === '0' ? logicalValue(text === '1') : misfit('type');
  }
  const date = readDate(text);
  if (date?.kind === 'date') return dateValue(integer(date.ms));
  if (date?.kind === 'moment') return clock === null ? misfit('zone') : dateValue(integer(clock(date.ms)));
  return type === 'date' ? misfit('type') : textOf(raw, misfit);
}

/** A number as CSV and databases write it; `wanted`: with leading zeros and exponents too. */
function decimal(text: string, wanted: boolean): Rational | 'too-large' | null {
  try {
    const percent = text.endsWith('%');
    const digits = percent ? text.slice(0, -1) : text;
    const value =
      DECIMAL.test(digits) || wanted ? (parseDecimal(digits) ?? scientific(digits, wanted)) : null;
    return value === null || !percent ? value : rational(value.n, value.d * 100n);
  } catch (error) {
    if (error instanceof TooLarge) return 'too-large';
    throw error;
  }
}

function scientific(text: string, wanted: boolean): Rational | null {
  const m = wanted ? SCIENTIFIC.exec(text) : null;
  const base = m === null ? null : parseDecimal(m[1] ?? '');
  if (m === null || base === null) return null;
  const e = Number(m[2]);
  return e >= 0 ? rational(base.n * 10n ** BigInt(e), base.d) : rational(base.n, base.d * 10n ** BigInt(-e));
}

/** A cell as people read it in a report. */
export function shownCell(cell: SourceCell): string {
  switch (cell.kind) {
    case 'blank':
      return '';
    case 'number':
      return exactText(cell.value);
    case 'text':
      return cell.value;
    case 'written':
    case 'error':
      return cell.text;
    case 'logical':
      return cell.value ? 'TRUE' : 'FALSE';
    case 'date':
      return new Date(Number(cell.ms.n / cell.ms.d)).toISOString().slice(0, 19);
    case 'moment':
      return new Date(cell.ms).toISOString();
    default: {
      const never: never = cell;
      return never;
    }
  }
}
