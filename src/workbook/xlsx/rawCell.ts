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
