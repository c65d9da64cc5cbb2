/** From what the parser stopped at to a problem with its place. */

import { EOF, type IRecognitionException, type IToken } from 'chevrotain';
import { hintFor, leftOutHint } from './hints.ts';
import { writtenOf } from './lexer.ts';
import { badReason, isName, K, T } from './tokens.ts';
import type { Span, SyntaxProblem, SyntaxReason } from './tree.ts';

/** One line, as far as its problems need it. */
export interface TokenLine {
  readonly written: string;
  readonly line: number;
  readonly tokens: readonly IToken[];
}

/** One character past the end of the line's last token. */
export function pastEnd({ tokens, line }: TokenLine): Span {
  const last = tokens.at(-1);
  const at = last === undefined ? 1 : (last.endOffset ?? last.startOffset) + 2;
  return { line, start: at, end: at };
}

export function tokenSpan(token: IToken): Span {
  return {
    line: token.startLine ?? 0,
    start: token.startOffset + 1,
    end: (token.endOffset ?? token.startOffset) + 1,
  };
}

/** From the first token of a line to its last. */
export function lineSpan({ tokens, line }: TokenLine): Span {
  const first = tokens[0];
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) return { line, start: 1, end: 1 };
  return { ...tokenSpan(first), end: tokenSpan(last).end };
}

/** The rules that take a literal and no other expression. */
const LITERAL_RULES: ReadonlySet<string> = new Set(['number', 'date', 'bound']);

/** What a parser error says; see `expressions.ts` for its message. */
export function problemOf(error: IRecognitionException, line: TokenLine): SyntaxProblem {
  const expected = expectedOf(error);
  const rule = error.context.ruleStack.at(-1) ?? '';
  if (error.token.tokenType === EOF) {
    const hint = hintFor({ ...line, at: line.tokens.length, expected });
    return withData('missing', pastEnd(line), { expected, hint });
  }
  return unexpected(error.token, line, expected, LITERAL_RULES.has(rule));
}

/** A token that cannot stand where it stands. */
export function unexpected(
  token: IToken,
  line: TokenLine,
  expected: readonly string[],
  literal = false,
): SyntaxProblem {
  const reason =
    badReason(token.tokenType) ?? (literal && startsExpression(token) ? 'needs-literal' : 'unexpected');
  const place = { ...line, at: line.tokens.indexOf(token), expected };
  const hint = hintFor(place);
  const left = hint === undefined && reason === 'unexpected' ? leftOutHint(place) : undefined;
  return withData(reason, tokenSpan(token), {
    found: writtenOf(line.written, token),
    expected: left?.expected ?? expected,
    hint: left?.hint ?? hint,
  });
}

function expectedOf(error: IRecognitionException): readonly string[] {
  if (error.message === '') return [];
  const labels = error.message.split('\n');
  // Where a value begins a great many tokens could stand; where one in parentheses ends, just the one.
  return error.context.ruleStack.at(-1) === 'value' && labels.length > 1 ? ['value'] : labels;
}

function startsExpression({ tokenType: type }: IToken): boolean {
  return (
    isName(type) ||
    [T.LeftParen, T.Minus, T.Text, T.Date, T.Number, T.Percent, T.ThisRow].includes(type) ||
    [K('blank'), K('asOf'), K('true'), K('false')].includes(type)
  );
}

/** A syntax problem without the data that there is none of. */
export function withData(
  reason: SyntaxReason,
  span: Span,
  data: {
    readonly found?: string;
    readonly expected?: readonly string[];
    readonly hint?: string | undefined;
  } = {},
): SyntaxProblem {
  const { found, expected = [], hint } = data;
  return {
    code: 'syntax',
    reason,
    ...(found === undefined ? {} : { found: shortened(found) }),
    ...(expected.length === 0 ? {} : { expected }),
    ...(hint === undefined ? {} : { hint: shortened(hint) }),
    span,
  };
}

/** Enough of a token to know it by; a text without its closing mark may be a page long. */
function shortened(written: string): string {
  const points = [...written.slice(0, 200)];
  return points.length > 60 ? `${points.slice(0, 59).join('')}…` : written;
}
