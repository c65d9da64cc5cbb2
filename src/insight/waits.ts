import { dayOfMs, HOUR } from '../exact/date.ts';
import type { SheetTable, TableColumn } from '../workbook/port.ts';
import { datesOf, keysOf, textsOf } from './columns.ts';
import type { Role, Roles } from './roles.ts';

/** A step of the chain in which somebody waits. */
export type StepKind = 'response' | 'solution' | 'approval';

export interface Step {
  readonly kind: StepKind;
  readonly table: SheetTable;
  readonly start: TableColumn;
  readonly end: TableColumn;
  /** What of the same rows comes after the end. */
  readonly later: readonly TableColumn[];
  /** By row: instant of the beginning, NaN without one. */
  readonly began: Float64Array;
  /** By row: hours from start to end, NaN where the end has not come (or the start is not in the period). */
  readonly hours: Float64Array;
  /** By row: whether it began and has not ended. */
  readonly open: Uint8Array;
  /** By row: year × 12 + month of the beginning. */
  readonly months: Int32Array;
  /** By row: index of who was to do it, −1 where nobody is known. */
  readonly actors: Int32Array;
  readonly kinds: readonly (string | null)[] | null;
}

export interface People {
  readonly ids: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  /** Rows of the people's table. */
  readonly departments: readonly (string | null)[];
  readonly posts: readonly (string | null)[];
}

/** First and last instant of a period, both included. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export const monthIndex = (ms: number): number => {
  const { year, month } = dayOfMs(ms);
  return year * 12 + month - 1;
};

export function peopleOf({ people }: Roles): People | null {
  if (people === undefined) return null;
  const { id, department, post } = people.columns;
  if (id === undefined || (department === undefined && post === undefined)) return null;
  const ids = keysOf(id).map((key) => key ?? '');
  const none = ids.map(() => null);
  return {
    ids,
    index: new Map(ids.map((key, row) => [key, row])),
    departments: department === undefined ? none : textsOf(department),
    posts: post === undefined ? none : textsOf(post),
  };
}

/** The steps that the book's tables show, with their waits in a period. */
export function stepsOf({ tickets, expenses }: Roles, people: People, period: Period): readonly Step[] {
  return [
    ...stepOf(tickets, people, period, 'response', 'start', 'answered'),
    ...stepOf(tickets, people, period, 'solution', 'answered', 'solved'),
    ...stepOf(expenses, people, period, 'approval', 'start', 'answered'),
  ];
}

function stepOf(
  role: Role | undefined,
  people: People,
  { from, to }: Period,
  kind: StepKind,
  startName: string,
  endName: string,
): readonly Step[] {
  const start = role?.columns[startName];
  const end = role?.columns[endName];
  const actor = role?.columns.actor;
  if (role === undefined || start === undefined || end === undefined || actor === undefined) return [];
  const began = datesOf(start);
  const ended = datesOf(end);
  const opened = role.columns.start === undefined ? began : datesOf(role.columns.start);
  const rows = role.table.rows;
  const inPeriod = (row: number): boolean => {
    const at = opened[row] ?? Number.NaN;
    return at >= from && at <= to;
  };
  const hours = Float64Array.from({ length: rows }, (_, row) =>
    inPeriod(row) ? ((ended[row] ?? Number.NaN) - (began[row] ?? Number.NaN)) / HOUR : Number.NaN,
  );
  const keys = keysOf(actor);
  return [
    {
      kind,
      table: role.table,
      start,
      end,
      later: kind === 'response' && role.columns.solved !== undefined ? [role.columns.solved] : [],
      began,
      hours,
      open: Uint8Array.from({ length: rows }, (_, row) =>
        inPeriod(row) && !Number.isNaN(began[row] ?? Number.NaN) && Number.isNaN(ended[row] ?? Number.NaN)
          ? 1
          : 0,
      ),
      months: Int32Array.from({ length: rows }, (_, row) => {
        const at = opened[row] ?? Number.NaN;
        return Number.isNaN(at) ? -1 : monthIndex(at);
      }),
      actors: Int32Array.from({ length: rows }, (_, row) => {
        const key = keys[row] ?? null;
        return key === null ? -1 : (people.index.get(key) ?? -1);
      }),
      kinds: role.columns.kind === undefined ? null : textsOf(role.columns.kind),
    },
  ];
}
