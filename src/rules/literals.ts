import type { Expression } from '../../grammar/tree.ts';
import { parseDate } from '../exact/date.ts';
import { parseDecimal } from '../exact/decimal.ts';
import { integer, negate, type Rational, rational, TooLarge, ZERO } from '../exact/rational.ts';
import type { Reporter } from './report.ts';

type NumberNode = Extract<Expression, { kind: 'number' }>;

/** The exact value of a number literal; one of too many digits is reported and counts as 0. */
export function numberOf(node: NumberNode, reporter: Reporter): Rational {
  try {
    const value = parseDecimal(node.digits);
    if (value === null) throw new RangeError(`not a number literal: ${node.digits}`);
    return node.percent ? rational(value.n, value.d * 100n) : value;
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    reporter.error(node.span, { code: 'too-large' });
    return ZERO;
  }
}

/** Milliseconds of a date literal (the parser has checked that it exists). */
export function dateOf(text: string): number {
  const ms = parseDate(text);
  if (ms === null) throw new RangeError(`not a date literal: ${text}`);
  return ms;
}

/** A band's bound: a number or a date literal, maybe in parentheses or under a minus. */
export type Bound = { readonly kind: 'number' | 'date'; readonly value: Rational };

export function boundOf(node: Expression, reporter: Reporter): Bound | null {
  switch (node.kind) {
    case 'number':
      return { kind: 'number', value: numberOf(node, reporter) };
    case 'date':
      return { kind: 'date', value: integer(dateOf(node.value)) };
    case 'group':
      return boundOf(node.inner, reporter);
    case 'unary': {
      const inner = node.operator === '-' ? boundOf(node.operand, reporter) : null;
      return inner?.kind === 'number' ? { kind: 'number', value: negate(inner.value) } : null;
    }
    default:
      return null;
  }
}
