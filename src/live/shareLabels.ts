import type { Results } from '../engine/results.ts';
import { columnValue, Kind } from '../exact/column.ts';
import { foldText } from '../exact/value.ts';
import type { Program } from '../rules/program.ts';
import type { Workbook } from '../workbook/port.ts';

export interface Label {
  readonly heading: string;
  readonly texts: readonly string[];
}

/** So many texts are shown beside a key. */
const MOST = 3;

/**
 * Texts that say who the rows of a table are, to search and to group by: of its text columns (those of the sheet,
 * then computed ones) the first that tells nearly every row apart, a name, and those that gather rows, a department.
 * A column that says the same of every row says nothing. `first` stands before them and counts.
 */
export function labelsOf(
  program: Program,
  workbook: Workbook,
  results: Results,
  table: number,
  rows: readonly number[],
  first: Label | null,
): readonly Label[] {
  const found = [
    ...sheetLabels(program, workbook, table, rows),
    ...computedLabels(program, results, table, rows),
  ]
    .map((label) => ({ label, kinds: new Set(label.texts.map(foldText)).size }))
    .filter(({ label, kinds }) => (kinds > 1 || rows.length < 2) && !same(label, first));
  const gathers = (kinds: number): boolean => kinds <= Math.max(2, rows.length / 2);
  const names = found.filter(({ kinds }) => !gathers(kinds));
  const groups = found.filter(({ kinds }) => gathers(kinds));
  const picked = [...names.slice(0, 1), ...groups, ...names.slice(1)].map(({ label }) => label);
  return [...(first === null ? [] : [first]), ...picked].slice(0, MOST);
}

function same(label: Label, other: Label | null): boolean {
  return other?.texts.every((text, i) => text === label.texts[i]) ?? false;
}

function sheetLabels(
  program: Program,
  workbook: Workbook,
  table: number,
  rows: readonly number[],
): readonly Label[] {
  const key = program.tables[table]?.key ?? 0;
  return (workbook.tables[table]?.columns ?? []).flatMap(({ heading, data }, at) => {
    if (at === key) return [];
    const kinds = rows.map((row) => data.kinds[row]);
    if (!kinds.includes(Kind.TEXT) || kinds.some((kind) => kind !== Kind.TEXT && kind !== Kind.BLANK))
      return [];
    const texts = rows.map((row) => {
      const value = columnValue(data, row);
      return value?.kind === 'text' ? value.value : '';
    });
    return [{ heading, texts }];
  });
}

function computedLabels(
  program: Program,
  results: Results,
  table: number,
  rows: readonly number[],
): readonly Label[] {
  return (program.tables[table]?.columns ?? []).flatMap((id) => {
    const column = results.columns[id];
    const texts: string[] = [];
    for (const row of rows) {
      const value = column?.at(row);
      if (value?.kind === 'text') texts.push(value.value);
      else if (value === undefined || value.kind === 'blank') texts.push('');
      else return [];
    }
    return texts.some((text) => text !== '') ? [{ heading: program.columns[id]?.name ?? '', texts }] : [];
  });
}
