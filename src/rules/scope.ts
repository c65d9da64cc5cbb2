import { foldName } from '../../grammar/tree.ts';
import { AGGREGATES, FUNCTIONS } from './calls.ts';
import { suggestion } from './names.ts';
import type { Schema } from './schema.ts';

/** A row that names may be read from. */
export interface ScopeRow {
  /** Index of its table; −1 where the rules name a table that isn't there: nothing is known of its columns. */
  readonly table: number;
  readonly level: number;
  /** Whether an aggregate (or a share) runs over it: then `Table[x]` may name it. */
  readonly aggregated: boolean;
}

/** What is visible where an expression stands. Rows from the outermost to the innermost. */
export interface Scope {
  readonly rows: readonly ScopeRow[];
  /** The row of `[@x]`. */
  readonly thisRow: ScopeRow | null;
  /** A table whose computed columns are out of sight here (its own `where`), else −1. */
  readonly sheetOnly: number;
  /** Whether `rank` may stand here. */
  readonly rank: boolean;
  /** Whether the rule is in force: only then must the names that it uses be. */
  readonly inForce: boolean;
}

/** A scope without rows: scalar rules, checks at the top, a band's values, a pool at depth 0. */
export const noRows = (inForce: boolean): Scope => ({
  rows: [],
  thisRow: null,
  sheetOnly: -1,
  rank: false,
  inForce,
});

/** The scope of one row at level 0. */
export function rowScope(table: number, inForce: boolean): Scope {
  const row = { table, level: 0, aggregated: false };
  return { rows: [row], thisRow: row, sheetOnly: -1, rank: true, inForce };
}

/** A scope with one more row, which an aggregate runs over. */
export function aggregateScope(scope: Scope, table: number): Scope {
  const row = { table, level: scope.rows.length, aggregated: true };
  return { ...scope, rows: [...scope.rows, row], rank: false };
}

/** The names of the rules, as far as they are in force: an id, or null where no version is. */
export interface Globals {
  readonly scalars: ReadonlyMap<string, number | null>;
  readonly bands: ReadonlyMap<string, number | null>;
  /** By table. */
  readonly columns: readonly ReadonlyMap<string, number | null>[];
  /** Names that lines with a syntax problem seem to define. */
  readonly broken: ReadonlySet<string>;
  /** Folded names as the file spells them, for suggestions. */
  readonly spelling: ReadonlyMap<string, string>;
}

export type ColumnFound =
  | { readonly kind: 'sheet'; readonly column: number }
  | { readonly kind: 'computed'; readonly column: number | null };

/** A column of a table by name: of the sheet, or computed (null: no version in force). */
export function findColumn(
  table: number,
  name: string,
  scope: Scope,
  globals: Globals,
  schema: Schema,
): ColumnFound | null {
  const sheet = schema.column(table, name);
  if (sheet >= 0) return { kind: 'sheet', column: sheet };
  if (table === scope.sheetOnly) return null;
  const computed = globals.columns[table]?.get(foldName(name));
  return computed === undefined ? null : { kind: 'computed', column: computed };
}

const spelled = (names: Iterable<string>, globals: Globals): string[] =>
  [...names].map((name) => globals.spelling.get(name) ?? name);

const columnNames = (table: number, scope: Scope, globals: Globals, schema: Schema): string[] => [
  ...(schema.tables[table]?.columns.map((column) => column.heading) ?? []),
  ...(table === scope.sheetOnly ? [] : spelled(globals.columns[table]?.keys() ?? [], globals)),
];

/** The column of one table that was probably meant. */
export function suggestColumn(name: string, table: number, scope: Scope, globals: Globals, schema: Schema) {
  return suggestion(name, columnNames(table, scope, globals, schema));
}

/** The column of a row in sight, scalar rule or defined name that was probably meant. */
export function suggestName(name: string, scope: Scope, globals: Globals, schema: Schema, names: string[]) {
  const columns = scope.rows.flatMap((row) => columnNames(row.table, scope, globals, schema));
  return suggestion(name, [...columns, ...spelled(globals.scalars.keys(), globals), ...names]);
}

/** The function or band that was probably meant. */
export function suggestFunction(name: string, globals: Globals) {
  return suggestion(name, [
    ...Object.keys(FUNCTIONS),
    ...Object.keys(AGGREGATES),
    ...spelled(globals.bands.keys(), globals),
  ]);
}
