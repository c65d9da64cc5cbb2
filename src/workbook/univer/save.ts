import type { ICellData, Nullable, Worksheet } from '@univerjs/presets';
import { msOfSerial } from '../../exact/date.ts';
import { cellRational } from '../../exact/decimal.ts';
import { integer } from '../../exact/rational.ts';
import { isDateFormat } from '../dateFormat.ts';
import type { OutputSheet } from '../port.ts';
import { tableHeadings } from '../sheetNames.ts';
import { readXlsx, type XlsxBook } from '../xlsx/book.ts';
import type { CellContent, CellEdit, CellInput } from '../xlsx/cellContent.ts';
import { putCustomPart } from '../xlsx/customXml.ts';
import { applyEdits, type Edit, editTag } from '../xlsx/edits.ts';
import { xmlAttribute, xmlText } from '../xlsx/escape.ts';
import { formulaTokens } from '../xlsx/formula.ts';
import { putCells } from '../xlsx/putCells.ts';
import { areaText } from '../xlsx/references.ts';
import type { BookSheet } from '../xlsx/structure.ts';
import { resizedTable } from '../xlsx/tablePart.ts';
import { type BookWriter, bookWriter } from '../xlsx/writer.ts';
import { addPlainSheet, putSheets } from '../xlsx/writeSheets.ts';
import { child, children, prefixed } from '../xlsx/xml.ts';
import { type Content, contentOf, isFormula } from './cells.ts';
import type { Following } from './following.ts';
import type { Grid } from './grid.ts';
import { type LoadContext, loadCells } from './load.ts';
import { openSheet } from './reading.ts';
import { resultCells } from './results.ts';
import { putSettings } from './settings.ts';

/** Where the sheets of the grid come from. */
export interface Origins {
  /** Sheets of the opened file by the grid's id. */
  readonly file: Map<string, BookSheet>;
  /** Results that were written since, by the grid's id: what was written last. */
  readonly written: Map<string, OutputSheet>;
}

export interface SaveHost {
  readonly grid: Grid;
  readonly following: Following;
  readonly origins: Origins;
  readonly settings: ReadonlyMap<string, string>;
  /** Texts that were put beside the sheets since; null for one that was taken away. */
  readonly parts: ReadonlyMap<string, string | null>;
  readonly file: XlsxBook;
  readonly context: LoadContext;
}

/**
 * The workbook as it is now: the opened file with our results, with sheets that came since, and with every cell that
 * differs from what was opened. Parts in which nothing changed are the file's own, byte for byte.
 */
export function savedBook(host: SaveHost): Uint8Array {
  const { file } = host;
  const writer = bookWriter(file.structure);
  putSettings(writer, host.settings);
  for (const [name, text] of host.parts) putCustomPart(writer, name, text);
  const shaped = putShape(host, writer);
  const edits = host.grid.sheets().flatMap((sheet) => editsOf(host, sheet));
  if (edits.length === 0) return writer.finish();
  if (!shaped) {
    putCells(writer, edits);
    return writer.finish();
  }
  // Cells go into sheets that are there: those that have just been made are read again.
  const second = bookWriter(readXlsx(writer.finish(), file.structure.zip.path).structure);
  putCells(second, edits);
  return second.finish();
}

/** Sheets and tables that are not what the file has; whether there are any. */
function putShape({ grid, following, origins }: SaveHost, writer: BookWriter): boolean {
  const written: OutputSheet[] = [];
  let shaped = renameSheets(grid, origins, writer);
  for (const sheet of grid.sheets()) {
    const id = sheet.getSheetId();
    const output = origins.written.get(id);
    if (output !== undefined) written.push({ ...output, name: sheet.getName() });
    else if (!origins.file.has(id)) {
      addPlainSheet(writer, sheet.getName(), `${widths(sheet)}<sheetData></sheetData>`);
      shaped = true;
    }
  }
  if (written.length > 0) {
    putSheets(writer, written);
    shaped = true;
  }
  for (const sheet of grid.sheets()) {
    const id = sheet.getSheetId();
    const origin = origins.file.get(id);
    if (origin === undefined || origins.written.has(id)) continue;
    for (const table of openSheet({ grid, tables: following.tables }, sheet).tables) {
      const old = origin.tables.find((one) => one.name === table.name);
      if (old === undefined || areaText(old.area) === areaText(table.area)) continue;
      resize(
        writer,
        old.part,
        areaText(table.area),
        old.columns.length === table.columns.length ? null : table.columns,
      );
      shaped = true;
    }
  }
  return shaped;
}

