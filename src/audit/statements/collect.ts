import { eachMatch, foundRow, lastRow, lookupRow } from '../../engine/plain/aggregates.ts';
import { bandEnv } from '../../engine/plain/bands.ts';
import type { Figure } from '../../engine/plain/known.ts';
import { leavesOf } from '../../engine/plain/leaves.ts';
import type { PlainMachine } from '../../engine/plain/machine.ts';
import { matches } from '../../engine/plain/operands.ts';
import { memberEnv, poolEnv } from '../../engine/plain/pools.ts';
import { attempt, type Env, inner, isFault, outcomeOf, sheetValue } from '../../engine/plain/reading.ts';
import { identity } from '../../engine/plain/values.ts';
import type { ShareResult } from '../../engine/results.ts';
import { BLANK, type Value } from '../../exact/value.ts';
import type { Aggregate, Definition, Expr, Program } from '../../rules/program.ts';
import { levelsRead, type Owners, type Tie, tieOf } from './owners.ts';

/** What one person's statement reads of a run. Rows and tables are those of the run's workbook. */
export interface Read {
  /** By table: its rows, each with whether it is the person's and which of its cells may be shown. */
  readonly tables: readonly ReadonlyMap<number, ReadRow>[];
  readonly names: ReadonlySet<number>;
  /** Scalars and columns of the person's rows, each after what it reads. */
  readonly visited: readonly Visited[];
  /** Columns of rows that are nobody's: given by `column row`. */
  readonly columns: ReadonlyMap<string, { readonly column: number; readonly row: number }>;
  readonly expressions: readonly ReadFigure[];
  readonly shares: readonly { readonly result: ShareResult; readonly member: boolean }[];
}

export interface ReadRow {
  own: boolean;
  readonly cells: Set<number>;
}

export type Visited =
  | { readonly kind: 'scalar'; readonly id: number }
  | { readonly kind: 'column'; readonly id: number; readonly row: number };

export interface ReadFigure {
  readonly expr: Expr;
  readonly around: readonly (readonly [level: number, table: number, row: number])[];
  readonly figure: Figure;
}

/** What does not change from one person to the next. */
export interface Common {
  readonly program: Program;
  /** Over the run's workbook and with its values. */
  readonly m: PlainMachine;
  readonly owners: Owners;
  readonly people: number;
  readonly shares: ReadonlyMap<string, ShareResult>;
  /** The pools of a share that a row is a member of. */
  readonly pools: (share: number, row: number) => readonly ShareResult[];
  readonly ties: Map<Aggregate, Tie | null>;
  /** Figures that are the same for everybody. */
  readonly constant: Map<Expr, Figure>;
}

/** Passes over one person's rules until no further row turns up; each reaches at least one table more. */
const MOST_PASSES = 20;

/** Reads what the column `statement` of a person, and further columns of theirs, depend on. */
export function collect(
  common: Common,
  person: number,
  targets: readonly number[],
  sheetColumns: readonly number[],
): Read {
  const { program, m, people } = common;
  const tables = program.tables.map(() => new Map<number, ReadRow>());
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const state = onePass(common, person, tables);
    state.include(people, person, true);
    for (const column of sheetColumns) state.cell(people, column, person);
    for (const id of targets) state.column(id, person);
    if (!state.grew()) return state.read();
  }
  throw new RangeError(`the rows of ${sheetValueText(m, people, person)} have no end`);
}

function sheetValueText(m: PlainMachine, table: number, row: number): string {
  const value = sheetValue(m.workbook, table, m.program.tables[table]?.key ?? 0, row);
  return value === null || value.kind === 'blank' ? '' : identity(value);
}

interface Pass {
  include(table: number, row: number, own: boolean): void;
  cell(table: number, column: number, row: number): void;
  column(id: number, row: number): void;
  grew(): boolean;
  read(): Read;
}

