import type { Aggregate, Band, CompareOperator, Expr, FunctionName } from '../../../src/rules/program.ts';
import type { Cell } from '../../support/book.ts';
import { at, bin, iff, lit, neg, not } from '../../support/program.ts';
import { KINDS, type Kind, type RandomBook, randomCell } from './randomBook.ts';
import type { Tape } from './tape.ts';

const OPERATORS: readonly CompareOperator[] = ['=', '<>', '<', '<=', '>', '>='];

export type Literal = Exclude<Cell, { readonly error: string }>;

/** Table of the current row at each level. */
export type Scope = readonly number[];

/** What expressions can name by now; grows with the program. */
export interface World {
  readonly scalarKinds: Kind[];
  readonly computed: { readonly id: number; readonly table: number; readonly kind: Kind }[];
  readonly bands: Band[];
  readonly bandKinds: Kind[];
  /** Tables whose rows are counted by now: those before this one. */
  counted: number;
  /** Operations that the expression may still have. */
  budget: number;
}

export interface Expressions {
  literal(kind: Kind): Expr;
  columnsOf(scope: Scope, kind: Kind, only?: number): Expr[];
  leaf(kind: Kind, scope: Scope): Expr;
  /** A column of the row at a level, mostly. */
  leafOf(kind: Kind, scope: Scope, level: number): Expr;
  call(name: FunctionName, ...args: Expr[]): Expr;
  condition(scope: Scope, level: number, depth: number): Expr;
  rule(kind: Kind, scope: Scope): Expr;
}

