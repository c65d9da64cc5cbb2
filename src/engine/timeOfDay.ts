import { Kind, type SheetColumn, uniformOf } from '../exact/column.ts';
import { DAY } from '../exact/date.ts';
import type { Value } from '../exact/value.ts';
import { type Problem, placeText } from '../problems/problem.ts';
import type { Expr, Node, Program } from '../rules/program.ts';
import { childrenOf } from '../rules/walk.ts';
import type { Workbook } from '../workbook/port.ts';
import { nodeExpressions } from './plain/walk.ts';
import type { Outcome, Results } from './results.ts';

type Comparison = Extract<Expr, { readonly op: 'compare' }>;
export type ColumnExpr = Extract<Expr, { readonly op: 'sheet' | 'column' }>;

/** What the dates of a column are like, as far as they count (`any` may be left open where there are times). */
export interface Dates {
  readonly any: boolean;
  readonly times: boolean;
}

const DAY_BIG = BigInt(DAY);

/** A comparison that a time of day may leave a part of a day out of. */
export interface DayComparison {
  readonly rule: string;
  /** The table whose own condition it is in, which reads all its rows; else −1. */
  readonly all: number;
  readonly column: ColumnExpr;
  readonly other: Expr;
}

/** All of a program, in its order: a column on the left of `<=` or `>`, or on the right of `>=` or `<`. */
export function dayComparisons(program: Program): readonly DayComparison[] {
  const found: DayComparison[] = [];
  const look = (rule: string, all: number, exprs: readonly Expr[]): void =>
    eachComparison(exprs, ({ operator, left, right }) => {
      const [column, other] =
        operator === '<=' || operator === '>'
          ? [left, right]
          : operator === '>=' || operator === '<'
            ? [right, left]
            : [null, null];
      if (column !== null && (column.op === 'sheet' || column.op === 'column'))
        found.push({ rule, all, column, other });
    });
  for (const node of program.order) {
    const all = node.kind === 'table' ? node.table : -1;
    look(nodeName(program, node), all, nodeExpressions(program, node));
  }
  for (const { name, lines } of program.bands)
    look(
      name,
      -1,
      lines.map((line) => line.value),
    );
  return found;
}

/**
 * The warnings `time-of-day`: comparisons that leave out the rest of a day, because a column with times of day stands
 * on the left of `<=` or `>` (or on the right of `>=` or `<`) and a date that has none for sure on the other side.
 * One a comparison, at the column, in the program's order. `results` are those of the same program and workbook.
 * `look` says what the dates of a column are like where that is known without a look at it: over all rows of the sheet
 * (`whole`), else over those that count. `comparisons` are the program's, where they are known.
 */
