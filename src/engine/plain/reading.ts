import { columnValue, Kind } from '../../exact/column.ts';
import { exactValueText } from '../../exact/text.ts';
import { BLANK, type Value } from '../../exact/value.ts';
import type { Place, Problem, ProblemData } from '../../problems/problem.ts';
import type { Aggregate, Expr, Program } from '../../rules/program.ts';
import type { SheetTable, Workbook } from '../../workbook/port.ts';
import type { CellPlace, Fault, Outcome } from '../results.ts';
import type { Figure } from './known.ts';
import type { RankIndex } from './rankIndex.ts';

/** A value that is there. */
export type Present = Exclude<Value, { readonly kind: 'blank' }>;

/** A blank with the cell that it came from; the way there may be walked later, one step at a time. */
export interface Nothing {
  readonly kind: 'blank';
  readonly from: CellPlace | null | (() => Nothing);
}

/** What reading an expression gives; a fault is thrown as a Stop instead. */
export type Reading = Present | Nothing;

/** A blank that came from no cell. */
export const NOTHING: Nothing = { kind: 'blank', from: null };

/** The cell that a blank came from. */
export function originOf(blank: Nothing): CellPlace | null {
  let from = blank.from;
  while (typeof from === 'function') from = from().from;
  return from;
}

/** A reading as others see it. */
export function outcomeOf(reading: Reading | Fault): Outcome {
  return reading.kind === 'blank' ? BLANK : reading;
}

/** What one node's evaluation says of its faults. A new one for every evaluation: it tells own faults from others'. */
export interface Context {
  readonly rule: string;
  /** The level whose row gives the key. */
  readonly keyLevel: number;
  /** In a band: what called it, whose key counts. */
  readonly caller?: Env;
}

/** The current row of each level, with its table. */
export interface Env {
  readonly context: Context;
  readonly tables: readonly number[];
  readonly rows: readonly number[];
}

/** Thrown where an expression ends at a fault. `owner` is the evaluation in which it arose, null for one of before. */
export interface Stop {
  readonly kind: 'stop';
  readonly fault: Fault;
  readonly owner: Context | null;
}

/** Where a problem stands among all: line of the rules, row of the data, character of the line. */
export interface Order {
  readonly line: number;
  readonly row: number;
  readonly start: number;
}

/** What the parts of the evaluator need of one another. Everything that reads throws a Stop at a fault. */
export interface Machine {
  readonly program: Program;
  readonly workbook: Workbook;
  readonly orders: WeakMap<Problem, Order>;
  read(expr: Expr, env: Env): Reading;
  scalar(id: number): Reading;
  cell(column: number, row: number): Reading;
  counts(table: number, row: number): boolean;
  /** Rows that count, rising. */
  rows(table: number): readonly number[];
  /** Rows that count, rising, without such as `where` is FALSE at for certain; up to one at which it fails. */
  visit(table: number, level: number, where: Expr | null, env: Env): Iterable<number>;
  /** The values of a rank without a condition; null where a walk is wanted. */
  rankIndex(expr: Extract<Expr, { readonly op: 'rank' }>, env: Env): RankIndex | null;
  /** The row with this key, whether it counts or not. */
  keyRow(table: number, key: Present): number | undefined;
  /** `run`, or what it gave before where the aggregate depends on no row around it. */
  once(aggregate: Aggregate, env: Env, run: () => Reading): Reading;
  /** What a share left over, in money. */
  rest(share: number, of: number | null): Reading;
  /** What a share gives a row of its table; null where it is in no pool. */
  shared(share: number, row: number): Reading | null;
  /** What is given for an expression, if it is. */
  figure(expr: Expr, env: Env): Figure | undefined;
  /** What an aggregate comes to, where that is known without a walk over its rows. */
  readonly total?: (expr: Aggregate, env: Env) => Reading | undefined;
  /** Index of a place's line in the book's rules; −1 where it is none. */
  lineOf(place: Place): number;
}

export function isStop(error: unknown): error is Stop {
  return typeof error === 'object' && error !== null && (error as { kind?: unknown }).kind === 'stop';
}

/** What `run` gives, its fault included. */
export function attempt<T>(run: () => T): T | Fault {
  try {
    return run();
  } catch (error) {
    if (isStop(error)) return error.fault;
    throw error;
  }
}

/** Passes on a fault that arose before. */
export function pass<T extends { readonly kind: string }>(reading: T | Fault): T {
  if (isFault(reading)) throw { kind: 'stop', fault: reading, owner: null } satisfies Stop;
  return reading;
}

