import { integer } from '../../exact/rational.ts';
import type { LinePlace, Place, Problem } from '../../problems/problem.ts';
import type { Expr, Program } from '../../rules/program.ts';
import type { Workbook } from '../../workbook/port.ts';
import type { Fault, Outcome } from '../results.ts';
import { aggregate, rank } from './aggregates.ts';
import { bandCall } from './bands.ts';
import { constantAggregates } from './constants.ts';
import { columnCell } from './definitions.ts';
import { call } from './functions.ts';
import type { Known } from './known.ts';
import { logicalOf, matches } from './operands.ts';
import { arithmetic, comparison, connective, membership, negation } from './operators.ts';
import {
  evaluatePool,
  isShareFault,
  membersOf,
  type Pool,
  poolRows,
  settledPool,
  shareOf,
  sumOfPools,
} from './pools.ts';
import { indexRank, type RankIndex } from './rankIndex.ts';
import {
  attempt,
  cellPlace,
  type Env,
  errorText,
  fail,
  type Machine,
  NOTHING,
  type Nothing,
  namePlace,
  type Order,
  type Present,
  pass,
  type Reading,
  sheetValue,
  tableOf,
} from './reading.ts';
import { identity } from './values.ts';
import { plannedRows, planVisit, type VisitPlan } from './visit.ts';

/** A machine with what callers ask beyond expressions. */
export interface PlainMachine extends Machine {
  /** Whether a row counts, or why nobody can say. */
  counted(table: number, row: number): boolean | Fault;
  /** The pools of a share, rising by row; the fault where they can't be told. */
  pools(share: number): readonly Pool[] | Fault;
  pool(share: number, of: number | null): Pool;
}

