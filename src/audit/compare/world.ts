import { foldName } from '../../../grammar/tree.ts';
import type { Reading } from '../../engine/plain/reading.ts';
import type { VisitPlan } from '../../engine/plain/visit.ts';
import { expressionsOf, some } from '../../engine/plain/walk.ts';
import type { Fault, Results, ShareResult } from '../../engine/results.ts';
import { columnValue, Kind, type SheetColumn } from '../../exact/column.ts';
import type { Rational } from '../../exact/rational.ts';
import { nodeNeeds } from '../../rules/dependencies.ts';
import type { GraphNode } from '../../rules/order.ts';
import type { Expr, Program, Share } from '../../rules/program.ts';
import type { Workbook } from '../../workbook/port.ts';
import { type Reads, readsOf } from './reads.ts';
import { keyIdentity, type Pools, poolName, shareNames, type Which } from './sides.ts';

/**
 * Rules over the rows of one side (the base), with those of the other beside them. Rows of both are told apart by
 * their numbers: those of side 1 come after all rows of side 0 of the same table. What the rules come to over each
 * side alone is known.
 */
export interface World {
  readonly program: Program;
  /** Its tables without the columns that hold given pools. */
  readonly schema: Workbook;
  readonly base: Which;
  /** Rows of side 0 in each table. */
  readonly offsets: readonly number[];
  readonly asOf: readonly [number, number];
  readonly statics: Statics;
  /** Folded names of its tables. */
  readonly names: readonly string[];
  /** The side of a row. */
  sideOf(table: number, row: number): Which;
  sheet(table: number, column: number, row: number): Reading | null;
  errorText(table: number, column: number, row: number): string;
  name(name: number): Reading | null;
  /** What a run over one side gave. */
  scalar(id: number): Reading | Fault;
  cell(column: number, row: number): Reading | Fault;
  /** Rows of the base that count, rising. */
  rows(table: number): readonly number[];
  /** Whether a row counts on its own side. */
  counts(table: number, row: number): boolean;
  /** The row of a key on a side, if it counts there. */
  keyRow(side: Which, table: number, key: string): number | undefined;
  keyOf(table: number, row: number): string;
  /** Whether it can't be told which of its rows count. */
  faulty(table: number): boolean;
  pools(share: number): ReadonlyMap<number | null, ShareResult>;
  /** The settled pool of a row of either side. */
  poolOf(share: number, of: number | null): Rational | undefined;
  /** Kept for all that is computed over this world. */
  readonly kept: Kept;
}

/** What all that is computed over one world has in common. By the side whose date counts, where it does. */
export interface Kept {
  readonly plans: readonly [Map<Expr, VisitPlan>, Map<Expr, VisitPlan>];
  readonly constants: readonly [Map<Expr, Reading | Fault>, Map<Expr, Reading | Fault>];
  readonly indexes: Map<Expr, OuterIndex>;
  readonly reads: Map<Expr, Reads>;
  readonly poolRows: Map<number, ReadonlyMap<number | null, true | Fault>>;
  readonly claims: Map<ShareResult, ScaledClaims>;
  readonly members: Map<number, ReadonlyMap<number, readonly (number | null)[]>>;
}

/** The members of a settled pool, their weights as whole numbers over one denominator. */
export interface ScaledClaims {
  readonly scale: bigint;
  readonly rows: readonly number[];
  readonly weights: readonly bigint[];
  readonly floors: readonly (bigint | null)[];
  readonly caps: readonly (bigint | null)[];
  readonly units: ReadonlyMap<number, bigint>;
}

/** Rows of a table by the value of an expression. */
export interface OuterIndex {
  readonly rows: ReadonlyMap<string, readonly number[]>;
  readonly kinds: ReadonlySet<string>;
}

/** What is known of a program whatever the rows. */
export interface Statics {
  readonly columns: readonly Reads[];
  /** Shares that define the column: of their members, or what they left. */
  readonly columnShares: readonly (readonly number[])[];
  readonly scalars: readonly Reads[];
  readonly scalarShares: readonly (number | null)[];
  /** What decides membership and claim, at the member's row; and which pools there are, at that of the `each`. */
  readonly members: readonly Reads[];
  readonly eachRows: readonly Reads[];
  /** Whether a column or scalar depends on what any share gives: only then does the size of the pools matter to it. */
  readonly pooled: { readonly columns: readonly boolean[]; readonly scalars: readonly boolean[] };
  /** Whether an expression speaks of the date. */
  dated(expr: Expr): boolean;
}

