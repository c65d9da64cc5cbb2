import { columnLetters } from '../../problems/problem.ts';
import { isOurSheet } from '../names.ts';
import type { OutputSheet, WrittenSheet } from '../port.ts';
import { freeSheetName, freeTableName, sheetName, tableHeadings } from '../sheetNames.ts';
import { XML_HEAD } from './editor.ts';
import { appendInside, applyEdits, type Edit, editTag, insertChild, prefixOf } from './edits.ts';
import { xmlAttribute } from './escape.ts';
import { type ColumnStyle, colsXml, type Grid, gridXml } from './serialise.ts';
import type { BookSheet, ExcelTable } from './structure.ts';
import { newTable, resizedTable } from './tablePart.ts';
import { type BookWriter, type OutputLike, sheetStyles } from './writer.ts';
import { child, children, type XmlNode } from './xml.ts';

const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml';
const TABLE_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml';

/** Children of `worksheet` that stand before others, in the schema's order. */
const BEFORE_COLS = ['sheetPr', 'dimension', 'sheetViews', 'sheetFormatPr'];
const AFTER_TABLES = ['extLst'];

/** Printed, all columns come on one page. */
const FIT_TO_PAGE = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>';
const LANDSCAPE = '<pageSetup orientation="landscape" fitToHeight="0"/>';

/** Adds or rewrites result sheets; where each one went. */
export function putSheets(writer: BookWriter, sheets: readonly OutputSheet[]): readonly WrittenSheet[] {
  const done = new Set<string>();
  return sheets.map((sheet) => {
    const name = sheetName(sheet.name);
    const old = writer.structure.sheets.find(
      (one) => one.name.toLowerCase() === name.toLowerCase() && isOurSheet(one.name) && !done.has(one.part),
    );
    if (old === undefined) return addSheet(writer, sheet, sheet.name);
    done.add(old.part);
    return rewriteSheet(writer, sheet, old);
  });
}

/** Cells of a table with its headings made fit for Excel. */
function grid(
  writer: BookWriter,
  sheet: OutputLike,
  prefix: string,
): Grid & { readonly ref: string; readonly headings: readonly string[] } {
  const headings = tableHeadings(sheet.columns.map((column) => column.heading));
  const { header, columns } = sheetStyles(writer, sheet.columns);
  const styles: readonly ColumnStyle[] = columns;
  const { date1904 } = writer.structure;
  const cells = gridXml({ prefix, headings, header, styles, rows: sheet.rows, date1904 });
  // A table has at least one row under its headings, be it empty.
  const ref = `A1:${columnLetters(Math.max(1, headings.length))}${Math.max(2, cells.rows + 1)}`;
  return { ...cells, ref, headings };
}

/** Adds a sheet with a table at the end of the workbook. */
export function addSheet(
  writer: BookWriter,
  sheet: OutputLike,
  asked: string,
  table = sheet.table ?? sheet.name,
): WrittenSheet {
  const { editor, main, relationships, officeTypes } = writer;
  const name = freeSheetName(asked, writer.sheetNames);
  const cells = grid(writer, sheet, '');
  const part = editor.freeName(`${writer.folder}worksheets/sheet%.xml`);
  const pane =
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/>';
  const head = `${XML_HEAD}<worksheet xmlns="${main}" xmlns:r="${relationships}">${FIT_TO_PAGE}<dimension ref="${cells.ref}"/><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`;
  const cols = colsXml(
    '',
    sheet.columns.map((column) => column.width),
  );
  editor.add(part, '<worksheet/>', SHEET_TYPE);
  const made = cells.headings.length === 0 ? null : makeTable(writer, part, table, cells.ref, cells.headings);
  const tables = made === null ? '' : `<tableParts count="1"><tablePart r:id="${made.id}"/></tableParts>`;
  const drawn = writer.charts?.drawingOf(writer, part, name, sheet) ?? null;
  const drawing = drawn === null ? '' : `<drawing r:id="${drawn}"/>`;
  editor.set(
    part,
    `${head}${cols}<sheetData>${cells.xml}</sheetData>${LANDSCAPE}${drawing}${tables}</worksheet>`,
  );
  enlist(writer, name, editor.relate(writer.structure.workbook.name, `${officeTypes}/worksheet`, part));
  return {
    asked,
    sheet: name,
    ref: cells.ref,
    ...(made === null ? {} : { table: made.name }),
    replaced: false,
  };
}

/** Adds a sheet of plain XML content. */
export function addPlainSheet(writer: BookWriter, asked: string, inside: string): string {
  const { editor, main, relationships, officeTypes } = writer;
  const name = freeSheetName(asked, writer.sheetNames);
  const part = editor.freeName(`${writer.folder}worksheets/sheet%.xml`);
  editor.add(
    part,
    `${XML_HEAD}<worksheet xmlns="${main}" xmlns:r="${relationships}">${inside}</worksheet>`,
    SHEET_TYPE,
  );
  enlist(writer, name, editor.relate(writer.structure.workbook.name, `${officeTypes}/worksheet`, part));
  return name;
}

