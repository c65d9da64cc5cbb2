/** The grammar of lines: one rule for each kind of line. Bodies and comments are put together in `assemble.ts`. */

import type { IToken, ParserMethod } from 'chevrotain';
import { spanOf } from './chain.ts';
import { dateOf, ExpressionParser, nameOf, numberOf, textOf } from './expressions.ts';
import { K, T } from './tokens.ts';
import type {
  BandLine,
  BandStatement,
  BandTest,
  CheckStatement,
  Component,
  DateLiteral,
  EachStatement,
  Expression,
  Name,
  NumberLiteral,
  PayStatement,
  Period,
  Reference,
  Rule,
  ScoreLine,
  ScoreStatement,
  ShareLine,
  ShareStatement,
  TableStatement,
  TextLiteral,
  UnitStatement,
} from './tree.ts';

/** Parses one line of tokens; one public rule a kind of line. Costly to make: see `createParser`. */
export class LineParser extends ExpressionParser {
  constructor(skipValidations = true) {
    super(skipValidations);
    this.performSelfAnalysis();
  }

  // Pieces.

  readonly name: ParserMethod<[], Name> = this.RULE('name', () => {
    const token = this.CONSUME(T.Name);
    return this.ACTION(() => nameOf(token));
  });

  readonly number: ParserMethod<[], NumberLiteral> = this.RULE('number', () => {
    const token = this.CONSUME(T.AnyNumber);
    return this.ACTION(() => numberOf(token));
  });

  readonly date: ParserMethod<[], DateLiteral> = this.RULE('date', () => {
    const token = this.CONSUME(T.Date);
    return this.ACTION(() => dateOf(token));
  });

  readonly text: ParserMethod<[], TextLiteral> = this.RULE('text', () => {
    const token = this.CONSUME(T.Text);
    return this.ACTION(() => textOf(token));
  });

  readonly condition: ParserMethod<[], Expression> = this.RULE('condition', () => {
    this.CONSUME(K('where'));
    return this.SUBRULE(this.expression);
  });

  readonly period: ParserMethod<[], Period> = this.RULE('period', () => {
    const from = this.OPTION(() => {
      this.CONSUME(K('from'));
      const date = this.SUBRULE(this.date);
      this.OPTION1(() => this.CONSUME(K('onward')));
      return date;
    });
    const until = this.OPTION2(() => {
      this.CONSUME(K('until'));
      return this.SUBRULE1(this.date);
    });
    return { from: from ?? null, until: until ?? null };
  });

  /** A number or date literal, a number possibly under a minus. */
  readonly bound: ParserMethod<[], Expression> = this.RULE('bound', () =>
    this.OR<Expression>([
      { ALT: () => this.SUBRULE(this.date) },
      { ALT: () => this.SUBRULE(this.number) },
      {
        ALT: () => {
          const minus = this.CONSUME(T.Minus);
          const operand = this.SUBRULE1(this.number);
          return this.ACTION((): Expression => {
            const span = { ...spanOf(minus), end: operand.span.end };
            return { kind: 'unary', operator: '-', operand, span };
          });
        },
      },
    ]),
  );

  // Statements.

  readonly unitLine: ParserMethod<[], UnitStatement> = this.RULE('unitLine', () => {
    const first = this.CONSUME(K('unit'));
    const value = this.SUBRULE(this.number);
    return this.ACTION((): UnitStatement => ({ kind: 'unit', value, ...this.line(first) }));
  });

  readonly tableLine: ParserMethod<[], TableStatement> = this.RULE('tableLine', () => {
    const first = this.CONSUME(K('table'));
    const table = this.SUBRULE(this.name);
    const key = this.OPTION(() => {
      this.CONSUME(K('key'));
      return this.SUBRULE1(this.name);
    });
    const where = this.OPTION1(() => this.SUBRULE(this.condition));
    return this.ACTION(
      (): TableStatement => ({
        kind: 'table',
        table,
        key: key ?? null,
        where: where ?? null,
        body: [],
        ...this.line(first),
      }),
    );
  });

