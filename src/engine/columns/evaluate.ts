import { integer } from '../../exact/rational.ts';
import { dateValue } from '../../exact/value.ts';
import type { Expr } from '../../rules/program.ts';
import { aggregateVec } from './aggregate.ts';
import { arithmeticVec, negateVec } from './arithmetic.ts';
import { bandVec } from './bands.ts';
import { callVec } from './calls.ts';
import { compareVec, notVec } from './compare.ts';
import { type Frame, select } from './frames.ts';
import { logicalVec, positionsOf, strictTruths, Truth } from './logic.ts';
import { type Machine, nameVec } from './machine.ts';
import { rankVec } from './rank.ts';
import { sliced } from './slices.ts';
import { constant, gather, mergePieces, type Piece, remade, Tag, type Vec } from './vec.ts';

/** Up to here an expression is evaluated also where it isn't needed: cheaper than picking the positions. */
const CHEAP = 6;

/**
 * An expression at the positions of a frame. Faults are tags: a part may be evaluated at more positions than the
 * language wants, as long as what it gives there is not used.
 */
export function read(m: Machine, expr: Expr, frame: Frame): Vec {
  const { levels, cost } = m.traits(expr);
  if (cost > 0) {
    if (levels === 0 && frame.levels !== 0) return remade(remembered(m, expr, m.root), { mask: 0 });
    const source = liftOf(levels, frame);
    if (source !== undefined) return gather(remembered(m, expr, source.frame), source.index());
  }
  return compute(m, expr, frame);
}

const liftOf = (levels: number, frame: Frame) =>
  frame.sources.find((s) => s.lift && (levels & ~s.frame.levels) === 0);

/** Evaluated once for a frame while a node is computed. */
export function remembered(m: Machine, expr: Expr, frame: Frame): Vec {
  const known = frame.memo.get(expr);
  if (known !== undefined) return known as Vec;
  const vec = m.read(expr, frame);
  frame.memo.set(expr, vec);
  return vec;
}

function compute(m: Machine, expr: Expr, frame: Frame): Vec {
  const { n } = frame;
  switch (expr.op) {
    case 'literal':
      return m.literal(expr, () => constant(expr.value));
    case 'asOf':
      return m.literal(expr, () => constant(dateValue(integer(m.program.asOf))));
    case 'name':
      return m.literal(expr, () => nameVec(m.workbook, expr.name));
    case 'sheet':
      return atRows(m, m.sheet(expr.table, expr.column), frame, expr.level);
    case 'column':
      return atRows(m, known(m.columns[expr.column], 'column', expr.column), frame, expr.level);
    case 'scalar':
      return known(m.scalars[expr.scalar], 'scalar', expr.scalar);
    case 'negate':
      return negateVec(m.read(expr.x, frame), n, m.stats);
    case 'not':
      return notVec(m.read(expr.x, frame), n, m.stats);
    case '+':
    case '-':
    case '*':
    case '/':
    case '^':
      return chain(m, expr, frame);
    case 'compare':
      return compareVec(
        expr.operator,
        m.read(expr.left, frame),
        m.read(expr.right, frame),
        n,
        m.interner,
        m.stats,
      );
    case 'and':
    case 'or':
      return connective(m, expr, frame);
    case 'in': {
      const x = m.read(expr.x, frame);
      let states: Uint8Array | null = null;
      for (const element of expr.list) {
        const same = compareVec('=', x, m.read(element, frame), n, m.interner, m.stats);
        const next = strictTruths(same, n);
        if (states === null) states = next;
        else for (let i = 0; i < n; i++) if (states[i] === Truth.NO) states[i] = next[i] ?? 0;
      }
      return logicalVec(states ?? new Uint8Array(n));
    }
    case 'if': {
      const condition = strictTruths(m.read(expr.condition, frame), n);
      return mergePieces(n, [
        ...piece(m, expr.then, frame, condition, Truth.YES),
        ...piece(m, expr.otherwise, frame, condition, Truth.NO),
        ...unusual(condition),
      ]);
    }
    case 'call': {
      if (expr.name === 'default') return defaulted(m, expr.args, frame);
      const args = expr.args.map((arg) => m.read(arg, frame));
      return callVec(expr.name, args, n, m.program.unit, m.stats);
    }
    case 'band':
      return bandVec(m, expr, frame);
    case 'aggregate':
      return aggregateVec(m, expr, frame);
    case 'rank':
      return rankVec(m, expr, frame);
    default: {
      const never: never = expr;
      return never;
    }
  }
}

