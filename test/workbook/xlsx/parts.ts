import { strFromU8, unzipSync } from 'fflate';

/** The parts of a workbook as texts. */
export function partsOf(bytes: Uint8Array): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
}

/** The names of parts that differ between two workbooks, or are in one of them only. */
export function changedParts(before: Uint8Array, after: Uint8Array): readonly string[] {
  const [a, b] = [partsOf(before), partsOf(after)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).sort();
}

/** One cell's XML, from `<c` to its end; empty where there is none. */
export function cellOf(xml: string, ref: string): string {
  const start = xml.search(new RegExp(`<(?:\\w+:)?c r="${ref}"`));
  if (start < 0) return '';
  const closed = /^<[^>]*\/>/.exec(xml.slice(start));
  if (closed !== null) return closed[0];
  const end = /<\/(?:\w+:)?c>/.exec(xml.slice(start));
  return xml.slice(start, start + (end === null ? 0 : end.index + end[0].length));
}
