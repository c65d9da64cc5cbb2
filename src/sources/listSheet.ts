import { columnValue } from '../exact/column.ts';
import { exactValueText } from '../exact/text.ts';
import { foldName } from '../workbook/names.ts';
import type { SheetTable, TableHead } from '../workbook/port.ts';

/** A row of a list. */
export interface ListPlace {
  readonly sheet: string;
  readonly row: number;
}

export interface NoColumn {
  readonly kind: 'no-column';
  readonly at: ListPlace;
  /** In all of its languages. */
  readonly heading: string;
}

export interface BadCell {
  readonly kind: 'bad-cell';
  readonly at: ListPlace;
  readonly heading: string;
  readonly text: string;
  /** What may stand there, where that is a choice. */
  readonly known: readonly string[];
}

/** A row of a list, whose cells are asked for by their fields. */
export interface ListRow<F extends string> {
  readonly at: ListPlace;
  /** What is in a cell, without spaces around it; empty where the list has no such column. */
  text(field: F): string;
  /** The heading of a field as the list has it. */
  heading(field: F): string;
  /** A cell that can't be read. */
  bad(field: F, known?: readonly string[]): BadCell;
}

/** The table of a list among those of a book: the one that is called so, or else the one on a sheet that is. */
export function listHead(tables: readonly TableHead[], names: readonly string[]): TableHead | undefined {
  const folded = names.map(foldName);
  return (
    tables.find(({ name }) => folded.includes(foldName(name))) ??
    tables.find(({ sheet }) => folded.includes(foldName(sheet)))
  );
}

/** Reads a list that people write, such as `Sources`: the columns that it lacks, and without these its rows. */
export function readList<F extends string>(
  table: SheetTable,
  headings: Readonly<Record<F, readonly string[]>>,
  needed: readonly NoInfer<F>[],
): { readonly lacking: readonly NoColumn[]; readonly rows: readonly ListRow<F>[] } {
  const columnOf = (field: F) =>
    table.columns.find(({ heading }) => headings[field].some((one) => foldName(one) === foldName(heading)));
  const lacking = needed
    .filter((field) => columnOf(field) === undefined)
    .map(
      (field): NoColumn => ({
        kind: 'no-column',
        at: { sheet: table.sheet, row: table.headingRow },
        heading: headings[field].join(' / '),
      }),
    );
  if (lacking.length > 0) return { lacking, rows: [] };
  const heading = (field: F): string => columnOf(field)?.heading ?? headings[field][0] ?? '';
  const rows = Array.from({ length: table.rows }, (_, row): ListRow<F> => {
    const at = { sheet: table.sheet, row: table.sheetRows[row] ?? 0 };
    const text = (field: F): string => {
      const column = columnOf(field);
      const value = column === undefined ? null : columnValue(column.data, row);
      return value === null ? '' : exactValueText(value).trim();
    };
    return {
      at,
      text,
      heading,
      bad: (field, known = []) => ({
        kind: 'bad-cell',
        at,
        heading: heading(field),
        text: text(field),
        known,
      }),
    };
  });
  return { lacking, rows };
}
