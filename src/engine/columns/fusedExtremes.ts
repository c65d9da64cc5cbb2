import type { Aggregate } from '../../rules/program.ts';
import type { Frame } from './frames.ts';
import { choose, chosenBy, type Plan, planOf } from './fused.ts';
import type { Groups } from './groupLoops.ts';
import type { Machine } from './machine.ts';
import { CHUNK } from './streams.ts';
import { draft, setTag, Tag, type Vec, vecOf } from './vec.ts';

/** A minimum or maximum over rows of which nothing can fail, in one walk (see fused.ts); null where it isn't that. */
export function fusedExtremes(m: Machine, expr: Aggregate, frame: Frame): Vec | null {
  if (expr.fn !== 'min' && expr.fn !== 'max') return null;
  const plan = planOf(m, expr, frame);
  if (plan === null) return null;
  const { value, join } = plan;
  if (value === null || (value.kind !== 'number' && value.kind !== 'date')) return null;
  // The largest is the smallest with its sign turned.
  const sign = expr.fn === 'min' ? 1 : -1;
  const least = leastOf(m, plan, sign);
  const out = draft(frame.n);
  for (let i = 0; i < frame.n; i++) {
    const g = join === null ? 0 : (join.of[join.of.length === 1 ? 0 : i] ?? -1);
    const x = g < 0 ? NONE : (least[g] ?? NONE);
    if (x === NONE) setTag(out, i, Tag.BLANK);
    // No −0.
    else out.data[i] = sign * x + 0;
  }
  return vecOf(out, { kind: value.kind, den: value.den, bound: value.bound });
}

const NONE = Number.POSITIVE_INFINITY;

/** By group: the least of sign × value, NONE where there is none. */
function leastOf(m: Machine, plan: Plan, sign: 1 | -1): Float64Array {
  const { rows, value, join } = plan;
  const chosen = chosenBy(m, plan);
  const least = new Float64Array(chosen.others + 1).fill(NONE);
  for (let from = 0; from < rows; from += CHUNK) {
    const to = Math.min(rows, from + CHUNK);
    const at = choose(chosen, from, to);
    if (value !== null) lower(least, chosen.group, at, value.at(from, to), to - from, sign);
  }
  return join?.merged == null ? least : leastTogether(least, join.merged);
}

function lower(
  least: Float64Array,
  group: Groups,
  at: number,
  x: Float64Array,
  n: number,
  sign: 1 | -1,
): void {
  for (let i = 0; i < n; i++) {
    const g = group[at + i] ?? 0;
    const k = sign * (x[i] ?? 0);
    if (k < (least[g] ?? 0)) least[g] = k;
  }
}

/** `merged`: the group that each group belongs to. */
function leastTogether(least: Float64Array, merged: Int32Array): Float64Array {
  const out = new Float64Array(least.length).fill(NONE);
  for (let k = 0; k < merged.length; k++) {
    const to = merged[k] ?? 0;
    out[to] = Math.min(out[to] ?? NONE, least[k] ?? NONE);
  }
  return out;
}
