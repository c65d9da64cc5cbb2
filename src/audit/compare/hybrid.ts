import { aggregate, rank } from '../../engine/plain/aggregates.ts';
import { bandCall } from '../../engine/plain/bands.ts';
import { columnCell } from '../../engine/plain/definitions.ts';
import { call } from '../../engine/plain/functions.ts';
import { logicalOf } from '../../engine/plain/operands.ts';
import { arithmetic, comparison, connective, membership, negation } from '../../engine/plain/operators.ts';
import {
  attempt,
  cellPlace,
  type Env,
  fail,
  keyRowOf,
  type Machine,
  NOTHING,
  namePlace,
  type Present,
  pass,
  type Reading,
} from '../../engine/plain/reading.ts';
import { identity } from '../../engine/plain/values.ts';
import { planVisit } from '../../engine/plain/visit.ts';
import { readsLevel, some } from '../../engine/plain/walk.ts';
import type { Fault } from '../../engine/results.ts';
import { integer } from '../../exact/rational.ts';
import type { Aggregate, Expr } from '../../rules/program.ts';
import { childrenOf } from '../../rules/walk.ts';
import { type Change, createMarks, isNone, type Marks, type Rows } from './marks.ts';
import { createPools } from './pools.ts';
import { conjunctsOf, type Reads, readsOf } from './reads.ts';
import type { Which } from './sides.ts';
import type { World } from './world.ts';

/** Evaluates single values of a world in which some rows are those of the other side. */
export interface Hybrid extends Machine {
  readonly marks: Marks;
  readonly change: Change;
  /** A computed column at a row, or why there is no value. */
  value(column: number, row: number): Reading | Fault;
}

export const NO_CHANGE: Change = { own: () => false, gone: [], come: [] };

/**
 * A machine like that of the plain evaluator, over a world with a change. What the change can't reach is taken from the
 * run of the base; all else is computed anew, when it is asked for. `bare`: the same world without a change; `twin`: the same change
 * where the pools are other ones.
 */
