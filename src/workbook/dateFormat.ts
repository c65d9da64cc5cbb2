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

/** Formats of dates in columns that name none of their own. */
export const DAY_FORMAT = 'yyyy-mm-dd';
export const TIME_FORMAT = 'yyyy-mm-dd hh:mm';
