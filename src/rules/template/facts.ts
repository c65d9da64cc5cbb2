import { foldName } from '../../../grammar/tree.ts';
import { Kind, type SheetColumn } from '../../exact/column.ts';
import { foldText } from '../../exact/value.ts';
import type { SheetTable } from '../../workbook/port.ts';
import { keyProblems } from '../keys.ts';
import { writtenName } from '../writtenName.ts';

/** What a template needs to know of a table. */
export interface TableFacts {
  readonly name: string;
  readonly rows: number;
  /** The heading of a column that tells the rows apart. */
  readonly key: string;
  readonly columns: readonly ColumnFacts[];
  /** Columns of which every value is a key of another table. */
  readonly references: readonly { readonly heading: string; readonly table: string }[];
}

export interface ColumnFacts {
  readonly heading: string;
  /** Of all its cells that are not blank; `mixed` where they differ, or some hold an Excel error. */
  readonly kind: 'blank' | 'number' | 'text' | 'date' | 'logical' | 'mixed';
  /** Of a number column: whether none is below 0. */
  readonly positive: boolean;
}

/**
 * What rules may safely say of these tables. Tables of which rules can't speak are left out: no column tells their rows
 * apart, two headings are the same name, or their name can't be written.
 */
export function tableFacts(tables: readonly SheetTable[]): readonly TableFacts[] {
  const usable = tables.flatMap((table) => {
    const twin = tables.filter(({ name }) => foldName(name) === foldName(table.name)).length > 1;
    const headings = new Set(table.columns.map(({ heading }) => foldName(heading)));
    if (twin || writtenName(table.name) === null || headings.size < table.columns.length) return [];
    const key = keyColumn(table);
    return key < 0 ? [] : [{ table, key, keys: keysOf(table.columns[key]?.data) }];
  });
  return usable.map(({ table, key }): TableFacts => {
    const written = table.columns.filter(({ heading }) => writtenName(heading) !== null);
    return {
      name: table.name,
      rows: table.rows,
      key: table.columns[key]?.heading ?? '',
      columns: written.map(({ heading, data }) => ({
        heading,
        kind: kindOf(data),
        positive: isPositive(data),
      })),
      references: written.flatMap(({ heading, data }) => {
        if (heading === table.columns[key]?.heading || kindOf(data) !== 'text') return [];
        const found = usable.find((other) => other.table !== table && refers(data, other.keys));
        return found === undefined ? [] : [{ heading, table: found.table.name }];
      }),
    };
  });
}

/** The first column whose values are all there and all different, texts before numbers; −1 where there is none. */
function keyColumn(table: SheetTable): number {
  const candidates = table.columns
    .map((_, i) => i)
    .filter((i) => i === 0 || kindOf(table.columns[i]?.data) === 'text');
  const others = table.columns.map((_, i) => i).filter((i) => !candidates.includes(i));
  return [...candidates, ...others].find((i) => isKey(table, i)) ?? -1;
}

function isKey(table: SheetTable, index: number): boolean {
  const column = table.columns[index];
  if (column === undefined || writtenName(column.heading) === null) return false;
  const { data } = column;
  // Texts are kept once each: this tells most columns that are no key without looking at the cells.
  if (kindOf(data) === 'text' && data.texts.length < data.length) return false;
  return keyProblems(table, index).length === 0;
}

function kindOf(column: SheetColumn | undefined): ColumnFacts['kind'] {
  let kind: ColumnFacts['kind'] = 'blank';
  if (column === undefined) return kind;
  for (const cell of column.kinds) {
    const its = NAMES[cell] ?? 'mixed';
    if (its === 'blank' || its === kind) continue;
    if (kind !== 'blank') return 'mixed';
    kind = its;
    if (kind === 'mixed') return kind;
  }
  return kind;
}

const NAMES: Readonly<Record<number, ColumnFacts['kind']>> = {
  [Kind.BLANK]: 'blank',
  [Kind.NUMBER]: 'number',
  [Kind.WIDE]: 'number',
  [Kind.TEXT]: 'text',
  [Kind.DATE]: 'date',
  [Kind.LOGICAL]: 'logical',
  [Kind.ERROR]: 'mixed',
};

function isPositive({ kinds, payload, wide }: SheetColumn): boolean {
  for (let row = 0; row < kinds.length; row++) {
    if (kinds[row] === Kind.NUMBER && (payload[row] ?? 0) < 0) return false;
    if (kinds[row] === Kind.WIDE && (wide.get(row)?.n ?? 0n) < 0n) return false;
  }
  return true;
}

/** The keys of a table that are texts, as they compare. */
function keysOf(column: SheetColumn | undefined): ReadonlySet<string> {
  return new Set(column !== undefined && kindOf(column) === 'text' ? column.texts.map(foldText) : []);
}

function refers(column: SheetColumn, keys: ReadonlySet<string>): boolean {
  return keys.size > 0 && column.texts.length > 0 && column.texts.every((text) => keys.has(foldText(text)));
}
