import { columnLetters } from '../../problems/problem.ts';
import { type Area, MAX_COLUMN, MAX_ROW, parseArea } from '../area.ts';
import { fileError } from '../bookError.ts';
import type { CellContent, CellEdit } from './cellContent.ts';
import { type CellSpan, type RowSpan, walkSheet } from './cellSpans.ts';
import { type Action, cellWriter } from './cellWriter.ts';
import { appendInside, applyEdits, type Edit, editTag, prefixOf } from './edits.ts';
import { type FormulaSurvey, formulaOf, surveyFormulas } from './formulaSurvey.ts';
import { areaText } from './references.ts';
import { shownFormula, storedFormula } from './shown.ts';
import type { BookSheet } from './structure.ts';
import { keepTableInStep, type Rename, renameColumns } from './tableEdits.ts';
import type { BookWriter } from './writer.ts';
import { child, type XmlNode } from './xml.ts';

/**
 * Puts what was typed into the cells of a workbook, of the same cell the last. Cells keep their styles (a date under a
 * format that shows none gets one). Where a formula spills, typing into its first cell takes the rest away, and typing
 * into another one makes the first `#SPILL!`. Headings of tables stay texts, each once in its table; formulas that name a
 * column follow. Refuses (`missing`, `unsupported`) where there is no such sheet or cell, and where a cell is part of an
 * array formula or data table of the old kind, of which Excel changes no single cells.
 */
export function putCells(writer: BookWriter, edits: readonly CellEdit[]): void {
  const bySheet = new Map<BookSheet, Wanted>();
  for (const { sheet: name, row, column, value } of edits) {
    const sheet = writer.structure.sheets.find((one) => one.name.toLowerCase() === name.toLowerCase());
    const inside = row >= 1 && row <= MAX_ROW && column >= 1 && column <= MAX_COLUMN;
    if (sheet === undefined || !inside || !Number.isInteger(row) || !Number.isInteger(column))
      throw fileError(writer.structure.zip.path, 'missing', placeOf(name, row, column));
    const wanted = bySheet.get(sheet) ?? new Map<number, Map<number, Action>>();
    bySheet.set(sheet, wanted);
    put(wanted, row, column, { kind: 'content', content: value });
  }
  const renames: Rename[] = [];
  for (const [sheet, wanted] of bySheet) {
    for (const table of sheet.tables) renames.push(...keepTableInStep(writer, table, cellsOf(wanted)));
    editSheet(writer, sheet, wanted);
  }
  if (renames.length > 0) renameColumns(writer, renames);
  if (edits.length > 0 && hasFormulas(writer, edits)) writer.calculateOnLoad();
}

export type Wanted = Map<number, Map<number, Action>>;

function put(wanted: Wanted, row: number, column: number, action: Action): void {
  const cells = wanted.get(row) ?? new Map<number, Action>();
  wanted.set(row, cells);
  cells.set(column, action);
}

const placeOf = (sheet: string, row: number, column: number): string =>
  `${sheet}!${column >= 1 ? columnLetters(column) : '?'}${row}`;

/** Access for those who look at, or change, what goes into single cells. */
function cellsOf(wanted: Wanted): {
  get(row: number, column: number): CellContent | undefined;
  set(row: number, column: number, content: CellContent): void;
} {
  return {
    get(row, column) {
      const action = wanted.get(row)?.get(column);
      return action?.kind === 'content' ? action.content : undefined;
    },
    set: (row, column, content) => put(wanted, row, column, { kind: 'content', content }),
  };
}

