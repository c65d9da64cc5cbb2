import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CellChange, type CellContent, editedWorkbook } from '../../src/engine/edits/index.ts';
import { integer, rational } from '../../src/exact/rational.ts';
import { createCalculator } from '../../src/live/calculator.ts';
import type { BookData, Calculator } from '../../src/live/protocol.ts';
import type { Workbook } from '../../src/workbook/port.ts';
import { day, readSample } from './parts.ts';

const RUNS = Math.min(Number(process.env.ALLOT_RUNS ?? 60), 2000);
const MARCH = day('2026-03-31');
const sample = await readSample('small.xlsx');

const bookOf = ({ tables, names, rules, hasRules, problems }: Workbook): BookData => ({
  title: 'small',
  rules,
  hasRules,
  names,
  problems,
  tables: tables.map(({ name, sheet, columns }) => ({
    name,
    sheet,
    headings: columns.map(({ heading }) => heading),
  })),
});

async function given(calculator: Calculator, workbook: Workbook): Promise<void> {
  await calculator.open(bookOf(workbook));
  await calculator.put(workbook.tables);
}

async function seen(calculator: Calculator, asOf: number): Promise<unknown> {
  return {
    evaluation: await calculator.evaluate(asOf),
    sheets: await calculator.sheets(asOf, 'en'),
    why: await calculator.explain(asOf, { name: 'net_pay', key: 'E08' }, 'en'),
  };
}

const content: fc.Arbitrary<CellContent> = fc.oneof(
  fc.constant<CellContent>({ kind: 'blank' }),
  fc
    .integer({ min: 0, max: 5 })
    .map((n): CellContent => ({ kind: 'number', value: rational(BigInt(n), 2n) })),
  fc
    .integer({ min: -20, max: 20 })
    .map((hours): CellContent => ({ kind: 'date', ms: integer(Date.UTC(2026, 2, 6) + hours * 3_600_000) })),
  fc.constantFrom('E08', 'E09', 'nobody').map((value): CellContent => ({ kind: 'text', value })),
);

const edits = fc.array(
  fc.record({ table: fc.nat(99), row: fc.nat(99), column: fc.nat(99), value: content }),
  { minLength: 1, maxLength: 6 },
);

/** The book with one cell of it changed. */
function changed(
  workbook: Workbook,
  edit: { table: number; row: number; column: number; value: CellContent },
) {
  const table = edit.table % workbook.tables.length;
  const { rows = 0, columns = [] } = workbook.tables[table] ?? {};
  if (rows === 0) return workbook;
  const cell: CellChange = { row: edit.row % rows, column: edit.column % columns.length, value: edit.value };
  return editedWorkbook(workbook, [{ table, cells: [cell] }]);
}

test('cells that change one after another give what a book with them gives from the start', async () => {
  let clean = 0;
  await fc.assert(
    fc.asyncProperty(edits, async (list) => {
      const following = createCalculator();
      let workbook: Workbook = sample;
      await given(following, workbook);
      await following.evaluate(MARCH);
      for (const edit of list) {
        workbook = changed(workbook, edit);
        await given(following, workbook);
        const anew = createCalculator();
        await given(anew, workbook);
        const expected = await seen(anew, MARCH);
        expect(await seen(following, MARCH)).toEqual(expected);
        clean += (await anew.sheets(MARCH, 'en')) === null ? 0 : 1;
      }
    }),
    { numRuns: RUNS },
  );
  expect(clean).toBeGreaterThan(RUNS / 4);
});

test('other rules and names are not followed but evaluated', async () => {
  const calculator = createCalculator();
  await given(calculator, sample);
  const before = await calculator.evaluate(MARCH);
  const rules = sample.rules.map((line) => ({ ...line, text: line.text.replace('15%', '14%') }));
  await given(calculator, { ...sample, rules });
  const after = await calculator.evaluate(MARCH);
  const anew = createCalculator();
  await given(anew, { ...sample, rules });
  expect(after).toEqual(await anew.evaluate(MARCH));
  expect(after).not.toEqual(before);
});
