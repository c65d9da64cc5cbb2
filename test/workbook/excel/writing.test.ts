import { describe, expect, it } from 'vitest';
import { integer, rational } from '../../../src/exact/rational.ts';
import { textInput } from '../../../src/workbook/excel/input.ts';
import { layoutOf } from '../../../src/workbook/excel/layout.ts';
import type { OutputCell } from '../../../src/workbook/port.ts';
import { results } from '../../contract/workbookContract.ts';
import { cellAt } from '../../support/fakeOffice/model.ts';
import { typedCell } from '../../support/fakeOffice/typed.ts';

import { n, opened, sheet, t, valueAt } from './opened.ts';

describe('writing results', () => {
  it('keeps every text what it is', async () => {
    const { office, book } = opened();
    const texts = [
      '=1',
      '+1',
      '-a',
      '@SUM(A1)',
      "'",
      "''x",
      '00123',
      '1/2',
      'MARCH1',
      'TRUE',
      '5%',
      '#N/A',
      ' 1',
      'Ana Ruiz',
      'x > 1',
      '',
      '两行\n字',
    ];
    await book.writeSheets([
      sheet(
        ['text'],
        texts.map((text) => [t(text)]),
      ),
    ]);
    for (const [i, text] of texts.entries()) {
      expect(valueAt(office, 'Allot Staff', i + 2, 1)).toBe(text);
      expect(cellAt(office.sheet('Allot Staff'), i + 2, 1)).toMatchObject({ formula: null, isError: false });
    }
  });

  it('leaves out the apostrophe only where nothing else could be read', () => {
    for (const text of ['Ana Ruiz', 'half = [Base pay] / 2', '# how the pool is shared', 'x_y', 'each Staff'])
      expect(textInput(text)).toBe(text);
    for (const text of ['May 2026', 'VRAI', '北区', 'E1007', 'unit 0.01', '=a_b', "'x y", '- one two'])
      expect(textInput(text)).toBe(`'${text}`);
    for (const text of ['Ana Ruiz', 'May 2026', 'E1007', '1/2'])
      expect(
        typedCell(textInput(text), { value: '', isError: false, formula: null, format: 'General' }),
      ).toMatchObject({ value: text, formula: null });
  });

  it('gives numbers, dates and their formats', async () => {
    const { office, book } = opened();
    const columns = [
      { heading: 'pay', width: 9, format: '#,##0.00' },
      { heading: 'day', width: 9 },
      { heading: 'month', width: 9, format: 'yyyy-mm' },
    ];
    const day: OutputCell = { kind: 'date', ms: integer(Date.UTC(2026, 2, 1)) };
    const noon: OutputCell = { kind: 'date', ms: integer(Date.UTC(2026, 2, 1, 12)) };
    const early: OutputCell = { kind: 'date', ms: integer(Date.UTC(1800, 0, 1)) };
    const third: OutputCell = { kind: 'number', value: rational(1n, 3n) };
    await book.writeSheets([
      {
        name: 'Allot Pay',
        columns,
        rows: [
          [third, day, day],
          [third, noon, early],
        ],
      },
    ]);
    const cells = [2, 3].map((row) =>
      [1, 2, 3].map((column) => {
        const { value, format } = cellAt(office.sheet('Allot Pay'), row, column);
        return [value, format];
      }),
    );
    // 1 March 2026 is day 46,082 of Excel's calendar.
    expect(cells).toEqual([
      [
        [1 / 3, '#,##0.00'],
        [46_082, 'yyyy-mm-dd'],
        [46_082, 'yyyy-mm'],
      ],
      [
        [1 / 3, '#,##0.00'],
        [46_082.5, 'yyyy-mm-dd hh:mm'],
        ['1800-01-01', 'yyyy-mm'],
      ],
    ]);
    expect(office.sheet('Allot Pay').frozenRows).toBe(1);
    expect(office.sheet('Allot Pay').tables.map((one) => one.name)).toEqual(['Allot_Pay']);
  });

  it('keeps what refers to a column, wherever columns come, go or change places', async () => {
    const { office, book } = opened();
    await book.writeSheets([
      sheet(
        ['id', 'pay', 'rest'],
        [
          [t('a b'), n(1), n(10)],
          [t('c d'), n(2), n(20)],
        ],
      ),
    ]);
    office.addSheet('Mine');
    office.type('Mine', 1, 1, '=SUM(Allot_Staff[pay])');
    office.type('Mine', 1, 2, '=SUM(Allot_Staff[rest])');
    expect(valueAt(office, 'Mine', 1, 1)).toBe(3);
    await book.writeSheets([
      sheet(
        ['new', 'rest', 'pay', 'id'],
        [
          [n(7), n(100), n(5), t('a b')],
          [n(8), n(200), n(6), t('c d')],
          [n(9), n(300), n(7), t('e f')],
        ],
      ),
    ]);
    expect([valueAt(office, 'Mine', 1, 1), valueAt(office, 'Mine', 1, 2)]).toEqual([18, 600]);
    expect(office.sheet('Allot Staff').tables[0]?.columns.map((one) => one.name)).toEqual([
      'new',
      'id',
      'pay',
      'rest',
    ]);
    expect([1, 2, 3, 4].map((column) => valueAt(office, 'Allot Staff', 3, column))).toEqual([
      8,
      'c d',
      6,
      200,
    ]);
    // A column that is no more takes its references along, in sight of everybody.
    await book.writeSheets([sheet(['id', 'rest'], [[t('a b'), n(1)]])]);
    expect([valueAt(office, 'Mine', 1, 1), valueAt(office, 'Mine', 1, 2)]).toEqual(['#REF!', 1]);
    expect(office.book.calculationMode).toBe('Automatic');
  });

  it('brings columns together so that those of both keep their order', () => {
    const names = (old: string[], next: string[]): string[] =>
      layoutOf(old, next).map(
        ({ heading, source, added }) => `${added ? '+' : source === null ? '-' : ''}${heading}`,
      );
    expect(names([], ['a', 'b'])).toEqual(['+a', '+b']);
    expect(names(['a', 'b', 'c'], ['c', 'x', 'A'])).toEqual(['A', '+x', '-b', 'c']);
    expect(names(['a'], ['b'])).toEqual(['+b', '-a']);
    expect(names(['a', 'b'], ['x', 'b', 'a', 'y'])).toEqual(['+x', 'a', 'b', '+y']);
  });

  it('sends no request that is too large', async () => {
    const { office, book } = opened();
    office.state.requestLimit = 4_000_000;
    const long = 'x'.repeat(20_000);
    const rows = Array.from({ length: 600 }, (_, i): OutputCell[] => [t(`${i} ${long}`), n(i)]);
    const seen: number[] = [];
    await book.writeSheets([sheet(['text', 'n'], rows)], { report: (done) => seen.push(done) });
    expect(valueAt(office, 'Allot Staff', 601, 2)).toBe(599);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen[seen.length - 1]).toBe(600);
    // And the old ones go and come back just as well.
    await book.writeSheets([sheet(['text', 'n'], rows.slice(0, 1))]);
    expect(valueAt(office, 'Allot Staff', 3, 1)).toBe('');
  });

  it('gives back a workbook that calculates by hand as such', async () => {
    const { office, book } = opened();
    office.book.calculationMode = 'Manual';
    await book.writeSheets(results(3));
    expect(office.book.calculationMode).toBe('Manual');
  });

  it('is one step of Undo where Excel can do that', async () => {
    for (const [api, options] of [
      [20, { delayForCellEdit: true, mergeUndoGroup: true }],
      [19, { delayForCellEdit: true }],
    ] as const) {
      const { office, book } = opened();
      office.api = api;
      await book.writeSheets(results(1));
      expect(office.runs.at(-1)).toEqual(options);
    }
  });

  it('says which sheet refused, and has written none', async () => {
    const { office, book } = opened();
    await book.writeSheets(results(2));
    office.sheet('Allot Staff').isProtected = true;
    const before = office.contents();
    const [one] = results(4);
    if (one === undefined) throw new Error('no result');
    await expect(book.writeSheets([{ ...one, name: 'Allot First' }, one])).rejects.toMatchObject({
      problem: { reason: 'not-written', detail: 'Allot Staff: AccessDenied', at: { path: 'Pay June.xlsx' } },
    });
    office.sheet('Allot Staff').isProtected = false;
    expect(office.contents()).toEqual(before);
  });

  it('makes a table anew on a sheet of ours that lost it, and leaves sheets of others alone', async () => {
    const { office, book } = opened();
    await book.writeSheets(results(3));
    office.sheet('Allot Staff').tables = [];
    const [written] = await book.writeSheets(results(2));
    expect(written).toMatchObject({ sheet: 'Allot Staff', ref: 'A1:D3', replaced: true });
    expect(office.sheet('Allot Staff').tables).toHaveLength(1);
    expect(valueAt(office, 'Allot Staff', 4, 1)).toBe('');
  });
});

