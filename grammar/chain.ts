/** Operators by strength: operands and operators come in one after another, a tree comes out. No recursion. */

import type { IToken } from 'chevrotain';
import { operatorOf } from './tokens.ts';
import type { BinaryOperator, Expression, Span } from './tree.ts';

/** From weakest to strongest; all group from the left. `not` stands between `and` and the comparisons. */
export const STRENGTH: Readonly<Record<BinaryOperator | 'not' | 'in', number>> = {
  or: 1,
  and: 2,
  not: 3,
  '=': 4,
  '<>': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  in: 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '^': 7,
};

type Waiting =
  | { readonly kind: 'binary'; readonly operator: BinaryOperator }
  | { readonly kind: 'not'; readonly span: Span };

/** Operands so far, and the operators that wait for their right side. */
export interface Chain {
  readonly operands: Expression[];
  readonly waiting: Waiting[];
}

export function newChain(): Chain {
  return { operands: [], waiting: [] };
}

/** The span from one token to another (or the same) of a line. */
export function spanOf(first: IToken, last: IToken = first): Span {
  return {
    line: first.startLine ?? 0,
    start: first.startOffset + 1,
    end: (last.endOffset ?? last.startOffset) + 1,
  };
}

export function pushOperand(chain: Chain, operand: Expression): void {
  chain.operands.push(operand);
}

export function pushNot(chain: Chain, mark: IToken): void {
  chain.waiting.push({ kind: 'not', span: spanOf(mark) });
}

export function pushOperator(chain: Chain, mark: IToken): void {
  const operator = operatorOf(mark.tokenType);
  if (operator === undefined) return;
  reduce(chain, STRENGTH[operator]);
  chain.waiting.push({ kind: 'binary', operator });
}

/** `… in (list)`: what is before it, up to weaker operators, is its operand. */
export function pushList(chain: Chain, list: readonly Expression[], close: IToken): void {
  reduce(chain, STRENGTH.in);
  const operand = chain.operands.pop();
  if (operand === undefined) return;
  const span = { ...operand.span, end: spanOf(close).end };
  chain.operands.push({ kind: 'in', operand, list, span });
}

/** The tree of the whole chain. */
export function finish(chain: Chain): Expression {
  reduce(chain, 0);
  const [whole] = chain.operands;
  // The parser has consumed at least one operand before it comes here.
  return whole ?? { kind: 'blank', span: { line: 0, start: 1, end: 1 } };
}

/** Applies the waiting operators that are at least this strong, last first. */
function reduce({ operands, waiting }: Chain, strength: number): void {
  for (;;) {
    const last = waiting.at(-1);
    if (last === undefined || STRENGTH[last.kind === 'not' ? 'not' : last.operator] < strength) return;
    const right = operands.pop();
    if (right === undefined) return;
    waiting.pop();
    if (last.kind === 'not') {
      operands.push({
        kind: 'unary',
        operator: 'not',
        operand: right,
        span: { ...last.span, end: right.span.end },
      });
      continue;
    }
    const left = operands.pop();
    if (left === undefined) return;
    const span = { ...left.span, end: right.span.end };
    operands.push({ kind: 'binary', operator: last.operator, left, right, span });
  }
}
