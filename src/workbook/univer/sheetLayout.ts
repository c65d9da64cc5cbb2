import type { IColumnData, IRange, IRowData, IWorksheetData } from '@univerjs/presets';
import { parseArea } from '../area.ts';
import { fileError } from '../bookError.ts';
import type { BookSheet, Structure } from '../xlsx/structure.ts';
import { child, children, partText, prefixed, treeOf, type XmlNode } from '../xlsx/xml.ts';

/** Columns that differ are told one by one only so far: Excel styles all 16,384 at once. */
const LAST_COLUMN = 500;
/** A character's width and a column's padding in the usual font, in pixels. */
const CHARACTER = 7;
const PADDING = 5;
const PIXELS_PER_POINT = 4 / 3;

type Layout = Pick<
  IWorksheetData,
  | 'hidden'
  | 'freeze'
  | 'mergeData'
  | 'columnData'
  | 'rowData'
  | 'showGridlines'
  | 'defaultColumnWidth'
  | 'defaultRowHeight'
>;

/** What of a sheet is no cell: widths, heights, merged cells, frozen rows. */
export function sheetLayout(
  structure: Structure,
  sheet: BookSheet,
  styleId: (index: number) => string,
): Layout {
  const { zip } = structure;
  const xml = partText(zip, sheet.entry);
  const root = treeOf(
    withoutCells(xml),
    () => fileError(zip.path, 'broken-part', sheet.entry.name),
    'sheetData',
  );
  const format = child(root, 'sheetFormatPr')?.attributes ?? {};
  const view = children(child(root, 'sheetViews'), 'sheetView')[0];
  const width = Number(format.defaultColWidth ?? format.baseColWidth ?? 0);
  return {
    hidden: isHidden(structure, sheet) ? 1 : 0,
    freeze: freezeOf(view),
    mergeData: merges(root),
    columnData: columnData(root, styleId),
    rowData: rowData(xml),
    showGridlines: view?.attributes.showGridLines === '0' ? 0 : 1,
    defaultColumnWidth: width > 0 ? pixels(width) : 72,
    defaultRowHeight: Math.round(Number(format.defaultRowHeight ?? 15) * PIXELS_PER_POINT),
  };
}

/** The cells cut out, where they are written as usual: reading them as a tree takes long. */
function withoutCells(xml: string): string {
  const start = xml.indexOf('<sheetData>');
  const end = xml.indexOf('</sheetData>');
  return start < 0 || end < start ? xml : xml.slice(0, start + '<sheetData>'.length) + xml.slice(end);
}

const pixels = (characters: number): number => Math.round(characters * CHARACTER + PADDING);

function isHidden({ workbook, relations }: Structure, sheet: BookSheet): boolean {
  return children(child(workbook.root, 'sheets'), 'sheet').some((node) => {
    const relation = relations.list.find((one) => one.id === prefixed(node, 'id'));
    return relation?.target === sheet.part && (node.attributes.state ?? 'visible') !== 'visible';
  });
}

function freezeOf(view: XmlNode | undefined): IWorksheetData['freeze'] {
  const pane = child(view, 'pane');
  const frozen = pane?.attributes.state?.startsWith('frozen') === true;
  const xSplit = frozen ? Number(pane?.attributes.xSplit ?? 0) : 0;
  const ySplit = frozen ? Number(pane?.attributes.ySplit ?? 0) : 0;
  return { xSplit, ySplit, startRow: ySplit === 0 ? -1 : ySplit, startColumn: xSplit === 0 ? -1 : xSplit };
}

function merges(root: XmlNode): IRange[] {
  return children(child(root, 'mergeCells'), 'mergeCell').flatMap((node) => {
    const area = parseArea(node.attributes.ref ?? '');
    if (area === null) return [];
    const { top, left, bottom, right } = area;
    return [{ startRow: top - 1, endRow: bottom - 1, startColumn: left - 1, endColumn: right - 1 }];
  });
}

function columnData(root: XmlNode, styleId: (index: number) => string): Record<number, IColumnData> {
  const columns: Record<number, IColumnData> = {};
  for (const node of children(child(root, 'cols'), 'col')) {
    const { min = '1', max = min, width, hidden, style } = node.attributes;
    const one: IColumnData = {
      ...(width === undefined ? {} : { w: pixels(Number(width)) }),
      ...(hidden === '1' || hidden === 'true' ? { hd: 1 } : {}),
      ...(style === undefined || style === '0' ? {} : { s: styleId(Number(style)) }),
    };
    for (let c = Number(min); c <= Math.min(Number(max), LAST_COLUMN); c++) columns[c - 1] = { ...one };
  }
  return columns;
}

/** Rows with a height of their own or hidden ones, found by their tags. */
function rowData(xml: string): Record<number, IRowData> {
  const rows: Record<number, IRowData> = {};
  for (const [tag] of xml.matchAll(/<row\b[^>]*\b(?:ht|hidden)="[^>]*>/g)) {
    const r = Number(/\br="(\d+)"/.exec(tag)?.[1]);
    const height = Number(/\bht="([\d.]+)"/.exec(tag)?.[1]);
    if (!(r >= 1)) continue;
    rows[r - 1] = {
      ...(height > 0 ? { h: Math.round(height * PIXELS_PER_POINT), ia: 0 } : {}),
      ...(/\bhidden="(?:1|true)"/.test(tag) ? { hd: 1 } : {}),
    };
  }
  return rows;
}