function editSheet(writer: BookWriter, sheet: BookSheet, wanted: Wanted): void {
  const { xml, root } = writer.editor.part(sheet.part, 'sheetData');
  const data = child(root, 'sheetData');
  const broken = () => fileError(writer.structure.zip.path, 'broken-part', sheet.part);
  if (data === undefined) throw broken();
  const survey = surveyFormulas(xml, broken);
  const same = unchangedFormulas(xml, broken, wanted, survey);
  planArrays(writer, sheet, wanted, survey, same);
  planShared(wanted, survey, same);

  const p = prefixOf(root);
  const cells = cellWriter(writer, p, columnStyles(root));
  const edits: Edit[] = [];
  const missing = [...wanted.keys()].sort((a, b) => a - b);
  const box = { bottom: 0, right: 0, left: MAX_COLUMN, top: MAX_ROW };
  let inRow: CellSpan[] = [];

  function newRows(before: number, at: number): void {
    for (let row = missing[0]; row !== undefined && row < before; row = missing[0]) {
      missing.shift();
      const inside = newCells(row, wanted.get(row) ?? new Map(), undefined);
      if (inside !== '') edits.push({ start: at, end: at, text: `<${p}row r="${row}">${inside}</${p}row>` });
    }
  }
  function newCells(row: number, columns: ReadonlyMap<number, Action>, rowStyle: string | undefined): string {
    let inside = '';
    for (const [column, action] of [...columns].sort((a, b) => a[0] - b[0])) {
      const text = cells.made(row, column, action, rowStyle);
      if (text !== '') grow(row, column);
      inside += text;
    }
    return inside;
  }
  function grow(row: number, column: number): void {
    box.top = Math.min(box.top, row);
    box.bottom = Math.max(box.bottom, row);
    box.left = Math.min(box.left, column);
    box.right = Math.max(box.right, column);
  }

  walkSheet(xml, broken, {
    wants: (row) => wanted.has(row),
    cell: (cell) => inRow.push(cell),
    row(row) {
      newRows(row.row, row.start);
      const columns = wanted.get(row.row);
      if (columns === undefined) return;
      missing.shift();
      edits.push(...rowEdits(row, columns));
      inRow = [];
    },
  });

  function rowEdits(row: RowSpan, columns: ReadonlyMap<number, Action>): readonly Edit[] {
    const found: Edit[] = [];
    const left = new Map(columns);
    const there = inRow;
    for (const cell of there) {
      const action = left.get(cell.column);
      if (action === undefined || !left.delete(cell.column)) continue;
      grow(cell.row, cell.column);
      const text = cells.changed(xml, cell, action, same.has(cell));
      if (text !== null) found.push({ start: cell.start, end: cell.end, text });
    }
    const style = row.attributes.customFormat === '1' ? row.attributes.s : undefined;
    let inserted = '';
    for (const [column, action] of [...left].sort((a, b) => a[0] - b[0])) {
      const text = newCells(row.row, new Map([[column, action]]), style);
      if (text === '') continue;
      inserted += text;
      const at = there.find((cell) => cell.column > column)?.start ?? row.closeStart;
      if (!row.selfClosing) found.push({ start: at, end: at, text });
    }
    if (inserted === '') return found;
    const tag = editTag(xml, row, { spans: undefined });
    if (!row.selfClosing) return [tag, ...found];
    const open = tag.text.replace(/\s*\/>$/, '>');
    return [{ start: row.start, end: row.end, text: `${open}${inserted}</${row.name}>` }];
  }

  const dataEnd = data.selfClosing ? data.end : data.closeStart;
  const before = edits.length;
  newRows(MAX_ROW + 1, dataEnd);
  if (data.selfClosing && edits.length > before) {
    const rows = edits.splice(before).map((edit) => edit.text);
    edits.push(appendInside(xml, data, rows.join('')));
  }
  if (cells.formulasChanged()) writer.dropCalcChain();
  edits.push(...dimensionEdit(xml, root, box));
  if (edits.length > 0) writer.editor.set(sheet.part, applyEdits(xml, edits));
}

function dimensionEdit(xml: string, root: XmlNode, box: Area): readonly Edit[] {
  if (box.bottom === 0) return [];
  const node = child(root, 'dimension');
  const old = node === undefined ? null : parseArea(node.attributes.ref ?? '');
  if (node === undefined || old === null) return [];
  const all = {
    top: Math.min(old.top, box.top),
    left: Math.min(old.left, box.left),
    bottom: Math.max(old.bottom, box.bottom),
    right: Math.max(old.right, box.right),
  };
  const ref = areaText(all);
  return ref === areaText(old) ? [] : [editTag(xml, node, { ref })];
}

/** The style of new cells by their column. */
function columnStyles(root: XmlNode): (column: number) => string | undefined {
  const cols = (child(root, 'cols')?.children ?? []).map(({ attributes: { min, max, style } }) => ({
    min: Number(min),
    max: Number(max),
    style,
  }));
  return (column) => cols.find((one) => column >= one.min && column <= one.max)?.style;
}

