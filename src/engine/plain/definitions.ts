import type { Rational } from '../../exact/rational.ts';
import { add, compare, divide, multiply, negate, ZERO } from '../../exact/rational.ts';
import type { Definition } from '../../rules/program.ts';
import { exactly, failBlank, failKind, matches, numberOf } from './operands.ts';
import {
  type Env,
  fail,
  type Machine,
  NOTHING,
  operandPlace,
  type Reading,
  tableOf,
  valueText,
} from './reading.ts';

type Score = Extract<Definition, { readonly kind: 'score' }>;
type Statement = Extract<Definition, { readonly kind: 'statement' }>;

const text = (value: Rational): string => valueText({ kind: 'number', value });

/** A computed column at a row that counts. */
export function columnCell(m: Machine, column: number, row: number): Reading {
  const def = m.program.columns[column];
  if (def === undefined) throw new RangeError(`no column ${column}`);
  const env: Env = { context: { rule: def.name, keyLevel: 0 }, tables: [def.table], rows: [row] };
  const covering = coveringDefinition(m, column, env);
  return covering === null ? NOTHING : definedValue(m, covering, row, env);
}

/** The one definition that covers the row; ends at a second one. */
export function coveringDefinition(m: Machine, column: number, env: Env): Definition | null {
  const def = m.program.columns[column];
  let covering: Definition | null = null;
  for (const definition of def?.definitions ?? []) {
    if (!covers(m, definition, env)) continue;
    if (def !== undefined && covering !== null) {
      fail(m, env, definition.at, definition.at, {
        code: 'overlapping-definitions',
        name: def.name,
        table: tableOf(m.workbook, def.table).name,
        first: covering.at,
      });
    }
    covering = definition;
  }
  return covering;
}

function covers(m: Machine, definition: Definition, env: Env): boolean {
  switch (definition.kind) {
    case 'rule':
    case 'score':
    case 'statement':
      return matches(m, definition.where, env);
    case 'share':
      return m.shared(definition.share, env.rows[0] ?? 0) !== null;
    case 'rest': {
      const share = m.program.shares[definition.share];
      return share !== undefined && share.each !== null && matches(m, share.each.where, env);
    }
    default: {
      const never: never = definition;
      return never;
    }
  }
}

function definedValue(m: Machine, definition: Definition, row: number, env: Env): Reading {
  switch (definition.kind) {
    case 'rule':
      return m.read(definition.value, env);
    case 'score':
      return score(m, definition, env);
    case 'statement':
      return statement(m, definition, env);
    case 'share':
      return m.shared(definition.share, row) ?? NOTHING;
    case 'rest':
      return m.rest(definition.share, row);
    default: {
      const never: never = definition;
      return never;
    }
  }
}

/** A score's input; null for a blank one that is passed over. */
export function scoreInput(
  m: Machine,
  score: Score,
  line: Score['lines'][number],
  env: Env,
): Rational | null {
  const x = m.read(line.value, env);
  if (x.kind === 'blank') return score.skipBlank ? null : failBlank(m, line.value, x, env);
  if (x.kind !== 'number') return failKind(m, line.value, x, 'number', env);
  if (x.value.n >= 0n && compare(x.value, score.scale) <= 0) return x.value;
  return fail(m, env, operandPlace(m, line.value, env), line.value.at, {
    code: 'score-out-of-range',
    value: text(x.value),
    scale: text(score.scale),
  });
}

function score(m: Machine, definition: Score, env: Env): Reading {
  let total = ZERO;
  let weights = ZERO;
  let there = 0;
  for (const line of definition.lines) {
    const x = scoreInput(m, definition, line, env);
    if (x === null) continue;
    there++;
    total = exactly(m, line.value, env, () => add(total, multiply(line.weight, x)));
    if (definition.skipBlank) weights = add(weights, line.weight);
  }
  if (!definition.skipBlank) return { kind: 'number', value: total };
  if (there === 0 || weights.n === 0n) return NOTHING;
  return { kind: 'number', value: divide(total, weights) };
}

function statement(m: Machine, definition: Statement, env: Env): Reading {
  let total = ZERO;
  for (const { sign, value } of definition.components) {
    const x = numberOf(m, value, env);
    if (divide(x, m.program.unit).d !== 1n) {
      fail(m, env, operandPlace(m, value, env), value.at, {
        code: 'not-settled',
        value: text(x),
        unit: text(m.program.unit),
      });
    }
    total = exactly(m, value, env, () => add(total, sign === 'add' ? x : negate(x)));
  }
  return { kind: 'number', value: total };
}
