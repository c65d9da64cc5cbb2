import { columnValue, Kind, type SheetColumn } from '../exact/column.ts';
import { dayOfMs } from '../exact/date.ts';
import { exactText } from '../exact/decimal.ts';
import { absolute, compare, integer, isInteger, type Rational, toDouble, ZERO } from '../exact/rational.ts';
import { keyTextAt } from '../rules/keys.ts';
import type { SheetTable, TableColumn } from '../workbook/port.ts';
import { typeOf } from './coerce.ts';
import { looksLikeDay } from './dates.ts';
import { EXAMPLES, type Example, type Issue } from './issues.ts';
import type { Staged } from './stage.ts';
import { isTenfold, totalOf } from './totals.ts';

interface Compared {
  readonly before: SheetTable;
  readonly next: SheetTable;
  readonly key: number;
  readonly staged: Staged;
  /** Today, for what is near to it. */
  readonly today: number;
}

/** What is possible but unlikely: amounts that look like days, and what is ten times what it was. */
export function doubtsOf(compared: Compared): readonly Issue[] {
  const { before, next, key } = compared;
  if (before.rows > 0 && next.rows === 0)
    return [{ severity: 'doubt', kind: 'emptied', table: next.name, rows: before.rows }];
  const issues: Issue[] = [];
  const date = dateColumn(next);
  const periods = date === null ? null : lastPeriods(compared, date);
  issues.push(...countJump(compared, periods));
  next.columns.forEach((column, i) => {
    if (i === key || typeOf(column.data) !== 'number') return;
    issues.push(...dateLike(compared, i));
    issues.push(...(periods === null ? totalJump(compared, i) : periodJump(next, column, periods)));
    issues.push(...rowJumps(compared, i, periods));
  });
  return issues;
}

/** Rows that came or changed. */
function freshRows({ fates }: Staged): readonly number[] {
  return fates.flatMap((fate, row) => (fate === 'added' || fate === 'changed' ? [row] : []));
}

const exampleOf = ({ next, key }: Compared, column: SheetColumn, row: number): Example => ({
  key: keyTextOf(next, key, row),
  value: keyTextAt(column, row),
});

function keyTextOf(table: SheetTable, key: number, row: number): string {
  const column = table.columns[key]?.data;
  return column === undefined ? '' : keyTextAt(column, row);
}

/** Whole numbers that are written like days, in a column that had none before. */
function dateLike(compared: Compared, index: number): readonly Issue[] {
  const { before, next, staged, today } = compared;
  const column = next.columns[index];
  const old = before.columns[index]?.data;
  if (column === undefined || old === undefined) return [];
  const suspect = (data: SheetColumn, row: number): boolean => {
    const x = numberAt(data, row);
    return x !== null && isInteger(x) && looksLikeDay(toDouble(x), today);
  };
  const rows = freshRows(staged).filter((row) => suspect(column.data, row));
  if (rows.length === 0) return [];
  for (let row = 0; row < old.length; row++) if (suspect(old, row)) return [];
  const examples = rows.slice(0, EXAMPLES).map((row) => exampleOf(compared, column.data, row));
  return [
    {
      severity: 'doubt',
      kind: 'date-like',
      table: next.name,
      heading: column.heading,
      count: rows.length,
      examples,
    },
  ];
}

function numberAt(column: SheetColumn, row: number): Rational | null {
  const kind = column.kinds[row];
  if (kind !== Kind.NUMBER && kind !== Kind.WIDE) return null;
  const value = columnValue(column, row);
  return value?.kind === 'number' ? value.value : null;
}

/** The first column of dates: what says in which period a row is. */
function dateColumn({ columns }: SheetTable): number | null {
  const found = columns.findIndex(({ data }) => typeOf(data) === 'date');
  return found < 0 ? null : found;
}

/** The newest month that the source gave rows of, and the last one before it that the table had. */
interface Periods {
  readonly now: { readonly month: string; readonly rows: readonly number[] };
  readonly before: { readonly month: string; readonly rows: readonly number[]; readonly table: SheetTable };
  /** The month isn't over: that it has less so far says nothing. */
  readonly open: boolean;
}

function monthAt(column: SheetColumn | undefined, row: number): string | null {
  if (column?.kinds[row] !== Kind.DATE) return null;
  return monthOf(column.payload[row] ?? 0);
}

