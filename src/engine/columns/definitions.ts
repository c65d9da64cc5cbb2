import { numberValue } from '../../exact/value.ts';
import type { ComputedColumn, Definition } from '../../rules/program.ts';
import { arithmeticVec } from './arithmetic.ts';
import { checked } from './checked.ts';
import { atRows, piece, unusual } from './evaluate.ts';
import { type Frame, select } from './frames.ts';
import { positionsOf, Truth, truths } from './logic.ts';
import type { Machine } from './machine.ts';
import { scoreVec } from './scores.ts';
import { constant, mergePieces, type Piece, type Vec } from './vec.ts';

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
      return atRows(m, shared(definition.share).money, frame, 0);
    case 'rest':
      return atRows(m, shared(definition.share).rest, frame, 0);
    default: {
      const never: never = definition;
      return never;
    }
  }
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
