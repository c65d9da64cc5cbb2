import { add, compare, multiply, type Rational, subtract, ZERO } from '../../exact/rational.ts';
import { foldText } from '../../exact/value.ts';
import type { Band, BandLine, Expr } from '../../rules/program.ts';
import { exactly, failKind, numberOf, present } from './operands.ts';
import { type Env, type Machine, NOTHING, type Present, type Reading } from './reading.ts';

type BandCall = Extract<Expr, { readonly op: 'band' }>;

/** A band's value at its argument. */
export function bandCall(m: Machine, expr: BandCall, env: Env): Reading {
  const band = m.program.bands[expr.band];
  if (band === undefined) throw new RangeError(`no band ${expr.band}`);
  const x = bandArgument(m, band, expr, env);
  const within = bandEnv(band, env);
  if (band.marginal && x.kind === 'number') return marginal(m, band, expr, x.value, within, env);
  const line = band.lines.find((l) => matchesLine(l, x));
  return line === undefined ? NOTHING : m.read(line.value, within);
}

/** The argument, of the kind of the band's bounds. */
export function bandArgument(m: Machine, band: Band, expr: BandCall, env: Env): Present {
  const x = present(m, expr.x, env);
  return band.of !== 'any' && x.kind !== band.of ? failKind(m, expr.x, x, band.of, env) : x;
}

/** Inside a band there are no rows; problems have its name and the key of the row that called it. */
export function bandEnv(band: Band, caller: Env): Env {
  return { context: { rule: band.name, keyLevel: 0, caller }, tables: [], rows: [] };
}

export function matchesLine(line: BandLine, x: Present): boolean {
  const { test } = line;
  if (test.kind === 'otherwise') return true;
  if (test.kind === 'texts') return x.kind === 'text' && test.texts.includes(foldText(x.value));
  const value = x.kind === 'number' ? x.value : x.kind === 'date' ? x.ms : null;
  if (value === null) return false;
  const sign = compare(value, test.bound);
  switch (test.kind) {
    case 'upTo':
      return sign <= 0;
    case 'below':
      return sign < 0;
    case 'atLeast':
      return sign >= 0;
    case 'above':
      return sign > 0;
    default: {
      const never: never = test;
      return never;
    }
  }
}

/** A slice of a marginal band that the argument reaches. */
export interface Slice {
  readonly line: BandLine;
  readonly amount: Rational;
}

/** The slices from 0 up to x; null where x lies past the last one. */
export function slicesOf(band: Band, x: Rational): readonly Slice[] | null {
  const slices: Slice[] = [];
  let from = ZERO;
  for (const line of band.lines) {
    if (compare(x, from) <= 0) return slices;
    const bound = line.test.kind === 'upTo' ? line.test.bound : x;
    const to = compare(x, bound) < 0 ? x : bound;
    // A first bound of 0 or less makes a slice of nothing.
    if (compare(to, from) > 0) {
      slices.push({ line, amount: subtract(to, from) });
      from = to;
    }
  }
  return compare(x, from) <= 0 ? slices : null;
}

function marginal(m: Machine, band: Band, expr: BandCall, x: Rational, within: Env, env: Env): Reading {
  const slices = slicesOf(band, x);
  if (slices === null) return NOTHING;
  let total = ZERO;
  for (const { line, amount } of slices) {
    const rate = numberOf(m, line.value, within);
    total = exactly(m, expr, env, () => add(total, multiply(rate, amount)));
  }
  return { kind: 'number', value: total };
}
