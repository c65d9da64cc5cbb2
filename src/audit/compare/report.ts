import { displayText, exactText } from '../../exact/decimal.ts';
import { absolute, compare, type Rational, rational, sign, toDouble, ZERO } from '../../exact/rational.ts';
import type { Language } from '../../problems/messages/index.ts';
import { outputColumn } from '../../report/format.ts';
import { split } from '../../report/sheets.ts';
import { type TextColumn, tableText } from '../../report/table.ts';
import { safe } from '../../report/width.ts';
import { words } from '../../report/words.ts';
import type { OutputCell, OutputSheet } from '../../workbook/port.ts';
import type { ColumnComparison, Comparison, Difference, Totals } from './compare.ts';
import { FACTORS, type Factor, type Parts } from './shapley.ts';
import { compareWords } from './words.ts';

/** What two things were compared, in the words of the command: a name each, with its date. */
export interface Compared {
  readonly before: string;
  readonly after: string;
  /** What was set in the rules after, as it was asked for. */
  readonly set: readonly string[];
}

type Part = Factor | 'together';

/** The parts that a comparison has anything to say of: `together` only where something could not be split. */
function partsShown(columns: readonly ColumnComparison[]): readonly Part[] {
  if (columns.every(({ total }) => total.parts === null)) return [];
  const together = columns.some(({ rows }) =>
    rows.some(({ parts }) => parts !== null && sign(parts.together) !== 0),
  );
  return together ? [...FACTORS, 'together'] : FACTORS;
}

const nameOf = ({ table, column }: ColumnComparison): string => `${table}[${column}]`;

/** A difference with its sign. */
function signed(value: Rational): string {
  return sign(value) > 0 ? `+${displayText(value)}` : displayText(value);
}

/** `Allot Compare`, one row a person and column, and `Allot Compare Totals`, one a column and group. */
export function compareSheets(
  comparison: Comparison,
  compared: Compared,
  language: Language,
): readonly OutputSheet[] {
  const w = compareWords(language);
  const { table, key } = words(language);
  const { columns } = comparison;
  const parts = partsShown(columns);
  const grouped = columns.some(({ groups }) => groups.length > 0);
  const partHeadings = parts.map((part) => w.factor[part]);
  const rows = columns.flatMap((one) =>
    one.rows.map((row): readonly OutputCell[] => [
      text(one.table),
      text(one.column),
      text(row.key),
      ...(grouped ? [text(row.group ?? '')] : []),
      amount(row.before),
      amount(row.after),
      amount(row.difference),
      ...partCells(parts, row.parts),
    ]),
  );
  const totals = columns.flatMap((one): readonly (readonly OutputCell[])[] => [
    totalRow(one, w.everybody, one.total, parts, compared),
    ...one.groups.map(({ group, totals }) => totalRow(one, group, totals, parts, compared)),
  ]);
  return [
    ...split(
      sheetOf(
        'Allot Compare',
        [
          table,
          w.column,
          key,
          ...(grouped ? [w.group] : []),
          w.before,
          w.after,
          w.difference,
          ...partHeadings,
        ],
        rows,
      ),
    ),
    sheetOf(
      'Allot Compare Totals',
      [
        table,
        w.column,
        w.group,
        w.people,
        w.winners,
        w.losers,
        w.before,
        w.after,
        w.difference,
        ...partHeadings,
        w.compared,
      ],
      totals,
    ),
  ];
}

function totalRow(
  { table, column }: ColumnComparison,
  group: string,
  totals: Totals,
  parts: readonly Part[],
  compared: Compared,
): readonly OutputCell[] {
  const count = (n: number): OutputCell => ({ kind: 'number', value: { n: BigInt(n), d: 1n } });
  return [
    text(table),
    text(column),
    text(group),
    count(totals.people),
    count(totals.winners),
    count(totals.losers),
    amount(totals.before),
    amount(totals.after),
    amount(totals.difference),
    ...partCells(parts, totals.parts),
    text(comparedText(compared)),
  ];
}

export function comparedText({ before, after, set }: Compared): string {
  return `${before} → ${after}${set.map((one) => `; ${one}`).join('')}`;
}

