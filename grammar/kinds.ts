/** Which kind of line stands where, told from its first tokens; and which bodies statements have. */

import type { IToken, TokenType } from 'chevrotain';
import { nameOf } from './expressions.ts';
import type { KeywordId } from './keywords.ts';
import type { LineParser } from './parser.ts';
import { isName, K, keywordIdOf, T } from './tokens.ts';
import type {
  BandLine,
  BandStatement,
  Component,
  EachStatement,
  Name,
  PayStatement,
  Reference,
  ScoreLine,
  ScoreStatement,
  ShareLine,
  ShareStatement,
  Statement,
  TableStatement,
  Trivia,
} from './tree.ts';

/** Statements that take body lines. */
export type Header =
  | TableStatement
  | BandStatement
  | EachStatement
  | ScoreStatement
  | ShareStatement
  | PayStatement;

export type BodyLine = Reference | BandLine | ScoreLine | ShareLine | Component;
export type LineNode = Statement | BodyLine;
export type BodyItem = LineNode | Trivia;

/** Where a line stands: at the top, or in the body of a statement. */
export type Context = 'top' | Header['kind'];

/** The keywords that may begin a line at the top or in an `each`. */
const STARTS: Readonly<Record<'top' | 'each', readonly KeywordId[]>> = {
  top: ['unit', 'table', 'band', 'each', 'score', 'share', 'statement', 'check'],
  each: ['check', 'share'],
};

/** What begins a line here, as labels of expected tokens. */
export function startLabels(context: 'top' | 'each'): readonly string[] {
  return ['name', ...STARTS[context].map((id) => labelOf(K(id)))];
}

function labelOf(type: TokenType): string {
  return type.LABEL ?? type.name;
}

/**
 * - `keyword`: the keyword that begins the line and decides how it is parsed.
 * - `rule`: `NAME = …`, or what looks like nothing else (then `sure` is false).
 * - `none`: nothing that may begin a line here.
 */
export type Start =
  | { readonly kind: 'keyword'; readonly id: KeywordId }
  | { readonly kind: 'rule'; readonly sure: boolean }
  | { readonly kind: 'none' };

/** How a line at the top or in an `each` begins. A keyword before `=` is a name. */
export function startOf(context: 'top' | 'each', tokens: readonly IToken[]): Start {
  const [first, second] = tokens;
  if (first === undefined) return { kind: 'none' };
  if (isName(first.tokenType) && second?.tokenType === T.Equals) return { kind: 'rule', sure: true };
  const id = keywordIdOf(first.tokenType);
  if (id !== undefined) return STARTS[context].includes(id) ? { kind: 'keyword', id } : { kind: 'none' };
  return isName(first.tokenType) ? { kind: 'rule', sure: false } : { kind: 'none' };
}

/** Runs the parser's rule for a line that begins like this; undefined where no rule begins so. */
export function parseStart(parser: LineParser, start: Start): LineNode | undefined {
  if (start.kind === 'none') return undefined;
  if (start.kind === 'rule') return parser.ruleLine();
  switch (start.id) {
    case 'unit':
      return parser.unitLine();
    case 'table':
      return parser.tableLine();
    case 'band':
      return parser.bandHead();
    case 'each':
      return parser.eachHead();
    case 'score':
      return parser.scoreHead();
    case 'share':
      return parser.shareHead();
    case 'statement':
      return parser.statementHead();
    case 'check':
      return parser.checkLine();
    default:
      return undefined;
  }
}

/** Runs the parser's rule for a body line. */
export function parseBody(parser: LineParser, context: Exclude<Context, 'top' | 'each'>): BodyLine {
  switch (context) {
    case 'table':
      return parser.referenceLine();
    case 'band':
      return parser.bandLine();
    case 'score':
      return parser.scoreLine();
    case 'share':
      return parser.shareLine();
    case 'statement':
      return parser.componentLine();
  }
}

/** The body that lines below a line with this beginning belong to; undefined where there is none. */
export function bodyAfter(start: Start): Header['kind'] | undefined {
  if (start.kind !== 'keyword') return undefined;
  const { id } = start;
  switch (id) {
    case 'table':
    case 'band':
    case 'each':
    case 'score':
    case 'share':
    case 'statement':
      return id;
    default:
      return undefined;
  }
}

export function isHeader(node: LineNode): node is Header {
  return ['table', 'band', 'each', 'score', 'share', 'statement'].includes(node.kind);
}

/** Whether a statement says something without a body. */
export function mayBeEmpty(kind: Header['kind']): boolean {
  return kind === 'table' || kind === 'share';
}

const TRIVIA: readonly string[] = ['blankLine', 'comment'];

function bodyOf<B extends BodyItem>(
  body: readonly BodyItem[],
  kinds: readonly B['kind'][],
): readonly (B | Trivia)[] {
  const wanted = new Set<string>([...kinds, ...TRIVIA]);
  return body.filter((item): item is B | Trivia => wanted.has(item.kind));
}

/** A statement with its body; only lines of the kinds that belong there can get in. */
export function withBody(header: Header, body: readonly BodyItem[]): Header {
  switch (header.kind) {
    case 'table':
      return { ...header, body: bodyOf<TableStatement['body'][number]>(body, ['reference']) };
    case 'band':
      return { ...header, body: bodyOf<BandStatement['body'][number]>(body, ['bandLine']) };
    case 'each':
      return { ...header, body: bodyOf<EachStatement['body'][number]>(body, ['rule', 'check', 'share']) };
    case 'score':
      return { ...header, body: bodyOf<ScoreStatement['body'][number]>(body, ['scoreLine']) };
    case 'share':
      return {
        ...header,
        body: bodyOf<ShareStatement['body'][number]>(body, ['floor', 'cap', 'shareUnit', 'rest']),
      };
    case 'statement':
      return { ...header, body: bodyOf<PayStatement['body'][number]>(body, ['component']) };
  }
}

/** The names that a line seems to define, for a line that could not be parsed (or must not be read). */
export function namesIn(tokens: readonly IToken[]): readonly Name[] {
  const [first, second] = tokens;
  if (first === undefined) return [];
  const id = keywordIdOf(first.tokenType);
  if (isName(first.tokenType) && second?.tokenType === T.Equals) return [nameOf(first)];
  const after = (token: IToken | undefined): readonly Name[] =>
    token !== undefined && isName(token.tokenType) ? [nameOf(token)] : [];
  switch (id) {
    case 'band':
    case 'score':
    case 'statement':
      return after(second);
    case 'share':
    case 'rest': {
      const as = tokens.findLastIndex((t) => t.tokenType === K('as'));
      return as < 0 ? [] : after(tokens[as + 1]);
    }
    case undefined:
      // A misspelt keyword before a name, or a name before something else than `=`.
      return [...after(first), ...after(second)];
    default:
      return [];
  }
}
