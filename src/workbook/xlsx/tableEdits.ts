import { isoText } from '../../exact/date.ts';
import { exactText } from '../../exact/decimal.ts';
import { fileError } from '../bookError.ts';
import type { CellContent } from './cellContent.ts';
import { walkSheet } from './cellSpans.ts';
import { applyEdits, type Edit, editTag } from './edits.ts';
import { xmlAttribute, xmlText } from './escape.ts';
import { formulaTokens } from './formula.ts';
import type { ExcelTable } from './structure.ts';
import type { BookWriter } from './writer.ts';
import { child, children, type XmlNode } from './xml.ts';

/** A column of a table that got another heading. */
export interface Rename {
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

/** What is going to be typed into the cells of a sheet; it can be put right on the way. */
export interface TypedCells {
  get(row: number, column: number): CellContent | undefined;
  set(row: number, column: number, content: CellContent): void;
}

/**
 * Keeps a table's part in step with headings and totals that are typed over: to Excel a workbook in which they differ is
 * damaged. As in Excel a heading becomes text, is never empty and never there twice.
 */
export function keepTableInStep(
  writer: BookWriter,
  { part: name, area, headerRows, totalsRows, columns, name: table }: ExcelTable,
  cells: TypedCells,
): readonly Rename[] {
  const { xml, root } = writer.editor.part(name);
  const nodes = children(child(root, 'tableColumns'), 'tableColumn');
  const edits: Edit[] = [];
  const renames: Rename[] = [];
  const taken = new Set<string>();
  columns.forEach((column, i) => {
    if (headerRows === 0 || cells.get(area.top, area.left + i) === undefined) taken.add(column.toLowerCase());
  });
  nodes.forEach((node, i) => {
    const column = area.left + i;
    const values: Record<string, string | undefined> = {};
    const from = columns[i] ?? '';
    const typed = headerRows > 0 ? cells.get(area.top, column) : undefined;
    if (typed !== undefined) {
      const to = freeHeading(headingText(typed), i, taken);
      taken.add(to.toLowerCase());
      cells.set(area.top, column, { kind: 'text', value: to });
      if (to !== from) {
        values.name = xmlAttribute(to);
        renames.push({ table, from, to });
      }
    }
    const total = totalsRows > 0 ? cells.get(area.bottom, column) : undefined;
    if (total !== undefined) {
      values.totalsRowFunction = undefined;
      values.totalsRowLabel =
        total.kind === 'text' && total.value !== '' ? xmlAttribute(total.value) : undefined;
      const formula = child(node, 'totalsRowFormula');
      if (formula !== undefined) edits.push({ start: formula.start, end: formula.end, text: '' });
    }
    if (Object.keys(values).length > 0) edits.push(editTag(xml, node, values));
  });
  if (edits.length > 0) writer.editor.set(name, applyEdits(xml, edits));
  return renames;
}

function headingText(typed: CellContent): string {
  switch (typed.kind) {
    case 'formula':
      return typed.cached === undefined ? '' : headingText(typed.cached);
    case 'blank':
      return '';
    case 'text':
      return typed.value.slice(0, 255);
    case 'error':
      return typed.text;
    case 'number':
      return exactText(typed.value);
    case 'date':
      return isoText(typed.ms).replace('T', ' ');
    case 'logical':
      return typed.value ? 'TRUE' : 'FALSE';
    default: {
      const never: never = typed;
      return never;
    }
  }
}

function freeHeading(text: string, i: number, taken: ReadonlySet<string>): string {
  const base = text.trim() === '' ? `Column${i + 1}` : text;
  let name = base;
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base}${n}`;
  return name;
}

/** Elements of parts, besides cells, that hold formulas. */
const HOLDERS = new Set(['definedName', 'calculatedColumnFormula', 'totalsRowFormula']);

/** Has the formulas of cells, names and tables call columns by their new headings. */
export function renameColumns(writer: BookWriter, renames: readonly Rename[]): void {
  const { editor, structure } = writer;
  const spoken = (text: string): boolean =>
    renames.some((one) => text.toLowerCase().includes(one.table.toLowerCase()));
  for (const sheet of structure.sheets) {
    const xml = editor.text(sheet.part);
    if (!spoken(xml)) continue;
    const edits: Edit[] = [];
    const broken = () => fileError(structure.zip.path, 'broken-part', sheet.part);
    walkSheet(xml, broken, {
      only: 'formulas',
      cell({ formula }) {
        if (formula === null || formula.text === '') return;
        const text = renamed(formula.text, renames);
        if (text !== formula.text)
          edits.push({ start: formula.openEnd, end: formula.closeStart, text: xmlText(text) });
      },
    });
    if (edits.length > 0) editor.set(sheet.part, applyEdits(xml, edits));
  }
  const parts = [
    structure.workbook.name,
    ...structure.sheets.flatMap((one) => one.tables.map((t) => t.part)),
  ];
  for (const name of parts) {
    const { xml, root } = editor.part(name);
    if (!spoken(xml)) continue;
    const edits: Edit[] = [];
    const visit = (node: XmlNode): void => {
      if (HOLDERS.has(node.local)) {
        const text = renamed(node.text, renames);
        if (text !== node.text)
          edits.push({ start: node.openEnd, end: node.closeStart, text: xmlText(text) });
      }
      node.children.forEach(visit);
    };
    visit(root);
    if (edits.length > 0) editor.set(name, applyEdits(xml, edits));
  }
}

/** A formula with the headings in its structured references replaced, all at once. */
export function renamed(formula: string, renames: readonly Rename[]): string {
  const tokens = formulaTokens(formula);
  return tokens
    .map((token, i) => {
      if (token.kind !== 'bracket') return token.text;
      const before = tokens[i - 1];
      const own = renames.filter((one) => before?.text.toLowerCase() === one.table.toLowerCase());
      return own.length === 0 ? token.text : inBrackets(token.text, own);
    })
    .join('');
}

/** The innermost brackets each hold one heading (or `#This Row`), in which `'` stands before special characters. */
function inBrackets(text: string, renames: readonly Rename[]): string {
  return text.replace(/\[(@?)((?:'.|[^[\]'])+)\]/gu, (all, at: string, inside: string) => {
    const heading = inside.replace(/'(.)/gu, '$1').toLowerCase();
    const found = renames.find((one) => one.from.toLowerCase() === heading);
    return found === undefined ? all : `[${at}${found.to.replace(/[[\]'#@]/g, "'$&")}]`;
  });
}
