import { columnValue, Kind, type SheetColumn, uniformOf } from '../../exact/column.ts';
import type { NarrowPayload } from '../../exact/payload.ts';
import type { Rational } from '../../exact/rational.ts';
import { foldText } from '../../exact/value.ts';
import type { Expr, Program } from '../../rules/program.ts';
import type { Workbook } from '../../workbook/port.ts';
import { type Frame, scalarFrame, tableFrame } from './frames.ts';
import { createTraits, type Traits } from './meaning.ts';
import { SAFE } from './scaled.ts';
import type { Stream } from './streams.ts';
import { freshStats, type Stats } from './strict.ts';
import { createInterner, type Interner, type Pool, type SameTexts, sameText, sameTexts } from './texts.ts';
import {
  type Cell,
  cellAt,
  constant,
  type Draft,
  draftOver,
  lazyVec,
  putCell,
  setTag,
  Tag,
  type Vec,
  vecOf,
} from './vec.ts';

/** Rows of a table that count. */
export interface Counted {
  readonly n: number;
  /** Null where all of the sheet's rows do. */
  readonly rows: Int32Array | null;
  /** Position among them of each sheet row; null where all do. */
  readonly positions: Int32Array | null;
  /** Whether the table's `where` has a fault: the plain evaluator answers for all that needs the table. */
  readonly faulty: boolean;
}

/** What stays true when cells are edited: it hangs on columns, expressions and values alone. */
export interface Caches {
  readonly sheets: WeakMap<SheetColumn, Vec>;
  readonly literals: Map<Expr, Vec>;
  readonly ids: WeakMap<Vec, Int32Array>;
  readonly interner: Interner;
  readonly traits: (expr: Expr) => Traits;
}

export const createCaches = (): Caches => ({
  sheets: new WeakMap(),
  literals: new Map(),
  ids: new WeakMap(),
  interner: createInterner(),
  traits: createTraits(),
});

/** How much is done in one go: what bounds the memory that it takes. The results are the same whatever they are. */
export interface AtOnce {
  /** Pairs of rows that are looked at. */
  readonly pairsAtOnce: number;
  /** Rows of a table that are each computed from itself. */
  readonly rowsAtOnce: number;
}

/** What the parts of the engine share during one run. */
export interface Machine extends AtOnce {
  readonly program: Program;
  readonly workbook: Workbook;
  readonly stats: Stats;
  readonly interner: Interner;
  readonly caches: Caches;
  /** One position, no rows. Anew after each node. */
  root: Frame;
  traits(expr: Expr): Traits;
  /** A vector that is the same in the whole run, by its expression. */
  literal(expr: Expr, make: () => Vec): Vec;
  /** A sheet column over the rows of its sheet. */
  sheet(table: number, column: number): Vec;
  /** A computed column over the rows of its sheet, once its node has been. */
  readonly columns: (Vec | undefined)[];
  /** Computed columns that are proved to be plain, and can be computed again rather than be read. */
  readonly streams: (Stream | undefined)[];
  /** The data of a vector in fewer bytes, where a sheet's column is known so. */
  compact(v: Vec): NarrowPayload | null;
  /** Null where it isn't simple to say. */
  sameTexts(pool: Pool, other: Pool): SameTexts | null;
  /** How many of all rows have each key of a column. */
  readonly sizes: WeakMap<Vec, Float64Array>;
  /** Whether a whole run is under way, in which a walk over all rows is what is wanted. */
  readonly fuses: boolean;
  readonly scalars: (Vec | undefined)[];
  readonly counted: (Counted | undefined)[];
  count(table: number): Counted;
  /** The rows that count, at a level. The same frame while a node is computed. */
  inner(table: number, level: number): Frame;
  /** Id of every value of a vector (see Interner): 0 for a blank, −1 where there is no value. */
  ids(v: Vec): Int32Array;
  /** Position among the rows that count of the row with the key of an id; −1 where there is none. */
  keyPositions(table: number): Int32Array;
  /** By index of a pool's text: position of the row whose key it is, −1 where there is none. */
  textPositions(table: number, pool: Pool): Int32Array;
  /** An expression evaluated at the positions of a frame. */
  read(expr: Expr, frame: Frame): Vec;
  /** A node is done: its intermediate results are let go. */
  forget(): void;
}

