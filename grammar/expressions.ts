/**
 * The grammar of expressions. It is flat on purpose: the strength of operators is `chain.ts`'s business, and every
 * rule on the way from one parenthesis to the next costs stack.
 */

import {
  EmbeddedActionsParser,
  type IParserConfig,
  type IToken,
  type ParserMethod,
  type TokenType,
  tokenMatcher,
} from 'chevrotain';
import {
  type Chain,
  finish,
  newChain,
  pushList,
  pushNot,
  pushOperand,
  pushOperator,
  spanOf,
} from './chain.ts';
import { ALL_TOKENS, K, T } from './tokens.ts';
import type { DateLiteral, Expression, Name, NumberLiteral, TextLiteral } from './tree.ts';

/**
 * The parser's messages are its data: the labels of the tokens that could stand where it stopped, one a line
 * (`problems.ts` reads them; nobody else sees them).
 */
function labels(types: readonly (TokenType | undefined)[]): string {
  return [...new Set(types.map((t) => (t === undefined ? '' : (t.LABEL ?? t.name))))].join('\n');
}

const CONFIG: IParserConfig = {
  maxLookahead: 1,
  recoveryEnabled: false,
  errorMessageProvider: {
    buildMismatchTokenMessage: ({ expected }) => labels([expected]),
    buildNoViableAltMessage: ({ expectedPathsPerAlt }) =>
      labels(expectedPathsPerAlt.flatMap((alternative) => alternative.map((path) => path[0]))),
    buildEarlyExitMessage: ({ expectedIterationPaths }) =>
      labels(expectedIterationPaths.map((path) => path[0])),
    buildNotAllInputParsedMessage: () => '',
  },
};

export function nameOf(token: IToken): Name {
  return { text: token.image, span: spanOf(token) };
}

export function numberOf(token: IToken): NumberLiteral {
  const percent = token.tokenType === T.Percent;
  return { kind: 'number', digits: token.image, percent, span: spanOf(token) };
}

export function textOf(token: IToken): TextLiteral {
  return { kind: 'text', value: token.image, span: spanOf(token) };
}

export function dateOf(token: IToken): DateLiteral {
  return { kind: 'date', value: token.image, span: spanOf(token) };
}

function negated(operand: Expression, sign: IToken): Expression {
  return { kind: 'unary', operator: '-', operand, span: { ...spanOf(sign), end: operand.span.end } };
}

interface Arguments {
  readonly args: readonly Expression[];
  readonly by: Expression | null;
  readonly where: Expression | null;
  readonly close: IToken;
}

export class ExpressionParser extends EmbeddedActionsParser {
  constructor(skipValidations: boolean) {
    super(ALL_TOKENS, { ...CONFIG, skipValidations });
  }

  readonly expression: ParserMethod<[], Expression> = this.RULE('expression', () => {
    const chain = newChain();
    this.SUBRULE(this.term, { ARGS: [chain] });
    this.MANY(() => {
      const mark = this.OR([{ ALT: () => this.CONSUME(K('and')) }, { ALT: () => this.CONSUME(K('or')) }]);
      this.ACTION(() => pushOperator(chain, mark));
      this.SUBRULE1(this.term, { ARGS: [chain] });
    });
    return this.ACTION(() => finish(chain));
  });

  /** What `and` and `or` join: values and the operators between them, by their strength (`chain.ts`). */
  readonly term: ParserMethod<[Chain], void> = this.RULE('term', (chain) => {
    this.MANY(() => {
      const not = this.CONSUME(K('not'));
      this.ACTION(() => pushNot(chain, not));
    });
    const first = this.SUBRULE(this.value);
    this.ACTION(() => pushOperand(chain, first));
    this.MANY1(() => {
      this.OR([
        {
          ALT: () => {
            const mark = this.CONSUME(T.Operator);
            this.ACTION(() => pushOperator(chain, mark));
            const next = this.SUBRULE1(this.value);
            this.ACTION(() => pushOperand(chain, next));
          },
        },
        {
          ALT: () => {
            this.CONSUME(K('in'));
            this.CONSUME(T.LeftParen);
            const list: Expression[] = [];
            this.AT_LEAST_ONE_SEP({
              SEP: T.Comma,
              DEF: () => {
                list.push(this.SUBRULE(this.expression));
              },
            });
            const close = this.CONSUME(T.RightParen);
            this.ACTION(() => pushList(chain, list, close));
          },
        },
      ]);
    });
  });