export function isFault(x: { readonly kind: string }): x is Fault {
  return x.kind === 'fault';
}

/** An environment with a row of its own at the next level; the caller moves it by setting the row. */
export function inner(env: Env, table: number, level: number): Env & { rows: number[] } {
  const tables = env.tables.slice(0, level);
  const rows = env.rows.slice(0, level);
  tables[level] = table;
  rows[level] = 0;
  return { context: env.context, tables, rows };
}

export function tableOf(workbook: Workbook, table: number): SheetTable {
  const found = workbook.tables[table];
  if (found === undefined) throw new RangeError(`no table ${table}`);
  return found;
}

/** The place of a sheet cell. */
export function cellPlace(workbook: Workbook, table: number, column: number, row: number): CellPlace {
  const sheet = tableOf(workbook, table);
  return {
    kind: 'cell',
    sheet: sheet.sheet,
    row: sheet.sheetRows[row] ?? 0,
    column: sheet.columns[column]?.column ?? 0,
  };
}

/** The place of a defined name's cell. */
export function namePlace(workbook: Workbook, name: number): CellPlace {
  const found = workbook.names[name];
  if (found === undefined) throw new RangeError(`no name ${name}`);
  return { kind: 'cell', sheet: found.sheet, row: found.row, column: found.column };
}

/** A value as JSON and keys spell it; blank is the empty text. */
export function valueText(value: Value | Nothing): string {
  return value.kind === 'blank' ? '' : exactValueText(value);
}

/** The text of an error value in a sheet cell. */
export function errorText(workbook: Workbook, table: number, column: number, row: number): string {
  const data = tableOf(workbook, table).columns[column]?.data;
  return data === undefined || data.kinds[row] !== Kind.ERROR
    ? ''
    : (data.texts[data.payload[row] ?? 0] ?? '');
}

/** The operand's place: its cell where it is one, else where it stands in the rule. */
export function operandPlace(m: Machine, expr: Expr, env: Env): Place {
  if (expr.op === 'sheet') return cellPlace(m.workbook, expr.table, expr.column, env.rows[expr.level] ?? 0);
  return expr.op === 'name' ? namePlace(m.workbook, expr.name) : expr.at;
}

/** Ends the evaluation with a new problem. `written` is where its operand stands in the rules. */
export function fail(m: Machine, env: Env, at: Place, written: Place, data: ProblemData): never {
  throw { kind: 'stop', fault: newFault(m, env, at, written, data), owner: ownerOf(env) } satisfies Stop;
}

/** A new problem of the rule and row being evaluated. */
export function newFault(m: Machine, env: Env, at: Place, written: Place, data: ProblemData): Fault {
  const key = keyText(m, env);
  const rule = env.context.rule;
  const problem: Problem = { ...data, severity: 'error', at, rule, ...(key === null ? {} : { key }) };
  m.orders.set(problem, {
    line: m.lineOf(written),
    row: keyRowOf(env)?.row ?? -1,
    start: written.kind === 'rule' ? written.start : 0,
  });
  return { kind: 'fault', problem };
}

/** The evaluation that an environment belongs to: that of a band's caller. */
export function ownerOf(env: Env): Context {
  let at = env;
  while (at.context.caller !== undefined) at = at.context.caller;
  return at.context;
}

/** The row whose key problems name. */
export function keyRowOf(env: Env): { readonly table: number; readonly row: number } | null {
  let at = env;
  while (at.context.caller !== undefined) at = at.context.caller;
  const table = at.tables[at.context.keyLevel];
  const row = at.rows[at.context.keyLevel];
  return table === undefined || row === undefined ? null : { table, row };
}

/** Its key as text; null where there is no row. */
export function keyText(m: Machine, env: Env): string | null {
  const at = keyRowOf(env);
  return at === null ? null : rowKey(m, at.table, at.row);
}

/** A row's key as text, an error value's text included. */
export function rowKey(m: { program: Program; workbook: Workbook }, table: number, row: number): string {
  const column = m.program.tables[table]?.key ?? 0;
  const data = tableOf(m.workbook, table).columns[column]?.data;
  if (data === undefined) return '';
  const value = sheetValue(m.workbook, table, column, row);
  return value === null ? errorText(m.workbook, table, column, row) : valueText(value);
}

/** A sheet cell's value; null for an error value. */
export function sheetValue(workbook: Workbook, table: number, column: number, row: number): Value | null {
  const data = tableOf(workbook, table).columns[column]?.data;
  if (data === undefined) throw new RangeError(`no column ${column}`);
  return columnValue(data, row);
}
