import type { BookChanges } from '../port.ts';
import { xmlText } from '../xlsx/escape.ts';
import type { ExcelApi } from './batch.ts';

/** Texts of ours beside the sheets: custom XML parts, each alone in a namespace that is its name. */

const namespaceOf = (name: string): string => `urn:allot:${name}`;

/** The text of a part of ours; null where the workbook has none of that name. Refuses with `not-readable`. */
export function readPart(api: ExcelApi, name: string): Promise<string | null> {
  return api.read(async (context) => {
    const [xml = null] = await readXml(context, [name]);
    return xml === null ? null : textOf(xml);
  });
}

/** A text that is to be written, and the part that stood there; null for none. */
export interface KeptPart {
  readonly name: string;
  readonly text: string | null;
  readonly was: string | null;
}

/** Keeps what stands where texts are to be written. */
export async function backUpParts(
  context: Excel.RequestContext,
  parts: NonNullable<BookChanges['parts']>,
): Promise<readonly KeptPart[]> {
  if (parts.length === 0) return [];
  const found = await readXml(
    context,
    parts.map(({ name }) => name),
  );
  return parts.map(({ name, text }, i) => ({ name, text, was: found[i] ?? null }));
}

export async function putParts(context: Excel.RequestContext, parts: readonly KeptPart[]): Promise<void> {
  // One an exchange: a record of a paid run may be long.
  for (const { name, text } of parts)
    await putXml(
      context,
      name,
      text === null ? null : `<allot xmlns="${namespaceOf(name)}">${xmlText(text)}</allot>`,
    );
}

/** Puts back what stood there, whatever stands there now. Gives the names for which Excel refused. */
export async function restoreParts(
  context: Excel.RequestContext,
  parts: readonly KeptPart[],
): Promise<readonly string[]> {
  const left: string[] = [];
  for (const { name, was } of parts) {
    let done = false;
    for (let tries = 3; tries > 0 && !done; tries--) {
      try {
        await putXml(context, name, was);
        done = true;
      } catch {
        // Once more.
      }
    }
    if (!done) left.push(name);
  }
  return left;
}

/** Makes a part say this; null takes it away. */
async function putXml(context: Excel.RequestContext, name: string, xml: string | null): Promise<void> {
  const { customXmlParts } = context.workbook;
  const found = customXmlParts.getByNamespace(namespaceOf(name));
  found.load('items/id');
  await context.sync();
  const [first, ...more] = found.items;
  for (const part of more) part.delete();
  if (first === undefined) {
    if (xml !== null) customXmlParts.add(xml);
  } else if (xml === null) first.delete();
  else first.setXml(xml);
  await context.sync();
}

/** The XML of parts by their names; null where there is none. */
async function readXml(
  context: Excel.RequestContext,
  names: readonly string[],
): Promise<readonly (string | null)[]> {
  const found = names.map((name) => {
    const parts = context.workbook.customXmlParts.getByNamespace(namespaceOf(name));
    parts.load('items/id');
    return parts;
  });
  await context.sync();
  const asked = found.map(({ items }) => items[0]?.getXml() ?? null);
  if (asked.some((one) => one !== null)) await context.sync();
  return asked.map((one) => one?.value ?? null);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text inside the root, which has no elements in it. */
function textOf(xml: string): string {
  const inside = /<(?:[\w.-]+:)?allot\b[^>]*[^/>]>([^<]*)<\//.exec(xml)?.[1] ?? '';
  return inside
    .replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
      if (decimal !== undefined) return String.fromCodePoint(Number.parseInt(decimal, 10));
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return ENTITIES[name] ?? whole;
    })
    .replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
