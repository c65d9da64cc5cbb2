import { bandArgument, matchesLine, slicesOf } from '../../engine/plain/bands.ts';
import { columnCell } from '../../engine/plain/definitions.ts';
import { createMachine, type PlainMachine } from '../../engine/plain/machine.ts';
import { logicalOf, matches } from '../../engine/plain/operands.ts';
import { evaluatePool } from '../../engine/plain/pools.ts';
import { attempt, type Env, isFault, type Reading, rowKey } from '../../engine/plain/reading.ts';
import { expressionsOf, some } from '../../engine/plain/walk.ts';
import type { Results } from '../../engine/results.ts';
import { placeText } from '../../problems/problem.ts';
import { knownOf } from '../../report/known.ts';
import type { BandLine, Definition, Expr, Program } from '../../rules/program.ts';
import { sourceText } from '../../rules/source.ts';
import type { Workbook } from '../../workbook/port.ts';
import { conjunctsOf } from '../counterfactual/touched.ts';
import type { LeftOut } from './review.ts';

export interface Ran {
  readonly program: Program;
  readonly workbook: Workbook;
  readonly results: Results;
}

/** Keys that stand for the rows that were left out. */
const KEYS = 5;

/** A machine that takes every value from the run. */
export function machineOf({ program, workbook, results }: Ran): PlainMachine {
  const counting = workbook.tables.map((table, i) => {
    const flags = new Uint8Array(table.rows);
    for (const row of results.tables[i]?.rows ?? []) flags[row] = 1;
    return flags;
  });
  const counts = (table: number, row: number): boolean => counting[table]?.[row] === 1;
  return createMachine(program, workbook, { ...knownOf(results), counts }, false);
}

function rowEnv(table: number, row: number): Env {
  return { context: { rule: '', keyLevel: 0 }, tables: [table], rows: [row] };
}

/** How many rows each definition of a column covers, and how many take part in each share; by place of the name. */
export function coveredRows(ran: Ran): ReadonlyMap<string, number> {
  const { program, results } = ran;
  const machine = machineOf(ran);
  const covered = new Map<string, number>();
  for (const column of program.columns)
    for (const definition of column.definitions) {
      if (definition.kind === 'share' || definition.kind === 'rest') continue;
      const rows = results.tables[column.table]?.rows ?? new Uint32Array();
      covered.set(placeText(definition.at), countRows(machine, definition, column.table, rows));
    }
  for (const [id, share] of program.shares.entries()) {
    const members = new Set<number>();
    for (const result of results.shares)
      if (result.share === id) for (const { row } of result.members) members.add(row);
    covered.set(placeText(share.at), members.size);
  }
  return covered;
}

function countRows(
  machine: PlainMachine,
  definition: Extract<Definition, { readonly where: Expr | null }>,
  table: number,
  rows: Uint32Array,
): number {
  const { where } = definition;
  if (where === null) return rows.length;
  let count = 0;
  for (const row of rows) {
    const met = attempt(() => ({ kind: 'met' as const, met: matches(machine, where, rowEnv(table, row)) }));
    if (!isFault(met) && met.met) count++;
  }
  return count;
}

/**
 * How often each line of a band decided (in a marginal band: was reached) in the run: for every value of a scalar,
 * a column or a share that calls the band. Calls in checks are not counted: they are tests.
 */
export function bandHits(ran: Ran): ReadonlyMap<BandLine, number> {
  const { program, results } = ran;
  const hits = new Map<BandLine, number>();
  const machine = machineOf(ran);
  const { read } = machine;
  Object.assign(machine, {
    read(expr: Expr, env: Env): Reading {
      if (expr.op === 'band') note(expr, env);
      // The machine reads the side that was chosen by itself.
      if (expr.op === 'if')
        return machine.read(logicalOf(machine, expr.condition, env) ? expr.then : expr.otherwise, env);
      return read(expr, env);
    },
  });

  function note(expr: Extract<Expr, { readonly op: 'band' }>, env: Env): void {
    const band = program.bands[expr.band];
    if (band === undefined) return;
    const x = attempt(() => bandArgument(machine, band, expr, env));
    if (isFault(x)) return;
    const reached =
      band.marginal && x.kind === 'number'
        ? (slicesOf(band, x.value) ?? []).map(({ line }) => line)
        : band.lines.filter((line) => matchesLine(line, x)).slice(0, 1);
    for (const line of reached) hits.set(line, (hits.get(line) ?? 0) + 1);
  }

  const calls = (expr: Expr | null): boolean => expr !== null && some(expr, (e) => e.op === 'band');
  for (const { source } of program.scalars)
    if (source.kind === 'rule' && calls(source.value))
      attempt(() => machine.read(source.value, { context: { rule: '', keyLevel: 0 }, tables: [], rows: [] }));
  for (const [id, column] of program.columns.entries())
    if (column.definitions.some((definition) => expressionsOf(program, definition).some(calls)))
      for (const row of results.tables[column.table]?.rows ?? []) attempt(() => columnCell(machine, id, row));
  for (const { share: id, of } of results.shares) {
    const share = program.shares[id];
    if (share !== undefined && [share.pool, share.where, share.weight, share.floor, share.cap].some(calls))
      evaluatePool(machine, id, of);
  }
  return hits;
}

/** Rows that don't count, by the first part of their table's condition that is not TRUE. */
export function leftOutRows(ran: Ran): readonly LeftOut[] {
  const { program, workbook, results } = ran;
  const machine = machineOf(ran);
  return program.tables.flatMap(({ name, where, at }, table): readonly LeftOut[] => {
    const { rows = new Uint32Array(), excluded = 0 } = results.tables[table] ?? {};
    if (where === null || excluded === 0) return [];
    const total = workbook.tables[table]?.rows ?? 0;
    const counted = new Set(rows);
    const parts = conjunctsOf(where);
    const failed = parts.map((): number[] => []);
    for (let row = 0; row < total; row++) {
      if (counted.has(row)) continue;
      const first = parts.findIndex((part) => {
        const x = attempt((): Reading => machine.read(part, rowEnv(table, row)));
        return x.kind !== 'logical' || !x.value;
      });
      failed[Math.max(first, 0)]?.push(row);
    }
    return parts.flatMap((part, i) => {
      const these = failed[i] ?? [];
      if (these.length === 0) return [];
      const keys = these.slice(0, KEYS).map((row) => rowKey({ program, workbook }, table, row));
      const condition = sourceText(workbook.rules, part.at);
      return [{ table: name, at, condition, of: total, rows: these.length, keys }];
    });
  });
}
