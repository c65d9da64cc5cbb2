import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Language } from '../problems/messages/index.ts';
import { compareTexts } from './compareTexts.ts';
import type { AdjustRequest, CompareRequest } from './request.ts';
import { texts } from './texts.ts';

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
  addAdjust({ command, json: jsonText, workbookName }, language, ask);
}

interface AdjustOptions {
  readonly run?: readonly string[];
  /** The same by its earlier name. */
  readonly paid?: readonly string[];
  readonly column?: readonly string[];
  readonly by?: string;
  readonly out?: string;
  readonly sign?: string;
  readonly override?: string;
  readonly json?: boolean;
}

function addAdjust(
  { command, json: jsonText, workbookName }: Pick<Common, 'command' | 'json' | 'workbookName'>,
  language: Language,
  ask: (request: AdjustRequest) => void,
): void {
  const t = compareTexts(language);
  const { by: byText, override: overrideText, sign: signText } = texts(language);
  const run = (text: string): string => {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError(t.badRun);
    return text;
  };
  const adjust = command('adjust', t.adjust);
  adjust
    .addOption(several('--run <NUMBER>', t.paidRuns, run))
    .addOption(several('--paid <NUMBER>', t.paidRuns, run).hideHelp())
    .addOption(several('--column <NAME>', t.adjustColumns))
    .addOption(new Option('--out <NEW.xlsx>', t.adjustOut).argParser(workbookName))
    .option('--by <NAME>', byText)
    .option('--override <REASON>', overrideText)
    .option('--sign <KEYFILE>', signText)
    .option('--json', jsonText)
    .action((book: string, options: AdjustOptions) => {
      const { out, by, sign, override, column: columns = [], json = false } = options;
      const runs = [...new Set([...(options.run ?? []), ...(options.paid ?? [])])];
      const refuse = (said: string): never => adjust.error(said, { exitCode: 2 });
      if (runs.length === 0) refuse(t.adjustWhich);
      if (out === undefined) {
        if (by !== undefined || sign !== undefined || override !== undefined) refuse(t.adjustNoOut);
        return ask({ kind: 'adjust', book, language, runs, columns, json, write: null });
      }
      if (by === undefined) return refuse(t.adjustNoName);
      if (runs.length > 1) refuse(t.adjustOne);
      // A part of what is due would leave the rest unpaid without a trace.
      if (columns.length > 0) refuse(t.adjustWhole);
      const write = {
        by,
        out,
        sign: sign === undefined || sign === '' ? null : sign,
        override: override ?? null,
      };
      ask({ kind: 'adjust', book, language, runs, columns, json, write });
    });
}
