import { formulaTokens } from '../workbook/xlsx/formula.ts';
import { mapReferences, type RefEnd } from '../workbook/xlsx/references.ts';

/** Cells of a sheet, from 0, both ends inclusive. */
export interface Box {
  readonly sheetId: string;
  readonly startRow: number;
  readonly endRow: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

/** A cell, from 0. */
export interface Cell {
  readonly sheetId: string;
  readonly row: number;
  readonly column: number;
}

/** Cells put together to columns of cells, so that there are few to be compared with. */
export function boxesOf(cells: Iterable<Cell>): readonly Box[] {
  const columns = new Map<
    string,
    { readonly sheetId: string; readonly column: number; readonly rows: number[] }
  >();
  for (const { sheetId, row, column } of cells) {
    const id = `${sheetId} ${column}`;
    const found = columns.get(id) ?? { sheetId, column, rows: [] };
    columns.set(id, found);
    found.rows.push(row);
  }
  const boxes: Box[] = [];
  for (const { sheetId, column, rows } of columns.values()) {
    rows.sort((a, b) => a - b);
    let start = rows[0] ?? 0;
    let end = start;
    const put = (): void => {
      boxes.push({ sheetId, startRow: start, endRow: end, startColumn: column, endColumn: column });
    };
    for (const row of rows) {
      if (row > end + 1) {
        put();
        start = row;
      }
      end = row;
    }
    put();
  }
  return boxes;
}

/** What a formula refers to: boxes, with the sheet's name where it names one; `everything` where that can't be told. */
export type References = 'everything' | readonly (Omit<Box, 'sheetId'> & { readonly sheet: string | null })[];

const LAST = Number.MAX_SAFE_INTEGER;

/** The references of a formula as it is written in its cell. */
export function referencesOf(formula: string): References {
  const found: (Omit<Box, 'sheetId'> & { readonly sheet: string | null })[] = [];
  const left = mapReferences(formula, ({ sheet, from, to }) => {
    const end = to ?? from;
    found.push({ sheet, ...span(from, end) });
    return '0';
  });
  const tokens = formulaTokens(left);
  // A name, a structured reference, or a function that makes references of texts.
  const opaque = tokens.some((token, i) => {
    if (token.kind === 'bracket') return true;
    if (token.kind !== 'word' || /^[\d.]/.test(token.text) || /^(?:true|false)$/i.test(token.text))
      return false;
    const after = tokens[i + 1]?.text;
    if (after === '!') return false;
    return after !== '(' || /^(?:indirect|offset|index|choose)$/i.test(token.text);
  });
  return opaque ? 'everything' : found;
}

function span(from: RefEnd, to: RefEnd): Omit<Box, 'sheetId'> {
  const order = (a: number | null, b: number | null): readonly [number, number] =>
    a === null || b === null ? [0, LAST] : [Math.min(a, b) - 1, Math.max(a, b) - 1];
  const [startRow, endRow] = order(from.row, to.row);
  const [startColumn, endColumn] = order(from.column, to.column);
  return { startRow, endRow, startColumn, endColumn };
}

/** Whether a formula in a sheet refers to any of these cells. */
export function refersTo(
  references: References,
  sheetId: string,
  sheetIdOf: (name: string) => string | undefined,
  boxes: readonly Box[],
): boolean {
  if (references === 'everything') return true;
  return references.some((one) => {
    const target = one.sheet === null ? sheetId : sheetIdOf(one.sheet);
    return boxes.some(
      (box) =>
        box.sheetId === target &&
        box.startRow <= one.endRow &&
        box.endRow >= one.startRow &&
        box.startColumn <= one.endColumn &&
        box.endColumn >= one.startColumn,
    );
  });
}
