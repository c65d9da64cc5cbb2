import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Language } from '../problems/messages/index.ts';
import { compareTexts } from './compareTexts.ts';
import type { AdjustRequest, CompareRequest } from './request.ts';

/** What is the same for every command: its options, and how their values are read. */
export interface Common {
  command(name: string, about: string): Command;
  readonly asOf: Option;
  readonly json: string;
  readonly dateOf: (text: string) => number;
  readonly workbookName: (text: string) => string;
}

/** An option that may be given several times. */
export function several(flags: string, about: string, check: (text: string) => string = (x) => x): Option {
  return new Option(flags, about).argParser((text: string, before: readonly string[] = []) => [
    ...before,
    check(text),
  ]);
}

export const setOption = (language: Language): Option =>
  several('--set <NAME=VALUE>', compareTexts(language).set);

interface Options {
  readonly asOf: number;
  readonly withAsOf?: number;
  readonly withRules?: string;
  readonly withBook?: string;
  readonly withAmounts?: string;
  readonly column?: readonly string[];
  readonly group?: string;
  readonly set?: readonly string[];
  readonly json?: boolean;
  readonly out?: string;
}

export function addComparing(
  { command, asOf, json: jsonText, dateOf, workbookName }: Common,
  language: Language,
  ask: (request: CompareRequest | AdjustRequest) => void,
): void {
  const t = compareTexts(language);
  const compare = command('compare', t.compare);
  compare
    .addOption(asOf)
    .addOption(new Option('--with-as-of <DATE>', t.withAsOf).argParser(dateOf))
    .option('--with-rules <FILE.allot>', t.withRules)
    .option('--with-book <BOOK>', t.withBook)
    .option('--with-amounts <FILE>', t.withAmounts)
    .addOption(setOption(language))
    .addOption(several('--column <NAME>', t.columns))
    .option('--group <COLUMN>', t.group)
    .addOption(new Option('--out <NEW.xlsx>', t.compareOut).argParser(workbookName))
    .option('--json', jsonText)
    .action((book: string, options: Options) => {
      const { withAsOf, withRules, withBook, withAmounts, group, out } = options;
      const { asOf: day, column = [], set = [], json = false } = options;
      const sides = [withAsOf, withRules, withBook].filter((one) => one !== undefined).length;
      if (withAmounts === undefined && sides + set.length === 0)
        compare.error(t.nothingToCompare, { exitCode: 2 });
      if (withAmounts !== undefined && sides > 0) compare.error(t.amountsAlone, { exitCode: 2 });
      if (withAmounts !== undefined && column.length !== 1) compare.error(t.amountsColumn, { exitCode: 2 });
      ask({
        kind: 'compare',
        book,
        language,
        asOf: day,
        withAsOf: withAsOf ?? null,
        withRules: withRules ?? null,
        withBook: withBook ?? null,
        withAmounts: withAmounts ?? null,
        columns: column,
        group: group ?? null,
        set,
        json,
        out: out ?? null,
      });
    });
  command('adjust', t.adjust)
    .addOption(
      several('--paid <RUN>', t.paidRuns, (text) => {
        if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError(t.badRun);
        return text;
      }).makeOptionMandatory(),
    )
    .addOption(several('--column <NAME>', t.columns))
    .addOption(new Option('--out <NEW.xlsx>', t.adjustOut).argParser(workbookName))
    .option('--json', jsonText)
    .action(
      (
        book: string,
        options: Pick<Options, 'column' | 'json' | 'out'> & { readonly paid: readonly string[] },
      ) => {
        const { paid, column = [], json = false, out = null } = options;
        ask({ kind: 'adjust', book, language, paid, columns: column, json, out });
      },
    );
}
