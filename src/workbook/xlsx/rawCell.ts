import { unescapeText } from './xml.ts';

/**
 * A cell as its sheet has it: `type` is that of the file (`n`, `s`, `str`, `inlineStr`, `b`, `e`, `d`), `text` the
 * stored value (an inline string's text, else what `<v>` holds), `style` an index into the cell styles.
 */
export interface RawCell {
  row: number;
  column: number;
  type: string;
  text: string;
  style: number;
  formula: boolean;
}

/** The largest row and column of a sheet. */
export const MAX_ROW = 1_048_576;
export const MAX_COLUMN = 16_384;

/**
 * What holds however a cell was read. A formula that no program has calculated yet is no blank: it gets Excel's own
 * error for that.
 */
export function finishCell(cell: RawCell, valued: boolean): void {
  // Some writers leave `<v></v>` behind; only a text may really be empty.
  const computed = valued && (cell.text !== '' || cell.type === 'str');
  if (cell.formula && !computed && cell.type !== 'inlineStr') {
    cell.type = 'e';
    cell.text = '#GETTING_DATA';
  } else if (cell.type === 'inlineStr' || cell.type === 'str') cell.text = unescapeText(cell.text);
}

/** The column number of a reference such as `AB12`; 0 where there is none. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const c = reference.charCodeAt(i);
    if (c >= 65 && c <= 90) column = column * 26 + (c - 64);
    else if (c >= 97 && c <= 122) column = column * 26 + (c - 96);
    else break;
  }
  return column;
}

/** A range of cells, all from 1 and inclusive. */
export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** `A1:D5` or `$A$1` as an area; null where the text is neither. */
export function parseArea(text: string): Area | null {
  const m = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?$/.exec(text);
  if (m === null) return null;
  const [, c1 = '', r1 = '', c2 = c1, r2 = r1] = m;
  const area = { top: Number(r1), left: columnOf(c1), bottom: Number(r2), right: columnOf(c2) };
  const fits = area.top >= 1 && area.bottom >= area.top && area.right >= area.left && area.bottom <= MAX_ROW;
  return fits && area.right <= MAX_COLUMN ? area : null;
}
