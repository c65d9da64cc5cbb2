import { isFunctionName } from '../functionNames.ts';
import type { FunctionName } from '../live.ts';
import { appendInside, applyEdits, type Edit, insertChild, prefixOf } from './edits.ts';
import { xmlAttribute, xmlText } from './escape.ts';
import { storedFormula } from './shown.ts';
import type { Structure } from './structure.ts';
import type { BookWriter } from './writer.ts';
import { child, children, type XmlNode } from './xml.ts';

/** The names of the whole workbook that stand for functions of ours. */
export function functionNames({ workbook }: Structure): readonly string[] {
  return globals(workbook.root)
    .filter((node) => isFunctionName(node.text))
    .map((node) => node.attributes.name ?? '');
}

const globals = (root: XmlNode): readonly XmlNode[] =>
  children(child(root, 'definedNames'), 'definedName').filter(
    (node) => node.attributes.localSheetId === undefined,
  );

const BEFORE = [
  'fileVersion',
  'fileSharing',
  'workbookPr',
  'workbookProtection',
  'bookViews',
  'sheets',
  'functionGroups',
  'externalReferences',
];

/** Adds names, or takes them away; what is somebody else's (a table's name too) is left alone and given back. */
export function putFunctionNames(
  writer: BookWriter,
  names: readonly FunctionName[],
  present: boolean,
): readonly string[] {
  const { editor, structure } = writer;
  const part = structure.workbook.name;
  const { xml, root } = editor.part(part);
  const p = prefixOf(root);
  const list = child(root, 'definedNames');
  const others: string[] = [];
  const edits: Edit[] = [];
  let gone = 0;
  let added = '';
  for (const { name, formula } of names) {
    const node = globals(root).find((one) => one.attributes.name?.toLowerCase() === name.toLowerCase());
    const foreign =
      node === undefined ? writer.tableNames.has(name.toLowerCase()) : !isFunctionName(node.text);
    if (foreign) {
      others.push(name);
      continue;
    }
    if (node !== undefined) {
      gone++;
      edits.push({ start: node.start, end: node.end, text: '' });
    }
    if (present)
      added += `<${p}definedName name="${xmlAttribute(name)}">${xmlText(storedFormula(formula))}</${p}definedName>`;
  }
  if (list === undefined) {
    if (added !== '') edits.push(insertChild(root, BEFORE, `<${p}definedNames>${added}</${p}definedNames>`));
  } else if (added === '' && gone > 0 && gone === list.children.length) {
    edits.splice(0, edits.length, { start: list.start, end: list.end, text: '' });
  } else if (added !== '') edits.push(appendInside(xml, list, added));
  if (edits.length > 0) editor.set(part, applyEdits(xml, edits));
  return others;
}
