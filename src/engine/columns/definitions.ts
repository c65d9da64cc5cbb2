import { compare, floorInteger, type Rational } from '../../exact/rational.ts';
import { BLANK, logicalValue, numberValue, type Value } from '../../exact/value.ts';
import type { ComputedColumn, Definition } from '../../rules/program.ts';
import { arithmeticVec } from './arithmetic.ts';
import { piece, unusual } from './evaluate.ts';
import { type Frame, select } from './frames.ts';
import { positionsOf, Truth, truths } from './logic.ts';
import type { Machine } from './machine.ts';
import { everyRatio } from './ratios.ts';
import { fitNumber, SAFE } from './scaled.ts';
import { type Kernel, strict } from './strict.ts';
import { constant, gather, mergePieces, type Piece, Tag, type Vec } from './vec.ts';

/** What a share gives to the rows of its table. */
export interface Shared {
  /** By sheet row: 1 a member, 2 where only the plain evaluator knows. */
  readonly member: Uint8Array;
  /** In money, over the rows of the sheet. */
  readonly money: Vec;
  /** Tags of that money as a column of its own, BLANK where there is no member; null where only the plain evaluator knows. */
  readonly tags: Uint8Array | null;
  /** What is left over, in money: over the sheet rows of its `each`, or one value. */
  readonly rest: Vec;
}

/** A computed column at the positions of a frame of its table's rows (level 0). */
export function columnVec(
  m: Machine,
  column: ComputedColumn,
  frame: Frame,
  shared: (id: number) => Shared,
): Vec {
  const { n } = frame;
  const { definitions } = column;
  const [only] = definitions;
  if (definitions.length === 1 && only?.kind === 'rule' && only.where === null)
    return m.read(only.value, frame);
  if (definitions.length === 1 && only !== undefined) {
    const states = coverage(m, only, frame, shared);
    if (only.kind === 'rule')
      return mergePieces(n, [...piece(m, only.value, frame, states, Truth.YES), ...unusual(states)]);
    const index = positionsOf(states, Truth.YES);
    if (index.length === n) return definedVec(m, only, frame, shared);
    const pieces = unusual(states);
    if (index.length > 0) pieces.push({ vec: definedVec(m, only, select(frame, index), shared), index });
    return mergePieces(n, pieces);
  }
  /** Which definition covers each position, −1 none, −2 two of them. */
  const covering = new Int32Array(n).fill(-1);
  const odd = new Uint8Array(n);
  definitions.forEach((definition, d) => {
    const states = coverage(m, definition, frame, shared);
    for (let i = 0; i < n; i++) {
      const state = states[i] ?? 0;
      if (state > Truth.BLANK) odd[i] = Math.max(odd[i] ?? 0, state);
      else if (state === Truth.YES) covering[i] = covering[i] === -1 ? d : -2;
    }
  });
  const pieces: Piece[] = unusual(odd);
  const chosen = new Uint8Array(n);
  definitions.forEach((definition, d) => {
    for (let i = 0; i < n; i++) chosen[i] = covering[i] === d && odd[i] === 0 ? 1 : 0;
    const index = positionsOf(chosen, 1);
    if (index.length === 0) return;
    const part = index.length === n ? frame : select(frame, index);
    pieces.push({ vec: definedVec(m, definition, part, shared), index });
  });
  for (let i = 0; i < n; i++) chosen[i] = covering[i] === -2 && odd[i] === 0 ? 1 : 0;
  pieces.push({ vec: constant(null), index: positionsOf(chosen, 1) });
  const [single] = pieces.filter((p) => p.index?.length === n);
  return single?.vec ?? mergePieces(n, pieces);
}

function coverage(
  m: Machine,
  definition: Definition,
  frame: Frame,
  shared: (id: number) => Shared,
): Uint8Array {
  switch (definition.kind) {
    case 'rule':
    case 'score':
    case 'statement':
      return definition.where === null
        ? new Uint8Array(frame.n).fill(Truth.YES)
        : truths(m.read(definition.where, frame), frame.n);
    case 'share': {
      const { member } = shared(definition.share);
      const rows = frame.rows(0);
      const out = new Uint8Array(frame.n);
      for (let i = 0; i < out.length; i++) {
        const state = member[rows === null ? i : (rows[i] ?? 0)] ?? 0;
        out[i] = state === 2 ? Truth.UNSURE : state;
      }
      return out;
    }
    case 'rest': {
      const each = m.program.shares[definition.share]?.each ?? null;
      if (each === null) return new Uint8Array(frame.n);
      return each.where === null
        ? new Uint8Array(frame.n).fill(Truth.YES)
        : truths(m.read(each.where, frame), frame.n);
    }
    default: {
      const never: never = definition;
      return never;
    }
  }
}

function definedVec(m: Machine, definition: Definition, frame: Frame, shared: (id: number) => Shared): Vec {
  switch (definition.kind) {
    case 'rule':
      return m.read(definition.value, frame);
    case 'score':
      return scoreVec(m, definition, frame);
    case 'statement':
      return statementVec(m, definition, frame);
    case 'share':
      return rowsOf(shared(definition.share).money, frame);
    case 'rest':
      return rowsOf(shared(definition.share).rest, frame);
    default: {
      const never: never = definition;
      return never;
    }
  }
}

function rowsOf(v: Vec, frame: Frame): Vec {
  const rows = frame.rows(0);
  return rows === null ? v : gather(v, rows);
}

