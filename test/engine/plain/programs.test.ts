import { describe, expect, it } from 'vitest';
import { createEvaluator } from '../../../src/engine/plain/index.ts';
import { integer, rational } from '../../../src/exact/rational.ts';
import { placeText } from '../../../src/problems/problem.ts';
import type { Band, Definition, Expr } from '../../../src/rules/program.ts';
import { book } from '../../support/book.ts';
import { cells, problems, run } from '../../support/evaluated.ts';
import { agg, at, band, bin, column, lit, program, rule, scalarRule, sheet } from '../../support/program.ts';
import { shown } from '../../support/shown.ts';

describe('a band', () => {
  const line = (kind: 'upTo' | 'below' | 'atLeast' | 'above', bound: number | string, value: Expr) =>
    ({
      test: { kind, bound: typeof bound === 'number' ? integer(bound) : dated(bound) },
      value,
      at: at(1),
    }) as const;
  const dated = (text: string) => {
    const value = lit({ date: text });
    if (value.op !== 'literal' || value.value.kind !== 'date') throw new Error(text);
    return value.value.ms;
  };
  const otherwise = (value: Expr) => ({ test: { kind: 'otherwise' }, value, at: at(1) }) as const;
  const bandOf = (of: Band['of'], lines: Band['lines'], marginal = false): Band => ({
    name: 'b',
    at: at(1),
    marginal,
    of,
    lines,
  });
  const call = (b: Band, x: Expr): string => {
    const workbook = book({
      T: [
        ['id', 'n', 't', 'z'],
        ['k', 1, 'a', null],
      ],
    });
    const p = program(workbook, { bands: [b], columns: [column(0, 'c', rule(band(0, x)))] });
    const outcome = createEvaluator(p, workbook).cell(0, 0);
    if (outcome.kind !== 'fault') return shown(outcome);
    const { code, at: place, rule: name, key } = outcome.problem;
    return `${code} ${place?.kind === 'cell' ? placeText(place) : 'rule'} ${name} ${key}`;
  };
  const grade = bandOf('number', [
    line('atLeast', 90, lit('A')),
    line('above', 75, lit('B')),
    otherwise(bin(lit(1), '/', lit(0))),
  ]);

  it('takes the first line that matches', () => {
    expect(call(grade, lit(90))).toBe('"A"');
    expect(call(grade, lit({ number: '89.999' }))).toBe('"B"');
    const response = bandOf('number', [line('upTo', 1, lit(100)), line('below', 2, lit(80))]);
    expect(call(response, lit(1))).toBe('100');
    expect(call(response, lit({ number: '1.5' }))).toBe('80');
    expect(call(response, lit(2))).toBe('blank');
    const days = bandOf('date', [line('below', '2026-02-01', lit('old')), otherwise(lit('new'))]);
    expect(call(days, lit({ date: '2026-01-31 23:59' }))).toBe('"old"');
    expect(call(days, lit({ date: '2026-02-01' }))).toBe('"new"');
    const texts = bandOf('text', [
      { test: { kind: 'texts', texts: ['a', 's'] }, value: lit(1), at: at(1) },
      otherwise(lit(2)),
    ]);
    expect(call(texts, lit('S'))).toBe('1');
    expect(call(texts, lit('x'))).toBe('2');
  });

  it('names itself for its own values, and the row that called it', () => {
    expect(call(grade, lit(75))).toBe('division-by-zero rule b k');
  });

  it('takes one kind, and no blank', () => {
    expect(call(grade, sheet(0, 2))).toBe('type-mismatch T!C2 c k');
    expect(call(grade, sheet(0, 3))).toBe('blank-value T!D2 c k');
    const any = bandOf('any', [otherwise(lit('x'))]);
    expect(call(any, sheet(0, 2))).toBe('"x"');
    expect(call(any, sheet(0, 3))).toBe('blank-value T!D2 c k');
  });

  it('adds up slices where it is marginal', () => {
    const percent = (n: number): Expr => lit({ number: (n / 100).toFixed(2) });
    const lines = [line('upTo', 100_000, percent(3)), line('upTo', 300_000, percent(5))];
    const tax = bandOf('number', [...lines, otherwise(percent(8))], true);
    expect(call(tax, lit(100_000))).toBe('3000');
    expect(call(tax, lit(250_000))).toBe('10500');
    // 3000 + 10000 + 0.08 × 0.5.
    expect(call(tax, lit({ number: '300000.5' }))).toBe('13000.04');
    expect(call(tax, lit(-5))).toBe('0');
    expect(call(tax, lit(0))).toBe('0');
    const open = bandOf('number', lines, true);
    expect(call(open, lit(300_000))).toBe('13000');
    expect(call(open, lit(300_001))).toBe('blank');
    const blankRate = bandOf('number', [line('upTo', 1, percent(3)), otherwise(lit(null))], true);
    expect(call(blankRate, lit(1))).toBe('0.03');
    expect(call(blankRate, lit(2))).toBe('blank-value rule b k');
    const textRate = bandOf('number', [line('upTo', 1, lit('x')), otherwise(lit(1))], true);
    expect(call(textRate, lit(2))).toBe('type-mismatch rule b k');
    // A bound of 0 or less makes no slice.
    expect(
      call(bandOf('number', [line('upTo', -1, lit('x')), line('upTo', 10, percent(10))], true), lit(5)),
    ).toBe('0.5');
  });
});

