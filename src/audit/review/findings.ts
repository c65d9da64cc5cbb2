import { displayValueText } from '../../exact/text.ts';
import type { Value } from '../../exact/value.ts';
import { type Place, placeText } from '../../problems/problem.ts';
import type { HiddenPlace } from '../../workbook/port.ts';
import type { Review, ReviewedRule, RuleVersion } from './review.ts';
import { isUnmet, isUnused } from './reviewBook.ts';
import type { ReviewWords } from './words.ts';

/** What an auditor should look at, as a list under a heading: texts in columns. */
export interface Findings {
  readonly heading: string;
  readonly note: string | null;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Where each row leads, null where it leads nowhere; and the column that says it. */
  readonly places: readonly (Place | null)[];
  readonly placed: number;
}

/** A place in the rules without its characters: `Rules!B12`. */
export function lineText(at: Place): string {
  return placeText(at).replace(/:\d+(?:-\d+)?$/, '');
}

export function ruleName({ table, name }: Pick<ReviewedRule, 'table' | 'name'>): string {
  return table === null ? name : `${table}[${name}]`;
}

export function periodText({ from, until }: RuleVersion, w: ReviewWords): string {
  const parts = [...(from === null ? [] : [w.from(from)]), ...(until === null ? [] : [w.until(until)])];
  return parts.length === 0 ? w.always : parts.join(w.and);
}

/** The constants of a version by the line that they stand in; its first line has no name. */
export function constantsByLine({
  at,
  constants,
}: RuleVersion): readonly { line: string; texts: readonly string[] }[] {
  const own = lineText(at);
  const lines = new Map<string, string[]>();
  for (const constant of constants) {
    const line = lineText(constant.at);
    const texts = lines.get(line);
    if (texts === undefined) lines.set(line, [constant.text]);
    else texts.push(constant.text);
  }
  return [...lines].map(([line, texts]) => ({ line: line === own ? '' : line, texts }));
}

const current = ({ versions }: ReviewedRule): RuleVersion | undefined =>
  versions.find(({ inForce }) => inForce) ?? versions[0];

/** The findings of a review, those without any left out. */
export function findingsOf(review: Review, w: ReviewWords): readonly Findings[] {
  const { rules, leftOut, hidden, results } = review;
  const ruleRows = (list: readonly ReviewedRule[]) =>
    list.map((rule) => {
      const version = current(rule);
      return [ruleName(rule), version === undefined ? '' : lineText(version.at), rule.where ?? ''];
    });
  const ruleList = (heading: string, list: readonly ReviewedRule[]): Findings => ({
    heading,
    note: null,
    columns: [w.rule, w.place, w.where],
    rows: ruleRows(list),
    places: list.map((rule) => current(rule)?.at ?? null),
    placed: 1,
  });
  const unhit = rules.flatMap((rule) =>
    rule.lines.flatMap(({ at, text, hits }) => (hits === 0 ? [{ rule, at, text }] : [])),
  );
  const changed = results.kind === 'compared' ? results.changed : [];
  const value = (x: Value | null): string =>
    x === null ? '' : x.kind === 'blank' ? w.blank : displayValueText(x);
  const lists: readonly Findings[] = [
    ruleList(w.noRow, rules.filter(isUnmet)),
    ruleList(w.unused, rules.filter(isUnused)),
    ruleList(
      w.noVersion,
      rules.filter(({ versions }) => !versions.some(({ inForce }) => inForce)),
    ),
    {
      heading: w.unhitLines,
      note: null,
      columns: [w.rule, w.line, w.place],
      rows: unhit.map(({ rule, at, text }) => [ruleName(rule), text, lineText(at)]),
      places: unhit.map(({ at }) => at),
      placed: 2,
    },
    {
      heading: w.leftOut,
      note: null,
      columns: [w.table, w.rows, w.condition, w.keys],
      rows: leftOut.map(({ table, rows, of, condition, keys }) => [
        table,
        w.ofRows(rows, of),
        condition,
        `${keys.join(w.and)}${rows > keys.length ? ' …' : ''}`,
      ]),
      places: leftOut.map(({ at }) => at),
      placed: 2,
    },
    {
      heading: w.hidden,
      note: null,
      columns: [w.place],
      rows: (hidden ?? []).map((place) => [w.hiddenPlace(place)]),
      places: (hidden ?? []).map(hiddenAt),
      placed: 0,
    },
    {
      heading: w.changed,
      note: null,
      columns: [w.place, w.row, w.column, w.what, w.result, w.inBook],
      rows: changed.map(({ at, kind, key, heading, result, found }) => [
        placeText(at),
        key,
        heading,
        w.change[kind],
        value(result),
        value(found),
      ]),
      places: changed.map(({ at }) => at),
      placed: 0,
    },
  ];
  return lists.filter(({ rows }) => rows.length > 0);
}

/** The cell to look at; no cell of a hidden sheet can be shown. */
function hiddenAt(place: HiddenPlace): Place | null {
  switch (place.kind) {
    case 'sheet':
      return null;
    case 'row':
      return { kind: 'cell', sheet: place.sheet, row: place.row, column: 1 };
    case 'column':
      return { kind: 'cell', sheet: place.sheet, row: 1, column: place.column };
    default: {
      const never: never = place;
      return never;
    }
  }
}

/** How the results in the book stand to what a run gives, in a sentence. */
export function resultsText({ results }: Review, w: ReviewWords): string {
  switch (results.kind) {
    case 'none':
      return w.noResults;
    case 'other-day':
      return w.otherDay(displayValueText(results.asOf));
    case 'compared':
      return w.compared(results.sheets, results.changed.length);
    default: {
      const never: never = results;
      return never;
    }
  }
}
