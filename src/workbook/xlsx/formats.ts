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

/**
 * Whether a number format shows a day. What stands in quotes, after `\`, `_` or `*`, and in brackets (colours,
 * conditions, languages, elapsed time) is no code. Formats of the time of day alone (`h:mm`, `[h]:mm`, `mm:ss`) are
 * none: such a cell is a number, the fraction of a day.
 */
export function isDateFormat(format: string): boolean {
  // Only the section for positive numbers counts.
  const section = firstSection(format);
  const codes = section
    .replace(/"[^"]*"?/g, '')
    .replace(/[\\_*]./g, '')
    .replace(/\[[^\]]*\]?/g, '|')
    .replace(/general/gi, '')
    .toLowerCase();
  if (/[yd]/.test(codes) || /[bg]{1,3}e/.test(codes)) return true;
  // Era years of Japan and Taiwan, but not the exponent `E+00`.
  if (/e(?![+-])/.test(codes) && !/[0#?]/.test(codes)) return true;
  return hasMonth(codes, /\[[hms]+\]/i.test(section));
}

function firstSection(format: string): string {
  let quoted = false;
  for (let i = 0; i < format.length; i++) {
    const c = format[i];
    if (c === '"') quoted = !quoted;
    else if (c === '\\' && !quoted) i++;
    else if (c === ';' && !quoted) return format.slice(0, i);
  }
  return format;
}

/** An `m` is a month unless it stands beside an hour or a second (`mmm` and longer always is one). */
function hasMonth(codes: string, elapsed: boolean): boolean {
  if (!codes.includes('m')) return false;
  if (/mmm/.test(codes)) return true;
  return !elapsed && !/[hs]/.test(codes);
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
  const custom = new Map<number, boolean>();
  for (const node of children(child(part.root, 'numFmts'), 'numFmt'))
    custom.set(Number(node.attributes.numFmtId), isDateFormat(node.attributes.formatCode ?? ''));
  const dates = children(child(part.root, 'cellXfs'), 'xf').map((xf) => {
    const id = Number(xf.attributes.numFmtId ?? 0);
    return custom.get(id) ?? builtinDate(id);
  });
  return { part, dates };
}