function onePass(common: Common, person: number, tables: readonly Map<number, ReadRow>[]): Pass {
  const { program, m, owners } = common;
  const { workbook } = m;
  const names = new Set<number>();
  const visited: Visited[] = [];
  const seen = new Set<string>();
  const columns = new Map<string, { readonly column: number; readonly row: number }>();
  const expressions = new Map<string, ReadFigure>();
  const pools = new Map<ShareResult, boolean>();
  const walked = new Set<number>();
  const numbers = new Map<Expr, number>();
  let growing = false;

  return {
    include,
    cell,
    column,
    grew: () => growing,
    read: () => ({
      tables,
      names,
      visited,
      columns,
      expressions: [...expressions.values()],
      shares: [...pools].map(([result, member]) => ({ result, member })),
    }),
  };

  function include(table: number, row: number, own: boolean): void {
    const rows = tables[table];
    const before = rows?.get(row);
    if (before === undefined) {
      rows?.set(row, { own, cells: new Set() });
      if (walked.has(table)) growing = true;
    } else if (own) before.own = true;
    if (seen.has(`row ${table} ${row}`)) return;
    seen.add(`row ${table} ${row}`);
    cell(table, program.tables[table]?.key ?? 0, row);
    const where = program.tables[table]?.where ?? null;
    // Whether a row of theirs counts can be told from it.
    if (own && where !== null)
      expr(where, { context: { rule: '', keyLevel: 0 }, tables: [table], rows: [row] });
  }

  function cell(table: number, column: number, row: number): void {
    if (!owners.hidden(table, column, row, person)) tables[table]?.get(row)?.cells.add(column);
  }

  /** Whether a row may be shown; then it is among those that are. */
  function open(table: number, row: number): boolean {
    const before = tables[table]?.get(row);
    if (before !== undefined) {
      include(table, row, before.own);
      return true;
    }
    const owner = owners.of(table, row, person);
    if (owner !== 'other') include(table, row, owner === 'own');
    return owner !== 'other';
  }

  function column(id: number, row: number): void {
    const table = program.columns[id]?.table ?? 0;
    if (seen.has(`${id} ${row}`) || !open(table, row)) return;
    seen.add(`${id} ${row}`);
    if (tables[table]?.get(row)?.own !== true) {
      columns.set(`${id} ${row}`, { column: id, row });
      return;
    }
    const env: Env = { context: { rule: '', keyLevel: 0 }, tables: [table], rows: [row] };
    for (const definition of program.columns[id]?.definitions ?? []) defined(definition, row, env);
    visited.push({ kind: 'column', id, row });
  }

  function defined(definition: Definition, row: number, env: Env): void {
    switch (definition.kind) {
      case 'rule':
      case 'score':
      case 'statement': {
        const { where } = definition;
        if (where !== null) {
          expr(where, env);
          const met = attempt(() => ({ kind: 'met', met: matches(m, where, env) }));
          if (isFault(met) || !met.met) return;
        }
        if (definition.kind === 'rule') expr(definition.value, env);
        else if (definition.kind === 'score') for (const { value } of definition.lines) expr(value, env);
        else for (const { value } of definition.components) expr(value, env);
        return;
      }
      case 'share':
        for (const result of common.pools(definition.share, row)) share(result, row);
        return;
      case 'rest': {
        const result = common.shares.get(`${definition.share} ${row}`);
        if (result !== undefined) share(result, null);
        return;
      }
      default: {
        definition satisfies never;
      }
    }
  }

  function share(result: ShareResult, member: number | null): void {
    const rule = program.shares[result.share];
    if (rule === undefined) return;
    const mine = member === person && rule.table === common.people;
    pools.set(result, mine || pools.get(result) === true);
    const { each } = rule;
    const around = poolEnv(rule, result.of);
    if (each !== null && result.of !== null && open(each.table, result.of) && each.where !== null)
      expr(each.where, around);
    expr(rule.pool, around);
    if (rule.unit !== null) expr(rule.unit, around);
    if (member === null) return;
    const env = memberEnv(rule, result.of, member);
    for (const part of [rule.where, rule.weight, rule.floor, rule.cap]) if (part !== null) expr(part, env);
  }

  function expr(whole: Expr, env: Env): void {
    for (const leaf of leavesOf(m, whole, env)) {
      switch (leaf.op) {
        case 'asOf':
          break;
        case 'sheet': {
          const row = env.rows[leaf.level] ?? 0;
          if (open(leaf.table, row)) cell(leaf.table, leaf.column, row);
          break;
        }
        case 'name':
          names.add(leaf.name);
          break;
        case 'scalar':
          scalar(leaf.scalar);
          break;
        case 'column':
          column(leaf.column, env.rows[leaf.level] ?? 0);
          break;
        case 'band': {
          expr(leaf.x, env);
          const band = program.bands[leaf.band];
          if (band !== undefined) for (const { value } of band.lines) expr(value, bandEnv(band, env));
          break;
        }
        case 'rank': {
          give(leaf, env);
          const own = inner(env, leaf.table, leaf.level);
          own.rows[leaf.level] = env.rows[leaf.level - 1] ?? 0;
          expr(leaf.value, own);
          break;
        }
        case 'aggregate':
          aggregate(leaf, env);
          break;
        default: {
          leaf satisfies never;
        }
      }
    }
  }

  function scalar(id: number): void {
    if (seen.has(`scalar ${id}`)) return;
    seen.add(`scalar ${id}`);
    const source = program.scalars[id]?.source;
    if (source?.kind === 'rule')
      expr(source.value, { context: { rule: '', keyLevel: 0 }, tables: [], rows: [] });
    else if (source?.kind === 'rest') {
      const result = common.shares.get(`${source.share} null`);
      if (result !== undefined) share(result, null);
    }
    visited.push({ kind: 'scalar', id });
  }

  function aggregate(leaf: Aggregate, env: Env): void {
    if (leaf.fn === 'lookup') {
      expr(leaf.key, env);
      picked(leaf, env, leaf.where, () => lookupRow(m, leaf, env));
      return;
    }
    const tie = tieFor(leaf);
    const around = tie === null ? undefined : env.rows[tie.level];
    const table = tie === null ? undefined : env.tables[tie.level];
    // Rows of the people's own table that are tied to a person are other people.
    if (tie === null || around === undefined || table === undefined || leaf.table === common.people) {
      if (leaf.fn === 'find') picked(leaf, env, leaf.where, () => foundRow(m, leaf, env));
      else if (leaf.fn === 'last') picked(leaf, env, leaf.where, () => lastRow(m, leaf, env));
      else give(leaf, env);
      return;
    }
    if (tables[table]?.get(around)?.own !== true) {
      give(leaf, env);
      return;
    }
    const key = sheetValue(workbook, table, program.tables[table]?.key ?? 0, around);
    if (key !== null && key.kind !== 'blank')
      for (const row of owners.rows(tie, identity(key))) include(leaf.table, row, true);
    walk(leaf, env);
  }

  function tieFor(leaf: Aggregate): Tie | null {
    let tie = common.ties.get(leaf);
    if (tie === undefined) {
      tie = tieOf(program, leaf);
      common.ties.set(leaf, tie);
    }
    return tie;
  }

  /** An aggregate that picks one row: with the row where it may be seen, else as a figure. */
  function picked(
    leaf: Aggregate,
    env: Env,
    where: Expr | null,
    find: () => number | { kind: 'blank' },
  ): void {
    const found = attempt((): { kind: 'row'; row: number } => {
      const row = find();
      return { kind: 'row', row: typeof row === 'number' ? row : -1 };
    });
    if (isFault(found)) return;
    if (found.row < 0) {
      // That there is none depends on all rows.
      if (leaf.fn !== 'lookup') give(leaf, env);
      return;
    }
    if (!open(leaf.table, found.row)) {
      give(leaf, env);
      return;
    }
    if (where !== null || leaf.fn === 'last') {
      walk(leaf, env);
      return;
    }
    const at = inner(env, leaf.table, leaf.level);
    at.rows[leaf.level] = found.row;
    if (leaf.value !== null) expr(leaf.value, at);
  }

  /** What an aggregate reads of every row that is here: a machine that has only these tries them all. */
  function walk(leaf: Aggregate, env: Env): void {
    walked.add(leaf.table);
    const at = inner(env, leaf.table, leaf.level);
    for (const row of [...(tables[leaf.table]?.keys() ?? [])]) {
      at.rows[leaf.level] = row;
      const { where } = leaf;
      if (where !== null) {
        expr(where, at);
        const met = attempt(() => ({ kind: 'met', met: matches(m, where, at) }));
        if (isFault(met) || !met.met) continue;
      }
      if (leaf.value !== null) expr(leaf.value, at);
      if (leaf.fn === 'weighted') expr(leaf.weight, at);
      if (leaf.fn === 'last') expr(leaf.by, at);
    }
  }

  /** An expression whose rows are other people's, or everybody's: what it comes to, and of how many rows. */
  function give(leaf: Extract<Expr, { readonly op: 'aggregate' | 'rank' }>, env: Env): void {
    const levels = levelsRead(leaf, leaf.level);
    const around = levels.map((level) => [level, env.tables[level] ?? 0, env.rows[level] ?? 0] as const);
    let number = numbers.get(leaf);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(leaf, number);
    }
    const name = `${number} ${around.join(' ')}`;
    if (expressions.has(name)) return;
    const figure = levels.length > 0 ? figureOf(m, leaf, env) : constantFigure(leaf, env);
    // A text is somebody's; what follows from it is given instead.
    if (figure !== null && figure.value.kind !== 'text')
      expressions.set(name, { expr: leaf, around, figure });
  }

  function constantFigure(
    leaf: Extract<Expr, { readonly op: 'aggregate' | 'rank' }>,
    env: Env,
  ): Figure | null {
    const before = common.constant.get(leaf);
    if (before !== undefined) return before;
    const figure = figureOf(m, leaf, env);
    if (figure !== null) common.constant.set(leaf, figure);
    return figure;
  }
}

function figureOf(
  m: PlainMachine,
  leaf: Extract<Expr, { readonly op: 'aggregate' | 'rank' }>,
  env: Env,
): Figure | null {
  const value = attempt(() => m.read(leaf, env));
  if (isFault(value)) return null;
  const outcome = outcomeOf(value);
  const plain: Value = outcome.kind === 'fault' ? BLANK : outcome;
  if (leaf.op === 'aggregate' && (leaf.fn === 'lookup' || leaf.fn === 'find' || leaf.fn === 'last'))
    return { value: plain, rows: plain.kind === 'blank' ? 0 : 1, blank: 0 };
  let rows = 0;
  let blank = 0;
  const read = leaf.value;
  const counting = attempt(() => {
    eachMatch(m, leaf, env, (at) => {
      const there = read === null || m.read(read, at).kind !== 'blank';
      // A rank counts those that have a value, an aggregate says how many it passed over.
      if (leaf.op !== 'rank' || there) rows++;
      if (!there && leaf.op !== 'rank') blank++;
    });
    return { kind: 'done' };
  });
  return isFault(counting) ? null : { value: plain, rows, blank };
}
