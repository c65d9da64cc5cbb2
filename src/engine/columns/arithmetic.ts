import { DAY, END_MS, FIRST_MS } from '../../exact/date.ts';
import { gcdNumber } from '../../exact/rational.ts';
import { arithmetic, negated } from './boxed.ts';
import { ratioArithmetic } from './ratios.ts';
import { align, SAFE } from './scaled.ts';
import { type Kernel, type Stats, strict } from './strict.ts';
import { tightBound, type Vec } from './vec.ts';

type Operator = '+' | '-' | '*' | '/' | '^';

/** `a op b` position by position. */
export function arithmeticVec(op: Operator, a: Vec, b: Vec, n: number, stats: Stats): Vec {
  const quotients = a.ratios !== null || b.ratios !== null || (op === '/' && b.mask !== 0);
  if (quotients && op !== '^' && a.kind === 'number' && b.kind === 'number')
    return ratioArithmetic(op, a, b, n, stats);
  return strict(
    n,
    [a, b],
    () => kernelOf(op, a, b, n),
    ([x, y]) => (x === undefined || y === undefined ? null : arithmetic(op, x, y)),
    'fail',
    stats,
  );
}

export function negateVec(a: Vec, n: number, stats: Stats): Vec {
  return strict(
    n,
    [a],
    () => (a.kind === 'number' ? { ...a, data: a.data.map((x) => -x), redo: null } : null),
    ([x]) => (x === undefined ? null : negated(x)),
    'fail',
    stats,
  );
}

function kernelOf(op: Operator, a: Vec, b: Vec, n: number): Kernel | null {
  if (a.kind === 'number' && b.kind === 'number') {
    switch (op) {
      case '+':
        return sum(a, b, 1, n);
      case '-':
        return sum(a, b, -1, n);
      case '*':
        return b.mask === 0 ? scale(a, b, n) : a.mask === 0 ? scale(b, a, n) : product(a, b, n);
      case '/':
        return quotient(a, b, n);
      case '^':
        return null;
    }
  }
  if (a.kind === 'date' && b.kind === 'date' && op === '-') return span(a, b, DAY, n);
  if (a.kind === 'date' && b.kind === 'number' && op === '+') return shift(a, b, 1, n);
  if (a.kind === 'date' && b.kind === 'number' && op === '-') return shift(a, b, -1, n);
  if (a.kind === 'number' && b.kind === 'date' && op === '+') return shift(b, a, 1, n);
  return null;
}

function sum(a: Vec, b: Vec, sign: 1 | -1, n: number): Kernel | null {
  const over = align(a.den, b.den);
  if (over === null) return null;
  const { den, f, g } = over;
  const data = new Float64Array(n);
  const [x, y, ma, mb] = [a.data, b.data, a.mask, b.mask];
  const h = g * sign;
  let bound = a.bound * f + b.bound * g;
  if (bound > SAFE) bound = tightBound(a) * f + tightBound(b) * g;
  if (bound <= SAFE) {
    for (let i = 0; i < n; i++) data[i] = (x[i & ma] ?? 0) * f + (y[i & mb] ?? 0) * h;
    return { kind: 'number', data, den, bound, redo: null };
  }
  const redo = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const l = (x[i & ma] ?? 0) * f;
    const r = (y[i & mb] ?? 0) * h;
    const s = l + r;
    if (Math.abs(l) <= SAFE && Math.abs(r) <= SAFE && Math.abs(s) <= SAFE) data[i] = s;
    else redo[i] = 1;
  }
  return { kind: 'number', data, den, bound: SAFE, redo };
}

/** a times one number, whose factors cancel against the denominator. */
function scale(a: Vec, by: Vec, n: number): Kernel | null {
  const k = by.data[0] ?? 0;
  if ((by.tags?.[0] ?? 0) !== 0) return product(a, by, n);
  return scaledBy(a, k, by.den, n);
}

function scaledBy(a: Vec, k: number, d: number, n: number): Kernel | null {
  const common = gcdNumber(Math.abs(k), a.den);
  const factor = k / common;
  const den = (a.den / common) * d;
  if (den > SAFE) return null;
  const { data: x, mask } = a;
  const data = new Float64Array(n);
  const size = Math.abs(factor);
  let bound = a.bound * size;
  if (bound > SAFE) bound = tightBound(a) * size;
  if (bound <= SAFE) {
    for (let i = 0; i < n; i++) data[i] = (x[i & mask] ?? 0) * factor;
    return { kind: 'number', data, den, bound, redo: null };
  }
  const redo = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const p = (x[i & mask] ?? 0) * factor;
    if (Math.abs(p) <= SAFE) data[i] = p;
    else redo[i] = 1;
  }
  return { kind: 'number', data, den, bound: SAFE, redo };
}

function product(a: Vec, b: Vec, n: number): Kernel | null {
  const den = a.den * b.den;
  if (den > SAFE) return null;
  const data = new Float64Array(n);
  const [x, y, ma, mb] = [a.data, b.data, a.mask, b.mask];
  let bound = a.bound * b.bound;
  if (bound > SAFE) bound = tightBound(a) * tightBound(b);
  if (bound <= SAFE) {
    for (let i = 0; i < n; i++) data[i] = (x[i & ma] ?? 0) * (y[i & mb] ?? 0);
    return { kind: 'number', data, den, bound, redo: null };
  }
  const redo = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const p = (x[i & ma] ?? 0) * (y[i & mb] ?? 0);
    if (Math.abs(p) <= SAFE) data[i] = p;
    else redo[i] = 1;
  }
  return { kind: 'number', data, den, bound: SAFE, redo };
}

function quotient(a: Vec, b: Vec, n: number): Kernel | null {
  // Two columns: see ratioArithmetic.
  if (b.mask !== 0) return null;
  const k = b.data[0] ?? 0;
  if ((b.tags?.[0] ?? 0) !== 0 || k === 0) return null;
  const common = gcdNumber(b.den, Math.abs(k));
  const d = Math.abs(k) / common;
  return scaledBy(a, (k < 0 ? -b.den : b.den) / common, d, n);
}

/** `a − b` of dates, counted in units of `den` milliseconds. */
export function span(a: Vec, b: Vec, den: number, n: number): Kernel {
  const data = new Float64Array(n);
  const [x, y, ma, mb] = [a.data, b.data, a.mask, b.mask];
  for (let i = 0; i < n; i++) data[i] = (x[i & ma] ?? 0) - (y[i & mb] ?? 0);
  return { kind: 'number', data, den, bound: END_MS - FIRST_MS, redo: null };
}

function shift(date: Vec, days: Vec, sign: 1 | -1, n: number): Kernel {
  const data = new Float64Array(n);
  const redo = new Uint8Array(n);
  const { den } = days;
  const common = gcdNumber(DAY, den);
  const [factor, divisor] = [(DAY / common) * sign, den / common];
  const [x, y, ma, mb] = [date.data, days.data, date.mask, days.mask];
  let any = false;
  for (let i = 0; i < n; i++) {
    const p = (y[i & mb] ?? 0) * factor;
    const ms = (x[i & ma] ?? 0) + p / divisor;
    if (Math.abs(p) <= SAFE && p % divisor === 0 && ms >= FIRST_MS && ms < END_MS) data[i] = ms;
    else {
      redo[i] = 1;
      any = true;
    }
  }
  return { kind: 'date', data, redo: any ? redo : null };
}
