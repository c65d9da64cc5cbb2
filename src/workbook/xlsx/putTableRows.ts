import { columnLetters } from '../../problems/problem.ts';
import { type Area, MAX_ROW, parseArea } from '../area.ts';
import { type BookError, fileError } from '../bookError.ts';
import type { TableRow, WrittenSheet } from '../port.ts';
import { rowRoom } from '../rowRoom.ts';
import type { TableRegion } from '../tableReading.ts';
import { type CellSpan, type RowSpan, walkSheet } from './cellSpans.ts';
import { applyEdits, type Edit, editTag, prefixOf } from './edits.ts';
import { areaText } from './references.ts';
import type { BookSheet, ExcelTable } from './structure.ts';
import { type BodyCells, bodyWriter } from './tableBody.ts';
import type { BookWriter } from './writer.ts';
import { child, children, type XmlNode } from './xml.ts';

/** A row of the sheet that the table has, had or needs, with all of its cells. */
interface SeenRow {
  readonly span: RowSpan;
  readonly cells: readonly CellSpan[];
}

/**
 * Gives a table of data other rows, from its first one on without gaps. `sheetRows`: where the rows that `was` speaks of
 * stand. Cells beside the table, and everything else on the sheet, stay byte for byte. Refuses with `formula-cell` and
 * `no-room`.
 */
export function putTableRows(
  writer: BookWriter,
  region: TableRegion<BookSheet>,
  sheetRows: Uint32Array,
  rows: readonly TableRow[],
): WrittenSheet {
  const { sheet, columns, top } = region;
  const { xml, root } = writer.editor.part(sheet.part, 'sheetData');
  const data = child(root, 'sheetData');
  const { path } = writer.structure.zip;
  const broken = (): BookError => fileError(path, 'broken-part', sheet.part);
  if (data === undefined) throw broken();
  const table = sheet.tables.find(({ name }) => name === region.head.name) ?? null;
  const order = columns.map(({ column }) => column).sort((a, b) => a - b);
  const inside = new Set(order);
  const seen = new Map<number, SeenRow>();
  let oldLast = table === null ? top - 1 : region.bottom;
  let inRow: CellSpan[] = [];
  walkSheet(xml, broken, {
    wants: (row) => row >= top,
    cell: (cell) => inRow.push(cell),
    row(span) {
      if (span.row >= top) {
        seen.set(span.row, { span, cells: inRow });
        if (table === null && inRow.some((cell) => inside.has(cell.column) && isFilled(cell)))
          oldLast = Math.max(oldLast, span.row);
      }
      inRow = [];
    },
  });
  const room = rowRoom(path, region, table, rows.length);
  const { left, right, newLast, area } = room;
  const merged = children(child(root, 'mergeCells'), 'mergeCell').flatMap(
    ({ attributes }) => parseArea(attributes.ref ?? '') ?? [],
  );
  const others = sheet.tables.filter((other) => other !== table).map((other) => other.area);
  room.growFrom(oldLast, [...others, ...merged]);
  for (const [row, { cells }] of seen)
    for (const cell of cells) {
      if (row <= oldLast && inside.has(cell.column) && cell.formula !== null)
        room.refuse('formula-cell', row, cell.column);
      const below = row > oldLast && row <= newLast && cell.column >= left && cell.column <= right;
      if (below && table !== null && isFilled(cell)) room.refuse('no-room', row, cell.column);
    }

  const p = prefixOf(root);
  const body: BodyCells = bodyWriter({
    writer,
    prefix: p,
    xml,
    root,
    columns: columns.map(({ column }) => column),
    cellAt: (was, column) => seen.get(sheetRows[was] ?? 0)?.cells.find((cell) => cell.column === column),
    styled: (column) => firstStyled(seen, column, oldLast),
  });
  const edits: Edit[] = [];
  const dataEnd = data.selfClosing ? data.end : data.closeStart;
  const made: string[] = [];
  const found = [...seen.keys()];
  let next = 0;
  for (let row = top; row <= Math.max(oldLast, newLast); row++) {
    const wanted = row <= newLast ? (rows[row - top] ?? null) : null;
    const there = seen.get(row);
    if (there !== undefined) {
      if (!staysThere(wanted, sheetRows, row))
        edits.push(...rowEdits(xml, there, order, body.texts(wanted, row)));
      continue;
    }
    const text = body.texts(wanted, row).join('');
    if (text === '') continue;
    while ((found[next] ?? MAX_ROW + 1) < row) next++;
    const after = seen.get(found[next] ?? 0)?.span.start;
    const rowText = `<${p}row r="${row}">${text}</${p}row>`;
    if (after !== undefined) edits.push({ start: after, end: after, text: rowText });
    else made.push(rowText);
  }
  if (made.length > 0)
    edits.push(
      data.selfClosing
        ? { start: data.start, end: data.end, text: `<${data.name}>${made.join('')}</${data.name}>` }
        : { start: dataEnd, end: dataEnd, text: made.join('') },
    );
  if (newLast !== oldLast) {
    edits.push(
      ...dimensionEdit(xml, root, { last: oldLast, to: newLast, free: isFree(seen, inside, newLast) }),
    );
    edits.push(...areaEdits(xml, root, { top, left, right, bottom: oldLast }, newLast));
  }
  if (edits.length > 0) writer.editor.set(sheet.part, applyEdits(xml, edits));
  if (table !== null) keepInStep(writer, table, areaText(area), rows.length);
  if (edits.length > 0 && hasFormulas(writer)) writer.calculateOnLoad();
  return room.written;
}

