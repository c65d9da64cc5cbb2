import { displayText, exactText } from '../../exact/decimal.ts';
import { type Rational, sign } from '../../exact/rational.ts';
import type { Language } from '../../problems/messages/index.ts';
import { tableText } from '../../report/table.ts';
import { words } from '../../report/words.ts';
import type { RunAdjustments } from './adjust.ts';
import { compareWords } from './words.ts';

const maybe = (x: Rational | null): string | null => (x === null ? null : exactText(x));

/** Adjustments as plain data for JSON: numbers are exact and strings. */
export function adjustmentObject({ run, asOf, columns }: RunAdjustments) {
  return {
    run: Number(run),
    asOf,
    columns: columns.map(({ table, column, rows, total, shared }) => ({
      table,
      column,
      total: exactText(total),
      shared:
        shared === null
          ? null
          : {
              paid: exactText(shared.paid),
              earlier: exactText(shared.earlier),
              now: exactText(shared.now),
              difference: exactText(shared.difference),
              unallocated: {
                paid: exactText(shared.unallocated.paid),
                now: exactText(shared.unallocated.now),
              },
            },
      rows: rows.map(({ key, paid, earlier, now, adjustment }) => ({
        key,
        paid: maybe(paid),
        earlier: exactText(earlier),
        now: maybe(now),
        adjustment: exactText(adjustment),
      })),
    })),
  };
}

/** The object of `allot adjust --json`. */
export function adjustmentJson(runs: readonly RunAdjustments[]): string {
  return `${JSON.stringify({ runs: runs.map(adjustmentObject) }, null, 2)}\n`;
}

/** Rows of each column that are shown to people. */
const ROWS = 20;

export function* adjustmentText(
  runs: readonly RunAdjustments[],
  language: Language,
  width: number,
): Generator<string> {
  const w = compareWords(language);
  for (const { run, asOf, columns } of runs)
    for (const { table, column, rows, total, shared } of columns) {
      const name = `${table}[${column}]`;
      yield `${w.adjustSummary({ run, asOf, name, people: rows.length, total: displayText(total) })}\n`;
      if (shared !== null) {
        const { paid, earlier, now, difference, unallocated } = shared;
        yield `${w.pools({
          name: column,
          paid: displayText(paid),
          earlier: sign(earlier) === 0 ? null : displayText(earlier),
          now: displayText(now),
          difference: displayText(difference),
        })}\n`;
        if (sign(unallocated.paid) !== 0 || sign(unallocated.now) !== 0)
          yield `${w.leftOver(displayText(unallocated.paid), displayText(unallocated.now))}\n`;
      }
      if (rows.length > 0) {
        const before = rows.some(({ earlier }) => sign(earlier) !== 0);
        const headings = [w.paid, ...(before ? [w.earlier] : []), w.now, w.adjustment];
        yield tableText(
          [
            { heading: words(language).key, align: 'left' },
            ...headings.map((heading) => ({ heading, align: 'right' }) as const),
          ],
          rows
            .slice(0, ROWS)
            .map(({ key, paid, earlier, now, adjustment }) => [
              key,
              paid === null ? '–' : displayText(paid),
              ...(before ? [sign(earlier) === 0 ? '–' : displayText(earlier)] : []),
              now === null ? '–' : displayText(now),
              displayText(adjustment),
            ]),
          width,
        );
      }
      if (rows.length > ROWS) yield `  ${w.moreRows(rows.length - ROWS)}\n`;
      yield '\n';
    }
}