describe('definitions of a column', () => {
  const workbook = book({
    T: [
      ['id', 'side', 'a', 'b'],
      [1, 'back', 80, 90],
      [2, 'front', null, 70],
      [3, 'both', 101, null],
      [4, null, null, null],
    ],
  });
  const side = (text: string): Expr => bin(sheet(0, 1), '=', lit(text));
  const score = (where: Expr | null, skipBlank: boolean): Definition => ({
    kind: 'score',
    where,
    scale: integer(100),
    skipBlank,
    lines: [
      { weight: rational(1n, 4n), value: sheet(0, 2) },
      { weight: rational(3n, 4n), value: sheet(0, 3) },
    ],
    at: at(3),
  });

  it('leave rows blank that none covers, and fail where two do', () => {
    const results = run(workbook, {
      columns: [
        column(0, 'p', rule(lit(1), bin(side('back'), 'or', side('both'))), {
          ...rule(lit(2), bin(side('front'), 'or', side('both'))),
          at: at(7),
        }),
      ],
    });
    expect(cells(results, 0, 4)).toEqual(['1', '2', 'overlapping-definitions', 'blank']);
    expect(results.problems).toMatchObject([
      { code: 'overlapping-definitions', at: at(7), rule: 'p', key: '3', name: 'p' },
    ]);
  });

  it('score', () => {
    const strict = run(workbook, { columns: [column(0, 's', score(null, false))] });
    // 80 / 4 + 90 · 3 / 4.
    expect(cells(strict, 0, 4)).toEqual(['87.5', 'blank-value', 'score-out-of-range', 'blank-value']);
    expect(problems(strict)).toEqual([
      'blank-value T!C3 s 2',
      'score-out-of-range T!C4 s 3',
      'blank-value T!C5 s 4',
    ]);
    const skipping = run(workbook, { columns: [column(0, 's', score(null, true))] });
    expect(cells(skipping, 0, 4)).toEqual(['87.5', '70', 'score-out-of-range', 'blank']);
  });

  it('statement', () => {
    const paying = (text: string): Definition => ({
      kind: 'statement',
      where: null,
      components: [
        { sign: 'add', value: sheet(0, 3), label: 'b' },
        { sign: 'less', value: lit({ number: text }), label: null },
      ],
      at: at(1),
    });
    const results = run(workbook, { columns: [column(0, 'pay', paying('0.25'))] });
    expect(cells(results, 0, 4)).toEqual(['89.75', '69.75', 'blank-value', 'blank-value']);
    const unsettled = run(workbook, { columns: [column(0, 'pay', paying('0.005'))] });
    expect(problems(unsettled)).toEqual([
      'not-settled rule pay 1',
      'not-settled rule pay 2',
      'blank-value T!D4 pay 3',
      'blank-value T!D5 pay 4',
    ]);
    expect(unsettled.problems[0]).toMatchObject({ value: '0.005', unit: '0.01' });
  });
});

describe('a table with a condition', () => {
  const workbook = book({
    T: [
      ['id', 'x', 'ok'],
      ['a', 1, true],
      ['b', 2, false],
      ['c', 3, null],
      ['d', 4, true],
    ],
    U: [['id'], ['u']],
  });

  it('leaves out rows that do not match', () => {
    const results = run(workbook, {
      where: { T: sheet(0, 2) },
      scalars: [scalarRule('s', agg('sum', 0, sheet(0, 1), null, 0))],
      columns: [column(0, 'y', rule(bin(sheet(0, 1), '*', lit(2))))],
    });
    expect(results.tables[0]).toEqual({ rows: Uint32Array.of(0, 3), excluded: 2 });
    expect(shown(results.scalars[0])).toBe('5');
    expect(results.columns[0]?.at(3)).toMatchObject({ value: integer(8) });
    expect(results.problems).toEqual([]);
  });

  it('makes what needs the table fail with its first fault', () => {
    const bad = bin(sheet(0, 1), '<', bin(lit(6), '/', bin(sheet(0, 1), '-', lit(2))));
    const results = run(workbook, {
      where: { T: bad },
      scalars: [scalarRule('s', agg('sum', 0, sheet(0, 1), null, 0))],
      columns: [
        column(0, 'y', rule(bin(sheet(0, 1), '*', lit(2)))),
        column(1, 'n', rule(agg('count', 0, null, null, 1))),
      ],
    });
    expect(problems(results)).toEqual(['division-by-zero rule T b']);
    expect(results.tables[0]?.excluded).toBe(3);
    expect(cells(results, 0, 4)).toEqual(['blank', 'blank', '6', 'blank']);
    expect([shown(results.scalars[0]), ...cells(results, 1, 1)]).toEqual([
      'division-by-zero',
      'division-by-zero',
    ]);
  });
});

describe('checks', () => {
  it('fail where they are FALSE or blank, at the condition', () => {
    const workbook = book(
      {
        T: [
          ['id', 'x'],
          ['a', 1],
          ['b', 0],
          ['c', null],
          ['d', 'text'],
        ],
      },
      { rules: 'each T\n  check x > 0, "positive"' },
    );
    const condition: Expr = { ...bin(sheet(0, 1), '>', lit(0)), at: at(2, 9, 13) };
    const results = run(workbook, {
      checks: [
        { each: { table: 0, where: null }, condition, message: 'positive' },
        { each: { table: 0, where: bin(sheet(0, 0), '=', lit('b')) }, condition: lit(null), message: null },
        { each: null, condition: lit(false), message: null },
        { each: null, condition: lit(3), message: null },
      ],
    });
    expect(problems(results).sort()).toEqual(
      [
        'blank-value T!B4 check c',
        'check-failed rule check',
        'check-failed rule check b',
        'check-failed rule check b',
        'type-mismatch T!B5 check d',
        'type-mismatch rule check',
      ].sort(),
    );
    const first = results.problems.find((p) => p.code === 'check-failed' && 'message' in p);
    expect(first).toMatchObject({ message: 'positive', condition: 'x > 0', key: 'b', at: at(2, 9, 13) });
  });
});
