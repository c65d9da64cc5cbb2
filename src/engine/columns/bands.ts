import {
  add,
  ceilingInteger,
  compare,
  floorInteger,
  multiply,
  type Rational,
  subtract,
  ZERO,
} from '../../exact/rational.ts';
import { BLANK, foldText, numberValue, type Value } from '../../exact/value.ts';
import type { Band, BandLine, Expr } from '../../rules/program.ts';
import { within } from './boxed.ts';
import type { Frame } from './frames.ts';
import type { Machine } from './machine.ts';
import { fitNumber, lcm, SAFE } from './scaled.ts';
import { type Kernel, strict } from './strict.ts';
import {
  boxedAt,
  type Cell,
  cellAt,
  constant,
  mergePieces,
  type Piece,
  Tag,
  tightBound,
  type Vec,
} from './vec.ts';

/** Line numbers beside those of the band. */
const Line = { NONE: -1, FAULT: -2, UNSURE: -3 } as const;

/** A band at the positions of a frame. */
export function bandVec(m: Machine, expr: Extract<Expr, { readonly op: 'band' }>, frame: Frame): Vec {
  const band = m.program.bands[expr.band];
  if (band === undefined) throw new RangeError(`no band ${expr.band}`);
  const x = m.read(expr.x, frame);
  const values = band.lines.map((line) => () => cellAt(m.read(line.value, m.root), 0));
  if (band.marginal)
    return marginalVec(
      m,
      band,
      x,
      values.map((value) => value()),
      frame.n,
    );
  const n = x.mask === 0 ? 1 : frame.n;
  const lines = linesOf(band, x, n);
  // Three more than lines: none, a fault, not sure.
  const counts = new Int32Array(band.lines.length + 3);
  for (let i = 0; i < n; i++) {
    const at = (lines[i] ?? 0) + 3;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const byLine = new Map<number, number>();
  counts.forEach((count, at) => {
    if (count > 0) byLine.set(at - 3, count);
  });
  const cells = new Map<number, Cell>();
  for (const line of byLine.keys()) cells.set(line, lineCell(line, values));
  if (n === 1 && x.mask === 0) return constant(cells.get(lines[0] ?? 0) ?? null);
  return chosen(lines, cells, n) ?? scattered(lines, byLine, cells, n);
}

/** A band of plain values looked up in tables: values[lines[k − first]], over a denominator. */
export interface BandTable {
  readonly den: number;
  readonly bound: number;
  readonly first: number;
  readonly lines: Uint8Array;
  readonly values: Float64Array;
}

/** Entries of a table at most: beyond, comparing is quicker than looking up. */
const LONGEST = 1 << 20;
const MOST_LINES = 255;

/** Null where a value may have no line, a line no plain number, or there would be too many entries. */
export function bandTable(
  m: Machine,
  band: Band,
  x: Pick<Vec, 'kind' | 'den' | 'bound' | 'pool'>,
): BandTable | null {
  if (band.marginal || x.kind !== band.of || band.lines.length >= MOST_LINES) return null;
  if (x.kind !== 'number' && x.kind !== 'text') return null;
  const first = x.kind === 'text' ? 0 : -x.bound;
  const length = x.kind === 'text' ? x.pool.texts.length : 2 * x.bound + 1;
  if (length > LONGEST) return null;
  const cells = new Map(band.lines.map((line, i) => [i, cellAt(m.read(line.value, m.root), 0)]));
  const numbers = numbersOf(cells);
  if (numbers === null) return null;
  const lines = new Uint8Array(length).fill(MOST_LINES);
  if (x.kind === 'text')
    x.pool.texts.forEach((value, k) => {
      const line = lineOf(band, { kind: 'text', value });
      lines[k] = line === Line.NONE ? MOST_LINES : line;
    });
  else {
    const { limits, isRising } = limitsOf(band, BigInt(x.den));
    // The first line that holds is the last to be put down.
    for (let i = limits.length - 1; i >= 0; i--) {
      const limit = Math.min(Math.max(limits[i] ?? 0, first - 1), x.bound + 1) - first;
      if (isRising[i] === true) lines.fill(i, 0, Math.min(length, limit + 1));
      else lines.fill(i, Math.max(0, limit));
    }
  }
  return lines.includes(MOST_LINES) ? null : { ...numbers, first, lines };
}

function lineCell(line: number, values: readonly (() => Cell)[]): Cell {
  if (line === Line.NONE) return BLANK;
  if (line === Line.FAULT) return null;
  return line === Line.UNSURE ? 'ask' : (values[line]?.() ?? null);
}

/** Where all lines in use are numbers that fit one denominator: one look-up a position. */
function chosen(lines: Int32Array, cells: ReadonlyMap<number, Cell>, n: number): Vec | null {
  const numbers = numbersOf(cells);
  if (numbers === null) return null;
  const { den, bound, values } = numbers;
  const data = new Float64Array(n);
  for (let i = 0; i < n; i++) data[i] = values[lines[i] ?? 0] ?? 0;
  return { ...constant(numberValue(ZERO)), mask: -1, data, den, bound };
}

/** Values of lines as integers of one denominator. */
function numbersOf(
  cells: ReadonlyMap<number, Cell>,
): { readonly den: number; readonly bound: number; readonly values: Float64Array } | null {
  let den = 1;
  for (const cell of cells.values()) {
    if (cell === null || cell === 'ask' || cell.kind !== 'number' || cell.value.d > 1_000_000n) return null;
    den = lcm(den, Number(cell.value.d));
    if (den > 1e9) return null;
  }
  const values = new Float64Array(Math.max(0, ...cells.keys()) + 1);
  let bound = 0;
  for (const [line, cell] of cells) {
    if (line < 0 || cell === null || cell === 'ask' || cell.kind !== 'number') return null;
    const k = fitNumber(cell.value, den);
    if (Number.isNaN(k)) return null;
    values[line] = k;
    bound = Math.max(bound, Math.abs(k));
  }
  return { den, bound, values };
}

function scattered(
  lines: Int32Array,
  byLine: ReadonlyMap<number, number>,
  cells: ReadonlyMap<number, Cell>,
  n: number,
): Vec {
  const pieces: Piece[] = [];
  for (const [line, count] of byLine) {
    const index = new Int32Array(count);
    let at = 0;
    for (let i = 0; i < n; i++) if (lines[i] === line) index[at++] = i;
    pieces.push({ vec: constant(cells.get(line) ?? null), index });
  }
  return mergePieces(n, pieces);
}

/** The first line that each position matches. */
function linesOf(band: Band, x: Vec, n: number): Int32Array {
  const out = new Int32Array(n);
  const plain = plainLines(band, x);
  const { data } = x;
  for (let i = 0; i < n; i++) {
    const at = i & x.mask;
    const tag = x.tags === null ? Tag.PLAIN : (x.tags[at] ?? 0);
    if (tag === Tag.PLAIN) out[i] = plain(data[at] ?? 0);
    else if (tag === Tag.BOXED) {
      const value = boxedAt(x, at);
      out[i] = value === undefined ? Line.FAULT : lineOf(band, value);
    } else out[i] = tag === Tag.ASK ? Line.UNSURE : Line.FAULT;
  }
  return out;
}

function lineOf(band: Band, x: Value): number {
  if (band.of !== 'any' && x.kind !== band.of) return Line.FAULT;
  return band.lines.findIndex((line) => matches(line, x));
}

function matches({ test }: BandLine, x: Value): boolean {
  if (test.kind === 'otherwise') return true;
  if (test.kind === 'texts') return x.kind === 'text' && test.texts.includes(foldText(x.value));
  const amount = x.kind === 'number' ? x.value : x.kind === 'date' ? x.ms : null;
  if (amount === null) return false;
  const sign = compare(amount, test.bound);
  switch (test.kind) {
    case 'upTo':
      return sign <= 0;
    case 'below':
      return sign < 0;
    case 'atLeast':
      return sign >= 0;
    case 'above':
      return sign > 0;
  }
}

/** The line of plain data: bounds become integers of the vector's denominator once. */
function plainLines(band: Band, x: Vec): (k: number) => number {
  if (band.of !== 'any' && x.kind !== band.of) return () => Line.FAULT;
  if (band.of === 'any') return () => (band.lines.length === 0 ? Line.NONE : 0);
  if (band.of === 'text') {
    const byText = Int32Array.from(x.pool.texts, (text) => lineOf(band, { kind: 'text', value: text }));
    return (k) => byText[k] ?? Line.NONE;
  }
  const { limits, isRising } = limitsOf(band, x.kind === 'number' ? BigInt(x.den) : 1n);
  const count = limits.length;
  return (k) => {
    for (let i = 0; i < count; i++) {
      const limit = limits[i] ?? Number.NaN;
      if (isRising[i] === true ? k <= limit : k >= limit) return i;
    }
    return Line.NONE;
  };
}

/** Limits of lines as integers over a denominator: a rising line holds up to its limit, a falling one from it on. */
function limitsOf(
  band: Band,
  den: bigint,
): { readonly limits: readonly number[]; readonly isRising: readonly boolean[] } {
  const rising = band.lines.map(({ test }) => {
    switch (test.kind) {
      case 'upTo':
        return Number(floorInteger(times(test.bound, den)));
      case 'below':
        return Number(ceilingInteger(times(test.bound, den)) - 1n);
      case 'otherwise':
        return Number.POSITIVE_INFINITY;
      case 'atLeast':
      case 'above':
      case 'texts':
        return null;
    }
  });
  const falling = band.lines.map(({ test }) => {
    switch (test.kind) {
      case 'atLeast':
        return Number(ceilingInteger(times(test.bound, den)));
      case 'above':
        return Number(floorInteger(times(test.bound, den)) + 1n);
      case 'otherwise':
        return Number.NEGATIVE_INFINITY;
      case 'upTo':
      case 'below':
      case 'texts':
        return null;
    }
  });
  return {
    limits: band.lines.map((_, i) => rising[i] ?? falling[i] ?? Number.NaN),
    isRising: rising.map((limit) => limit !== null),
  };
}

/** Not `multiply`: what is too large to keep may still be a limit. */
const times = (a: Rational, by: bigint): Rational => ({ n: a.n * by, d: a.d });

interface Slice {
  /** Up to here, null for ever. */
  readonly to: Rational | null;
  readonly rate: Cell;
}

/** Tiers: each slice at its own rate; past the last one blank. */
function marginalVec(m: Machine, band: Band, x: Vec, rates: readonly Cell[], n: number): Vec {
  const slices = band.lines.map(({ test }, i): Slice => {
    return { to: test.kind === 'upTo' ? test.bound : null, rate: rates[i] ?? null };
  });
  return strict(
    n,
    [x],
    () => (x.kind === 'number' ? marginalKernel(slices, x, n) : null),
    ([value]) => (value?.kind === 'number' ? marginal(slices, value.value) : null),
    'fail',
    m.stats,
  );
}

function marginal(slices: readonly Slice[], x: Rational): Value | null {
  return within(() => {
    let total = ZERO;
    let from = ZERO;
    for (const { to, rate } of slices) {
      if (compare(x, from) <= 0) break;
      const end = to === null || compare(x, to) < 0 ? x : to;
      if (compare(end, from) <= 0) continue;
      if (rate === null || rate === 'ask' || rate.kind !== 'number') return null;
      total = add(total, multiply(rate.value, subtract(end, from)));
      from = end;
    }
    return compare(x, from) > 0 ? BLANK : numberValue(total);
  });
}

/** On slice j the band is rate × x + offset; one denominator for all. */
function marginalKernel(slices: readonly Slice[], x: Vec, n: number): Kernel | null {
  const lines: { limit: number; rate: Rational; offset: Rational }[] = [];
  let from = ZERO;
  let total = ZERO;
  let den = x.den;
  for (const { to, rate } of slices) {
    if (rate === null || rate === 'ask' || rate.kind !== 'number') break;
    if (to !== null && compare(to, from) <= 0) continue;
    const offset = within(() => subtract(total, multiply(rate.value, from)));
    if (offset === null || offset.d > BigInt(SAFE) || rate.value.d > BigInt(SAFE)) return null;
    den = lcm(lcm(den, x.den * Number(rate.value.d)), Number(offset.d));
    if (!(den <= SAFE)) return null;
    const limit = to === null ? Number.POSITIVE_INFINITY : Number(floorInteger(times(to, BigInt(x.den))));
    lines.push({ limit, rate: rate.value, offset });
    if (to === null) break;
    const reached = within(() => add(total, multiply(rate.value, subtract(to, from))));
    if (reached === null) return null;
    total = reached;
    from = to;
  }
  const factors = new Float64Array(lines.length);
  const offsets = new Float64Array(lines.length);
  const most = x.bound <= 1e12 ? x.bound : tightBound(x);
  let bound = 0;
  for (let j = 0; j < lines.length; j++) {
    const line = lines[j];
    if (line === undefined) continue;
    const factor = fitNumber(line.rate, den / x.den);
    const offset = fitNumber(line.offset, den);
    if (Number.isNaN(factor) || Number.isNaN(offset)) return null;
    factors[j] = factor;
    offsets[j] = offset;
    bound = Math.max(bound, Math.abs(factor) * most + Math.abs(offset));
  }
  if (bound > SAFE) return null;
  const data = new Float64Array(n);
  const redo = new Uint8Array(n);
  const { data: bases, mask } = x;
  let any = false;
  for (let i = 0; i < n; i++) {
    const k = bases[i & mask] ?? 0;
    if (k <= 0) continue;
    let j = 0;
    while (j < lines.length && k > (lines[j]?.limit ?? 0)) j++;
    if (j < lines.length) data[i] = k * (factors[j] ?? 0) + (offsets[j] ?? 0);
    else {
      redo[i] = 1;
      any = true;
    }
  }
  return { kind: 'number', data, den, bound, redo: any ? redo : null };
}