/** Expressions that mostly have a value: of the wanted kind, blanks mostly guarded, divisors mostly not 0. */
export function expressions(
  tape: Tape,
  { specs, nameKinds, keys: keysOf }: RandomBook,
  world: World,
): Expressions {
  const { pick, seldom, of, lean, place, placed } = tape;
  const { scalarKinds, computed, bands, bandKinds } = world;
  const literal = (kind: Kind): Expr => placed(lit(randomCell(tape, kind) as Literal));
  return { literal, columnsOf, leaf, leafOf, call, condition, rule };

  function columnsOf(scope: Scope, kind: Kind, only?: number): Expr[] {
    const out: Expr[] = [];
    scope.forEach((table, level) => {
      if (only !== undefined && level !== only) return;
      specs[table]?.forEach((spec, column) => {
        if (spec.kind === kind) out.push({ op: 'sheet', table, column, level, at: at(1) });
      });
      for (const c of computed)
        if (c.table === table && c.kind === kind) out.push({ op: 'column', column: c.id, level, at: at(1) });
    });
    return out;
  }

  function leaf(kind: Kind, scope: Scope): Expr {
    const found = columnsOf(scope, kind);
    // Columns of the innermost row first.
    found.reverse();
    const which = pick(6);
    if (which >= 2 && found.length > 0) return guarded(placed(of(found)), kind);
    const ids = scalarKinds.flatMap((k, i) => (k === kind ? [i] : []));
    if (which === 1 && ids.length > 0) return placed({ op: 'scalar', scalar: of(ids), at: at(1) });
    const named = nameKinds.flatMap((k, i) => (k === kind ? [i] : []));
    if (which >= 4 && named.length > 0) return placed({ op: 'name', name: of(named), at: at(1) });
    if (kind === 'date' && pick(3) === 1) return placed({ op: 'asOf', at: at(1) });
    if (seldom(40)) return placed(lit(null));
    return literal(kind);
  }

  /** Mostly with something for its blanks. */
  function guarded(expr: Expr, kind: Kind): Expr {
    const blanks = expr.op === 'sheet' ? (specs[expr.table]?.[expr.column]?.blanks ?? false) : true;
    if (!blanks || pick(5) === 1 || (expr.op === 'column' && pick(3) === 1)) return expr;
    return call('default', expr, literal(kind));
  }

  function call(name: FunctionName, ...args: Expr[]): Expr {
    return { op: 'call', name, args, at: place() };
  }

  function expr(wanted: Kind, scope: Scope, depth: number): Expr {
    const kind = seldom(120) ? of(KINDS) : wanted;
    if (depth <= 0 || world.budget <= 0) return leaf(kind, scope);
    world.budget--;
    const inner = (k: Kind): Expr => expr(k, scope, depth - 1);
    const common = pick(14);
    if (common === 1) return placed(iff(inner('logical'), inner(kind), inner(kind)));
    if (common === 2) return call('default', inner(kind), inner(kind));
    if (common === 3) {
      const fitting = bandKinds.flatMap((k, i) => (k === kind ? [i] : []));
      if (fitting.length > 0) {
        const band = of(fitting);
        const takes = bands[band]?.of ?? 'any';
        return { op: 'band', band, x: inner(takes === 'any' ? of(KINDS) : takes), at: place() };
      }
    }
    if (common >= 10) {
      const found = aggregate(kind, scope, depth - 1);
      if (found !== null) return pick(4) === 1 ? found : call('default', found, literal(kind));
    }
    switch (kind) {
      case 'number':
        return numeric(scope, depth, inner);
      case 'text':
        return leaf('text', scope);
      case 'date':
        return dated(inner, scope);
      case 'logical':
        return logical(inner, scope);
    }
  }

  function numeric(scope: Scope, depth: number, inner: (k: Kind) => Expr): Expr {
    const n = (): Expr => inner('number');
    const sized = (): Expr => (seldom(4) ? n() : literal('number'));
    switch (pick(20)) {
      case 1:
        return placed(bin(n(), '+', n()));
      case 2:
        return placed(bin(n(), '-', n()));
      case 3:
        return placed(bin(n(), '*', n()));
      case 4:
        return placed(bin(n(), '/', sized()));
      case 5:
        return placed(bin(n(), '^', placed(lit(of([2, 1, 0, 3, -1, 0.5, 10])))));
      case 6:
        return placed(neg(n()));
      case 7:
        return call(of(['min', 'max'] as const), n(), n(), ...(seldom(3) ? [n()] : []));
      case 8:
        return seldom(3)
          ? call('round', n())
          : call(of(['round', 'round_even'] as const), n(), placed(lit(of([0, 2, 1, -1, 20]))));
      case 9:
        return call(of(['mround', 'floor', 'ceiling', 'steps'] as const), n(), sized());
      case 10:
        return call(of(['year', 'month', 'day'] as const), inner('date'));
      case 11:
        return call(of(['hours', 'months'] as const), inner('date'), inner('date'));
      case 12:
        return call('clamp', n(), n(), n());
      case 13:
        return placed(bin(inner('date'), '-', inner('date')));
      case 14:
        return call('abs', n());
      case 15:
      case 16: {
        const [table] = scope;
        if (scope.length === 1 && table !== undefined && table < world.counted) return rank(table, depth - 1);
        return leaf('number', scope);
      }
      default:
        return leaf('number', scope);
    }
  }

  function rank(table: number, depth: number): Expr {
    const kind: Kind = seldom(4) ? 'date' : 'number';
    // Its value reads the counted row, at level 1, alone.
    const own = columnsOf([table, table], kind, 1);
    const value = own.length === 0 ? literal(kind) : placed(of(own));
    const arithmetic = kind === 'number' && seldom(3) ? placed(bin(value, '/', literal('number'))) : value;
    return {
      op: 'rank',
      table,
      level: 1,
      value: arithmetic,
      where: pick(3) === 0 ? null : condition([table, table], 1, depth),
      at: place(),
    };
  }

  function dated(inner: (k: Kind) => Expr, scope: Scope): Expr {
    switch (pick(8)) {
      case 1:
        return placed(bin(inner('date'), of(['+', '-']), placed(lit(of([1, 0, 30, 0.5, -1, 0.1])))));
      case 2:
        return call(of(['eomonth', 'edate'] as const), inner('date'), placed(lit(of([0, 1, -1, 12, 0.5]))));
      case 3:
        return call('date', inner('date'));
      case 4:
        return call(of(['min', 'max'] as const), inner('date'), inner('date'));
      case 5:
        return placed(bin(inner('date'), of(['+', '-']), inner('number')));
      default:
        return leaf('date', scope);
    }
  }

  function logical(inner: (k: Kind) => Expr, scope: Scope): Expr {
    switch (pick(12)) {
      case 1:
      case 2:
      case 3: {
        const kind = lean(KINDS);
        return placed(bin(inner(kind), of(OPERATORS), inner(kind)));
      }
      case 4:
        return placed(bin(inner('logical'), 'and', inner('logical')));
      case 5:
        return placed(bin(inner('logical'), 'or', inner('logical')));
      case 6:
        return placed(not(inner('logical')));
      case 7: {
        const kind = lean(['text', 'number', 'date'] as const);
        const list = [literal(kind), seldom(3) ? inner(kind) : literal(kind)];
        return { op: 'in', x: inner(kind), list, at: place() };
      }
      case 8:
        return call('blank', inner(of(KINDS)));
      case 9:
        return call('starts_with', inner('text'), seldom(3) ? inner('text') : literal('text'));
      default:
        return leaf('logical', scope);
    }
  }

  /** Conditions on the row at a level, often an equality with the rows around it. */
  function condition(scope: Scope, level: number, depth: number): Expr {
    const parts: Expr[] = [];
    for (let i = 1 + pick(3); i > 0; i--) {
      const kind = lean(['text', 'number', 'date', 'logical'] as const);
      const mine = columnsOf(scope, kind, level);
      const around = columnsOf(scope.slice(0, level), kind);
      const operator = pick(3) === 1 ? of(OPERATORS) : '=';
      if (mine.length > 0 && pick(4) !== 1) {
        const x = placed(of(mine));
        const y = around.length > 0 && pick(4) !== 1 ? placed(of(around)) : literal(kind);
        parts.push(placed(pick(2) === 0 ? bin(x, operator, y) : bin(y, operator, x)));
      } else parts.push(expr('logical', scope, depth - 1));
    }
    return parts.reduce((a, b) => placed(bin(a, 'and', b)));
  }

  function aggregate(kind: Kind, scope: Scope, depth: number): Expr | null {
    if (world.counted === 0) return null;
    const table = pick(world.counted);
    const level = scope.length;
    const inside = [...scope, table];
    if (level > 3) return null;
    const where = pick(3) === 0 ? null : condition(inside, level, depth);
    const common = { op: 'aggregate', table, level, where, at: place() } as const;
    const value = (k: Kind): Expr => (pick(3) === 0 ? expr(k, inside, depth) : leafOf(k, inside, level));
    const fns: readonly Aggregate['fn'][] =
      kind === 'number'
        ? ['sum', 'count', 'average', 'lookup', 'find', 'last', 'min', 'max', 'median', 'weighted']
        : kind === 'date'
          ? ['min', 'max', 'lookup', 'find', 'last']
          : ['lookup', 'find', 'last'];
    const fn = of(fns);
    switch (fn) {
      case 'count':
        return { ...common, fn, value: pick(2) === 0 ? null : value(of(KINDS)) };
      case 'average':
        return { ...common, fn, value: value(seldom(3) ? 'logical' : 'number') };
      case 'sum':
      case 'median':
        return { ...common, fn, value: value('number') };
      case 'min':
      case 'max':
        return { ...common, fn, value: value(kind) };
      case 'weighted':
        return { ...common, fn, value: value(seldom(4) ? 'logical' : 'number'), weight: value('number') };
      case 'last':
        return { ...common, fn, value: value(kind), by: value(lean(['date', 'number'] as const)) };
      case 'find':
        return { ...common, fn, value: value(kind) };
      case 'lookup': {
        const keyKind = specs[table]?.[0]?.kind ?? 'text';
        const keys = keysOf[table] ?? [];
        const around = columnsOf(scope, keyKind);
        // Mostly a key that is there.
        const key =
          around.length > 0 && pick(3) !== 0
            ? placed(of(around))
            : keys.length > 0 && !seldom(5)
              ? placed(lit(of(keys) as Literal))
              : leaf(keyKind, scope);
        return { ...common, where: null, fn, value: value(kind), key };
      }
      default: {
        const never: never = fn;
        return never;
      }
    }
  }

  function leafOf(kind: Kind, scope: Scope, level: number): Expr {
    const found = columnsOf(scope, kind, level);
    return found.length === 0 || pick(5) === 1 ? leaf(kind, scope) : placed(of(found));
  }

  function rule(kind: Kind, scope: Scope): Expr {
    world.budget = 14;
    return expr(kind, scope, 1 + pick(5));
  }
}
