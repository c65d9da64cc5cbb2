import type { Rational } from '../exact/rational.ts';
import type { Value } from '../exact/value.ts';
import type { Place } from '../problems/problem.ts';

/**
 * A checked program: the rules in force at one as-of date, with every name resolved, in an order in which each
 * thing comes after what it needs. Plain and readonly; both evaluators read it and nothing else of the rules.
 *
 * Rows. An expression is evaluated with one current row a level. In an `each`, `score`, `statement` or `table … where`
 * level 0 is the statement's row; in a scalar rule or a check at the top there is none. Every aggregate adds a level
 * for the row that it runs over. In a share at depth 0, level 0 is the member; inside an `each`, level 0 is the row
 * of the `each` and level 1 the member. Tables are indexes into the workbook's tables, rows indexes into its rows.
 */
export interface Program {
  /** Whole milliseconds, without a time of day. */
  readonly asOf: number;
  /** What money settles to, above 0. */
  readonly unit: Rational;
  /** One for every table of the workbook, in its order. */
  readonly tables: readonly ProgramTable[];
  /** Defined names that rules in force use: indexes into the workbook's names. */
  readonly scalars: readonly Scalar[];
  readonly bands: readonly Band[];
  readonly columns: readonly ComputedColumn[];
  readonly shares: readonly Share[];
  readonly checks: readonly Check[];
  readonly order: readonly Node[];
}

/** What is evaluated, once each, in order. */
export type Node =
  /** Which rows of a table count. */
  | { readonly kind: 'table'; readonly table: number }
  | { readonly kind: 'scalar'; readonly scalar: number }
  | { readonly kind: 'column'; readonly column: number }
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'check'; readonly check: number };

export interface ProgramTable {
  readonly name: string;
  /** Whether any rule names it, in force or not: then it is one of the `inputs`. */
  readonly named: boolean;
  /** Index of its key column among the table's columns. */
  readonly key: number;
  /** Which rows count; all where null. */
  readonly where: Expr | null;
  /** Where the table's statement names it (for problems of its `where`). */
  readonly at: Place | null;
  readonly references: readonly { readonly column: number; readonly table: number; readonly at: Place }[];
  /** Ids of its computed columns in force, in the order of their first definitions. */
  readonly columns: readonly number[];
}

export interface Scalar {
  readonly name: string;
  readonly at: Place;
  readonly source:
    | { readonly kind: 'rule'; readonly value: Expr }
    /** What a share at depth 0 left over. */
    | { readonly kind: 'rest'; readonly share: number };
}

export interface Band {
  readonly name: string;
  readonly at: Place;
  readonly marginal: boolean;
  /** What its bounds are; `any` where there is only `otherwise`. */
  readonly of: 'number' | 'date' | 'text' | 'any';
  readonly lines: readonly BandLine[];
}

export interface BandLine {
  readonly test: /** The bound: a number, or a date's milliseconds. */
    | { readonly kind: 'upTo' | 'below' | 'atLeast' | 'above'; readonly bound: Rational }
    /** Folded (foldText). */
    | { readonly kind: 'texts'; readonly texts: readonly string[] }
    | { readonly kind: 'otherwise' };
  /** Names no row: scalars and literals only. */
  readonly value: Expr;
  readonly at: Place;
}

export interface ComputedColumn {
  readonly table: number;
  readonly name: string;
  readonly at: Place;
  /** Those in force. A row that no `where` covers is blank; one that two cover is `overlapping-definitions`. */
  readonly definitions: readonly Definition[];
}

/** How a column's rows come about. `at` is the name being defined; `where` covers a row where it is TRUE. */
export type Definition =
  | { readonly kind: 'rule'; readonly where: Expr | null; readonly value: Expr; readonly at: Place }
  | {
      readonly kind: 'score';
      readonly where: Expr | null;
      /** Inputs lie in 0 to scale. */
      readonly scale: Rational;
      readonly skipBlank: boolean;
      /** Weights add to exactly 1. */
      readonly lines: readonly { readonly weight: Rational; readonly value: Expr }[];
      readonly at: Place;
    }
  | {
      readonly kind: 'statement';
      readonly where: Expr | null;
      readonly components: readonly StatementLine[];
      readonly at: Place;
    }
  /** A share covers its members. */
  | { readonly kind: 'share'; readonly share: number; readonly at: Place }
  /** What a share inside an `each` left over, on the row of the `each`; covers that row. */
  | { readonly kind: 'rest'; readonly share: number; readonly at: Place };

