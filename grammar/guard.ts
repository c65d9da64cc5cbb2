/** What is looked at on the tokens of a line before it is parsed: thousands separators, and how deep it nests. */

import type { IToken, TokenType } from 'chevrotain';
import { writtenOf } from './lexer.ts';
import { isName, K, keywordIdOf, operatorOf, T } from './tokens.ts';
import type { SyntaxProblem } from './tree.ts';

/** Parentheses within parentheses, and signs before one value. */
export const MOST_NESTED = 200;
/** Operators on one line; a tree is never higher than this and the nesting together. */
export const MOST_OPERATORS = 1000;

/** The first token that is too deep, if any. The parser is recursive, and so is whoever walks its trees. */
export function tooDeep(tokens: readonly IToken[]): IToken | undefined {
  let nested = 0;
  let operators = 0;
  let signs = 0;
  for (const [at, token] of tokens.entries()) {
    const type = token.tokenType;
    if (type === T.LeftParen) nested++;
    else if (type === T.RightParen) nested = Math.max(0, nested - 1);
    const sign = type === T.Minus || type === K('not');
    signs = sign ? signs + 1 : 0;
    // The second token may be the `=` of a rule.
    if (at !== 1 && (sign || type === K('in') || operatorOf(type) !== undefined)) operators++;
    if (nested > MOST_NESTED || signs > MOST_NESTED || operators > MOST_OPERATORS) return token;
  }
  return undefined;
}

/**
 * Joins `1,000` to one number wherever the comma separates no arguments or members of a list, with a problem over
 * the whole number; the rest of the line can then be parsed as it was meant.
 */
export function joinThousands(
  tokens: readonly IToken[],
  written: string,
): { readonly tokens: readonly IToken[]; readonly problems: readonly SyntaxProblem[] } {
  if (!written.includes(',') && !written.includes('，')) return { tokens, problems: [] };
  const joined: IToken[] = [];
  const problems: SyntaxProblem[] = [];
  // Of each open parenthesis, whether its commas separate.
  const separating: boolean[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    if (token.tokenType === T.LeftParen) separating.push(takesCommas(tokens, i));
    if (token.tokenType === T.RightParen) separating.pop();
    const last = separating.at(-1) ? i : lastGroup(tokens, i);
    const end = tokens[last];
    if (last === i || end === undefined) {
      joined.push(token);
      continue;
    }
    const digits = tokens.slice(i, last + 1).filter((t) => t.tokenType !== T.Comma);
    const whole = { ...end, image: digits.map((t) => t.image).join(''), startOffset: token.startOffset };
    problems.push({
      code: 'thousands-separator',
      written: writtenOf(written, whole),
      meant: `${whole.image}${end.tokenType === T.Percent ? '%' : ''}`,
      span: { line: token.startLine ?? 0, start: token.startOffset + 1, end: (end.endOffset ?? 0) + 1 },
    });
    joined.push(whole);
    i = last;
  }
  return { tokens: joined, problems };
}

/** Whether the parenthesis at `i` opens the arguments of a call or the list of an `in`. */
function takesCommas(tokens: readonly IToken[], i: number): boolean {
  const before = tokens[i - 1]?.tokenType;
  if (before === undefined) return false;
  if (before === K('in')) return true;
  // A line's first word is its keyword, as in `cap (1 + 2)`.
  return i > 1 && isCallable(before);
}

function isCallable(type: TokenType): boolean {
  const id = keywordIdOf(type);
  return isName(type) || id === 'blank' || id === 'asOf' || id === 'true' || id === 'false';
}

/** The index of the last token of the separated number that begins at `i`; `i` itself where none does. */
function lastGroup(tokens: readonly IToken[], i: number): number {
  if (tokens[i]?.tokenType !== T.Number || !/^\d+$/.test(tokens[i]?.image ?? '')) return i;
  let last = i;
  for (;;) {
    const before = tokens[last];
    const comma = tokens[last + 1];
    const group = tokens[last + 2];
    if (before === undefined || comma === undefined || group === undefined) return last;
    const glued =
      comma.tokenType === T.Comma &&
      comma.image === ',' &&
      comma.startOffset === (before.endOffset ?? 0) + 1 &&
      group.startOffset === (comma.endOffset ?? 0) + 1;
    const number = group.tokenType === T.Number || group.tokenType === T.Percent;
    if (!glued || !number || !/^\d{3}(?:\.\d+)?$/.test(group.image)) return last;
    last += 2;
    if (group.tokenType === T.Percent || group.image.length > 3) return last;
  }
}
