import { foldName } from '../../../grammar/tree.ts';
import { identity } from '../../engine/plain/values.ts';
import { nodeExpressions } from '../../engine/plain/walk.ts';
import type { Outcome } from '../../engine/results.ts';
import { columnValue } from '../../exact/column.ts';
import type { Expr, Program } from '../../rules/program.ts';
import { childrenOf } from '../../rules/walk.ts';
import { conjunctsOf } from './reads.ts';
import { keyIdentity, type Side, type Sides } from './sides.ts';

/** Rows of one person: keys by folded name of their table. */
export type OwnKeys = ReadonlyMap<string, ReadonlySet<string>>;

/** A cell that names a person: a column of a table. */
interface Link {
  readonly table: number;
  readonly kind: 'sheet' | 'column';
  readonly column: number;
}

/**
 * The own rows of every row of a table (a person): the row itself, and the rows of other tables that refer to it, by a
 * reference that the rules declare or by a cell that some rule compares with its key (`where engineer = id`). A row is
 * one's own if it is so before or after, so that each row of the workbooks belongs to one side of a person or the other.
 */
export function ownRows(sides: Sides, table: string): ReadonlyMap<string, OwnKeys> {
  const all = new Map<string, Map<string, Set<string>>>();
  const put = (person: string, name: string, key: string): void => {
    let tables = all.get(person);
    if (tables === undefined) {
      tables = new Map();
      all.set(person, tables);
    }
    const keys = tables.get(name);
    if (keys === undefined) tables.set(name, new Set([key]));
    else keys.add(key);
  };
  for (const side of sides) {
    const { program, workbook, results } = side;
    const target = program.tables.findIndex(({ name }) => foldName(name) === foldName(table));
    if (target < 0) continue;
    for (const row of results.tables[target]?.rows ?? []) {
      const key = keyIdentity(program, workbook, target, row);
      put(key, foldName(table), key);
    }
    for (const link of linksTo(program, target)) {
      const name = foldName(program.tables[link.table]?.name ?? '');
      for (const row of results.tables[link.table]?.rows ?? []) {
        const value = valueAt(side, link, row);
        if (value === null || value.kind === 'blank' || value.kind === 'fault') continue;
        put(identity(value), name, keyIdentity(program, workbook, link.table, row));
      }
    }
  }
  return all;
}

function valueAt({ workbook, results }: Side, link: Link, row: number): Outcome | null {
  if (link.kind === 'column') return results.columns[link.column]?.at(row) ?? null;
  const data = workbook.tables[link.table]?.columns[link.column]?.data;
  return data === undefined ? null : columnValue(data, row);
}

/** Cells that name a row of a table. */
function linksTo(program: Program, target: number): readonly Link[] {
  const found = new Map<string, Link>();
  const add = (link: Link): void => {
    if (link.table !== target) found.set(`${link.table} ${link.kind} ${link.column}`, link);
  };
  for (const [table, { references }] of program.tables.entries())
    for (const reference of references)
      if (reference.table === target) add({ table, kind: 'sheet', column: reference.column });
  for (const node of program.order) {
    const open = [...nodeExpressions(program, node)];
    if (node.kind === 'share') {
      const share = program.shares[node.share];
      if (share?.where != null) joined(program, share.where, share.memberLevel, target, add);
    }
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if ((next.op === 'aggregate' || next.op === 'rank') && next.where !== null)
        joined(program, next.where, next.level, target, add);
      open.push(...childrenOf(next));
    }
  }
  return [...found.values()];
}

/** Conjuncts that compare a cell of the row at a level with the key of a row around it. */
function joined(
  program: Program,
  where: Expr,
  level: number,
  target: number,
  add: (link: Link) => void,
): void {
  const key = program.tables[target]?.key ?? 0;
  const isKey = (expr: Expr): boolean =>
    expr.op === 'sheet' && expr.table === target && expr.column === key && expr.level < level;
  for (const expr of conjunctsOf(where)) {
    if (expr.op !== 'compare' || expr.operator !== '=') continue;
    for (const [cell, outer] of [
      [expr.left, expr.right],
      [expr.right, expr.left],
    ] as const) {
      if (!isKey(outer)) continue;
      if (cell.op === 'sheet' && cell.level === level)
        add({ table: cell.table, kind: 'sheet', column: cell.column });
      if (cell.op === 'column' && cell.level === level) {
        const table = program.columns[cell.column]?.table;
        if (table !== undefined) add({ table, kind: 'column', column: cell.column });
      }
    }
  }
}