describe('writing rules', () => {
  it('says that a protected sheet refused', async () => {
    const { office, book } = opened();
    const [was] = await book.ruleSheets();
    if (was === undefined) throw new Error('no rule sheet');
    office.sheet('Rules').isProtected = true;
    const before = office.contents();
    for (const lines of [[], [{ depth: 0, text: 'x = 1' }, ...was.rows]])
      await expect(book.writeRuleSheet('Rules', lines, was)).rejects.toMatchObject({
        problem: { reason: 'not-written', detail: 'Rules: AccessDenied' },
      });
    expect(office.contents()).toEqual(before);
  });

  it('writes thousands of lines', async () => {
    const { office, book } = opened();
    const [was] = await book.ruleSheets();
    if (was === undefined) throw new Error('no rule sheet');
    const lines = Array.from({ length: 3000 }, (_, i) => ({ depth: i % 3, text: `x${i} = ${i}` }));
    const written = await book.writeRuleSheet('Rules', [...lines, ...was.rows], was);
    expect(written.sheet.rows).toHaveLength(3000 + was.rows.length);
    expect(valueAt(office, 'Rules', 3000, 3)).toBe('x2999 = 2999');
    expect(valueAt(office, 'Rules', 3001, 1)).toBe('# how the pool is shared');
  });
});