/** Positions that pass a test of an exact number; the others are faults. */
function checked(
  v: Vec,
  n: number,
  plain: ((k: number) => boolean) | null,
  exact: (x: Rational) => boolean,
  m: Machine,
  ratio: (num: number, den: number) => boolean = () => false,
): Vec {
  if (everyRatio(v, n, ratio)) return v;
  return strict(
    n,
    [v],
    (): Kernel | null => {
      if (v.kind !== 'number' || plain === null) return null;
      let redo: Uint8Array | null = null;
      for (let i = 0; i < n; i++) {
        if (plain(v.data[i & v.mask] ?? 0)) continue;
        redo ??= new Uint8Array(n);
        redo[i] = 1;
      }
      // The data may be a sheet's own.
      return { ...v, data: redo === null ? v.data : v.data.slice(), redo };
    },
    ([x]): Value | null => (x?.kind === 'number' && exact(x.value) ? x : null),
    'fail',
    m.stats,
  );
}

/** Σ weight × input; with `skip blank` over the weights of those that are there. */
function scoreVec(m: Machine, score: Extract<Definition, { readonly kind: 'score' }>, frame: Frame): Vec {
  const { n } = frame;
  let sum: Vec | null = null;
  /** Weight of the inputs that are there, where some are missing. */
  let weights: Vec = constant(numberValue({ n: 0n, d: 1n }));
  let missing = false;
  /** A whole number below the scale: what is up to it is surely within. */
  const least = Number(floorInteger(score.scale));
  for (const { weight, value } of score.lines) {
    const x = m.read(value, frame);
    const limit = x.kind === 'number' ? fitNumber({ n: score.scale.n, d: score.scale.d }, x.den) : Number.NaN;
    const blank = score.skipBlank && (x.tags?.includes(Tag.BLANK) ?? false);
    missing ||= blank;
    const filled = blank ? withZeros(x, n) : x;
    const input = checked(
      filled,
      n,
      Number.isNaN(limit) ? null : (k) => k >= 0 && k <= limit,
      (v) => v.n >= 0n && compare(v, score.scale) <= 0,
      m,
      (num, den) => num >= 0 && den * least <= SAFE && num <= den * least,
    );
    const by = constant(numberValue(weight));
    const weighed: Vec = arithmeticVec('*', input, by, n, m.stats);
    sum = sum === null ? weighed : arithmeticVec('+', sum, weighed, n, m.stats);
    weights = arithmeticVec(
      '+',
      weights,
      blank ? arithmeticVec('*', there(x, n), by, n, m.stats) : by,
      n,
      m.stats,
    );
  }
  const total = sum ?? constant(numberValue({ n: 0n, d: 1n }));
  if (!score.skipBlank || !missing) return total;
  const none = new Uint8Array(n);
  const some = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const tag = weights.tags === null ? Tag.PLAIN : (weights.tags[i & weights.mask] ?? 0);
    const zero = tag === Tag.PLAIN && weights.data[i & weights.mask] === 0;
    none[i] = zero ? 1 : 0;
    some[i] = zero ? 0 : 1;
  }
  const index = positionsOf(some, 1);
  const nothing = positionsOf(none, 1);
  const part = (v: Vec): Vec => gather(v, index);
  // Where nothing is there the total says whether an input was at fault.
  const totalTags = gather(total, nothing);
  return mergePieces(n, [
    { vec: arithmeticVec('/', part(total), part(weights), index.length, m.stats), index },
    { vec: blankWhereThere(totalTags, nothing.length), index: nothing },
  ]);
}

function blankWhereThere(v: Vec, n: number): Vec {
  const tags = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const tag = v.tags === null ? Tag.PLAIN : (v.tags[i & v.mask] ?? 0);
    tags[i] = tag >= Tag.FAIL ? tag : Tag.BLANK;
  }
  return { ...constant(BLANK), mask: -1, data: new Float64Array(n), tags };
}

/** Zero for blanks. */
function withZeros(v: Vec, n: number): Vec {
  const number = v.kind === 'number';
  if (!number) {
    const blanks = new Uint8Array(n);
    for (let i = 0; i < n; i++) blanks[i] = v.tags !== null && v.tags[i & v.mask] === Tag.BLANK ? 1 : 0;
    return mergePieces(n, [
      { vec: v, index: positionsOf(blanks, 0), inPlace: true },
      { vec: constant(numberValue({ n: 0n, d: 1n })), index: positionsOf(blanks, 1) },
    ]);
  }
  return { ...v, tags: v.tags === null ? null : v.tags.map((tag) => (tag === Tag.BLANK ? Tag.PLAIN : tag)) };
}

/** 1 where there is something, 0 where it is blank. */
function there(v: Vec, n: number): Vec {
  const data = new Float64Array(n);
  for (let i = 0; i < n; i++) data[i] = v.tags !== null && v.tags[i & v.mask] === Tag.BLANK ? 0 : 1;
  return { ...constant(logicalValue(true)), mask: -1, kind: 'number', data, den: 1, bound: 1 };
}

/** The sum of components that are whole numbers of units. */
function statementVec(
  m: Machine,
  statement: Extract<Definition, { readonly kind: 'statement' }>,
  frame: Frame,
): Vec {
  const { n } = frame;
  const { unit } = m.program;
  let total: Vec = constant(numberValue({ n: 0n, d: 1n }));
  for (const { sign, value } of statement.components) {
    const x = m.read(value, frame);
    // k / den is a multiple of p / q where k·q is one of den·p.
    const divisor = x.den * Number(unit.n);
    const factor = Number(unit.d);
    const safe = divisor <= Number.MAX_SAFE_INTEGER && x.bound * factor <= Number.MAX_SAFE_INTEGER;
    const settled = checked(
      x,
      n,
      safe ? (k) => (k * factor) % divisor === 0 : null,
      (v) => (v.n * unit.d) % (v.d * unit.n) === 0n,
      m,
    );
    total = arithmeticVec(sign === 'add' ? '+' : '-', total, settled, n, m.stats);
  }
  return total;
}