export function createHybrid(
  world: World,
  change: Change,
  bare: Hybrid | null,
  twin: Hybrid | null = null,
): Hybrid {
  const { program, schema, kept, base } = world;
  const cells: (Map<number, Reading | Fault> | undefined)[] = [];
  const scalars = new Map<number, Reading | Fault>();
  const constants = [new Map<Expr, Reading | Fault>(), new Map<Expr, Reading | Fault>()] as const;
  const rowLists = new Map<number, readonly number[]>();

  const machine: Hybrid = {
    program,
    workbook: schema,
    orders: new WeakMap(),
    read,
    scalar: (id) => pass(scalarOf(id)),
    cell: (column, row) => pass(value(column, row)),
    value,
    counts: (table, row) => world.counts(table, row),
    rows,
    visit,
    rankIndex: () => null,
    keyRow,
    once,
    rest: (share, of) => pools.rest(share, of),
    shared: (share, row) => pools.shared(share, row),
    figure: () => undefined,
    total: () => undefined,
    lineOf: () => -1,
    change,
    get marks() {
      return marks;
    },
  };
  const before = bare ?? machine;
  const readers = {
    before: (expr: Expr, env: Env): Reading => before.read(expr, env),
    after: (expr: Expr, env: Env): Reading => read(expr, env),
  };
  const marks = createMarks(world, change, readers, twin?.marks ?? null);
  const pools = createPools(world, machine, before);
  return machine;

  function read(expr: Expr, env: Env): Reading {
    switch (expr.op) {
      case 'literal':
        return expr.value.kind === 'blank' ? NOTHING : expr.value;
      case 'asOf':
        return { kind: 'date', ms: integer(world.asOf[dateSide(env)]) };
      case 'sheet':
        return sheetCell(expr, env);
      case 'column':
        return machine.cell(expr.column, env.rows[expr.level] ?? 0);
      case 'scalar':
        return machine.scalar(expr.scalar);
      case 'name':
        return (
          world.name(expr.name) ??
          fail(machine, env, namePlace(schema, expr.name), expr.at, { code: 'cell-error', value: '' })
        );
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

  /** The side whose date counts: that of the row which the rule is computed for, else the base. */
  function dateSide(env: Env): Which {
    const at = keyRowOf(env);
    return at === null ? base : world.sideOf(at.table, at.row);
  }

  function sheetCell(expr: Extract<Expr, { readonly op: 'sheet' }>, env: Env): Reading {
    const row = env.rows[expr.level] ?? 0;
    return (
      world.sheet(expr.table, expr.column, row) ??
      fail(machine, env, cellPlace(schema, expr.table, expr.column, row), expr.at, {
        code: 'cell-error',
        value: world.errorText(expr.table, expr.column, row),
      })
    );
  }

  function isGone(table: number, row: number): boolean {
    return change.gone[table]?.has(row) ?? false;
  }

  function value(column: number, row: number): Reading | Fault {
    const table = program.columns[column]?.table ?? 0;
    if (twin !== null && world.statics.pooled.columns[column] === false) return twin.value(column, row);
    if (!isComputed(table, column, row)) return world.cell(column, row);
    let memo = cells[column];
    if (memo === undefined) {
      memo = new Map();
      cells[column] = memo;
    }
    let found = memo.get(row);
    if (found === undefined) {
      found = attempt(() => columnCell(machine, column, row));
      memo.set(row, found);
    }
    return found;
  }

  /** A row that came is computed anew, one of the base where the change reaches it; any other is as it was. */
  function isComputed(table: number, column: number, row: number): boolean {
    if (change.come[table]?.has(row) ?? false) return true;
    if (world.sideOf(table, row) !== base || isGone(table, row)) return false;
    return has(marks.column(column), row);
  }

  function scalarOf(id: number): Reading | Fault {
    if (!marks.scalar(id)) return world.scalar(id);
    let found = scalars.get(id);
    if (found === undefined) {
      const source = program.scalars[id]?.source;
      const env: Env = { context: { rule: '', keyLevel: 0 }, tables: [], rows: [] };
      found = attempt(() =>
        source === undefined || source.kind === 'rest'
          ? pools.rest(source?.share ?? 0, null)
          : read(source.value, env),
      );
      scalars.set(id, found);
    }
    return found;
  }

  function rows(table: number): readonly number[] {
    if (world.faulty(table)) failSomehow();
    const gone = change.gone[table];
    const come = change.come[table];
    if ((gone?.size ?? 0) + (come?.size ?? 0) === 0) return world.rows(table);
    let list = rowLists.get(table);
    if (list === undefined) {
      list = [...world.rows(table).filter((row) => !isGone(table, row)), ...(come ?? [])];
      rowLists.set(table, list);
    }
    return list;
  }

  function failSomehow(): never {
    const env: Env = { context: { rule: '', keyLevel: 0 }, tables: [], rows: [] };
    const at = { kind: 'file', path: '' } as const;
    return fail(machine, env, at, at, { code: 'blank-value' });
  }

  function readsFor(expr: Expr, make: () => Reads): Reads {
    let found = kept.reads.get(expr);
    if (found === undefined) {
      found = make();
      kept.reads.set(expr, found);
    }
    return found;
  }

  /** Rows at which to try a condition, rising by side; at all others it is FALSE. */
  function visit(table: number, level: number, where: Expr | null, env: Env): readonly number[] {
    if (where === null) return rows(table);
    // What is looked up is the first condition that depends on the rows around, and all before it.
    const deciding = readsFor(where, () => {
      const conjuncts = conjunctsOf(where);
      const steady = conjuncts.findIndex((one) => readsLevel(one, (l) => l < level));
      const first = steady < 0 ? conjuncts : conjuncts.slice(0, steady);
      const next = steady < 0 ? undefined : conjuncts[steady];
      return readsOf(program, next === undefined ? first : [...first, ...cellsOf(next, level)], level);
    });
    const differing = marks.of(deciding, table, level);
    if (differing === 'all') return rows(table);
    const candidates = planned(table, level, where, env);
    if (candidates === null) return rows(table);
    const come = change.come[table];
    if ((come?.size ?? 0) === 0 && (change.gone[table]?.size ?? 0) === 0 && differing.size === 0)
      return candidates;
    const tried = new Set(differing);
    for (const row of candidates) tried.add(row);
    return [...[...tried].filter((row) => !isGone(table, row)), ...(come ?? [])];
  }

  /** Rows of the base that a condition may let through; null where that takes looking at every row. */
  function planned(table: number, level: number, where: Expr, env: Env): readonly number[] | null {
    if (world.faulty(table)) failSomehow();
    const plans = kept.plans[world.statics.dated(where) ? dateSide(env) : base];
    let plan = plans.get(where);
    if (plan === undefined) {
      plan = planVisit(before, where, table, level, world.rows(table), env);
      plans.set(where, plan);
    }
    if (plan.stop !== Number.POSITIVE_INFINITY) return null;
    if (plan.probe === null || plan.index === null) return plan.rows;
    const { index, probe } = plan;
    if (index.first.size > 1 || index.first.has('fault')) return null;
    const outer = attempt(() => read(probe.outer, env));
    if (outer.kind === 'fault') return null;
    if (outer.kind === 'blank') return index.blanks;
    if (index.first.size === 1 && !index.first.has(outer.kind)) return null;
    return index.rows.get(identity(outer)) ?? [];
  }

  function keyRow(table: number, key: Present): number | undefined {
    const text = identity(key);
    const first: Which = change.own(table, text) ? (base === 0 ? 1 : 0) : base;
    // A row that a side alone has is found all the same: what refers to it says what it said there.
    return world.keyRow(first, table, text) ?? world.keyRow(first === 0 ? 1 : 0, table, text);
  }

  /** An aggregate that depends on no row around it is computed once, or not at all where the change doesn't reach it. */
  function once(expr: Aggregate, env: Env, run: () => Reading): Reading {
    if (childrenOf(expr).some((child) => readsLevel(child, (level) => level < expr.level))) return run();
    const reads = readsFor(expr, () => readsOf(program, [expr], -1));
    const untouched = isNone(marks.of(reads, -1, -1));
    const all = untouched ? kept.constants : constants;
    const list = all[world.statics.dated(expr) ? dateSide(env) : base];
    let found = list.get(expr);
    if (found === undefined) {
      found = attempt(run);
      list.set(expr, found);
    }
    return pass(found);
  }
}

export function has(rows: Rows, row: number): boolean {
  return rows === 'all' || rows.has(row);
}

/** The cells of a level that an expression reads, itself included. */
function cellsOf(expr: Expr, level: number): readonly Expr[] {
  return some(expr, (e) => e.op === 'column' && e.level === level) ? [expr] : [];
}
