import { add, divide, multiply, ONE, ZERO } from '../../exact/rational.ts';
import type { Definition, Expr, Program } from '../../rules/program.ts';
import type { Workbook } from '../../workbook/port.ts';
import type { Fault } from '../results.ts';
import { coveringDefinition, scoreInput } from './definitions.ts';
import { evaluatorOf } from './evaluator.ts';
import { explainAggregate, explainRank } from './explainAggregate.ts';
import { explainBand } from './explainBand.ts';
import { explainMember, explainOutside, explainRest } from './explainShare.ts';
import type { Known } from './known.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { createMachine, type PlainMachine } from './machine.ts';
import {
  attempt,
  cellPlace,
  type Env,
  isFault,
  NOTHING,
  namePlace,
  originOf,
  outcomeOf,
  type Reading,
  rowKey,
  tableOf,
} from './reading.ts';
import type { InputReason, PartReason, Reason, Target } from './reasons.ts';

export interface ExplainOptions {
  readonly known?: Known;
  /** Rows of an aggregate that are shown: 5 by default, Infinity for all. */
  readonly rows?: number;
  /** Levels of the tree: 100 by default, 400 at most. */
  readonly depth?: number;
  /** Reasons in all: 10,000 by default. */
  readonly reasons?: number;
}

/** Deeper trees might not fit the stack. */
const DEEPEST = 400;

/** What the parts of the explainer need of one another. */
export interface Explainer {
  readonly m: PlainMachine;
  readonly rows: number;
  /** The reasons of what an expression reads. */
  leaves(expr: Expr, env: Env, depth: number): readonly Reason[];
  part(role: PartReason['role'], expr: Expr, env: Env, depth: number): Reason;
  rowName(table: number, row: number): { readonly table: string; readonly row: number; readonly key: string };
  /** Whether a thing has been shown before; from now on it has. */
  shown(name: string): boolean;
}

/** An outcome as a reason shows it, with a blank's origin. */
export function shownOutcome(reading: Reading | Fault): Pick<Reason, 'outcome' | 'origin'> {
  const origin = reading.kind === 'blank' ? originOf(reading) : null;
  return { outcome: outcomeOf(reading), ...(origin === null ? {} : { origin }) };
}

/** Why a value is what it is. Values that are not known are computed, and nothing else is. */
export function explain(
  program: Program,
  workbook: Workbook,
  target: Target,
  options: ExplainOptions = {},
): Reason {
  return createExplain(program, workbook, options)(target);
}

/** Explains one value after another: what was looked up for one is there for the next. */
export function createExplain(
  program: Program,
  workbook: Workbook,
  options: ExplainOptions = {},
): (target: Target) => Reason {
  const m = createMachine(program, workbook, options.known ?? {}, false);
  const evaluator = evaluatorOf(m, options.known === undefined);
  const limits = { depth: Math.min(options.depth ?? 100, DEEPEST), reasons: options.reasons ?? 10_000 };
  return (target) => {
    // Computes what the target depends on without nesting too deeply.
    if (target.kind === 'scalar') evaluator.scalar(target.scalar);
    else evaluator.cell(target.column, target.row);
    const explainer = createExplainer(m, options.rows ?? 5, limits);
    return target.kind === 'scalar'
      ? explainer.scalar(target.scalar, 0)
      : explainer.column(target.column, target.row, 0);
  };
}

interface Limits {
  readonly depth: number;
  readonly reasons: number;
}

interface Roots {
  scalar(id: number, depth: number): Reason;
  column(id: number, row: number, depth: number): Reason;
}

