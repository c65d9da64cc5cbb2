import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import manifest from '../../package.json';
import { type Anchor, readAnchor } from '../audit/anchor.ts';
import { DAY, parseDate } from '../exact/date.ts';
import type { Language } from '../problems/messages/index.ts';
import { addComparing, setOption } from './compareArguments.ts';
import { compareTexts } from './compareTexts.ts';
import { addDeliver } from './deliverArguments.ts';
import { addInsight } from './insightArguments.ts';
import { type Io, languageOf, type Status } from './io.ts';
import { addRefresh } from './refreshArguments.ts';
import type { Request } from './request.ts';
import { addServe } from './serveArguments.ts';
import { addStatements } from './statementArguments.ts';
import { type Texts, texts } from './texts.ts';

/** What to do, or what to say at once: help, the version, or what is wrong with the command. */
export type Parsed =
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'said'; readonly status: Status; readonly out: string; readonly err: string };

/** Reads the arguments of the command line (without those of Node). */
export function parseArguments(args: readonly string[], io: Pick<Io, 'env' | 'today'>): Parsed {
  const language = languageAsked(args) ?? languageOf(io.env);
  const t = texts(language);
  let out = '';
  let err = '';
  let request: Request | null = null;
  const program = buildProgram(t, language, io.today, (found) => {
    request = found;
  });
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        out += text;
      },
      writeErr: (text) => {
        err += text;
      },
      outputError: () => {},
    });
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'said', status: 0, out, err };
    // Without a command, its help is the answer; everything else is a sentence.
    const said =
      error.code === 'commander.help' ? err : `${t.usage(error.code, error.message)}\n${t.tryHelp}\n`;
    return { kind: 'said', status: 2, out: '', err: said };
  }
  return request === null
    ? { kind: 'said', status: 2, out: '', err: `${t.tryHelp}\n` }
    : { kind: 'request', request };
}

/** The language is needed before the arguments are read, for what is said about them. */
function languageAsked(args: readonly string[]): Language | null {
  const at = args.indexOf('--lang');
  const value = at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith('--lang='))?.slice(7);
  return value === 'en' || value === 'zh-CN' ? value : null;
}

interface Options {
  readonly asOf: number;
  readonly json?: boolean;
  readonly out?: string;
  readonly from?: string;
  readonly format?: true;
  readonly set?: readonly string[];
  readonly stats?: true;
}