const text = (value: string): OutputCell => (value === '' ? { kind: 'blank' } : { kind: 'text', value });
const amount = (value: Rational | null): OutputCell =>
  value === null ? { kind: 'blank' } : { kind: 'number', value };

function partCells(shown: readonly Part[], parts: Parts | null): readonly OutputCell[] {
  return shown.map((part) => amount(parts?.[part] ?? null));
}

export function sheetOf(
  name: string,
  headings: readonly string[],
  rows: readonly (readonly OutputCell[])[],
): OutputSheet {
  const columns = headings.map((heading, i) =>
    outputColumn(
      heading,
      rows.map((row) => row[i] ?? { kind: 'blank' }),
    ),
  );
  return { name, columns, rows };
}

/** The object of `allot compare --json` as text, in pieces. Numbers are exact and strings, as in `allot run --json`. */
export function* compareJson(comparison: Comparison, compared: Compared): Generator<string> {
  const { before, after, set } = compared;
  yield `${JSON.stringify({ before, after, set }, null, 2).slice(0, -2)},\n  "columns": [`;
  for (const [i, one] of comparison.columns.entries()) {
    yield `${i === 0 ? '' : ','}\n    { "table": ${JSON.stringify(one.table)}, "column": ${JSON.stringify(one.column)},`;
    yield `\n      "total": ${JSON.stringify(totalsJson(one.total))},`;
    yield `\n      "groups": ${list(one.groups.map(({ group, totals }) => ({ group, ...totalsJson(totals) })))},`;
    yield `\n      "rows": ${list(one.rows.map(differenceJson))} }`;
  }
  yield `${comparison.columns.length === 0 ? '' : '\n  '}]\n}\n`;
}

