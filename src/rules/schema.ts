import { foldName } from '../../grammar/tree.ts';
import type { Problem } from '../problems/problem.ts';
import type { SheetTable, Workbook } from '../workbook/port.ts';
import { suggestion } from './names.ts';

/** What the rules may name of the workbook: tables with their sheet columns, and defined names. */
export interface Schema {
  readonly tables: readonly SheetTable[];
  /** Index of a table by name, or −1. */
  table(name: string): number;
  /** Index of a table's sheet column by name, or −1. */
  column(table: number, name: string): number;
  /** Index of a defined name, or −1. */
  definedName(name: string): number;
  suggestTable(name: string): string | undefined;
  /** Headings that become the same name, of the tables asked for. */
  headingProblems(table: number): readonly Problem[];
}

/** A table of the workbook that was not read. */
export type OtherTable = Pick<SheetTable, 'name' | 'sheet'>;

export function createSchema(workbook: Workbook, otherTables: readonly OtherTable[]): Schema {
  const tables = new Map<string, number>();
  workbook.tables.forEach((table, index) => {
    const folded = foldName(table.name);
    if (!tables.has(folded)) tables.set(folded, index);
  });
  const columns = workbook.tables.map((table) => {
    const byName = new Map<string, number>();
    table.columns.forEach((column, index) => {
      const folded = foldName(column.heading);
      if (!byName.has(folded)) byName.set(folded, index);
    });
    return byName;
  });
  const names = new Map<string, number>();
  workbook.names.forEach((name, index) => {
    const folded = foldName(name.name);
    if (!names.has(folded)) names.set(folded, index);
  });

  function headingProblems(index: number): readonly Problem[] {
    const table = workbook.tables[index];
    if (table === undefined) return [];
    return table.columns.flatMap((column, i): Problem[] => {
      const first = columns[index]?.get(foldName(column.heading)) ?? i;
      const other = table.columns[first];
      if (first === i || other === undefined) return [];
      const cell = (n: number) =>
        ({ kind: 'cell', sheet: table.sheet, row: table.headingRow, column: n }) as const;
      return [
        {
          severity: 'error',
          code: 'duplicate-heading',
          heading: column.heading,
          first: cell(other.column),
          at: cell(column.column),
        },
      ];
    });
  }

  /** The one table on a sheet of that name, else a name that is near. */
  function suggestTable(name: string): string | undefined {
    const all = [...workbook.tables, ...otherTables];
    const [onSheet, another] = all.filter((table) => foldName(table.sheet) === foldName(name));
    if (onSheet !== undefined && another === undefined) return onSheet.name;
    return suggestion(
      name,
      all.map((table) => table.name),
    );
  }

  return {
    tables: workbook.tables,
    table: (name) => tables.get(foldName(name)) ?? -1,
    column: (table, name) => columns[table]?.get(foldName(name)) ?? -1,
    definedName: (name) => names.get(foldName(name)) ?? -1,
    suggestTable,
    headingProblems,
  };
}