/** Gives sheets of the file the names that they have now; defined names follow. Whether any has another one. */
function renameSheets(grid: Grid, origins: Origins, writer: BookWriter): boolean {
  const names = new Map<string, { readonly part: string; readonly name: string }>();
  for (const sheet of grid.sheets()) {
    const origin = origins.file.get(sheet.getSheetId());
    if (origin !== undefined && origin.name !== sheet.getName())
      names.set(origin.name.toLowerCase(), { part: origin.part, name: sheet.getName() });
  }
  if (names.size === 0) return false;
  const { editor, structure } = writer;
  const { xml, root } = editor.part(structure.workbook.name);
  const edits: Edit[] = [];
  for (const node of children(child(root, 'sheets'), 'sheet')) {
    const relation = structure.relations.list.find((one) => one.id === prefixed(node, 'id'));
    const renamed = [...names.values()].find((one) => one.part === relation?.target);
    if (renamed !== undefined) edits.push(editTag(xml, node, { name: xmlAttribute(renamed.name) }));
  }
  for (const node of children(child(root, 'definedNames'), 'definedName')) {
    const text = renamedSheets(node.text, names);
    if (text !== node.text) edits.push({ start: node.openEnd, end: node.closeStart, text: xmlText(text) });
  }
  editor.set(structure.workbook.name, applyEdits(xml, edits));
  return true;
}

/** A formula whose references to sheets follow their new names. */
function renamedSheets(formula: string, names: ReadonlyMap<string, { readonly name: string }>): string {
  return formulaTokens(formula)
    .map(({ kind, text }, i, tokens) => {
      if (tokens[i + 1]?.text !== '!') return text;
      const old = kind === 'sheet' ? text.slice(1, -1).replaceAll("''", "'") : text;
      const renamed = names.get(old.toLowerCase());
      return renamed === undefined ? text : `'${renamed.name.replaceAll("'", "''")}'`;
    })
    .join('');
}

/** Gives a table of the file another region; its columns stay what they are unless there are others. */
function resize(writer: BookWriter, name: string, ref: string, headings: readonly string[] | null): void {
  const part = writer.editor.part(name);
  if (headings !== null) {
    writer.editor.set(name, resizedTable(part, ref, headings));
    return;
  }
  const { xml, root } = part;
  const edits: Edit[] = [editTag(xml, root, { ref })];
  const filter = child(root, 'autoFilter');
  if (filter !== undefined) edits.push(editTag(xml, filter, { ref }));
  writer.editor.set(name, applyEdits(xml, edits));
}

function widths(sheet: Worksheet): string {
  const { columnData } = sheet.getConfig();
  const cols = Object.entries(columnData).flatMap(([column, data]) => {
    const w = data?.w;
    if (w === undefined || w === null) return [];
    const n = Number(column) + 1;
    return `<col min="${n}" max="${n}" width="${Math.max(1, Math.round(((w - 5) / 7) * 100) / 100)}" customWidth="1"/>`;
  });
  return cols.length === 0 ? '' : `<cols>${cols.join('')}</cols>`;
}