  readonly referenceLine: ParserMethod<[], Reference> = this.RULE('referenceLine', () => {
    const column = this.SUBRULE(this.name);
    this.CONSUME(K('in'));
    const table = this.SUBRULE1(this.name);
    return this.ACTION(
      (): Reference => ({
        kind: 'reference',
        column,
        table,
        span: { ...column.span, end: table.span.end },
        comment: null,
      }),
    );
  });

  readonly ruleLine: ParserMethod<[], Rule> = this.RULE('ruleLine', () => {
    const name = this.SUBRULE(this.name);
    this.CONSUME(T.Equals);
    const value = this.SUBRULE(this.expression);
    const period = this.SUBRULE(this.period);
    return this.ACTION((): Rule => {
      const span = { ...name.span, end: spanOf(this.LA(0)).end };
      return { kind: 'rule', name, value, period, span, comment: null };
    });
  });

  readonly bandHead: ParserMethod<[], BandStatement> = this.RULE('bandHead', () => {
    const first = this.CONSUME(K('band'));
    const name = this.SUBRULE(this.name);
    const marginal = this.OPTION(() => this.CONSUME(K('marginal'))) !== undefined;
    const period = this.SUBRULE(this.period);
    return this.ACTION(
      (): BandStatement => ({ kind: 'band', name, marginal, period, body: [], ...this.line(first) }),
    );
  });

