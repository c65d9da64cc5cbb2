import type { XmlNode } from './xml.ts';

/** A piece of a text to be replaced. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits that do not overlap; what is put in at one place comes in the order given, before what is replaced there. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** `x:` of `x:sheet`; empty without a prefix. */
export function prefixOf(node: XmlNode): string {
  return node.name.slice(0, node.name.length - node.local.length);
}

/** Sets attributes of an open tag (undefined takes one away) and leaves everything else of it alone. */
export function editTag(
  xml: string,
  node: Pick<XmlNode, 'start' | 'openEnd' | 'selfClosing'>,
  values: Readonly<Record<string, string | undefined>>,
): Edit {
  const last = node.selfClosing ? 2 : 1;
  let tag = xml.slice(node.start, node.openEnd - last).trimEnd();
  for (const [name, value] of Object.entries(values)) {
    const found = new RegExp(`\\s${name}\\s*=\\s*(?:"[^"]*"|'[^']*')`).exec(tag);
    const text = value === undefined ? '' : ` ${name}="${value}"`;
    if (found === null) tag += text;
    else tag = tag.slice(0, found.index) + text + tag.slice(found.index + found[0].length);
  }
  return { start: node.start, end: node.openEnd, text: tag + xml.slice(node.openEnd - last, node.openEnd) };
}

/** Adds XML at the end of an element's content. For an element that closes itself this rewrites its tag. */
export function appendInside(xml: string, node: XmlNode, inside: string): Edit {
  if (!node.selfClosing) return { start: node.closeStart, end: node.closeStart, text: inside };
  const tag = xml.slice(node.start, node.openEnd - 2).trimEnd();
  return { start: node.start, end: node.end, text: `${tag}>${inside}</${node.name}>` };
}

/**
 * Adds a child where the schema's order wants it: after the last one of `before` that is there, else at the
 * beginning of the element, which must not close itself.
 */
export function insertChild(parent: XmlNode, before: readonly string[], text: string): Edit {
  let at = parent.openEnd;
  for (const node of parent.children) if (before.includes(node.local)) at = node.end;
  return { start: at, end: at, text };
}
