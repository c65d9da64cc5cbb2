import { foldName } from '../../../grammar/tree.ts';
import { compareKeys } from '../../engine/plain/index.ts';
import { columnValue } from '../../exact/column.ts';
import { absolute, add, compare, type Rational, sign, subtract, ZERO } from '../../exact/rational.ts';
import { displayValueText, exactValueText } from '../../exact/text.ts';
import type { Value } from '../../exact/value.ts';
import { type ColumnName, tableIndex } from './columns.ts';
import { addParts, COALITIONS, FACTORS, NO_PARTS, type Parts, shapley } from './shapley.ts';
import { keyIdentity, type Side, type Sides } from './sides.ts';
import { createSplitter } from './split.ts';

export { allColumns, namedColumns, payColumns, tableIndex } from './columns.ts';

/** What somebody gets before and after, and why it differs. */
export interface Difference {
  /** As text. */
  readonly key: string;
  /** What the group column holds; null where no groups were asked for. */
  readonly group: string | null;
  /** Null where there is no amount on that side: nobody of that key, or a blank. */
  readonly before: Rational | null;
  readonly after: Rational | null;
  readonly difference: Rational;
  /** Null where the amounts before are from a file, so that nobody knows what made them. */
  readonly parts: Parts | null;
}

/** Sums over differences. */
export interface Totals {
  readonly people: number;
  readonly winners: number;
  readonly losers: number;
  readonly before: Rational;
  readonly after: Rational;
  readonly difference: Rational;
  readonly parts: Parts | null;
}

export interface ColumnComparison {
  readonly table: string;
  readonly column: string;
  /** Those whose amount or whose reasons differ, the largest difference first; equal ones by key. */
  readonly rows: readonly Difference[];
  /** Everybody, those without a difference too. */
  readonly total: Totals;
  /** By group, of those in which somebody has an amount, the largest difference first; empty where none were asked for. */
  readonly groups: readonly { readonly group: string; readonly totals: Totals }[];
}

export interface Comparison {
  readonly columns: readonly ColumnComparison[];
}

