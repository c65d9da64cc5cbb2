import { fileError } from '../bookError.ts';
import { appendInside, applyEdits, type Edit, prefixOf } from './edits.ts';
import { xmlAttribute } from './escape.ts';
import { findPart, type Parts, relsName } from './package.ts';
import { type PlannedPart, writeZip } from './writeZip.ts';
import { partText, readTree, treeOf, type XmlPart } from './xml.ts';
import type { Zip } from './zip.ts';

/** Changes to the parts of a workbook, kept until `finish` puts the file together. */
export interface PackageEditor {
  /** A part with the changes so far; elements called `opaque` have no children in its tree. */
  part(name: string, opaque?: string): XmlPart;
  /** A part as text, with the changes so far. */
  text(name: string): string;
  set(name: string, xml: string): void;
  has(name: string): boolean;
  /** A name that no part has, with the first free number for `%`; without `%` as it is, if it is free. */
  freeName(pattern: string): string;
  add(name: string, xml: string, contentType: string): void;
  /** Relates a part to another one; `type` is the whole address. The new relation's id. */
  relate(from: string, type: string, to: string): string;
  /** Takes a part away with its content type and the relation from `from`. */
  remove(name: string, from: string): void;
  /** Whether anything has changed. */
  changed(): boolean;
  finish(): Uint8Array;
}

const RELS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const TYPES = '[Content_Types].xml';
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export function packageEditor(zip: Zip, parts: Parts): PackageEditor {
  const changed = new Map<string, string>();
  const removed = new Set<string>();
  const added: string[] = [];
  const trees = new Map<string, XmlPart>();

  function part(name: string, opaque?: string): XmlPart {
    const key = name.toLowerCase();
    const known = opaque === undefined ? trees.get(key) : undefined;
    if (known !== undefined) return known;
    const text = changed.get(key);
    const entry = findPart(parts, name);
    if (text === undefined && entry === undefined) throw fileError(zip.path, 'broken-part', name);
    const broken = () => fileError(zip.path, 'broken-part', name);
    const tree =
      text !== undefined || entry === undefined
        ? { name, xml: text ?? '', root: treeOf(text ?? '', broken, opaque) }
        : readTree(zip, entry, opaque);
    if (opaque === undefined) trees.set(key, tree);
    return tree;
  }

  function text(name: string): string {
    const known = changed.get(name.toLowerCase());
    if (known !== undefined) return known;
    const entry = findPart(parts, name);
    if (entry === undefined) throw fileError(zip.path, 'broken-part', name);
    return partText(zip, entry);
  }

  function set(name: string, xml: string): void {
    changed.set(name.toLowerCase(), xml);
    trees.delete(name.toLowerCase());
  }

  const exists = (name: string): boolean =>
    changed.has(name.toLowerCase()) ||
    (findPart(parts, name) !== undefined && !removed.has(name.toLowerCase()));

  function append(name: string, inside: (prefix: string) => string): void {
    const { xml, root } = part(name);
    set(name, applyEdits(xml, [appendInside(xml, root, inside(prefixOf(root)))]));
  }

  function add(name: string, xml: string, contentType: string): void {
    added.push(name);
    set(name, xml);
    append(TYPES, (p) => `<${p}Override PartName="/${xmlAttribute(name)}" ContentType="${contentType}"/>`);
  }

  function relate(from: string, type: string, to: string): string {
    const name = relsName(from);
    if (!exists(name)) {
      added.push(name);
      set(name, `${XML_HEAD}<Relationships xmlns="${RELS}"></Relationships>`);
    }
    const used = new Set(part(name).root.children.map((node) => node.attributes.Id));
    let n = used.size + 1;
    while (used.has(`rId${n}`)) n++;
    const target = xmlAttribute(relativeTarget(from, to));
    append(name, (p) => `<${p}Relationship Id="rId${n}" Type="${type}" Target="${target}"/>`);
    return `rId${n}`;
  }

  function remove(name: string, from: string): void {
    removed.add(name.toLowerCase());
    drop(TYPES, (attributes) => attributes.PartName?.toLowerCase() === `/${name.toLowerCase()}`);
    const slash = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
    drop(relsName(from), (attributes) => attributes.Target?.toLowerCase().endsWith(slash) === true);
  }

  function drop(name: string, which: (attributes: Readonly<Record<string, string>>) => boolean): void {
    const { xml, root } = part(name);
    const edits = root.children
      .filter((node) => which(node.attributes))
      .map((node): Edit => ({ start: node.start, end: node.end, text: '' }));
    if (edits.length > 0) set(name, applyEdits(xml, edits));
  }

  function freeName(pattern: string): string {
    if (!pattern.includes('%')) {
      const dot = pattern.lastIndexOf('.');
      return exists(pattern) ? freeName(`${pattern.slice(0, dot)}%${pattern.slice(dot)}`) : pattern;
    }
    let n = 1;
    while (exists(pattern.replace('%', String(n)))) n++;
    return pattern.replace('%', String(n));
  }

  function finish(): Uint8Array {
    const encoder = new TextEncoder();
    const utf8 = (xml: string): Uint8Array =>
      encoder.encode(xml.replace(/^(<\?xml[^>]*encoding=["'])utf-16(?=["'])/i, '$1UTF-8'));
    const plan: PlannedPart[] = [];
    for (const entry of zip.entries) {
      const key = entry.name.toLowerCase();
      if (removed.has(key)) continue;
      const text = changed.get(key);
      plan.push(
        text === undefined ? { kind: 'copy', entry } : { kind: 'new', name: entry.name, bytes: utf8(text) },
      );
    }
    for (const name of added)
      plan.push({ kind: 'new', name, bytes: utf8(changed.get(name.toLowerCase()) ?? '') });
    return writeZip(zip, plan);
  }

  const anyChange = (): boolean => changed.size > 0 || removed.size > 0;

  return { part, text, set, has: exists, changed: anyChange, freeName, add, relate, remove, finish };
}

/** A target as Excel writes it: relative to the folder of the part that points. */
function relativeTarget(from: string, to: string): string {
  const a = from.split('/').slice(0, -1);
  const b = to.split('/');
  let same = 0;
  while (same < a.length && same < b.length - 1 && a[same] === b[same]) same++;
  return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/');
}
