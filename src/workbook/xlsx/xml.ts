import { SaxesParser } from 'saxes';
import { type BookError, fileError } from '../bookError.ts';
import { inflatePart, partBytes, type Zip, type ZipEntry } from './zip.ts';

/** A name without its namespace prefix. */
export function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

export interface XmlHandler {
  /** Element names come with their prefixes. False stops the reading. */
  open(name: string, attributes: Readonly<Record<string, string>>): boolean;
  text(text: string): void;
  close(name: string): boolean;
}

/** Characters that saxes gets at a time. */
const CHUNK = 1 << 16;
/** Bytes of a part that is unpacked to its end even if its reader has seen enough. */
const SMALL = 1 << 22;

type Decoder = InstanceType<typeof TextDecoder>;

function decoderOf(first: Uint8Array): Decoder {
  if (first[0] === 0xff && first[1] === 0xfe) return new TextDecoder('utf-16le', { fatal: true });
  if (first[0] === 0xfe && first[1] === 0xff) return new TextDecoder('utf-16be', { fatal: true });
  return new TextDecoder('utf-8', { fatal: true });
}

/** A parser that is fed by hand. `going` turns false where the handler has seen enough. */
interface XmlReader {
  write(xml: string): void;
  close(): void;
  going(): boolean;
}

function xmlReader(handler: XmlHandler, broken: () => BookError): XmlReader {
  const parser = new SaxesParser({ xmlns: false as const, position: false });
  let going = true;
  parser.on('error', () => {
    if (going) throw broken();
  });
  parser.on('doctype', () => {
    throw broken();
  });
  parser.on('opentag', (tag) => {
    if (going) going = handler.open(tag.name, tag.attributes);
  });
  parser.on('closetag', (tag) => {
    if (going) going = handler.close(tag.name);
  });
  const text = (piece: string): void => {
    if (going) handler.text(piece);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  return {
    write(xml) {
      for (let i = 0; i < xml.length && going; i += CHUNK) parser.write(xml.slice(i, i + CHUNK));
    },
    close() {
      if (going) parser.close();
    },
    going: () => going,
  };
}

/**
 * Reads an XML part as a stream. Refuses with `broken-part` (the part's name in detail) where the part is damaged,
 * no well-formed XML or has a document type, which workbooks never have and attacks do.
 */
export function parsePart(zip: Zip, entry: ZipEntry, handler: XmlHandler): void {
  const broken = (): BookError => fileError(zip.path, 'broken-part', entry.name);
  const reader = xmlReader(handler, broken);
  let decoder: Decoder | null = null;
  inflatePart(zip, entry, (piece) => {
    decoder ??= decoderOf(piece);
    if (reader.going()) reader.write(decoded(decoder, piece, broken, true));
    // The checksum is worth the little time that the rest of a small part takes.
    return reader.going() || entry.size < SMALL;
  });
  reader.write(decoder === null ? '' : decoded(decoder, undefined, broken));
  reader.close();
}

/** The same for a document that is put together from texts. */
export function parseTexts(zip: Zip, entry: ZipEntry, texts: readonly string[], handler: XmlHandler): void {
  const reader = xmlReader(handler, () => fileError(zip.path, 'broken-part', entry.name));
  for (const text of texts) reader.write(text);
  reader.close();
}

/** A part as text. Refuses with `broken-part`. */
export function partText(zip: Zip, entry: ZipEntry): string {
  const bytes = partBytes(zip, entry);
  return decoded(decoderOf(bytes), bytes, () => fileError(zip.path, 'broken-part', entry.name));
}

/** Bytes that are no text of their encoding are the part's fault. */
function decoded(
  decoder: Decoder,
  bytes: Uint8Array | undefined,
  broken: () => BookError,
  stream = false,
): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch {
    throw broken();
  }
}

/** An element with its place in the text of its part, so that the text can be edited where it stands. */
export interface XmlNode {
  /** With its prefix. */
  readonly name: string;
  readonly local: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** Text directly inside. */
  readonly text: string;
  /** Of `<`, past the open tag's `>`, of the close tag's `<` and past its `>`; the middle two are equal where it closes itself. */
  readonly start: number;
  readonly openEnd: number;
  readonly closeStart: number;
  readonly end: number;
  readonly selfClosing: boolean;
}

type Growing = { -readonly [K in keyof XmlNode]: XmlNode[K] } & { children: XmlNode[] };

/** A small part as text and tree. */
export interface XmlPart {
  readonly name: string;
  readonly xml: string;
  readonly root: XmlNode;
}

