import { foldName, type RuleFile } from '../../grammar/tree.ts';
import type { Reason, Target } from '../engine/plain/index.ts';
import type { CellPlace, Outcome, Results } from '../engine/results.ts';
import { columnValue } from '../exact/column.ts';
import { isoOfMs, parseDate } from '../exact/date.ts';
import { parseDecimal } from '../exact/decimal.ts';
import { equal } from '../exact/rational.ts';
import { foldText, type Value } from '../exact/value.ts';
import type { Language } from '../problems/messages/index.ts';
import type { Problem, ProblemData } from '../problems/problem.ts';
import { cellOf } from '../rules/keys.ts';
import { suggestion } from '../rules/names.ts';
import type { Program } from '../rules/program.ts';
import type { Workbook } from '../workbook/port.ts';
import { type TargetWords, targetWords } from './targetWords.ts';
import { keyColumn, keyText } from './values.ts';

/** What NAME and KEY mean, or why they mean nothing: as a problem, and as a sentence where it has none of its own. */
export type Found =
  | { readonly kind: 'target'; readonly target: Target; readonly name: string; readonly key: string | null }
  | { readonly kind: 'cell'; readonly reason: Reason; readonly name: string; readonly key: string | null }
  | { readonly kind: 'refusal'; readonly problem: Problem; readonly said?: string };

export interface ComputedBook {
  readonly program: Program;
  readonly workbook: Workbook;
  readonly results: Results;
  readonly file: RuleFile;
}

const TABLE_COLUMN = /^\s*(.+?)\s*\[([^[\]]+)\]\s*$/;
const BRACKETED = /^\s*\[([^[\]]+)\]\s*$/;

/**
 * Finds a scalar rule, a computed column or else a sheet column or defined name, and the row of a key. Names and keys
 * match as in the rules.
 */
export function findTarget(book: ComputedBook, asked: string, key: string | null, language: Language): Found {
  const { program } = book;
  const t = targetWords(language);
  const qualified = TABLE_COLUMN.exec(asked);
  const name = foldName(qualified?.[2] ?? BRACKETED.exec(asked)?.[1] ?? asked);
  const table = qualified === null ? null : foldName(qualified[1] ?? '');
  const columns = [...program.columns.entries()].filter(
    ([, column]) =>
      foldName(column.name) === name &&
      (table === null || foldName(program.tables[column.table]?.name ?? '') === table),
  );
  const scalar = table === null ? program.scalars.findIndex((rule) => foldName(rule.name) === name) : -1;
  if (scalar >= 0 && (key === null || columns.length === 0)) {
    const spelled = program.scalars[scalar]?.name ?? asked;
    if (key !== null) return misused(t.ofScalar(spelled), spelled);
    return { kind: 'target', target: { kind: 'scalar', scalar }, name: spelled, key: null };
  }
  const [first, second] = columns;
  if (first === undefined)
    return findCell(book, name, table, key, t) ?? refuseName(unknown(book, name, asked, qualified), t);
  if (second !== undefined) {
    const tables = columns.map(([, column]) => program.tables[column.table]?.name ?? '');
    const spelled = first[1].name;
    return refusal({ code: 'ambiguous-name', name: spelled, tables }, t.ambiguous(spelled, tables));
  }
  return findRow(book, first[0], key, t);
}

/** The message of a rule speaks of defining the name, or of texts; here it is an argument. */
function refuseName(data: ProblemData, t: TargetWords): Found {
  return data.code === 'unknown-name' && data.table === undefined && data.suggestion === undefined
    ? refusal(data, t.noName(data.name))
    : refusal(data);
}

/** A sheet column or a defined name: there is no rule to explain, but a cell to show. Null where there is none. */
function findCell(
  { program, workbook }: ComputedBook,
  name: string,
  table: string | null,
  key: string | null,
  t: TargetWords,
): Found | null {
  const columns = workbook.tables.flatMap((sheet, index) =>
    table === null || foldName(sheet.name) === table
      ? sheet.columns.flatMap((column, at) =>
          foldName(column.heading) === name ? [{ sheet, index, column, at }] : [],
        )
      : [],
  );
  const defined = table === null ? workbook.names.find((found) => foldName(found.name) === name) : undefined;
  if (defined !== undefined && (key === null || columns.length === 0)) {
    const cell = { kind: 'cell', sheet: defined.sheet, row: defined.row, column: defined.column } as const;
    if (key !== null) return misused(t.ofScalar(defined.name), defined.name);
    const outcome = outcomeOf(defined.value, defined.error ?? '', cell);
    return {
      kind: 'cell',
      reason: { kind: 'name', name: defined.name, cell, outcome, children: [] },
      name: defined.name,
      key: null,
    };
  }
  const [first, second] = columns;
  if (first === undefined) return null;
  const { heading, data } = first.column;
  if (second !== undefined) {
    const tables = columns.map(({ sheet }) => sheet.name);
    return refusal({ code: 'ambiguous-name', name: heading, tables }, t.ambiguous(heading, tables));
  }
  const row = rowOf(program, workbook, first.index, heading, key, t);
  if (typeof row !== 'number') return row;
  const cell = cellOf(first.sheet, first.at, row);
  const outcome = outcomeOf(columnValue(data, row), data.texts[data.payload[row] ?? 0] ?? '', cell);
  const spelled = keyText(program, workbook, first.index, row);
  return {
    kind: 'cell',
    reason: {
      kind: 'sheet',
      name: heading,
      table: first.sheet.name,
      row,
      key: spelled,
      cell,
      outcome,
      children: [],
    },
    name: heading,
    key: spelled,
  };
}

