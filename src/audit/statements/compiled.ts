import { parseRules } from '../../../grammar/index.ts';
import { foldName } from '../../../grammar/tree.ts';
import { lineKey } from '../../engine/plain/machine.ts';
import { checkRules } from '../../rules/check.ts';
import type { Program } from '../../rules/program.ts';
import type { RuleLine } from '../../workbook/port.ts';
import { asOfMs, type Content, type Places, ruleLines } from './form.ts';
import { type Standing, smallBook, standingOf } from './smallBook.ts';

/** The rules of a statement with their meaning: the same for all statements of a run. */
export interface Compiled {
  readonly program: Program;
  readonly lines: readonly RuleLine[];
  readonly standing: Standing;
  /** Index of each line by where it stands. */
  readonly at: ReadonlyMap<string, number>;
  /** The lines that say something. */
  readonly speaking: readonly RuleLine[];
}

/** Null where the rules, the as-of date or the headings are none. */
export function compile(content: Content, places: Places): Compiled | null {
  const asOf = asOfMs(content);
  if (asOf === null) return null;
  const lines = ruleLines(content, places);
  const workbook = { ...smallBook(content, places), rules: lines };
  const { program } = checkRules(parseRules(lines), workbook, asOf);
  if (program === null || lines.length !== content.rules.length) return null;
  const at = new Map(lines.map(({ place }, i) => [lineKey(place), i]));
  const speaking = lines.filter(({ text }) => !/^\s*(#.*)?$/.test(text));
  return { program, lines, standing: standingOf(program), at, speaking };
}

/** The column of the statement, and its table; null where the rules have none of that name. */
export function statementColumn(
  { program }: Compiled,
  { table, statement }: Content,
): { readonly column: number; readonly table: number } | null {
  const column = program.columns.findIndex(
    (one) =>
      foldName(one.name) === foldName(statement) &&
      foldName(program.tables[one.table]?.name ?? '') === foldName(table) &&
      one.definitions.some(({ kind }) => kind === 'statement'),
  );
  return column < 0 ? null : { column, table: program.columns[column]?.table ?? 0 };
}
