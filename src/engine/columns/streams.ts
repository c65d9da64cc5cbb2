import { DAY, END_MS, FIRST_MS, HOUR } from '../../exact/date.ts';
import type { NarrowPayload } from '../../exact/payload.ts';
import { gcdNumber } from '../../exact/rational.ts';
import { foldText } from '../../exact/value.ts';
import type { CompareOperator, Expr } from '../../rules/program.ts';
import { type BandTable, bandTable } from './bands.ts';
import { remembered } from './evaluate.ts';
import {
  blendAll,
  chooseAll,
  combineAll,
  equalAll,
  greaterOf,
  lessAll,
  lookUpAll,
  lookUpLines,
  multiplyAll,
  sameAll,
  scaleAll,
  selectAll,
} from './loops.ts';
import type { Machine } from './machine.ts';
import { align, SAFE } from './scaled.ts';
import { EMPTY_POOL, type Pool } from './texts.ts';
import { lazyVec, type Vec, type VecKind } from './vec.ts';

/** Rows that a stream gives at once: what it fills stays in the processor's nearest memory. */
export const CHUNK = 1024;

/**
 * The values of an expression at every row of a table's sheet, proved to be plain: no row can fail, be blank or leave the
 * integers. Nothing is kept of them: whoever wants some rows has them computed.
 */
export interface Stream {
  readonly kind: VecKind;
  readonly den: number;
  /** For numbers: no |k| is above it, and it is at most SAFE. */
  readonly bound: number;
  readonly pool: Pool;
  /** Where all rows have the same: it. */
  readonly constant: number | null;
  /** Operations that a row takes, nearly. */
  readonly cost: number;
  /** Where the values are looked up in a table by those of another stream: how. */
  readonly via: Via | null;
  /** The same values of all rows in fewer bytes, where a sheet's column has them so. */
  readonly narrow: NarrowPayload | null;
  /** Of rows `from` to `to` − 1, CHUNK at most: an array that is good until the stream is asked again, not to be written to. */
  at(from: number, to: number): Float64Array;
}

/** Operations of an expression that is streamed: deep ones would not fit the stack. */
const LARGEST = 100;

/** The value of x is values[x − first], or values[lines[x − first]]. */
export interface Via {
  readonly x: Stream;
  readonly first: number;
  readonly lines: Uint8Array | null;
  readonly values: Float64Array;
}

type Shape = Pick<Stream, 'kind'> &
  Partial<Pick<Stream, 'den' | 'bound' | 'pool' | 'constant' | 'cost' | 'via'>>;

const shaped = (shape: Shape, at: Stream['at']): Stream => ({
  kind: shape.kind,
  den: shape.den ?? 1,
  bound: shape.bound ?? 0,
  pool: shape.pool ?? EMPTY_POOL,
  constant: shape.constant ?? null,
  cost: shape.cost ?? 0,
  via: shape.via ?? null,
  narrow: null,
  at,
});

/** A stream that fills an array of its own. */
function filling(shape: Shape, fill: (out: Float64Array, from: number, to: number) => void): Stream {
  const out = new Float64Array(CHUNK);
  return shaped({ ...shape, cost: 1 }, (from, to) => {
    fill(out, from, to);
    return out;
  });
}

/** All values of a stream as a vector, computed when they are first asked for. */
export function streamVec(stream: Stream, n: number): Vec {
  const { kind, den, bound, pool } = stream;
  return lazyVec({ kind, den, bound, pool }, () => filled(stream, n));
}

function filled(stream: Stream, n: number): Float64Array {
  const out = new Float64Array(n);
  for (let from = 0; from < n; from += CHUNK) {
    const to = Math.min(n, from + CHUNK);
    out.set(stream.at(from, to).subarray(0, to - from), from);
  }
  return out;
}

/** Beyond so many operations a column that others read is kept rather than computed for each of them again. */
const FEW = 8;

