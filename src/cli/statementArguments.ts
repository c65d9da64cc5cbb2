import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Anchor, readAnchor } from '../audit/anchor.ts';
import { statementMessages } from '../audit/statements/messages.ts';
import type { Language } from '../problems/messages/index.ts';
import { type Common, several } from './compareArguments.ts';
import type { StatementsRequest, VerifyStatementRequest } from './request.ts';
import type { Texts } from './texts.ts';

interface Options {
  readonly asOf: number;
  readonly out: string;
  readonly key?: readonly string[];
  readonly json?: boolean;
}

export function addStatements(
  program: Command,
  { command, asOf, json }: Pick<Common, 'command' | 'asOf' | 'json'>,
  lang: Option,
  t: Texts,
  language: Language,
  ask: (request: StatementsRequest | VerifyStatementRequest) => void,
): void {
  const say = statementMessages(language);
  command('statements', say.about)
    .addOption(asOf)
    .addOption(new Option('--out <FOLDER>', say.out).makeOptionMandatory())
    .addOption(several('--key <KEY>', say.key))
    .option('--json', json)
    .action((book: string, { asOf: day, out, key = [], json: asJson = false }: Options) => {
      ask({ kind: 'statements', book, language, asOf: day, out, keys: key, json: asJson });
    });
  program
    .command('verify-statement')
    .description(say.aboutVerify)
    .helpOption('-h, --help', t.help)
    .argument('<FILE>', say.file)
    .addOption(lang)
    .addOption(
      new Option('--anchor <LINE>', t.anchor).argParser((text) => {
        const anchor = readAnchor(text);
        if (anchor === null) throw new InvalidArgumentError(t.badAnchor);
        return anchor;
      }),
    )
    .option('--json', json)
    .allowExcessArguments(false)
    .action((file: string, options: { readonly anchor?: Anchor; readonly json?: boolean }) => {
      const { anchor = null, json: asJson = false } = options;
      ask({ kind: 'verify-statement', file, language, anchor, json: asJson });
    });
}