export function createMachine(
  program: Program,
  workbook: Workbook,
  { pairsAtOnce, rowsAtOnce }: AtOnce,
  read: (machine: Machine, expr: Expr, frame: Frame) => Vec,
  caches: Caches = createCaches(),
  fuses = false,
): Machine {
  const { sheets, literals, ids: idsOf } = caches;
  const keys: (Int32Array | undefined)[] = [];
  const texts: (WeakMap<Pool, Int32Array> | undefined)[] = [];
  const frames = new Map<string, Frame>();
  const compact = new WeakMap<Vec, NarrowPayload>();
  const same = new WeakMap<Pool, WeakMap<Pool, SameTexts | null>>();
  const machine: Machine = {
    program,
    workbook,
    stats: freshStats(),
    pairsAtOnce,
    rowsAtOnce,
    interner: caches.interner,
    caches,
    root: scalarFrame(),
    traits: caches.traits,
    columns: [],
    streams: [],
    compact: (v) => compact.get(v) ?? null,
    sameTexts(pool, other) {
      const known = same.get(pool)?.get(other);
      if (known !== undefined) return known;
      const found = sameTexts(pool, other);
      const others = same.get(pool) ?? new WeakMap<Pool, SameTexts | null>();
      same.set(pool, others.set(other, found));
      return found;
    },
    sizes: new WeakMap(),
    fuses,
    scalars: [],
    counted: [],
    literal(expr, make) {
      let vec = literals.get(expr);
      if (vec === undefined) {
        vec = make();
        literals.set(expr, vec);
      }
      return vec;
    },
    sheet(table, column) {
      const data = workbook.tables[table]?.columns[column]?.data;
      if (data === undefined) throw new RangeError(`no column ${column} in table ${table}`);
      let vec = sheets.get(data);
      if (vec === undefined) {
        vec = sheetVec(data);
        sheets.set(data, vec);
        if (uniformOf(data) !== null && !(data.payload instanceof Float64Array))
          compact.set(vec, data.payload);
      }
      return vec;
    },
    count(table) {
      const found = machine.counted[table];
      if (found === undefined) throw new RangeError(`the rows of table ${table} are not counted yet`);
      return found;
    },
    inner(table, level) {
      const key = `${table}:${level}`;
      let frame = frames.get(key);
      if (frame === undefined) {
        const { n, rows } = machine.count(table);
        frame = tableFrame(level, n, rows);
        frames.set(key, frame);
      }
      return frame;
    },
    ids(v) {
      let ids = idsOf.get(v);
      if (ids === undefined) {
        ids = computeIds(v, machine.interner);
        idsOf.set(v, ids);
      }
      return ids;
    },
    keyPositions(table) {
      let found = keys[table];
      if (found === undefined) {
        const { n, rows } = machine.count(table);
        const ids = machine.ids(machine.sheet(table, program.tables[table]?.key ?? 0));
        found = new Int32Array(machine.interner.size).fill(-1);
        for (let i = n - 1; i >= 0; i--) {
          const id = ids[rows === null ? i : (rows[i] ?? 0)] ?? -1;
          if (id > 0) found[id] = i;
        }
        keys[table] = found;
      }
      return found;
    },
    textPositions(table, pool) {
      const known = texts[table]?.get(pool);
      if (known !== undefined) return known;
      const found = textPositions(machine, table, pool);
      texts[table] = (texts[table] ?? new WeakMap<Pool, Int32Array>()).set(pool, found);
      return found;
    },
    read: (expr, frame) => read(machine, expr, frame),
    forget() {
      frames.clear();
      machine.root = scalarFrame();
    },
  };
  return machine;
}