export interface StatementLine {
  readonly sign: 'add' | 'less';
  readonly value: Expr;
  readonly label: string | null;
}

export interface Share {
  readonly name: string;
  readonly at: Place;
  readonly table: number;
  /** The `each` that it stands in: one pool a row; null at depth 0. */
  readonly each: { readonly table: number; readonly where: Expr | null } | null;
  /** Level of the member's row: 1 inside an `each`, else 0. */
  readonly memberLevel: 0 | 1;
  /** Without a member's row. */
  readonly pool: Expr;
  readonly where: Expr | null;
  readonly weight: Expr;
  readonly floor: Expr | null;
  readonly cap: Expr | null;
  /** Without a member's row; the program's unit where null. */
  readonly unit: Expr | null;
}

export interface Check {
  readonly each: { readonly table: number; readonly where: Expr | null } | null;
  readonly condition: Expr;
  readonly message: string | null;
}

export type CompareOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** Functions of values; arities are checked (`min` and `max` here have two or more arguments, `round` one or two). */
export type FunctionName =
  | 'abs'
  | 'min'
  | 'max'
  | 'round'
  | 'round_even'
  | 'mround'
  | 'floor'
  | 'ceiling'
  | 'year'
  | 'month'
  | 'day'
  | 'eomonth'
  | 'edate'
  | 'default'
  | 'blank'
  | 'clamp'
  | 'steps'
  | 'date'
  | 'hours'
  | 'months'
  | 'starts_with';

/** An expression with its place: of the operand as written, parentheses included. */
export type Expr =
  | { readonly op: 'literal'; readonly value: Value; readonly at: Place }
  | { readonly op: 'asOf'; readonly at: Place }
  /** A sheet column of the current row at a level. */
  | {
      readonly op: 'sheet';
      readonly table: number;
      readonly column: number;
      readonly level: number;
      readonly at: Place;
    }
  /** A computed column of the current row at a level. */
  | { readonly op: 'column'; readonly column: number; readonly level: number; readonly at: Place }
  | { readonly op: 'scalar'; readonly scalar: number; readonly at: Place }
  /** A defined name: index into the workbook's names. */
  | { readonly op: 'name'; readonly name: number; readonly at: Place }
  | { readonly op: 'negate' | 'not'; readonly x: Expr; readonly at: Place }
  | {
      readonly op: '+' | '-' | '*' | '/' | '^';
      readonly left: Expr;
      readonly right: Expr;
      readonly at: Place;
    }
  | {
      readonly op: 'compare';
      readonly operator: CompareOperator;
      readonly left: Expr;
      readonly right: Expr;
      readonly at: Place;
    }
  | { readonly op: 'and' | 'or'; readonly left: Expr; readonly right: Expr; readonly at: Place }
  | { readonly op: 'in'; readonly x: Expr; readonly list: readonly Expr[]; readonly at: Place }
  | {
      readonly op: 'if';
      readonly condition: Expr;
      readonly then: Expr;
      readonly otherwise: Expr;
      readonly at: Place;
    }
  | { readonly op: 'call'; readonly name: FunctionName; readonly args: readonly Expr[]; readonly at: Place }
  | { readonly op: 'band'; readonly band: number; readonly x: Expr; readonly at: Place }
  | Aggregate
  /**
   * `rank(value where …)`: the counted row is at `level` (1), this row at level 0. `value` reads level `level` alone,
   * `where` both.
   */
  | {
      readonly op: 'rank';
      readonly table: number;
      readonly level: number;
      readonly value: Expr;
      readonly where: Expr | null;
      readonly at: Place;
    };

/** Runs over the rows of `table` that count; `value`, `weight`, `by` and `where` see its row at `level`. */
export type Aggregate = {
  readonly op: 'aggregate';
  readonly table: number;
  readonly level: number;
  readonly where: Expr | null;
  readonly at: Place;
} /** `count(Table)` has no value: it counts rows; otherwise the rows whose value is not blank. */ & (
  | { readonly fn: 'count'; readonly value: Expr | null }
  | { readonly fn: 'sum' | 'average' | 'min' | 'max' | 'median'; readonly value: Expr }
  | { readonly fn: 'weighted'; readonly value: Expr; readonly weight: Expr }
  | { readonly fn: 'last'; readonly value: Expr; readonly by: Expr }
  /** By key: `key` is read outside (below `level`), `where` is null. */
  | { readonly fn: 'lookup'; readonly value: Expr; readonly key: Expr }
  /** By condition: the one matching row. */
  | { readonly fn: 'find'; readonly value: Expr }
);
