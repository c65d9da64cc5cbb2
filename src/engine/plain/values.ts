import { compare, equal } from '../../exact/rational.ts';
import { foldText } from '../../exact/value.ts';
import type { Present } from './reading.ts';

/** Whether two values of the same kind are equal. */
export function same(a: Present, b: Present): boolean {
  switch (a.kind) {
    case 'number':
      return b.kind === 'number' && equal(a.value, b.value);
    case 'date':
      return b.kind === 'date' && equal(a.ms, b.ms);
    case 'text':
      return b.kind === 'text' && foldText(a.value) === foldText(b.value);
    case 'logical':
      return b.kind === 'logical' && a.value === b.value;
    default: {
      const never: never = a;
      return never;
    }
  }
}

/** −1, 0 or 1 for two values of the same kind: texts by their folded code points, FALSE before TRUE. */
export function order(a: Present, b: Present): -1 | 0 | 1 {
  if (a.kind === 'number' && b.kind === 'number') return compare(a.value, b.value);
  if (a.kind === 'date' && b.kind === 'date') return compare(a.ms, b.ms);
  if (a.kind === 'text' && b.kind === 'text') return compareCodePoints(foldText(a.value), foldText(b.value));
  if (a.kind === 'logical' && b.kind === 'logical') return a.value === b.value ? 0 : a.value ? 1 : -1;
  throw new TypeError('values of two kinds');
}

/** By code points; UTF-16 units put those above U+FFFF too early. */
export function compareCodePoints(a: string, b: string): -1 | 0 | 1 {
  const x = [...a];
  const y = [...b];
  for (let i = 0; i < x.length && i < y.length; i++) {
    const p = x[i]?.codePointAt(0) ?? 0;
    const q = y[i]?.codePointAt(0) ?? 0;
    if (p !== q) return p < q ? -1 : 1;
  }
  return x.length === y.length ? 0 : x.length < y.length ? -1 : 1;
}

const KEY_RANK = { number: 0, date: 1, text: 2, logical: 3 } as const;

/** Keys in the order that decides ties: numbers, dates, texts as written by code points, logicals. */
export function compareKeys(a: Present, b: Present): -1 | 0 | 1 {
  if (a.kind === 'text' && b.kind === 'text') return compareCodePoints(a.value, b.value);
  if (a.kind === b.kind) return order(a, b);
  return KEY_RANK[a.kind] < KEY_RANK[b.kind] ? -1 : 1;
}

/** One text for values that are equal, another for all that are not. */
export function identity(value: Present): string {
  switch (value.kind) {
    case 'number':
      return `n${value.value.n}/${value.value.d}`;
    case 'date':
      return `d${value.ms.n}/${value.ms.d}`;
    case 'text':
      return `t${foldText(value.value)}`;
    case 'logical':
      return value.value ? 'l1' : 'l0';
    default: {
      const never: never = value;
      return never;
    }
  }
}