/** `scan` looks at every row of an aggregate instead of an index: slower, and the definition. */
export function createMachine(
  program: Program,
  workbook: Workbook,
  known: Known,
  scan: boolean,
  orders = new WeakMap<Problem, Order>(),
): PlainMachine {
  let lines: ReadonlyMap<string, number> | null = null;
  const scalars = new Map<number, Reading | Fault>();
  const cells: (Reading | Fault | undefined)[][] = program.columns.map(() => []);
  const countings: (boolean | Fault | undefined)[][] = program.tables.map(() => []);
  const countedRows = new Map<number, readonly number[] | Fault>();
  const keys = new Map<number, ReadonlyMap<string, number>>();
  const pools = new Map<string, Pool>();
  const poolLists = new Map<number, readonly Pool[] | Fault>();
  const memberships = new Map<number, ReadonlyMap<number, readonly Pool[]>>();
  const plans = new WeakMap<Expr, VisitPlan>();
  const ranks = new WeakMap<Expr, RankIndex>();
  const readOnce = constantAggregates();

  const machine: PlainMachine = {
    program,
    workbook,
    orders,
    read,
    scalar: (id) => pass(scalarReading(id)),
    cell: (column, row) => pass(cellReading(column, row)),
    counts: (table, row) => counted(table, row) === true,
    counted,
    rows,
    visit,
    rankIndex,
    keyRow,
    once: (expr, env, run) => readOnce(machine, expr, env, run),
    rest,
    shared,
    pools: sharePools,
    pool,
    figure: (expr, env) => known.figure?.(expr, env),
    total: (expr, env) => known.total?.(expr, env),
    lineOf,
  };
  return machine;

  function read(expr: Expr, env: Env): Reading {
    if (known.figure !== undefined) {
      const figure = known.figure(expr, env);
      if (figure !== undefined) return figure.value.kind === 'blank' ? NOTHING : figure.value;
    }
    switch (expr.op) {
      case 'literal':
        return expr.value.kind === 'blank' ? NOTHING : expr.value;
      case 'asOf':
        return { kind: 'date', ms: integer(program.asOf) };
      case 'sheet':
        return sheetCell(expr, env);
      case 'column':
        return machine.cell(expr.column, env.rows[expr.level] ?? 0);
      case 'scalar':
        return machine.scalar(expr.scalar);
      case 'name':
        return definedName(expr, env);
      case 'negate':
        return negation(machine, expr.x, env);
      case 'not':
        return { kind: 'logical', value: !logicalOf(machine, expr.x, env) };
      case '+':
      case '-':
      case '*':
      case '/':
      case '^':
        return arithmetic(machine, expr, env);
      case 'compare':
        return comparison(machine, expr, env);
      case 'and':
      case 'or':
        return connective(machine, expr, env);
      case 'in':
        return membership(machine, expr, env);
      case 'if':
        return read(logicalOf(machine, expr.condition, env) ? expr.then : expr.otherwise, env);
      case 'call':
        return call(machine, expr, env);
      case 'band':
        return bandCall(machine, expr, env);
      case 'aggregate':
        return aggregate(machine, expr, env);
      case 'rank':
        return rank(machine, expr, env);
      default: {
        const never: never = expr;
        return never;
      }
    }
  }

  function sheetCell(expr: Extract<Expr, { readonly op: 'sheet' }>, env: Env): Reading {
    const { table, column } = expr;
    const row = env.rows[expr.level] ?? 0;
    const value = sheetValue(workbook, table, column, row);
    if (value === null) {
      const error = errorText(workbook, table, column, row);
      return fail(machine, env, cellPlace(workbook, table, column, row), expr.at, {
        code: 'cell-error',
        value: error,
      });
    }
    return value.kind === 'blank' ? { kind: 'blank', from: cellPlace(workbook, table, column, row) } : value;
  }

  function definedName(expr: Extract<Expr, { readonly op: 'name' }>, env: Env): Reading {
    const at = namePlace(workbook, expr.name);
    const found = workbook.names[expr.name];
    const value = found?.value ?? null;
    if (value === null)
      return fail(machine, env, at, expr.at, { code: 'cell-error', value: found?.error ?? '' });
    return value.kind === 'blank' ? { kind: 'blank', from: at } : value;
  }

  /** What was known: a blank's origin is found by computing it after all. */
  function knownReading(
    outcome: Outcome | undefined,
    compute: () => Reading | Fault,
  ): Reading | Fault | undefined {
    if (outcome === undefined || outcome.kind !== 'blank') return outcome;
    return {
      kind: 'blank',
      from: (): Nothing => {
        const again = compute();
        return again.kind === 'blank' ? again : NOTHING;
      },
    };
  }

  function scalarReading(id: number): Reading | Fault {
    const before = scalars.get(id);
    if (before !== undefined) return before;
    const reading = knownReading(known.scalar?.(id), () => computeScalar(id)) ?? computeScalar(id);
    scalars.set(id, reading);
    return reading;
  }

  function computeScalar(id: number): Reading | Fault {
    const scalar = program.scalars[id];
    if (scalar === undefined) throw new RangeError(`no scalar ${id}`);
    const { source } = scalar;
    return attempt(() =>
      source.kind === 'rest'
        ? rest(source.share, null)
        : read(source.value, { context: { rule: scalar.name, keyLevel: 0 }, tables: [], rows: [] }),
    );
  }

  function cellReading(column: number, row: number): Reading | Fault {
    const memo = cells[column];
    const before = memo?.[row];
    if (before !== undefined) return before;
    const compute = (): Reading | Fault => attempt(() => columnCell(machine, column, row));
    const reading = knownReading(known.cell?.(column, row), compute) ?? compute();
    if (memo !== undefined) memo[row] = reading;
    return reading;
  }

  function counted(table: number, row: number): boolean | Fault {
    const where = program.tables[table]?.where ?? null;
    if (where === null) return true;
    const memo = countings[table];
    const before = memo?.[row];
    if (before !== undefined) return before;
    const name = program.tables[table]?.name ?? '';
    const result =
      known.counts?.(table, row) ??
      attempt((): { kind: 'logical'; value: boolean } => ({
        kind: 'logical',
        value: matches(machine, where, {
          context: { rule: name, keyLevel: 0 },
          tables: [table],
          rows: [row],
        }),
      }));
    const outcome = typeof result === 'boolean' ? result : result.kind === 'fault' ? result : result.value;
    if (memo !== undefined) memo[row] = outcome;
    return outcome;
  }

  function rows(table: number): readonly number[] {
    let found = countedRows.get(table);
    if (found === undefined) {
      found = known.rows?.(table) ?? countRows(table);
      countedRows.set(table, found);
    }
    return rowsOrStop(found);
  }

  function countRows(table: number): readonly number[] | Fault {
    const found: number[] = [];
    const total = tableOf(workbook, table).rows;
    for (let row = 0; row < total; row++) {
      const outcome = counted(table, row);
      if (typeof outcome !== 'boolean') return outcome;
      if (outcome) found.push(row);
    }
    return found;
  }

  function visit(table: number, level: number, where: Expr | null, env: Env): readonly number[] {
    if (where !== null && known.visit !== undefined) {
      const some = known.visit(where, env);
      if (some !== undefined) return some;
    }
    const all = rows(table);
    if (scan || where === null) return all;
    let plan = plans.get(where);
    if (plan === undefined) {
      plan = planVisit(machine, where, table, level, all, env);
      plans.set(where, plan);
    }
    return plannedRows(machine, plan, env);
  }

  function rankIndex(expr: Extract<Expr, { readonly op: 'rank' }>, env: Env): RankIndex | null {
    if (scan || expr.where !== null) return null;
    let index = ranks.get(expr);
    if (index === undefined) {
      index = indexRank(machine, expr, env);
      ranks.set(expr, index);
    }
    return index;
  }

  function keyRow(table: number, key: Present): number | undefined {
    let found = keys.get(table) ?? known.keys?.(table);
    if (found === undefined) {
      const byKey = new Map<string, number>();
      const column = program.tables[table]?.key ?? 0;
      for (let row = tableOf(workbook, table).rows - 1; row >= 0; row--) {
        const value = sheetValue(workbook, table, column, row);
        if (value !== null && value.kind !== 'blank') byKey.set(identity(value), row);
      }
      found = byKey;
      keys.set(table, found);
    }
    return found.get(identity(key));
  }

  function pool(share: number, of: number | null): Pool {
    const name = `${share} ${of}`;
    let found = pools.get(name);
    if (found === undefined) {
      const result = known.share?.(share, of);
      found = result === undefined ? evaluatePool(machine, share, of) : settledPool(result);
      pools.set(name, found);
    }
    return found;
  }

  function sharePools(share: number): readonly Pool[] | Fault {
    let list = poolLists.get(share);
    if (list === undefined) {
      const found = attempt((): { kind: 'rows'; rows: readonly (number | null)[] } => ({
        kind: 'rows',
        rows: poolRows(machine, share),
      }));
      list = found.kind === 'fault' ? found : found.rows.map((of) => pool(share, of));
      poolLists.set(share, list);
    }
    return list;
  }

  function rest(share: number, of: number | null): Reading {
    const { result } = pool(share, of);
    return isShareFault(result) ? pass<never>(result) : { kind: 'number', value: result.unallocated };
  }

  function shared(share: number, row: number): Reading | null {
    const list = sharePools(share);
    if (isListFault(list)) return pass<never>(list);
    let members = memberships.get(share);
    if (members === undefined) {
      members = membersOf(list, machine.rows(shareOf(machine, share).table));
      memberships.set(share, members);
    }
    const mine = members.get(row);
    if (mine === undefined) return null;
    return sumOfPools(machine, shareOf(machine, share), mine, row);
  }

  function lineOf(place: Place): number {
    if (place.kind !== 'rule') return -1;
    lines ??= new Map(workbook.rules.map((line, i) => [lineKey(line.place), i]));
    return lines.get(lineKey(place.line)) ?? -1;
  }
}

/** One text for each line of rules. */
export function lineKey(line: LinePlace): string {
  return line.kind === 'text' ? `t${line.line} ${line.file}` : `c${line.row} ${line.column} ${line.sheet}`;
}

export function isListFault<T>(x: readonly T[] | Fault): x is Fault {
  return 'kind' in x;
}

function rowsOrStop(found: readonly number[] | Fault): readonly number[] {
  return isListFault(found) ? pass<never>(found) : found;
}
