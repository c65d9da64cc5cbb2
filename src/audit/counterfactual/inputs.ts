import type { Target } from '../../engine/plain/reasons.ts';
import { some } from '../../engine/plain/walk.ts';
import { columnValue } from '../../exact/column.ts';
import { foldText, type Value } from '../../exact/value.ts';
import type { Expr, Program } from '../../rules/program.ts';
import { type Base, type CellExpr, identityOf, readCell } from './base.ts';
import { type Cell, columnOf } from './cell.ts';
import type { Needed } from './local.ts';
import { conjunctsOf } from './touched.ts';

/** A cell that a target may depend on: of the target's own row, or of a row that refers to it. */
export interface Input extends Cell {
  readonly value: Exclude<Value, { readonly kind: 'blank' }>;
  /** Of a text: the other texts that a band on the way knows. */
  readonly texts: readonly string[];
}

/** The cells of a row and of the rows that refer to it which the rules read on the way to a target, without keys. */
export function inputsOf(base: Base, target: Target, needed: readonly Needed[]): readonly Input[] {
  const { program, workbook } = base;
  const exprs = needed.flatMap((one) => one.exprs);
  const owner = target.kind === 'column' ? program.columns[target.column]?.table : undefined;
  const read = new Set<string>();
  const referring = new Map<number, Set<number>>();
  const referrers = new Set<string>();
  if (owner !== undefined && target.kind === 'column') referring.set(owner, new Set([target.row]));
  for (const expr of exprs)
    some(expr, (e) => {
      if (e.op === 'sheet') read.add(`${e.table} ${e.column}`);
      if (e.op === 'aggregate' && owner !== undefined && target.kind === 'column')
        for (const cell of referencesIn(program, e, owner)) {
          if (cell.op === 'sheet') referrers.add(`${cell.table} ${cell.column}`);
          const rows = referring.get(e.table) ?? new Set();
          for (const row of rowsReferring(base, cell, owner, target.row)) rows.add(row);
          referring.set(e.table, rows);
        }
      return false;
    });
  for (const [table, { references }] of program.tables.entries())
    for (const { column } of references) referrers.add(`${table} ${column}`);

  const inputs: Input[] = [];
  for (const [table, rows] of referring) {
    const columns = (workbook.tables[table]?.columns ?? []).flatMap((_, column) => {
      const name = `${table} ${column}`;
      return read.has(name) && !referrers.has(name) && column !== program.tables[table]?.key ? [column] : [];
    });
    for (const row of [...rows].sort((a, b) => a - b)) {
      if (!base.counts(table, row)) continue;
      for (const column of columns) {
        const data = columnOf(workbook, { table, column });
        const value = columnValue(data, row);
        if (value === null || value.kind === 'blank') continue;
        const texts = value.kind === 'text' ? textsFor(base, exprs, { table, column }, value.value) : [];
        if (value.kind !== 'text' || texts.length > 0) inputs.push({ table, column, row, value, texts });
      }
    }
  }
  return inputs;
}

/** The cells of an aggregated row that have to equal the key of a row of `owner`. */
function referencesIn(
  program: Program,
  expr: Extract<Expr, { readonly op: 'aggregate' }>,
  owner: number,
): readonly CellExpr[] {
  const key = program.tables[owner]?.key ?? 0;
  const isKey = (e: Expr): boolean =>
    e.op === 'sheet' && e.table === owner && e.column === key && e.level < expr.level;
  return conjunctsOf(expr.where).flatMap((conjunct): readonly CellExpr[] => {
    if (conjunct.op !== 'compare' || conjunct.operator !== '=') return [];
    const { left, right } = conjunct;
    const side = isKey(right) ? left : isKey(left) ? right : null;
    return side !== null && (side.op === 'sheet' || side.op === 'column') && side.level === expr.level
      ? [side]
      : [];
  });
}

function rowsReferring(base: Base, cell: CellExpr, owner: number, row: number): readonly number[] {
  const key: CellExpr = {
    op: 'sheet',
    table: owner,
    column: base.program.tables[owner]?.key ?? 0,
    level: 0,
    at: cell.at,
  };
  const name = identityOf(readCell(base, key, row));
  return name === null || name === '' ? [] : (base.index({ ...cell, level: 0 }).get(name) ?? []);
}

/** The texts of the bands that take this column, spelled as its cells spell them, without the one that is there. */
function textsFor(
  { program, workbook }: Base,
  exprs: readonly Expr[],
  at: Pick<Cell, 'table' | 'column'>,
  own: string,
): readonly string[] {
  const found = new Set<string>();
  for (const expr of exprs)
    some(expr, (e) => {
      if (e.op === 'band' && isColumn(program, e.x, at))
        for (const { test } of program.bands[e.band]?.lines ?? [])
          if (test.kind === 'texts') for (const text of test.texts) found.add(text);
      return false;
    });
  if (found.size === 0) return [];
  const spelled = new Map(columnOf(workbook, at).texts.map((text) => [foldText(text), text]));
  return [...found].flatMap((text) => (text === foldText(own) ? [] : [spelled.get(text) ?? text]));
}

/** Whether an expression is a cell of this column, or a computed column that is nothing else. */
function isColumn(program: Program, expr: Expr, at: Pick<Cell, 'table' | 'column'>, depth = 0): boolean {
  if (expr.op === 'sheet') return expr.table === at.table && expr.column === at.column;
  if (expr.op !== 'column' || depth > 20) return false;
  return (program.columns[expr.column]?.definitions ?? []).some(
    (definition) => definition.kind === 'rule' && isColumn(program, definition.value, at, depth + 1),
  );
}
