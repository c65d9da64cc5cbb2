import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchFiles, type WantedFile } from '../../src/sources/match.ts';

const csv = (table: string, file: string): WantedFile => ({ table, file, kind: 'csv' });
const xlsx = (table: string, file: string): WantedFile => ({ table, file, kind: 'workbook' });

describe('which file a source obviously is', () => {
  it.each<[string, readonly WantedFile[], readonly string[], readonly (number | null)[]]>([
    ['by its name, in any case', [csv('Staff', 'Staff.csv')], ['x.csv', 'STAFF.CSV'], [1]],
    ['but for the month', [csv('Staff', 'people 2026-03.csv')], ['people_2026-04.csv'], [0]],
    ['by the name of its table', [csv('Tickets', 'a.csv')], ['export-tickets-20260401.csv'], [0]],
    ['in Chinese', [csv('工单', '导出.csv')], ['4月工单.csv'], [0]],
    ['not where two might be', [csv('Staff', 'Staff 3.csv')], ['staff 4.csv', 'staff 5.csv'], [null]],
    [
      'not of another kind',
      [csv('Staff', 'a.csv'), xlsx('Pay', 'b.xlsx')],
      ['staff.xlsx', 'pay.csv'],
      [null, null],
    ],
    ['a name goes before a likeness', [csv('Staff', 'Staff 3.csv')], ['staff 4.csv', 'staff 3.csv'], [1]],
    [
      'a file that is one source’s by name is not another’s by likeness',
      [csv('Tickets', 'tickets.csv'), csv('Old tickets', 'old-tickets.csv')],
      ['old-tickets.csv'],
      [null, 0],
    ],
    [
      'a CSV that two might be read from is for neither',
      [csv('A', 'x1.csv'), csv('B', 'x2.csv')],
      ['x3.csv'],
      [null, null],
    ],
    ['a workbook may serve several', [xlsx('A', 'x.xlsx'), xlsx('B', 'x.xlsx')], ['X.xlsx'], [0, 0]],
    ['a name serves all that name it', [csv('A', 'x.csv'), csv('B', 'x.csv')], ['x.csv'], [0, 0]],
    ['digits alone are like nothing', [csv('1', '1.csv')], ['2.csv'], [null]],
  ])('%s', (_, wanted, names, expected) => {
    expect(matchFiles(wanted, names)).toEqual(expected);
  });

  it('a name always goes to its own; a likeness gives a CSV to one source', () => {
    const name = fc.constantFrom(
      'staff.csv',
      'Staff 1.csv',
      'tickets.csv',
      'my tickets 2.csv',
      'pay.xlsx',
      '1.csv',
    );
    const source = fc.record({
      table: fc.constantFrom('Staff', 'Tickets', 'Pay'),
      file: name,
      kind: fc.constantFrom('csv' as const, 'workbook' as const),
    });
    fc.assert(
      fc.property(fc.array(source), fc.uniqueArray(name), (wanted, names) => {
        const found = matchFiles(wanted, names);
        wanted.forEach(({ file }, i) => {
          if (names.includes(file)) expect(found[i]).toBe(names.indexOf(file));
        });
        const likely = found.filter(
          (at, i) => at !== null && wanted[i]?.kind === 'csv' && wanted[i].file !== names[at],
        );
        expect(new Set(likely).size).toBe(likely.length);
      }),
    );
  });
});
