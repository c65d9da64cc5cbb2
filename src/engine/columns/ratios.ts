import { gcdNumber } from '../../exact/rational.ts';
import { arithmetic } from './boxed.ts';
import { evenly, SAFE } from './scaled.ts';
import type { Stats } from './strict.ts';
import { boxedAt, cellAt, draft, putCell, remade, setRatio, setTag, Tag, type Vec, vecOf } from './vec.ts';

/**
 * `a op b` of numbers where either has quotients: they stay two integers each as long as these are within SAFE, and are
 * exact one by one beyond. `^` is not done here.
 */
export function ratioArithmetic(op: '+' | '-' | '*' | '/', a: Vec, b: Vec, n: number, stats: Stats): Vec {
  const out = draft(n);
  const x: Quotient = { num: 0, den: 1 };
  const y: Quotient = { num: 0, den: 1 };
  const [left, right] = [atHand(a), atHand(b)];
  let bound = 0;
  for (let i = 0; i < n; i++) {
    const l = quotientAt(left, i & left.mask, x);
    const r = quotientAt(right, i & right.mask, y);
    if (l === Tag.PLAIN && r === Tag.PLAIN && combine(op, x, y)) {
      const { num, den } = x;
      const k = evenly(num, den);
      if (Number.isNaN(k)) {
        setRatio(out, i, num, den);
        continue;
      }
      out.data[i] = k;
      if (Math.abs(k) > bound) bound = Math.abs(k);
      continue;
    }
    if (l === Tag.FAIL || r === Tag.FAIL || l === Tag.BLANK || r === Tag.BLANK) {
      setTag(out, i, Tag.FAIL);
      continue;
    }
    if (l === Tag.ASK || r === Tag.ASK) {
      setTag(out, i, Tag.ASK);
      continue;
    }
    stats.boxed++;
    const [p, q] = [cellAt(left, i), cellAt(right, i)];
    putCell(out, i, p === null || p === 'ask' || q === null || q === 'ask' ? null : arithmetic(op, p, q));
  }
  return vecOf(out, { kind: 'number', bound });
}

/** With its data as a field: one that is made when asked for would be asked at every position. */
export const atHand = (v: Vec): Vec => remade(v, {});

/** Two integers within SAFE, the second above 0. Changed in place. */
export interface Quotient {
  num: number;
  den: number;
}

/** The position as a quotient; PLAIN where it is one, else its tag. */
export function quotientAt(v: Vec, at: number, q: Quotient): number {
  const tag = v.tags === null ? Tag.PLAIN : (v.tags[at] ?? 0);
  if (tag === Tag.PLAIN) {
    q.num = v.data[at] ?? 0;
    q.den = v.den;
    return tag;
  }
  const den = tag === Tag.BOXED ? (v.ratios?.den[at] ?? 0) : 0;
  if (den === 0) return tag;
  q.num = v.ratios?.num[at] ?? 0;
  q.den = den;
  return Tag.PLAIN;
}

/** Puts `x op y` in `x`; false where it is not within SAFE, or a quotient by 0. */
export function combine(op: '+' | '-' | '*' | '/', x: Quotient, y: Quotient): boolean {
  switch (op) {
    case '+':
    case '-': {
      const sign = op === '+' ? 1 : -1;
      // Both denominators divide the larger one more often than not.
      if (x.den === y.den) return keep(x, x.num + sign * y.num, x.den);
      const f = evenly(x.den, y.den);
      if (!Number.isNaN(f)) return keep(x, x.num + sign * y.num * f, x.den, y.num * f);
      const g = evenly(y.den, x.den);
      if (!Number.isNaN(g)) return keep(x, x.num * g + sign * y.num, y.den, x.num * g);
      const common = gcdNumber(x.den, y.den);
      const more = y.den / common;
      const den = x.den * more;
      const [l, r] = [x.num * more, y.num * (x.den / common)];
      return Math.abs(r) <= SAFE && keep(x, l + sign * r, den, l);
    }
    case '*':
      return reduced(x, x.num, y.num, x.den, y.den);
    case '/':
      if (y.num === 0) return false;
      return y.num < 0 ? reduced(x, x.num, -y.den, x.den, -y.num) : reduced(x, x.num, y.den, x.den, y.num);
  }
}

/** `part`: what the sum was made of must be exact too. */
function keep(x: Quotient, num: number, den: number, part = 0): boolean {
  if (!(Math.abs(num) <= SAFE && den <= SAFE && Math.abs(part) <= SAFE)) return false;
  x.num = num;
  x.den = den;
  return true;
}

/** (a × b) / (c × d), crosswise reduced where it would be too large. */
function reduced(x: Quotient, a: number, b: number, c: number, d: number): boolean {
  if (keep(x, a * b, c * d)) return true;
  const s = gcdNumber(Math.abs(a), d) || 1;
  const t = gcdNumber(Math.abs(b), c) || 1;
  return keep(x, (a / s) * (b / t), (c / t) * (d / s));
}

/** Whether a vector has quotients and all of its values pass a test; blanks and what is at fault don't. */
export function everyRatio(v: Vec, n: number, passes: (num: number, den: number) => boolean): boolean {
  if (v.ratios === null || v.kind !== 'number') return false;
  const q: Quotient = { num: 0, den: 1 };
  const x = atHand(v);
  for (let i = 0; i < n; i++) {
    if (quotientAt(x, i & x.mask, q) !== Tag.PLAIN || !passes(q.num, q.den)) return false;
  }
  return true;
}

/** The quotients at `begin` and after it, none below 0 and all of integers within SAFE; false where one is something else. */
export function quotients(v: Vec, begin: number, num: Float64Array, den: Float64Array): boolean {
  const q: Quotient = { num: 0, den: 1 };
  const x = atHand(v);
  for (let k = 0; k < num.length; k++) {
    const at = (begin + k) & x.mask;
    const tag = quotientAt(x, at, q);
    if (tag === Tag.BOXED && !isBoxedQuotient(x, at, q)) return false;
    if ((tag !== Tag.PLAIN && tag !== Tag.BOXED) || q.num < 0) return false;
    num[k] = q.num;
    den[k] = q.den;
  }
  return true;
}

/** Puts a boxed number in `q`; false where it is none, or too large. */
function isBoxedQuotient(v: Vec, at: number, q: Quotient): boolean {
  const value = boxedAt(v, at);
  if (value?.kind !== 'number') return false;
  const { n, d } = value.value;
  q.num = Number(n);
  q.den = Number(d);
  return Math.abs(q.num) <= SAFE && q.den <= SAFE;
}