/** The stream by which others read a column that is `stream` and, once somebody needs it, `vec`. */
export function columnStream(stream: Stream, vec: Vec): Stream {
  return stream.cost > FEW ? (vecStream(vec) ?? stream) : stream;
}

/** The stream of an expression that reads no rows but those of one table at a level; null where nothing is proved. */
export function streamOf(m: Machine, expr: Expr, level: number): Stream | null {
  let parts = 0;
  const of = (part: Expr): Stream | null => {
    const stream = streamOf(m, part, level);
    parts += stream?.cost ?? 0;
    return stream;
  };
  const stream = composed(m, expr, level, of);
  return stream === null || parts === 0 ? stream : { ...stream, cost: stream.cost + parts };
}

function composed(m: Machine, expr: Expr, level: number, of: (part: Expr) => Stream | null): Stream | null {
  const { levels, cost } = m.traits(expr);
  if ((levels & ~(1 << level)) !== 0) return null;
  if (levels === 0) return constantStream(remembered(m, expr, m.root));
  if (cost > LARGEST) return null;
  switch (expr.op) {
    case 'sheet': {
      const vec = m.sheet(expr.table, expr.column);
      const stream = vecStream(vec);
      const compact = stream === null ? null : m.compact(vec);
      return stream === null || compact === null ? stream : compactStream(stream, compact);
    }
    case 'column': {
      const stream = m.streams[expr.column];
      if (stream !== undefined) return stream;
      const vec = m.columns[expr.column];
      return vec === undefined ? null : vecStream(vec);
    }
    case 'negate': {
      const x = of(expr.x);
      return x?.kind === 'number' ? scaled(x, -1, 1) : null;
    }
    case 'not': {
      const x = of(expr.x);
      return x?.kind === 'logical' ? chosen({ kind: 'logical' }, x, 0, 1) : null;
    }
    case '+':
    case '-':
    case '*':
    case '/': {
      const { op } = expr;
      return both(
        of(expr.left),
        () => of(expr.right),
        (a, b) => arithmetic(op, a, b),
      );
    }
    case 'compare':
      return both(
        of(expr.left),
        () => of(expr.right),
        (a, b) => comparison(m, expr.operator, a, b),
      );
    case 'and':
    case 'or':
      return both(
        of(expr.left),
        () => of(expr.right),
        (a, b) => connective(expr.op, a, b),
      );
    case 'in':
      return listed(m, of(expr.x), expr.list);
    case 'if': {
      const condition = of(expr.condition);
      return condition?.kind === 'logical'
        ? both(
            of(expr.then),
            () => of(expr.otherwise),
            (a, b) => selection(condition, a, b),
          )
        : null;
    }
    case 'call': {
      const [first, second] = expr.args;
      if (expr.name !== 'hours' || first === undefined || second === undefined) return null;
      return both(
        of(second),
        () => of(first),
        (a, b) => dates(a, b, HOUR),
      );
    }
    case 'band': {
      const x = of(expr.x);
      const band = m.program.bands[expr.band];
      if (x === null || band === undefined) return null;
      return banded(bandTable(m, band, x), x);
    }
    default:
      return null;
  }
}

function both(a: Stream | null, other: () => Stream | null, make: (a: Stream, b: Stream) => Stream | null) {
  if (a === null) return null;
  const b = other();
  return b === null ? null : make(a, b);
}

/** Where all of a vector's values are plain. */
function vecStream(vec: Vec): Stream | null {
  if (vec.tags !== null || vec.mask === 0) return null;
  const bound = vec.kind === 'number' ? vec.bound : 0;
  return shaped({ ...shapeOf(vec), bound }, (from, to) => vec.data.subarray(from, to));
}

function compactStream(stream: Stream, compact: NarrowPayload): Stream {
  const out = new Float64Array(CHUNK);
  return {
    ...stream,
    narrow: compact,
    at(from, to) {
      out.set(compact.subarray(from, to));
      return out;
    },
  };
}

