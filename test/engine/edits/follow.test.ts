import { describe, expect, test } from 'vitest';
import { parseRules } from '../../../grammar/index.ts';
import { type Editable, editedWorkbook, startEditable } from '../../../src/engine/edits/index.ts';
import type { Sizes } from '../../../src/engine/edits/sizes.ts';
import type { Outcome } from '../../../src/engine/results.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { rational } from '../../../src/exact/rational.ts';
import { BLANK, logicalValue, numberValue, textValue } from '../../../src/exact/value.ts';
import { placeText } from '../../../src/problems/problem.ts';
import { checkRules } from '../../../src/rules/check.ts';
import type { Program } from '../../../src/rules/program.ts';
import { book, type Sheets } from '../../support/book.ts';

interface Opened {
  readonly program: Program;
  readonly editable: Editable;
}

function open(sheets: Sheets, rules: string, sizes: Partial<Sizes> = {}): Opened {
  const workbook = book(sheets, { rules });
  const { program, problems } = checkRules(parseRules(workbook.rules), workbook, Date.UTC(2026, 2, 31));
  if (program === null) throw new Error(JSON.stringify(problems));
  return { program, editable: startEditable(program, workbook, {}, { sizes }) };
}

const shown = (x: Outcome | undefined): string =>
  x?.kind === 'number' ? exactText(x.value) : (x?.kind ?? 'none');

const scalar = ({ program, editable }: Opened, name: string): string =>
  shown(editable.results.scalars[program.scalars.findIndex((s) => s.name === name)]);

const cell = ({ program, editable }: Opened, name: string, row: number): string =>
  shown(editable.results.columns[program.columns.findIndex((c) => c.name === name)]?.at(row));

const number = (n: number) => numberValue(rational(BigInt(n)));

test('an edit that was given up half-way leaves no trace', () => {
  const rules = [
    'other = sum(Other[x])',
    'limit = median(Limits[x]) + other * 0',
    'table Staff key id where w > limit',
    'each Staff',
    '  y = w * 2',
  ];
  const sheets: Sheets = {
    Other: [
      ['k', 'x'],
      ['a', 1],
      ['b', 2],
    ],
    Staff: [
      ['id', 'w'],
      ['a', 1],
      ['b', 30],
      ['c', 300],
    ],
    Limits: [
      ['k', 'x'],
      ['a', 1],
      ['b', 2],
    ],
  };
  const sizes = { fewRows: 0, bigTable: 0, bigGroup: 0, wholePart: 1, vectorCost: 1e9 };
  const opened = open(sheets, rules.join('\n'), sizes);
  const change = (table: number, x: number) => ({ table, cells: [{ row: 0, column: 1, value: number(x) }] });
  const controller = new AbortController();
  const progress = { signal: controller.signal, report: () => controller.abort() };
  // Which staff count is another question after it: everything is evaluated, and that is given up.
  expect(() => opened.editable.edit([change(0, 10), change(2, 20)], undefined, progress)).toThrow();
  opened.editable.edit([change(0, 5)]);
  expect(scalar(opened, 'other')).toBe('7');
});

const SALES: Sheets = {
  Staff: [['id'], ['a'], ['b']],
  Sales: [
    ['no', 'seller', 'amount'],
    [1, 'a', 100],
    [2, 'b', 200],
    [3, 'a', 50],
  ],
};

