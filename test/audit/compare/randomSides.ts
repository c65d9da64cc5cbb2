import fc from 'fast-check';
import type { Side, Sides } from '../../../src/audit/compare/sides.ts';
import { evaluate } from '../../../src/engine/plain/index.ts';
import { add, ONE } from '../../../src/exact/rational.ts';
import type { Expr, Program } from '../../../src/rules/program.ts';
import type { Workbook } from '../../../src/workbook/port.ts';
import { randomCase } from '../../engine/columns/random.ts';
import { cell, columnOf, mapExpr } from './naive.ts';

/** A number below n for the i-th question. */
export type Choose = (n: number) => number;

function chooser(numbers: readonly number[]): Choose {
  let i = 0;
  return (n) => (numbers[i++ % Math.max(1, numbers.length)] ?? 0) % n;
}

/** Some of the rows, some cells of them from another row. */
function mutated(workbook: Workbook, choose: Choose): Workbook {
  return {
    ...workbook,
    tables: workbook.tables.map((table, t) => {
      const rows = Array.from({ length: table.rows }, (_, row) => row).filter(() => choose(6) !== 0);
      const columns = table.columns.map((column, c) => ({
        ...column,
        data: columnOf(
          rows.map((row) => cell(workbook, t, c, c > 0 && choose(4) === 0 ? choose(table.rows) : row)),
        ),
      }));
      return { ...table, columns, rows: rows.length, sheetRows: Uint32Array.from(rows, (row) => row + 2) };
    }),
  };
}

/** Some numbers of the rules are one more. */
function otherRules(program: Program, choose: Choose): Program {
  const change = (expr: Expr): Expr =>
    expr.op === 'literal' && expr.value.kind === 'number' && choose(3) === 0
      ? { ...expr, value: { kind: 'number', value: add(expr.value.value, ONE) } }
      : mapExpr(expr, change);
  return {
    ...program,
    columns: program.columns.map((column) => ({
      ...column,
      definitions: column.definitions.map((d) => (d.kind === 'rule' ? { ...d, value: change(d.value) } : d)),
    })),
    shares: program.shares.map((share) => ({ ...share, weight: change(share.weight) })),
  };
}

function withReferences(program: Program, workbook: Workbook, choose: Choose): Program {
  return {
    ...program,
    tables: program.tables.map((table, t) => ({
      ...table,
      references: Array.from({ length: choose(3) }, () => ({
        column: choose(workbook.tables[t]?.columns.length ?? 1),
        table: choose(program.tables.length),
        at: { kind: 'file', path: '' } as const,
      })),
    })),
  };
}

export function randomSides(tape: readonly number[], numbers: readonly number[]): Sides {
  const choose = chooser(numbers);
  const found = randomCase(tape);
  const program = withReferences(found.program, found.workbook, choose);
  const side = (p: Program, workbook: Workbook): Side => ({
    program: p,
    workbook,
    results: evaluate(p, workbook, {}, { scan: true }),
  });
  const before = mutated(found.workbook, choose);
  const after = choose(4) === 0 ? before : mutated(found.workbook, choose);
  const asOf = choose(3) === 0 ? Date.UTC(2026, 1, 28) : program.asOf;
  const rules = choose(3) === 0 ? program : otherRules(program, choose);
  return [side(program, before), side({ ...rules, asOf }, after)];
}

export const tapes = fc.tuple(
  fc.array(fc.nat({ max: 0xffff }), { maxLength: 700, size: 'max' }),
  fc.array(fc.nat({ max: 997 }), { minLength: 1, maxLength: 60, size: 'max' }),
);

/** Where it isn't clear which rows count, or a pool failed: such sides are never compared. */
export function isUnclear(sides: Sides, problems: Side['results']['problems']): boolean {
  const { tables, shares } = sides[0].program;
  return problems.some(({ rule }) => [...tables, ...shares].some(({ name }) => name === rule));
}
