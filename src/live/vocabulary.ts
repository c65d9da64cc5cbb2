import type { Name, RuleFile } from '../../grammar/tree.ts';
import { foldName } from '../../grammar/tree.ts';
import { AGGREGATES, FUNCTIONS } from '../rules/calls.ts';
import type { TableHead, Workbook } from '../workbook/port.ts';
import type { Vocabulary } from './protocol.ts';

/**
 * Every name that a line of these rules may use: what the workbook has (`heads`: all its tables, read or not), and what
 * the rules define themselves, each once and as its first definition spells it. Lines that can't be read define
 * nothing. A computed column of a table that the workbook hasn't is left out.
 */
export function vocabularyOf(
  file: RuleFile,
  workbook: Pick<Workbook, 'names'>,
  heads: readonly TableHead[],
): Vocabulary {
  const tables = distinct(heads, ({ name }) => name);
  const spelled = new Map(tables.map(({ name }) => [foldName(name), name]));
  const computed: { readonly table: string; readonly name: string }[] = [];
  const scalars: string[] = [];
  const bands: string[] = [];

  function column(table: Name, { text: name }: Name): void {
    const known = spelled.get(foldName(table.text));
    if (known !== undefined) computed.push({ table: known, name });
  }

  for (const item of file.items) {
    switch (item.kind) {
      case 'rule':
        scalars.push(item.name.text);
        break;
      case 'band':
        bands.push(item.name.text);
        break;
      case 'score':
      case 'statement':
        column(item.table, item.name);
        break;
      case 'share':
        column(item.table, item.name);
        for (const line of item.body) if (line.kind === 'rest') scalars.push(line.name.text);
        break;
      case 'each':
        for (const line of item.body) {
          if (line.kind === 'rule') column(item.table, line.name);
          if (line.kind !== 'share') continue;
          column(line.table, line.name);
          for (const rest of line.body) if (rest.kind === 'rest') column(item.table, rest.name);
        }
        break;
      case 'unit':
      case 'table':
      case 'check':
      case 'comment':
      case 'blankLine':
        break;
      default: {
        const never: never = item;
        return never;
      }
    }
  }

  return {
    tables: tables.map(({ name, headings }) => ({ name, columns: distinct(headings, (heading) => heading) })),
    computed: distinct(computed, ({ table, name }) => `${foldName(table)}|${foldName(name)}`),
    scalars: distinct(scalars, (name) => name),
    bands: distinct(bands, (name) => name),
    names: distinct(
      workbook.names.map(({ name }) => name),
      (name) => name,
    ),
    functions: functionsOf(),
  };
}

/** Functions in the order of the language reference; `min` and `max` are both a function and an aggregate. */
function functionsOf(): Vocabulary['functions'] {
  const names = [...new Set([...Object.keys(FUNCTIONS), ...Object.keys(AGGREGATES)])];
  const usages: Readonly<Record<string, { readonly usage: string } | undefined>> = FUNCTIONS;
  const aggregates: Readonly<Record<string, string | undefined>> = AGGREGATES;
  return names.map((name) => ({
    name,
    usage: [usages[name]?.usage, aggregates[name]].filter((usage) => usage !== undefined).join(' / '),
  }));
}

/** The first of each name, as names compare. */
function distinct<T>(all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  const seen = new Set<string>();
  return all.filter((one) => {
    const folded = foldName(nameOf(one));
    if (seen.has(folded)) return false;
    seen.add(folded);
    return true;
  });
}