describe('an edited cell', () => {
  test('is followed through columns, aggregates, scalars and a share', () => {
    const opened = open(
      SALES,
      [
        'unit 1',
        'each Staff',
        '  sold = sum(Sales[amount] where seller = id)',
        'pool = sum(Sales[amount]) / 10',
        'share pool among Staff by sold as bonus',
      ].join('\n'),
    );
    expect([cell(opened, 'sold', 0), cell(opened, 'sold', 1), scalar(opened, 'pool')]).toEqual([
      '150',
      '200',
      '35',
    ]);
    // 35 × 150/350 = 15 and 35 × 200/350 = 20.
    expect([cell(opened, 'bonus', 0), cell(opened, 'bonus', 1)]).toEqual(['15', '20']);
    const { stats } = opened.editable.edit([
      { table: 1, cells: [{ row: 2, column: 2, value: number(250) }] },
    ]);
    expect(stats.full).toBe(false);
    expect([cell(opened, 'sold', 0), cell(opened, 'sold', 1), scalar(opened, 'pool')]).toEqual([
      '350',
      '200',
      '55',
    ]);
    expect([cell(opened, 'bonus', 0), cell(opened, 'bonus', 1)]).toEqual(['35', '20']);
    // The sale goes to somebody else.
    opened.editable.edit([{ table: 1, cells: [{ row: 2, column: 1, value: textValue('B') }] }]);
    expect([cell(opened, 'sold', 0), cell(opened, 'sold', 1)]).toEqual(['100', '450']);
    expect([cell(opened, 'bonus', 0), cell(opened, 'bonus', 1)]).toEqual(['10', '45']);
  });

  test('where nothing depends on it, nothing is computed', () => {
    const { editable } = open(SALES, 'n = count(Sales)');
    const { stats, results } = editable.edit([
      { table: 1, cells: [{ row: 0, column: 2, value: number(1) }] },
    ]);
    expect(stats).toEqual({ full: false, computed: 0 });
    expect(shown(results.scalars[0])).toBe('3');
  });

  test('with another value of the same band stops there', () => {
    const opened = open(
      { Sales: [['no', 'amount'], ...[100, 200, 50, 10, 20, 30, 40, 60].map((x, i) => [i, x])] },
      [
        'band size',
        '  up to 120 -> 1',
        '  otherwise -> 2',
        'each Sales',
        '  k = size(amount)',
        'all = sum(Sales[k])',
      ].join('\n'),
    );
    expect(scalar(opened, 'all')).toBe('9');
    const { stats } = opened.editable.edit([
      { table: 0, cells: [{ row: 0, column: 1, value: number(110) }] },
    ]);
    expect(stats).toEqual({ full: false, computed: 1 });
    expect(scalar(opened, 'all')).toBe('9');
  });

  test('leaves quotients of before as they were', () => {
    const opened = open(
      {
        Staff: [
          ['id', 'x', 'y'],
          ['a', 1, 7],
          ['b', 2, 7],
          ['c', 4, 9],
        ],
      },
      'each Staff\n  part = x / y\nall = sum(Staff[part])',
      { vectorCost: -1e9, wholePart: 1 },
    );
    const { program, editable } = opened;
    const part = program.columns.findIndex(({ name }) => name === 'part');
    const first = editable.results;
    const parts = (): readonly unknown[] =>
      [0, 1, 2].map((row) => {
        const value = first.columns[part]?.at(row);
        return value?.kind === 'number' ? [value.value.n, value.value.d] : value;
      });
    const before = [
      [1n, 7n],
      [2n, 7n],
      [4n, 9n],
    ];
    expect(parts()).toEqual(before);
    for (const x of [3, 6, 5]) {
      editable.edit([{ table: 0, cells: [{ row: 0, column: 1, value: number(x) }] }]);
      expect(parts()).toEqual(before);
    }
  });

  test('leaves a fault that all rows share to the rule that has it', () => {
    const opened = open(
      {
        ...SALES,
        Rates: [
          ['id', 'g', 'v'],
          ['r1', 1, 60],
          ['r2', 1, 70],
        ],
      },
      'each Staff\n  big = count(Sales where amount > lookup(Rates[v] where g = 1) and seller = id)',
      { fewRows: 0, bigTable: 0, bigGroup: 0 },
    );
    const { program, editable } = opened;
    const sales = program.tables.findIndex(({ name }) => name === 'Sales');
    const told = () => editable.results.problems.map(({ code, rule, key }) => [code, rule, key]);
    const both = [
      ['lookup-not-unique', 'big', 'a'],
      ['lookup-not-unique', 'big', 'b'],
    ];
    expect(told()).toEqual(both);
    editable.edit([{ table: sales, cells: [{ row: 2, column: 2, value: number(80) }] }]);
    expect(told()).toEqual(both);
  });

  test('that is a mistake is a problem, and mended it is none', () => {
    const opened = open(SALES, 'total = sum(Sales[amount])');
    const wrong = opened.editable.edit([
      { table: 1, cells: [{ row: 1, column: 2, value: textValue('many') }] },
    ]);
    expect(wrong.results.problems.map((p) => [p.code, p.at && placeText(p.at)])).toEqual([
      ['type-mismatch', 'Sales!C3'],
    ]);
    const mended = opened.editable.edit([{ table: 1, cells: [{ row: 1, column: 2, value: number(7) }] }]);
    expect(mended.results.problems).toEqual([]);
    expect(scalar(opened, 'total')).toBe('157');
  });

  test('moves a problem to the cell that a blank comes from now', () => {
    const opened = open(
      {
        T: [
          ['k', 'flag', 'x', 'y'],
          [1, true, null, null],
        ],
      },
      ['each T', '  a = if(flag, x, y)', '  b = a + 1'].join('\n'),
    );
    const at = () => opened.editable.results.problems.map((p) => p.at && placeText(p.at));
    expect(at()).toEqual(['T!C2']);
    const { stats } = opened.editable.edit([
      { table: 0, cells: [{ row: 0, column: 1, value: logicalValue(false) }] },
    ]);
    expect(stats.full).toBe(false);
    expect(at()).toEqual(['T!D2']);
  });

  test('that takes a row out of its table takes it out of everything', () => {
    const opened = open(
      SALES,
      ['table Sales key no where amount > 60', 'n = count(Sales)', 'each Sales', '  half = amount / 2'].join(
        '\n',
      ),
    );
    expect(scalar(opened, 'n')).toBe('2');
    const gone = opened.editable.edit([{ table: 1, cells: [{ row: 0, column: 2, value: number(10) }] }]);
    expect(gone.stats.full).toBe(false);
    expect(scalar(opened, 'n')).toBe('1');
    expect([...(gone.results.tables[1]?.rows ?? [])]).toEqual([1]);
    expect(gone.results.tables[1]?.excluded).toBe(2);
    opened.editable.edit([{ table: 1, cells: [{ row: 2, column: 2, value: number(80) }] }]);
    expect([scalar(opened, 'n'), cell(opened, 'half', 2)]).toEqual(['2', '40']);
  });

  test('that is a key is a full run', () => {
    const { editable } = open(SALES, 'n = count(Sales)');
    expect(editable.edit([{ table: 1, cells: [{ row: 0, column: 0, value: number(9) }] }]).stats.full).toBe(
      true,
    );
  });
});

