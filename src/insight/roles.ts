import { columnValue } from '../exact/column.ts';
import { foldName } from '../workbook/names.ts';
import type { SheetTable, TableColumn, Workbook } from '../workbook/port.ts';
import { ROLE_NAMES, type RoleName, type RoleNames } from './roleNames.ts';

/** A table that plays a part, and which of its columns does what. */
export interface Role {
  readonly table: SheetTable;
  readonly columns: Readonly<Record<string, TableColumn>>;
}

export type Roles = Readonly<Partial<Record<RoleName, Role>>>;

/** The table in which a book says what plays which part: columns Role (角色) and Name (名称). */
const MAPPING_NAMES: readonly string[] = ['insight', '分析'];

/** Whether a table may play a part by its name, or says which ones do. */
export function mayPlay(name: string): boolean {
  const folded = foldName(name);
  return (
    MAPPING_NAMES.includes(folded) ||
    Object.values<RoleNames>(ROLE_NAMES).some(({ tables }) => tables.includes(folded))
  );
}

/**
 * The names a sheet `Insight` gives: a row `tickets` – `Work orders` says which table the tickets are in, a row
 * `tickets.answered` – `Replied` which of its columns. Keyed by the role as written, folded.
 */
export function mappingOf(workbook: Pick<Workbook, 'tables'>): ReadonlyMap<string, string> {
  const sheet = workbook.tables.find(({ name }) => MAPPING_NAMES.includes(foldName(name)));
  const [role, name] = sheet?.columns ?? [];
  const mapping = new Map<string, string>();
  if (sheet === undefined || role === undefined || name === undefined) return mapping;
  for (let row = 0; row < sheet.rows; row++) {
    const key = columnValue(role.data, row);
    const value = columnValue(name.data, row);
    if (key?.kind === 'text' && value?.kind === 'text')
      mapping.set(foldName(key.value), foldName(value.value));
  }
  return mapping;
}

/** Finds which tables and columns play which part: by the mapping, else by their names. */
export function rolesOf(workbook: Pick<Workbook, 'tables'>): Roles {
  const mapping = mappingOf(workbook);
  const found: Partial<Record<RoleName, Role>> = {};
  for (const name of Object.keys(ROLE_NAMES) as RoleName[]) {
    const role = roleOf(workbook.tables, name, ROLE_NAMES[name], mapping);
    if (role !== null) found[name] = role;
  }
  return found;
}

function roleOf(
  tables: readonly SheetTable[],
  role: RoleName,
  { tables: names, columns, needed }: RoleNames,
  mapping: ReadonlyMap<string, string>,
): Role | null {
  const given = mapping.get(role);
  const table = first(given === undefined ? names : [given], (name) =>
    tables.find((one) => foldName(one.name) === name),
  );
  if (table === null) return null;
  const chosen: Record<string, TableColumn> = {};
  for (const [part, of] of Object.entries(columns)) {
    const own = mapping.get(`${role}.${part}`);
    const column = first(own === undefined ? of : [own], (name) =>
      table.columns.find(({ heading }) => foldName(heading) === name),
    );
    if (column !== null) chosen[part] = column;
  }
  return needed.every((part) => chosen[part] !== undefined) ? { table, columns: chosen } : null;
}

function first<T>(names: readonly string[], find: (name: string) => T | undefined): T | null {
  for (const name of names) {
    const found = find(name);
    if (found !== undefined) return found;
  }
  return null;
}
