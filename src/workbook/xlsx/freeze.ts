import { BookError, fileError } from '../bookError.ts';
import { readXlsx } from './book.ts';
import { type CellSpan, walkSheet } from './cellSpans.ts';
import { applyEdits, type Edit, editTag } from './edits.ts';
import { usesOurs } from './formula.ts';
import { formulaOf, surveyFormulas } from './formulaSurvey.ts';
import { type CallLeft, callsLeft } from './freezeLeft.ts';
import { type NamesOfOurs, namesOfOurs } from './freezeNames.ts';
import { type Spilled, withoutSpillReferences } from './spillReferences.ts';
import type { BookSheet } from './structure.ts';
import { type BookWriter, bookWriter } from './writer.ts';
import { child, type XmlNode } from './xml.ts';

/** A workbook with values in place of our functions. */
export interface FrozenBook {
  readonly bytes: Uint8Array;
  /** How many formulas became their values. */
  readonly cells: number;
  /** The sheets that they are on, in order. */
  readonly sheets: readonly FrozenSheet[];
  /** Defined names that stood for our functions, or used them: they are gone. */
  readonly names: readonly string[];
  /** Where our functions are still called: these places have no stored value. */
  readonly left: readonly CallLeft[];
}

export interface FrozenSheet {
  readonly sheet: string;
  readonly cells: number;
  /** How many of these cells show an Excel error value; they go on showing it. */
  readonly errors: number;
}

/**
 * A copy for people who don't have the add-in: every cell whose formula calls one of our functions, anywhere in it or
 * through a defined name, keeps what it shows as a value; what it spilled stays where it is. Everything else is byte for
 * byte what it was. Refuses with a BookError: whatever is wrong with the file, and `cell-error` (`#GETTING_DATA`) at a
 * cell of ours that has never been calculated. The same bytes come back where nothing calls us.
 */
export function freezeXlsx(bytes: Uint8Array, file: string): FrozenBook {
  const { structure } = readXlsx(bytes, file);
  const writer = bookWriter(structure);
  const names = namesOfOurs(structure);
  const spilled: Spilled[] = [];
  const sheets = structure.sheets.flatMap((sheet) => freezeSheet(writer, sheet, names, spilled));
  if (spilled.length > 0) withoutSpillReferences(writer, spilled);
  for (const sheet of structure.sheets)
    for (const table of sheet.tables) freezeTable(writer, table.part, sheet, names);
  const left = callsLeft(writer, names);
  const removed = removeNames(writer, names);
  const cells = sheets.reduce((sum, sheet) => sum + sheet.cells, 0);
  if (cells > 0) writer.dropCalcChain();
  return { bytes: writer.editor.changed() ? writer.finish() : bytes, cells, sheets, names: removed, left };
}

function freezeSheet(
  writer: BookWriter,
  sheet: BookSheet,
  names: NamesOfOurs,
  spilled: Spilled[],
): readonly FrozenSheet[] {
  const { editor, structure } = writer;
  const xml = editor.text(sheet.part);
  if (!names.mayUse(xml)) return [];
  const broken = () => fileError(structure.zip.path, 'broken-part', sheet.part);
  const survey = surveyFormulas(xml, broken);
  const edits: Edit[] = [];
  let cells = 0;
  let errors = 0;
  walkSheet(xml, broken, {
    only: 'formulas',
    cell(cell) {
      const formula = formulaOf(cell, survey);
      if (formula === null || !usesOurs(formula, (name, on) => names.isOurs(sheet.name, name, on))) return;
      const array = survey.arrays.find((one) => one.row === cell.row && one.column === cell.column);
      if (array !== undefined) spilled.push({ sheet: sheet.name, area: array.area });
      edits.push(frozen(xml, cell, () => uncalculated(sheet, cell)));
      cells++;
      if (cell.attributes.t === 'e') errors++;
    },
  });
  if (cells === 0) return [];
  editor.set(sheet.part, applyEdits(xml, edits));
  return [{ sheet: sheet.name, cells, errors }];
}

/** A cell without its formula. */
function frozen(xml: string, cell: CellSpan, uncalculatedHere: () => Error): Edit {
  const { formula, value, inline, attributes, name } = cell;
  const isText = attributes.t === 'str';
  if (inline === null && (value === null || (value.text === '' && !isText))) throw uncalculatedHere();
  const kept: Record<string, string | undefined> = { cm: undefined, vm: undefined };
  let inside =
    formula === null ? '' : xml.slice(cell.openEnd, formula.start) + xml.slice(formula.end, cell.closeStart);
  if (isText && value !== null) {
    // Only a formula's text is kept like this.
    const p = name.slice(0, name.length - 1);
    kept.t = 'inlineStr';
    const text = xml.slice(value.openEnd, value.closeStart);
    inside = `<${p}is><${p}t xml:space="preserve">${text}</${p}t></${p}is>`;
  }
  const open = editTag(xml, cell, kept).text;
  return { start: cell.start, end: cell.end, text: `${open}${inside}</${name}>` };
}

function uncalculated(sheet: BookSheet, { row, column }: CellSpan): Error {
  return new BookError({
    code: 'cell-error',
    severity: 'error',
    value: '#GETTING_DATA',
    at: { kind: 'cell', sheet: sheet.name, row, column },
  });
}

/** The formula that new rows of a table's column would get, or its total. */
function freezeTable(writer: BookWriter, name: string, sheet: BookSheet, names: NamesOfOurs): void {
  const { xml, root } = writer.editor.part(name);
  if (!names.mayUse(xml)) return;
  const edits: Edit[] = [];
  for (const column of child(root, 'tableColumns')?.children ?? []) {
    const ours = column.children.filter(
      (node) =>
        (node.local === 'calculatedColumnFormula' || node.local === 'totalsRowFormula') &&
        usesOurs(node.text, (one, on) => names.isOurs(sheet.name, one, on)),
    );
    for (const node of ours) edits.push({ start: node.start, end: node.end, text: '' });
    if (ours.some((node) => node.local === 'totalsRowFormula'))
      edits.push(editTag(xml, column, { totalsRowFunction: undefined }));
  }
  if (edits.length > 0) writer.editor.set(name, applyEdits(xml, edits));
}

function removeNames({ editor, structure }: BookWriter, names: NamesOfOurs): readonly string[] {
  const part = structure.workbook.name;
  const { xml, root } = editor.part(part);
  const list = child(root, 'definedNames');
  const gone = new Set(names.nodes.map(identity));
  const nodes = list?.children.filter((node) => gone.has(identity(node))) ?? [];
  if (list === undefined || nodes.length === 0) return [];
  const edits =
    nodes.length === list.children.length
      ? [{ start: list.start, end: list.end, text: '' }]
      : nodes.map((node) => ({ start: node.start, end: node.end, text: '' }));
  editor.set(part, applyEdits(xml, edits));
  return nodes.map((node) => node.attributes.name ?? '');
}

const identity = ({ attributes: { name = '', localSheetId = '' } }: XmlNode): string =>
  `${localSheetId} ${name}`;