function makeTable(
  writer: BookWriter,
  sheetPart: string,
  wanted: string,
  ref: string,
  headings: readonly string[],
): { readonly id: string; readonly name: string } {
  const { editor, main, officeTypes } = writer;
  const name = freeTableName(wanted, writer.tableNames);
  writer.tableNames.add(name.toLowerCase());
  const part = editor.freeName(`${writer.folder}tables/table%.xml`);
  editor.add(part, newTable({ main, id: writer.nextTableId(), name, ref, headings }), TABLE_TYPE);
  return { id: editor.relate(sheetPart, `${officeTypes}/table`, part), name };
}

/** Puts a sheet into the workbook's list, at its end. */
function enlist(writer: BookWriter, name: string, relation: string): void {
  const { editor, structure } = writer;
  writer.sheetNames.add(name.toLowerCase());
  const { xml, root } = editor.part(structure.workbook.name);
  const sheets = child(root, 'sheets');
  if (sheets === undefined) return;
  const id = Math.max(0, ...sheets.children.map((node) => Number(node.attributes.sheetId))) + 1;
  const p = prefixOf(root);
  const r = relationPrefix(root, sheets, writer.relationships);
  // Where the workbook has no prefix for relations, the element brings its own.
  const own = r === null ? ` xmlns:r="${writer.relationships}"` : '';
  const text = `<${p}sheet${own} name="${xmlAttribute(name)}" sheetId="${id}" ${r ?? 'r'}:id="${relation}"/>`;
  editor.set(structure.workbook.name, applyEdits(xml, [appendInside(xml, sheets, text)]));
}

function relationPrefix(root: XmlNode, node: XmlNode, uri: string): string | null {
  for (const holder of [node, root])
    for (const [name, value] of Object.entries(holder.attributes))
      if (name.startsWith('xmlns:') && value === uri) return name.slice(6);
  return null;
}

/** Writes a sheet of ours anew where it stands: its part, its place in the workbook and its table stay the same ones. */
function rewriteSheet(writer: BookWriter, sheet: OutputSheet, old: BookSheet): WrittenSheet {
  const { editor } = writer;
  const { xml, root } = editor.part(old.part, 'sheetData');
  const p = prefixOf(root);
  const cells = grid(writer, sheet, p);
  const table = old.tables.find((one) => one.area.top === 1 && one.area.left === 1);
  const edits: Edit[] = [];
  const put = (local: string, text: string, before: readonly string[]): void => {
    const node = child(root, local);
    edits.push(
      node === undefined ? insertChild(root, before, text) : { start: node.start, end: node.end, text },
    );
  };
  put('dimension', `<${p}dimension ref="${cells.ref}"/>`, ['sheetPr']);
  // Widths that somebody set stay as long as the columns are as many as before.
  const sameColumns = table !== undefined && table.area.right === cells.headings.length;
  if (!sameColumns || child(root, 'cols') === undefined)
    put(
      'cols',
      colsXml(
        p,
        sheet.columns.map((column) => column.width),
      ),
      BEFORE_COLS,
    );
  put('sheetData', `<${p}sheetData>${cells.xml}</${p}sheetData>`, [...BEFORE_COLS, 'cols']);
  const made = cells.headings.length === 0 ? null : putTable(writer, old, table, cells, root, edits, xml);
  if (child(root, 'sheetData') !== undefined && hasFormula(xml, child(root, 'sheetData')))
    writer.dropCalcChain();
  writer.charts?.putDrawing(writer, sheet, old, root, edits);
  editor.set(old.part, applyEdits(xml, edits));
  writer.replaced.push(old);
  return {
    asked: sheet.name,
    sheet: old.name,
    ref: cells.ref,
    ...(made === null ? {} : { table: made }),
    replaced: true,
  };
}

function hasFormula(xml: string, data: XmlNode | undefined): boolean {
  return data !== undefined && /<(?:[\w.-]+:)?f[\s>/]/.test(xml.slice(data.start, data.end));
}

function putTable(
  writer: BookWriter,
  old: BookSheet,
  table: ExcelTable | undefined,
  cells: { readonly ref: string; readonly headings: readonly string[] },
  root: XmlNode,
  edits: Edit[],
  xml: string,
): string {
  const { editor } = writer;
  if (table !== undefined) {
    editor.set(table.part, resizedTable(editor.part(table.part), cells.ref, cells.headings));
    return table.name;
  }
  const p = prefixOf(root);
  const made = makeTable(writer, old.part, old.name, cells.ref, cells.headings);
  const r = relationPrefix(root, root, writer.relationships);
  const own = r === null ? ` xmlns:r="${writer.relationships}"` : '';
  const text = `<${p}tablePart${own} ${r ?? 'r'}:id="${made.id}"/>`;
  const parts = child(root, 'tableParts');
  if (parts !== undefined) {
    edits.push(
      editTag(xml, parts, { count: String(children(parts, 'tablePart').length + 1) }),
      appendInside(xml, parts, text),
    );
  } else {
    const before = root.children.map((node) => node.local).filter((local) => !AFTER_TABLES.includes(local));
    edits.push(insertChild(root, before, `<${p}tableParts count="1">${text}</${p}tableParts>`));
  }
  return made.name;
}