export function staticsOf(program: Program): Statics {
  const dates = new Map<Expr, boolean>();
  return {
    pooled: pooledIn(program),
    columns: program.columns.map(({ definitions }) =>
      readsOf(
        program,
        definitions.flatMap((definition) => expressionsOf(program, definition)),
        0,
      ),
    ),
    columnShares: program.columns.map(({ definitions }) =>
      definitions.flatMap((d) => (d.kind === 'share' || d.kind === 'rest' ? [d.share] : [])),
    ),
    scalars: program.scalars.map(({ source }) =>
      readsOf(program, source.kind === 'rule' ? [source.value] : [], -1),
    ),
    scalarShares: program.scalars.map(({ source }) => (source.kind === 'rest' ? source.share : null)),
    members: program.shares.map((share) =>
      readsOf(program, [share.where, share.weight, share.floor, share.cap], share.memberLevel),
    ),
    eachRows: program.shares.map((share: Share) =>
      readsOf(program, [share.each?.where ?? null, share.unit], share.each === null ? -1 : 0),
    ),
    dated(expr) {
      let found = dates.get(expr);
      if (found === undefined) {
        found = some(expr, (e) => e.op === 'asOf' || e.op === 'band');
        dates.set(expr, found);
      }
      return found;
    },
  };
}

function pooledIn(program: Program): Statics['pooled'] {
  const columns = program.columns.map(() => false);
  const scalars = program.scalars.map(() => false);
  // Everything comes after what it needs.
  for (const node of program.order) {
    if (node.kind !== 'column' && node.kind !== 'scalar') continue;
    let pooled = false;
    const open: GraphNode[] = [];
    nodeNeeds(node, program, (need) => open.push(need));
    for (let need = open.pop(); need !== undefined && !pooled; need = open.pop()) {
      if (need.kind === 'share') pooled = true;
      else if (need.kind === 'column') pooled = columns[need.column] ?? false;
      else if (need.kind === 'scalar') pooled = scalars[need.scalar] ?? false;
      else nodeNeeds(need, program, (further) => open.push(further));
    }
    if (node.kind === 'column') columns[node.column] = pooled;
    else scalars[node.scalar] = pooled;
  }
  return { columns, scalars };
}

export interface WorldParts {
  readonly program: Program;
  readonly statics: Statics;
  /** The rules' tables with the rows of each side. */
  readonly data: readonly [Workbook, Workbook];
  readonly asOf: readonly [number, number];
  readonly base: Which;
  /** What the rules come to over the rows of each side, with these pools. */
  readonly runs: readonly [Results, Results];
  readonly given: Pools;
  readonly cells: CellCache;
}

/** Sheet cells as they were read once; for all worlds of the same rules. */
export interface CellCache {
  read(side: Which, table: number, column: number, row: number): Reading | null;
}

const NOTHING: Reading = { kind: 'blank', from: null };

export function cellCache(data: readonly [Workbook, Workbook]): CellCache {
  const kept = new Map<SheetColumn, (Reading | null | undefined)[]>();
  return {
    read(side, table, column, row) {
      const source = data[side].tables[table]?.columns[column]?.data;
      if (source === undefined) return NOTHING;
      let cells = kept.get(source);
      if (cells === undefined) {
        cells = new Array(source.length).fill(undefined);
        kept.set(source, cells);
      }
      let cell = cells[row];
      if (cell === undefined) {
        const value = columnValue(source, row);
        cell = value?.kind === 'blank' ? NOTHING : value;
        cells[row] = cell;
      }
      return cell ?? null;
    },
  };
}