  readonly bandTest: ParserMethod<[], BandTest> = this.RULE('bandTest', () =>
    this.OR<BandTest>([
      {
        ALT: () => {
          this.CONSUME(K('upTo'));
          return { kind: 'upTo', bound: this.SUBRULE(this.bound) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(K('below'));
          return { kind: 'below', bound: this.SUBRULE1(this.bound) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(K('atLeast'));
          return { kind: 'atLeast', bound: this.SUBRULE2(this.bound) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(K('above'));
          return { kind: 'above', bound: this.SUBRULE3(this.bound) };
        },
      },
      {
        ALT: () => {
          const texts: TextLiteral[] = [];
          this.AT_LEAST_ONE_SEP({
            SEP: T.Comma,
            DEF: () => {
              texts.push(this.SUBRULE(this.text));
            },
          });
          return { kind: 'texts', texts };
        },
      },
      {
        ALT: () => {
          this.CONSUME(K('otherwise'));
          return { kind: 'otherwise' };
        },
      },
    ]),
  );

  readonly bandLine: ParserMethod<[], BandLine> = this.RULE('bandLine', () => {
    const first = this.ACTION(() => this.LA(1));
    const test = this.SUBRULE(this.bandTest);
    this.CONSUME(T.Arrow);
    const value = this.SUBRULE(this.expression);
    return this.ACTION((): BandLine => ({ kind: 'bandLine', test, value, ...this.line(first) }));
  });

  readonly eachHead: ParserMethod<[], EachStatement> = this.RULE('eachHead', () => {
    const first = this.CONSUME(K('each'));
    const table = this.SUBRULE(this.name);
    const where = this.OPTION(() => this.SUBRULE(this.condition));
    return this.ACTION(
      (): EachStatement => ({ kind: 'each', table, where: where ?? null, body: [], ...this.line(first) }),
    );
  });

  readonly scoreHead: ParserMethod<[], ScoreStatement> = this.RULE('scoreHead', () => {
    const first = this.CONSUME(K('score'));
    const name = this.SUBRULE(this.name);
    this.CONSUME(K('for'));
    const table = this.SUBRULE1(this.name);
    const outOf = this.OPTION(() => {
      this.CONSUME(K('outOf'));
      return this.SUBRULE(this.number);
    });
    const where = this.OPTION1(() => this.SUBRULE(this.condition));
    const skipBlank = this.OPTION2(() => this.CONSUME(K('skipBlank'))) !== undefined;
    const period = this.SUBRULE(this.period);
    return this.ACTION(
      (): ScoreStatement => ({
        kind: 'score',
        name,
        table,
        outOf: outOf ?? null,
        where: where ?? null,
        skipBlank,
        period,
        body: [],
        ...this.line(first),
      }),
    );
  });

  readonly scoreLine: ParserMethod<[], ScoreLine> = this.RULE('scoreLine', () => {
    const weight = this.SUBRULE(this.number);
    const value = this.SUBRULE(this.expression);
    return this.ACTION((): ScoreLine => {
      const span = { ...weight.span, end: value.span.end };
      return { kind: 'scoreLine', weight, value, span, comment: null };
    });
  });

  readonly shareHead: ParserMethod<[], ShareStatement> = this.RULE('shareHead', () => {
    const first = this.CONSUME(K('share'));
    const pool = this.SUBRULE(this.expression);
    this.CONSUME(K('among'));
    const table = this.SUBRULE(this.name);
    const where = this.OPTION(() => this.SUBRULE(this.condition));
    this.CONSUME(K('by'));
    const weight = this.SUBRULE1(this.expression);
    this.CONSUME(K('as'));
    const name = this.SUBRULE1(this.name);
    const period = this.SUBRULE(this.period);
    return this.ACTION(
      (): ShareStatement => ({
        kind: 'share',
        pool,
        table,
        where: where ?? null,
        weight,
        name,
        period,
        body: [],
        ...this.line(first),
      }),
    );
  });

  readonly shareLine: ParserMethod<[], ShareLine> = this.RULE('shareLine', () =>
    this.OR<ShareLine>([
      {
        ALT: () => {
          const first = this.CONSUME(K('floor'));
          const value = this.SUBRULE(this.expression);
          return this.ACTION((): ShareLine => ({ kind: 'floor', value, ...this.line(first) }));
        },
      },
      {
        ALT: () => {
          const first = this.CONSUME(K('cap'));
          const value = this.SUBRULE1(this.expression);
          return this.ACTION((): ShareLine => ({ kind: 'cap', value, ...this.line(first) }));
        },
      },
      {
        ALT: () => {
          const first = this.CONSUME(K('unit'));
          const value = this.SUBRULE2(this.expression);
          return this.ACTION((): ShareLine => ({ kind: 'shareUnit', value, ...this.line(first) }));
        },
      },
      {
        ALT: () => {
          const first = this.CONSUME(K('rest'));
          this.CONSUME(K('as'));
          const name = this.SUBRULE(this.name);
          return this.ACTION((): ShareLine => ({ kind: 'rest', name, ...this.line(first) }));
        },
      },
    ]),
  );

  readonly statementHead: ParserMethod<[], PayStatement> = this.RULE('statementHead', () => {
    const first = this.CONSUME(K('statement'));
    const name = this.SUBRULE(this.name);
    this.CONSUME(K('for'));
    const table = this.SUBRULE1(this.name);
    const where = this.OPTION(() => this.SUBRULE(this.condition));
    const period = this.SUBRULE(this.period);
    return this.ACTION(
      (): PayStatement => ({
        kind: 'statement',
        name,
        table,
        where: where ?? null,
        period,
        body: [],
        ...this.line(first),
      }),
    );
  });

  readonly componentLine: ParserMethod<[], Component> = this.RULE('componentLine', () => {
    const first = this.OR([{ ALT: () => this.CONSUME(K('add')) }, { ALT: () => this.CONSUME(K('less')) }]);
    const value = this.SUBRULE(this.expression);
    const label = this.OPTION(() => this.SUBRULE(this.text));
    return this.ACTION((): Component => {
      const sign = first.tokenType === K('less') ? 'less' : 'add';
      return { kind: 'component', sign, value, label: label ?? null, ...this.line(first) };
    });
  });

  readonly checkLine: ParserMethod<[], CheckStatement> = this.RULE('checkLine', () => {
    const first = this.CONSUME(K('check'));
    const condition = this.SUBRULE(this.expression);
    const message = this.OPTION(() => {
      this.CONSUME(T.Comma);
      return this.SUBRULE(this.text);
    });
    return this.ACTION(
      (): CheckStatement => ({ kind: 'check', condition, message: message ?? null, ...this.line(first) }),
    );
  });

  /** From a line's first token to the one just read. */
  private line(first: IToken): { span: ReturnType<typeof spanOf>; comment: null } {
    return { span: spanOf(first, this.LA(0)), comment: null };
  }
}

/** A function that gives the one parser, made when first asked for. */
export function createParser(): () => LineParser {
  let parser: LineParser | undefined;
  return () => {
    parser ??= new LineParser();
    return parser;
  };
}
