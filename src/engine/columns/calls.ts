import { addMonths, DAY, dayOfMs, endOfMonth, HOUR, wholeMonths } from '../../exact/date.ts';
import { absolute, type Rational } from '../../exact/rational.ts';
import { foldText, type Value } from '../../exact/value.ts';
import type { FunctionName } from '../../rules/program.ts';
import { span } from './arithmetic.ts';
import { applied } from './boxed.ts';
import { align, SAFE } from './scaled.ts';
import { type Kernel, type Stats, strict } from './strict.ts';
import { cellAt, draft, setTag, Tag, tightBound, type Vec, type VecKind, vecOf } from './vec.ts';

/** A function of values over whole vectors; all but `default`, which does not always want its second argument. */
export function callVec(
  name: FunctionName,
  args: readonly Vec[],
  n: number,
  unit: Rational,
  stats: Stats,
): Vec {
  const one = (values: readonly Value[]): Value | null => applied(name, values.slice(0, args.length), unit);
  const op = (kernel: () => Kernel | null, blanks: 'fail' | 'ask' = 'fail'): Vec =>
    strict(n, args, kernel, one, blanks, stats);
  const [a, b] = args;
  if (a === undefined) return op(() => null);
  switch (name) {
    case 'blank':
      return blankVec(a, n);
    case 'default':
      return op(() => null, 'ask');
    case 'abs':
      return op(() => (a.kind === 'number' ? { ...a, data: a.data.map(Math.abs), redo: null } : null));
    case 'min':
    case 'max':
      return folded(args, name === 'min' ? -1 : 1, n, unit, stats);
    case 'clamp': {
      const [x, low, high] = args;
      if (x === undefined || low === undefined || high === undefined) return op(() => null);
      return folded([folded([x, high], -1, n, unit, stats), low], 1, n, unit, stats);
    }
    case 'round':
    case 'round_even':
    case 'mround':
    case 'floor':
    case 'ceiling':
    case 'steps':
      return op(() => {
        const size = multipleOf(name, b, unit);
        return a.kind === 'number' && size !== null ? rounded(name, a, size, n) : null;
      });
    case 'year':
    case 'month':
    case 'day':
      return op(() => (a.kind === 'date' ? byDay(a, 'number', (ms) => dayOfMs(ms)[name], n) : null));
    case 'date':
      return op(() => (a.kind === 'date' ? startOfDays(a, n) : null));
    case 'eomonth':
    case 'edate':
      return op(() => {
        const months = b === undefined ? null : wholeConstant(b);
        if (a.kind !== 'date' || months === null) return null;
        const move = name === 'edate' ? addMonths : endOfMonth;
        return byDay(a, 'date', (ms) => move(ms, months), n);
      });
    case 'hours':
      return op(() =>
        b !== undefined && a.kind === 'date' && b.kind === 'date' ? span(b, a, HOUR, n) : null,
      );
    case 'months':
      return op(() =>
        b !== undefined && a.kind === 'date' && b.kind === 'date' ? monthsBetween(a, b, n) : null,
      );
    case 'starts_with':
      return op(() => prefixed(a, b, n));
  }
}

function blankVec(a: Vec, n: number): Vec {
  const out = draft(a.mask === 0 ? 1 : n);
  if (a.tags !== null)
    for (let i = 0; i < out.data.length; i++) {
      const tag = a.tags[i] ?? 0;
      if (tag === Tag.BLANK) out.data[i] = 1;
      else if (tag >= Tag.FAIL) setTag(out, i, tag);
    }
  return vecOf(out, { kind: 'logical', mask: a.mask });
}

/** A constant that is a whole number. */
function wholeConstant(v: Vec): number | null {
  if (v.mask !== 0) return null;
  const cell = cellAt(v, 0);
  if (cell === null || cell === 'ask' || cell.kind !== 'number' || cell.value.d !== 1n) return null;
  const n = Number(cell.value.n);
  return Math.abs(n) <= SAFE ? n : null;
}

/** `min` (−1) or `max` (1) of several vectors, two at a time. */
function folded(args: readonly Vec[], wanted: -1 | 1, n: number, unit: Rational, stats: Stats): Vec {
  const [first, ...rest] = args;
  if (first === undefined) throw new RangeError('no arguments');
  let best = first;
  for (const next of rest) {
    const so = best;
    best = strict(
      n,
      [so, next],
      () => extremeOf(so, next, wanted, n),
      (values) => applied(wanted < 0 ? 'min' : 'max', values.slice(0, 2), unit),
      'fail',
      stats,
    );
  }
  return best;
}

function extremeOf(a: Vec, b: Vec, wanted: -1 | 1, n: number): Kernel | null {
  if (a.kind !== b.kind || (a.kind !== 'number' && a.kind !== 'date')) return null;
  const over = a.kind === 'number' ? align(a.den, b.den) : { den: 1, f: 1, g: 1 };
  if (over === null) return null;
  const { den, f, g } = over;
  let bound = 0;
  if (a.kind === 'number') {
    bound = Math.max(a.bound * f, b.bound * g);
    if (bound > SAFE) bound = Math.max(tightBound(a) * f, tightBound(b) * g);
    if (bound > SAFE) return null;
  }
  const data = new Float64Array(n);
  const [x, y, ma, mb] = [a.data, b.data, a.mask, b.mask];
  for (let i = 0; i < n; i++) {
    const l = (x[i & ma] ?? 0) * f;
    const r = (y[i & mb] ?? 0) * g;
    data[i] = wanted < 0 ? Math.min(l, r) : Math.max(l, r);
  }
  return { kind: a.kind, data, den, bound, redo: null };
}