const shapeOf = ({ kind, den, pool }: Vec): Shape => ({ kind, den, pool });

function constantStream(vec: Vec): Stream | null {
  if (vec.tags !== null) return null;
  const k = vec.data[0] ?? 0;
  const all = new Float64Array(CHUNK).fill(k);
  return shaped({ ...shapeOf(vec), bound: Math.abs(k), constant: k }, () => all);
}

/** A number for TRUE and one for FALSE. */
function chosen(shape: Shape, condition: Stream, yes: number, no: number): Stream {
  const more = yes - no;
  const via = { x: condition, first: 0, lines: null, values: Float64Array.of(no, yes) };
  return filling({ ...shape, via }, (out, from, to) => {
    chooseAll(out, condition.at(from, to), to - from, no, more);
  });
}

/** x × factor, over a denominator `by` times as large. */
function scaled(x: Stream, factor: number, by: number): Stream | null {
  const common = gcdNumber(Math.abs(factor), x.den);
  const f = factor / common;
  const den = (x.den / common) * by;
  const bound = x.bound * Math.abs(f);
  if (!(den <= SAFE && bound <= SAFE)) return null;
  return filling({ kind: 'number', den, bound }, (out, from, to) => {
    scaleAll(out, x.at(from, to), to - from, f);
  });
}

function arithmetic(op: '+' | '-' | '*' | '/', a: Stream, b: Stream): Stream | null {
  if (op === '-' && a.kind === 'date' && b.kind === 'date') return dates(a, b, DAY);
  if (a.kind !== 'number' || b.kind !== 'number') return null;
  if (op === '*') {
    if (b.constant !== null) return scaled(a, b.constant, b.den);
    return a.constant === null ? product(a, b) : scaled(b, a.constant, a.den);
  }
  if (op === '/') {
    if (b.constant === null || b.constant === 0) return null;
    const common = gcdNumber(b.den, Math.abs(b.constant));
    return scaled(a, (Math.sign(b.constant) * b.den) / common, Math.abs(b.constant) / common);
  }
  const over = align(a.den, b.den);
  if (over === null) return null;
  const { den, f } = over;
  const g = op === '+' ? over.g : -over.g;
  const bound = a.bound * f + b.bound * over.g;
  if (!(bound <= SAFE)) return null;
  return filling({ kind: 'number', den, bound }, (out, from, to) => {
    combineAll(out, a.at(from, to), f, b.at(from, to), g, to - from);
  });
}

function product(a: Stream, b: Stream): Stream | null {
  const den = a.den * b.den;
  const bound = a.bound * b.bound;
  if (!(den <= SAFE && bound <= SAFE)) return null;
  return filling({ kind: 'number', den, bound }, (out, from, to) => {
    multiplyAll(out, a.at(from, to), b.at(from, to), to - from);
  });
}

/** a − b, in units of `den` milliseconds. */
function dates(a: Stream, b: Stream, den: number): Stream | null {
  if (a.kind !== 'date' || b.kind !== 'date') return null;
  return filling({ kind: 'number', den, bound: END_MS - FIRST_MS }, (out, from, to) => {
    combineAll(out, a.at(from, to), 1, b.at(from, to), -1, to - from);
  });
}

function comparison(m: Machine, operator: CompareOperator, a: Stream, b: Stream): Stream | null {
  if (a.kind !== b.kind) return null;
  if (a.kind === 'text') return sameText(m, operator, a, b);
  const over = a.kind === 'number' ? align(a.den, b.den) : { f: 1, g: 1 };
  if (over === null || !(a.bound * over.f <= SAFE && b.bound * over.g <= SAFE)) return null;
  const { f, g } = over;
  const swap = operator === '>' || operator === '<=';
  const [l, r, p, q] = swap ? [b, a, g, f] : [a, b, f, g];
  // < and >= are told apart by one test, > and <= by the same with the sides changed.
  const yes = operator === '>=' || operator === '<=' || operator === '<>' ? 0 : 1;
  const no = 1 - yes;
  const equality = operator === '=' || operator === '<>';
  return filling({ kind: 'logical' }, (out, from, to) => {
    const compare = equality ? equalAll : lessAll;
    compare(out, l.at(from, to), p, r.at(from, to), q, to - from, yes, no);
  });
}