/** Whether a row is what it was, where it was: nothing is to be done. */
const staysThere = (wanted: TableRow | null, sheetRows: Uint32Array, row: number): boolean =>
  wanted !== null &&
  wanted.was !== null &&
  sheetRows[wanted.was] === row &&
  wanted.cells.every((cell) => cell === null);

const isFilled = ({ formula, value, inline }: CellSpan): boolean =>
  formula !== null || value !== null || inline !== null;

/** Whether no cell of others stands below a row. */
function isFree(seen: ReadonlyMap<number, SeenRow>, inside: ReadonlySet<number>, last: number): boolean {
  for (const [row, { cells }] of seen)
    if (row > last && cells.some((cell) => !inside.has(cell.column))) return false;
  return true;
}

/** How the cells of a column look: the first that holds something, or else the first with a style. */
function firstStyled(seen: ReadonlyMap<number, SeenRow>, column: number, last: number): string | undefined {
  let empty: string | undefined;
  for (const [row, { cells }] of seen) {
    if (row > last) break;
    const cell = cells.find((one) => one.column === column);
    if (cell === undefined) continue;
    if (isFilled(cell)) return cell.attributes.s ?? '0';
    empty ??= cell.attributes.s;
  }
  return empty;
}

/** The table's cells of a row that is there put in place of those that it has; `texts` by rising column. */
function rowEdits(
  xml: string,
  { span, cells }: SeenRow,
  columns: readonly number[],
  texts: readonly string[],
): readonly Edit[] {
  const edits: Edit[] = [];
  let inserted = false;
  let kept = cells.length;
  columns.forEach((column, i) => {
    const text = texts[i] ?? '';
    const old = cells.find((cell) => cell.column === column);
    if (old !== undefined) {
      if (text === '') kept--;
      if (xml.slice(old.start, old.end) !== text) edits.push({ start: old.start, end: old.end, text });
      return;
    }
    if (text === '') return;
    inserted = true;
    const at = cells.find((cell) => cell.column > column)?.start ?? span.closeStart;
    edits.push({ start: at, end: at, text });
  });
  if (edits.length === 0) return edits;
  // A cell without its own reference is known by its place, which moves.
  for (const cell of cells)
    if (cell.attributes.r === undefined && !columns.includes(cell.column))
      edits.push(editTag(xml, cell, { r: `${columnLetters(cell.column)}${cell.row}` }));
  const plain = Object.keys(span.attributes).every((name) => name === 'r' || name === 'spans');
  if (kept === 0 && !inserted && plain) return [{ start: span.start, end: span.end, text: '' }];
  if (!inserted) return edits;
  const tag = editTag(xml, span, { spans: undefined });
  if (!span.selfClosing) return [tag, ...edits];
  const open = tag.text.replace(/\s*\/>$/, '>');
  const content = edits.map(({ text }) => text).join('');
  return [{ start: span.start, end: span.end, text: `${open}${content}</${span.name}>` }];
}

function dimensionEdit(
  xml: string,
  root: XmlNode,
  { last, to, free }: { readonly last: number; readonly to: number; readonly free: boolean },
): readonly Edit[] {
  const node = child(root, 'dimension');
  const old = node === undefined ? null : parseArea(node.attributes.ref ?? '');
  if (node === undefined || old === null) return [];
  const bottom = old.bottom === last && free ? Math.max(old.top, to) : Math.max(old.bottom, to);
  return bottom === old.bottom ? [] : [editTag(xml, node, { ref: areaText({ ...old, bottom }) })];
}

/** Formats and validations that end with the table go on ending with it. */
function areaEdits(xml: string, root: XmlNode, body: Area, last: number): readonly Edit[] {
  if (last < body.top) return [];
  const edits: Edit[] = [];
  function visit(node: XmlNode): void {
    const value = node.attributes.sqref;
    if (value !== undefined && (node.local === 'conditionalFormatting' || node.local === 'dataValidation')) {
      const moved = value.split(/\s+/).map((text) => {
        const area = parseArea(text);
        const ends =
          area !== null &&
          area.bottom === body.bottom &&
          area.top <= body.top &&
          area.left >= body.left &&
          area.right <= body.right;
        return ends ? areaText({ ...area, bottom: last }) : text;
      });
      if (moved.join(' ') !== value) edits.push(editTag(xml, node, { sqref: moved.join(' ') }));
    }
    for (const one of node.children) visit(one);
  }
  visit(root);
  return edits;
}

/** The table's part: its range and its filter's. How it was sorted once says nothing about other rows. */
function keepInStep(writer: BookWriter, table: ExcelTable, ref: string, rows: number): void {
  const { xml, root } = writer.editor.part(table.part);
  // Excel marks the one row of an empty table as a place for new ones.
  const filled = rows > 0 && root.attributes.insertRow !== undefined;
  if (ref === areaText(table.area) && !filled) return;
  const edits: Edit[] = [
    editTag(xml, root, { ref, ...(filled ? { insertRow: undefined, insertRowShift: undefined } : {}) }),
  ];
  const filter = child(root, 'autoFilter');
  const area = parseArea(ref);
  if (filter !== undefined && area !== null) {
    const own = { ...area, bottom: area.bottom - table.totalsRows };
    edits.push(editTag(xml, filter, { ref: areaText(own) }));
  }
  const sort = child(root, 'sortState');
  if (sort !== undefined) edits.push({ start: sort.start, end: sort.end, text: '' });
  writer.editor.set(table.part, applyEdits(xml, edits));
}

const FORMULA = /<(?:[\w.-]+:)?f[\s>/]/;

function hasFormulas({ structure, editor }: BookWriter): boolean {
  if (structure.relations.list.some((one) => one.type === 'calcChain')) return true;
  return structure.sheets.some((sheet) => FORMULA.test(editor.text(sheet.part)));
}
