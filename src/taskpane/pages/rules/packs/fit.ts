import { foldName } from '../../../../../grammar/tree.ts';
import type { SourceLine, TableHead } from '../../../../workbook/port.ts';
import type { NeededTable } from './catalogue.ts';

/** What of the needed tables is not there: whole tables, and of others the columns. */
export function missing(needed: readonly NeededTable[], there: readonly TableHead[]): readonly NeededTable[] {
  return needed.flatMap(({ table, columns }) => {
    const found = there.find(({ name }) => foldName(name) === foldName(table));
    const headings = new Set(found?.headings.map(foldName));
    const lacking = columns.filter((column) => !headings.has(foldName(column)));
    return lacking.length === 0 ? [] : [{ table, columns: lacking }];
  });
}

/** A pack's text as the lines of a rule sheet: two spaces a level, as our own files are written. */
export function linesOf(text: string): readonly SourceLine[] {
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => {
      const written = line.trimStart();
      return { depth: (line.length - written.length) / 2, text: written };
    });
}
