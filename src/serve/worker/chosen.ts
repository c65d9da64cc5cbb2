import { foldName } from '../../../grammar/tree.ts';
import type { Results } from '../../engine/results.ts';
import type { ProblemData } from '../../problems/problem.ts';
import { suggestion } from '../../rules/names.ts';
import type { Program } from '../../rules/program.ts';

interface Run {
  readonly program: Program;
  readonly results: Results;
}

const TABLE_COLUMN = /^\s*(.+?)\s*\[([^[\]]+)\]\s*$/;

/**
 * A run as if it had only the results of these names (as in the rules; `Table[name]` for one of several): scalars,
 * computed columns, shares. It is for printing: its columns still stand at their ids. Or the name that nothing has.
 */
export function chosen(
  { program, results }: Run,
  asked: readonly string[],
):
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'unknown'; readonly index: number; readonly problem: ProblemData } {
  const wanted = asked.map((text) => {
    const [, table, column] = TABLE_COLUMN.exec(text) ?? [];
    return table === undefined || column === undefined
      ? { table: null, name: foldName(text) }
      : { table: foldName(table), name: foldName(column) };
  });
  const used = wanted.map(() => false);
  const isWanted = (name: string, table: number | null): boolean => {
    const folded = foldName(name);
    const of = table === null ? null : foldName(program.tables[table]?.name ?? '');
    let found = false;
    for (const [i, one] of wanted.entries()) {
      if (one.name !== folded || (one.table !== null && one.table !== of)) continue;
      used[i] = true;
      found = true;
    }
    return found;
  };
  const scalars = program.scalars.map(({ name }) => isWanted(name, null));
  const columns = program.columns.map(({ name, table }) => isWanted(name, table));
  const shares = program.shares.map(({ name, table }) => isWanted(name, table));
  const index = used.indexOf(false);
  if (index >= 0) {
    const name = asked[index] ?? '';
    const known = [...program.scalars, ...program.columns, ...program.shares].map((one) => one.name);
    const near = suggestion(name, known);
    return {
      kind: 'unknown',
      index,
      problem: { code: 'unknown-name', name, ...(near === undefined ? {} : { suggestion: near }) },
    };
  }
  return {
    kind: 'run',
    run: {
      program: {
        ...program,
        scalars: program.scalars.filter((_, i) => scalars[i]),
        tables: program.tables.map((table) => ({
          ...table,
          columns: table.columns.filter((id) => columns[id]),
        })),
      },
      results: {
        ...results,
        scalars: results.scalars.filter((_, i) => scalars[i]),
        shares: results.shares.filter(({ share }) => shares[share]),
      },
    },
  };
}
