import { BLANK } from '../../exact/value.ts';
import type { Problem } from '../../problems/problem.ts';
import type { ComputedColumn, Expr, Program } from '../../rules/program.ts';
import type { Progress, Workbook } from '../../workbook/port.ts';
import { createEvaluator, type Evaluator, evaluate } from '../plain/index.ts';
import type { Order } from '../plain/reading.ts';
import { nodeExpressions, some } from '../plain/walk.ts';
import type { Fault, Outcome, ResultColumn, Results, ShareResult, TableResult } from '../results.ts';
import { framesOf, sheetTruths, wholeColumnVec } from './blocks.ts';
import type { Shared } from './definitions.ts';
import { read } from './evaluate.ts';
import { select } from './frames.ts';
import { positionsOf, Truth, truths } from './logic.ts';
import { type AtOnce, type Counted, createCaches, createMachine, type Machine } from './machine.ts';
import { MOST_LEVELS } from './meaning.ts';
import { type ShareOutcome, shareOutcome } from './shareOutcome.ts';
import { columnStream, type Stream, streamOf, streamVec } from './streams.ts';
import { freshStats, type Stats } from './strict.ts';
import { type Cell, cellAt, constant, mergePieces, patched, Tag, tagAt, type Vec } from './vec.ts';

/** A run with what can be asked of it afterwards. */
export interface ColumnRun {
  readonly results: Results;
  readonly stats: Readonly<Stats>;
  /** Problems, each once, in the order of places in the rules and rows. */
  sorted(problems: Iterable<Problem>): readonly Problem[];
  /** What the results are made of, for going on after an edit; null where the plain evaluator did it all. */
  readonly parts: RunParts | null;
}

/** By id: what each node of a run came to, and what was wrong with it. */
export interface RunParts {
  readonly machine: Machine;
  readonly orders: WeakMap<Problem, Order>;
  readonly columnFaults: readonly (ReadonlyMap<number, Fault> | undefined)[];
  readonly shares: readonly (ShareOutcome | undefined)[];
  /** By row of the `each`; null at the top. */
  readonly checks: readonly (ReadonlyMap<number | null, Fault> | undefined)[];
}

export interface ColumnOptions extends Partial<AtOnce> {
  /** Hears in the end what did not stay in the integers. */
  readonly stats?: (stats: Readonly<Stats>) => void;
}

/** What joins make of them takes some tens of megabytes. */
const PAIRS_AT_ONCE = 1 << 20;
/** Vectors of so many rows fit the processor's cache. */
const ROWS_AT_ONCE = 1 << 13;

/** How often a long series of questions looks whether it should stop. */
const PATIENCE = 1024;

/**
 * Evaluates a program over whole columns. Faults are only found here; what exactly is wrong at a row is asked of the
 * plain evaluator, which knows what has been computed so far.
 * Refuses with the signal's reason where `progress` is aborted.
 */
