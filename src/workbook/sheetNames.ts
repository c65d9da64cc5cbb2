const LIMIT = 31;

/** Cut to Excel's length without parting a pair of surrogates. */
function cut(name: string, length: number): string {
  const short = name.slice(0, length);
  return /[\ud800-\udbff]$/.test(short) ? short.slice(0, -1) : short;
}

/** A name that Excel takes for a sheet: no `\ / ? * [ ] :`, no apostrophe at the ends, at most 31 characters. */
export function sheetName(name: string): string {
  const clean = name
    .replace(/[\\/?*[\]:\p{Cc}]/gu, '_')
    .trim()
    .replace(/^'+|'+$/g, '_');
  const short = cut(clean, LIMIT).trim().replace(/'$/, '_');
  return short === '' ? 'Sheet' : short.toLowerCase() === 'history' ? `${short}_` : short;
}

/** The same, different from those taken (which are lower-cased) by a number at its end. */
export function freeSheetName(name: string, taken: ReadonlySet<string>): string {
  const first = sheetName(name);
  if (!taken.has(first.toLowerCase())) return first;
  for (let n = 2; ; n++) {
    const suffix = ` (${n})`;
    const next = `${cut(first, LIMIT - suffix.length).trimEnd()}${suffix}`;
    if (!taken.has(next.toLowerCase())) return next;
  }
}

/** A name that Excel takes for a table, different from those taken (tables and defined names, lower-cased). */
export function freeTableName(name: string, taken: ReadonlySet<string>): string {
  let clean = name.replace(/[^\p{L}\p{N}_.]/gu, '_');
  if (!/^[\p{L}_]/u.test(clean) || /^(?:[a-z]{1,3}\d+|r\d*c\d*|r|c)$/i.test(clean)) clean = `_${clean}`;
  clean = cut(clean, 200);
  if (!taken.has(clean.toLowerCase())) return clean;
  for (let n = 2; ; n++) if (!taken.has(`${clean}_${n}`.toLowerCase())) return `${clean}_${n}`;
}

/** Headings as an Excel table wants them: none empty, none twice, at most 255 characters. */
export function tableHeadings(headings: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return headings.map((heading, i) => {
    const base = cut(heading.trim() === '' ? `Column${i + 1}` : heading, 250);
    let name = base;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base} ${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
