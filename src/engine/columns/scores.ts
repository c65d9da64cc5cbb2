import { compare, floorInteger } from '../../exact/rational.ts';
import { BLANK, logicalValue, numberValue } from '../../exact/value.ts';
import type { Definition } from '../../rules/program.ts';
import { arithmeticVec } from './arithmetic.ts';
import { checked } from './checked.ts';
import type { Frame } from './frames.ts';
import { positionsOf } from './logic.ts';
import type { Machine } from './machine.ts';
import { fitNumber, SAFE } from './scaled.ts';
import { constant, gather, mergePieces, remade, Tag, type Vec } from './vec.ts';
import { weightedSum } from './weightedSum.ts';

/** Σ weight × input; with `skip blank` over the weights of those that are there. */
export function scoreVec(
  m: Machine,
  score: Extract<Definition, { readonly kind: 'score' }>,
  frame: Frame,
): Vec {
  const { n } = frame;
  /** A whole number below the scale: what is up to it is surely within. */
  const least = Number(floorInteger(score.scale));
  const inputs = score.lines.map(({ weight, value }) => ({ weight, x: m.read(value, frame) }));
  const quick = weightedSum(inputs, least, n, m.compact);
  if (quick !== null) return quick;
  let sum: Vec | null = null;
  /** Weight of the inputs that are there, where some are missing. */
  let weights: Vec = constant(numberValue({ n: 0n, d: 1n }));
  let missing = false;
  for (const { weight, x } of inputs) {
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
  return remade(v, { tags: v.tags?.map((tag) => (tag === Tag.BLANK ? Tag.PLAIN : tag)) ?? null });
}

/** 1 where there is something, 0 where it is blank. */
function there(v: Vec, n: number): Vec {
  const data = new Float64Array(n);
  for (let i = 0; i < n; i++) data[i] = v.tags !== null && v.tags[i & v.mask] === Tag.BLANK ? 0 : 1;
  return { ...constant(logicalValue(true)), mask: -1, kind: 'number', data, den: 1, bound: 1 };
}