export function runColumns(
  program: Program,
  workbook: Workbook,
  progress: Progress = {},
  { pairsAtOnce = PAIRS_AT_ONCE, rowsAtOnce = ROWS_AT_ONCE, stats }: ColumnOptions = {},
): ColumnRun {
  if (isTooDeep(program)) {
    const results = evaluate(program, workbook, progress);
    return { results, stats: freshStats(), sorted: () => results.problems, parts: null };
  }
  const m = createMachine(program, workbook, { pairsAtOnce, rowsAtOnce }, read, createCaches(), true);
  const problems: Problem[] = [];
  const scalars: Outcome[] = [];
  const columnFaults: (Map<number, Fault> | undefined)[] = [];
  const shares: (ShareOutcome | undefined)[] = [];
  const pools: (Map<number | null, ShareResult> | undefined)[] = [];
  const checks: (ReadonlyMap<number | null, Fault> | undefined)[] = [];
  const orders = new WeakMap<Problem, Order>();
  let evaluator: Evaluator | null = null;
  let questions = 0;

  const plain = (): Evaluator => {
    if (questions++ % PATIENCE === 0) progress.signal?.throwIfAborted();
    m.stats.asked++;
    evaluator ??= createEvaluator(program, workbook, {
      orders,
      known: {
        scalar: (id) => scalars[id],
        cell: (column, row) => (columnFaults[column] === undefined ? undefined : columnAt(column, row)),
        counts: (table, row) => {
          const counted = m.counted[table];
          if (counted === undefined || counted.faulty) return undefined;
          return counted.positions === null || (counted.positions[row] ?? -1) >= 0;
        },
        share: (id, of) => pools[id]?.get(of),
      },
    });
    return evaluator;
  };
  const tell = (fault: Fault): void => {
    problems.push(fault.problem);
  };

  function columnAt(column: number, row: number): Outcome {
    const vec = m.columns[column];
    const fault = columnFaults[column]?.get(row);
    if (fault !== undefined || vec === undefined) return fault ?? BLANK;
    const cell = cellAt(vec, row);
    if (cell !== null && cell !== 'ask') return cell;
    throw new Error(`no value and no fault: column ${program.columns[column]?.name}, row ${row}`);
  }

  function countRows(table: number, where: Expr | null): void {
    const total = workbook.tables[table]?.rows ?? 0;
    if (where === null) {
      m.counted[table] = { n: total, rows: null, positions: null, faulty: false };
      return;
    }
    const states = sheetTruths(m, where, total);
    let faulty = false;
    for (let row = 0; row < total; row++) {
      const state = states[row] ?? 0;
      if (state <= Truth.BLANK) continue;
      const fault = plain().countsFault(table, row);
      if (fault === null) {
        if (state === Truth.FAULT) throw wrong(`where of ${program.tables[table]?.name}`, row);
        states[row] = plain().counts(table, row) ? Truth.YES : Truth.NO;
      } else {
        faulty = true;
        tell(fault);
      }
    }
    m.counted[table] = countedRows(states, faulty);
  }

  function scalarNode(id: number): void {
    const scalar = program.scalars[id];
    if (scalar === undefined) throw new RangeError(`no scalar ${id}`);
    const { source } = scalar;
    const vec = source.kind === 'rest' ? shareNumber(source.share).rest : m.read(source.value, m.root);
    const cell = cellAt(vec, 0);
    if (cell === null || cell === 'ask') {
      const outcome = plain().scalar(id);
      if (outcome.kind === 'fault') {
        tell(outcome);
        m.scalars[id] = constant(null);
      } else if (cell === null) throw wrong(scalar.name, null);
      else m.scalars[id] = constant(outcome);
      scalars[id] = outcome;
      return;
    }
    m.scalars[id] = constant(cell);
    scalars[id] = cell;
  }

  function shareNumber(id: number): Shared {
    const shared = shares[id]?.shared;
    if (shared === undefined) throw new RangeError(`share ${id} is needed before its node`);
    return shared;
  }

  function columnNode(id: number): void {
    const column = program.columns[id];
    if (column === undefined) throw new RangeError(`no column ${id}`);
    const { rows, n } = m.count(column.table);
    const total = workbook.tables[column.table]?.rows ?? 0;
    const stream = rows === null ? streamOfColumn(m, column) : null;
    if (stream !== null) {
      const vec = streamVec(stream, total);
      m.columns[id] = vec;
      m.stats.streamed++;
      m.streams[id] = columnStream(stream, vec);
      columnFaults[id] = new Map();
      return;
    }
    const vec = wholeColumnVec(m, column, shareNumber);
    const faults = new Map<number, Fault>();
    const answers = new Map<number, Cell>();
    if (vec.tags !== null) {
      for (let i = 0; i < n; i++) {
        const tag = tagAt(vec, i);
        if (tag < Tag.FAIL) continue;
        const row = rows === null ? i : (rows[i] ?? 0);
        const outcome = plain().cell(id, row);
        if (outcome.kind === 'fault') {
          faults.set(row, outcome);
          tell(outcome);
          answers.set(i, null);
        } else if (tag === Tag.FAIL) throw wrong(column.name, row);
        else answers.set(i, outcome);
      }
    }
    const whole = patched(vec, n, tagsNeeded(answers, vec));
    m.columns[id] = rows === null ? whole : mergePieces(total, [{ vec: whole, index: rows }]);
    columnFaults[id] = faults;
  }

  function shareNode(id: number): void {
    const settled = new Map<number | null, ShareResult>();
    pools[id] = settled;
    const outcome = shareOutcome(m, id, settled, plain);
    for (const fault of outcome.faults) tell(fault);
    shares[id] = outcome;
  }

  function checkNode(id: number): void {
    const check = program.checks[id];
    if (check === undefined) throw new RangeError(`no check ${id}`);
    const { each } = check;
    const faults = new Map<number | null, Fault>();
    checks[id] = faults;
    const ask = (row: number | null, sure: boolean): void => {
      const fault = plain().check(id, row);
      if (fault !== null) {
        tell(fault);
        faults.set(row, fault);
      } else if (sure) throw wrong('check', row);
    };
    if (each === null) {
      const [state] = truths(m.read(check.condition, m.root), 1);
      if (state !== Truth.YES) ask(null, state !== Truth.UNSURE);
      return;
    }
    const exprs = [check.condition, ...(each.where === null ? [] : [each.where])];
    for (const frame of framesOf(m, each.table, exprs)) {
      const { first } = frame;
      const rows = first === null ? frame.rows(0) : null;
      const rowOf = (i: number): number => (first ?? 0) + (rows === null ? i : (rows[i] ?? 0));
      const covered =
        each.where === null
          ? new Uint8Array(frame.n).fill(Truth.YES)
          : truths(m.read(each.where, frame), frame.n);
      covered.forEach((state, i) => {
        if (state > Truth.BLANK) ask(rowOf(i), state === Truth.FAULT);
      });
      const index = positionsOf(covered, Truth.YES);
      const part = index.length === frame.n ? frame : select(frame, index);
      truths(m.read(check.condition, part), index.length).forEach((state, k) => {
        if (state !== Truth.YES) ask(rowOf(index[k] ?? 0), state !== Truth.UNSURE);
      });
    }
  }

  program.tables.forEach(({ where }, table) => {
    if (where === null) countRows(table, null);
  });
  const { order } = program;
  order.forEach((node, i) => {
    progress.signal?.throwIfAborted();
    progress.report?.(i, order.length);
    switch (node.kind) {
      case 'table':
        countRows(node.table, program.tables[node.table]?.where ?? null);
        break;
      case 'scalar':
        scalarNode(node.scalar);
        break;
      case 'column':
        columnNode(node.column);
        break;
      case 'share':
        shareNode(node.share);
        break;
      case 'check':
        checkNode(node.check);
        break;
      default: {
        const never: never = node;
        return never;
      }
    }
    m.forget();
  });
  program.tables.forEach(({ where }, table) => {
    if (m.counted[table] === undefined) countRows(table, where);
  });
  progress.report?.(order.length, order.length);
  stats?.(m.stats);

  const sorted = (list: Iterable<Problem>): readonly Problem[] =>
    (evaluator ?? createEvaluator(program, workbook, { orders })).sorted(list);
  return {
    stats: m.stats,
    sorted,
    parts: { machine: m, orders, columnFaults, shares, checks },
    results: {
      asOf: program.asOf,
      tables: workbook.tables.map((table, id) => countedTable(table.rows, m.counted[id])),
      scalars,
      columns: program.columns.map((_, id): ResultColumn => ({ at: (row) => columnAt(id, row) })),
      shares: shares.flatMap((share) => share?.list ?? []),
      problems: problems.length === 0 ? [] : sorted(problems),
    },
  };
}

