import { DAY } from '../../exact/date.ts';
import { toDouble } from '../../exact/rational.ts';
import { columnLetters } from '../../problems/problem.ts';
import type { OutputCell, TableRow } from '../port.ts';
import type { CellSpan } from './cellSpans.ts';
import { editTag } from './edits.ts';
import { cellXml } from './serialise.ts';
import type { BookWriter } from './writer.ts';
import { child, type XmlNode } from './xml.ts';

/** Makes the cells of a table's rows. */
export interface BodyCells {
  /** The XML of a row's cells, a text a column from left to right; empty texts where it has none, or is null. */
  texts(row: TableRow | null, sheetRow: number): readonly string[];
}

export interface BodyOptions {
  readonly writer: BookWriter;
  readonly prefix: string;
  readonly xml: string;
  readonly root: XmlNode;
  /** Sheet columns in the order of a row's cells. */
  readonly columns: readonly number[];
  cellAt(was: number, column: number): CellSpan | undefined;
  /** The style of a column's cells; undefined where none has one. */
  styled(column: number): string | undefined;
}

export function bodyWriter({ writer, prefix, xml, root, columns, cellAt, styled }: BodyOptions): BodyCells {
  const { date1904 } = writer.structure;
  const styles = columns.map((column) => styled(column) ?? columnStyle(root, column) ?? '0');
  const order = columns.map((_, i) => i).sort((a, b) => (columns[a] ?? 0) - (columns[b] ?? 0));

  function made(cell: OutputCell, ref: string, style: number): string {
    if (cell.kind === 'blank') return '';
    const shown =
      cell.kind === 'date'
        ? writer.dateStyle(style, hasTime(cell))
        : cell.kind === 'number'
          ? writer.numberStyle(style)
          : style;
    return cellXml(prefix, ref, cell, { plain: shown, day: shown, time: shown }, date1904);
  }

  function text(row: TableRow, i: number, sheetRow: number): string {
    const column = columns[i] ?? 0;
    const ref = `${columnLetters(column)}${sheetRow}`;
    const cell = row.cells[i] ?? null;
    const old = row.was === null ? undefined : cellAt(row.was, column);
    if (old === undefined) return cell === null ? '' : made(cell, ref, Number(styles[i]));
    if (cell === null) {
      const whole = xml.slice(old.start, old.end);
      if (old.attributes.r === ref) return whole;
      return editTag(xml, old, { r: ref }).text + whole.slice(old.openEnd - old.start);
    }
    const style = Number(old.attributes.s ?? 0);
    const now = made(cell, ref, style);
    return now === '' && style > 0 ? `<${prefix}c r="${ref}" s="${style}"/>` : now;
  }

  return {
    texts: (row, sheetRow) => order.map((i) => (row === null ? '' : text(row, i, sheetRow))),
  };
}

const hasTime = ({ ms }: OutputCell & { readonly kind: 'date' }): boolean =>
  Math.round(toDouble(ms)) % DAY !== 0;

function columnStyle(root: XmlNode, column: number): string | undefined {
  const cols = child(root, 'cols')?.children ?? [];
  return cols.find(({ attributes: { min, max } }) => column >= Number(min) && column <= Number(max))
    ?.attributes.style;
}
