import { describe, expect, test } from 'vitest';
import { parseRules } from '../../../grammar/index.ts';
import { editedWorkbook, startEditable } from '../../../src/engine/edits/index.ts';
import { run } from '../../../src/engine/run.ts';
import { integer } from '../../../src/exact/rational.ts';
import { numberValue } from '../../../src/exact/value.ts';
import { checkRules } from '../../../src/rules/check.ts';
import { book } from '../../support/book.ts';
import { picture } from './picture.ts';

/** Floors and caps that are computed from another table: the same for all, and other ones after an edit. */
const LIMITS = [
  'lookup(Limits[x], "a")',
  'sum(Limits[x])',
  'round(sum(Limits[x]), 0)',
  'max(sum(Limits[x]), 3)',
  'median(Limits[x])',
  'sum(Limits[x]) / 3',
] as const;

describe('a pool divided again', () => {
  test.each(LIMITS.flatMap((limit) => ['floor', 'cap'].map((which) => [which, limit] as const)))(
    'with another %s %s for all members',
    (which, limit) => {
      let workbook = book(
        {
          Staff: [
            ['id', 'w'],
            ['a', 1],
            ['b', 2],
            ['c', 3],
            ['d', 100],
            ['e', 200],
          ],
          Limits: [
            ['k', 'x'],
            ['a', 10],
            ['b', 20],
          ],
        },
        { rules: `share 1000 among Staff by w as reward\n  ${which} ${limit}` },
      );
      const { program, problems } = checkRules(parseRules(workbook.rules), workbook, Date.UTC(2026, 2, 31));
      expect(problems).toEqual([]);
      if (program === null) return;
      const editable = startEditable(program, workbook);
      for (const [row, x] of [
        [0, 12],
        [1, 31],
        [0, 2],
        [0, 60],
        [1, 400],
      ] as const) {
        const changes = [{ table: 1, cells: [{ row, column: 1, value: numberValue(integer(x)) }] }];
        workbook = editedWorkbook(workbook, changes);
        const { results } = editable.edit(changes, workbook);
        expect(picture(program, results)).toEqual(picture(program, run(program, workbook)));
      }
    },
  );
});
