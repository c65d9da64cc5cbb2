/** Random rule files for the laws of printer and parser. Spans are nowhere: see `withoutSpans`. */

import fc from 'fast-check';
import { KEYWORDS } from '../../grammar/keywords.ts';
import type {
  BandLine,
  BandTest,
  CheckStatement,
  Component,
  DateLiteral,
  Expression,
  Name,
  NumberLiteral,
  Period,
  Reference,
  Rule,
  ScoreLine,
  ShareLine,
  ShareStatement,
  Span,
  Statement,
  TextLiteral,
  Trivia,
} from '../../grammar/tree.ts';

const span: Span = { line: 0, start: 1, end: 1 };

/** A tree with all spans set to one value, so that trees that say the same are equal. */
export function withoutSpans<V>(value: V): V {
  return JSON.parse(JSON.stringify(value, (key, v) => (key === 'span' ? span : v)));
}

function nfkc(text: string): string {
  return [...text].map((point) => point.normalize('NFKC')).join('');
}

function rarely<V>(arbitrary: fc.Arbitrary<V>): fc.Arbitrary<V | null> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

const oneLine = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((s) => !/[\n\r]/.test(s));

const keywordNames = KEYWORDS.flatMap((k) => (k.en === null ? [k.zh] : [k.en, k.zh, k.en.toUpperCase()]));

export const nameString: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'id',
      'x',
      'response_hours',
      '5G业务办理量',
      '工号',
      'Ａｂ',
      'é',
      'up',
      'skip',
      'at',
      'out',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'Response hours',
      '#This Row',
      'a"b',
      '2026',
      '12',
      '率（%）',
      ' padded ',
      '٣٤',
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom(...keywordNames) },
  {
    weight: 2,
    arbitrary: oneLine.filter((s) => s.trim() !== '' && !nfkc(s).includes(']') && !nfkc(s).startsWith('@')),
  },
);

const name: fc.Arbitrary<Name> = nameString.map((text) => ({ text, span }));

const digits = fc.oneof(
  fc.nat({ max: 999_999 }).map(String),
  fc.tuple(fc.nat({ max: 999 }), fc.stringMatching(/^[0-9]{1,6}$/)).map(([a, b]) => `${a}.${b}`),
);

const number: fc.Arbitrary<NumberLiteral> = fc
  .tuple(digits, fc.boolean())
  .map(([d, percent]) => ({ kind: 'number', digits: d, percent, span }));

const textValue = fc.oneof(
  oneLine,
  fc.constantFrom('', '"', '""', '＂a＂', '“中”文”', '# no comment', "it's", ' '),
);
const text: fc.Arbitrary<TextLiteral> = textValue.map((value) => ({ kind: 'text', value, span }));

const date: fc.Arbitrary<DateLiteral> = fc
  .constantFrom(
    '2026-01-31',
    '0001-01-01',
    '9999-12-31',
    '2024-02-29',
    '2026-01-31 09:30',
    '2026-01-31 23:59:59',
  )
  .map((value) => ({ kind: 'date', value, span }));

type Binary = Extract<Expression, { kind: 'binary' }>;

function chain(
  level: fc.Arbitrary<Expression>,
  operators: readonly Binary['operator'][],
): fc.Arbitrary<Expression> {
  const one = fc.tuple(fc.constantFrom(...operators), level);
  // Mostly one operand: six levels of chains would make forests of trees.
  const more = fc.oneof(
    { weight: 8, arbitrary: fc.constant<[Binary['operator'], Expression][]>([]) },
    { weight: 2, arbitrary: fc.array(one, { minLength: 1, maxLength: 2 }) },
  );
  return fc
    .tuple(level, more)
    .map(([first, rest]) =>
      rest.reduce<Expression>(
        (left, [operator, right]) => ({ kind: 'binary', operator, left, right, span }),
        first,
      ),
    );
}

const depth = fc.createDepthIdentifier();

/** Built level by level, so that a tree needs no parentheses but its own groups. */
const { expression } = fc.letrec<{ expression: Expression; value: Expression; comparison: Expression }>(
  (tie) => {
    const nested = tie('expression');
    const value = fc.oneof(
      { depthIdentifier: depth, maxDepth: 2 },
      name.map((n): Expression => ({ kind: 'name', name: n.text, span })),
      number,
      text,
      date,
      fc.boolean().map((v): Expression => ({ kind: 'logical', value: v, span })),
      fc.constantFrom<Expression>({ kind: 'blank', span }, { kind: 'asOf', span }),
      nameString.map((column): Expression => ({ kind: 'thisRow', column, span })),
      fc
        .tuple(name, name)
        .map(([table, column]): Expression => ({ kind: 'tableColumn', table, column, span })),
      nested.map((inner): Expression => ({ kind: 'group', inner, span })),
      fc
        .record({
          name,
          args: fc.array(nested, { maxLength: 2 }),
          by: rarely(nested),
          where: rarely(nested),
        })
        .map(
          (c): Expression =>
            c.args.length === 0
              ? { kind: 'call', ...c, by: null, where: null, span }
              : { kind: 'call', ...c, span },
        ),
    );
    const negative = fc
      .tuple(fc.nat({ max: 2 }), value)
      .map(([n, operand]) =>
        Array.from({ length: n }).reduce<Expression>(
          (inner) => ({ kind: 'unary', operator: '-', operand: inner, span }),
          operand,
        ),
      );
    const sum = chain(chain(chain(negative, ['^']), ['*', '/']), ['+', '-']);
    const compared = chain(sum, ['=', '<>', '<', '<=', '>', '>=']);
    const list = fc.oneof(
      { depthIdentifier: depth, maxDepth: 2 },
      { weight: 5, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.array(nested, { minLength: 1, maxLength: 2 }) },
    );
    const comparison = fc
      .tuple(compared, list)
      .map(([operand, list]): Expression => (list === null ? operand : { kind: 'in', operand, list, span }));
    const negation = fc
      .tuple(fc.boolean(), comparison)
      .map(
        ([not, operand]): Expression => (not ? { kind: 'unary', operator: 'not', operand, span } : operand),
      );
    return { value, comparison, expression: chain(chain(negation, ['and']), ['or']) };
  },
);

