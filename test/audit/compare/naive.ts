import type { OwnKeys } from '../../../src/audit/compare/ownership.ts';
import { type Pools, type Side, type Sides, withPools } from '../../../src/audit/compare/sides.ts';
import { createEvaluator, evaluate } from '../../../src/engine/plain/index.ts';
import { identity } from '../../../src/engine/plain/values.ts';
import type { Outcome, Results } from '../../../src/engine/results.ts';
import { columnValue, type SheetColumn } from '../../../src/exact/column.ts';
import { columnBuilder } from '../../../src/exact/columnBuilder.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { integer, type Rational, ZERO } from '../../../src/exact/rational.ts';
import type { Value } from '../../../src/exact/value.ts';
import type { Definition, Expr, Program, Share } from '../../../src/rules/program.ts';
import type { SheetTable, Workbook } from '../../../src/workbook/port.ts';
import { iff } from '../../support/program.ts';

/**
 * The definition, as slow as it is plain: one workbook for each person and coalition, put together row by row and
 * evaluated whole. Both sides have the same tables and columns. Null where there is no amount.
 */
export function naiveAmount(
  sides: Sides,
  pools: readonly [Pools, Pools],
  table: number,
  column: number,
  person: string,
  own: OwnKeys,
  mask: number,
): Rational | null {
  const rules = sides[bit(mask, 1)];
  const ownSide = bit(mask, 2);
  const othersSide = bit(mask, 8);
  const given = pools[bit(mask, 4)];
  const alone = [0, 1].map((side) => fullRun(rules, sides[side === 0 ? 0 : 1], given));
  const mine = (t: number, key: string): boolean =>
    own.get((rules.program.tables[t]?.name ?? '').toLowerCase())?.has(key) ?? false;
  // Where a row came from, table by table; ghosts are only found by their key.
  const rows = rules.workbook.tables.map((_, t): readonly From[] => {
    const counted = ([0, 1] as const).flatMap((side) =>
      [...(alone[side]?.tables[t]?.rows ?? [])].map((row) => {
        const key = keyOf(sides[side].workbook, t, row);
        return { side, row, key, real: side === (mine(t, key) ? ownSide : othersSide) };
      }),
    );
    const real = new Set(counted.flatMap(({ key, real }) => (real ? [key] : [])));
    // A side alone has none.
    return counted.filter((one) => one.real || (ownSide !== othersSide && !real.has(one.key)));
  });
  const added = (t: number): number => rules.workbook.tables[t]?.columns.length ?? 0;
  const workbook: Workbook = {
    ...rules.workbook,
    names: sides[othersSide].workbook.names,
    tables: rules.workbook.tables.map((schema, t): SheetTable => {
      const from = rows[t] ?? [];
      const columns = schema.columns.map((c, i) => ({
        ...c,
        data: columnOf(from.map(({ side, row }) => cell(sides[side].workbook, t, i, row))),
      }));
      const extra = [
        columnOf(from.map(({ real }): Cell => ({ kind: 'logical', value: real }))),
        columnOf(from.map(({ side }): Cell => ({ kind: 'date', ms: integer(sides[side].program.asOf) }))),
      ];
      return {
        ...schema,
        rows: from.length,
        sheetRows: Uint32Array.from(from, (_, i) => i + 2),
        columns: [...columns, ...extra.map((data) => ({ heading: '', column: 0, data }))],
      };
    }),
  };
  const program = rewritten(rules.program, sides[othersSide].program.asOf, added);
  const withGiven = withPools(program, workbook, given);
  const evaluator = createEvaluator(withGiven.program, withGiven.workbook, {
    scan: true,
    known: {
      cell(id, row) {
        const t = rules.program.columns[id]?.table ?? 0;
        const from = rows[t]?.[row];
        return from === undefined || from.real ? undefined : alone[from.side]?.columns[id]?.at(from.row);
      },
    },
  });
  const at = (rows[table] ?? []).findIndex(({ real, key }) => real && key === person);
  return at < 0 ? ZERO : amountOf(evaluator.cell(column, at));
}

interface From {
  readonly side: 0 | 1;
  readonly row: number;
  readonly key: string;
  readonly real: boolean;
}

const bit = (mask: number, one: number): 0 | 1 => ((mask & one) === 0 ? 0 : 1);

export function amountOf(x: Outcome | undefined): Rational | null {
  return x?.kind === 'number' ? x.value : x?.kind === 'blank' ? ZERO : null;
}

const runs = new WeakMap<Side, WeakMap<Side, Map<Pools, Results>>>();

function fullRun(rules: Side, data: Side, pools: Pools): Results {
  let ofRules = runs.get(rules);
  if (ofRules === undefined) {
    ofRules = new WeakMap();
    runs.set(rules, ofRules);
  }
  let ofData = ofRules.get(data);
  if (ofData === undefined) {
    ofData = new Map();
    ofRules.set(data, ofData);
  }
  let found = ofData.get(pools);
  if (found === undefined) {
    const program = { ...rules.program, asOf: data.program.asOf };
    const given = withPools(program, data.workbook, pools);
    found = evaluate(given.program, given.workbook, {}, { scan: true });
    ofData.set(pools, found);
  }
  return found;
}

