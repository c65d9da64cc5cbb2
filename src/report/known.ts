import type { Known } from '../engine/plain/index.ts';
import type { Results, ShareResult, TableResult } from '../engine/results.ts';
import { hasErrors } from '../problems/errors.ts';

/** Results as the plain evaluator takes what is known already, so that it computes nothing twice. */
export function knownOf(results: Results): Known {
  const shares = new Map<string, ShareResult>();
  for (const result of results.shares) shares.set(`${result.share} ${result.of ?? ''}`, result);
  return {
    scalar: (id) => results.scalars[id],
    cell: (column, row) => results.columns[column]?.at(row),
    share: (id, of) => shares.get(`${id} ${of ?? ''}`),
    // Where something is wrong, it may be in the `where` of a table.
    ...(hasErrors(results.problems) ? {} : countedRows(results.tables)),
  };
}

function countedRows(tables: readonly TableResult[]): Pick<Known, 'rows' | 'counts'> {
  const sets = new Map<number, ReadonlySet<number>>();
  const setOf = (table: number): ReadonlySet<number> => {
    const found = sets.get(table) ?? new Set(tables[table]?.rows);
    sets.set(table, found);
    return found;
  };
  return {
    rows: (table) => {
      const result = tables[table];
      return result === undefined ? undefined : Array.from(result.rows);
    },
    counts: (table, row) => setOf(table).has(row),
  };
}
