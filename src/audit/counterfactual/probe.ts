import { evaluatorOf } from '../../engine/plain/evaluator.ts';
import type { Known } from '../../engine/plain/known.ts';
import { createMachine, isListFault, type PlainMachine } from '../../engine/plain/machine.ts';
import { shareOf, sumOfPools } from '../../engine/plain/pools.ts';
import { attempt, type Env, outcomeOf, type Reading } from '../../engine/plain/reading.ts';
import type { Target } from '../../engine/plain/reasons.ts';
import { plannedRows, planVisit } from '../../engine/plain/visit.ts';
import type { Outcome } from '../../engine/results.ts';
import type { Value } from '../../exact/value.ts';
import type { Expr } from '../../rules/program.ts';
import type { Base } from './base.ts';
import { withCell } from './cell.ts';
import { hasRow, isNone, type Rows } from './rows.ts';
import { rowsAt, type Touched } from './touched.ts';

/** The run as it would be with another value in one cell. What can't change is taken from the run as it is. */
export interface Probe {
  readonly machine: PlainMachine;
  /** The target's value. */
  target(target: Target): Outcome;
  /** Whether the cell's row still counts, and the checks and computed columns of this row hold. */
  holds(): boolean;
  /** Whether the whole run would be without an error. */
  sound(): boolean;
}

export function probe(base: Base, touched: Touched, value: Value): Probe {
  const { program } = base;
  const { cell } = touched;
  const machine = machineOf(base, touched, value);
  const evaluator = evaluatorOf(machine, false);
  const fails = (x: Outcome): boolean => x.kind === 'fault';
  const settled = (run: () => Reading): Outcome => outcomeOf(attempt(run));
  const inRow = (rows: Rows): readonly number[] => (hasRow(rows, cell.row) ? [cell.row] : []);
  const some = (rows: Rows, table: number): Iterable<number> => (rows === 'all' ? machine.rows(table) : rows);

  function columnFails(id: number, table: number, rows: (rows: Rows, table: number) => Iterable<number>) {
    for (const row of rows(touched.column(id), table))
      if (machine.counts(table, row) && fails(settled(() => machine.cell(id, row)))) return true;
    return false;
  }

  function checkFails(id: number, rows: (rows: Rows, table: number) => Iterable<number>): boolean {
    const each = program.checks[id]?.each ?? null;
    if (each === null) return !isNone(touched.check(id)) && evaluator.check(id, null) !== null;
    for (const row of rows(touched.check(id), each.table))
      if (machine.counts(each.table, row) && evaluator.check(id, row) !== null) return true;
    return false;
  }

  function counts(): boolean {
    return machine.counts(cell.table, cell.row);
  }

  return {
    machine,
    target: (target) =>
      settled(() =>
        target.kind === 'scalar' ? machine.scalar(target.scalar) : machine.cell(target.column, target.row),
      ),
    holds() {
      if (touched.counting && !counts()) return false;
      return !program.checks.some((check, id) => check.each?.table === cell.table && checkFails(id, inRow));
    },
    sound() {
      if (touched.counting && !counts()) return false;
      for (const table of touched.tables)
        for (let row = 0; row < (base.workbook.tables[table]?.rows ?? 0); row++)
          if (typeof machine.counted(table, row) !== 'boolean') return false;
      for (const node of program.order) {
        if (node.kind === 'scalar' && touched.scalars.has(node.scalar)) {
          if (fails(settled(() => machine.scalar(node.scalar)))) return false;
        } else if (node.kind === 'column') {
          if (columnFails(node.column, program.columns[node.column]?.table ?? 0, some)) return false;
        } else if (node.kind === 'share' && !isNone(touched.share(node.share))) {
          const pools = machine.pools(node.share);
          if (isListFault(pools) || pools.some(({ faults }) => faults.length > 0)) return false;
        } else if (node.kind === 'check' && checkFails(node.check, some)) return false;
      }
      // References of rows that count now alone are not looked at: where they might be, nothing is promised.
      return !program.tables.some(
        ({ references }, table) => touched.tables.has(table) && references.length > 0,
      );
    },
  };
}

function machineOf(base: Base, touched: Touched, value: Value): PlainMachine {
  const { program, results } = base;
  const { cell } = touched;
  const known: Known = {
    scalar: (id) => (touched.scalars.has(id) ? undefined : results.scalars[id]),
    cell: (column, row) =>
      hasRow(touched.column(column), row) ? undefined : results.columns[column]?.at(row),
    counts: (table, row) =>
      touched.tables.has(table) || (touched.counting && table === cell.table && row === cell.row)
        ? undefined
        : base.counts(table, row),
    share: (id, of) => (hasRow(touched.share(id), of ?? 0) ? undefined : base.share(id, of)),
  };
  const machine = createMachine(program, withCell(base.workbook, cell, value), known, false);
  const { rows, shared } = machine;
  // The machine reads through its own methods: with these it looks no further than what the cell touches.
  return Object.assign(machine, {
    rows: (table: number) => (touched.tables.has(table) ? rows(table) : base.rows(table)),
    keyRow: base.machine.keyRow,
    visit: (table: number, level: number, where: Expr | null, env: Env) =>
      visited(base, touched, machine, table, level, where, env),
    shared(id: number, row: number): Reading | null {
      if (touched.members(id)) return shared(id, row);
      const mine = base.poolsOf(id, row).map((of) => machine.pool(id, of));
      return mine.length === 0 ? null : sumOfPools(machine, shareOf(machine, id), mine, row);
    },
  });
}

/** Rows at which a condition may hold: those of the run as it is, and those whose own cells changed. */
function visited(
  base: Base,
  touched: Touched,
  machine: PlainMachine,
  table: number,
  level: number,
  where: Expr | null,
  env: Env,
): readonly number[] {
  const all = machine.rows(table);
  if (where === null || touched.tables.has(table)) return all;
  const reach = touched.reach(where);
  const rows = rowsAt(reach, level);
  if (reach.everywhere || rows === 'all') return all;
  let plan = base.plans.get(where);
  if (plan === undefined) {
    plan = planVisit(base.machine, where, table, level, base.rows(table), env);
    base.plans.set(where, plan);
  }
  const planned = plannedRows(machine, plan, env);
  const more = [...rows].filter((row) => base.counts(table, row) && !planned.includes(row));
  return more.length === 0 ? planned : [...planned, ...more].sort((a, b) => a - b);
}
