/** Expressions, names and literals as text, in canonical spacing. */

import { STRENGTH } from './chain.ts';
import { type KeywordId, keywordOf } from './keywords.ts';
import { normalLine } from './lexer.ts';
import type { Expression } from './tree.ts';

/** The word to write for a keyword, empty where there is none. */
export type Words = (id: KeywordId) => string;

const WORD = /^[\p{L}\p{M}\p{N}_]+$/u;

function isWord(text: string): boolean {
  return WORD.test(text) && !/^\p{Nd}+$/u.test(text);
}

/** A name as it stands in a rule: in brackets unless it is one word that is no keyword. */
export function nameText(name: string): string {
  const { text } = normalLine(name);
  return isWord(text) && keywordOf(text) === undefined ? name : `[${name}]`;
}

/** A function's name: keywords that are not reserved may be one. */
function callText(name: string): string {
  const { text } = normalLine(name);
  return isWord(text) && keywordOf(text)?.class !== 'reserved' ? name : `[${name}]`;
}

/** A text between straight marks; those inside are doubled. */
export function quoted(value: string): string {
  const doubled = [...value].map((point) => (point.normalize('NFKC') === '"' ? point + point : point));
  return `"${doubled.join('')}"`;
}

/** How tightly an expression holds together; see `chain.ts`. */
function strengthOf(expression: Expression): number {
  switch (expression.kind) {
    case 'binary':
      return STRENGTH[expression.operator];
    case 'in':
      return STRENGTH.in;
    case 'unary':
      return expression.operator === 'not' ? STRENGTH.not : 8;
    default:
      return 9;
  }
}

/**
 * An expression as text that parses to the same tree. Trees of the parser have their parentheses as `group`; in
 * trees made otherwise, parentheses are put where the strength of operators asks for them.
 */
export function expressionText(expression: Expression, words: Words): string {
  const text = (e: Expression): string => expressionText(e, words);
  const atLeast = (e: Expression, strength: number): string =>
    strengthOf(e) < strength ? `(${text(e)})` : text(e);
  switch (expression.kind) {
    case 'number':
      return `${expression.digits}${expression.percent ? '%' : ''}`;
    case 'text':
      return quoted(expression.value);
    case 'date':
      return expression.value;
    case 'logical':
      return words(expression.value ? 'true' : 'false');
    case 'blank':
      return words('blank');
    case 'asOf':
      return words('asOf');
    case 'name':
      return nameText(expression.name);
    case 'thisRow':
      return `[@${expression.column}]`;
    case 'tableColumn':
      return `${nameText(expression.table.text)}[${expression.column.text}]`;
    case 'group':
      return `(${text(expression.inner)})`;
    case 'unary':
      return expression.operator === 'not'
        ? `${words('not')} ${atLeast(expression.operand, STRENGTH.not)}`
        : `-${atLeast(expression.operand, 8)}`;
    case 'binary': {
      const { operator } = expression;
      const strength = STRENGTH[operator];
      const mark = operator === 'and' || operator === 'or' ? words(operator) : operator;
      return `${atLeast(expression.left, strength)} ${mark} ${atLeast(expression.right, strength + 1)}`;
    }
    case 'in':
      return `${atLeast(expression.operand, STRENGTH.in)} ${words('in')} (${expression.list.map(text).join(', ')})`;
    case 'call': {
      const [first, ...more] = expression.args.map(text);
      const by = expression.by === null ? '' : ` ${words('by')} ${text(expression.by)}`;
      const where = expression.where === null ? '' : ` ${words('where')} ${text(expression.where)}`;
      const args = first === undefined ? [] : [`${first}${by}${where}`, ...more];
      return `${callText(expression.name.text)}(${args.join(', ')})`;
    }
  }
}