function list(items: readonly object[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((x) => `        ${JSON.stringify(x)}`).join(',\n')} ]`;
}

export type PartsJson = Readonly<Record<Part, string>>;

function partsJson(parts: Parts): PartsJson {
  const { rules, own, pool, others, together } = parts;
  return {
    rules: exactText(rules),
    own: exactText(own),
    pool: exactText(pool),
    others: exactText(others),
    together: exactText(together),
  };
}

const maybe = (x: Rational | null): string | null => (x === null ? null : exactText(x));

function differenceJson({ key, group, before, after, difference, parts }: Difference) {
  return {
    key,
    ...(group === null ? {} : { group }),
    before: maybe(before),
    after: maybe(after),
    difference: exactText(difference),
    ...(parts === null ? {} : { parts: partsJson(parts) }),
  };
}

function totalsJson({ people, winners, losers, before, after, difference, parts }: Totals) {
  return {
    people,
    winners,
    losers,
    before: exactText(before),
    after: exactText(after),
    difference: exactText(difference),
    ...(parts === null ? {} : { parts: partsJson(parts) }),
  };
}

/** Plain data for a page that shows a comparison: exact texts, doubles only to draw and sort by. */
export interface CompareView {
  readonly before: string;
  readonly after: string;
  readonly set: readonly string[];
  readonly columns: readonly CompareColumnView[];
}

export interface CompareColumnView {
  readonly table: string;
  readonly column: string;
  readonly total: TotalsView;
  readonly groups: readonly (TotalsView & { readonly group: string })[];
  readonly rows: readonly DifferenceView[];
}

export type TotalsView = ReturnType<typeof totalsJson> & { readonly differenceNumber: number };
export type DifferenceView = ReturnType<typeof differenceJson> & { readonly differenceNumber: number };

export function compareView(comparison: Comparison, { before, after, set }: Compared): CompareView {
  const totals = (one: Totals): TotalsView => ({
    ...totalsJson(one),
    differenceNumber: toDouble(one.difference),
  });
  return {
    before,
    after,
    set,
    columns: comparison.columns.map((one) => ({
      table: one.table,
      column: one.column,
      total: totals(one.total),
      groups: one.groups.map(({ group, totals: of }) => ({ group, ...totals(of) })),
      rows: one.rows.map((row) => ({
        ...differenceJson(row),
        differenceNumber: toDouble(row.difference),
      })),
    })),
  };
}

/** Rows of each column that are shown to people, and groups. */
const ROWS = 12;
const GROUPS = 15;
const BAR = 10;

/** A comparison for people: what was compared, then each column with its reasons and its winners and losers. */
export function* compareText(
  comparison: Comparison,
  compared: Compared,
  language: Language,
  width: number,
): Generator<string> {
  const w = compareWords(language);
  yield `${safe(comparedText(compared))}\n`;
  for (const one of comparison.columns) {
    const { total, rows, groups } = one;
    yield `\n${w.summary({
      name: nameOf(one),
      people: total.people,
      winners: total.winners,
      losers: total.losers,
      before: displayText(total.before),
      after: displayText(total.after),
      difference: signed(total.difference),
    })}\n`;
    if (rows.length === 0) {
      yield `  ${w.nobody}\n`;
      continue;
    }
    const parts = partsShown([one]);
    if (groups.length > 0) {
      const head = [w.group, w.people, w.difference, ...parts.map((part) => w.factor[part]), ''];
      const shown = [{ group: w.everybody, totals: total }, ...groups.slice(0, GROUPS)];
      const bars = barsOf(groups.slice(0, GROUPS).map(({ totals }) => totals.difference));
      yield tableText(
        head.map(columnHead),
        shown.map(({ group, totals }, i) => [
          group,
          String(totals.people),
          signed(totals.difference),
          ...parts.map((part) => shortly(totals.parts?.[part] ?? ZERO)),
          i === 0 ? '' : (bars[i - 1] ?? ''),
        ]),
        width,
      );
    } else if (total.parts !== null) {
      const shares = total.parts;
      yield tableText(
        [w.people, w.difference, ...parts.map((part) => w.factor[part])].map(columnHead),
        [[String(total.people), signed(total.difference), ...parts.map((part) => shortly(shares[part]))]],
        width,
      );
    }
    yield `\n${w.largest}\n`;
    const first = rows.slice(0, ROWS);
    const bars = barsOf(first.map(({ difference }) => difference));
    const head = [w.people, w.before, w.after, w.difference, ...parts.map((part) => w.factor[part]), ''];
    yield tableText(
      head.map((heading, i) => columnHead(i === 0 ? words(language).key : heading, i)),
      first.map((row, i) => [
        row.key,
        row.before === null ? '–' : displayText(row.before),
        row.after === null ? '–' : displayText(row.after),
        signed(row.difference),
        ...parts.map((part) => shortly(row.parts?.[part] ?? ZERO)),
        bars[i] ?? '',
      ]),
      width,
    );
    if (rows.length > first.length) yield `  ${w.moreRows(rows.length - first.length)}\n`;
  }
  if (comparison.columns.some(({ total }) => total.parts !== null)) yield `\n${w.reading}\n`;
}

/** To the cent: what is exact to the last digit stands in the sheet. */
function shortly(value: Rational): string {
  const cents = (value.n * 200n + (value.n < 0n ? -value.d : value.d)) / (2n * value.d);
  return sign(value) === 0 ? '0' : signed(rational(cents, 100n));
}

const columnHead = (heading: string, i: number): TextColumn => ({
  heading,
  align: i === 0 || heading === '' ? 'left' : 'right',
});

/** Bars to one scale: losses to the left of a line, gains to the right. */
function barsOf(values: readonly Rational[]): readonly string[] {
  const most = values.reduce((a, b) => (compare(absolute(b), a) > 0 ? absolute(b) : a), ZERO);
  const scale = toDouble(most);
  const losses = values.some((value) => sign(value) < 0);
  return values.map((value) => {
    const size =
      scale === 0
        ? 0
        : Math.max(sign(value) === 0 ? 0 : 1, Math.round((Math.abs(toDouble(value)) / scale) * BAR));
    const bar = '█'.repeat(size);
    if (sign(value) < 0) return `${bar.padStart(BAR)}│`;
    return `${losses ? ' '.repeat(BAR) : ''}│${bar}`;
  });
}