function monthOf(ms: number): string {
  const { year, month } = dayOfMs(ms);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

function byMonth(table: SheetTable, date: number): ReadonlyMap<string, readonly number[]> {
  const months = new Map<string, number[]>();
  for (let row = 0; row < table.rows; row++) {
    const month = monthAt(table.columns[date]?.data, row);
    if (month === null) continue;
    const rows = months.get(month);
    if (rows === undefined) months.set(month, [row]);
    else rows.push(row);
  }
  return months;
}

function lastPeriods({ before, next, staged, today }: Compared, date: number): Periods | null {
  const column = next.columns[date]?.data;
  const month = freshRows(staged).reduce<string | null>((last, row) => {
    const found = monthAt(column, row);
    return found !== null && (last === null || found > last) ? found : last;
  }, null);
  if (month === null) return null;
  const old = byMonth(before, date);
  const last = [...old.keys()]
    .filter((one) => one < month)
    .sort()
    .at(-1);
  if (last === undefined) return null;
  const rows = byMonth(next, date).get(month) ?? [];
  return {
    now: { month, rows },
    before: { month: last, rows: old.get(last) ?? [], table: before },
    open: month >= monthOf(today),
  };
}

function jump(
  table: string,
  heading: string | null,
  [from, before]: readonly [string, Rational],
  [to, now]: readonly [string, Rational],
  open = false,
): readonly Issue[] {
  const less = compare(absolute(now), absolute(before)) < 0;
  if (!isTenfold(before, now) || (open && less)) return [];
  return [
    {
      severity: 'doubt',
      kind: 'jump',
      table,
      heading,
      before: exactText(before),
      now: exactText(now),
      from,
      to,
    },
  ];
}

function countJump({ before, next }: Compared, periods: Periods | null): readonly Issue[] {
  const count = (rows: { readonly length: number }): Rational => integer(rows.length);
  if (periods === null) return jump(next.name, null, ['', integer(before.rows)], ['', integer(next.rows)]);
  const { now, before: then } = periods;
  return jump(next.name, null, [then.month, count(then.rows)], [now.month, count(now.rows)], periods.open);
}

function totalJump({ before, next }: Compared, index: number): readonly Issue[] {
  const column = next.columns[index];
  const old = before.columns[index];
  if (column === undefined || old === undefined) return [];
  return jump(next.name, column.heading, ['', totalOf(old.data) ?? ZERO], ['', totalOf(column.data) ?? ZERO]);
}

function periodJump({ name, columns }: SheetTable, column: TableColumn, periods: Periods): readonly Issue[] {
  const { now, before, open } = periods;
  const old = before.table.columns[columns.indexOf(column)];
  if (old === undefined) return [];
  return jump(
    name,
    column.heading,
    [before.month, totalOf(old.data, before.rows) ?? ZERO],
    [now.month, totalOf(column.data, now.rows) ?? ZERO],
    open,
  );
}

/** A changed amount that is ten times what it was; a new one that is ten times the largest of the last period. */
function rowJumps(compared: Compared, index: number, periods: Periods | null): readonly Issue[] {
  const { before, next, staged } = compared;
  const column = next.columns[index];
  const old = before.columns[index]?.data;
  if (column === undefined || old === undefined) return [];
  const largest = largestOf(old, periods?.before.rows);
  const rows = freshRows(staged).filter((row) => {
    const now = numberAt(column.data, row);
    const was = staged.rows[row]?.was ?? null;
    if (now === null) return false;
    if (was !== null) {
      const then = numberAt(old, was);
      return then !== null && isTenfold(then, now);
    }
    return largest !== null && largest.n > 0n && absolute(now).n * largest.d >= 10n * largest.n * now.d;
  });
  if (rows.length === 0) return [];
  const examples = rows.slice(0, EXAMPLES).map((row) => exampleOf(compared, column.data, row));
  return [
    {
      severity: 'doubt',
      kind: 'row-jump',
      table: next.name,
      heading: column.heading,
      count: rows.length,
      examples,
    },
  ];
}

function largestOf(column: SheetColumn, rows?: readonly number[]): Rational | null {
  let largest: Rational | null = null;
  const take = (row: number): void => {
    const x = numberAt(column, row);
    if (x !== null && (largest === null || compare(absolute(x), largest) > 0)) largest = absolute(x);
  };
  if (rows === undefined) for (let row = 0; row < column.length; row++) take(row);
  else for (const row of rows) take(row);
  return largest;
}
