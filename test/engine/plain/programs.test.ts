import { describe, expect, it } from 'vitest';
import { createEvaluator, evaluate, type Known } from '../../../src/engine/plain/index.ts';
import type { Results } from '../../../src/engine/results.ts';
import { integer, rational } from '../../../src/exact/rational.ts';
import { placeText } from '../../../src/problems/problem.ts';
import type { Band, Definition, Expr, Program } from '../../../src/rules/program.ts';
import type { Workbook } from '../../../src/workbook/port.ts';
import { book } from '../../support/book.ts';
import {
  agg,
  at,
  band,
  bin,
  col,
  column,
  fn,
  lit,
  type Parts,
  program,
  rule,
  scalar,
  scalarRule,
  share,
  sheet,
} from '../../support/program.ts';
import { shown } from '../../support/shown.ts';

/** Problems as `code place rule key`; places in rules as `rule`. */
function problems(results: Results): string[] {
  return results.problems.map(({ code, at: place, rule: name, key }) =>
    [code, place?.kind === 'cell' ? placeText(place) : 'rule', name, key]
      .filter((x) => x !== undefined)
      .join(' '),
  );
}

function run(workbook: Workbook, parts: Parts): Results & { readonly program: Program } {
  const p = program(workbook, parts);
  return { ...evaluate(p, workbook), program: p };
}

const cells = (results: Results, id: number, rows: number): string[] =>
  Array.from({ length: rows }, (_, row) => shown(results.columns[id]?.at(row)));

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

describe('shares of a program', () => {
  const regions = book({
    Regions: [
      ['id', 'pool'],
      ['N', 100],
      ['S', 50],
      ['E', 7],
    ],
    Staff: [
      ['id', 'region', 'weight'],
      ['s2', 'N', 1],
      ['s1', 'n', 1],
      ['s3', 'N', 1],
      ['s4', 'S', 2],
      ['s5', 'W', -1],
    ],
  });
  const perRegion = share({
    name: 'reward',
    table: 1,
    each: { table: 0, where: bin(sheet(0, 0), '<>', lit('E')) },
    memberLevel: 1,
    pool: sheet(0, 1, 0),
    where: bin(sheet(1, 1, 1), '=', sheet(0, 0, 0)),
    weight: sheet(1, 2, 1),
  });
  const shareColumn = column(1, 'reward', { kind: 'share', share: 0, at: at(1) });

  it('make one pool of each row; ties go to the smaller key', () => {
    const results = run(regions, { columns: [shareColumn], shares: [perRegion] });
    expect(problems(results)).toEqual([]);
    expect(cells(results, 0, 5)).toEqual(['33.33', '33.34', '33.33', '50', 'blank']);
    expect(results.shares.map(({ of, settled }) => [of, settled])).toEqual([
      [0, integer(100)],
      [1, integer(50)],
    ]);
    expect(results.shares[0]?.members.map(({ row, units, by }) => [row, units, by])).toEqual([
      [0, 3333n, 'quota'],
      [1, 3334n, 'remainder'],
      [2, 3333n, 'quota'],
    ]);
  });

  it('add up for a member of two, and leave a rest by row', () => {
    const everybody = {
      ...perRegion,
      where: null,
      weight: lit(1),
      cap: lit(10),
      each: { table: 0, where: null },
    };
    const results = run(regions, {
      columns: [shareColumn, column(0, 'left', { kind: 'rest', share: 0, at: at(1) })],
      shares: [everybody],
    });
    // 100: caps of 10 bind all five. 50: caps that add to the pool. 7: 1.4 each.
    expect(cells(results, 0, 5)).toEqual(['21.4', '21.4', '21.4', '21.4', '21.4']);
    expect(cells(results, 1, 3)).toEqual(['50', '0', '0']);
  });

  const team = book({
    T: [
      ['id', 'w', 'low', 'high'],
      ['a', 1, null, null],
      ['b', null, null, null],
      ['c', -1, null, null],
      ['d', 1, 10, 9.999],
      ['e', 1, null, -1],
      ['f', 'x', null, null],
    ],
  });
  const one = (parts: Partial<Parameters<typeof share>[0]>) =>
    share({ name: 'sh', table: 0, pool: lit(10), weight: sheet(0, 1), ...parts });
  const teamColumn = column(0, 'pay', { kind: 'share', share: 0, at: at(1) });

  it('report every member at fault, each once', () => {
    const results = run(team, {
      shares: [one({ floor: sheet(0, 2), cap: sheet(0, 3) })],
      columns: [teamColumn, column(0, 'twice', rule(bin(col(0), '*', lit(2))))],
      scalars: [{ name: 'left', at: at(1), source: { kind: 'rest', share: 0 } }],
    });
    expect(problems(results).sort()).toEqual([
      'blank-value T!B3 sh b',
      'floor-above-cap T!C5 sh d',
      'floor-above-cap T!D6 sh e',
      'negative-weight T!B4 sh c',
      'type-mismatch T!B7 sh f',
    ]);
    expect(results.shares).toEqual([]);
    expect(results.scalars[0]).toMatchObject({ problem: { code: 'blank-value', key: 'b' } });
    expect(results.columns[1]?.at(0)).toMatchObject({
      problem: { code: 'blank-value', key: 'b', rule: 'sh' },
    });
  });

  it('name the pool, the unit, the floors or the weights', () => {
    const where = bin(sheet(0, 0), '=', lit('a'));
    const faults = (parts: Partial<Parameters<typeof share>[0]>) =>
      problems(run(team, { shares: [one({ where, ...parts })], columns: [teamColumn] }));
    expect(faults({ pool: lit(-1) })).toEqual(['negative-pool rule sh']);
    expect(faults({ pool: lit({ number: '-0.001' }) })).toEqual(['negative-pool rule sh']);
    expect(faults({ pool: lit(null) })).toEqual(['blank-value rule sh']);
    expect(faults({ unit: lit(0) })).toEqual(['division-by-zero rule sh']);
    expect(faults({ weight: lit(0) })).toEqual(['no-weight rule sh']);
    expect(faults({ where: lit(false) })).toEqual(['no-weight rule sh']);
    expect(faults({ floor: lit(11) })).toEqual(['floors-exceed-pool rule sh']);
    // Half a cent rounds to the pool of a cent, less to none.
    expect(faults({ pool: lit({ number: '0.005' }), weight: lit(0) })).toEqual(['no-weight rule sh']);
    expect(faults({ pool: lit({ number: '0.004' }), weight: lit(0) })).toEqual([]);
    // Every row whose condition fails is told; the blank one (b) just does not match.
    expect(faults({ where: sheet(0, 1) })).toEqual(
      ['2 sh a', '4 sh c', '5 sh d', '6 sh e', '7 sh f'].map((end) => `type-mismatch T!B${end}`),
    );
  });

  it('settle to a unit of their own, without its sign', () => {
    const results = run(team, {
      shares: [one({ where: bin(sheet(0, 0), '=', lit('a')), unit: lit(-3) })],
      columns: [teamColumn],
    });
    // 10 / 3 rounds to 3 units.
    expect(results.shares[0]).toMatchObject({ settled: integer(9), unit: integer(3), shared: integer(9) });
    expect(cells(results, 0, 2)).toEqual(['9', 'blank']);
  });
});

