import { foldName } from '../../../grammar/tree.ts';
import type { Program } from '../../rules/program.ts';
import type { Side } from './sides.ts';

/** A column whose amounts are compared. */
export interface ColumnName {
  readonly table: string;
  readonly column: string;
}

/** A text that names a column whatever its spelling. */
export const columnId = ({ table, column }: ColumnName): string => `${foldName(table)}[${foldName(column)}]`;

/** The columns that shares and statements pay into, of either side, in the order of the rules. */
export function payColumns(sides: readonly Pick<Side, 'program'>[]): readonly ColumnName[] {
  return columnsOf(sides, (program, id) =>
    (program.columns[id]?.definitions ?? []).some(({ kind }) => kind === 'share' || kind === 'statement'),
  );
}

/** All computed columns of either side. */
export function allColumns(sides: readonly Pick<Side, 'program'>[]): readonly ColumnName[] {
  return columnsOf(sides, () => true);
}

/** The columns of these names (`reward`, `Staff[reward]`); the first name that there is none of. */
export function namedColumns(
  sides: readonly Pick<Side, 'program'>[],
  asked: readonly string[],
): readonly ColumnName[] | string {
  const all = allColumns(sides);
  const found: ColumnName[] = [];
  for (const name of asked) {
    const meant = all.filter(
      ({ table, column }) =>
        foldName(column) === foldName(name) || foldName(`${table}[${column}]`) === foldName(name),
    );
    if (meant.length === 0) return name;
    for (const one of meant) if (!found.includes(one)) found.push(one);
  }
  return found;
}

function columnsOf(
  sides: readonly Pick<Side, 'program'>[],
  wanted: (program: Program, id: number) => boolean,
): readonly ColumnName[] {
  const found = new Map<string, ColumnName>();
  for (const { program } of sides)
    program.columns.forEach(({ table, name }, id) => {
      if (!wanted(program, id)) return;
      const column = { table: program.tables[table]?.name ?? '', column: name };
      if (!found.has(columnId(column))) found.set(columnId(column), column);
    });
  return [...found.values()];
}

/** The index of a table of a program; -1 where it has none of the name. */
export function tableIndex(program: Program, table: string): number {
  return program.tables.findIndex(({ name }) => foldName(name) === foldName(table));
}
