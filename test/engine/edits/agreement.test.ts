import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CellContent,
  editedWorkbook,
  startEditable,
  type TableChange,
} from '../../../src/engine/edits/index.ts';
import type { Sizes } from '../../../src/engine/edits/sizes.ts';
import { run } from '../../../src/engine/run.ts';
import type { Workbook } from '../../../src/workbook/port.ts';
import { type Cell, cellValue } from '../../support/book.ts';
import { randomCase } from '../columns/random.ts';
import { KINDS, randomCell } from '../columns/randomBook.ts';
import { type Tape, tapeOf } from '../columns/tape.ts';
import { picture } from './picture.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 1000);

/** Cells of some rows, mostly of the kind that their column has. */
function randomChanges(tape: Tape, workbook: Workbook): readonly TableChange[] {
  const { pick, seldom, of } = tape;
  const changes: TableChange[] = [];
  for (let i = 1 + pick(3); i > 0; i--) {
    const table = pick(workbook.tables.length);
    const sheet = workbook.tables[table];
    if (sheet === undefined || sheet.rows === 0) continue;
    const row = pick(sheet.rows);
    // Keys are another matter: everything is evaluated.
    const column = seldom(30) ? 0 : 1 + pick(sheet.columns.length - 1);
    const like = sheet.columns[column]?.data.kinds[pick(sheet.rows)] ?? 0;
    const kind =
      (['number', 'number', 'text', 'date', 'logical', 'number', 'number'] as const)[like] ?? 'number';
    changes.push({ table, cells: [{ row, column, value: contentOf(tape, kind, seldom(25), of(KINDS)) }] });
  }
  return changes;
}

function contentOf(
  tape: Tape,
  kind: (typeof KINDS)[number],
  odd: boolean,
  other: (typeof KINDS)[number],
): CellContent {
  const { seldom, pick } = tape;
  if (seldom(25)) return { kind: 'error', code: '#N/A' };
  if (pick(8) === 7) return { kind: 'blank' };
  const cell: Cell = randomCell(tape, odd ? other : kind);
  return cellValue(cell as Exclude<Cell, { readonly error: string }>);
}

const SIZES: readonly Partial<Sizes>[] = [
  {},
  { fewRows: 0, bigTable: 0, bigGroup: 0, wholePart: 1 },
  { fewRows: 0, bigTable: 0, bigGroup: 0, wholePart: 1, vectorCost: 1e9 },
  { fewRows: 0, bigTable: 1e9, wholePart: 1, vectorCost: 1e9 },
  { vectorCost: -1e9, wholePart: 1 },
  { fewRows: 0, bigTable: 0, bigGroup: 0, manyRows: 1, vectorCost: 1e9, wholePart: 0.5 },
];

describe('edits', () => {
  test('give what a run of the edited workbook gives, for random programs and series of edits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 0xffff }), { maxLength: 700, size: 'max' }),
        fc.array(fc.nat({ max: 0xffff }), { minLength: 12, maxLength: 60, size: 'max' }),
        fc.nat({ max: SIZES.length - 1 }),
        (numbers, edits, size) => {
          const { program, workbook } = randomCase(numbers);
          const tape = tapeOf(edits);
          const editable = startEditable(
            program,
            workbook,
            {},
            {
              sizes: SIZES[size] ?? {},
              rowsAtOnce: numbers.length % 2 === 0 ? 1_000_000 : 2,
            },
          );
          expect(picture(program, editable.results)).toEqual(picture(program, run(program, workbook)));
          let book = workbook;
          const before = picture(program, editable.results);
          const first = editable.results;
          for (let i = 1 + tape.pick(6); i > 0; i--) {
            const changes = randomChanges(tape, book);
            book = editedWorkbook(book, changes);
            const { results } = editable.edit(changes, book);
            expect(picture(program, results)).toEqual(picture(program, run(program, book)));
          }
          // Results of before are what they were.
          expect(picture(program, first)).toEqual(before);
        },
      ),
      // Making a failing case smaller takes hours: seed and path are told.
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});
