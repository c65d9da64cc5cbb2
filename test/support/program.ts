import { parseDate } from '../../src/exact/date.ts';
import { rational } from '../../src/exact/rational.ts';
import type { Place } from '../../src/problems/problem.ts';
import type {
  Aggregate,
  Check,
  ComputedColumn,
  Expr,
  FunctionName,
  Program,
  ProgramTable,
  Scalar,
  Share,
} from '../../src/rules/program.ts';
import type { Workbook } from '../../src/workbook/port.ts';
import { type Cell, cellValue } from './book.ts';

/** A place in line `line` of the rules, at character `start` (to `end`). */
export const at = (line: number, start = 1, end = start): Place => ({
  kind: 'rule',
  line: { kind: 'text', file: 'Rules.allot', line },
  start,
  end,
});

const NOWHERE = at(1);
let characters = 0;
/** A place of its own for every expression, so that a test can tell them apart. */
const next = (): Place => at(1, ++characters);

export const lit = (cell: Exclude<Cell, { readonly error: string }>): Expr => ({
  op: 'literal',
  value: cellValue(cell),
  at: next(),
});
export const sheet = (table: number, column: number, level = 0): Expr => ({
  op: 'sheet',
  table,
  column,
  level,
  at: next(),
});
export const col = (column: number, level = 0): Expr => ({ op: 'column', column, level, at: next() });
export const scalar = (id: number): Expr => ({ op: 'scalar', scalar: id, at: next() });
export const name = (id: number): Expr => ({ op: 'name', name: id, at: next() });
export const asOf = (): Expr => ({ op: 'asOf', at: next() });
export const not = (x: Expr): Expr => ({ op: 'not', x, at: next() });
export const neg = (x: Expr): Expr => ({ op: 'negate', x, at: next() });
export const band = (id: number, x: Expr): Expr => ({ op: 'band', band: id, x, at: next() });
export const within = (x: Expr, ...list: Expr[]): Expr => ({ op: 'in', x, list, at: next() });
export const iff = (condition: Expr, then: Expr, otherwise: Expr): Expr => ({
  op: 'if',
  condition,
  then,
  otherwise,
  at: next(),
});
export const fn = (called: FunctionName, ...args: Expr[]): Expr => ({
  op: 'call',
  name: called,
  args,
  at: next(),
});

/** `bin(x, '+', y)`: arithmetic, comparisons, `and`, `or`. */
export function bin(left: Expr, operator: string, right: Expr): Expr {
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '^':
    case 'and':
    case 'or':
      return { op: operator, left, right, at: next() };
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return { op: 'compare', operator, left, right, at: next() };
    default:
      throw new Error(`no operator ${operator}`);
  }
}

type Simple = 'count' | 'sum' | 'average' | 'min' | 'max' | 'median' | 'find';

export function agg(
  called: Simple,
  table: number,
  value: Expr | null,
  where: Expr | null = null,
  level = 1,
): Aggregate {
  const common = { op: 'aggregate', table, level, where, at: next() } as const;
  if (called === 'count') return { ...common, fn: 'count', value };
  if (value === null) throw new Error(`${called} takes a value`);
  return { ...common, fn: called, value };
}

export const rule = (value: Expr, where: Expr | null = null) =>
  ({ kind: 'rule', where, value, at: next() }) as const;

export function column(
  table: number,
  called: string,
  ...definitions: ComputedColumn['definitions']
): ComputedColumn {
  return { table, name: called, at: NOWHERE, definitions };
}

export const scalarRule = (called: string, value: Expr): Scalar => ({
  name: called,
  at: NOWHERE,
  source: { kind: 'rule', value },
});

export type Parts = Partial<
  Pick<Program, 'scalars' | 'bands' | 'columns' | 'shares' | 'checks' | 'order' | 'unit'>
> & {
  readonly asOf?: string;
  readonly where?: Readonly<Record<string, Expr>>;
};

export function share(parts: Partial<Share> & Pick<Share, 'name' | 'table' | 'pool' | 'weight'>): Share {
  return {
    at: NOWHERE,
    each: null,
    memberLevel: 0,
    where: null,
    floor: null,
    cap: null,
    unit: null,
    ...parts,
  };
}

/** A program over a book; the order is tables, scalars, columns, shares, checks where none is given. */
export function program(book: Workbook, parts: Parts): Program {
  const { scalars = [], bands = [], columns = [], shares = [], checks = [] } = parts;
  return {
    asOf: parseDate(parts.asOf ?? '2026-03-31') ?? 0,
    unit: parts.unit ?? rational(1n, 100n),
    tables: book.tables.map(
      (table): ProgramTable => ({
        name: table.name,
        named: true,
        key: 0,
        where: parts.where?.[table.name] ?? null,
        at: NOWHERE,
        references: [],
        columns: [],
      }),
    ),
    scalars,
    bands,
    columns,
    shares,
    checks,
    order: parts.order ?? [
      ...book.tables.map((_, table) => ({ kind: 'table', table }) as const),
      ...scalars.map((_, i) => ({ kind: 'scalar', scalar: i }) as const),
      ...columns.map((_, i) => ({ kind: 'column', column: i }) as const),
      ...shares.map((_, i) => ({ kind: 'share', share: i }) as const),
      ...checks.map((_: Check, i) => ({ kind: 'check', check: i }) as const),
    ],
  };
}
