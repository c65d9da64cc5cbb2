/**
 * The syntax tree: what a rule file says, before it means anything. Plain readonly values; a node's span is for
 * pointing at, everything else is what two files have in common when they say the same.
 */

/** Where a line stands: a line of a text file, or a cell of a rule sheet (row and column from 1). */
export type LinePlace =
  | { readonly kind: 'text'; readonly file: string; readonly line: number }
  | { readonly kind: 'cell'; readonly sheet: string; readonly row: number; readonly column: number };

/** One line as its author wrote it. `depth` −1: find it from the leading white space (text files). */
export interface SourceLine {
  readonly place: LinePlace;
  readonly depth: number;
  readonly text: string;
}

/** Characters `start` to `end` (from 1, inclusive, UTF-16 units of the line as written) of `lines[line]`. */
export interface Span {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** A name as written, without its brackets. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

export type BinaryOperator =
  | 'or'
  | 'and'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '^';

export type Expression =
  /** `digits` as written after NFKC, without the percent sign. */
  | { readonly kind: 'number'; readonly digits: string; readonly percent: boolean; readonly span: Span }
  /** The text itself, as written, doubled marks undone. */
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  /** `2026-01-31`, `2026-01-31 09:30` or `2026-01-31 09:30:15`; the parser has checked that it exists. */
  | { readonly kind: 'date'; readonly value: string; readonly span: Span }
  | { readonly kind: 'logical'; readonly value: boolean; readonly span: Span }
  | { readonly kind: 'blank'; readonly span: Span }
  | { readonly kind: 'asOf'; readonly span: Span }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  /** `[@column]` */
  | { readonly kind: 'thisRow'; readonly column: string; readonly span: Span }
  /** `Table[column]`; the span covers both, `column.span` the brackets. */
  | { readonly kind: 'tableColumn'; readonly table: Name; readonly column: Name; readonly span: Span }
  | {
      readonly kind: 'unary';
      readonly operator: '-' | 'not';
      readonly operand: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  /** `operand in (list)` */
  | {
      readonly kind: 'in';
      readonly operand: Expression;
      readonly list: readonly Expression[];
      readonly span: Span;
    }
  /** A call; `by` and `where` stand after the first argument (aggregates). */
  | {
      readonly kind: 'call';
      readonly name: Name;
      readonly args: readonly Expression[];
      readonly by: Expression | null;
      readonly where: Expression | null;
      readonly span: Span;
    }
  /** Parentheses; the span covers them. */
  | { readonly kind: 'group'; readonly inner: Expression; readonly span: Span };

export type NumberLiteral = Extract<Expression, { kind: 'number' }>;
export type TextLiteral = Extract<Expression, { kind: 'text' }>;
export type DateLiteral = Extract<Expression, { kind: 'date' }>;

/** Every line that is not trivia: its extent (first to last token) and the comment that ends it, without `#`. */
interface Line {
  readonly span: Span;
  readonly comment: string | null;
}

/** A blank line, or one that is a comment throughout (text as written after `#`). */
export type Trivia =
  | { readonly kind: 'blankLine'; readonly span: Span }
  | { readonly kind: 'comment'; readonly text: string; readonly span: Span };

export interface Period {
  readonly from: DateLiteral | null;
  readonly until: DateLiteral | null;
}

export interface UnitStatement extends Line {
  readonly kind: 'unit';
  readonly value: NumberLiteral;
}

export interface TableStatement extends Line {
  readonly kind: 'table';
  readonly table: Name;
  readonly key: Name | null;
  readonly where: Expression | null;
  readonly body: readonly (Reference | Trivia)[];
}

export interface Reference extends Line {
  readonly kind: 'reference';
  readonly column: Name;
  readonly table: Name;
}

/** `name = expression`: a scalar rule at depth 0, a column rule in an `each`. */
export interface Rule extends Line {
  readonly kind: 'rule';
  readonly name: Name;
  readonly value: Expression;
  readonly period: Period;
}

export interface BandStatement extends Line {
  readonly kind: 'band';
  readonly name: Name;
  readonly marginal: boolean;
  readonly period: Period;
  readonly body: readonly (BandLine | Trivia)[];
}

/** A bound is a number or date literal, a number possibly under a unary minus. */
export type BandTest =
  | { readonly kind: 'upTo' | 'below' | 'atLeast' | 'above'; readonly bound: Expression }
  | { readonly kind: 'texts'; readonly texts: readonly TextLiteral[] }
  | { readonly kind: 'otherwise' };

export interface BandLine extends Line {
  readonly kind: 'bandLine';
  readonly test: BandTest;
  readonly value: Expression;
}

export interface EachStatement extends Line {
  readonly kind: 'each';
  readonly table: Name;
  readonly where: Expression | null;
  readonly body: readonly (Rule | CheckStatement | ShareStatement | Trivia)[];
}

export interface ScoreStatement extends Line {
  readonly kind: 'score';
  readonly name: Name;
  readonly table: Name;
  readonly outOf: NumberLiteral | null;
  readonly where: Expression | null;
  readonly skipBlank: boolean;
  readonly period: Period;
  readonly body: readonly (ScoreLine | Trivia)[];
}

export interface ScoreLine extends Line {
  readonly kind: 'scoreLine';
  readonly weight: NumberLiteral;
  readonly value: Expression;
}

export interface ShareStatement extends Line {
  readonly kind: 'share';
  readonly pool: Expression;
  readonly table: Name;
  readonly where: Expression | null;
  readonly weight: Expression;
  readonly name: Name;
  readonly period: Period;
  readonly body: readonly (ShareLine | Trivia)[];
}

export type ShareLine =
  | (Line & { readonly kind: 'floor' | 'cap' | 'shareUnit'; readonly value: Expression })
  | (Line & { readonly kind: 'rest'; readonly name: Name });

export interface PayStatement extends Line {
  readonly kind: 'statement';
  readonly name: Name;
  readonly table: Name;
  readonly where: Expression | null;
  readonly period: Period;
  readonly body: readonly (Component | Trivia)[];
}

export interface Component extends Line {
  readonly kind: 'component';
  readonly sign: 'add' | 'less';
  readonly value: Expression;
  readonly label: TextLiteral | null;
}

export interface CheckStatement extends Line {
  readonly kind: 'check';
  readonly condition: Expression;
  readonly message: TextLiteral | null;
}

export type Statement =
  | UnitStatement
  | TableStatement
  | Rule
  | BandStatement
  | EachStatement
  | ScoreStatement
  | ShareStatement
  | PayStatement
  | CheckStatement;

/** A parsed file: its lines, and what they say in order. Lines that can not be read are left out of `items`. */
export interface RuleFile {
  readonly lines: readonly SourceLine[];
  readonly items: readonly (Statement | Trivia)[];
  readonly problems: readonly SyntaxProblem[];
  /** Names that the left-out lines seem to define: uses of them are no problem of their own. */
  readonly brokenNames: readonly Name[];
  /** First lines of statements (indexes into `lines`) that lost body lines: what they lack says nothing. */
  readonly brokenBodies: readonly number[];
}

export type SyntaxReason =
  | 'unexpected'
  | 'missing'
  | 'indentation'
  | 'no-body'
  | 'unclosed-text'
  | 'unclosed-bracket'
  | 'bad-date'
  | 'bad-character'
  | 'too-deep'
  | 'needs-literal';

/** What is wrong with the text. `found` is what stands there; `expected` names tokens in the keyword table's terms. */
export type SyntaxProblem =
  | {
      readonly code: 'syntax';
      readonly reason: SyntaxReason;
      readonly found?: string;
      readonly expected?: readonly string[];
      readonly hint?: string;
      readonly span: Span;
    }
  /** `1,000`: the span covers the whole number; `meant` is it without separators. */
  | {
      readonly code: 'thousands-separator';
      readonly written: string;
      readonly meant: string;
      readonly span: Span;
    };

/** How names compare: after NFKC, without regard to case, `_` as a space, white space folded and trimmed. */
export function foldName(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('_', ' ').replace(/\s+/g, ' ').trim();
}
