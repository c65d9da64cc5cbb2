import { adjustmentsDigest, adjustmentsOf, paidSoFar } from '../audit/adjusting.ts';
import type { Adjustment, ColumnAdjustments } from '../audit/compare/adjust.ts';
import { tableIndex } from '../audit/compare/columns.ts';
import type { PaidRun } from '../audit/record.ts';
import { displayText } from '../exact/decimal.ts';
import { absolute, compare, type Rational, sign } from '../exact/rational.ts';
import { keyText } from '../report/values.ts';
import type { BookStore } from '../workbook/port.ts';
import type { AdjustedColumnView, AdjustmentAnswer } from './adjusted.ts';
import { labelsOf } from './shareLabels.ts';

/** Of each column so many people are shown: the sheet has all of them. */
const SHOWN = 100;

/** What is due for a paid run, by its number. `now`: its period computed now; null where that has errors. */
export async function adjustmentAnswer(
  book: BookStore,
  run: string,
  now: PaidRun | null,
): Promise<AdjustmentAnswer> {
  const known = await paidSoFar(book, run);
  if (known.kind !== 'paid') return known;
  if (now === null) return { kind: 'no-results' };
  const found = adjustmentsOf(known, now);
  return {
    kind: 'adjustment',
    run,
    asOf: found.asOf,
    agreed: adjustmentsDigest(found),
    columns: found.columns.map((column) => columnView(column, now)),
  };
}

const maybe = (value: Rational | null): string | null => (value === null ? null : displayText(value));
const unlessZero = (value: Rational): string | null => (sign(value) === 0 ? null : displayText(value));

function columnView(found: ColumnAdjustments, now: PaidRun): AdjustedColumnView {
  const { table, column, rows, total, shared } = found;
  const label = labelOf(now, table);
  const largest = [...rows].sort((a, b) => compare(absolute(b.adjustment), absolute(a.adjustment)));
  const left = shared?.unallocated;
  return {
    table,
    column,
    count: rows.length,
    total: displayText(total),
    shared:
      shared === null
        ? null
        : {
            paid: displayText(shared.paid),
            earlier: unlessZero(shared.earlier),
            now: displayText(shared.now),
            difference: displayText(shared.difference),
            leftOver:
              left === undefined || (sign(left.paid) === 0 && sign(left.now) === 0)
                ? null
                : { paid: displayText(left.paid), now: displayText(left.now) },
          },
    people: largest.slice(0, SHOWN).map(({ key, paid, earlier, now: due, adjustment }: Adjustment) => ({
      key,
      label: label(key),
      paid: maybe(paid),
      earlier: unlessZero(earlier),
      now: maybe(due),
      adjustment: displayText(adjustment),
    })),
  };
}

/** Who somebody is, where they are in the table still. */
function labelOf({ program, workbook, results }: PaidRun, name: string): (key: string) => string {
  const table = tableIndex(program, name);
  const rows = [...(results.tables[table]?.rows ?? [])];
  const [label] = labelsOf(program, workbook, results, table, rows, null);
  const texts = new Map(
    rows.map((row, i) => [keyText(program, workbook, table, row), label?.texts[i] ?? '']),
  );
  return (key) => texts.get(key) ?? '';
}