export function timeOfDayWarnings(
  program: Program,
  workbook: Workbook,
  results: Results,
  look?: (column: ColumnExpr, whole: boolean) => Dates | null,
  comparisons = dayComparisons(program),
): readonly Problem[] {
  const seen = new Map<string, Dates>();
  const warnings: Problem[] = [];
  const places = new Set<string>();
  for (const { rule, all, column, other } of comparisons) {
    // The condition of an `each` belongs to every rule in it.
    const place = placeText(column.at);
    if (places.has(place) || !isWholeDay(other, all) || !datesOf(column, all).times) continue;
    places.add(place);
    warnings.push({
      code: 'time-of-day',
      severity: 'warning',
      column: columnName(program, workbook, column),
      at: column.at,
      rule,
    });
  }
  return warnings;

  function datesOf(column: ColumnExpr, all: number): Dates {
    const whole = column.op === 'sheet' && column.table === all;
    const name = `${column.op} ${column.op === 'sheet' ? column.table : ''} ${column.column} ${whole}`;
    let dates = seen.get(name);
    if (dates === undefined) {
      dates =
        look?.(column, whole) ??
        (column.op === 'sheet' ? sheetDates(column, whole) : computedDates(column.column));
      seen.set(name, dates);
    }
    return dates;
  }

  function sheetDates({ table, column }: Extract<Expr, { readonly op: 'sheet' }>, whole: boolean): Dates {
    const data = workbook.tables[table]?.columns[column]?.data;
    if (data === undefined) return { any: false, times: false };
    const result = results.tables[table];
    return datesIn(data, () => (whole || result === undefined || result.excluded === 0 ? null : result.rows));
  }

  function computedDates(id: number): Dates {
    const table = program.columns[id]?.table ?? 0;
    let any = false;
    for (const row of results.tables[table]?.rows ?? []) {
      const value = results.columns[id]?.at(row);
      if (value?.kind !== 'date') continue;
      any = true;
      if (!isDay(value)) return { any, times: true };
    }
    return { any, times: false };
  }

  /** Whether an expression is a date without a time of day, whatever the row. */
  function isWholeDay(expr: Expr, all: number): boolean {
    switch (expr.op) {
      case 'asOf':
        return true;
      case 'literal':
      case 'scalar':
      case 'name':
        return isDay(constantOf(expr));
      case 'sheet':
      case 'column': {
        const dates = datesOf(expr, all);
        return dates.any && !dates.times;
      }
      case '+':
        return (
          (isWholeDay(expr.left, all) && isWhole(expr.right)) ||
          (isWhole(expr.left) && isWholeDay(expr.right, all))
        );
      case '-':
        return isWholeDay(expr.left, all) && isWhole(expr.right);
      case 'if':
        return isWholeDay(expr.then, all) && isWholeDay(expr.otherwise, all);
      case 'call':
        switch (expr.name) {
          case 'date':
          case 'eomonth':
          case 'edate':
            return true;
          case 'default':
          case 'min':
          case 'max':
          case 'clamp':
            return expr.args.every((arg) => isWholeDay(arg, all));
          default:
            return false;
        }
      default:
        return false;
    }
  }

  function isWhole(expr: Expr): boolean {
    if (expr.op === 'negate') return isWhole(expr.x);
    const value = constantOf(expr);
    return value?.kind === 'number' && value.value.d === 1n;
  }

  /** The value of an expression that has one for the whole run. */
  function constantOf(expr: Expr): Outcome | null {
    switch (expr.op) {
      case 'literal':
        return expr.value;
      case 'scalar':
        return results.scalars[expr.scalar] ?? null;
      case 'name':
        return workbook.names[expr.name]?.value ?? null;
      default:
        return null;
    }
  }
}

/** The dates of a sheet's column over some rows; `rowsOf` gives them, null for all, where somebody has to look. */
export function datesIn(column: SheetColumn, rowsOf: () => ArrayLike<number> | null): Dates {
  const only = uniformOf(column)?.only;
  if (only !== undefined && only !== Kind.DATE) return { any: false, times: false };
  const { kinds, payload } = column;
  const rows = rowsOf();
  const total = rows === null ? column.length : rows.length;
  let any = false;
  for (let i = 0; i < total; i++) {
    const row = rows === null ? i : (rows[i] ?? 0);
    if (kinds[row] !== Kind.DATE) continue;
    any = true;
    if ((payload[row] ?? 0) % DAY !== 0) return { any, times: true };
  }
  return { any, times: false };
}

function isDay(value: Value | Outcome | null): boolean {
  return value?.kind === 'date' && value.ms.d === 1n && value.ms.n % DAY_BIG === 0n;
}

function eachComparison(exprs: readonly Expr[], visit: (comparison: Comparison) => void): void {
  const open = [...exprs].reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.op === 'compare') visit(next);
    open.push(...[...childrenOf(next)].reverse());
  }
}

function columnName(program: Program, workbook: Workbook, column: ColumnExpr): string {
  return column.op === 'sheet'
    ? (workbook.tables[column.table]?.columns[column.column]?.heading ?? '')
    : (program.columns[column.column]?.name ?? '');
}

function nodeName(program: Program, node: Node): string {
  switch (node.kind) {
    case 'table':
      return program.tables[node.table]?.name ?? '';
    case 'scalar':
      return program.scalars[node.scalar]?.name ?? '';
    case 'column':
      return program.columns[node.column]?.name ?? '';
    case 'share':
      return program.shares[node.share]?.name ?? '';
    case 'check':
      return 'check';
    default: {
      const never: never = node;
      return never;
    }
  }
}