/** The cells of a sheet that are not what they were when it was opened or written. */
function editsOf({ grid, following, origins, context }: SaveHost, sheet: Worksheet): readonly CellEdit[] {
  const id = sheet.getSheetId();
  const output = origins.written.get(id);
  const origin = origins.file.get(id);
  if (output === undefined && origin !== undefined && !following.touched.has(id)) return [];
  const name = sheet.getName();
  const styles = grid.workbook().getStyles();
  const base = baseOf();
  const now = grid.cells(sheet);
  const isDate = grid.dates(sheet);
  const edits: CellEdit[] = [];
  const rows = new Set([...Object.keys(base), ...Object.keys(now)].map(Number));
  for (const r of [...rows].sort((a, b) => a - b)) {
    const columns = new Set([...Object.keys(base[r] ?? {}), ...Object.keys(now[r] ?? {})].map(Number));
    for (const c of columns) {
      const was = base[r]?.[c];
      const is = now[r]?.[c];
      const wasDate = isDateFormat(styles.get(was?.s ?? undefined)?.n?.pattern ?? '');
      const dated = isDate(r, c, is);
      const formula = is && isFormula(is) ? formulaAt(r, c, is) : null;
      if (same(was, is, wasDate, dated, formula)) continue;
      edits.push({
        sheet: name,
        row: r + 1,
        column: c + 1,
        value: contentEdit(r, c, contentOf(is), dated, formula),
      });
    }
  }
  return edits;

  function baseOf(): Readonly<Record<number, Readonly<Record<number, Nullable<ICellData>>> | undefined>> {
    if (output !== undefined) {
      const plan = {
        asked: output,
        name,
        existing: null,
        table: null,
        tableName: '',
        headings: headingsOf(output),
      };
      return resultCells(plan, (data) => styles.setValue(data) ?? '');
    }
    return origin === undefined ? {} : loadCells(context, origin).cellData;
  }

  function formulaAt(r: number, c: number, cell: ICellData): string {
    if ((cell.f ?? '') !== '') return cell.f ?? '';
    const facade = grid.api.getWorkbook(grid.unitId)?.getSheetBySheetId(id);
    return facade?.getRange(r, c).getFormula() ?? '';
  }

  function contentEdit(
    r: number,
    c: number,
    content: Content,
    dated: boolean,
    formula: string | null,
  ): CellContent {
    const value = inputOf(content, dated);
    if (formula === null || formula === '') return value;
    const spill = following.spill(id, r, c);
    const many = spill !== null && (spill.rows > 1 || spill.columns > 1);
    return { kind: 'formula', formula, cached: value, ...(many ? { spill } : {}) };
  }
}

function headingsOf(output: OutputSheet): readonly string[] {
  return tableHeadings(output.columns.map((column) => column.heading));
}

/** Whether a cell says what it said, formats of dates included. */
function same(
  was: Nullable<ICellData>,
  is: Nullable<ICellData>,
  wasDate: boolean,
  isDate: boolean,
  formula: string | null,
): boolean {
  const before = was ? (was.f ?? '') : '';
  if (before !== (formula ?? '')) return false;
  // A formula that spreads was opened without its value.
  if (before !== '' && (was?.v === undefined || was.v === null)) return true;
  const a = contentOf(was);
  const b = contentOf(is);
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'blank':
      return true;
    case 'text':
      return b.kind === 'text' && a.text === b.text;
    case 'number':
      return b.kind === 'number' && a.number === b.number && wasDate === isDate;
    case 'logical':
      return b.kind === 'logical' && a.value === b.value;
    case 'error':
      return b.kind === 'error' && a.code === b.code;
    default: {
      const never: never = a;
      return never;
    }
  }
}

function inputOf(content: Content, dated: boolean): CellInput {
  switch (content.kind) {
    case 'blank':
      return { kind: 'blank' };
    case 'text':
      return { kind: 'text', value: content.text };
    case 'logical':
      return { kind: 'logical', value: content.value };
    case 'error':
      return { kind: 'error', text: content.code };
    case 'number': {
      const ms = dated && content.number >= 0 ? msOfSerial(content.number, false) : null;
      return ms === null
        ? { kind: 'number', value: cellRational(content.number) }
        : { kind: 'date', ms: integer(ms) };
    }
    default: {
      const never: never = content;
      return never;
    }
  }
}
