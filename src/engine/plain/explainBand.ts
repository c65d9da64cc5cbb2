import type { Band, BandLine, Expr } from '../../rules/program.ts';
import { bandEnv, matchesLine, slicesOf } from './bands.ts';
import type { Explainer } from './explain.ts';
import { attempt, type Env, outcomeOf, type Present } from './reading.ts';
import type { BandReason, MatchedLine, Reason, SliceReason } from './reasons.ts';

type BandCall = Extract<Expr, { readonly op: 'band' }>;

/** A band's call: the argument, the line that matched and what its value reads. */
export function explainBand(
  e: Explainer,
  expr: BandCall,
  env: Env,
  depth: number,
): BandReason & Pick<Reason, 'children'> {
  const band = e.m.program.bands[expr.band];
  if (band === undefined) throw new RangeError(`no band ${expr.band}`);
  const x = attempt(() => e.m.read(expr.x, env));
  const within = bandEnv(band, env);
  const tiers = band.marginal && x.kind === 'number' ? (slicesOf(band, x.value) ?? []) : [];
  const line = band.marginal || x.kind === 'blank' || x.kind === 'fault' ? null : lineFor(band, x);
  const values = line === null ? tiers.map((slice) => slice.line.value) : [line.value];
  return {
    kind: 'band',
    name: band.name,
    at: band.at,
    argument: outcomeOf(x),
    marginal: band.marginal,
    line: line === null ? null : matched(band, line),
    slices: tiers.map(
      ({ line: tier, amount }): SliceReason => ({
        line: matched(band, tier),
        amount,
        rate: outcomeOf(attempt(() => e.m.read(tier.value, within))),
      }),
    ),
    children: [...e.leaves(expr.x, env, depth), ...values.flatMap((value) => e.leaves(value, within, depth))],
  };
}

function lineFor(band: Band, x: Present): BandLine | null {
  if (band.of !== 'any' && band.of !== x.kind) return null;
  return band.lines.find((line) => matchesLine(line, x)) ?? null;
}

function matched(band: Band, { test, at }: BandLine): MatchedLine {
  if (test.kind === 'otherwise' || test.kind === 'texts') return { at, test };
  const bound: Present =
    band.of === 'date' ? { kind: 'date', ms: test.bound } : { kind: 'number', value: test.bound };
  return { at, test: { kind: test.kind, bound } };
}
