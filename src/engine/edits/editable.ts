import type { Problem } from '../../problems/problem.ts';
import type { Program } from '../../rules/program.ts';
import type { Progress, Workbook } from '../../workbook/port.ts';
import { type ColumnOptions, type ColumnRun, runColumns } from '../columns/index.ts';
import type { ResultColumn, Results } from '../results.ts';
import type { Bench, Cellular, Edited } from './bench.ts';
import { changesBetween, editedWorkbook, type TableChange } from './change.ts';
import type { Dirt } from './dirt.ts';
import { followEdit } from './edit.ts';
import { createLists } from './evaluation.ts';
import { freshFurther, furtherProblems } from './further.ts';
import { freshIndexes } from './indexes.ts';
import { noPatches } from './patches.ts';
import { type Plan, planOf } from './plan.ts';
import { SIZES, type Sizes } from './sizes.ts';
import { faultsOf, outcomeAt, type State } from './state.ts';

/** How an edit was followed. */
export interface EditStats {
  /** Whether everything was evaluated anew. */
  readonly full: boolean;
  /** Values that were computed anew; 0 where everything was. */
  readonly computed: number;
}

export interface EditResult {
  readonly results: Results;
  readonly workbook: Workbook;
  readonly stats: EditStats;
}

/** A workbook under a program whose cells change one after another. */
export interface Editable {
  /** Of the workbook as it is now. */
  readonly results: Results;
  readonly workbook: Workbook;
  /**
   * Changes cells and gives what `run` gives for the workbook that comes out of it. Results and workbooks of before
   * stay what they are. `edited` is that workbook, where the caller has it already.
   * Where an edit touches a key, which rows of a table count on a scalar's account, or a large part of a table, it is a
   * full run.
   */
  edit(changes: readonly TableChange[], edited?: Workbook, progress?: Progress): EditResult;
  /**
   * The same for a workbook that was read again: what differs is found. Other tables, rows or names: a full run. The
   * program must be the one of that workbook's rules too.
   */
  follow(workbook: Workbook, progress?: Progress): EditResult;
}

export interface EditOptions extends ColumnOptions {
  readonly sizes?: Partial<Sizes>;
}

/** More changed cells than this share of a table's rows (or 64) are not followed one by one. */
const MOST_ROWS = 1 / 64;

/**
 * Runs a program over a workbook and keeps what later edits need. Refuses with the signal's reason where `progress` is
 * aborted. Indexes of large tables are made by the first edit that needs them.
 */
export function startEditable(
  program: Program,
  workbook: Workbook,
  progress: Progress = {},
  options: EditOptions = {},
): Editable {
  const plan = planOf(program);
  let kept = begin(workbook, progress);

  function begin(book: Workbook, report: Progress): Kept {
    return keep(plan, book, runColumns(program, book, report, options), { ...SIZES, ...options.sizes });
  }

  function anew(book: Workbook, report: Progress): EditResult {
    kept = begin(book, report);
    return { results: kept.results, workbook: book, stats: { full: true, computed: 0 } };
  }

  function edit(changes: readonly TableChange[], edited?: Workbook, report: Progress = {}): EditResult {
    report.signal?.throwIfAborted();
    const book = edited ?? editedWorkbook(kept.workbook, changes);
    const cells = cellsOf(kept.workbook, changes);
    const { bench } = kept;
    if (bench === null || cells === null) return anew(book, report);
    const done = followed(bench, book, cells);
    if (done === null) return anew(book, report);
    kept = goOn(bench, kept.further, done);
    return { results: kept.results, workbook: book, stats: { full: false, computed: done.computed } };
  }

  /** Indexes are changed as an edit is followed: those of one that was not followed to its end are of no use. */
  function followed(bench: Bench, book: Workbook, cells: readonly Cellular[]): Edited | null {
    const before = kept;
    kept = { ...kept, bench: { ...bench, indexes: freshIndexes() } };
    const done = followEdit(bench, book, cells);
    if (done !== null) kept = before;
    return done;
  }

  return {
    get results() {
      return kept.results;
    },
    get workbook() {
      return kept.workbook;
    },
    edit,
    follow(book, report = {}) {
      const changes = changesOf(kept.workbook, book);
      return changes === null ? anew(book, report) : edit(changes, book, report);
    },
  };
}

function changesOf(before: Workbook, after: Workbook): readonly TableChange[] | null {
  if (before.tables.length !== after.tables.length || !sameNames(before, after)) return null;
  const changes: TableChange[] = [];
  for (const [id, table] of after.tables.entries()) {
    const old = before.tables[id];
    if (old === undefined) return null;
    const found = old === table ? { table: id, cells: [] } : changesBetween(old, table, id);
    if (found === null) return null;
    changes.push(found);
  }
  return changes;
}

