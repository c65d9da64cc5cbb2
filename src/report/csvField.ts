/** A number as we write it; what begins like a formula but is only a number stays one. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/**
 * A field that no spreadsheet takes for a formula: text that begins with one of `= + - @`, a tab or a line's end gets
 * an apostrophe before it. In quotation marks where it has to be.
 */
export function csvField(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines of fields as CSV; each ends in CRLF. */
export const csvText = (lines: readonly (readonly string[])[]): string =>
  lines.map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
