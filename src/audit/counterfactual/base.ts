import { createMachine, type PlainMachine } from '../../engine/plain/machine.ts';
import { attempt, type Env, isFault, type Reading, tableOf } from '../../engine/plain/reading.ts';
import { identity } from '../../engine/plain/values.ts';
import type { VisitPlan } from '../../engine/plain/visit.ts';
import type { Results, ShareResult } from '../../engine/results.ts';
import type { Expr, Program } from '../../rules/program.ts';
import type { Workbook } from '../../workbook/port.ts';

/** A run without errors of a program over a workbook. */
export interface RunBook {
  readonly program: Program;
  readonly workbook: Workbook;
  readonly results: Results;
}

/** A cell of the row at a level. */
export type CellExpr = Extract<Expr, { readonly op: 'sheet' | 'column' }>;

/** A run as it is, with what is looked up in it again and again. */
export interface Base extends RunBook {
  readonly machine: PlainMachine;
  /** Rows that count, rising. */
  rows(table: number): readonly number[];
  counts(table: number, row: number): boolean;
  share(id: number, of: number | null): ShareResult | undefined;
  /** The pools that a row takes part in, by their row of the `each`. */
  poolsOf(share: number, row: number): readonly (number | null)[];
  /** Rows that count by the value of a cell in them; '' is the blank. */
  index(cell: CellExpr): ReadonlyMap<string, readonly number[]>;
  /** Which rows a condition has to be tried at, over the values as they are. */
  readonly plans: WeakMap<Expr, VisitPlan>;
}

export function baseOf({ program, workbook, results }: RunBook): Base {
  const shares = new Map<string, ShareResult>();
  for (const result of results.shares) shares.set(`${result.share} ${result.of}`, result);
  const counted = results.tables.map(({ rows }) => Array.from(rows));
  const counting = workbook.tables.map((table, i) => {
    const flags = new Uint8Array(table.rows);
    for (const row of counted[i] ?? []) flags[row] = 1;
    return flags;
  });
  const counts = (table: number, row: number): boolean => counting[table]?.[row] === 1;
  const share = (id: number, of: number | null): ShareResult | undefined => shares.get(`${id} ${of}`);
  const machine = createMachine(
    program,
    workbook,
    {
      scalar: (id) => results.scalars[id],
      cell: (column, row) => results.columns[column]?.at(row),
      counts,
      share,
    },
    false,
  );
  const memberships = new Map<number, ReadonlyMap<number, readonly (number | null)[]>>();
  const indexes = new Map<string, ReadonlyMap<string, readonly number[]>>();
  const base: Base = {
    program,
    workbook,
    results,
    machine,
    counts,
    share,
    rows: (table) => counted[table] ?? [],
    poolsOf(id, row) {
      let found = memberships.get(id);
      if (found === undefined) {
        const byRow = new Map<number, (number | null)[]>();
        for (const result of results.shares) {
          if (result.share !== id) continue;
          for (const member of result.members) {
            const pools = byRow.get(member.row);
            if (pools === undefined) byRow.set(member.row, [result.of]);
            else pools.push(result.of);
          }
        }
        found = byRow;
        memberships.set(id, found);
      }
      return found.get(row) ?? [];
    },
    index(cell) {
      const name = cell.op === 'sheet' ? `s ${cell.table} ${cell.column}` : `c ${cell.column}`;
      let found = indexes.get(name);
      if (found === undefined) {
        found = indexOf(base, cell);
        indexes.set(name, found);
      }
      return found;
    },
    plans: new WeakMap(),
  };
  return base;
}

/** The table whose row a cell expression reads. */
export function tableOfCell(program: Program, cell: CellExpr): number {
  return cell.op === 'sheet' ? cell.table : (program.columns[cell.column]?.table ?? 0);
}

/** An environment in which the row of one level is set. */
export function envOf(level: number, table: number, row: number): Env {
  const tables: number[] = [];
  const rows: number[] = [];
  for (let i = 0; i <= level; i++) {
    tables.push(table);
    rows.push(row);
  }
  return { context: { rule: '', keyLevel: 0 }, tables, rows };
}

/** What a cell of a row holds as things are; null for a fault. */
export function readCell(base: Base, cell: CellExpr, row: number): Reading | null {
  const env = envOf(cell.level, tableOfCell(base.program, cell), row);
  const x = attempt((): Reading => base.machine.read(cell, env));
  return isFault(x) ? null : x;
}

/** One text for equal values; '' for a blank, null for a fault. */
export function identityOf(x: Reading | null): string | null {
  if (x === null) return null;
  return x.kind === 'blank' ? '' : identity(x);
}

function indexOf(base: Base, cell: CellExpr): ReadonlyMap<string, readonly number[]> {
  const byValue = new Map<string, number[]>();
  const table = tableOfCell(base.program, cell);
  tableOf(base.workbook, table);
  for (const row of base.rows(table)) {
    const name = identityOf(readCell(base, cell, row));
    if (name === null) continue;
    const found = byValue.get(name);
    if (found === undefined) byValue.set(name, [row]);
    else found.push(row);
  }
  return byValue;
}
