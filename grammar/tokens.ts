/** The token types of a line: marks, literals, names, and one type a keyword, made from the keyword table. */

import { createToken, type TokenType } from 'chevrotain';
import { KEYWORDS, type Keyword, type KeywordId } from './keywords.ts';
import type { BinaryOperator, SyntaxReason } from './tree.ts';

function category(name: string, label: string): TokenType {
  return createToken({ name, label, pattern: /NOT_APPLICABLE/ });
}

function token(name: string, label: string, categories: TokenType[] = []): TokenType {
  return createToken({ name, label, pattern: /NOT_APPLICABLE/, categories });
}

/** Whatever may stand for a name: a word, a name in brackets, a keyword that is not reserved. */
const AnyName = category('Name', 'name');
const AnyNumber = category('NumberLiteral', 'number');
const Operator = category('Operator', 'operator');

const Word = token('Word', 'name', [AnyName]);
const Bracketed = token('Bracketed', '[name]', [AnyName]);
const Equals = token('Equals', '=', [Operator]);

/** Marks, literals, names and their categories. */
export const T = {
  Name: AnyName,
  Word,
  /** `[Response hours]` */
  Bracketed,
  /** `[@column]` */
  ThisRow: token('ThisRow', '[@name]'),
  AnyNumber,
  Number: token('Number', 'number', [AnyNumber]),
  Percent: token('Percent', 'percent', [AnyNumber]),
  Text: token('Text', 'text'),
  Date: token('Date', 'date'),
  LeftParen: token('LeftParen', '('),
  RightParen: token('RightParen', ')'),
  Comma: token('Comma', ','),
  Arrow: token('Arrow', '->'),
  /** The operators between two values, `and`, `or` and `in` apart. */
  Operator,
  Equals,
  NotEqual: token('NotEqual', '<>', [Operator]),
  Less: token('LessThan', '<', [Operator]),
  LessEqual: token('LessEqual', '<=', [Operator]),
  Greater: token('GreaterThan', '>', [Operator]),
  GreaterEqual: token('GreaterEqual', '>=', [Operator]),
  Plus: token('Plus', '+', [Operator]),
  Minus: token('Minus', '-', [Operator]),
  Times: token('Times', '*', [Operator]),
  Divide: token('Divide', '/', [Operator]),
  Power: token('Power', '^', [Operator]),
  /** What is no token of the language; the parser stops at it, so that the first error of a line is the one told. */
  BadCharacter: token('BadCharacter', '?'),
  BadName: token('BadName', '?'),
  BadDate: token('BadDate', '?'),
  UnclosedText: token('UnclosedText', '?'),
  UnclosedBracket: token('UnclosedBracket', '?'),
} as const;

function keywordToken(k: Keyword): TokenType {
  const name = `${k.id.charAt(0).toUpperCase()}${k.id.slice(1)}Keyword`;
  // Two English words are never a name; their one Chinese word may be (see `wordOf`).
  const nameLike = k.class === 'contextual' && !k.en?.includes(' ');
  return token(name, k.en ?? k.zh, nameLike ? [AnyName] : []);
}

const keywordEntries = KEYWORDS.map((k): [KeywordId, TokenType] => [k.id, keywordToken(k)]);
const KEYWORD_TOKENS: ReadonlyMap<KeywordId, TokenType> = new Map(keywordEntries);

/** The token type of a keyword. */
export function K(id: KeywordId): TokenType {
  const type = KEYWORD_TOKENS.get(id);
  if (type === undefined) throw new Error(`no token for ${id}`);
  return type;
}

/** The Chinese words of keywords that are two words in English: keywords and names alike. */
const ONE_WORD: ReadonlyMap<KeywordId, TokenType> = new Map(
  KEYWORDS.flatMap((k): [KeywordId, TokenType][] =>
    k.en?.includes(' ') ? [[k.id, token(`${k.id}Word`, k.zh, [K(k.id), AnyName])]] : [],
  ),
);

/** The token type of a keyword as written: of two words, or of one. */
export function keywordTokenOf(k: Keyword, twoWords: boolean): TokenType {
  return (twoWords ? undefined : ONE_WORD.get(k.id)) ?? K(k.id);
}

/** The keyword of a token type, also of the Chinese twin of two English words. */
const ID_OF: ReadonlyMap<TokenType, KeywordId> = new Map(
  [...keywordEntries, ...ONE_WORD].map(([id, type]) => [type, id]),
);

export function keywordIdOf(type: TokenType): KeywordId | undefined {
  return ID_OF.get(type);
}

export const ALL_TOKENS: TokenType[] = [
  ...Object.values(T),
  ...keywordEntries.map(([, type]) => type),
  ...ONE_WORD.values(),
];

/** Marks as written after NFKC, longest first where one begins another. */
export const MARKS: readonly (readonly [string, TokenType])[] = [
  ['->', T.Arrow],
  ['→', T.Arrow],
  ['<=', T.LessEqual],
  ['≤', T.LessEqual],
  ['>=', T.GreaterEqual],
  ['≥', T.GreaterEqual],
  ['<>', T.NotEqual],
  ['≠', T.NotEqual],
  ['=', T.Equals],
  ['<', T.Less],
  ['>', T.Greater],
  ['+', T.Plus],
  ['-', T.Minus],
  ['*', T.Times],
  ['×', T.Times],
  ['/', T.Divide],
  ['÷', T.Divide],
  ['^', T.Power],
  ['(', T.LeftParen],
  [')', T.RightParen],
  [',', T.Comma],
  ['、', T.Comma],
];

const OPERATORS: ReadonlyMap<TokenType, BinaryOperator> = new Map<TokenType, BinaryOperator>([
  [T.Equals, '='],
  [T.NotEqual, '<>'],
  [T.Less, '<'],
  [T.LessEqual, '<='],
  [T.Greater, '>'],
  [T.GreaterEqual, '>='],
  [T.Plus, '+'],
  [T.Minus, '-'],
  [T.Times, '*'],
  [T.Divide, '/'],
  [T.Power, '^'],
  [K('and'), 'and'],
  [K('or'), 'or'],
]);

export function operatorOf(type: TokenType): BinaryOperator | undefined {
  return OPERATORS.get(type);
}

const BAD: ReadonlyMap<TokenType, SyntaxReason> = new Map<TokenType, SyntaxReason>([
  [T.BadCharacter, 'bad-character'],
  [T.BadName, 'unexpected'],
  [T.BadDate, 'bad-date'],
  [T.UnclosedText, 'unclosed-text'],
  [T.UnclosedBracket, 'unclosed-bracket'],
]);

/** Why a token is none of the language's; undefined for those that are. */
export function badReason(type: TokenType): SyntaxReason | undefined {
  return BAD.get(type);
}

/** Whether a token can stand for a name. */
export function isName(type: TokenType): boolean {
  return type === T.Word || type === T.Bracketed || (type.CATEGORIES?.includes(AnyName) ?? false);
}
