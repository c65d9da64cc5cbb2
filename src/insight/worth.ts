import type { Results } from '../engine/results.ts';
import { run as runProgram } from '../engine/run.ts';
import { Kind, type SheetColumn } from '../exact/column.ts';
import { HOUR, isoOfMs } from '../exact/date.ts';
import { exactText } from '../exact/decimal.ts';
import { add, integer, multiply, type Rational, subtract, toDouble, ZERO } from '../exact/rational.ts';
import { foldText } from '../exact/value.ts';
import { keyText } from '../report/values.ts';
import type { Program } from '../rules/program.ts';
import type { SheetTable, Workbook } from '../workbook/port.ts';
import type { Step } from './waits.ts';

/** Rules, the tables they speak of, and what they came to without errors. */
export interface Ran {
  readonly program: Program;
  readonly workbook: Workbook;
  readonly results: Results;
}

/** What the rules would give had the waits of some people been as long as the others', in the month paid. */
export interface Worth {
  /** The day as of which it was computed, ISO. */
  readonly asOf: string;
  /** Means over the people concerned of each score that changes. */
  readonly scores: readonly { readonly name: string; readonly before: number; readonly after: number }[];
  /** What they get of each pool, and the pools themselves; exact. */
  readonly shares: readonly {
    readonly name: string;
    readonly before: string;
    readonly after: string;
    readonly pool: string;
    readonly poolAfter: string;
  }[];
  /** What statements pay them and everybody else more (or less); exact. */
  readonly statements: readonly { readonly name: string; readonly theirs: string; readonly others: string }[];
}

/**
 * Runs the rules over the same book in which the waits of these people in this step are `factor` times shorter, later
 * steps of the same rows coming as much earlier. Null where the rules don't read the table or come to errors.
 */
export function worthOf(
  ran: Ran,
  step: Step,
  people: { readonly table: string; readonly ids: ReadonlySet<string>; readonly rows: ReadonlySet<number> },
  factor: number,
): Worth | null {
  const { program, workbook, results } = ran;
  const at = workbook.tables.findIndex(({ name }) => name === step.table.name);
  const staff = workbook.tables.findIndex(({ name }) => name === people.table);
  const table = workbook.tables[at];
  if (table === undefined || staff < 0) return null;
  const tables = workbook.tables.with(at, quickened(table, step, people.rows, factor));
  const after = runProgram(program, { ...workbook, tables });
  if (after.problems.some(({ severity }) => severity === 'error')) return null;
  const members = new Set(
    Array.from(results.tables[staff]?.rows ?? []).filter((row) =>
      people.ids.has(foldText(keyText(program, workbook, staff, row))),
    ),
  );
  return {
    asOf: isoOfMs(program.asOf),
    scores: scoresOf(program, results, after, staff, members),
    shares: sharesOf(program, results, after, staff, members),
    statements: statementsOf(program, results, after, staff, members),
  };
}

const MINUTE = 60_000;

function quickened(table: SheetTable, step: Step, people: ReadonlySet<number>, factor: number): SheetTable {
  const saved = Float64Array.from(step.hours, (hours, row) => {
    if (!(hours > 0) || !people.has(step.actors[row] ?? -1)) return 0;
    // to the minute, as the systems keep it
    return Math.round((hours * HOUR * (1 - 1 / factor)) / MINUTE) * MINUTE;
  });
  const later = new Set(step.later.map(({ column }) => column));
  return {
    ...table,
    columns: table.columns.map((column) =>
      column.column === step.end.column || later.has(column.column)
        ? { ...column, data: earlier(column.data, saved) }
        : column,
    ),
  };
}

/** Only instants are moved: of anything else in the column nothing changes. */
function earlier(data: SheetColumn, saved: Float64Array): SheetColumn {
  return {
    ...data,
    payload: new Float64Array(data.payload).map((x, row) =>
      data.kinds[row] === Kind.DATE ? x - (saved[row] ?? 0) : x,
    ),
  };
}

function numberAt(results: Results, column: number, row: number): Rational | null {
  const value = results.columns[column]?.at(row);
  return value?.kind === 'number' ? value.value : null;
}

function scoresOf(
  program: Program,
  before: Results,
  after: Results,
  staff: number,
  members: ReadonlySet<number>,
): Worth['scores'] {
  return program.columns.flatMap((column, id) => {
    if (column.table !== staff || !column.definitions.some(({ kind }) => kind === 'score')) return [];
    const mean = (results: Results): number => {
      const values = [...members].flatMap((row) => numberAt(results, id, row) ?? []).map(toDouble);
      return values.reduce((sum, x) => sum + x, 0) / values.length;
    };
    const [a, b] = [mean(before), mean(after)];
    return Number.isNaN(a) || a === b ? [] : [{ name: column.name, before: a, after: b }];
  });
}

function sharesOf(
  program: Program,
  before: Results,
  after: Results,
  staff: number,
  members: ReadonlySet<number>,
): Worth['shares'] {
  return program.shares.flatMap(({ name, table }, share) => {
    if (table !== staff) return [];
    const sums = [before, after].map((results) => {
      let theirs = ZERO;
      let pool = ZERO;
      for (const one of results.shares) {
        if (one.share !== share) continue;
        pool = add(pool, one.settled);
        for (const { row, units } of one.members)
          if (members.has(row)) theirs = add(theirs, multiply({ n: units, d: 1n }, one.unit));
      }
      return { theirs: exactText(theirs), pool: exactText(pool) };
    });
    const [a, b] = sums;
    if (a === undefined || b === undefined) return [];
    return [{ name, before: a.theirs, after: b.theirs, pool: a.pool, poolAfter: b.pool }];
  });
}

function statementsOf(
  program: Program,
  before: Results,
  after: Results,
  staff: number,
  members: ReadonlySet<number>,
): Worth['statements'] {
  return program.columns.flatMap((column, id) => {
    if (!column.definitions.some(({ kind }) => kind === 'statement')) return [];
    let theirs = ZERO;
    let others = ZERO;
    for (const row of before.tables[column.table]?.rows ?? []) {
      const more = subtract(numberAt(after, id, row) ?? integer(0), numberAt(before, id, row) ?? integer(0));
      if (column.table === staff && members.has(row)) theirs = add(theirs, more);
      else others = add(others, more);
    }
    return [{ name: column.name, theirs: exactText(theirs), others: exactText(others) }];
  });
}
