import { type Area, MAX_ROW, parseArea } from '../area.ts';
import { fileError } from '../bookError.ts';
import { walkSheet } from './cellSpans.ts';
import { applyEdits, type Edit, editTag } from './edits.ts';
import { xmlText } from './escape.ts';
import { formulaOf, surveyFormulas } from './formulaSurvey.ts';
import { areaText, endText, LOST, mapReferences, type RefEnd } from './references.ts';
import type { BookSheet } from './structure.ts';
import type { BookWriter } from './writer.ts';
import { child, children, type XmlNode } from './xml.ts';

/** Where the rows of a range come to stand; null where none of them is left. */
export type RowMove = (
  top: number,
  bottom: number,
) => { readonly top: number; readonly bottom: number } | null;

export function movedArea(area: Area | null, move: RowMove): Area | null {
  if (area === null) return null;
  const rows = move(area.top, area.bottom);
  return rows === null ? null : { ...area, ...rows };
}

/** A formula that stands on the sheet `home` once rows of `sheet` have moved. */
export function moveReferences(formula: string, move: RowMove, sheet: string, home: string): string {
  return mapReferences(formula, ({ sheet: named, from, to }) => {
    if ((named ?? home).toLowerCase() !== sheet.toLowerCase() || from.row === null) return null;
    const last = to?.row ?? from.row;
    const rows = move(Math.min(from.row, last), Math.max(from.row, last));
    if (rows === null) return LOST;
    const down = from.row <= last;
    const moved = (end: RefEnd, row: number): string => endText({ ...end, row });
    const first = moved(from, down ? rows.top : rows.bottom);
    return to === null ? first : `${first}:${moved(to, down ? rows.bottom : rows.top)}`;
  });
}

/** Elements of a sheet besides its rows that say which cells they belong to, and under which attribute. */
const AREAS: Readonly<Record<string, string>> = {
  mergeCell: 'ref',
  conditionalFormatting: 'sqref',
  dataValidation: 'sqref',
  hyperlink: 'ref',
  ignoredError: 'sqref',
  protectedRange: 'sqref',
  autoFilter: 'ref',
};

/** Lets everything outside a sheet's rows follow when these have moved: areas on the sheet, formulas and names anywhere. */
export function moveRows(writer: BookWriter, sheet: BookSheet, move: RowMove): void {
  const { editor, structure } = writer;
  moveAreas(writer, sheet.part, move, sheet.name);
  for (const relation of sheet.relations.list) {
    if (relation.external || !editor.has(relation.target)) continue;
    if (relation.type === 'table' || relation.type === 'comments')
      moveAreas(writer, relation.target, move, sheet.name);
    if (relation.type === 'vmlDrawing') moveNotes(writer, relation.target, move);
  }
  const named = (text: string): boolean =>
    text.toLowerCase().includes(sheet.name.toLowerCase().replaceAll("'", "''"));
  for (const other of structure.sheets) {
    if (other === sheet || !named(editor.text(other.part))) continue;
    moveFormulas(writer, other, move, sheet.name);
  }
  const { xml, root } = editor.part(structure.workbook.name);
  const edits: Edit[] = [];
  for (const node of children(child(root, 'definedNames'), 'definedName')) {
    const text = moveReferences(node.text, move, sheet.name, '');
    if (text !== node.text) edits.push({ start: node.openEnd, end: node.closeStart, text: xmlText(text) });
  }
  if (edits.length > 0) editor.set(structure.workbook.name, applyEdits(xml, edits));
}

function moveFormulas(writer: BookWriter, other: BookSheet, move: RowMove, sheet: string): void {
  const { editor, structure } = writer;
  const xml = editor.text(other.part);
  const broken = () => fileError(structure.zip.path, 'broken-part', other.part);
  const survey = surveyFormulas(xml, broken);
  const edits: Edit[] = [];
  walkSheet(xml, broken, {
    only: 'formulas',
    cell(cell) {
      const { formula } = cell;
      if (formula === null) return;
      const text = formulaOf(cell, survey) ?? '';
      const moved = moveReferences(text, move, sheet, other.name);
      // A shared formula is the same for cells that need not move alike: each of its cells gets its own.
      const shared =
        formula.attributes.t === 'shared' && mentions(survey.groups.get(formula.attributes.si ?? ''), sheet);
      if (moved === text && !shared) return;
      if (shared) {
        const name = formula.name;
        edits.push({ start: formula.start, end: formula.end, text: `<${name}>${xmlText(moved)}</${name}>` });
      } else edits.push({ start: formula.openEnd, end: formula.closeStart, text: xmlText(moved) });
    },
  });
  if (edits.length > 0) editor.set(other.part, applyEdits(xml, edits));
}

function mentions(group: readonly { readonly formula: string }[] | undefined, sheet: string): boolean {
  return group?.[0]?.formula.toLowerCase().includes(sheet.toLowerCase().replaceAll("'", "''")) === true;
}

function moveAreas(writer: BookWriter, name: string, move: RowMove, sheet: string): void {
  const { editor } = writer;
  const { xml, root } = editor.part(name, 'sheetData');
  const edits: Edit[] = [];
  function visit(node: XmlNode): void {
    const attribute = node.local === 'table' || node.local === 'comment' ? 'ref' : AREAS[node.local];
    const value = attribute === undefined ? undefined : node.attributes[attribute];
    if (attribute !== undefined && value !== undefined) {
      const moved = value.split(/\s+/).flatMap((one) => {
        const area = parseArea(one);
        if (area === null || (area.top === 1 && area.bottom === MAX_ROW)) return [one];
        const now = movedArea(area, move);
        return now === null ? [] : [areaText(now)];
      });
      if (moved.length === 0 && node.local !== 'table' && node.local !== 'autoFilter') {
        edits.push({ start: node.start, end: node.end, text: '' });
        return;
      }
      if (moved.length > 0 && moved.join(' ') !== value)
        edits.push(editTag(xml, node, { [attribute]: moved.join(' ') }));
    }
    if (/^formula[12]?$/i.test(node.local) || node.local === 'calculatedColumnFormula') {
      const text = moveReferences(node.text, move, sheet, sheet);
      if (text !== node.text) edits.push({ start: node.openEnd, end: node.closeStart, text: xmlText(text) });
    }
    for (const one of node.children) visit(one);
  }
  visit(root);
  if (edits.length > 0) editor.set(name, applyEdits(xml, edits));
}

/** The boxes of comments say their row from 0. */
function moveNotes(writer: BookWriter, name: string, move: RowMove): void {
  const xml = writer.editor.text(name);
  const text = xml.replace(/(<x:Row>)(\d+)(<\/x:Row>)/g, (all, open: string, row: string, close: string) => {
    const rows = move(Number(row) + 1, Number(row) + 1);
    return rows === null ? all : `${open}${rows.top - 1}${close}`;
  });
  if (text !== xml) writer.editor.set(name, text);
}
