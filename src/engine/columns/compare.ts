import { foldText } from '../../exact/value.ts';
import type { CompareOperator } from '../../rules/program.ts';
import { codePointOrder, compared } from './boxed.ts';
import { align, SAFE } from './scaled.ts';
import { type Kernel, type Stats, strict } from './strict.ts';
import type { Interner } from './texts.ts';
import { tightBound, type Vec } from './vec.ts';

/** `a operator b` position by position. */
export function compareVec(
  operator: CompareOperator,
  a: Vec,
  b: Vec,
  n: number,
  interner: Interner,
  stats: Stats,
): Vec {
  const equality = operator === '=' || operator === '<>';
  return strict(
    n,
    [a, b],
    () => kernelOf(operator, a, b, n, interner),
    ([x, y]) => (x === undefined || y === undefined ? null : compared(operator, x, y)),
    equality ? 'ask' : 'fail',
    stats,
  );
}

/** What each operator says of less, equal and greater. */
const SAYS: Record<CompareOperator, readonly [number, number, number]> = {
  '=': [0, 1, 0],
  '<>': [1, 0, 1],
  '<': [1, 0, 0],
  '<=': [1, 1, 0],
  '>': [0, 0, 1],
  '>=': [0, 1, 1],
};

function kernelOf(operator: CompareOperator, a: Vec, b: Vec, n: number, interner: Interner): Kernel | null {
  if (a.kind !== b.kind) {
    // Every pair that is there is a fault or has a blank in it.
    return { kind: 'logical', data: new Float64Array(n), redo: new Uint8Array(n).fill(1) };
  }
  const [less, equal, greater] = SAYS[operator];
  const data = new Float64Array(n);
  const [x, y, ma, mb] = [a.data, b.data, a.mask, b.mask];
  if (a.kind === 'text') {
    if (operator !== '=' && operator !== '<>') return orderedTexts(a, b, n, [less, equal, greater]);
    const idsA = interner.pool(a.pool);
    const idsB = interner.pool(b.pool);
    for (let i = 0; i < n; i++) data[i] = idsA[x[i & ma] ?? 0] === idsB[y[i & mb] ?? 0] ? equal : less;
    return { kind: 'logical', data, redo: null };
  }
  const over = a.kind === 'number' ? align(a.den, b.den) : { f: 1, g: 1 };
  if (over === null) return { kind: 'logical', data, redo: new Uint8Array(n).fill(1) };
  const { f, g } = over;
  const safe =
    a.kind !== 'number' ||
    ((a.bound * f <= SAFE || tightBound(a) * f <= SAFE) &&
      (b.bound * g <= SAFE || tightBound(b) * g <= SAFE));
  if (safe) {
    for (let i = 0; i < n; i++) {
      const l = (x[i & ma] ?? 0) * f;
      const r = (y[i & mb] ?? 0) * g;
      data[i] = l < r ? less : l > r ? greater : equal;
    }
    return { kind: 'logical', data, redo: null };
  }
  const redo = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const l = (x[i & ma] ?? 0) * f;
    const r = (y[i & mb] ?? 0) * g;
    if (Math.abs(l) <= SAFE && Math.abs(r) <= SAFE) data[i] = l < r ? less : l > r ? greater : equal;
    else redo[i] = 1;
  }
  return { kind: 'logical', data, redo };
}

function orderedTexts(a: Vec, b: Vec, n: number, says: readonly [number, number, number]): Kernel {
  const foldsA = a.pool.texts.map(foldText);
  const foldsB = a.pool === b.pool ? foldsA : b.pool.texts.map(foldText);
  const data = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const sign = codePointOrder(foldsA[a.data[i & a.mask] ?? 0] ?? '', foldsB[b.data[i & b.mask] ?? 0] ?? '');
    data[i] = says[sign + 1] ?? 0;
  }
  return { kind: 'logical', data, redo: null };
}

export function notVec(a: Vec, n: number, stats: Stats): Vec {
  return strict(
    n,
    [a],
    () => (a.kind === 'logical' ? { kind: 'logical', data: a.data.map((x) => 1 - x), redo: null } : null),
    ([x]) => (x?.kind === 'logical' ? { kind: 'logical', value: !x.value } : null),
    'fail',
    stats,
  );
}
