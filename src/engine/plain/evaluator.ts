import type { Problem } from '../../problems/problem.ts';
import type { Check, Node, Program } from '../../rules/program.ts';
import { sourceText } from '../../rules/source.ts';
import type { Workbook } from '../../workbook/port.ts';
import type { CellPlace, Fault, Outcome, ShareResult } from '../results.ts';
import type { Known } from './known.ts';
import { createMachine, isListFault, type PlainMachine } from './machine.ts';
import { failKind, matches } from './operands.ts';
import type { Pool } from './pools.ts';
import {
  attempt,
  type Env,
  fail,
  isFault,
  type Machine,
  type Order,
  originOf,
  outcomeOf,
  type Reading,
} from './reading.ts';
import { longestChain } from './walk.ts';

/** Evaluates single values on demand, each once. Its values are those of a run of the whole program. */
export interface Evaluator {
  scalar(id: number): Outcome;
  /** A computed column at a row that counts. */
  cell(column: number, row: number): Outcome;
  /** Whether a row of a table counts; a row at which its `where` fails does not. */
  counts(table: number, row: number): boolean;
  /** Why nobody can say whether a row counts. */
  countsFault(table: number, row: number): Fault | null;
  /** Rows of the share's `each` that have a pool ([null] at depth 0), or why that can't be told. */
  pools(share: number): readonly (number | null)[] | Fault;
  /** One pool; of a failed one, what is wrong with it, one problem a member at most, the first cause first. */
  share(id: number, of: number | null): ShareResult | ShareFailure;
  /** What is wrong with a check: at a row of its `each`, or at the top (null). Null where it holds or skips the row. */
  check(id: number, row: number | null): Fault | null;
  /** The cell that a blank came from; null for anything else. */
  originOfScalar(id: number): CellPlace | null;
  originOfCell(column: number, row: number): CellPlace | null;
  /** Problems, each once (code, place, rule and key), in the order of places in the rules and rows. */
  sorted(problems: Iterable<Problem>): readonly Problem[];
}

export interface ShareFailure {
  readonly kind: 'failed';
  readonly fault: Fault;
  /** At least the fault itself. */
  readonly faults: readonly Fault[];
}

export interface EvaluatorOptions {
  readonly known?: Known;
  /** Look at every row of an aggregate, where an index of a column would tell which can match. */
  readonly scan?: boolean;
  /** Where problems stand: given where those of several evaluators are to be sorted together. */
  readonly orders?: WeakMap<Problem, Order>;
}

/** Chains of rules longer than this are evaluated in the program's order: lazily they would nest too deeply. */
const DEEP = 200;

export function createEvaluator(
  program: Program,
  workbook: Workbook,
  options: EvaluatorOptions = {},
): Evaluator {
  const machine = createMachine(
    program,
    workbook,
    options.known ?? {},
    options.scan ?? false,
    options.orders,
  );
  return evaluatorOf(machine, options.known === undefined);
}

/** `alone`: nothing is known, so that a long chain has to be computed from its beginning. */
export function evaluatorOf(machine: PlainMachine, alone: boolean): Evaluator {
  let ready = !alone;
  /** Makes sure that nothing nests deeper than DEEP rules. */
  function prepare(): void {
    if (ready) return;
    ready = true;
    if (longestChain(machine.program) > DEEP) evaluateNodes(machine, () => {});
  }
  const reading = (run: () => Reading): Reading | Fault => {
    prepare();
    return attempt(run);
  };
  const origin = (x: Reading | Fault): CellPlace | null => (x.kind === 'blank' ? originOf(x) : null);
  return {
    scalar: (id) => outcomeOf(reading(() => machine.scalar(id))),
    cell: (column, row) => outcomeOf(reading(() => machine.cell(column, row))),
    counts(table, row) {
      prepare();
      return machine.counts(table, row);
    },
    countsFault(table, row) {
      prepare();
      const counted = machine.counted(table, row);
      return typeof counted === 'boolean' ? null : counted;
    },
    pools(share) {
      prepare();
      const list = machine.pools(share);
      return isListFault(list) ? list : list.map((pool) => pool.of);
    },
    share(id, of) {
      prepare();
      return shareOutcome(machine.pool(id, of));
    },
    check(id, row) {
      prepare();
      return checkFault(machine, id, row);
    },
    originOfScalar: (id) => origin(reading(() => machine.scalar(id))),
    originOfCell: (column, row) => origin(reading(() => machine.cell(column, row))),
    sorted: (problems) => sortProblems(machine, problems),
  };
}

