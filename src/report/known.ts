import type { Known } from '../engine/plain/index.ts';
import type { Results, ShareResult } from '../engine/results.ts';

/** Results as the plain evaluator takes what is known already, so that it computes nothing twice. */
export function knownOf(results: Results): Known {
  const shares = new Map<string, ShareResult>();
  for (const result of results.shares) shares.set(`${result.share} ${result.of ?? ''}`, result);
  return {
    scalar: (id) => results.scalars[id],
    cell: (column, row) => results.columns[column]?.at(row),
    share: (id, of) => shares.get(`${id} ${of ?? ''}`),
  };
}