function sameText(m: Machine, operator: CompareOperator, a: Stream, b: Stream): Stream | null {
  if (operator !== '=' && operator !== '<>') return null;
  const yes = operator === '=' ? 1 : 0;
  const ids = m.interner.pool(a.pool);
  const others = m.interner.pool(b.pool);
  return filling({ kind: 'logical' }, (out, from, to) => {
    sameAll(out, a.at(from, to), ids, b.at(from, to), others, to - from, yes, 1 - yes);
  });
}

/** Whether a text is one of a list of texts: told once for each different one. */
function listed(m: Machine, x: Stream | null, list: readonly Expr[]): Stream | null {
  if (x?.kind !== 'text') return null;
  const wanted = new Set<number>();
  for (const element of list) {
    if (element.op !== 'literal' || element.value.kind !== 'text') return null;
    wanted.add(m.interner.text(foldText(element.value.value)));
  }
  const values = Float64Array.from(m.interner.pool(x.pool), (id) => (wanted.has(id) ? 1 : 0));
  return filling({ kind: 'logical', via: { x, first: 0, lines: null, values } }, (out, from, to) => {
    lookUpAll(out, x.at(from, to), to - from, 0, values);
  });
}

/** Neither side can fail, so that both may be looked at always. */
function connective(op: 'and' | 'or', a: Stream, b: Stream): Stream | null {
  if (a.kind !== 'logical' || b.kind !== 'logical') return null;
  return filling({ kind: 'logical' }, (out, from, to) => {
    (op === 'and' ? multiplyAll : greaterOf)(out, a.at(from, to), b.at(from, to), to - from);
  });
}

function selection(condition: Stream, a: Stream, b: Stream): Stream | null {
  if (a.kind !== b.kind || (a.kind === 'text' && a.pool !== b.pool)) return null;
  const over = a.kind === 'number' ? align(a.den, b.den) : { den: 1, f: 1, g: 1 };
  if (over === null) return null;
  const { den, f, g } = over;
  const bound = Math.max(a.bound * f, b.bound * g);
  if (!(bound <= SAFE)) return null;
  const shape = { kind: a.kind, den, bound, pool: a.pool };
  if (a.kind === 'number' && a.constant !== null && b.constant !== null)
    return chosen(shape, condition, a.constant * f, b.constant * g);
  // Where the conditions are as they come, a processor guesses half of the branches wrong.
  if (a.kind === 'number' && a.bound * f + b.bound * g <= SAFE)
    return filling(shape, (out, from, to) => {
      blendAll(out, condition.at(from, to), a.at(from, to), f, b.at(from, to), g, to - from);
    });
  return filling(shape, (out, from, to) => {
    selectAll(out, condition.at(from, to), a.at(from, to), f, b.at(from, to), g, to - from);
  });
}

/** A table this long is looked up as it is; a longer one by the number of the line, an eighth of its size. */
const SHORT = 2048;

function banded(table: BandTable | null, x: Stream): Stream | null {
  if (table === null) return null;
  const { den, bound, first, lines, values } = table;
  const shape = { kind: 'number', den, bound } as const;
  if (lines.length <= SHORT) {
    const direct = Float64Array.from(lines, (line) => values[line] ?? 0);
    const via = { x, first, lines: null, values: direct };
    return filling({ ...shape, via }, (out, from, to) => {
      lookUpAll(out, x.at(from, to), to - from, first, direct);
    });
  }
  return filling({ ...shape, via: { x, first, lines, values } }, (out, from, to) => {
    lookUpLines(out, x.at(from, to), to - from, first, lines, values);
  });
}
