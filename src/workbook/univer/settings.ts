import { XML_HEAD } from '../xlsx/editor.ts';
import { appendInside, applyEdits, type Edit } from '../xlsx/edits.ts';
import { xmlAttribute, xmlText } from '../xlsx/escape.ts';
import { findPart, readRelations } from '../xlsx/package.ts';
import type { Structure } from '../xlsx/structure.ts';
import type { BookWriter } from '../xlsx/writer.ts';
import { children, readTree } from '../xlsx/xml.ts';

/** Texts that belong to the workbook are kept as its custom properties, which Excel shows and keeps. */
const PREFIX = 'Allot.';
const CONTENT = 'application/vnd.openxmlformats-officedocument.custom-properties+xml';
const PROPERTIES = 'http://schemas.openxmlformats.org/officeDocument/2006/custom-properties';
const VALUES = 'http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties';
/** The set of properties that users define. */
const FORMAT = '{D5CDD505-2E9C-101B-9397-08002B2CF9AE}';

/** Texts under names of ours that a file brings. */
export function fileSettings(structure: Structure): ReadonlyMap<string, string> {
  const { zip, parts } = structure;
  const relation = readRelations(zip, parts, '').list.find((one) => one.type === 'custom-properties');
  const entry = relation === undefined ? undefined : findPart(parts, relation.target);
  const settings = new Map<string, string>();
  if (entry === undefined) return settings;
  for (const node of children(readTree(zip, entry).root, 'property')) {
    const { name = '' } = node.attributes;
    const [value] = node.children;
    if (name.startsWith(PREFIX) && value !== undefined) settings.set(name.slice(PREFIX.length), value.text);
  }
  return settings;
}

/** Writes the texts into the file where they are not what it has; whether they were written. */
export function putSettings(writer: BookWriter, settings: ReadonlyMap<string, string>): void {
  const { structure, editor } = writer;
  const old = fileSettings(structure);
  const same = old.size === settings.size && [...settings].every(([name, text]) => old.get(name) === text);
  if (same) return;
  const relation = readRelations(structure.zip, structure.parts, '').list.find(
    (one) => one.type === 'custom-properties',
  );
  if (relation === undefined || findPart(structure.parts, relation.target) === undefined) {
    const part = editor.freeName('docProps/custom.xml');
    const list = [...settings].map(([name, text], i) => property('', name, text, i + 2));
    const xml = `${XML_HEAD}<Properties xmlns="${PROPERTIES}" xmlns:vt="${VALUES}">${list.join('')}</Properties>`;
    editor.add(part, xml, CONTENT);
    editor.relate('', RELATION, part);
    return;
  }
  const { xml, root } = editor.part(relation.target);
  const nodes = children(root, 'property');
  const ours = nodes.filter((node) => node.attributes.name?.startsWith(PREFIX) === true);
  const taken = nodes.map((node) => Number(node.attributes.pid) || 0);
  let pid = Math.max(1, ...taken);
  const prefix = root.name.slice(0, root.name.length - root.local.length);
  const edits: Edit[] = ours.map(({ start, end }) => ({ start, end, text: '' }));
  const list = [...settings].map(([name, text]) => property(prefix, name, text, ++pid));
  editor.set(relation.target, applyEdits(xml, [...edits, appendInside(xml, root, list.join(''))]));
}

function property(prefix: string, name: string, text: string, pid: number): string {
  return `<${prefix}property fmtid="${FORMAT}" pid="${pid}" name="${xmlAttribute(PREFIX + name)}"><vt:lpwstr xmlns:vt="${VALUES}">${xmlText(text)}</vt:lpwstr></${prefix}property>`;
}
