import type { Results } from '../engine/results.ts';
import type { Program } from '../rules/program.ts';
import type { OutputCell, OutputSheet } from '../workbook/port.ts';
import { field, fieldText, line, sortedLines, unfield, valueField } from './canonical.ts';

/** A result sheet as it was paid: values in their canonical form, column by column. */
export type PaidSheet = PaidTable | PaidStatements;

export interface PaidTable {
  readonly kind: 'table' | 'shares' | 'scalars' | 'adjustments' | 'adjustment-totals';
  readonly name: string;
  readonly headings: readonly string[];
  /** The table that it is of, for `table`. */
  readonly table?: string;
  readonly columns: readonly (readonly string[])[];
}

export interface PaidStatements {
  readonly kind: 'statements';
  readonly name: string;
  readonly headings: readonly string[];
  readonly groups: readonly StatementGroup[];
}

/** Statements whose lines are called alike. The last line is the total. */
export interface StatementGroup {
  readonly table: string;
  readonly statement: string;
  readonly lines: readonly (readonly [item: string, side: string])[];
  readonly keys: readonly string[];
  /** A list a line; a number instead is the column of the same table's sheet that has the same amounts. */
  readonly amounts: readonly (readonly string[] | number)[];
}

/** How many of its first columns name a row of a result sheet. */
export function keyColumns(kind: PaidSheet['kind']): number {
  return KEY_COLUMNS[kind];
}

const KEY_COLUMNS: Readonly<Record<PaidSheet['kind'], number>> = {
  table: 1,
  shares: 3,
  statements: 4,
  scalars: 1,
  adjustments: 6,
  'adjustment-totals': 5,
};

/** The result sheets of a run, as `resultSheets` gives them, in the form in which they are kept. */
export function keepSheets(
  program: Program,
  results: Results,
  output: readonly OutputSheet[],
): readonly PaidSheet[] {
  const left = [...output];
  const kept: PaidSheet[] = [];
  const take = (): OutputSheet => left.shift() ?? { name: '', columns: [], rows: [] };
  for (const [i, { name, columns }] of program.tables.entries()) {
    if (columns.length === 0) continue;
    // A table of more rows than a sheet holds has several.
    let rows = results.tables[i]?.rows.length ?? 0;
    do {
      const sheet = take();
      kept.push({ ...keepTable('table', sheet), table: name });
      rows -= sheet.rows.length;
    } while (rows > 0 && left.length > 0);
  }
  if (results.shares.length > 0) kept.push(keepTable('shares', take()));
  const tables = kept.filter((sheet): sheet is PaidTable => sheet.kind === 'table');
  while (left.length > 1) kept.push(keepStatements(take(), tables));
  kept.push(keepTable('scalars', take()));
  return kept;
}

const fieldOf = (cell: OutputCell | undefined): string => (cell === undefined ? '-' : valueField(cell));

/** A sheet in the form in which it is kept. */
export function keepTable(kind: PaidTable['kind'], { name, columns, rows }: OutputSheet): PaidTable {
  return {
    kind,
    name,
    headings: columns.map(({ heading }) => heading),
    columns: columns.map((_, i) => rows.map((row) => fieldOf(row[i]))),
  };
}

interface Statement {
  readonly table: string;
  readonly key: string;
  readonly statement: string;
  readonly lines: (readonly [item: string, side: string])[];
  readonly amounts: string[];
}

function keepStatements({ name, columns, rows }: OutputSheet, tables: readonly PaidTable[]): PaidStatements {
  const statements: Statement[] = [];
  for (const row of rows) {
    const [key, table, statement, number, item, side, amount] = row.map(fieldOf);
    const open = statements.at(-1);
    const text = (one: string | undefined): string => unfield((one ?? '').slice(2));
    const entry = [text(item), text(side)] as const;
    if (number === 'n:1' || open === undefined)
      statements.push({
        table: text(table),
        key: key ?? '-',
        statement: text(statement),
        lines: [entry],
        amounts: [amount ?? '-'],
      });
    else {
      open.lines.push(entry);
      open.amounts.push(amount ?? '-');
    }
  }
  const groups = groupBy(statements);
  return {
    kind: 'statements',
    name,
    headings: columns.map(({ heading }) => heading),
    groups: groups.map((group) => keepGroup(group, tables)),
  };
}

