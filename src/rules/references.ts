import { columnValue, Kind, type SheetColumn, uniformOf } from '../exact/column.ts';
import { placeOfText } from '../exact/textIndex.ts';
import type { Problem } from '../problems/problem.ts';
import type { SheetTable, Workbook } from '../workbook/port.ts';
import { cellOf, type KeySet, keySet, keyTextAt } from './keys.ts';
import type { Program, ProgramTable } from './program.ts';

type Reference = ProgramTable['references'][number];

/**
 * Cells of one table's references that are no key of the table that they refer to, and error values in them.
 * `rows` are those that count; all where null.
 */
export function referenceProblems(
  workbook: Workbook,
  tables: readonly Pick<ProgramTable, 'key' | 'references'>[],
  table: number,
  rows: Uint32Array | null,
): readonly Problem[] {
  const sheet = workbook.tables[table];
  const plan = tables[table];
  if (sheet === undefined || plan === undefined) return [];
  return plan.references.flatMap((reference) => {
    const target = workbook.tables[reference.table];
    const keys = target?.columns[tables[reference.table]?.key ?? 0]?.data;
    if (target === undefined || keys === undefined) return [];
    const column = sheet.columns[reference.column]?.data;
    if (rows === null && column !== undefined && areSurelyKeys(column, keys)) return [];
    return orphans(sheet, plan.key, reference, target.name, keySet(keys), rows);
  });
}

/** Whether every row has a text that is spelled like a key, as far as that is quickly seen. */
function areSurelyKeys(column: SheetColumn, keys: SheetColumn): boolean {
  const index = uniformOf(keys)?.index ?? null;
  if (index === null || uniformOf(column)?.only !== Kind.TEXT) return false;
  return column.texts.every((text) => placeOfText(index, text) >= 0);
}

/** The same for every table whose rows depend on its `where`: known only once that has been evaluated. */
export function filteredReferenceProblems(
  program: Program,
  workbook: Workbook,
  rowsOf: (table: number) => Uint32Array,
): readonly Problem[] {
  return program.tables.flatMap((table, index) =>
    table.where === null || table.references.length === 0
      ? []
      : referenceProblems(workbook, program.tables, index, rowsOf(index)),
  );
}

function orphans(
  table: SheetTable,
  key: number,
  reference: Reference,
  target: string,
  keys: KeySet,
  rows: Uint32Array | null,
): Problem[] {
  const column = table.columns[reference.column]?.data;
  const keyColumn = table.columns[key]?.data;
  if (column === undefined || keyColumn === undefined) return [];
  const found: Problem[] = [];
  // Foreign keys repeat: each different text or number is looked up once.
  const texts = new Int8Array(column.texts.length).fill(-1);
  const numbers = new Map<number, boolean>();

  function known(row: number): boolean {
    const payload = column?.payload[row] ?? 0;
    const kind = column?.kinds[row];
    if (kind === Kind.TEXT && texts[payload] !== -1) return texts[payload] === 1;
    const before = kind === Kind.NUMBER ? numbers.get(payload) : undefined;
    if (before !== undefined) return before;
    const value = column === undefined ? null : columnValue(column, row);
    const has = value !== null && keys.has(value);
    if (kind === Kind.TEXT) texts[payload] = has ? 1 : 0;
    if (kind === Kind.NUMBER) numbers.set(payload, has);
    return has;
  }

  // Where all cells are texts and each text is a key, no row needs a look.
  if (
    rows === null &&
    uniformOf(column)?.only === Kind.TEXT &&
    column.texts.every((value) => keys.has({ kind: 'text', value }))
  )
    return [];
  const count = rows === null ? column.length : rows.length;
  for (let i = 0; i < count; i++) {
    const row = rows === null ? i : (rows[i] ?? 0);
    const kind = column.kinds[row];
    if (kind === Kind.BLANK) continue;
    if (kind !== Kind.ERROR && known(row)) continue;
    const where = { at: cellOf(table, reference.column, row), key: keyTextAt(keyColumn, row) };
    const value = keyTextAt(column, row);
    if (kind === Kind.ERROR) found.push({ severity: 'error', code: 'cell-error', value, ...where });
    else {
      const read = columnValue(column, row);
      const differs = read === null ? undefined : keys.differs(read);
      const how = differs === undefined ? {} : { differs };
      found.push({ severity: 'error', code: 'orphan', value, table: target, ...how, ...where });
    }
  }
  return found;
}