export interface CompareOptions {
  /** A column of the people's table, from a sheet or computed, to add up by. */
  readonly group?: string | null;
  /** People done of all. */
  readonly report?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Who is paid differently by two sides, by how much and why. Neither run had errors. Each difference is split by the
 * Shapley value of four factors: the rules; the person's own rows; the settled pools; all other rows.
 */
export function compareSides(
  sides: Sides,
  columns: readonly ColumnName[],
  { group = null, report, signal }: CompareOptions = {},
): Comparison {
  const tables = [...new Set(columns.map(({ table }) => table))];
  const peopleOf = new Map(tables.map((table) => [table, people(sides, table)]));
  const count = [...peopleOf.values()].reduce((sum, list) => sum + list.length, 0);
  // A run over all rows counts as much as a few hundred people.
  const RUN = 400;
  let runs = 0;
  const splitter = createSplitter(sides, columns, {
    ...(signal === undefined ? {} : { signal }),
    report: (done, total) => {
      runs = total * RUN;
      report?.(done * RUN, runs + count);
    },
  });
  let done = 0;
  const results = new Map<ColumnName, ColumnComparison>();
  for (const table of tables) {
    const names = columns.filter((column) => column.table === table);
    const grouped = group !== null && sides.some((side) => hasColumn(side, table, group));
    const groupOf = grouped ? groupReader(sides, table, group) : null;
    const asked = names.map(({ column }) => column);
    const [was, is] = [presence(sides[0], table, asked), presence(sides[1], table, asked)];
    const differences = names.map((): Difference[] => []);
    for (const { identity, key } of peopleOf.get(table) ?? []) {
      if (done % 64 === 0) {
        signal?.throwIfAborted();
        report?.(runs + done, runs + count);
      }
      done++;
      const amounts = splitter.amounts(table, identity, asked);
      names.forEach((_, i) => {
        const values = amounts[i] ?? [];
        const [before = null] = values;
        const after = values[COALITIONS - 1] ?? null;
        if (before === null || after === null) return;
        differences[i]?.push({
          key: exactValueText(key),
          group: grouped ? (groupOf?.(identity) ?? '') : null,
          before: was(identity, i) ? before : null,
          after: is(identity, i) ? after : null,
          difference: subtract(after, before),
          parts: shapley(values),
        });
      });
    }
    names.forEach((name, i) => {
      results.set(name, comparisonOf(name, differences[i] ?? [], grouped));
    });
  }
  report?.(runs + count, runs + count);
  return { columns: columns.flatMap((column) => results.get(column) ?? []) };
}

/** Sorts and adds up differences; `rows` in the order of their keys. */
export function comparisonOf(
  { table, column }: ColumnName,
  rows: readonly Difference[],
  grouped: boolean,
): ColumnComparison {
  const groups = new Map<string, Difference[]>();
  for (const row of grouped ? rows : []) {
    const list = groups.get(row.group ?? '');
    if (list === undefined) groups.set(row.group ?? '', [row]);
    else list.push(row);
  }
  return {
    table,
    column,
    rows: rows.filter(differs).sort((a, b) => compare(absolute(b.difference), absolute(a.difference))),
    total: totalsOf(rows),
    groups: [...groups]
      .map(([group, list]) => ({ group, totals: totalsOf(list) }))
      .filter(({ totals }) => totals.people > 0)
      .sort(
        (a, b) =>
          compare(absolute(b.totals.difference), absolute(a.totals.difference)) ||
          (a.group < b.group ? -1 : a.group > b.group ? 1 : 0),
      ),
  };
}

function differs({ difference, parts, before, after }: Difference): boolean {
  if (sign(difference) !== 0 || (before === null) !== (after === null)) return true;
  return parts !== null && FACTORS.some((factor) => sign(parts[factor]) !== 0);
}

function totalsOf(rows: readonly Difference[]): Totals {
  const sum = (of: (row: Difference) => Rational | null): Rational =>
    rows.reduce((total, row) => add(total, of(row) ?? ZERO), ZERO);
  return {
    people: rows.filter(({ before, after }) => before !== null || after !== null).length,
    winners: rows.filter(({ difference }) => sign(difference) > 0).length,
    losers: rows.filter(({ difference }) => sign(difference) < 0).length,
    before: sum(({ before }) => before),
    after: sum(({ after }) => after),
    difference: sum(({ difference }) => difference),
    parts: rows.some(({ parts }) => parts === null)
      ? null
      : rows.reduce((total, { parts }) => addParts(total, parts ?? NO_PARTS), NO_PARTS),
  };
}

interface Person {
  readonly identity: string;
  readonly key: Value;
}

/** The rows of a table that count on either side, in the order of their keys. */
function people(sides: Sides, table: string): readonly Person[] {
  const found = new Map<string, Person>();
  for (const { program, workbook, results } of sides) {
    const target = tableIndex(program, table);
    for (const row of results.tables[target]?.rows ?? []) {
      const identity = keyIdentity(program, workbook, target, row);
      const data = workbook.tables[target]?.columns[program.tables[target]?.key ?? 0]?.data;
      const key = data === undefined ? null : columnValue(data, row);
      if (key !== null && !found.has(identity)) found.set(identity, { identity, key });
    }
  }
  return [...found.values()].sort((a, b) =>
    a.key.kind === 'blank' || b.key.kind === 'blank' ? 0 : compareKeys(a.key, b.key),
  );
}

/** Rows that count by the identity of their keys. */
function rowsByKey({ program, workbook, results }: Side, table: number): ReadonlyMap<string, number> {
  return new Map(
    Array.from(results.tables[table]?.rows ?? [], (row) => [keyIdentity(program, workbook, table, row), row]),
  );
}

/** Tells whether a person has an amount on a side. */
function presence(side: Side, table: string, names: readonly string[]) {
  const target = tableIndex(side.program, table);
  const rows = rowsByKey(side, target);
  const columns = names.map((name) =>
    side.program.columns.findIndex((c) => c.table === target && foldName(c.name) === foldName(name)),
  );
  return (identity: string, i: number): boolean => {
    const row = rows.get(identity);
    return row !== undefined && side.results.columns[columns[i] ?? -1]?.at(row).kind === 'number';
  };
}

/** What a group column holds for a person: after, or before where there is nobody after. */
export function groupReader(
  sides: readonly Side[],
  table: string,
  group: string,
): (identity: string) => string | null {
  const readers = [...sides].reverse().map((side) => {
    const target = tableIndex(side.program, table);
    const rows = rowsByKey(side, target);
    const computed = side.program.columns.findIndex(
      (c) => c.table === target && foldName(c.name) === foldName(group),
    );
    const sheet = side.workbook.tables[target]?.columns.find(
      ({ heading }) => foldName(heading) === foldName(group),
    );
    return (identity: string): string | null => {
      const row = rows.get(identity);
      if (row === undefined) return null;
      const value =
        computed >= 0
          ? side.results.columns[computed]?.at(row)
          : sheet === undefined
            ? undefined
            : columnValue(sheet.data, row);
      return value == null || value.kind === 'fault' || value.kind === 'blank'
        ? null
        : displayValueText(value);
    };
  });
  return (identity) => {
    for (const read of readers) {
      const found = read(identity);
      if (found !== null) return found;
    }
    return null;
  };
}

/** Whether people of a table have such a column. */
export function hasColumn(side: Side, table: string, name: string): boolean {
  const target = tableIndex(side.program, table);
  return (
    side.program.columns.some((c) => c.table === target && foldName(c.name) === foldName(name)) ||
    (side.workbook.tables[target]?.columns.some(({ heading }) => foldName(heading) === foldName(name)) ??
      false)
  );
}