/** Cells whose formula is typed again as it is: only what it came to may differ. */
function unchangedFormulas(
  xml: string,
  broken: () => Error,
  wanted: Wanted,
  survey: FormulaSurvey,
): SameFormulas {
  const found = new Set<string>();
  const typed = [...wanted.values()].some((cells) =>
    [...cells.values()].some((one) => one.kind === 'content' && one.content.kind === 'formula'),
  );
  if (typed)
    walkSheet(xml, broken as () => ReturnType<typeof fileError>, {
      only: 'formulas',
      wants: (row) => wanted.has(row),
      cell(cell) {
        const action = wanted.get(cell.row)?.get(cell.column);
        if (cell.formula === null || action?.kind !== 'content' || action.content.kind !== 'formula') return;
        const { formula, spill } = action.content;
        const old = formulaOf(cell, survey) ?? '';
        const { t, ref = '' } = cell.formula.attributes;
        const area = t === 'array' ? parseArea(ref) : null;
        const sameArea =
          spill === undefined ||
          (area !== null &&
            area.bottom - area.top + 1 === spill.rows &&
            area.right - area.left + 1 === spill.columns);
        if (sameArea && shownFormula(storedFormula(formula)) === shownFormula(old))
          found.add(cellId(cell.row, cell.column));
      },
    });
  return { has: ({ row, column }) => found.has(cellId(row, column)) };
}

interface SameFormulas {
  has(cell: { readonly row: number; readonly column: number }): boolean;
}

const cellId = (row: number, column: number): string => `${row} ${column}`;

/** What typing into the cells of array formulas does to their other cells. */
function planArrays(
  writer: BookWriter,
  sheet: BookSheet,
  wanted: Wanted,
  survey: FormulaSurvey,
  same: SameFormulas,
): void {
  for (const array of survey.arrays) {
    const { area, row, column, dynamic } = array;
    const hit = typedInside(wanted, area);
    if (hit === null || same.has(array)) continue;
    const first = wanted.get(row)?.has(column) === true;
    const single = area.top === area.bottom && area.left === area.right;
    if (!dynamic && !single)
      throw fileError(writer.structure.zip.path, 'unsupported', placeOf(sheet.name, hit.row, hit.column));
    for (let r = area.top; r <= area.bottom; r++)
      for (let c = area.left; c <= area.right; c++)
        if (wanted.get(r)?.has(c) !== true && (r !== row || c !== column))
          put(wanted, r, c, { kind: 'clear' });
    if (!first) put(wanted, row, column, { kind: 'spill' });
  }
}

function typedInside(wanted: Wanted, area: Area): { readonly row: number; readonly column: number } | null {
  for (const [row, cells] of wanted) {
    if (row < area.top || row > area.bottom) continue;
    for (const column of cells.keys())
      if (column >= area.left && column <= area.right) return { row, column };
  }
  return null;
}

/** Where the first cell of a shared formula gets something else, the next one takes over. */
function planShared(wanted: Wanted, survey: FormulaSurvey, same: SameFormulas): void {
  for (const [si, members] of survey.groups) {
    const [first] = members;
    const stays = (one: { row: number; column: number }): boolean =>
      wanted.get(one.row)?.has(one.column) !== true || same.has(one);
    if (first === undefined || stays(first)) continue;
    const rest = members.filter(stays);
    const lead = rest[0];
    if (lead === undefined) continue;
    const ref = areaText({
      top: rest.reduce((least, one) => Math.min(least, one.row), MAX_ROW),
      left: rest.reduce((least, one) => Math.min(least, one.column), MAX_COLUMN),
      bottom: rest.reduce((most, one) => Math.max(most, one.row), 0),
      right: rest.reduce((most, one) => Math.max(most, one.column), 0),
    });
    put(wanted, lead.row, lead.column, { kind: 'lead', formula: lead.formula, si, ref });
  }
}

const FORMULA = /<(?:[\w.-]+:)?f[\s>/]/;

function hasFormulas(writer: BookWriter, edits: readonly CellEdit[]): boolean {
  if (edits.some((edit) => edit.value.kind === 'formula')) return true;
  if (writer.structure.relations.list.some((one) => one.type === 'calcChain')) return true;
  return writer.structure.sheets.some((sheet) => FORMULA.test(writer.editor.text(sheet.part)));
}
