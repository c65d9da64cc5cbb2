import type { Aggregate, Expr } from '../../rules/program.ts';
import type { Fault } from '../results.ts';
import { compute, eachMatch, foundRow, lastRow, lookupRow } from './aggregates.ts';
import { type Explainer, shownOutcome } from './explain.ts';
import { attempt, cellPlace, type Env, inner, isFault, outcomeOf, tableOf } from './reading.ts';
import type { AggregateReason, LookupReason, RankReason, Reason } from './reasons.ts';

type Children = Pick<Reason, 'children' | 'cut'>;

/** An aggregate with its first rows, or a lookup with the row that it found. */
export function explainAggregate(
  e: Explainer,
  expr: Aggregate,
  env: Env,
  depth: number,
): (AggregateReason | LookupReason) & Children {
  switch (expr.fn) {
    case 'lookup':
      return found(
        e,
        expr,
        env,
        depth,
        attempt(() => rowOf(lookupRow(e.m, expr, env))),
      );
    case 'find':
      return found(
        e,
        expr,
        env,
        depth,
        attempt(() => rowOf(foundRow(e.m, expr, env))),
      );
    case 'last':
      return found(
        e,
        expr,
        env,
        depth,
        attempt(() => rowOf(lastRow(e.m, expr, env))),
      );
    default:
      return overRows(e, expr, env, depth);
  }
}

interface Found {
  readonly kind: 'row';
  readonly row: number;
}

function rowOf(x: number | { readonly kind: 'blank' }): Found {
  return { kind: 'row', row: typeof x === 'number' ? x : -1 };
}

type Lookup = Extract<Aggregate, { readonly fn: 'lookup' | 'find' | 'last' }>;

function found(
  e: Explainer,
  expr: Lookup,
  env: Env,
  depth: number,
  at: Found | Fault,
): LookupReason & Children {
  const row = isFault(at) ? -1 : at.row;
  const key = expr.fn === 'lookup' ? [e.part('key', expr.key, env, depth)] : [];
  return {
    kind: 'lookup',
    fn: expr.fn,
    table: tableOf(e.m.workbook, expr.table).name,
    at: expr.at,
    found: row < 0 ? null : e.rowName(expr.table, row),
    children: row < 0 ? key : [...key, rowReason(e, expr, env, row, depth)],
  };
}

type OverRows = Exclude<Aggregate, Lookup>;

function overRows(e: Explainer, expr: OverRows, env: Env, depth: number): AggregateReason & Children {
  const figure = e.m.figure(expr, env);
  if (figure !== undefined) {
    const { rows, blank } = figure;
    const table = tableOf(e.m.workbook, expr.table).name;
    return { kind: 'aggregate', fn: expr.fn, table, at: expr.at, rows, blank, more: 0, children: [] };
  }
  const failed = failingRow(e, expr, env);
  const matched: number[] = [];
  let blank = 0;
  attempt(() => {
    eachMatch(e.m, expr, env, (at, row) => {
      matched.push(row);
      if (isPassedOver(e, expr, at)) blank++;
    });
    return { kind: 'done' };
  });
  const rows = failed === null ? matched.slice(0, e.rows) : [failed];
  return {
    kind: 'aggregate',
    fn: expr.fn,
    table: tableOf(e.m.workbook, expr.table).name,
    at: expr.at,
    rows: matched.length,
    blank,
    more: failed === null ? matched.length - rows.length : 0,
    children: rows.map((row) => rowReason(e, expr, env, row, depth)),
  };
}

/** The row at which an aggregate ends with a fault; null where it does not, or not at a row. */
function failingRow(e: Explainer, expr: OverRows, env: Env): number | null {
  let at: number | null = null;
  function* watched(rows: Iterable<number>): Iterable<number> {
    for (const row of rows) {
      at = row;
      yield row;
    }
    at = null;
  }
  const watching = {
    ...e.m,
    visit: (...place: Parameters<Explainer['m']['visit']>) => watched(e.m.visit(...place)),
  };
  const outcome = attempt(() => compute(watching, expr, env));
  return isFault(outcome) ? at : null;
}

function isPassedOver(e: Explainer, expr: OverRows, at: Env): boolean {
  if (expr.value === null) return false;
  if (e.m.read(expr.value, at).kind === 'blank') return true;
  return expr.fn === 'weighted' && e.m.read(expr.weight, at).kind === 'blank';
}

function rowReason(e: Explainer, expr: Aggregate, env: Env, row: number, depth: number): Reason {
  const at = inner(env, expr.table, expr.level);
  at.rows[expr.level] = row;
  const { value } = expr;
  const weight = expr.fn === 'weighted' ? expr.weight : expr.fn === 'last' ? expr.by : null;
  const read: readonly Expr[] = [value, weight].filter((x) => x !== null);
  return {
    kind: 'row',
    ...e.rowName(expr.table, row),
    cell: cellPlace(e.m.workbook, expr.table, e.m.program.tables[expr.table]?.key ?? 0, row),
    ...(weight === null ? {} : { weight: outcomeOf(attempt(() => e.m.read(weight, at))) }),
    ...(value === null
      ? { outcome: { kind: 'logical', value: true } as const }
      : shownOutcome(attempt(() => e.m.read(value, at)))),
    children: read.flatMap((x) => e.leaves(x, at, depth + 1)),
  };
}

/** A rank: its own value; how many rows have one. */
export function explainRank(
  e: Explainer,
  expr: Extract<Expr, { readonly op: 'rank' }>,
  env: Env,
  depth: number,
): RankReason & Children {
  const figure = e.m.figure(expr, env);
  let rows = figure?.rows ?? 0;
  attempt(() => {
    if (figure !== undefined) return { kind: 'done' };
    eachMatch(e.m, expr, env, (at) => {
      if (e.m.read(expr.value, at).kind !== 'blank') rows++;
    });
    return { kind: 'done' };
  });
  const own = inner(env, expr.table, expr.level);
  own.rows[expr.level] = env.rows[expr.level - 1] ?? 0;
  return {
    kind: 'rank',
    table: tableOf(e.m.workbook, expr.table).name,
    at: expr.at,
    rows,
    children: [e.part('value', expr.value, own, depth)],
  };
}