  /** A value, possibly under minus signs: they bind tighter than any operator. */
  readonly value: ParserMethod<[], Expression> = this.RULE('value', () => {
    const signs: IToken[] = [];
    this.MANY(() => {
      signs.push(this.CONSUME(T.Minus));
    });
    const value = this.OR<Expression>([
      {
        ALT: () => {
          const token = this.CONSUME(T.AnyNumber);
          return this.ACTION(() => numberOf(token));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(T.Text);
          return this.ACTION(() => textOf(token));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(T.Date);
          return this.ACTION(() => dateOf(token));
        },
      },
      { ALT: () => this.SUBRULE(this.constant) },
      {
        ALT: () => {
          const token = this.CONSUME(T.ThisRow);
          return this.ACTION(
            (): Expression => ({ kind: 'thisRow', column: token.image, span: spanOf(token) }),
          );
        },
      },
      { ALT: () => this.SUBRULE(this.named) },
      {
        ALT: () => {
          const open = this.CONSUME(T.LeftParen);
          const inner = this.SUBRULE(this.expression);
          const close = this.CONSUME(T.RightParen);
          return this.ACTION((): Expression => ({ kind: 'group', inner, span: spanOf(open, close) }));
        },
      },
    ]);
    return this.ACTION(() => signs.reduceRight(negated, value));
  });

  /** `TRUE`, `FALSE`, `blank`, `as_of`; with arguments, the function of that name. */
  readonly constant: ParserMethod<[], Expression> = this.RULE('constant', () => {
    const token = this.OR([
      { ALT: () => this.CONSUME(K('true')) },
      { ALT: () => this.CONSUME(K('false')) },
      { ALT: () => this.CONSUME(K('blank')) },
      { ALT: () => this.CONSUME(K('asOf')) },
    ]);
    const args = this.OPTION(() => this.SUBRULE(this.arguments));
    return this.ACTION((): Expression => {
      if (args !== undefined) return callOf(token, args);
      const span = spanOf(token);
      if (tokenMatcher(token, K('blank'))) return { kind: 'blank', span };
      if (tokenMatcher(token, K('asOf'))) return { kind: 'asOf', span };
      return { kind: 'logical', value: tokenMatcher(token, K('true')), span };
    });
  });

  /** A name, a call, or a column of a table. */
  readonly named: ParserMethod<[], Expression> = this.RULE('named', () => {
    const token = this.CONSUME(T.Name);
    const after = this.OR<Arguments | IToken | undefined>([
      { ALT: () => this.SUBRULE(this.arguments) },
      { ALT: () => this.CONSUME(T.Bracketed) },
      { ALT: () => undefined },
    ]);
    return this.ACTION((): Expression => {
      if (after === undefined) return { kind: 'name', name: token.image, span: spanOf(token) };
      if ('args' in after) return callOf(token, after);
      return { kind: 'tableColumn', table: nameOf(token), column: nameOf(after), span: spanOf(token, after) };
    });
  });

  readonly arguments: ParserMethod<[], Arguments> = this.RULE('arguments', () => {
    this.CONSUME(T.LeftParen);
    const args: Expression[] = [];
    let by: Expression | undefined;
    let where: Expression | undefined;
    this.OPTION(() => {
      args.push(this.SUBRULE(this.expression));
      by = this.OPTION1(() => {
        this.CONSUME(K('by'));
        return this.SUBRULE1(this.expression);
      });
      where = this.OPTION2(() => {
        this.CONSUME(K('where'));
        return this.SUBRULE2(this.expression);
      });
      this.MANY(() => {
        this.CONSUME(T.Comma);
        args.push(this.SUBRULE3(this.expression));
      });
    });
    const close = this.CONSUME(T.RightParen);
    return { args, by: by ?? null, where: where ?? null, close };
  });
}

function callOf(name: IToken, { args, by, where, close }: Arguments): Expression {
  return { kind: 'call', name: nameOf(name), args, by, where, span: spanOf(name, close) };
}