/** A column of one rule for all rows, of which none can fail: its values are computed where they are wanted. */
function streamOfColumn(m: Machine, { definitions }: ComputedColumn): Stream | null {
  const [only] = definitions;
  if (definitions.length !== 1 || only?.kind !== 'rule' || only.where !== null) return null;
  const stream = streamOf(m, only.value, 0);
  return stream === null || stream.constant !== null ? null : stream;
}

/** Its list of rows is made when it is first asked for. */
function countedTable(total: number, counted: Counted | undefined): TableResult {
  const n = counted?.n ?? 0;
  let rows: Uint32Array | null = null;
  return {
    get rows() {
      rows ??= Uint32Array.from(counted?.rows ?? allRows(n));
      return rows;
    },
    excluded: total - n,
  };
}

function allRows(n: number): Uint32Array {
  const rows = new Uint32Array(n);
  for (let row = 0; row < n; row++) rows[row] = row;
  return rows;
}

/** Aggregates within aggregates beyond the bits of a number: nobody's rules, left to the plain evaluator. */
function isTooDeep(program: Program): boolean {
  return program.order.some((node) =>
    nodeExpressions(program, node).some((root) => some(root, (x) => 'level' in x && x.level >= MOST_LEVELS)),
  );
}

function wrong(what: string | undefined, row: number | null): Error {
  return new Error(
    `the column engine found a fault in ${what}${row === null ? '' : ` at row ${row}`} where there is none`,
  );
}

export function countedRows(states: Uint8Array, faulty: boolean): Counted {
  const rows = positionsOf(states, Truth.YES);
  if (rows.length === states.length) return { n: rows.length, rows: null, positions: null, faulty };
  const positions = new Int32Array(states.length).fill(-1);
  rows.forEach((row, i) => {
    positions[row] = i;
  });
  return { n: rows.length, rows, positions, faulty };
}

/** Faults that are tagged as such already need no change. */
function tagsNeeded(answers: ReadonlyMap<number, Cell>, vec: Vec): ReadonlyMap<number, Cell> {
  const out = new Map<number, Cell>();
  for (const [i, cell] of answers) if (cell !== null || tagAt(vec, i) !== Tag.FAIL) out.set(i, cell);
  return out;
}
