import { columnLetters } from '../../problems/problem.ts';
import { type Area, columnOf, MAX_COLUMN, MAX_ROW } from '../area.ts';
import { type FormulaToken, formulaTokens, nextToken, sheetBefore } from './formula.ts';

/** One end of a reference: a cell, a whole column (no row) or a whole row (no column). */
export interface RefEnd {
  readonly column: number | null;
  readonly columnFixed: boolean;
  readonly row: number | null;
  readonly rowFixed: boolean;
}

/** A reference of a formula: `to` is null for a single cell, `sheet` where none stands before it. */
export interface Reference {
  readonly sheet: string | null;
  readonly from: RefEnd;
  readonly to: RefEnd | null;
}

const CELL = /^(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})$/;
const COLUMN = /^(\$?)([A-Za-z]{1,3})$/;
const ROW = /^(\$?)(\d{1,7})$/;

/** What refers to nothing any more. */
export const LOST = '#REF!';

/** A cell's reference; null for any other word. */
export function cellEnd(word: string): RefEnd | null {
  const m = CELL.exec(word);
  if (m === null) return null;
  const column = columnOf(m[2] ?? '');
  const row = Number(m[4]);
  if (column > MAX_COLUMN || row < 1 || row > MAX_ROW) return null;
  return { column, columnFixed: m[1] === '$', row, rowFixed: m[3] === '$' };
}

function lineEnd(word: string): RefEnd | null {
  const c = COLUMN.exec(word);
  if (c !== null) {
    const column = columnOf(c[2] ?? '');
    return column > MAX_COLUMN ? null : { column, columnFixed: c[1] === '$', row: null, rowFixed: false };
  }
  const r = ROW.exec(word);
  const row = Number(r?.[2] ?? 0);
  if (r === null || row < 1 || row > MAX_ROW) return null;
  return { column: null, columnFixed: false, row, rowFixed: r[1] === '$' };
}

export function endText({ column, columnFixed, row, rowFixed }: RefEnd): string {
  const letters = column === null ? '' : `${columnFixed ? '$' : ''}${columnLetters(column)}`;
  return `${letters}${row === null ? '' : `${rowFixed ? '$' : ''}${row}`}`;
}

/** Maps the references of a formula; null leaves one as it is. */
export function mapReferences(formula: string, change: (reference: Reference) => string | null): string {
  const tokens = formulaTokens(formula);
  let out = '';
  for (let i = 0; i < tokens.length; i++) {
    const found = referenceAt(tokens, i);
    out += (found === null ? null : change(found.reference)) ?? tokensText(tokens, i, found?.last ?? i);
    if (found !== null) i = found.last;
  }
  return out;
}

const tokensText = (tokens: readonly FormulaToken[], from: number, to: number): string =>
  tokens
    .slice(from, to + 1)
    .map((token) => token.text)
    .join('');

function referenceAt(
  tokens: readonly FormulaToken[],
  i: number,
): { readonly reference: Reference; readonly last: number } | null {
  const first = tokens[i];
  if (first?.kind !== 'word') return null;
  const sheet = sheetBefore(tokens, i);
  const second = tokens[i + 1]?.text === ':' ? tokens[i + 2] : undefined;
  const last = i + 2;
  if (second?.kind === 'word' && isEnd(tokens, last)) {
    const [a, b] = [cellEnd(first.text), cellEnd(second.text)];
    if (a !== null && b !== null) return { reference: { sheet, from: a, to: b }, last };
    const [c, d] = [lineEnd(first.text), lineEnd(second.text)];
    if (c !== null && d !== null && (c.row === null) === (d.row === null))
      return { reference: { sheet, from: c, to: d }, last };
  }
  const cell = isEnd(tokens, i) ? cellEnd(first.text) : null;
  return cell === null ? null : { reference: { sheet, from: cell, to: null }, last: i };
}

/** Whether a word is no function's name, no table's and no sheet's. */
function isEnd(tokens: readonly FormulaToken[], i: number): boolean {
  const after = nextToken(tokens, i)?.text ?? '';
  return after !== '(' && after !== '!' && !tokens[i + 1]?.text.startsWith('[');
}

/** A formula as it reads some rows and columns further on: what is not fixed moves along. */
export function shiftFormula(formula: string, rows: number, columns: number): string {
  if (rows === 0 && columns === 0) return formula;
  const moved = (end: RefEnd): RefEnd | null => {
    const column = end.column === null || end.columnFixed ? end.column : end.column + columns;
    const row = end.row === null || end.rowFixed ? end.row : end.row + rows;
    const fits =
      (column ?? 1) >= 1 && (column ?? 1) <= MAX_COLUMN && (row ?? 1) >= 1 && (row ?? 1) <= MAX_ROW;
    return fits ? { ...end, column, row } : null;
  };
  return mapReferences(formula, ({ from, to }) => {
    const a = moved(from);
    const b = to === null ? null : moved(to);
    if (a === null || (to !== null && b === null)) return LOST;
    return b === null ? endText(a) : `${endText(a)}:${endText(b)}`;
  });
}

/** `A1:B3`, `A1` for a single cell. */
export function areaText({ top, left, bottom, right }: Area): string {
  const end = (row: number, column: number): string =>
    endText({ row, column, rowFixed: false, columnFixed: false });
  const from = end(top, left);
  const to = end(bottom, right);
  return from === to ? from : `${from}:${to}`;
}