function buildProgram(t: Texts, language: Language, today: string, ask: (request: Request) => void): Command {
  const program = new Command('allot')
    .description(t.about)
    .version(manifest.version, '-V, --version', t.version)
    .helpOption('-h, --help', t.help)
    .helpCommand('help [command]', t.help)
    .addHelpText('after', t.after)
    .configureHelp({ styleTitle: (title) => t.title(title) })
    .addOption(langOption(t));
  const command = (name: string, about: string): Command =>
    program
      .command(name)
      .description(about)
      .helpOption('-h, --help', t.help)
      .argument('<BOOK>', t.book)
      .addOption(langOption(t))
      .allowExcessArguments(false);
  const asOf = new Option('--as-of <DATE>', t.asOf)
    .argParser((text) => dateOf(text, t))
    .makeOptionMandatory();

  command('check', t.check)
    .addOption(new Option('--as-of <DATE>', t.asOfToday).argParser((text) => dateOf(text, t)))
    .option('--json', t.json)
    .action((book: string, { asOf = dateOf(today, t), json = false }: Partial<Options>) => {
      ask({ kind: 'check', book, language, asOf, json });
    });
  const run = command('run', t.run);
  run
    .addOption(asOf)
    .addOption(setOption(language))
    .addOption(new Option('--out <NEW.xlsx>', t.out).argParser((text) => workbookName(text, t)))
    .option('--json', t.json)
    .option('--stats', t.stats)
    .action((book: string, options: Options) => {
      const { asOf, json = false, out = null, set = [], stats = false } = options;
      if (set.length > 0 && out !== null) run.error(compareTexts(language).setAndOut, { exitCode: 2 });
      ask({ kind: 'run', book, language, asOf, json, out, set, stats });
    });
  command('explain', t.explain)
    .argument('<NAME>', t.name)
    .argument('[KEY]', t.key)
    .addOption(asOf)
    .option('--json', t.json)
    .action((book: string, name: string, key: string | undefined, options: Options) => {
      const { asOf, json = false } = options;
      ask({ kind: 'explain', book, language, asOf, json, name, key: key ?? null });
    });
  const rules = command('rules', t.rules)
    .addOption(
      new Option('--from <FILE.allot>', t.from).argParser((text) => {
        if (WORKBOOK.test(text)) throw new InvalidArgumentError(t.badFrom);
        return text;
      }),
    )
    .addOption(new Option('--out <NEW.xlsx>', t.rulesOut).argParser((text) => workbookName(text, t)))
    .option('--format', t.format)
    .action(
      (book: string, { from, out, format = false }: Pick<Options, 'from' | 'out'> & { format?: boolean }) => {
        if ((from === undefined) !== (out === undefined)) rules.error(t.fromAndOut, { exitCode: 2 });
        const put = from === undefined || out === undefined ? null : { from, out };
        ask({ kind: 'rules', book, language, format, put });
      },
    );
  command('freeze', t.freeze)
    .addOption(
      new Option('--out <NEW.xlsx>', t.freezeOut)
        .argParser((text) => workbookName(text, t))
        .makeOptionMandatory(),
    )
    .action((book: string, { out }: { readonly out: string }) => {
      ask({ kind: 'freeze', book, language, out });
    });
  addAudit(program, command, t, language, asOf, ask);
  addQuestions(command, t, language, asOf, ask);
  addInsight({ command, asOf, json: t.json, workbookName: (text) => workbookName(text, t) }, language, ask);
  addStatements(program, { command, asOf, json: t.json }, langOption(t), t, language, ask);
  addRefresh({ command, json: t.json, workbookName: (text) => workbookName(text, t) }, language, ask);
  addDeliver({ command, json: t.json, workbookName: (text) => workbookName(text, t) }, language, ask);
  addComparing(
    {
      command,
      asOf,
      json: t.json,
      dateOf: (text) => dateOf(text, t),
      workbookName: (text) => workbookName(text, t),
    },
    language,
    ask,
  );
  addServe(program, langOption(t), t.help, language, ask);
  return program;
}

/** Options of what adds to the ledger. */
interface AddedOptions {
  readonly by: string;
  readonly out: string;
  readonly sign?: string;
  readonly json?: boolean;
}