function known(vec: Vec | undefined, what: string, id: number): Vec {
  if (vec === undefined) throw new RangeError(`${what} ${id} is needed before its node`);
  return vec;
}

/** A column over the rows of its sheet at those of a frame. */
export function atRows(m: Machine, column: Vec, frame: Frame, level: number): Vec {
  if (frame.first !== null) return sliced(column, frame.first, frame.n, m.compact(column));
  const rows = frame.rows(level);
  return rows === null ? column : gather(column, rows);
}

type Arithmetic = Extract<Expr, { readonly op: '+' | '-' | '*' | '/' | '^' }>;
type Connective = Extract<Expr, { readonly op: 'and' | 'or' }>;

const isArithmetic = (x: Expr): x is Arithmetic =>
  x.op === '+' || x.op === '-' || x.op === '*' || x.op === '/' || x.op === '^';
const isConnective = (x: Expr): x is Connective => x.op === 'and' || x.op === 'or';

/** Without recursion along the left side: long sums are not deep. */
function chain(m: Machine, expr: Arithmetic, frame: Frame): Vec {
  const spine: Arithmetic[] = [expr];
  let first: Expr = expr.left;
  while (isArithmetic(first) && liftOf(m.traits(first).levels, frame) === undefined) {
    spine.push(first);
    first = first.left;
  }
  let value = m.read(first, frame);
  for (const step of spine.reverse())
    value = arithmeticVec(step.op, value, m.read(step.right, frame), frame.n, m.stats);
  return value;
}

function connective(m: Machine, expr: Connective, frame: Frame): Vec {
  const { n } = frame;
  const spine: Connective[] = [expr];
  let first: Expr = expr.left;
  while (isConnective(first)) {
    spine.push(first);
    first = first.left;
  }
  const states = strictTruths(m.read(first, frame), n);
  for (const step of spine.reverse()) {
    const open = step.op === 'and' ? Truth.YES : Truth.NO;
    if (m.traits(step.right).cost <= CHEAP) {
      const next = strictTruths(m.read(step.right, frame), n);
      for (let i = 0; i < n; i++) if (states[i] === open) states[i] = next[i] ?? 0;
      continue;
    }
    const index = positionsOf(states, open);
    if (index.length === 0) continue;
    const part = index.length === n ? frame : select(frame, index);
    const next = strictTruths(m.read(step.right, part), index.length);
    for (let i = 0; i < index.length; i++) states[index[i] ?? 0] = next[i] ?? 0;
  }
  return logicalVec(states);
}

/** An expression at the positions where a condition is in a state. */
export function piece(m: Machine, expr: Expr, frame: Frame, states: Uint8Array, wanted: number): Piece[] {
  const index = positionsOf(states, wanted);
  if (index.length === 0) return [];
  if (index.length === states.length) return [{ vec: m.read(expr, frame), index: null }];
  if (m.traits(expr).cost <= CHEAP) return [{ vec: m.read(expr, frame), index, inPlace: true }];
  return [{ vec: m.read(expr, select(frame, index)), index }];
}

/** The positions at which a condition is a fault or not sure. */
export function unusual(states: Uint8Array): Piece[] {
  let any = false;
  for (let i = 0; i < states.length; i++) if ((states[i] ?? 0) >= Truth.FAULT) any = true;
  if (!any) return [];
  return [
    { vec: constant(null), index: positionsOf(states, Truth.FAULT) },
    { vec: constant('ask'), index: positionsOf(states, Truth.UNSURE) },
  ];
}

function defaulted(m: Machine, args: readonly Expr[], frame: Frame): Vec {
  const [first, second] = args;
  if (first === undefined || second === undefined) throw new RangeError('default takes two arguments');
  const x = m.read(first, frame);
  if (x.tags === null || !x.tags.includes(Tag.BLANK)) return x;
  const states = new Uint8Array(frame.n);
  for (let i = 0; i < frame.n; i++) states[i] = x.tags[i & x.mask] === Tag.BLANK ? Truth.YES : Truth.NO;
  return mergePieces(frame.n, [
    { vec: x, index: positionsOf(states, Truth.NO), inPlace: true },
    ...piece(m, second, frame, states, Truth.YES),
  ]);
}
