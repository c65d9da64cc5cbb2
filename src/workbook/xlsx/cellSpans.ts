import { SaxesParser } from 'saxes';
import { columnOf } from '../area.ts';
import type { BookError } from '../bookError.ts';
import { quickSpans } from './quickSpans.ts';
import { localName } from './xml.ts';

/** An element's place in its text: of `<`, past the open tag, of the close tag and past it. */
export interface Span {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly start: number;
  readonly openEnd: number;
  readonly closeStart: number;
  readonly end: number;
  readonly selfClosing: boolean;
}

/** A formula, value or inline string of a cell; the text is that of a formula or value. */
export interface PartSpan extends Span {
  readonly text: string;
}

export interface CellSpan extends Span {
  readonly row: number;
  readonly column: number;
  readonly formula: PartSpan | null;
  readonly value: PartSpan | null;
  readonly inline: PartSpan | null;
}

export interface RowSpan extends Span {
  readonly row: number;
}

/** Gets rows and cells when they end: the cells of a row before the row itself. */
export interface SpanVisitor {
  /** Whether the cells of a row matter; without it all do. */
  wants?(row: number): boolean;
  /** Cells without a formula are left out. */
  readonly only?: 'formulas';
  cell?(cell: CellSpan): void;
  row?(row: RowSpan): void;
}

interface Growing {
  name: string;
  attributes: Readonly<Record<string, string>>;
  start: number;
  openEnd: number;
  closeStart: number;
  end: number;
  selfClosing: boolean;
  text: string;
}

/** Children of a cell that matter. */
const PARTS: Readonly<Record<string, 'formula' | 'value' | 'inline' | undefined>> = {
  f: 'formula',
  v: 'value',
  is: 'inline',
};

type Building = { -readonly [K in keyof CellSpan]: CellSpan[K] };

/** Walks over the rows and cells of a sheet's text with their places. `broken` makes the refusal. */
export function walkSheet(xml: string, broken: () => BookError, visitor: SpanVisitor): void {
  const quick = quickSpans(xml, visitor);
  if (quick === null) {
    slowWalk(xml, broken, visitor);
    return;
  }
  for (const span of quick)
    if ('column' in span) visitor.cell?.(span);
    else visitor.row?.(span);
}

function slowWalk(xml: string, broken: () => BookError, visitor: SpanVisitor): void {
  const parser = new SaxesParser({ xmlns: false as const, position: true });
  let inData = false;
  let row: (Growing & { row: number }) | null = null;
  let cell: Building | null = null;
  let part: Growing | null = null;
  let inside = 0;
  let lastRow = 0;
  let lastColumn = 0;
  const fail = (): never => {
    throw broken();
  };
  parser.on('error', fail);
  parser.on('doctype', fail);

  function opened(tag: {
    name: string;
    attributes: Record<string, string>;
    isSelfClosing: boolean;
  }): Growing {
    const openEnd = parser.position;
    const { name, attributes, isSelfClosing } = tag;
    const start = xml.lastIndexOf('<', openEnd - 1);
    return {
      name,
      attributes,
      start,
      openEnd,
      closeStart: openEnd,
      end: openEnd,
      selfClosing: isSelfClosing,
      text: '',
    };
  }
  function closed(span: Pick<Growing, 'end' | 'closeStart' | 'selfClosing'>): void {
    if (span.selfClosing) return;
    span.end = parser.position;
    span.closeStart = xml.lastIndexOf('<', span.end - 1);
  }

  parser.on('opentag', (tag) => {
    if (part !== null) {
      inside++;
      return;
    }
    const local = localName(tag.name);
    if (local === 'sheetData') inData = true;
    if (!inData) return;
    if (cell !== null) {
      part = opened(tag);
    } else if (row !== null) {
      if (local !== 'c') return;
      const { text: _, ...span } = opened(tag);
      const { r } = span.attributes;
      lastColumn = r === undefined ? lastColumn + 1 : columnOf(r);
      cell = { ...span, row: row.row, column: lastColumn, formula: null, value: null, inline: null };
    } else if (local === 'row') {
      const span = opened(tag);
      const { r } = span.attributes;
      lastRow = r === undefined ? lastRow + 1 : Number(r);
      if (!(lastRow >= 1)) fail();
      lastColumn = 0;
      row = { ...span, row: lastRow };
    }
  });
  parser.on('closetag', (tag) => {
    const local = localName(tag.name);
    if (part !== null) {
      if (inside > 0) {
        inside--;
        return;
      }
      closed(part);
      const kind = PARTS[local];
      if (cell !== null && kind !== undefined) cell[kind] = part;
      part = null;
    } else if (cell !== null) {
      if (local !== 'c') return;
      closed(cell);
      const skipped =
        visitor.wants?.(cell.row) === false || (visitor.only === 'formulas' && cell.formula === null);
      if (!skipped) visitor.cell?.(cell);
      cell = null;
    } else if (row !== null) {
      if (local !== 'row') return;
      closed(row);
      visitor.row?.(row);
      row = null;
    } else if (local === 'sheetData') inData = false;
  });
  const text = (piece: string): void => {
    if (part !== null && inside === 0) part.text += piece;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.write(xml);
  parser.close();
}
