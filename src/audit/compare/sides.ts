import { foldName } from '../../../grammar/tree.ts';
import { runColumns } from '../../engine/columns/index.ts';
import { identity } from '../../engine/plain/values.ts';
import type { Results, ShareResult } from '../../engine/results.ts';
import { columnValue, Kind, type SheetColumn } from '../../exact/column.ts';
import { type Rational, ZERO } from '../../exact/rational.ts';
import { BLANK } from '../../exact/value.ts';
import { nodeNeeds } from '../../rules/dependencies.ts';
import type { GraphNode } from '../../rules/order.ts';
import type { Expr, Program } from '../../rules/program.ts';
import type { Progress, SheetTable, TableColumn, Workbook } from '../../workbook/port.ts';

/** One of the two things compared: rules in force over a workbook's rows on a day, and what they came to, without errors. */
export interface Side {
  readonly program: Program;
  readonly workbook: Workbook;
  readonly results: Results;
}

export type Sides = readonly [before: Side, after: Side];
/** 0 before, 1 after. */
export type Which = 0 | 1;

export const WHICH: readonly Which[] = [0, 1];
export const other = (which: Which): Which => (which === 0 ? 1 : 0);

/** Whether two programs say the same, but for their dates. */
export function sameRules(a: Program, b: Program): boolean {
  return a === b || (textOf(a) === textOf(b) && a.unit.n === b.unit.n);
}

/** Places are left out: a rule that moved says what it said. */
function textOf({ asOf: _, ...program }: Program): string {
  return JSON.stringify(program, (name, value: unknown) =>
    name === 'at' ? undefined : typeof value === 'bigint' ? `${value}n` : value,
  );
}

/**
 * The rows and names of one workbook under the headings of another: what rules that were checked over `schema` find in
 * `data`. Where `data` has no such table or column there are no rows, or blanks.
 */
export function projected(schema: Workbook, data: Workbook): Workbook {
  if (schema.tables === data.tables && schema.names === data.names) return data;
  const tables = new Map(data.tables.map((table) => [foldName(table.name), table]));
  const names = new Map(data.names.map((name) => [foldName(name.name), name]));
  return {
    ...schema,
    tables: schema.tables.map((table) => projectedTable(table, tables.get(foldName(table.name)))),
    names: schema.names.map((name) => names.get(foldName(name.name)) ?? { ...name, value: BLANK }),
  };
}

function projectedTable(schema: SheetTable, data: SheetTable | undefined): SheetTable {
  const rows = data?.rows ?? 0;
  const columns = new Map(data?.columns.map((column) => [foldName(column.heading), column.data]));
  return {
    ...schema,
    rows,
    sheetRows: data?.sheetRows ?? new Uint32Array(0),
    columns: schema.columns.map((column) => ({
      ...column,
      data: columns.get(foldName(column.heading)) ?? blankColumn(rows),
    })),
  };
}

function blankColumn(length: number): SheetColumn {
  return {
    length,
    kinds: new Uint8Array(length),
    payload: new Float64Array(length),
    scale: 0,
    bound: 0,
    texts: [],
    wide: new Map(),
  };
}

/** Settled pools of a side, by what names them: the same pool of two programs has one name. */
export type Pools = ReadonlyMap<string, Rational>;

export function poolsOf({ program, workbook, results }: Side): Pools {
  const names = shareNames(program);
  const pools = new Map<string, Rational>();
  for (const result of results.shares) {
    const of = ofIdentity(program, workbook, result);
    pools.set(poolName(names[result.share] ?? '', of), result.settled);
  }
  return pools;
}

export const poolName = (share: string, of: string): string => `${share} of ${of}`;

function ofIdentity(program: Program, workbook: Workbook, { share, of }: ShareResult): string {
  const table = program.shares[share]?.each?.table ?? -1;
  return of === null ? '' : keyIdentity(program, workbook, table, of);
}

/** A text that keys of one table have in common exactly when they are equal. */
export function keyIdentity(program: Program, workbook: Workbook, table: number, row: number): string {
  const column = workbook.tables[table]?.columns[program.tables[table]?.key ?? 0]?.data;
  const value = column === undefined ? null : columnValue(column, row);
  return value === null || value.kind === 'blank' ? '' : identity(value);
}

/** Names of a program's shares: several of one name and table are counted. */
export function shareNames(program: Program): readonly string[] {
  const counts = new Map<string, number>();
  return program.shares.map(({ name, table }) => {
    const plain = `${foldName(name)} in ${foldName(program.tables[table]?.name ?? '')}`;
    const n = counts.get(plain) ?? 0;
    counts.set(plain, n + 1);
    return `${plain} ${n}`;
  });
}

/**
 * Runs one side's rules over the rows and the date of another, each pool given. Whatever fails is among the outcomes.
 * @param data what the rules find, as `projected` gives it
 * @param columns the columns that are wanted; only what they need is computed
 */
export function runWith(
  program: Program,
  data: Workbook,
  asOf: number,
  pools: Pools,
  columns: readonly number[],
  progress: Progress,
): Results {
  const { program: given, workbook } = withPools({ ...program, asOf, checks: [] }, data, pools);
  return runColumns({ ...given, order: neededNodes(given, columns) }, workbook, progress).results;
}

/** The program with its pools as they are given: a pool inside an `each` is a column of its table. */
export function withPools(
  program: Program,
  data: Workbook,
  pools: Pools,
): { readonly program: Program; readonly workbook: Workbook } {
  const names = shareNames(program);
  const added = data.tables.map((): TableColumn[] => []);
  const shares = program.shares.map((share, id) => {
    const { each, pool } = share;
    const name = names[id] ?? '';
    if (each === null) {
      const value = pools.get(poolName(name, '')) ?? ZERO;
      return { ...share, pool: { op: 'literal', value: { kind: 'number', value }, at: pool.at } as Expr };
    }
    const table = data.tables[each.table];
    const further = added[each.table];
    if (table === undefined || further === undefined) return share;
    const column = table.columns.length + further.length;
    further.push({
      heading: `allot pool ${id}`,
      column: 0,
      data: numberColumn(table.rows, (row) => {
        const of = keyIdentity(program, data, each.table, row);
        return pools.get(poolName(name, of)) ?? ZERO;
      }),
    });
    return { ...share, pool: { op: 'sheet', table: each.table, column, level: 0, at: pool.at } as Expr };
  });
  const tables = data.tables.map((table, i) => {
    const further = added[i] ?? [];
    return further.length === 0 ? table : { ...table, columns: [...table.columns, ...further] };
  });
  return { program: { ...program, shares }, workbook: { ...data, tables } };
}

function numberColumn(length: number, value: (row: number) => Rational): SheetColumn {
  const wide = new Map<number, Rational>();
  for (let row = 0; row < length; row++) wide.set(row, value(row));
  return { ...blankColumn(length), kinds: new Uint8Array(length).fill(Kind.WIDE), wide };
}

/** The nodes that columns need, in the program's order. */
function neededNodes(program: Program, columns: readonly number[]): Program['order'] {
  const seen = new Set<string>();
  const open: GraphNode[] = [
    ...program.tables.map((_, table) => ({ kind: 'table', table }) as const),
    ...columns.map((column) => ({ kind: 'column', column }) as const),
  ];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const id = JSON.stringify(node);
    if (seen.has(id)) continue;
    seen.add(id);
    nodeNeeds(node, program, (need) => open.push(need));
  }
  return program.order.filter((node) => seen.has(JSON.stringify(node)));
}
