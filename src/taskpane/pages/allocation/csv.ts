import { csvText } from '../../../report/csvField.ts';
import type { Rows } from './rows.ts';

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
  return csvText(lines);
}