/** What a cell holds; its error value as a problem. */
function outcomeOf(value: Value | null, error: string, at: CellPlace): Outcome {
  return value ?? { kind: 'fault', problem: { code: 'cell-error', value: error, severity: 'error', at } };
}

/** The row with a key that was asked for, whether it counts or not. */
function rowOf(
  program: Program,
  workbook: Workbook,
  table: number,
  name: string,
  key: string | null,
  t: TargetWords,
): number | Found {
  const tableName = program.tables[table]?.name ?? '';
  if (key === null) return misused(t.needsKey(name, tableName), `${name} KEY`);
  const data = keyColumn(program, workbook, table);
  const rows = workbook.tables[table]?.rows ?? 0;
  for (let row = 0; data !== null && row < rows; row++) {
    const value = columnValue(data, row);
    if (value !== null && isKey(value, key)) return row;
  }
  const keys = Array.from({ length: rows }, (_, row) => keyText(program, workbook, table, row));
  return refusal(
    { code: 'not-found', value: key, table: tableName },
    t.noKey(key, tableName, suggestion(key, keys)),
  );
}

function findRow(
  { program, workbook, results }: ComputedBook,
  column: number,
  key: string | null,
  t: TargetWords,
): Found {
  const { name, table } = program.columns[column] ?? { name: '', table: 0 };
  const tableName = program.tables[table]?.name ?? '';
  const row = rowOf(program, workbook, table, name, key, t);
  if (typeof row !== 'number') return row;
  const spelled = keyText(program, workbook, table, row);
  if (results.tables[table]?.rows.includes(row) ?? false)
    return { kind: 'target', target: { kind: 'column', column, row }, name, key: spelled };
  const asked = key ?? spelled;
  return refusal({ code: 'not-found', value: asked, table: tableName }, t.leftOut(asked, tableName));
}
/** Whether a written key is this one: numbers by value, dates by their instant, texts without regard to case. */
function isKey(value: Value, written: string): boolean {
  switch (value.kind) {
    case 'text':
      return foldText(value.value) === foldText(written);
    case 'number': {
      const number = written.length < 400 ? parseDecimal(written.trim()) : null;
      return number !== null && equal(number, value.value);
    }
    case 'date': {
      const ms = parseDate(written.trim());
      return ms !== null && value.ms.d === 1n && value.ms.n === BigInt(ms);
    }
    case 'logical':
      return foldText(written.trim()) === (value.value ? 'true' : 'false');
    case 'blank':
      return false;
    default: {
      const never: never = value;
      return never;
    }
  }
}

/** Why nothing is called so; `qualified` where a table was named before it. */
function unknown(
  { program, workbook, file, results }: ComputedBook,
  name: string,
  asked: string,
  qualified: RegExpExecArray | null,
): ProblemData {
  const near = (wanted: string, candidates: readonly string[]) => {
    const found = suggestion(wanted, candidates);
    return found === undefined ? {} : { suggestion: found };
  };
  const [, table, column] = qualified ?? [];
  if (table !== undefined && column !== undefined) {
    const tables = workbook.tables.map((t) => t.name);
    const index = tables.findIndex((t) => foldName(t) === foldName(table));
    if (index < 0) return { code: 'unknown-table', name: table, ...near(table, tables) };
    const columns = [
      ...program.columns.filter((c) => c.table === index).map((c) => c.name),
      ...(workbook.tables[index]?.columns ?? []).map((c) => c.heading),
    ];
    return { code: 'unknown-name', name: column, table: tables[index] ?? table, ...near(column, columns) };
  }
  // Defined in the rules, but no version of it is in force.
  if (definedNames(file).has(name))
    return { code: 'no-version-in-force', name: asked, asOf: isoOfMs(results.asOf) };
  const known = [
    ...[...program.scalars, ...program.columns, ...workbook.names].map((found) => found.name),
    ...workbook.tables.flatMap((sheet) => sheet.columns.map((column) => column.heading)),
  ];
  return { code: 'unknown-name', name: asked, ...near(asked, known) };
}

function definedNames(file: RuleFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const item of file.items) {
    if (item.kind === 'rule' || item.kind === 'score' || item.kind === 'share' || item.kind === 'statement')
      names.add(foldName(item.name.text));
    if (item.kind !== 'each') continue;
    for (const line of item.body)
      if (line.kind === 'rule' || line.kind === 'share') names.add(foldName(line.name.text));
  }
  return names;
}

function refusal(data: ProblemData, said?: string): Found {
  return {
    kind: 'refusal',
    problem: { ...data, severity: 'error' },
    ...(said === undefined ? {} : { said }),
  };
}

function misused(said: string, name: string): Found {
  return refusal(
    { code: 'wrong-arguments', name: 'explain', usage: `allot explain BOOK --as-of DATE ${name}` },
    said,
  );
}
