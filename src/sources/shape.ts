import type { Value } from '../exact/value.ts';
import { foldName } from '../workbook/names.ts';
import type { SheetTable } from '../workbook/port.ts';
import { type Coerced, coerce, type Misfit, shownCell, typeOf } from './coerce.ts';
import { clockIn } from './dates.ts';
import { EXAMPLES, type Example, type Issue } from './issues.ts';
import type { CellType, Fetched, Source } from './model.ts';

/** Rows of a source in the columns of the table that they are for. */
export interface Shaped {
  /** By the table's headings; null where the source doesn't fill a column. */
  readonly columns: readonly (CellType | 'any' | null)[];
  /** A value for every column; null where the source doesn't fill it. */
  readonly rows: readonly (readonly (Value | null)[])[];
}

export interface ShapedOrNot {
  /** Null where an issue is an error. */
  readonly shaped: Shaped | null;
  readonly issues: readonly Issue[];
}

interface Column {
  readonly heading: string;
  readonly type: CellType | null;
  /** Index of the field; null: not filled. */
  readonly field: number | null;
}

/**
 * Brings what a source gave into the columns of its table: fields by the mapping, otherwise by their names (as in the rules,
 * without regard to case, `_` as a space), values of the kind that the column has. `key` names rows in issues.
 */
export function shape(source: Source, table: SheetTable, key: number, fetched: Fetched): ShapedOrNot {
  const issues: Issue[] = [];
  const columns = columnsOf(source, table, fetched, issues);
  const zone = source.options.get('zone');
  const clock = zone === undefined ? null : clockIn(zone);
  if (zone !== undefined && clock === null)
    issues.push({
      severity: 'error',
      kind: 'fault',
      table: table.name,
      location: source.location,
      reason: 'bad-option',
      detail: `zone = ${zone}`,
      problem: null,
    });
  if (issues.length > 0) return { shaped: null, issues };
  const keyField = columns[key]?.field ?? null;
  const misfits = new Map<string, Misfitting>();
  const rows = fetched.rows.map((row, i) =>
    columns.map(({ heading, type, field }, c): Value | null => {
      const cell = field === null ? undefined : row[field];
      if (cell === undefined) return null;
      const value: Coerced = coerce(cell, type, clock);
      if (value.kind !== 'misfit') return value;
      const id = `${c} ${value.why}`;
      const found = misfits.get(id) ?? { heading, why: value.why, type, count: 0, examples: [] };
      found.count++;
      const keyCell = keyField === null ? undefined : row[keyField];
      if (found.examples.length < EXAMPLES)
        found.examples.push({
          key: keyCell === undefined ? `${i + 1}` : shownCell(keyCell),
          value: value.shown,
        });
      misfits.set(id, found);
      return null;
    }),
  );
  for (const { heading, why, type, count, examples } of misfits.values())
    issues.push({
      severity: 'error',
      kind: 'misfit',
      table: table.name,
      heading,
      why,
      expected: type,
      count,
      examples,
    });
  if (issues.length > 0) return { shaped: null, issues };
  return {
    shaped: { columns: columns.map(({ type, field }) => (field === null ? null : (type ?? 'any'))), rows },
    issues,
  };
}

interface Misfitting {
  readonly heading: string;
  readonly why: Misfit;
  readonly type: CellType | null;
  count: number;
  readonly examples: Example[];
}

function columnsOf(source: Source, table: SheetTable, fetched: Fetched, issues: Issue[]): readonly Column[] {
  const { fields } = fetched;
  const fieldOf = (name: string): number => {
    const exact = fields.indexOf(name);
    return exact >= 0 ? exact : fields.findIndex((field) => foldName(field) === foldName(name));
  };
  for (const { heading } of source.mapping)
    if (!table.columns.some((column) => foldName(column.heading) === foldName(heading)))
      issues.push({ severity: 'error', kind: 'unknown-heading', table: table.name, heading });
  return table.columns.map(({ heading, data }): Column => {
    const mapped = source.mapping.find((one) => foldName(one.heading) === foldName(heading));
    const type = mapped?.type ?? typeOf(data);
    if (mapped !== undefined && mapped.field === null) return { heading, type, field: null };
    const field = fieldOf(mapped?.field ?? heading);
    if (field >= 0) return { heading, type, field };
    // Without rows nobody knows what fields a source of objects has.
    if (fetched.rows.length > 0 || fields.length > 0)
      issues.push(
        mapped?.field == null
          ? { severity: 'error', kind: 'unfilled', table: table.name, heading, fields }
          : { severity: 'error', kind: 'no-field', table: table.name, heading, field: mapped.field, fields },
      );
    return { heading, type, field: null };
  });
}