function groupBy(statements: readonly Statement[]): readonly (readonly Statement[])[] {
  const groups = new Map<string, Statement[]>();
  for (const one of statements) {
    const shape = JSON.stringify([one.table, one.statement, one.lines]);
    const group = groups.get(shape);
    if (group === undefined) groups.set(shape, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

function keepGroup(group: readonly Statement[], tables: readonly PaidTable[]): StatementGroup {
  const [{ table, statement, lines } = { table: '', statement: '', lines: [] }] = group;
  const keys = group.map(({ key }) => key);
  const sheet = tables.find((one) => one.table === table);
  const rowOf = new Map(sheet?.columns[0]?.map((key, row) => [key, row]));
  const rows = keys.map((key) => rowOf.get(key) ?? -1);
  const amounts = lines.map((_, i) => {
    const list = group.map((one) => one.amounts[i] ?? '-');
    const same = sheet?.columns.findIndex(
      (column, c) => c > 0 && list.every((amount, row) => column[rows[row] ?? -1] === amount),
    );
    return same === undefined || same < 0 ? list : same;
  });
  return { table, statement, lines, keys, amounts };
}

/** The rows of a kept sheet, each its cells in canonical form. */
export function* paidRows(sheet: PaidSheet, sheets: readonly PaidSheet[]): Generator<readonly string[]> {
  if (sheet.kind !== 'statements') {
    const rows = sheet.columns[0]?.length ?? 0;
    for (let row = 0; row < rows; row++) yield sheet.columns.map((column) => column[row] ?? '-');
    return;
  }
  for (const { table, statement, lines, keys, amounts } of sheet.groups) {
    const of = sheets.find((one): one is PaidTable => one.kind === 'table' && one.table === table);
    const rowOf = new Map(of?.columns[0]?.map((key, row) => [key, row]));
    for (const [p, key] of keys.entries())
      for (const [i, [item, side]] of lines.entries()) {
        const from = amounts[i] ?? [];
        const amount = typeof from === 'number' ? of?.columns[from]?.[rowOf.get(key) ?? -1] : from[p];
        const texts = [table, statement, item, side].map((text) => `t:${field(text)}`);
        const [t = '-', s = '-', it = '-', sd = '-'] = texts;
        yield [key, t, s, `n:${i + 1}`, it, sd, amount ?? '-'];
      }
  }
}

/** What a run's `Results` digest is the digest of, from what was kept of it. */
export function paidText(asOf: string, sheets: readonly PaidSheet[]): string {
  const lines: string[] = [];
  for (const sheet of sheets) {
    if (sheet.kind === 'statements') continue;
    const rows = [...paidRows(sheet, sheets)];
    if (sheet.kind === 'scalars') {
      // The first line is the as-of date, which is no rule.
      for (const [name = '-', value = '-'] of rows.slice(1)) lines.push(line(['S', name.slice(2), value]));
    } else if (sheet.kind === 'shares') {
      for (const [share = '', table = '', of = '-', ...sums] of rows)
        lines.push(line(['P', share.slice(2), table.slice(2), of, ...sums.slice(0, 4)]));
    } else {
      const table = field(sheet.table ?? '');
      for (const [key = '-', ...values] of rows)
        values.forEach((value, i) => {
          lines.push(line(['C', table, field(sheet.headings[i + 1] ?? ''), key, value]));
        });
    }
  }
  return line(['allot-results-1', asOf]) + sortedLines(lines).join('');
}

/** A row's key as people read it. */
export function rowName(cells: readonly string[], kind: PaidSheet['kind']): string {
  return cells
    .slice(0, keyColumns(kind))
    .map(fieldText)
    .filter((text) => text !== '')
    .join(' · ');
}