export function createWorld(parts: WorldParts): World {
  const { program, data, asOf, base, runs, given, cells, statics } = parts;
  const schema = data[base];
  const offsets = data[0].tables.map(({ rows }) => rows);
  const values: (Reading | Fault | undefined)[][] = program.columns.map(() => []);
  const counted = [0, 1].map((side) =>
    data[0].tables.map((_, table) => new Set(runs[side as Which].tables[table]?.rows ?? [])),
  );
  const baseRows: (readonly number[] | undefined)[] = [];
  const keys = new Map<string, ReadonlyMap<string, number>>();
  const keyTexts = data.map(() => data[0].tables.map((): (string | undefined)[] => []));
  const names = shareNames(program);
  const pools = new Map<number, ReadonlyMap<number | null, ShareResult>>();

  const sideOf = (table: number, row: number): Which => (row < (offsets[table] ?? 0) ? 0 : 1);
  const local = (table: number, row: number): number =>
    row < (offsets[table] ?? 0) ? row : row - (offsets[table] ?? 0);
  const wide = (side: Which, table: number, row: number): number =>
    side === 0 ? row : row + (offsets[table] ?? 0);

  function keyOf(table: number, row: number): string {
    const side = sideOf(table, row);
    const kept = keyTexts[side]?.[table];
    const at = local(table, row);
    let key = kept?.[at];
    if (key === undefined) {
      key = keyIdentity(program, data[side], table, at);
      if (kept !== undefined) kept[at] = key;
    }
    return key;
  }

  return {
    program,
    schema,
    base,
    offsets,
    asOf,
    statics,
    names: program.tables.map(({ name }) => foldName(name)),
    sideOf,
    sheet: (table, column, row) => cells.read(sideOf(table, row), table, column, local(table, row)),
    errorText(table, column, row) {
      const source = data[sideOf(table, row)].tables[table]?.columns[column]?.data;
      const at = local(table, row);
      return source?.kinds[at] === Kind.ERROR ? (source.texts[source.payload[at] ?? 0] ?? '') : '';
    },
    name(name) {
      const value = schema.names[name]?.value ?? null;
      return value?.kind === 'blank' ? NOTHING : value;
    },
    scalar(id) {
      const outcome = runs[base].scalars[id] ?? NOTHING;
      return outcome.kind === 'blank' ? NOTHING : outcome;
    },
    cell(column, row) {
      const kept = values[column];
      let value = kept?.[row];
      if (value === undefined) {
        const table = program.columns[column]?.table ?? 0;
        const outcome = runs[sideOf(table, row)].columns[column]?.at(local(table, row));
        value = outcome === undefined || outcome.kind === 'blank' ? NOTHING : outcome;
        if (kept !== undefined) kept[row] = value;
      }
      return value;
    },
    rows(table) {
      let rows = baseRows[table];
      if (rows === undefined) {
        rows = Array.from(runs[base].tables[table]?.rows ?? [], (row) => wide(base, table, row));
        baseRows[table] = rows;
      }
      return rows;
    },
    counts: (table, row) => counted[sideOf(table, row)]?.[table]?.has(local(table, row)) ?? false,
    keyRow(side, table, key) {
      const id = `${side} ${table}`;
      let found = keys.get(id);
      if (found === undefined) {
        const byKey = new Map<string, number>();
        for (const row of runs[side].tables[table]?.rows ?? []) {
          const at = wide(side, table, row);
          const text = keyOf(table, at);
          if (text !== '' && !byKey.has(text)) byKey.set(text, at);
        }
        found = byKey;
        keys.set(id, found);
      }
      return found.get(key);
    },
    keyOf,
    pools(share) {
      let found = pools.get(share);
      if (found === undefined) {
        const table = program.shares[share]?.table ?? 0;
        const each = program.shares[share]?.each?.table ?? 0;
        found = new Map(
          runs[base].shares.flatMap((result): (readonly [number | null, ShareResult])[] =>
            result.share === share
              ? [
                  [
                    result.of === null ? null : wide(base, each, result.of),
                    base === 0
                      ? result
                      : {
                          ...result,
                          members: result.members.map((member) => ({
                            ...member,
                            row: wide(base, table, member.row),
                          })),
                        },
                  ],
                ]
              : [],
          ),
        );
        pools.set(share, found);
      }
      return found;
    },
    poolOf(share, of) {
      const each = program.shares[share]?.each?.table ?? 0;
      return given.get(poolName(names[share] ?? '', of === null ? '' : keyOf(each, of)));
    },
    faulty: (table) => {
      const { name } = program.tables[table] ?? { name: '' };
      return (
        program.tables[table]?.where != null &&
        runs.some(({ problems }) =>
          problems.some(({ rule, severity }) => severity === 'error' && rule === name),
        )
      );
    },
    kept: {
      plans: [new Map(), new Map()],
      constants: [new Map(), new Map()],
      indexes: new Map(),
      reads: new Map(),
      poolRows: new Map(),
      claims: new Map(),
      members: new Map(),
    },
  };
}
