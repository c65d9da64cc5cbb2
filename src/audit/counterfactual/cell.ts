import { columnValue, Kind, type SheetColumn } from '../../exact/column.ts';
import { DAY, inRange } from '../../exact/date.ts';
import { add, integer, multiply, type Rational, rational, toDouble } from '../../exact/rational.ts';
import type { Value } from '../../exact/value.ts';
import type { Workbook } from '../../workbook/port.ts';

/** A cell of a sheet table, by indexes of the workbook. */
export interface Cell {
  readonly table: number;
  readonly column: number;
  readonly row: number;
}

/** What one step of a cell is: 1 in its column's own decimals, a day, or a minute where the column has times of day. */
export type Step =
  | { readonly unit: 'number'; readonly size: Rational }
  | { readonly unit: 'day' | 'minute'; readonly size: Rational };

const MINUTE = 60_000;
/** How far dates are moved, in days. */
const DAYS = 3660;
/** How far numbers are moved, as a multiple of the column's largest. */
const TIMES = 10;
const MOST_STEPS = Number.MAX_SAFE_INTEGER / 4;

/** A number or date cell as a line of steps: step 0 is what it holds, `low` and `high` are as far as it is moved. */
export interface Line {
  readonly step: Step;
  readonly low: number;
  readonly high: number;
  /** What the cell holds so many steps on. */
  at(steps: number): Value;
  /** The number, or the milliseconds, so many steps on. */
  measure(steps: number): Rational;
  /** So many steps as a part of what the column's values span; for sorting alone. */
  effort(steps: number): number;
}

export function columnOf(workbook: Workbook, { table, column }: Pick<Cell, 'table' | 'column'>): SheetColumn {
  const data = workbook.tables[table]?.columns[column]?.data;
  if (data === undefined) throw new RangeError(`no column ${column} in table ${table}`);
  return data;
}

/** The line of a cell; null where it holds no number or date. */
export function lineOf(workbook: Workbook, cell: Cell): Line | null {
  const data = columnOf(workbook, cell);
  const value = columnValue(data, cell.row);
  if (value?.kind === 'number') return numberLine(data, value.value);
  return value?.kind === 'date' ? dateLine(data, value.ms) : null;
}

function numberLine(data: SheetColumn, start: Rational): Line {
  const size = rational(1n, 10n ** BigInt(data.scale));
  const { min, max } = span(data, Kind.NUMBER);
  const unit = 10 ** -data.scale;
  const here = toDouble(start);
  const most = Math.max(Math.abs(min), Math.abs(max), Math.abs(here / unit), 1) * TIMES;
  // A column without a number below 0 keeps it so.
  const least = min >= 0 && here >= 0 ? 0 : -most;
  return {
    step: { unit: 'number', size },
    low: limited(Math.ceil(least - here / unit)),
    high: limited(Math.floor(most - here / unit)),
    at: (steps) => ({ kind: 'number', value: moved(start, steps, size) }),
    measure: (steps) => moved(start, steps, size),
    effort: effortOver(min, max, Math.abs(here / unit)),
  };
}

function dateLine(data: SheetColumn, start: Rational): Line {
  const minutes = hasTimes(data);
  const length = minutes ? MINUTE : DAY;
  const size = integer(length);
  const most = (DAYS * DAY) / length;
  const { min, max } = span(data, Kind.DATE);
  const within = (steps: number): boolean => inRange(moved(start, steps, size));
  return {
    step: { unit: minutes ? 'minute' : 'day', size },
    low: within(-most) ? -most : 0,
    high: within(most) ? most : 0,
    at: (steps) => ({ kind: 'date', ms: moved(start, steps, size) }),
    measure: (steps) => moved(start, steps, size),
    effort: effortOver(min / length, max / length, 1),
  };
}

function moved(start: Rational, steps: number, size: Rational): Rational {
  return add(start, multiply(integer(steps), size));
}

function limited(steps: number): number {
  return Math.max(-MOST_STEPS, Math.min(MOST_STEPS, steps));
}

function effortOver(min: number, max: number, otherwise: number): (steps: number) => number {
  const whole = max > min ? max - min : Math.max(otherwise, 1);
  return (steps) => Math.abs(steps) / whole;
}

/** Smallest and largest payload of a kind; 0 and 0 where there is none. */
function span(data: SheetColumn, kind: number): { readonly min: number; readonly max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < data.length; row++) {
    if (data.kinds[row] !== kind) continue;
    const x = data.payload[row] ?? 0;
    if (x < min) min = x;
    if (x > max) max = x;
  }
  return min <= max ? { min, max } : { min: 0, max: 0 };
}

function hasTimes(data: SheetColumn): boolean {
  for (let row = 0; row < data.length; row++)
    if (data.kinds[row] === Kind.DATE && (data.payload[row] ?? 0) % DAY !== 0) return true;
  return false;
}

/** The workbook with another value in one cell. */
export function withCell(workbook: Workbook, cell: Cell, value: Value): Workbook {
  const data = columnOf(workbook, cell);
  const changed = changedColumn(data, cell.row, value);
  return {
    ...workbook,
    tables: workbook.tables.map((table, t) =>
      t === cell.table
        ? {
            ...table,
            columns: table.columns.map((column, c) =>
              c === cell.column ? { ...column, data: changed } : column,
            ),
          }
        : table,
    ),
  };
}

function changedColumn(data: SheetColumn, row: number, value: Value): SheetColumn {
  const kinds = data.kinds.slice();
  const payload = new Float64Array(data.payload);
  const wide = new Map(data.wide);
  wide.delete(row);
  const put = (kind: number, x: number): void => {
    kinds[row] = kind;
    payload[row] = x;
  };
  let texts = data.texts;
  switch (value.kind) {
    case 'blank':
      put(Kind.BLANK, 0);
      break;
    case 'number':
      put(Kind.WIDE, 0);
      wide.set(row, value.value);
      break;
    case 'date':
      put(Kind.DATE, toDouble(value.ms));
      break;
    case 'logical':
      put(Kind.LOGICAL, value.value ? 1 : 0);
      break;
    case 'text': {
      const known = texts.indexOf(value.value);
      put(Kind.TEXT, known >= 0 ? known : texts.length);
      if (known < 0) texts = [...texts, value.value];
      break;
    }
    default: {
      const never: never = value;
      return never;
    }
  }
  return { ...data, kinds, payload, texts, wide };
}
