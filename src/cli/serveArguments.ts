import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Language } from '../problems/messages/index.ts';
import type { ServeRequest } from './request.ts';

interface ServeArgumentTexts {
  readonly about: string;
  readonly books: string;
  readonly port: string;
  readonly host: string;
  readonly tokenFile: string;
  readonly timeout: string;
  readonly maxBody: string;
  /** What holds where nothing is said. */
  readonly usual: (value: number | string) => string;
  readonly badPort: string;
  readonly badTimeout: string;
  readonly badMaxBody: string;
}

const TEXTS: Readonly<Record<Language, ServeArgumentTexts>> = {
  en: {
    about: 'Answer other systems over HTTP: evaluate, explain and verify (its /v1/openapi.json says how)',
    books: 'books to be asked for by their names; of a folder without rules, every book in it',
    port: 'the port to listen at; 0 takes any free one',
    host: 'the address to listen at; other machines reach none that begins with 127.',
    tokenFile: 'a file with the token that requests must have (default: ALLOT_TOKEN, else one is made)',
    timeout: 'seconds that an answer may take',
    maxBody: 'MiB that a request may have',
    usual: (value) => ` (default: ${value})`,
    badPort: 'Write a port from 0 to 65535.',
    badTimeout: 'Write whole seconds, from 1 to 99999.',
    badMaxBody: 'Write whole MiB, from 1 to 1024.',
  },
  'zh-CN': {
    about: '通过 HTTP 供其他系统调用：计算、解释和核验（用法见其 /v1/openapi.json）',
    books: '按名称供调用的工作簿；若为不含规则的文件夹，则提供其中所有工作簿',
    port: '监听的端口；0 表示任选一个空闲端口',
    host: '监听的地址；以 127. 开头的地址只有本机能访问',
    tokenFile: '存放令牌的文件，请求须带此令牌（默认：ALLOT_TOKEN，否则自动生成）',
    timeout: '每个请求最多用时（秒）',
    maxBody: '每个请求正文的上限（MiB）',
    usual: (value) => `（默认：${value}）`,
    badPort: '请填写 0 到 65535 的端口。',
    badTimeout: '请填写 1 到 99999 的整秒数。',
    badMaxBody: '请填写 1 到 1024 的整数（MiB）。',
  },
};

const PORT = 4180;
const HOST = '127.0.0.1';
const SECONDS = 120;
const MEBIBYTES = 32;

/** Adds `allot serve`. */
export function addServe(
  program: Command,
  lang: Option,
  help: string,
  language: Language,
  ask: (request: ServeRequest) => void,
): void {
  const t = TEXTS[language];
  const whole = (flags: string, about: string, least: number, most: number, bad: string, usual: number) =>
    new Option(flags, about + t.usual(usual)).argParser((text) => {
      const n = /^\d{1,5}$/.test(text) ? Number(text) : -1;
      if (n < least || n > most) throw new InvalidArgumentError(bad);
      return n;
    });
  program
    .command('serve')
    .description(t.about)
    .helpOption('-h, --help', help)
    .argument('[BOOK|FOLDER...]', t.books)
    .addOption(whole('--port <NUMBER>', t.port, 0, 65_535, t.badPort, PORT))
    .addOption(new Option('--host <ADDRESS>', t.host + t.usual(HOST)))
    .option('--token-file <FILE>', t.tokenFile)
    .addOption(whole('--timeout <SECONDS>', t.timeout, 1, 99_999, t.badTimeout, SECONDS))
    .addOption(whole('--max-body <MIB>', t.maxBody, 1, 1024, t.badMaxBody, MEBIBYTES))
    .addOption(lang)
    .action(
      (
        books: readonly string[],
        options: {
          readonly port?: number;
          readonly host?: string;
          readonly tokenFile?: string;
          readonly timeout?: number;
          readonly maxBody?: number;
        },
      ) => {
        const {
          port = PORT,
          host = HOST,
          tokenFile = null,
          timeout = SECONDS,
          maxBody = MEBIBYTES,
        } = options;
        ask({ kind: 'serve', language, books, port, host, tokenFile, timeout: timeout * 1000, maxBody });
      },
    );
}
