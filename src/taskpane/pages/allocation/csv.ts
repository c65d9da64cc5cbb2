import type { Rows } from './rows.ts';

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

/** The rows in this order as CSV, with a line of headings; lines end in CRLF. */
export function csvOf(rows: Rows, order: Iterable<number>, nameHeading: string | null): string {
  const named = nameHeading === null ? [] : [nameHeading];
  const [member, ...others] = rows.columns;
  const lines = [
    [member?.heading ?? '', ...named, ...others.map(({ heading }) => heading)],
    ...Array.from(order, (row) => [
      rows.key(row),
      ...named.map(() => rows.name(row)),
      ...others.map(({ plain }) => plain(row)),
    ]),
  ];
  return lines.map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}
