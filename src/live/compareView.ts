import {
  type ColumnComparison,
  compareSides,
  type Difference,
  namedColumns,
  payColumns,
  type Totals,
  tableIndex,
} from '../audit/compare/compare.ts';
import { FACTORS, type Parts } from '../audit/compare/shapley.ts';
import type { Side, Sides } from '../audit/compare/sides.ts';
import { displayText } from '../exact/decimal.ts';
import { multiply, type Rational, rational, roundInteger, sign, toDouble } from '../exact/rational.ts';
import { keyText } from '../report/values.ts';
import type {
  ComparableColumn,
  ComparedPart,
  ComparedPerson,
  ComparedTexts,
  ComparedTotals,
  ComparedView,
} from './compared.ts';
import { type Label, labelsOf } from './shareLabels.ts';

/** Of each list so many people are shown: nobody reads on to the ten-thousandth. */
const SHOWN = 200;
/** Of so many values at most groups are made. */
const MOST_GROUPS = 200;

type People = { readonly table: number; readonly rows: readonly number[]; readonly labels: readonly Label[] };

/** The columns that a run pays into, and by what the people of each may be grouped. */
export function comparableColumns(side: Side): readonly ComparableColumn[] {
  const groups = new Map<string, readonly string[]>();
  return payColumns([side]).map(({ table, column }) => {
    const found = groups.get(table) ?? groupings(peopleOf(side, table));
    groups.set(table, found);
    return { table, column, groups: found };
  });
}

function groupings({ labels, rows }: People): readonly string[] {
  return labels.flatMap(({ heading, texts }) => {
    const kinds = new Set(texts).size;
    return kinds > 1 && kinds <= Math.min(MOST_GROUPS, Math.max(2, rows.length * 0.7)) ? [heading] : [];
  });
}

function peopleOf({ program, workbook, results }: Side, name: string): People {
  const table = tableIndex(program, name);
  const rows = [...(results.tables[table]?.rows ?? [])];
  return { table, rows, labels: labelsOf(program, workbook, results, table, rows, null) };
}

/**
 * A column of one workbook as of two dates; neither run had errors. Null where neither date's rules have the column.
 * @param column as `Staff[reward]`
 * @param report parts done of all
 */
export function comparedView(
  sides: Sides,
  column: string,
  group: string | null,
  report: (done: number, total: number) => void,
): ComparedView | null {
  const columns = namedColumns(sides, [column]);
  if (typeof columns === 'string') return null;
  const [one] = compareSides(sides, columns, { group, report }).columns;
  return one === undefined ? null : viewOf(sides, one);
}

function viewOf(sides: Sides, { table, column, rows, total, groups }: ColumnComparison): ComparedView {
  const parts: readonly ComparedPart[] = rows.some(
    (row) => row.parts !== null && sign(row.parts.together) !== 0,
  )
    ? [...FACTORS, 'together']
    : FACTORS;
  const most = rows.slice(0, SHOWN);
  const more = rows.filter(({ difference }) => sign(difference) > 0);
  const less = rows.filter(({ difference }) => sign(difference) < 0);
  const person = personOf(sides, table, parts);
  return {
    before: sides[0].program.asOf,
    after: sides[1].program.asOf,
    table,
    column,
    parts,
    total: totalsOf(total, parts),
    groups: groups.map(({ group, totals }) => ({ group, ...totalsOf(totals, parts) })),
    lists: {
      all: { count: rows.length, people: most.map(person) },
      more: { count: more.length, people: more.slice(0, SHOWN).map(person) },
      less: { count: less.length, people: less.slice(0, SHOWN).map(person) },
    },
    differences: Float64Array.from([...more, ...less], ({ difference }) => toDouble(difference)),
  };
}

function totalsOf(
  { people, winners, losers, before, after, difference, parts }: Totals,
  shown: readonly ComparedPart[],
): ComparedTotals {
  return {
    people,
    winners,
    losers,
    before: displayText(before),
    after: displayText(after),
    difference: displayText(difference),
    differenceNumber: toDouble(difference),
    parts: partTexts(parts, shown),
  };
}

/** Who somebody is, as of the later date, or the earlier where they are there only then. */
function personOf(
  sides: Sides,
  name: string,
  shown: readonly ComparedPart[],
): (difference: Difference) => ComparedPerson {
  const found = new Map<string, Pick<ComparedPerson, 'label' | 'cell'>>();
  for (const side of sides) {
    const { table, rows, labels } = peopleOf(side, name);
    const [label] = labels;
    const sheet = side.workbook.tables[table];
    const column = sheet?.columns[side.program.tables[table]?.key ?? 0]?.column ?? 0;
    rows.forEach((row, at) => {
      found.set(keyText(side.program, side.workbook, table, row), {
        label: label?.texts[at] ?? '',
        cell: { kind: 'cell', sheet: sheet?.sheet ?? '', row: sheet?.sheetRows[row] ?? 0, column },
      });
    });
  }
  return ({ key, before, after, difference, parts }) => ({
    key,
    label: found.get(key)?.label ?? '',
    cell: found.get(key)?.cell ?? null,
    before: before === null ? null : displayText(before),
    after: after === null ? null : displayText(after),
    difference: displayText(difference),
    parts: partTexts(parts, shown),
  });
}

const partTexts = (parts: Parts | null, shown: readonly ComparedPart[]): ComparedTexts =>
  parts === null ? {} : Object.fromEntries(shown.map((part) => [part, toCents(parts[part])]));

/** Parts are thirds and twelfths: to the cent, halves away from zero. */
function toCents(value: Rational): string {
  return displayText(rational(roundInteger(multiply(value, rational(100n))), 100n));
}