function sameNames(before: Workbook, after: Workbook): boolean {
  if (before.names === after.names) return true;
  const text = ({ names }: Workbook): string =>
    JSON.stringify(names, (_, x: unknown) => (typeof x === 'bigint' ? `${x}n` : x));
  return text(before) === text(after);
}

/** The cells that were changed; null where they are too many to be followed. */
function cellsOf(workbook: Workbook, changes: readonly TableChange[]): readonly Cellular[] | null {
  const cells: Cellular[] = [];
  for (const change of changes) {
    const rows = workbook.tables[change.table]?.rows ?? 0;
    if (change.cells.length > Math.max(64, rows * MOST_ROWS)) return null;
    for (const { row, column } of change.cells) cells.push({ table: change.table, row, column });
  }
  return cells;
}

interface Kept {
  readonly results: Results;
  readonly workbook: Workbook;
  /** Null where edits can't be followed: something about the rules or which rows count is unusual. */
  readonly bench: Bench | null;
  readonly further: ReturnType<typeof freshFurther>;
}

function keep(plan: Plan, workbook: Workbook, { results, parts, sorted }: ColumnRun, sizes: Sizes): Kept {
  const further = freshFurther(plan.program);
  if (parts === null) {
    const state: State = {
      workbook,
      counted: [],
      tables: results.tables,
      scalars: [],
      columns: [],
      shares: [],
      checks: [],
    };
    // The plain evaluator's results have their warnings already.
    return { results, workbook: state.workbook, bench: null, further };
  }
  const { machine, orders, columnFaults, shares, checks } = parts;
  const { program } = plan;
  const faulty = machine.counted.some((counted) => counted?.faulty === true);
  const state: State = {
    workbook,
    counted: machine.counted.map(
      (counted) => counted ?? { n: 0, rows: null, positions: null, faulty: false },
    ),
    tables: results.tables,
    scalars: results.scalars,
    columns: program.columns.map((_, id) => {
      const vec = machine.columns[id];
      if (vec === undefined) throw new RangeError(`column ${id} has no node`);
      return { vec, faults: columnFaults[id] ?? new Map(), over: noPatches() };
    }),
    shares: shares.flatMap((share) => share ?? []),
    checks: program.checks.map((_, id) => checks[id] ?? new Map()),
  };
  const more = furtherProblems(further, program, state, results, null);
  return {
    results: more.length === 0 ? results : { ...results, problems: sorted([...results.problems, ...more]) },
    workbook,
    bench: faulty
      ? null
      : {
          plan,
          before: state,
          machine,
          indexes: freshIndexes(),
          lists: createLists(),
          sizes,
          orders,
          faulty: results.problems.length > 0,
        },
    further,
  };
}

function goOn(bench: Bench, further: Kept['further'], { state, machine, asked, dirt }: Edited): Kept {
  const { program } = bench.plan;
  const faults = problemsOf(bench.plan, state);
  const sorted = (list: readonly Problem[]): readonly Problem[] =>
    list.length === 0 ? [] : asked().evaluator.sorted(list);
  const results: Results = {
    asOf: program.asOf,
    tables: state.tables,
    scalars: state.scalars,
    columns: state.columns.map((column): ResultColumn => ({ at: (row) => outcomeAt(column, row) })),
    shares: state.shares.flatMap(({ list }) => list),
    problems: sorted(faults),
  };
  const more = furtherProblems(further, program, state, results, dirt satisfies Dirt);
  return {
    results: more.length === 0 ? results : { ...results, problems: sorted([...results.problems, ...more]) },
    workbook: state.workbook,
    bench: { ...bench, before: state, machine, faulty: faults.length > 0 },
    further,
  };
}

/** What is wrong, in the order in which a run comes to it. */
function problemsOf({ program, steps }: Plan, state: State): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { node } of steps) {
    switch (node.kind) {
      case 'table':
        break;
      case 'scalar': {
        const outcome = state.scalars[node.scalar];
        if (outcome?.kind === 'fault') problems.push(outcome.problem);
        break;
      }
      case 'column': {
        const column = state.columns[node.column];
        if (column !== undefined) for (const fault of faultsOf(column)) problems.push(fault.problem);
        break;
      }
      case 'share':
        for (const fault of state.shares[node.share]?.faults ?? []) problems.push(fault.problem);
        break;
      case 'check': {
        const faults = [...(state.checks[node.check] ?? [])].sort(([a], [b]) => (a ?? -1) - (b ?? -1));
        for (const [, fault] of faults) problems.push(fault.problem);
        break;
      }
      default: {
        node satisfies never;
      }
    }
  }
  return program.order.length === 0 ? [] : problems;
}
