import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { XML_HEAD } from './editor.ts';
import { xmlText } from './escape.ts';
import { findPart } from './package.ts';
import type { Structure } from './structure.ts';
import type { BookWriter } from './writer.ts';
import { localName, parsePart, unescapeText } from './xml.ts';
import type { ZipEntry } from './zip.ts';

/**
 * Texts of ours in a workbook: custom XML parts, which Excel keeps and never shows. Each is the content of one root
 * element in a namespace that is its name.
 */

const NAMESPACE = 'urn:allot:';
const ROOT = 'allot';
const PROPS_TYPE = 'application/vnd.openxmlformats-officedocument.customXmlProperties+xml';
const DATA_STORE = 'http://schemas.openxmlformats.org/officeDocument/2006/customXml';
const STRICT_DATA_STORE = 'http://purl.oclc.org/ooxml/officeDocument/customXml';

/** The parts of ours by their names. */
export function customParts(structure: Structure): ReadonlyMap<string, ZipEntry> {
  const found = new Map<string, ZipEntry>();
  for (const relation of structure.relations.list) {
    if (relation.type !== 'customXml' || relation.external) continue;
    const entry = findPart(structure.parts, relation.target);
    if (entry === undefined) continue;
    const name = ourName(structure, entry);
    if (name !== null && !found.has(name)) found.set(name, entry);
  }
  return found;
}

/** The name in the namespace of a part's root; null for a part that is not ours. */
function ourName({ zip }: Structure, entry: ZipEntry): string | null {
  let name: string | null = null;
  parsePart(zip, entry, {
    open(element, attributes) {
      const colon = element.indexOf(':');
      const uri = attributes[colon < 0 ? 'xmlns' : `xmlns:${element.slice(0, colon)}`] ?? '';
      if (localName(element) === ROOT && uri.startsWith(NAMESPACE)) name = uri.slice(NAMESPACE.length);
      return false;
    },
    text() {},
    close: () => true,
  });
  return name;
}

/** The text of one of them. */
export function customText({ zip }: Structure, entry: ZipEntry): string {
  const pieces: string[] = [];
  // White space before the root is none of it.
  let inside = false;
  parsePart(zip, entry, {
    open() {
      inside = true;
      return true;
    },
    text(piece) {
      if (inside) pieces.push(piece);
    },
    close() {
      inside = false;
      return true;
    },
  });
  return unescapeText(pieces.join(''));
}

/** Puts a text into the workbook, in place of the one of that name; null takes it away. */
export function putCustomPart(writer: BookWriter, name: string, text: string | null): void {
  const { editor, structure, relationships, main } = writer;
  const workbook = structure.workbook.name;
  const old = customParts(structure).get(name);
  if (text === null) {
    if (old !== undefined) removePart(writer, old.name);
    return;
  }
  const xml = `${XML_HEAD}<${ROOT} xmlns="${NAMESPACE}${name}">${xmlText(text)}</${ROOT}>`;
  if (old !== undefined) {
    editor.set(old.name, xml);
    return;
  }
  const item = editor.freeName('customXml/item%.xml');
  const props = editor.freeName('customXml/itemProps%.xml');
  editor.add(item, xml, 'application/xml');
  editor.relate(workbook, `${relationships}/customXml`, item);
  const store = main.startsWith('http://purl.oclc.org/') ? STRICT_DATA_STORE : DATA_STORE;
  const schema = `<ds:schemaRefs><ds:schemaRef ds:uri="${NAMESPACE}${name}"/></ds:schemaRefs>`;
  const id = `<ds:datastoreItem ds:itemID="${itemId(name)}" xmlns:ds="${store}">${schema}</ds:datastoreItem>`;
  editor.add(props, `${XML_HEAD}${id}`, PROPS_TYPE);
  editor.relate(item, `${relationships}/customXmlProps`, props);
}

/** Takes a part away with its properties and everything that points at them. */
function removePart({ editor, structure }: BookWriter, item: string): void {
  const slash = item.lastIndexOf('/') + 1;
  const rels = `${item.slice(0, slash)}_rels/${item.slice(slash)}.rels`;
  if (editor.has(rels)) {
    for (const { attributes } of editor.part(rels).root.children) {
      const props = item.slice(0, slash) + (attributes.Target ?? '').replace(/^.*\//, '');
      if (editor.has(props)) editor.remove(props, item);
    }
    editor.remove(rels, structure.workbook.name);
  }
  editor.remove(item, structure.workbook.name);
}

/** An id that is the same for the same name: the same book gives the same bytes. */
function itemId(name: string): string {
  const hex = bytesToHex(sha256(new TextEncoder().encode(NAMESPACE + name))).toUpperCase();
  const cut = (from: number, to: number): string => hex.slice(from, to);
  return `{${cut(0, 8)}-${cut(8, 12)}-4${cut(13, 16)}-A${cut(17, 20)}-${cut(20, 32)}}`;
}
