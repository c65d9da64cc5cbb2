import { type Command, InvalidArgumentError, Option } from 'commander';
import { deliveryWords } from '../delivery/words.ts';
import type { Language } from '../problems/messages/index.ts';
import { type Common, several } from './compareArguments.ts';
import type { DeliverRequest } from './request.ts';
import { secretOption } from './secrets.ts';
import { TIMEOUT, timeoutOption } from './servers.ts';
import { texts } from './texts.ts';

interface Options {
  readonly run?: string;
  readonly only?: readonly string[];
  readonly by?: string;
  readonly out?: string;
  readonly dryRun?: true;
  readonly again?: true;
  readonly sign?: string;
  readonly secret?: readonly string[];
  readonly timeout?: number;
  readonly json?: true;
}

/** Who a delivery is by where nobody says so: a timetable runs it. */
const NOBODY = 'allot deliver';

export function addDeliver(
  { command, json: jsonText, workbookName }: Pick<Common, 'command' | 'json' | 'workbookName'>,
  language: Language,
  ask: (request: DeliverRequest) => void,
): Command {
  const t = deliveryWords(language).cli;
  const run = (text: string): string => {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError(texts(language).badRun);
    return text;
  };
  return command('deliver', t.deliver)
    .addOption(new Option('--run <NUMBER>', t.run).argParser(run))
    .addOption(several('--only <NAME>', t.only))
    .option('--by <NAME>', t.by(NOBODY))
    .addOption(new Option('--out <NEW.xlsx>', t.out).argParser(workbookName))
    .option('--dry-run', t.dryRun)
    .option('--again', t.again)
    .option('--sign <KEYFILE>', texts(language).sign)
    .addOption(secretOption(language))
    .addOption(timeoutOption(language))
    .option('--json', jsonText)
    .action((book: string, options: Options) => {
      const { run: number = null, only = [], by = NOBODY, out = null, sign = '', secret = [] } = options;
      ask({
        kind: 'deliver',
        book,
        language,
        run: number,
        only,
        by,
        out,
        dryRun: options.dryRun === true,
        again: options.again === true,
        sign: sign === '' ? null : sign,
        secrets: secret,
        timeout: options.timeout ?? TIMEOUT,
        json: options.json === true,
      });
    });
}
