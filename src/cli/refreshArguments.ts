import { type Command, Option } from 'commander';
import type { Language } from '../problems/messages/index.ts';
import { sourceWords } from '../sources/words.ts';
import { type Common, several } from './compareArguments.ts';
import type { RefreshRequest } from './request.ts';
import { secretOption } from './secrets.ts';
import { TIMEOUT, timeoutOption } from './servers.ts';
import { texts } from './texts.ts';

interface Options {
  readonly out?: string;
  readonly table?: readonly string[];
  readonly dryRun?: true;
  readonly accept?: true;
  readonly by?: string;
  readonly sign?: string;
  readonly secret?: readonly string[];
  readonly timeout?: number;
  readonly json?: true;
}

/** Who a refresh is by where nobody says so: a timetable runs it. */
const NOBODY = 'allot refresh';

export function addRefresh(
  { command, json: jsonText, workbookName }: Pick<Common, 'command' | 'json' | 'workbookName'>,
  language: Language,
  ask: (request: RefreshRequest) => void,
): Command {
  const t = sourceWords(language).cli;
  return command('refresh', t.refresh)
    .addOption(new Option('--out <NEW.xlsx>', t.out).argParser(workbookName))
    .addOption(several('--table <NAME>', t.table))
    .option('--dry-run', t.dryRun)
    .option('--accept', t.accept)
    .option('--by <NAME>', t.by(NOBODY))
    .option('--sign <KEYFILE>', texts(language).sign)
    .addOption(secretOption(language))
    .addOption(timeoutOption(language))
    .option('--json', jsonText)
    .action((book: string, options: Options) => {
      const { out = null, table = [], dryRun, accept, by = NOBODY, sign = '', secret = [] } = options;
      ask({
        kind: 'refresh',
        book,
        language,
        out,
        only: table,
        dryRun: dryRun === true,
        accept: accept === true,
        by,
        sign: sign === '' ? null : sign,
        secrets: secret,
        timeout: options.timeout ?? TIMEOUT,
        json: options.json === true,
      });
    });
}
