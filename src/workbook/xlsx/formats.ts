import { isDateFormat } from '../dateFormat.ts';
import { child, children, readTree, type XmlPart } from './xml.ts';
import type { Zip, ZipEntry } from './zip.ts';

/** Built-in formats that show a day: those of all countries, and of China, Japan, Korea and Thailand. */
function builtinDate(id: number): boolean {
  return (
    (id >= 14 && id <= 17) ||
    id === 22 ||
    (id >= 27 && id <= 31) ||
    id === 36 ||
    (id >= 50 && id <= 54) ||
    id === 57 ||
    id === 58
  );
}

/** What a cell's style says about its number. */
export interface Styles {
  readonly part: XmlPart | null;
  /** By cell style: whether a number under it is a date. */
  readonly dates: readonly boolean[];
}

export function readStyles(zip: Zip, entry: ZipEntry | undefined): Styles {
  if (entry === undefined) return { part: null, dates: [] };
  const part = readTree(zip, entry);
  return { part, dates: readDates(part) };
}

/** By cell style: whether a number under it is a date. */
export function readDates({ root }: XmlPart): readonly boolean[] {
  const custom = new Map<number, boolean>();
  for (const node of children(child(root, 'numFmts'), 'numFmt'))
    custom.set(Number(node.attributes.numFmtId), isDateFormat(node.attributes.formatCode ?? ''));
  return children(child(root, 'cellXfs'), 'xf').map((xf) => {
    const id = Number(xf.attributes.numFmtId ?? 0);
    return custom.get(id) ?? builtinDate(id);
  });
}
