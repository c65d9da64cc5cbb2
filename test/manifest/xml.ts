import { SaxesParser } from 'saxes';

export interface Element {
  /** With its prefix, as in the manifest. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

interface Growing extends Element {
  readonly children: Growing[];
  text: string;
}

/** The tree of an XML document; refuses what is not well-formed or uses an undeclared prefix. */
export function parseXml(xml: string): Element {
  const top: Growing = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Growing = {
      name,
      attributes: Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value])),
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const current = open.at(-1);
    if (current !== undefined) current.text += text.trim();
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  const [root] = top.children;
  if (root === undefined) throw new Error('no element');
  return root;
}

/** An element and all in it, in document order. */
export function all(element: Element): readonly Element[] {
  return [element, ...element.children.flatMap(all)];
}

/** The only element at a path of names below `element`. */
export function at(element: Element, ...path: readonly string[]): Element {
  const [name, ...rest] = path;
  if (name === undefined) return element;
  const found = element.children.filter((child) => child.name === name);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} ${name} in ${element.name}`);
  return at(only, ...rest);
}