/** Ghosts left out of everything but lookups; each row with the date of its side. */
function rewritten(program: Program, asOf: number, added: (table: number) => number): Program {
  const ghostless = (t: number, level: number, where: Expr | null, at: Expr['at']): Expr => {
    const real: Expr = { op: 'sheet', table: t, column: added(t), level, at };
    if (where === null) return real;
    const no: Expr = { op: 'literal', value: { kind: 'logical', value: false }, at };
    return iff(real, where, no);
  };
  const change = (expr: Expr, row: { table: number; level: number } | null): Expr => {
    const again = (x: Expr): Expr => change(x, row);
    if (expr.op === 'asOf')
      return row === null
        ? { op: 'literal', value: { kind: 'date', ms: integer(asOf) }, at: expr.at }
        : { op: 'sheet', table: row.table, column: added(row.table) + 1, level: row.level, at: expr.at };
    const changed = mapExpr(expr, again);
    if (changed.op === 'rank' || (changed.op === 'aggregate' && changed.fn !== 'lookup'))
      return { ...changed, where: ghostless(changed.table, changed.level, changed.where, changed.at) };
    return changed;
  };
  const maybe = (x: Expr | null, row: { table: number; level: number } | null): Expr | null =>
    x === null ? null : change(x, row);
  return {
    ...program,
    asOf,
    tables: program.tables.map((t) => ({ ...t, where: null })),
    scalars: program.scalars.map((s) =>
      s.source.kind === 'rule' ? { ...s, source: { ...s.source, value: change(s.source.value, null) } } : s,
    ),
    columns: program.columns.map((c) => {
      const row = { table: c.table, level: 0 };
      return {
        ...c,
        definitions: c.definitions.map((d): Definition => {
          if (d.kind === 'share' || d.kind === 'rest') return d;
          const where = maybe(d.where, row);
          if (d.kind === 'rule') return { ...d, where, value: change(d.value, row) };
          if (d.kind === 'score')
            return { ...d, where, lines: d.lines.map((l) => ({ ...l, value: change(l.value, row) })) };
          return {
            ...d,
            where,
            components: d.components.map((l) => ({ ...l, value: change(l.value, row) })),
          };
        }),
      };
    }),
    shares: program.shares.map((s): Share => {
      const member = { table: s.table, level: s.memberLevel };
      const pool = s.each === null ? null : { table: s.each.table, level: 0 };
      return {
        ...s,
        each:
          s.each === null
            ? null
            : { ...s.each, where: ghostless(s.each.table, 0, maybe(s.each.where, pool), s.pool.at) },
        where: ghostless(s.table, s.memberLevel, maybe(s.where, member), s.pool.at),
        weight: change(s.weight, member),
        floor: maybe(s.floor, member),
        cap: maybe(s.cap, member),
        unit: maybe(s.unit, pool),
      };
    }),
    checks: [],
  };
}

/** The same expression with its parts changed. */
export function mapExpr(expr: Expr, f: (x: Expr) => Expr): Expr {
  const copy: Record<string, unknown> = { ...expr };
  for (const [name, value] of Object.entries(expr)) {
    if (isExpr(value)) copy[name] = f(value);
    else if (Array.isArray(value) && value.every(isExpr)) copy[name] = value.map(f);
  }
  return copy as unknown as Expr;
}

const isExpr = (x: unknown): x is Expr => typeof x === 'object' && x !== null && 'op' in x && 'at' in x;

type Cell = Value | { readonly kind: 'error'; readonly text: string };

export function cell(workbook: Workbook, table: number, column: number, row: number): Cell {
  const data = workbook.tables[table]?.columns[column]?.data;
  if (data === undefined) return { kind: 'blank' };
  return columnValue(data, row) ?? { kind: 'error', text: data.texts[data.payload[row] ?? 0] ?? '' };
}

export function columnOf(cells: readonly Cell[]): SheetColumn {
  const builder = columnBuilder();
  const wide = new Map<number, Rational>();
  cells.forEach((x, i) => {
    if (x.kind === 'blank') builder.blank();
    else if (x.kind === 'error') builder.error(x.text);
    else if (x.kind === 'text') builder.text(x.value);
    else if (x.kind === 'logical') builder.logical(x.value);
    else if (x.kind === 'date') builder.date(Number(x.ms.n));
    else if (!builder.decimal(exactText(x.value), false)) {
      wide.set(i, x.value);
      builder.blank();
    }
  });
  if (wide.size > 0) throw new Error('a cell that is no decimal');
  return builder.finish();
}

export function keyOf(workbook: Workbook, table: number, row: number): string {
  const value = cell(workbook, table, 0, row);
  return value.kind === 'error' || value.kind === 'blank' ? '' : identity(value);
}