/** The commands of the ledger. */
function addAudit(
  program: Command,
  command: (name: string, about: string) => Command,
  t: Texts,
  language: Language,
  asOf: Option,
  ask: (request: Request) => void,
): void {
  const adding = (name: string, about: string): Command =>
    command(name, about)
      .addOption(new Option('--by <NAME>', t.by).makeOptionMandatory())
      .addOption(
        new Option('--out <NEW.xlsx>', t.ledgerOut)
          .argParser((text) => workbookName(text, t))
          .makeOptionMandatory(),
      )
      .option('--sign <KEYFILE>', t.sign)
      .option('--json', t.json);
  const added = ({ by, out, sign = '', json = false }: AddedOptions) => ({
    by,
    out,
    sign: sign === '' ? null : sign,
    json,
  });
  adding('pay', t.pay)
    .addOption(asOf)
    .option('--override <REASON>', t.override)
    .action((book: string, options: AddedOptions & { readonly asOf: number; readonly override?: string }) => {
      const { asOf: day, override = null } = options;
      ask({ kind: 'pay', book, language, asOf: day, override, ...added(options) });
    });
  adding('lock', t.lock)
    .addOption(
      new Option('--run <NUMBER>', t.runNumber)
        .argParser((text) => {
          if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError(t.badRun);
          return text;
        })
        .makeOptionMandatory(),
    )
    .action((book: string, options: AddedOptions & { readonly run: string }) => {
      ask({ kind: 'lock', book, language, run: options.run, ...added(options) });
    });
  adding('propose', t.propose)
    .option('--withdraw', t.withdraw)
    .action((book: string, options: AddedOptions & { readonly withdraw?: true }) => {
      const step = options.withdraw === true ? 'withdraw' : 'propose';
      ask({ kind: 'step', book, language, step, ...added(options) });
    });
  adding('approve', t.approve).action((book: string, options: AddedOptions) => {
    ask({ kind: 'step', book, language, step: 'approve', ...added(options) });
  });
  command('verify', t.verify)
    .addOption(
      new Option('--anchor <LINE>', t.anchor).argParser((text) => {
        const anchor = readAnchor(text);
        if (anchor === null) throw new InvalidArgumentError(t.badAnchor);
        return anchor;
      }),
    )
    .addOption(
      new Option('--key <PUBLIC>', t.publicKey).argParser((text: string, before: readonly string[] = []) => [
        ...before,
        text,
      ]),
    )
    .option('--json', t.json)
    .action(
      (
        book: string,
        options: { readonly anchor?: Anchor; readonly key?: readonly string[]; readonly json?: boolean },
      ) => {
        const { anchor = null, key = [], json = false } = options;
        ask({ kind: 'verify', book, language, anchor, keys: key, json });
      },
    );
  program
    .command('keys')
    .description(t.keys)
    .helpOption('-h, --help', t.help)
    .addOption(langOption(t))
    .addOption(new Option('--out <FILE>', t.keysOut).makeOptionMandatory())
    .option('--json', t.json)
    .allowExcessArguments(false)
    .action(({ out, json = false }: { readonly out: string; readonly json?: boolean }) => {
      ask({ kind: 'keys', language, out, json });
    });
}

/** What an auditor asks of a book. */
function addQuestions(
  command: (name: string, about: string) => Command,
  t: Texts,
  language: Language,
  asOf: Option,
  ask: (request: Request) => void,
): void {
  command('what-would', t.whatWould)
    .argument('<NAME>', t.column)
    .argument('<KEY>', t.rowKey)
    .addOption(asOf)
    .option('--lower', t.lower)
    .option('--all', t.all)
    .option('--json', t.json)
    .action(
      (
        book: string,
        name: string,
        key: string,
        options: Pick<Options, 'asOf' | 'json'> & { readonly lower?: true; readonly all?: true },
      ) => {
        const { asOf: day, json = false, lower = false, all = false } = options;
        ask({ kind: 'what-would', book, language, asOf: day, json, name, key, lower, all });
      },
    );
  command('review', t.review)
    .addOption(asOf)
    .addOption(
      new Option('--out <FILE.html>', t.reviewOut).argParser((text) => {
        if (!/\.html?$/i.test(text)) throw new InvalidArgumentError(t.badHtml);
        return text;
      }),
    )
    .option('--json', t.json)
    .action((book: string, options: Options) => {
      const { asOf: day, json = false, out = null } = options;
      ask({ kind: 'review', book, language, asOf: day, json, out });
    });
}

function langOption(t: Texts): Option {
  return new Option('--lang <LANGUAGE>', t.lang).argParser((text) => {
    if (text !== 'en' && text !== 'zh-CN') throw new InvalidArgumentError(t.badLanguage);
    return text;
  });
}

const WORKBOOK = /\.xls[xm]$/i;

/** The name of a workbook to write. */
function workbookName(text: string, t: Texts): string {
  if (!WORKBOOK.test(text)) throw new InvalidArgumentError(t.badOut);
  return text;
}

/** A day as whole milliseconds. */
function dateOf(text: string, t: Texts): number {
  const ms = parseDate(text.trim());
  if (ms === null || ms % DAY !== 0) throw new InvalidArgumentError(t.badDate);
  return ms;
}