describe('a workbook that was read again', () => {
  const RULES = 'total = sum(Sales[amount])';

  test('is followed by the cells that differ', () => {
    const opened = open(SALES, RULES);
    const next = editedWorkbook(opened.editable.workbook, [
      { table: 1, cells: [{ row: 0, column: 2, value: BLANK }] },
    ]);
    expect(opened.editable.follow(next).stats.full).toBe(false);
    expect(scalar(opened, 'total')).toBe('250');
    expect(opened.editable.workbook).toBe(next);
  });

  test('with another row is run', () => {
    const opened = open(SALES, RULES);
    const next = book({ ...SALES, Sales: [...(SALES.Sales ?? []), [4, 'b', 1]] }, { rules: RULES });
    expect(opened.editable.follow(next).stats.full).toBe(true);
    expect(scalar(opened, 'total')).toBe('351');
  });

  test('leaves results of before as they were', () => {
    const opened = open(SALES, ['each Sales', '  twice = amount * 2'].join('\n'));
    const before = opened.editable.results;
    opened.editable.edit([{ table: 1, cells: [{ row: 0, column: 2, value: number(1) }] }]);
    expect([shown(before.columns[0]?.at(0)), cell(opened, 'twice', 0)]).toEqual(['200', '2']);
  });

  test('refuses where it is told to stop', () => {
    const { editable } = open(SALES, RULES);
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    expect(() => editable.follow(editable.workbook, { signal: stop.signal })).toThrow('enough');
  });
});
