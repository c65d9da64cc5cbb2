import { foldName } from '../../../grammar/tree.ts';
import type { Reading } from '../../engine/plain/reading.ts';
import type { Fault, Results } from '../../engine/results.ts';
import { type Rational, ZERO } from '../../exact/rational.ts';
import type { Workbook } from '../../workbook/port.ts';
import type { ColumnName } from './columns.ts';
import { createHybrid, type Hybrid, NO_CHANGE } from './hybrid.ts';
import type { Change } from './marks.ts';
import { type OwnKeys, ownRows } from './ownership.ts';
import { COALITIONS } from './shapley.ts';
import {
  type Pools,
  poolsOf,
  projected,
  runWith,
  type Side,
  type Sides,
  sameRules,
  WHICH,
  type Which,
} from './sides.ts';
import { type CellCache, cellCache, createWorld, type Statics, staticsOf, type World } from './world.ts';

export type { ColumnName };

/**
 * The amounts of one column for one person, by coalition: bit by bit whether the rules (1), the own rows (2), the
 * settled pools (4) and all other rows (8) are those after; null where there is no amount to be had. Somebody who isn't
 * there, or a column that isn't, is 0.
 */
export type Amounts = readonly (Rational | null)[];

export interface Splitter {
  /** Of one person, by the identity of the key, for each of the columns of a table. */
  amounts(table: string, person: string, columns: readonly string[]): readonly Amounts[];
}

