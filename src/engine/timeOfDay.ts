import { Kind } from '../exact/column.ts';
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

/**
 * The warnings `time-of-day`: comparisons that leave out the rest of a day, because a column with times of day stands
 * on the left of `<=` or `>` (or on the right of `>=` or `<`) and a date that has none for sure on the other side.
 * One a comparison, at the column, in the program's order. `results` are those of the same program and workbook.
 * `look` says what the dates of a column are like where that is known without a look at it: over all rows of the sheet
 * (`whole`), else over those that count.
 */
export function timeOfDayWarnings(
  program: Program,
  workbook: Workbook,
  results: Results,
  look?: (column: ColumnExpr, whole: boolean) => Dates | null,
): readonly Problem[] {
  const seen = new Map<string, Dates>();
  const warnings: Problem[] = [];

  const places = new Set<string>();
  const sources = [
    ...program.order.map((node) => ({
      rule: nodeName(program, node),
      exprs: nodeExpressions(program, node),
      // A table's own condition reads all its rows.
      all: node.kind === 'table' ? node.table : -1,
    })),
    ...program.bands.map((band) => ({
      rule: band.name,
      exprs: band.lines.map((line) => line.value),
      all: -1,
    })),
  ];
  for (const { rule, exprs, all } of sources) {
    const add = (comparison: Comparison): void => {
      const [column, other] =
        comparison.operator === '<=' || comparison.operator === '>'
          ? [comparison.left, comparison.right]
          : comparison.operator === '>=' || comparison.operator === '<'
            ? [comparison.right, comparison.left]
            : [null, null];
      if (column === null || (column.op !== 'sheet' && column.op !== 'column')) return;
      // The condition of an `each` belongs to every rule in it.
      const place = placeText(column.at);
      if (places.has(place) || !datesOf(column, all).times || !isWholeDay(other, all)) return;
      places.add(place);
      warnings.push({
        code: 'time-of-day',
        severity: 'warning',
        column: columnName(program, workbook, column),
        at: column.at,
        rule,
      });
    };
    eachComparison(exprs, add);
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
    const rows = whole ? null : (results.tables[table]?.rows ?? null);
    const total = rows === null ? data.length : rows.length;
    let any = false;
    for (let i = 0; i < total; i++) {
      const row = rows === null ? i : (rows[i] ?? 0);
      if (data.kinds[row] !== Kind.DATE) continue;
      any = true;
      if ((data.payload[row] ?? 0) % DAY !== 0) return { any, times: true };
    }
    return { any, times: false };
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
