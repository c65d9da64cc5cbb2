import type { Known } from '../../engine/plain/known.ts';
import { type Env, sheetValue } from '../../engine/plain/reading.ts';
import { compareKeys, identity } from '../../engine/plain/values.ts';
import { nodeExpressions, readsLevel, some } from '../../engine/plain/walk.ts';
import type { Results } from '../../engine/results.ts';
import { foldText } from '../../exact/value.ts';
import type { Aggregate, Expr, Program } from '../../rules/program.ts';
import type { Workbook } from '../../workbook/port.ts';

/** A condition that keeps to the rows of one row around: `engineer = id`, where `id` is that row's key. */
export interface Tie {
  readonly cell: Extract<Expr, { readonly op: 'sheet' | 'column' }>;
  /** The level of the row around. */
  readonly level: number;
}

/** Whose a row is, seen from one person: theirs, another person's, or nobody's (a grade, a month, a department). */
export type Owner = 'own' | 'other' | 'nobody';

export type { Env, Known };
export { compareKeys, identity };

/** The tie of an aggregate; null where it runs over more than the rows of one row around it. */
export function tieOf(program: Program, expr: Aggregate): Tie | null {
  for (let rest = expr.where; rest !== null; ) {
    const conjunct: Expr = rest.op === 'and' ? rest.right : rest;
    rest = rest.op === 'and' ? rest.left : null;
    if (conjunct.op !== 'compare' || conjunct.operator !== '=') continue;
    const found =
      tied(program, conjunct.left, conjunct.right, expr.level) ??
      tied(program, conjunct.right, conjunct.left, expr.level);
    if (found !== null) return found;
  }
  return null;
}

function tied(program: Program, cell: Expr, key: Expr, level: number): Tie | null {
  if ((cell.op !== 'sheet' && cell.op !== 'column') || cell.level !== level) return null;
  if (key.op !== 'sheet' || key.level >= level || program.tables[key.table]?.key !== key.column) return null;
  return { cell, level: key.level };
}

/** What a run's tables say about whose their rows are. Made once a run and table of people. */
export interface Owners {
  of(table: number, row: number, person: number): Owner;
  /** Rows at which a tie's cell is this value. */
  rows(tie: Tie, value: string): readonly number[];
  /** Whether a cell of a row that a person may see is kept from them all the same. */
  hidden(table: number, column: number, row: number, person: number): boolean;
}

/** @param people the table of those who have statements */
export function ownersOf(program: Program, workbook: Workbook, results: Results, people: number): Owners {
  const personColumns = columnsOfPersons(program, people);
  const keyColumn = program.tables[people]?.key ?? 0;
  const keys: (string | null)[] = [];
  const known = new Map<string, number>();
  const count = workbook.tables[people]?.rows ?? 0;
  const idAt = (table: number, column: number, row: number): string | null => {
    const value = sheetValue(workbook, table, column, row);
    return value === null || value.kind === 'blank' ? null : identity(value);
  };
  // Names, keys and whatever else only one person has.
  const texts = new Map<string, number>();
  const textColumns = (workbook.tables[people]?.columns ?? []).flatMap(({ data }, i) =>
    data.texts.length > 0 && i !== keyColumn && personColumns[people]?.includes(i) !== true ? [i] : [],
  );
  for (let row = 0; row < count; row++) {
    const id = idAt(people, keyColumn, row);
    keys.push(id);
    if (id !== null) known.set(id, row);
    for (const column of textColumns) {
      const value = sheetValue(workbook, people, column, row);
      if (value?.kind !== 'text' || value.value.trim() === '') continue;
      const text = foldText(value.value.trim());
      const whose = texts.get(text);
      // A text that several have is anybody's.
      texts.set(text, whose === undefined || whose === row ? row : -1);
    }
  }
  // A key is its row's, wherever else it stands.
  for (let row = 0; row < count; row++) {
    const key = sheetValue(workbook, people, keyColumn, row);
    if (key?.kind === 'text') texts.set(foldText(key.value.trim()), row);
  }
  const indexes = new Map<string, ReadonlyMap<string, readonly number[]>>();

  return {
    of(table, row, person) {
      if (table === people) return row === person ? 'own' : 'other';
      const own = keys[person] ?? null;
      let other = false;
      for (const column of personColumns[table] ?? []) {
        const id = idAt(table, column, row);
        if (id === null) continue;
        if (id === own) return 'own';
        other = true;
      }
      if (other) return 'other';
      const id = idAt(table, program.tables[table]?.key ?? 0, row);
      if (id === null || !known.has(id)) return 'nobody';
      return id === own ? 'own' : 'other';
    },
    rows(tie, value) {
      const { cell } = tie;
      const name = cell.op === 'sheet' ? `${cell.table} ${cell.column}` : `c ${cell.column}`;
      let index = indexes.get(name);
      if (index === undefined) {
        index = indexTie(program, workbook, results, tie);
        indexes.set(name, index);
      }
      return index.get(value) ?? [];
    },
    hidden(table, column, row, person) {
      if (personColumns[table]?.includes(column) === true) {
        const id = idAt(table, column, row);
        return id !== null && id !== keys[person];
      }
      if (table === people) return row !== person;
      const value = sheetValue(workbook, table, column, row);
      if (value?.kind !== 'text') return false;
      const whose = texts.get(foldText(value.value.trim())) ?? -1;
      return whose >= 0 && whose !== person;
    },
  };
}

/** By table: the sheet columns that name a person, as references say or as conditions of the rules imply. */
function columnsOfPersons(program: Program, people: number): readonly (readonly number[])[] {
  const found = program.tables.map(
    ({ references }) =>
      new Set(references.filter(({ table }) => table === people).map(({ column }) => column)),
  );
  const look = (expr: Expr): void => {
    some(expr, (part) => {
      if (part.op !== 'compare' || part.operator !== '=') return false;
      for (const [a, b] of [
        [part.left, part.right],
        [part.right, part.left],
      ] as const)
        if (
          a.op === 'sheet' &&
          b.op === 'sheet' &&
          a.table !== people &&
          b.table === people &&
          b.column === program.tables[people]?.key
        )
          found[a.table]?.add(a.column);
      return false;
    });
  };
  for (const node of program.order) for (const expr of nodeExpressions(program, node)) look(expr);
  return found.map((columns) => [...columns]);
}

function indexTie(
  program: Program,
  workbook: Workbook,
  results: Results,
  { cell }: Tie,
): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>();
  const table = cell.op === 'sheet' ? cell.table : (program.columns[cell.column]?.table ?? 0);
  for (const row of results.tables[table]?.rows ?? []) {
    const value =
      cell.op === 'sheet'
        ? sheetValue(workbook, table, cell.column, row)
        : (results.columns[cell.column]?.at(row) ?? null);
    if (value === null || value.kind === 'blank' || value.kind === 'fault') continue;
    const id = identity(value);
    const rows = index.get(id);
    if (rows === undefined) index.set(id, [row]);
    else rows.push(row);
  }
  return index;
}

/** The levels below `base` whose rows an expression reads. */
export function levelsRead(expr: Expr, base: number): readonly number[] {
  const levels: number[] = [];
  for (let level = 0; level < base; level++) if (readsLevel(expr, (one) => one === level)) levels.push(level);
  return levels;
}