export interface SplitProgress {
  /** Runs over all rows that are done, of all. */
  readonly report?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

interface Point {
  readonly rules: Which;
  readonly own: Which;
  readonly pool: Which;
  readonly others: Which;
}

/** Gets ready to split the differences of columns between two sides whose runs had no errors. */
export function createSplitter(
  sides: Sides,
  columns: readonly ColumnName[],
  progress: SplitProgress = {},
): Splitter {
  const same = {
    rules: sameSchema(sides[0].workbook, sides[1].workbook) && sameRules(sides[0].program, sides[1].program),
    data:
      sides[0].workbook.tables === sides[1].workbook.tables &&
      sides[0].workbook.names === sides[1].workbook.names &&
      sides[0].program.asOf === sides[1].program.asOf,
  };
  const pools = [poolsOf(sides[0]), poolsOf(sides[1])] as const;
  const samePools = equalPools(pools[0], pools[1]);
  /** What did not change is taken from before. */
  const at = (mask: number): Point => ({
    rules: same.rules ? 0 : which(mask & 1),
    own: same.data ? 0 : which(mask & 2),
    pool: samePools ? 0 : which(mask & 4),
    others: same.data ? 0 : which(mask & 8),
  });
  const points = Array.from({ length: COALITIONS }, (_, mask) => at(mask));
  const rules = WHICH.map((one) => rulesOf(sides, one, columns));
  const runs = new Map<string, Results>();
  const last = at(COALITIONS - 1);
  const wanted = new Map<string, Point>();
  for (const point of points)
    for (const data of [point.own, point.others])
      wanted.set(runName(point.rules, data, point.pool), { ...point, others: data });
  runs.set(runName(last.rules, last.others, last.pool), sides[1].results);
  runs.set(runName(0, 0, 0), sides[0].results);
  let done = runs.size;
  for (const [name, point] of wanted) {
    if (runs.has(name)) continue;
    progress.signal?.throwIfAborted();
    progress.report?.(done, wanted.size);
    runs.set(name, runAt(sides, rules, point, pools[point.pool], progress));
    done++;
  }
  progress.report?.(wanted.size, wanted.size);

  const worlds = new Map<string, { readonly world: World; readonly bare: Hybrid }>();
  function worldAt({ rules: r, pool, others }: Point): { readonly world: World; readonly bare: Hybrid } {
    const name = runName(r, others, pool);
    let found = worlds.get(name);
    if (found === undefined) {
      const run = (data: Which): Results => {
        const results = runs.get(runName(r, same.data ? 0 : data, pool));
        if (results === undefined) throw new RangeError(`no run ${name}`);
        return results;
      };
      const { program, data, statics, cells } = ruled(r);
      const world = createWorld({
        program,
        statics,
        data,
        cells,
        asOf: [sides[0].program.asOf, sides[1].program.asOf],
        base: others,
        runs: [run(0), run(1)],
        given: pools[pool],
      });
      found = { world, bare: createHybrid(world, NO_CHANGE, null) };
      worlds.set(name, found);
    }
    return found;
  }
  function ruled(r: Which): Ruled {
    const found = rules[r];
    if (found === undefined) throw new RangeError('no such side');
    return found;
  }

  const owned = new Map<string, ReadonlyMap<string, OwnKeys>>();
  function ownOf(table: string, person: string): OwnKeys {
    let all = owned.get(foldName(table));
    if (all === undefined) {
      all = ownRows(sides, table);
      owned.set(foldName(table), all);
    }
    return all.get(person) ?? new Map();
  }

  /** Hybrids of the person who is looked at, and where the columns asked for are: both are asked for many times. */
  let twins = new Map<string, Hybrid>();
  const places = new Map<string, Place>();

  return {
    amounts(table, person, names) {
      twins = new Map();
      const own = same.data ? new Map<string, ReadonlySet<string>>() : ownOf(table, person);
      const found = new Map<string, readonly (Rational | null)[]>();
      const all = points.map((point) => {
        const id = `${point.rules}${point.own}${point.pool}${point.others}`;
        let values = found.get(id);
        if (values === undefined) {
          values = amountsAt(point, table, person, names, own);
          found.set(id, values);
        }
        return values;
      });
      return names.map((_, i) => all.map((values) => values[i] ?? null));
    },
  };

  function amountsAt(
    point: Point,
    table: string,
    person: string,
    names: readonly string[],
    own: OwnKeys,
  ): readonly (Rational | null)[] {
    const { world, bare } = worldAt(point);
    const { target, ids } = placeOf(point.rules, table, names);
    const row = target < 0 ? undefined : world.keyRow(point.own, target, person);
    if (row === undefined) return names.map(() => ZERO);
    if (point.own === point.others) return ids.map((id) => (id < 0 ? ZERO : amountOf(world.cell(id, row))));
    const name = `${point.rules} ${point.own}`;
    const twin = twins.get(name) ?? null;
    const machine = createHybrid(world, twin?.change ?? changeOf(world, point, own), bare, twin);
    if (twin === null) twins.set(name, machine);
    return ids.map((id) => (id < 0 ? ZERO : amountOf(machine.value(id, row))));
  }

  function placeOf(r: Which, table: string, names: readonly string[]): Place {
    const id = `${r} ${table} ${names.join(' ')}`;
    let found = places.get(id);
    if (found === undefined) {
      const { program } = ruled(r);
      const target = program.tables.findIndex(({ name }) => foldName(name) === foldName(table));
      const ids = names.map((name) =>
        program.columns.findIndex((c) => c.table === target && foldName(c.name) === foldName(name)),
      );
      found = { target, ids };
      places.set(id, found);
    }
    return found;
  }
}

/** A table and its columns among those of a program; −1 where it has none of the name. */
interface Place {
  readonly target: number;
  readonly ids: readonly number[];
}

const which = (bit: number): Which => (bit === 0 ? 0 : 1);
const runName = (rules: Which, data: Which, pool: Which): string => `${rules} ${data} ${pool}`;

/** A number; 0 for a blank; null where there is no amount. */
export function amountOf(value: Reading | Fault): Rational | null {
  if (value.kind === 'number') return value.value;
  return value.kind === 'blank' ? ZERO : null;
}

function changeOf(world: World, { own: side, others }: Point, own: OwnKeys): Change {
  const none = new Set<number>();
  const gone: ReadonlySet<number>[] = [];
  const come: ReadonlySet<number>[] = [];
  const keys = world.names.map((name) => own.get(name));
  for (const [table, mine] of keys.entries()) {
    gone.push(mine === undefined ? none : rowsOf(world, others, table, mine));
    come.push(mine === undefined ? none : rowsOf(world, side, table, mine));
  }
  return { own: (table, key) => keys[table]?.has(key) ?? false, gone, come };
}

function rowsOf(world: World, side: Which, table: number, keys: ReadonlySet<string>): ReadonlySet<number> {
  const rows = new Set<number>();
  for (const key of keys) {
    const row = world.keyRow(side, table, key);
    if (row !== undefined) rows.add(row);
  }
  return rows;
}

/** One side's rules with the rows of both. */
interface Ruled {
  readonly program: Side['program'];
  readonly data: readonly [Workbook, Workbook];
  readonly statics: Statics;
  readonly cells: CellCache;
  readonly columns: readonly number[];
}

function rulesOf(sides: Sides, r: Which, columns: readonly ColumnName[]): Ruled {
  const { program, workbook } = sides[r];
  const data = [projected(workbook, sides[0].workbook), projected(workbook, sides[1].workbook)] as const;
  const ids = program.columns.flatMap((column, id) =>
    columns.some(
      (name) =>
        foldName(name.column) === foldName(column.name) &&
        foldName(name.table) === foldName(program.tables[column.table]?.name ?? ''),
    )
      ? [id]
      : [],
  );
  return { program, data, statics: staticsOf(program), cells: cellCache(data), columns: ids };
}

function runAt(
  sides: Sides,
  rules: readonly Ruled[],
  point: Point,
  pools: Pools,
  progress: SplitProgress,
): Results {
  const ruled = rules[point.rules];
  if (ruled === undefined) throw new RangeError('no such side');
  const { signal } = progress;
  return runWith(
    ruled.program,
    ruled.data[point.others],
    sides[point.others].program.asOf,
    pools,
    ruled.columns,
    signal === undefined ? {} : { signal },
  );
}

function equalPools(a: Pools, b: Pools): boolean {
  if (a.size !== b.size) return false;
  for (const [name, pool] of a) {
    const found = b.get(name);
    if (found === undefined || found.n !== pool.n || found.d !== pool.d) return false;
  }
  return true;
}

/** Whether indexes of tables, columns and names mean the same in both. */
function sameSchema(a: Workbook, b: Workbook): boolean {
  const text = ({ tables, names }: Workbook): string =>
    JSON.stringify([
      tables.map(({ name, columns }) => [foldName(name), columns.map(({ heading }) => foldName(heading))]),
      names.map(({ name }) => foldName(name)),
    ]);
  return a === b || text(a) === text(b);
}
