import type { Outcome, Results } from '../engine/results.ts';
import { integer } from '../exact/rational.ts';
import { BLANK, type Value } from '../exact/value.ts';
import type { Language } from '../problems/messages/index.ts';
import type { Program } from '../rules/program.ts';
import type { OutputCell, OutputSheet, Workbook } from '../workbook/port.ts';
import { outputColumn } from './format.ts';
import { personStatements } from './statements.ts';
import { keyHeading, keyValue } from './values.ts';
import { words } from './words.ts';

/**
 * The results of a run without errors as sheets: `Allot TABLE` for every table with computed columns, `Allot Shares`
 * with one row a pool, `Allot Statements` with one row a line of every statement and its total, and `Allot Scalars`.
 * Headings of rules are spelled as in the rules; the fixed ones are in `language`.
 */
export function resultSheets(
  program: Program,
  workbook: Workbook,
  results: Results,
  language: Language,
): readonly OutputSheet[] {
  const tables = program.tables.flatMap(({ columns }, index) =>
    columns.length === 0 ? [] : split(tableSheet(program, workbook, results, index)),
  );
  const taken = new Set(tables.map(({ name }) => name.toLowerCase()));
  const fixed = (name: string): string =>
    taken.has(`allot ${name}`.toLowerCase()) ? `Allot Run ${name}` : `Allot ${name}`;
  return [
    ...tables,
    ...(results.shares.length === 0
      ? []
      : [shareSheet(fixed('Shares'), program, workbook, results, language)]),
    ...statementSheet(fixed('Statements'), program, workbook, results, language),
    scalarSheet(fixed('Scalars'), program, results, language),
  ];
}

/** The as-of date, so that a result says which month it is of, and the scalar rules. */
function scalarSheet(name: string, program: Program, results: Results, language: Language): OutputSheet {
  const w = words(language);
  const asOf: OutputCell = { kind: 'date', ms: integer(results.asOf) };
  const rows = [
    [text('as_of'), asOf],
    ...program.scalars.map((scalar, id) => [text(scalar.name), cellOf(results.scalars[id])]),
  ];
  // Rates, amounts and dates stand below one another: no format fits them all.
  const { heading, width } = outputColumn(
    w.name,
    rows.flatMap(([cell]) => cell ?? []),
  );
  return {
    name,
    columns: [
      { heading, width },
      { heading: w.value, width: 22 },
    ],
    rows,
  };
}

function tableSheet(program: Program, workbook: Workbook, results: Results, table: number): OutputSheet {
  const ids = program.tables[table]?.columns ?? [];
  const counted = results.tables[table]?.rows ?? new Uint32Array();
  const rows = Array.from(counted, (row): readonly OutputCell[] => [
    keyValue(program, workbook, table, row),
    ...ids.map((id) => cellOf(results.columns[id]?.at(row))),
  ]);
  const headings = [
    keyHeading(program, workbook, table),
    ...ids.map((id) => program.columns[id]?.name ?? ''),
  ];
  const name = `Allot ${program.tables[table]?.name ?? ''}`;
  return sheet(name, headings, rows, [0]);
}

function shareSheet(
  name: string,
  program: Program,
  workbook: Workbook,
  results: Results,
  language: Language,
): OutputSheet {
  const w = words(language);
  const rows = results.shares.map((result): readonly OutputCell[] => {
    const share = program.shares[result.share];
    const of =
      share === undefined || share.each === null || result.of === null
        ? BLANK
        : keyValue(program, workbook, share.each.table, result.of);
    return [
      text(share?.name ?? ''),
      text(program.tables[share?.table ?? -1]?.name ?? ''),
      of,
      { kind: 'number', value: result.pool },
      { kind: 'number', value: result.settled },
      { kind: 'number', value: result.shared },
      { kind: 'number', value: result.unallocated },
      { kind: 'number', value: integer(result.members.length) },
      result.level === null ? BLANK : { kind: 'number', value: result.level },
    ];
  });
  const headings = [w.share, w.table, w.of, w.pool, w.settled, w.shared, w.unallocated, w.members, w.level];
  return sheet(name, headings, rows, [2]);
}

function statementSheet(
  name: string,
  program: Program,
  workbook: Workbook,
  results: Results,
  language: Language,
): readonly OutputSheet[] {
  const w = words(language);
  const rows: (readonly OutputCell[])[] = [];
  // The same few texts and numbers stand in every statement: one cell each.
  const texts = new Map<string, OutputCell>();
  const shared = (value: string): OutputCell => {
    const cell = texts.get(value) ?? text(value);
    texts.set(value, cell);
    return cell;
  };
  const numbers: OutputCell[] = [];
  const numbered = (i: number): OutputCell => {
    numbers[i] ??= { kind: 'number', value: integer(i + 1) };
    return numbers[i];
  };
  for (const person of personStatements(program, workbook, results)) {
    const table = shared(program.tables[person.table]?.name ?? '');
    const key = keyValue(program, workbook, person.table, person.row);
    const statement = shared(person.name);
    for (const [i, { sign, item, amount }] of person.lines.entries()) {
      const side = shared(sign === 'add' ? w.add : w.less);
      rows.push([key, table, statement, numbered(i), shared(item), side, amount]);
    }
    const last = numbered(person.lines.length);
    rows.push([key, table, statement, last, statement, shared(w.total), person.total]);
  }
  if (rows.length === 0) return [];
  // The key stands first, as in every table: a row is known by it.
  const headings = [w.key, w.table, w.statement, w.line, w.item, w.sign, w.amount];
  return split(sheet(name, headings, rows, [0]));
}

/** Rows below the headings that a sheet of Excel holds. */
const MOST_ROWS = 1_048_575;

/** A sheet with more rows than Excel has is told in several: `NAME`, `NAME 2`, … */
export function split(whole: OutputSheet, most = MOST_ROWS): readonly OutputSheet[] {
  const { name, columns, rows } = whole;
  if (rows.length <= most) return [whole];
  const parts = Math.ceil(rows.length / most);
  return Array.from({ length: parts }, (_, i) => ({
    name: i === 0 ? name : `${name} ${i + 1}`,
    columns,
    rows: rows.slice(i * most, (i + 1) * most),
  }));
}

/** `keys`: columns of keys, which are shown as they are. */
function sheet(
  name: string,
  headings: readonly string[],
  rows: readonly (readonly OutputCell[])[],
  keys: readonly number[],
): OutputSheet {
  const columns = headings.map((heading, i) => {
    const column = outputColumn(heading, cellsOf(rows, i));
    if (!keys.includes(i) || column.format === undefined || column.format.startsWith('yyyy')) return column;
    return { heading: column.heading, width: column.width };
  });
  return { name, columns, rows };
}

function* cellsOf(rows: readonly (readonly OutputCell[])[], column: number): Generator<OutputCell> {
  for (const row of rows) yield row[column] ?? BLANK;
}

const text = (value: string): Value => ({ kind: 'text', value });

/** A run without errors has no faults. */
function cellOf(outcome: Outcome | undefined): OutputCell {
  return outcome === undefined || outcome.kind === 'fault' ? BLANK : outcome;
}
