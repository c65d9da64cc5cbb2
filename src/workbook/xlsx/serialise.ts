import { isoOfMs, serialOfMs } from '../../exact/date.ts';
import { toDouble } from '../../exact/rational.ts';
import { columnLetters } from '../../problems/problem.ts';
import type { OutputCell } from '../port.ts';
import { xmlText } from './escape.ts';

/** Cell styles of one column: by default, of dates without and with a time of day. */
export interface ColumnStyle {
  readonly plain: number;
  readonly day: number;
  readonly time: number;
}

/** Excel's limit for the text of a cell. */
const MAX_TEXT = 32_767;
const DAY_MS = 86_400_000;

/** The inside of a cell of type `inlineStr`. */
export function inlineXml(p: string, text: string): string {
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
  const space = /^\s|\s$|\n/.test(short) ? ' xml:space="preserve"' : '';
  return `<${p}is><${p}t${space}>${xmlText(short)}</${p}t></${p}is>`;
}

/** A text cell: always an inline string, so that no text can become a formula. */
export function textCell(p: string, ref: string, text: string, style: number): string {
  return `<${p}c r="${ref}"${styled(style)} t="inlineStr">${inlineXml(p, text)}</${p}c>`;
}

const styled = (style: number): string => (style === 0 ? '' : ` s="${style}"`);

/** One cell's XML; empty for a blank. A date before Excel's calendar is written as text. */
export function cellXml(
  p: string,
  ref: string,
  cell: OutputCell,
  style: ColumnStyle,
  date1904: boolean,
): string {
  switch (cell.kind) {
    case 'blank':
      return '';
    case 'number':
      return `<${p}c r="${ref}"${styled(style.plain)}><${p}v>${toDouble(cell.value)}</${p}v></${p}c>`;
    case 'text':
      return cell.value === '' ? '' : textCell(p, ref, cell.value, style.plain);
    case 'date': {
      const ms = Math.round(toDouble(cell.ms));
      const serial = serialOfMs(ms, date1904);
      if (serial < (date1904 ? 0 : 1)) return textCell(p, ref, isoOfMs(ms).replace('T', ' '), style.plain);
      const s = ms % DAY_MS === 0 ? style.day : style.time;
      return `<${p}c r="${ref}"${styled(s)}><${p}v>${serial}</${p}v></${p}c>`;
    }
    case 'logical':
      return `<${p}c r="${ref}"${styled(style.plain)} t="b"><${p}v>${cell.value ? 1 : 0}</${p}v></${p}c>`;
    default: {
      const never: never = cell;
      return never;
    }
  }
}

export interface HeaderStyle {
  readonly left: number;
  readonly right: number;
}

/** A table's rows under its headings, which stand in row 1. */
export interface GridOptions {
  readonly prefix: string;
  readonly headings: readonly string[];
  /** Cell styles of headings over text and over what stands to the right. */
  readonly header: HeaderStyle;
  readonly styles: readonly ColumnStyle[];
  readonly rows: Iterable<readonly OutputCell[]>;
  readonly date1904: boolean;
}

export interface Grid {
  /** The children of `sheetData`. */
  readonly xml: string;
  /** How many rows of data. */
  readonly rows: number;
}

const NO_STYLE: ColumnStyle = { plain: 0, day: 0, time: 0 };

/** Rows as XML. A row keeps no more cells than there are headings. */
export function gridXml({ prefix: p, headings, header, styles, rows, date1904 }: GridOptions): Grid {
  const letters = headings.map((_, i) => columnLetters(i + 1));
  const pieces = [''];
  // By column: whether its first cell stands to the right, as numbers and dates do.
  const right: (boolean | undefined)[] = letters.map(() => undefined);
  let r = 1;
  for (const row of rows) {
    r++;
    let cells = '';
    for (let i = 0; i < letters.length; i++) {
      const cell = row[i];
      if (cell === undefined || cell.kind === 'blank') continue;
      right[i] ??= cell.kind === 'number' || cell.kind === 'date';
      cells += cellXml(p, `${letters[i]}${r}`, cell, styles[i] ?? NO_STYLE, date1904);
    }
    pieces.push(`<${p}row r="${r}">${cells}</${p}row>`);
  }
  const head = headings.map((heading, i) =>
    textCell(p, `${letters[i]}1`, heading, right[i] === true ? header.right : header.left),
  );
  pieces[0] = `<${p}row r="1" ht="20" customHeight="1">${head.join('')}</${p}row>`;
  return { xml: pieces.join(''), rows: r - 1 };
}

/** `<cols>` for widths in characters. */
export function colsXml(p: string, widths: readonly number[]): string {
  const cols = widths.map((width, i) => {
    const shown = Math.min(100, Math.max(6, width + 2));
    return `<${p}col min="${i + 1}" max="${i + 1}" width="${shown}" customWidth="1"/>`;
  });
  return cols.length === 0 ? '' : `<${p}cols>${cols.join('')}</${p}cols>`;
}