function shareOutcome({ result, faults }: Pool): ShareResult | ShareFailure {
  if (!('kind' in result)) return result;
  return { kind: 'failed', fault: result, faults: faults.length === 0 ? [result] : faults };
}

function checkFault(m: Machine, id: number, row: number | null): Fault | null {
  const check = m.program.checks[id];
  if (check === undefined) throw new RangeError(`no check ${id}`);
  const context = { rule: 'check', keyLevel: 0 };
  const env: Env =
    check.each === null || row === null
      ? { context, tables: [], rows: [] }
      : { context, tables: [check.each.table], rows: [row] };
  const outcome = attempt((): { readonly kind: 'done' } => {
    if (matches(m, check.each?.where ?? null, env)) failUnlessTrue(m, check, env);
    return { kind: 'done' };
  });
  return isFault(outcome) ? outcome : null;
}

function failUnlessTrue(m: Machine, check: Check, env: Env): void {
  const { condition, message } = check;
  const x = m.read(condition, env);
  if (x.kind !== 'blank' && x.kind !== 'logical') failKind(m, condition, x, 'logical', env);
  if (x.kind === 'logical' && x.value) return;
  fail(m, env, condition.at, condition.at, {
    code: 'check-failed',
    ...(message === null ? {} : { message }),
    condition: sourceText(m.workbook.rules, condition.at),
  });
}

/** Evaluates every node in the program's order, so that nothing nests; reports each fault that is an outcome. */
export function evaluateNodes(
  machine: PlainMachine,
  report: (fault: Fault) => void,
  progress?: (done: number, total: number) => void,
): void {
  const { program } = machine;
  const tell = (x: { readonly kind: string } | boolean): void => {
    if (typeof x !== 'boolean' && isFault(x)) report(x);
  };
  const counted = (table: number): readonly number[] => {
    const rows: number[] = [];
    const total = machine.workbook.tables[table]?.rows ?? 0;
    for (let row = 0; row < total; row++) if (machine.counts(table, row)) rows.push(row);
    return rows;
  };
  const visit = (node: Node): void => {
    switch (node.kind) {
      case 'table': {
        const total = machine.workbook.tables[node.table]?.rows ?? 0;
        if ((program.tables[node.table]?.where ?? null) !== null)
          for (let row = 0; row < total; row++) tell(machine.counted(node.table, row));
        return;
      }
      case 'scalar':
        tell(attempt(() => machine.scalar(node.scalar)));
        return;
      case 'column': {
        const table = program.columns[node.column]?.table ?? 0;
        for (const row of counted(table)) tell(attempt(() => machine.cell(node.column, row)));
        return;
      }
      case 'share': {
        const pools = machine.pools(node.share);
        if (isListFault(pools)) report(pools);
        else for (const pool of pools) for (const fault of pool.faults) report(fault);
        return;
      }
      case 'check': {
        const each = program.checks[node.check]?.each ?? null;
        const rows = each === null ? [null] : counted(each.table);
        for (const row of rows) tell(checkFault(machine, node.check, row) ?? true);
        return;
      }
      default: {
        node satisfies never;
      }
    }
  };
  program.order.forEach((node, i) => {
    progress?.(i, program.order.length);
    visit(node);
  });
}

/** Each problem once: by line of the rules, then row, then character; those of no rule come first as they are. */
export function sortProblems(m: Machine, problems: Iterable<Problem>): readonly Problem[] {
  const seen = new Set<string>();
  const list: Problem[] = [];
  for (const problem of problems) {
    const name = JSON.stringify([
      problem.code,
      problem.at ?? null,
      problem.rule ?? null,
      problem.key ?? null,
    ]);
    if (seen.has(name)) continue;
    seen.add(name);
    list.push(problem);
  }
  const orderOf = (problem: Problem) => {
    const known = m.orders.get(problem);
    if (known !== undefined) return known;
    const start = problem.at?.kind === 'rule' ? problem.at.start : 0;
    return { line: problem.at === undefined ? -1 : m.lineOf(problem.at), row: -1, start };
  };
  return list
    .map((problem) => ({ problem, order: orderOf(problem) }))
    .sort((a, b) => a.order.line - b.order.line || a.order.row - b.order.row || a.order.start - b.order.start)
    .map(({ problem }) => problem);
}