function createExplainer(m: PlainMachine, rows: number, limits: Limits): Roots {
  const seen = new Set<string>();
  let count = 0;

  const e: Explainer = { m, rows, leaves, part, rowName, shown };
  return { scalar, column };

  function shown(name: string): boolean {
    const before = seen.has(name);
    seen.add(name);
    return before;
  }

  /** Whether the tree is as deep or as large as it may be. */
  function full(depth: number): boolean {
    return depth >= limits.depth || count >= limits.reasons;
  }

  function below(depth: number, children: () => readonly Reason[]): Pick<Reason, 'children' | 'cut'> {
    return full(depth) ? { children: [], cut: true } : { children: children() };
  }

  /** An explainer that adds no more reasons where the tree is full. */
  function bounded(depth: number): Explainer {
    return full(depth) ? { ...e, rows: 0, leaves: () => [] } : e;
  }

  function cutAt(depth: number): Pick<Reason, 'cut'> {
    return full(depth) ? { cut: true } : {};
  }

  function rowName(table: number, row: number): ReturnType<Explainer['rowName']> {
    return { table: tableOf(m.workbook, table).name, row, key: rowKey(m, table, row) };
  }

  function leaves(expr: Expr, env: Env, depth: number): readonly Reason[] {
    return leavesOf(m, expr, env).map((leaf) => explainLeaf(leaf, env, depth));
  }

  function part(role: PartReason['role'], expr: Expr, env: Env, depth: number): Reason {
    count++;
    return {
      kind: 'part',
      role,
      at: expr.at,
      ...shownOutcome(attempt(() => m.read(expr, env))),
      ...below(depth, () => leaves(expr, env, depth + 1)),
    };
  }

  function explainLeaf(leaf: Leaf, env: Env, depth: number): Reason {
    count++;
    const outcome = (): Pick<Reason, 'outcome' | 'origin'> => shownOutcome(attempt(() => m.read(leaf, env)));
    switch (leaf.op) {
      case 'asOf':
        return { kind: 'asOf', ...outcome(), children: [] };
      case 'sheet': {
        const row = env.rows[leaf.level] ?? 0;
        const name = tableOf(m.workbook, leaf.table).columns[leaf.column]?.heading ?? '';
        const cell = cellPlace(m.workbook, leaf.table, leaf.column, row);
        return { kind: 'sheet', name, ...rowName(leaf.table, row), cell, ...outcome(), children: [] };
      }
      case 'name': {
        const name = m.workbook.names[leaf.name]?.name ?? '';
        return { kind: 'name', name, cell: namePlace(m.workbook, leaf.name), ...outcome(), children: [] };
      }
      case 'scalar':
        return scalar(leaf.scalar, depth);
      case 'column':
        return column(leaf.column, env.rows[leaf.level] ?? 0, depth);
      case 'band':
        return { ...outcome(), ...explainBand(bounded(depth), leaf, env, depth + 1), ...cutAt(depth) };
      case 'aggregate':
        return { ...outcome(), ...explainAggregate(bounded(depth), leaf, env, depth + 1), ...cutAt(depth) };
      case 'rank':
        return { ...outcome(), ...explainRank(bounded(depth), leaf, env, depth + 1), ...cutAt(depth) };
      default: {
        const never: never = leaf;
        return never;
      }
    }
  }

  function scalar(id: number, depth: number): Reason {
    const rule = m.program.scalars[id];
    if (rule === undefined) throw new RangeError(`no scalar ${id}`);
    const reason = {
      kind: 'scalar',
      name: rule.name,
      at: rule.at,
      ...shownOutcome(attempt(() => m.scalar(id))),
    } as const;
    if (shown(`scalar ${id}`)) return { ...reason, seen: true, children: [] };
    const { source } = rule;
    const env: Env = { context: { rule: rule.name, keyLevel: 0 }, tables: [], rows: [] };
    return {
      ...reason,
      ...below(depth, () =>
        source.kind === 'rest'
          ? [explainRest(e, source.share, null, depth + 1)]
          : leaves(source.value, env, depth + 1),
      ),
    };
  }

  function column(id: number, row: number, depth: number): Reason {
    const rule = m.program.columns[id];
    if (rule === undefined) throw new RangeError(`no column ${id}`);
    const env: Env = { context: { rule: rule.name, keyLevel: 0 }, tables: [rule.table], rows: [row] };
    const covering = attempt((): { kind: 'covering'; definition: Definition | null } => ({
      kind: 'covering',
      definition: coveringDefinition(m, id, env),
    }));
    const definition = isFault(covering) ? null : covering.definition;
    const reason = {
      kind: 'column',
      name: rule.name,
      ...rowName(rule.table, row),
      by: definition?.kind ?? 'none',
      at: definition?.at ?? rule.at,
      ...shownOutcome(attempt(() => m.cell(id, row))),
    } as const;
    if (shown(`column ${id} ${row}`)) return { ...reason, seen: true, children: [] };
    return {
      ...reason,
      ...below(depth, () =>
        definition === null
          ? uncovered(rule.definitions, row, env, depth + 1)
          : [...condition(definition, env, depth + 1), ...defined(definition, row, env, depth + 1)],
      ),
    };
  }

  function condition(definition: Definition, env: Env, depth: number): readonly Reason[] {
    if (definition.kind === 'share' || definition.kind === 'rest' || definition.where === null) return [];
    return [part('where', definition.where, env, depth)];
  }

  /** Why no definition covers the row. */
  function uncovered(
    definitions: readonly Definition[],
    row: number,
    env: Env,
    depth: number,
  ): readonly Reason[] {
    return definitions.flatMap((definition) =>
      definition.kind === 'share'
        ? explainOutside(e, definition.share, row, depth)
        : condition(definition, env, depth),
    );
  }

  function defined(definition: Definition, row: number, env: Env, depth: number): readonly Reason[] {
    switch (definition.kind) {
      case 'rule':
        return leaves(definition.value, env, depth);
      case 'score':
        return score(definition, env, depth);
      case 'statement':
        return definition.components.map(({ sign, value, label }): Reason => {
          count++;
          const outcome = shownOutcome(attempt(() => m.read(value, env)));
          const children = below(depth, () => leaves(value, env, depth + 1));
          return { kind: 'component', sign, label, at: value.at, ...outcome, ...children };
        });
      case 'share':
        return explainMember(e, definition.share, row, depth);
      case 'rest':
        return [explainRest(e, definition.share, row, depth)];
      default: {
        const never: never = definition;
        return never;
      }
    }
  }

  function score(
    definition: Extract<Definition, { kind: 'score' }>,
    env: Env,
    depth: number,
  ): readonly Reason[] {
    const inputs = definition.lines.map((line) => {
      const input = attempt((): Reading => {
        const value = scoreInput(m, definition, line, env);
        return value === null ? NOTHING : { kind: 'number', value };
      });
      return { line, input };
    });
    const weights = definition.skipBlank
      ? inputs.reduce((sum, { line, input }) => (input.kind === 'number' ? add(sum, line.weight) : sum), ZERO)
      : ONE;
    return inputs.map(({ line, input }): Reason => {
      count++;
      const outcome = shownOutcome(isFault(input) ? input : attempt(() => m.read(line.value, env)));
      const counted = input.kind === 'number' && weights.n !== 0n ? divide(line.weight, weights) : null;
      const numbers: InputReason = {
        kind: 'input',
        at: line.value.at,
        weight: line.weight,
        counted,
        points: input.kind === 'number' && counted !== null ? multiply(counted, input.value) : null,
      };
      return { ...numbers, ...outcome, ...below(depth, () => leaves(line.value, env, depth + 1)) };
    });
  }
}
