import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRules } from '../../../grammar/index.ts';
import { editedWorkbook, startEditable } from '../../../src/engine/edits/index.ts';
import { run } from '../../../src/engine/run.ts';
import { rational } from '../../../src/exact/rational.ts';
import { BLANK, numberValue, textValue } from '../../../src/exact/value.ts';
import { checkRules } from '../../../src/rules/check.ts';
import { book } from '../../support/book.ts';
import { picture } from './picture.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 150);

/** A pool whose weights, limits and members hang on cells in every way, and what depends on what it pays. */
const rules = (weight: string, floor: string, cap: string, unit: string): string => `unit 0.01
table Staff key id where works = "yes"

each Staff where side = "back"
  score = if(points > 90, 90, points) / 3

each Staff where side = "front"
  given = earned * 12%

pool = sum(Staff[given])
fair = pool / count(Staff where side = "back")

share pool among Staff where side = "back" by ${weight} as reward
${floor}${cap}${unit}  rest as left_over

each Staff where side = "back"
  pay = base + reward
  check pay >= base

paid = sum(Staff[reward])
`;

const HEADINGS = ['id', 'works', 'side', 'points', 'earned', 'base', 'low', 'high'];
const COLUMN = { works: 1, side: 2, points: 3, earned: 4, low: 6, high: 7 } as const;

const program = fc.record({
  weight: fc.constantFrom('score', 'score', 'points', 'points + 1'),
  floor: fc.constantFrom('', '  floor 50% * fair\n', '  floor 10\n', '  floor low\n'),
  cap: fc.constantFrom('', '  cap 150% * fair\n', '  cap 300\n', '  cap high\n'),
  unit: fc.constantFrom('', '', '  unit 0.1\n'),
});

const small = fc.integer({ min: 0, max: 2000 });
const change = fc.oneof(
  { weight: 5, arbitrary: fc.record({ column: fc.constant(COLUMN.points), x: small }) },
  { weight: 3, arbitrary: fc.record({ column: fc.constant(COLUMN.earned), x: small }) },
  fc.record({ column: fc.constantFrom(COLUMN.low, COLUMN.high), x: small }),
  fc.record({ column: fc.constant(COLUMN.side), x: fc.constantFrom('back', 'front') }),
  fc.record({ column: fc.constant(COLUMN.works), x: fc.constantFrom('yes', 'yes', 'no') }),
  fc.record({ column: fc.constant(COLUMN.points), x: fc.constantFrom(null, 0) }),
);
const edit = fc.array(fc.record({ row: fc.nat(), change }), { minLength: 1, maxLength: 2 });

const cellValue = (x: number | string | null) =>
  x === null
    ? BLANK
    : typeof x === 'string'
      ? textValue(x)
      : // Tenths: some weights are whole, most are not.
        numberValue(rational(BigInt(x), 10n));

test('a pool divided again is what a run of the edited workbook divides', () => {
  let followed = 0;
  fc.assert(
    fc.property(
      program,
      fc.array(fc.tuple(small, small, small), { minLength: 3, maxLength: 12 }),
      fc.array(edit, { minLength: 1, maxLength: 8 }),
      ({ weight, floor, cap, unit }, people, edits) => {
        const rows = people.map(([points, earned, base], i) => {
          const id = `E${String(people.length - i).padStart(2, '0')}`;
          const side = i % 3 === 0 ? 'front' : 'back';
          return [id, 'yes', side, points / 10, earned / 10, base / 10, (earned % 90) / 10, 20 + points / 10];
        });
        const text = rules(weight, floor, cap, unit);
        let workbook = book({ Staff: [HEADINGS, ...rows] }, { rules: text });
        const checked = checkRules(parseRules(workbook.rules), workbook, Date.UTC(2026, 2, 31));
        if (checked.program === null) throw new Error(JSON.stringify(checked.problems));
        const editable = startEditable(checked.program, workbook);
        const kept = [{ results: editable.results, was: picture(checked.program, editable.results) }];
        for (const list of edits) {
          const cells = list.map(({ row, change: { column, x } }) => ({
            row: row % rows.length,
            column,
            value: cellValue(x),
          }));
          const changes = [{ table: 0, cells }];
          workbook = editedWorkbook(workbook, changes);
          const { results, stats } = editable.edit(changes, workbook);
          if (!stats.full) followed++;
          const was = picture(checked.program, results);
          expect(was).toEqual(picture(checked.program, run(checked.program, workbook)));
          kept.push({ results, was });
        }
        // What was given before has not changed under its reader's hands.
        for (const { results, was } of kept) expect(picture(checked.program, results)).toEqual(was);
      },
    ),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(followed).toBeGreaterThan(RUNS / 2);
});