export { expression };

const comment = rarely(oneLine.map((s) => s.trimEnd()));
const period: fc.Arbitrary<Period> = fc.record({ from: fc.option(date), until: fc.option(date) });
const where = fc.option(expression);
const common = { comment, span: fc.constant(span) };

const blankLine: Trivia = { kind: 'blankLine', span };
const commentLine: fc.Arbitrary<Trivia> = oneLine.map((s) => ({ kind: 'comment', text: s.trimEnd(), span }));

/** Lines with comments and blank lines among them, as the parser puts them: no two blank ones, none at the ends. */
function withTrivia<L extends { readonly kind: string }>(
  lines: fc.Arbitrary<L>,
  minLength: number,
  maxLength = 3,
): fc.Arbitrary<(L | Trivia)[]> {
  const one = fc.tuple(fc.boolean(), rarely(commentLine), lines);
  const last = rarely(commentLine);
  return fc
    .tuple(fc.array(one, { minLength, maxLength }), last)
    .map(([all, end]) => [
      ...all.flatMap(([blank, before, line], i): (L | Trivia)[] => [
        ...(blank && i > 0 ? [blankLine] : []),
        ...(before === null ? [] : [before]),
        line,
      ]),
      ...(end === null ? [] : [end]),
    ]);
}

const rule: fc.Arbitrary<Rule> = fc.record({
  kind: fc.constant('rule' as const),
  name,
  value: expression,
  period,
  ...common,
});
const check: fc.Arbitrary<CheckStatement> = fc.record({
  kind: fc.constant('check' as const),
  condition: expression,
  message: fc.option(text),
  ...common,
});
const reference: fc.Arbitrary<Reference> = fc.record({
  kind: fc.constant('reference' as const),
  column: name,
  table: name,
  ...common,
});
const bound: fc.Arbitrary<Expression> = fc.oneof(
  number,
  date,
  number.map((operand): Expression => ({ kind: 'unary', operator: '-', operand, span })),
);
const bandTest: fc.Arbitrary<BandTest> = fc.oneof(
  fc.record({ kind: fc.constantFrom('upTo', 'below', 'atLeast', 'above'), bound }),
  fc.record({ kind: fc.constant('texts' as const), texts: fc.array(text, { minLength: 1, maxLength: 3 }) }),
  fc.constant<BandTest>({ kind: 'otherwise' }),
);
const bandLine: fc.Arbitrary<BandLine> = fc.record({
  kind: fc.constant('bandLine' as const),
  test: bandTest,
  value: expression,
  ...common,
});
const scoreLine: fc.Arbitrary<ScoreLine> = fc.record({
  kind: fc.constant('scoreLine' as const),
  weight: number,
  value: expression,
  ...common,
});
const shareLine: fc.Arbitrary<ShareLine> = fc.oneof(
  fc.record({ kind: fc.constantFrom('floor', 'cap', 'shareUnit'), value: expression, ...common }),
  fc.record({ kind: fc.constant('rest' as const), name, ...common }),
);
const component: fc.Arbitrary<Component> = fc.record({
  kind: fc.constant('component' as const),
  sign: fc.constantFrom('add', 'less'),
  value: expression,
  label: fc.option(text),
  ...common,
});
const share: fc.Arbitrary<ShareStatement> = fc.record({
  kind: fc.constant('share' as const),
  pool: expression,
  table: name,
  where,
  weight: expression,
  name,
  period,
  body: withTrivia(shareLine, 0, 3),
  ...common,
});

const statement: fc.Arbitrary<Statement> = fc.oneof(
  fc.record({ kind: fc.constant('unit' as const), value: number, ...common }),
  fc.record({
    kind: fc.constant('table' as const),
    table: name,
    key: fc.option(name),
    where,
    body: withTrivia(reference, 0, 3),
    ...common,
  }),
  rule,
  check,
  share,
  fc.record({
    kind: fc.constant('band' as const),
    name,
    marginal: fc.boolean(),
    period,
    body: withTrivia(bandLine, 1),
    ...common,
  }),
  fc.record({
    kind: fc.constant('each' as const),
    table: name,
    where,
    body: withTrivia(fc.oneof(rule, check, share), 1),
    ...common,
  }),
  fc.record({
    kind: fc.constant('score' as const),
    name,
    table: name,
    outOf: fc.option(number),
    where,
    skipBlank: fc.boolean(),
    period,
    body: withTrivia(scoreLine, 1),
    ...common,
  }),
  fc.record({
    kind: fc.constant('statement' as const),
    name,
    table: name,
    where,
    period,
    body: withTrivia(component, 1),
    ...common,
  }),
);

/** What stands in a rule file, without spans. */
export const items: fc.Arbitrary<(Statement | Trivia)[]> = withTrivia(statement, 0, 3);
