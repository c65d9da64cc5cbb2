import { columnLetters } from '../../problems/problem.ts';
import type { Area } from '../area.ts';
import { isOurSheet } from '../names.ts';
import type { OutputSheet } from '../port.ts';
import { freeSheetName, sheetName, tableHeadings } from '../sheetNames.ts';
import type { TableShape } from '../tableReading.ts';
import type { ExcelSheet, ExcelStructure } from './structure.ts';

/** A column of a table of ours while it is rewritten. */
export interface LayoutColumn {
  readonly heading: string;
  /** Index among the columns of the result; null for one that goes when all else is written. */
  readonly source: number | null;
  /** Whether it has to be added. */
  readonly added: boolean;
}

/** One sheet that is to be written. */
export interface Target {
  readonly output: OutputSheet;
  /** The sheet's name. */
  readonly name: string;
  /** The sheet and table that are there; a sheet of ours may have lost its table. */
  readonly old: { readonly sheet: ExcelSheet; readonly table: TableShape | null } | null;
  readonly columns: readonly LayoutColumn[];
  /** Everything that writing touches, from A1. */
  readonly touched: Area;
  /** The last sheet row of the table once it is written. */
  readonly bottom: number;
}

/** Which sheet each result goes to: one of ours that has the name, else a new one. */
export function targetsOf(structure: ExcelStructure, sheets: readonly OutputSheet[]): readonly Target[] {
  const done = new Set<ExcelSheet>();
  const taken = new Set(structure.sheets.map((sheet) => sheet.name.toLowerCase()));
  return sheets.map((output) => {
    const wanted = sheetName(output.name).toLowerCase();
    const sheet = structure.sheets.find(
      (one) => one.name.toLowerCase() === wanted && isOurSheet(one.name) && !done.has(one),
    );
    if (sheet !== undefined) {
      done.add(sheet);
      const table = sheet.tables.find(({ area }) => area.top === 1 && area.left === 1) ?? null;
      return target(output, sheet.name, { sheet, table });
    }
    const name = freeSheetName(output.name, taken);
    taken.add(name.toLowerCase());
    return target(output, name, null);
  });
}

function target(output: OutputSheet, name: string, old: Target['old']): Target {
  const headings = tableHeadings(output.columns.map((column) => column.heading));
  const table = old?.table ?? null;
  const columns = layoutOf(table?.columns ?? [], headings);
  // A table has at least one row under its headings, be it empty.
  const bottom = Math.max(2, output.rows.length + 1);
  const right = Math.max(
    columns.length,
    table?.area.right ?? 0,
    table === null ? (old?.sheet.used?.right ?? 0) : 0,
  );
  const last = Math.max(bottom, table?.area.bottom ?? 0, table === null ? (old?.sheet.used?.bottom ?? 0) : 0);
  return { output, name, old, columns, touched: { top: 1, left: 1, bottom: last, right }, bottom };
}

/**
 * How the columns of a table that is there and those of a result come together. A column that is in both stays where it
 * is, so that formulas which refer to it go on doing so (Office.js has no way of moving one): columns that would have to
 * change places keep the order of the table.
 */
export function layoutOf(old: readonly string[], headings: readonly string[]): readonly LayoutColumn[] {
  const index = new Map(headings.map((heading, i) => [heading.toLowerCase(), i]));
  const had = new Set(old.map((heading) => heading.toLowerCase()));
  const kept = old.flatMap((heading) => index.get(heading.toLowerCase()) ?? []);
  let next = 0;
  const order = headings.map((heading, i) => (had.has(heading.toLowerCase()) ? (kept[next++] ?? i) : i));
  const columns: LayoutColumn[] = [];
  let past = 0;
  for (const source of order) {
    const heading = headings[source] ?? '';
    if (had.has(heading.toLowerCase())) {
      for (; past < old.length; past++) {
        const other = old[past] ?? '';
        if (other.toLowerCase() === heading.toLowerCase()) break;
        columns.push({ heading: other, source: null, added: false });
      }
      past++;
    }
    columns.push({ heading, source, added: !had.has(heading.toLowerCase()) });
  }
  for (; past < old.length; past++) columns.push({ heading: old[past] ?? '', source: null, added: false });
  return columns;
}

/** `A1:D8` of a target once it is written. */
export function finalRef({ columns, bottom }: Target): string {
  const width = columns.filter((column) => column.source !== null).length;
  return `A1:${columnLetters(Math.max(1, width))}${bottom}`;
}