describe('a run', () => {
  it('does not nest along a chain of 5,000 rules', () => {
    const workbook = book({ T: [['id'], ['a']] });
    const scalars = Array.from({ length: 5000 }, (_, i) =>
      scalarRule(`s${i}`, i === 0 ? lit(null) : i === 1 ? lit(1) : bin(scalar(i - 1), '+', lit(1))),
    );
    const p = program(workbook, { scalars });
    expect(shown(evaluate(p, workbook).scalars[4999])).toBe('4999');
    expect(shown(createEvaluator(p, workbook).scalar(4999))).toBe('4999');
    const columns = Array.from({ length: 5000 }, (_, i) =>
      column(0, `c${i}`, rule(i === 0 ? lit(1) : col(i - 1))),
    );
    const q = program(workbook, { columns });
    expect(shown(createEvaluator(q, workbook).cell(4999, 0))).toBe('1');
  });

  it('finds a blank’s cell along a chain of known blanks', () => {
    const workbook = book({
      T: [
        ['id', 'x'],
        ['a', null],
      ],
    });
    const columns = Array.from({ length: 5000 }, (_, i) =>
      column(0, `c${i}`, rule(i === 0 ? sheet(0, 1) : col(i - 1))),
    );
    const p = program(workbook, { columns });
    const known: Known = { cell: () => ({ kind: 'blank' }) };
    expect(createEvaluator(p, workbook, { known }).originOfCell(4999, 0)).toMatchObject({
      row: 2,
      column: 2,
    });
  });

  it('takes known values for its own', () => {
    const workbook = book({
      T: [
        ['id', 'x'],
        ['a', 1],
      ],
    });
    const p = program(workbook, {
      scalars: [scalarRule('s', lit(5))],
      columns: [column(0, 'y', rule(sheet(0, 1))), column(0, 'z', rule(bin(col(0), '+', scalar(0))))],
    });
    const known: Known = {
      scalar: () => ({ kind: 'number', value: integer(100) }),
      cell: (id) => (id === 0 ? { kind: 'number', value: integer(20) } : undefined),
    };
    expect(shown(createEvaluator(p, workbook, { known }).cell(1, 0))).toBe('120');
    expect(shown(createEvaluator(p, workbook).cell(1, 0))).toBe('6');
  });

  it('orders problems by line of the rules, then by row, and tells each once', () => {
    const workbook = book(
      {
        T: [
          ['id', 'x'],
          ['a', null],
          ['b', 'no'],
        ],
      },
      { rules: '#\n#\n#\n#' },
    );
    const place = (expr: Expr, line: number): Expr => ({ ...expr, at: at(line, 5) });
    const late = bin(place(sheet(0, 1), 4), '+', lit(1));
    const early = bin(place(sheet(0, 1), 2), '+', lit(1));
    const results = run(workbook, {
      columns: [
        column(0, 'late', rule(late)),
        column(0, 'early', rule(early)),
        column(0, 'uses', rule(bin(col(0), '+', col(0)))),
      ],
    });
    expect(problems(results)).toEqual([
      'blank-value T!B2 early a',
      'type-mismatch T!B3 early b',
      'blank-value T!B2 late a',
      'type-mismatch T!B3 late b',
    ]);
  });

  it('reports references of the rows that count', () => {
    const workbook = book({
      S: [['id'], ['a']],
      T: [
        ['id', 's'],
        ['x', 'A'],
        ['y', 'b'],
        ['z', null],
        ['v', 'c'],
      ],
    });
    const p = program(workbook, { where: { T: bin(sheet(1, 0), '<>', lit('v')) } });
    const tables = p.tables.map((t, i) =>
      i === 1 ? { ...t, references: [{ column: 1, table: 0, at: at(1) }] } : t,
    );
    expect(problems(evaluate({ ...p, tables }, workbook))).toEqual(['orphan T!B3 y']);
  });

  it('uses the date functions of the as-of date', () => {
    const workbook = book({});
    const last = fn('eomonth', { op: 'asOf', at: at(1) }, lit(-1));
    const results = run(workbook, { asOf: '2024-03-15', scalars: [scalarRule('s', last)] });
    expect(shown(results.scalars[0])).toBe('2024-02-29');
  });
});