/**
 * Reads a small part whole, with the places of its elements; a large one with `opaque`, the local name of elements whose
 * content is left out of the tree. Refuses as `parsePart` does.
 */
export function readTree(zip: Zip, entry: ZipEntry, opaque?: string): XmlPart {
  const broken = (): BookError => fileError(zip.path, 'broken-part', entry.name);
  const xml = partText(zip, entry);
  const root = treeOf(xml, broken, opaque);
  return { name: entry.name, xml, root };
}

/** The tree of an XML text without a byte order mark. */
export function treeOf(xml: string, broken: () => BookError, opaque?: string): XmlNode {
  const hole = opaque === undefined ? null : holeOf(xml, opaque);
  if (hole === null) return parsedTree(xml, broken, opaque);
  const { start, end } = hole;
  const root = parsedTree(xml.slice(0, start) + xml.slice(end), broken, opaque);
  return shifted(root, start, end - start);
}

/** What stands inside the first element of a name, where a tag is begun by every `<` of the text. */
function holeOf(xml: string, local: string): { readonly start: number; readonly end: number } | null {
  const open = new RegExp(`<((?:[\\w.-]+:)?${local})(?:\\s[^<>]*)?>`).exec(xml);
  if (open === null || open[0].endsWith('/>') || xml.includes('<!') || xml.lastIndexOf('<?') > 0) return null;
  const start = open.index + open[0].length;
  const end = xml.indexOf(`</${open[1]}>`, start);
  return end < 0 ? null : { start, end };
}

/** A tree as it stands in a text that is longer by so much from a place on. */
function shifted(node: XmlNode, from: number, by: number): XmlNode {
  const at = (place: number): number => (place > from ? place + by : place);
  // An element that ends before the place and one that begins behind it are told apart by their begin.
  const behind = node.start >= from;
  return {
    ...node,
    children: node.children.map((one) => shifted(one, from, by)),
    start: behind ? node.start + by : node.start,
    openEnd: behind ? node.openEnd + by : at(node.openEnd),
    closeStart: behind || node.closeStart >= from ? node.closeStart + by : node.closeStart,
    end: behind ? node.end + by : at(node.end),
  };
}

function parsedTree(xml: string, broken: () => BookError, opaque?: string): XmlNode {
  const parser = new SaxesParser({ xmlns: false as const, position: true });
  const stack: Growing[] = [];
  let root: XmlNode | null = null;
  // How many elements deep inside an opaque one.
  let inside = 0;
  parser.on('error', () => {
    throw broken();
  });
  parser.on('doctype', () => {
    throw broken();
  });
  parser.on('opentag', (tag) => {
    if (inside > 0) {
      inside++;
      return;
    }
    // An attribute's value can't hold a `<`: the last one begins this tag.
    const openEnd = parser.position;
    const node: Growing = {
      name: tag.name,
      local: localName(tag.name),
      attributes: tag.attributes,
      children: [],
      text: '',
      start: xml.lastIndexOf('<', openEnd - 1),
      openEnd,
      closeStart: openEnd,
      end: openEnd,
      selfClosing: tag.isSelfClosing,
    };
    const parent = stack[stack.length - 1];
    if (parent === undefined) root = node;
    else parent.children.push(node);
    if (stack.length > 200) throw broken();
    stack.push(node);
    if (node.local === opaque) inside = 1;
  });
  parser.on('closetag', () => {
    if (inside > 1) {
      inside--;
      return;
    }
    inside = 0;
    const node = stack.pop();
    if (node === undefined || node.selfClosing) return;
    node.end = parser.position;
    node.closeStart = xml.lastIndexOf('<', node.end - 1);
  });
  const text = (piece: string): void => {
    const node = stack[stack.length - 1];
    if (node !== undefined && inside === 0) node.text += piece;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.write(xml);
  parser.close();
  if (root === null) throw broken();
  return root;
}

/** The first child of a local name. */
export function child(node: XmlNode | undefined, local: string): XmlNode | undefined {
  return node?.children.find((one) => one.local === local);
}

/** The children of a local name. */
export function children(node: XmlNode | undefined, local: string): readonly XmlNode[] {
  return node?.children.filter((one) => one.local === local) ?? [];
}

/** The value of an attribute that has a prefix, such as `r:id`. */
export function prefixed(node: XmlNode, local: string): string | undefined {
  for (const name of Object.keys(node.attributes))
    if (name.endsWith(`:${local}`) && !name.startsWith('xml')) return node.attributes[name];
  return undefined;
}

/** Replaces `_x000D_` and the like by the characters they stand for. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