/** A sheet column as a vector: the kind that it has most often in its data, other kinds boxed. */
export function sheetVec(column: SheetColumn): Vec {
  const { length: n, payload } = column;
  const only = uniformOf(column)?.only;
  const counts = new Array<number>(7).fill(0);
  if (only !== undefined) counts[only] = n;
  else for (const kind of column.kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  const most = [Kind.NUMBER, Kind.TEXT, Kind.DATE, Kind.LOGICAL].reduce((a, b) =>
    (counts[b] ?? 0) > (counts[a] ?? 0) ? b : a,
  );
  const kind =
    most === Kind.TEXT ? 'text' : most === Kind.DATE ? 'date' : most === Kind.LOGICAL ? 'logical' : 'number';
  const index = uniformOf(column)?.index ?? null;
  const pool: Pool = { texts: column.texts, ...(index === null ? {} : { index }) };
  const shape = { kind, den: 10 ** column.scale, bound: column.bound, pool } as const;
  const plain = counts[most] ?? 0;
  // Blanks are 0 in the payload: it can be shared, not copied.
  if (plain === n)
    return payload instanceof Float64Array
      ? vecOf(draftOver(payload), shape)
      : lazyVec(shape, () => new Float64Array(payload));
  const { kinds } = column;
  const share = plain + (counts[Kind.BLANK] ?? 0) === n;
  const data = share && payload instanceof Float64Array ? payload : new Float64Array(payload);
  const out: Draft = { ...draftOver(data), tags: new Uint8Array(n) };
  for (let i = 0; i < n; i++) {
    const found = kinds[i] ?? 0;
    if (found === most) continue;
    if (found === Kind.BLANK) {
      if (out.tags !== null) out.tags[i] = Tag.BLANK;
    } else if (found === Kind.ERROR) setTag(out, i, Tag.FAIL);
    else putCell(out, i, columnValue(column, i));
  }
  return vecOf(out, shape);
}

function textPositions(m: Machine, table: number, pool: Pool): Int32Array {
  const keys = m.sheet(table, m.program.tables[table]?.key ?? 0);
  const same = keys.kind === 'text' && keys.tags === null ? m.sameTexts(pool, keys.pool) : null;
  if (same === null) {
    const positions = m.keyPositions(table);
    return m.interner.pool(pool).map((id) => positions[id] ?? -1);
  }
  const { n, rows } = m.count(table);
  const { data } = keys;
  const positions = new Int32Array(keys.pool.texts.length).fill(-1);
  for (let i = n - 1; i >= 0; i--) positions[data[rows === null ? i : (rows[i] ?? 0)] ?? 0] = i;
  return Int32Array.from(pool.texts, (_, text) => positions[sameText(same, text)] ?? -1);
}

/** Ids by value, so that equal values of one kind have one id. */
function computeIds(v: Vec, interner: Interner): Int32Array {
  const n = v.data.length;
  const ids = new Int32Array(n);
  const { data, tags, den } = v;
  const texts = v.kind === 'text' ? interner.pool(v.pool) : null;
  for (let i = 0; i < n; i++) {
    const tag = tags === null ? Tag.PLAIN : (tags[i] ?? 0);
    const x = data[i] ?? 0;
    if (tag === Tag.PLAIN) {
      if (texts !== null) ids[i] = texts[x] ?? 0;
      else if (v.kind === 'date') ids[i] = interner.date(x);
      else if (v.kind === 'logical') ids[i] = interner.logical(x === 1);
      else if (x % den === 0) ids[i] = interner.number(x / den);
      else ids[i] = valueId(cellAt(v, i), interner);
    } else if (tag !== Tag.BLANK) ids[i] = valueId(cellAt(v, i), interner);
  }
  return ids;
}

/** The id of a value as `ids` has it: 0 for a blank, −1 for none. */
export function valueId(cell: Cell, interner: Interner): number {
  if (cell === null || cell === 'ask') return -1;
  switch (cell.kind) {
    case 'blank':
      return 0;
    case 'text':
      return interner.text(foldText(cell.value));
    case 'logical':
      return interner.logical(cell.value);
    case 'number':
      return interner.number(exactKey(cell.value));
    case 'date':
      return interner.date(exactKey(cell.ms));
  }
}

/** A number where it is a safe integer, else a text. */
function exactKey(x: Rational): number | string {
  const k = x.d === 1n ? Number(x.n) : Number.NaN;
  return Math.abs(k) <= SAFE ? k : `${x.n}/${x.d}`;
}

/** A defined name's value. */
export function nameVec(workbook: Workbook, name: number): Vec {
  return constant(workbook.names[name]?.value ?? null);
}