type Rounding = 'round' | 'round_even' | 'mround' | 'floor' | 'ceiling' | 'steps';

/** What a rounding rounds to whole multiples of, where that is one fraction of safe integers for all positions. */
function multipleOf(
  name: Rounding,
  second: Vec | undefined,
  unit: Rational,
): { p: number; q: number } | null {
  let size = unit;
  if (second !== undefined) {
    if (second.mask !== 0) return null;
    const cell = cellAt(second, 0);
    if (cell === null || cell === 'ask' || cell.kind !== 'number') return null;
    size = cell.value;
    if (name === 'round' || name === 'round_even') {
      if (size.d !== 1n || size.n > 15n || size.n < -15n) return null;
      size = size.n >= 0n ? { n: 1n, d: 10n ** size.n } : { n: 10n ** -size.n, d: 1n };
    }
  }
  const p = Number(absolute(size).n);
  const q = Number(size.d);
  return p > 0 && p <= SAFE && q <= SAFE ? { p, q } : null;
}

function rounded(name: Rounding, x: Vec, { p, q }: { p: number; q: number }, n: number): Kernel | null {
  // x in multiples of p/q is k·q / (den·p).
  const divisor = x.den * p;
  const most = x.bound * q <= SAFE ? x.bound : tightBound(x);
  if (divisor > SAFE || most * q > SAFE || (most * q) / divisor + 1 > SAFE / p) return null;
  const data = new Float64Array(n);
  const { data: ks, mask } = x;
  const times = name === 'steps' ? 1 : p;
  for (let i = 0; i < n; i++) {
    const k = (ks[i & mask] ?? 0) * q;
    const size = Math.abs(k);
    const rest = size % divisor;
    let whole = (size - rest) / divisor;
    const negative = k < 0;
    switch (name) {
      case 'round':
      case 'mround':
        if (rest * 2 >= divisor) whole++;
        break;
      case 'round_even':
        if (rest * 2 > divisor || (rest * 2 === divisor && whole % 2 === 1)) whole++;
        break;
      case 'floor':
        if (negative && rest > 0) whole++;
        break;
      case 'ceiling':
        if (!negative && rest > 0) whole++;
        break;
      case 'steps':
        if (negative) whole = 0;
        break;
    }
    data[i] = negative ? -whole * times : whole * times;
  }
  return {
    kind: 'number',
    data,
    den: name === 'steps' ? 1 : q,
    bound: (Math.floor((most * q) / divisor) + 1) * times,
    redo: null,
  };
}

/** A function of the calendar day: each day is computed once. */
function byDay(a: Vec, kind: VecKind, of: (ms: number) => number | null, n: number): Kernel {
  const data = new Float64Array(n);
  let redo: Uint8Array | null = null;
  const days = new Map<number, number>();
  let bound = 0;
  for (let i = 0; i < n; i++) {
    if (a.tags !== null && a.tags[i & a.mask] !== Tag.PLAIN) continue;
    const day = Math.floor((a.data[i & a.mask] ?? 0) / DAY);
    let result = days.get(day);
    if (result === undefined) {
      result = of(day * DAY) ?? Number.NaN;
      days.set(day, result);
      if (Math.abs(result) > bound) bound = Math.abs(result);
    }
    if (Number.isNaN(result)) {
      redo ??= new Uint8Array(n);
      redo[i] = 1;
    } else data[i] = result;
  }
  return { kind, data, bound, redo };
}

function startOfDays(a: Vec, n: number): Kernel {
  const data = new Float64Array(n);
  for (let i = 0; i < n; i++) data[i] = Math.floor((a.data[i & a.mask] ?? 0) / DAY) * DAY;
  return { kind: 'date', data, redo: null };
}

function monthsBetween(a: Vec, b: Vec, n: number): Kernel {
  const data = new Float64Array(n);
  for (let i = 0; i < n; i++) data[i] = wholeMonths(a.data[i & a.mask] ?? 0, b.data[i & b.mask] ?? 0);
  return { kind: 'number', data, bound: 120_000, redo: null };
}

function prefixed(a: Vec, b: Vec | undefined, n: number): Kernel | null {
  if (b === undefined || a.kind !== 'text' || b.mask !== 0) return null;
  const prefix = cellAt(b, 0);
  if (prefix === null || prefix === 'ask' || prefix.kind !== 'text') return null;
  const wanted = foldText(prefix.value);
  const says = Float64Array.from(a.pool.texts, (text) => (foldText(text).startsWith(wanted) ? 1 : 0));
  const data = new Float64Array(n);
  for (let i = 0; i < n; i++) data[i] = says[a.data[i & a.mask] ?? 0] ?? 0;
  return { kind: 'logical', data, redo: null };
}
