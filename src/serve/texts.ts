import type { Language } from '../problems/messages/index.ts';

/** What the server says: in answers, and on the terminal. */
export interface ServeTexts {
  readonly badJson: string;
  /** What may be wrong with a body that is JSON. */
  readonly body: {
    readonly missing: (member: string) => string;
    readonly unknown: (member: string) => string;
    readonly type: (type: string) => string;
    readonly empty: string;
    readonly day: string;
    readonly pattern: string;
    readonly cell: string;
    readonly either: string;
    readonly other: string;
    readonly tableTwice: (name: string) => string;
    readonly nameTwice: (name: string) => string;
    readonly longRow: (cells: number, columns: number) => string;
    readonly lacking: (most: number) => string;
    readonly bigInteger: string;
    readonly key: string;
  };
  readonly token: string;
  readonly route: string;
  readonly method: (allowed: string) => string;
  readonly type: string;
  readonly tooLong: (mebibytes: number) => string;
  readonly host: string;
  readonly unknownBook: (name: string, meant: string | undefined) => string;
  readonly rulesOrData: (errors: number) => string;
  readonly internal: string;
  readonly busy: string;
  readonly timedOut: (seconds: number) => string;
  readonly outOfMemory: string;
  readonly stopping: string;
  // On the terminal.
  readonly serving: (address: string, books: number) => string;
  readonly onlyInline: (address: string) => string;
  readonly madeToken: (token: string) => string;
  readonly openToOthers: (host: string) => string;
  readonly waiting: string;
  readonly stopped: string;
  readonly failed: (what: string) => string;
  readonly sameName: (names: readonly string[]) => string;
  readonly badToken: string;
  readonly portTaken: (port: number) => string;
  readonly cannotListen: (host: string, why: string) => string;
}

const EN: ServeTexts = {
  badJson: 'Send one JSON object in UTF-8.',
  body: {
    missing: (member) => `“${member}” is missing.`,
    unknown: (member) => `“${member}” means nothing here. GET /v1/openapi.json says what is taken.`,
    type: (type) => `This must be: ${type}.`,
    empty: 'This must not be empty.',
    day: 'Write a day of the calendar as 2026-03-31.',
    pattern: 'This is not written as it must be. GET /v1/openapi.json says how.',
    cell: 'A cell is null, true, false, a number, a text, { "number": "12.50" } or { "date": "2026-03-31" }.',
    either: 'Give either “book”, or “rules” with its “tables” and “names”.',
    other: 'This is not as it must be. GET /v1/openapi.json says how.',
    nameTwice: (name) => `There are two names “${name}”.`,
    tableTwice: (name) => `There are two tables called “${name}”.`,
    longRow: (cells, columns) => `The row has ${cells} cells, the table ${columns} columns.`,
    lacking: (most) =>
      `The rows of the tables lack more than ${most} cells. Leave out columns and rows that hold nothing.`,
    bigInteger:
      'A JSON number holds whole numbers up to 9007199254740991 exactly. Write { "number": "…" }, or a text for an identifier.',
    key: 'This is no public key. `allot keys` prints one: allot-key:…',
  },
  token: 'Send the header Authorization: Bearer TOKEN with the token that the server was started with.',
  route: 'GET /v1/openapi.json says what there is.',
  method: (allowed) => `Use ${allowed}.`,
  type: 'Send the header Content-Type: application/json.',
  tooLong: (mebibytes) => `At most ${mebibytes} MiB are taken. --max-body sets another limit.`,
  host: 'The server listens to this machine only: ask for localhost, 127.0.0.1 or [::1] with its port.',
  unknownBook: (name, meant) =>
    `No book “${name}” is served.${meant === undefined ? ' GET /v1/books lists them.' : ` Did you mean “${meant}”?`}`,
  rulesOrData: (n) =>
    n === 1
      ? 'There is 1 error, so there are no results. `problems` says where.'
      : `There are ${n} errors, so there are no results. \`problems\` says where.`,
  internal: 'This is a defect of Allot, not of your request. The terminal of the server says more.',
  busy: 'Ask again in a moment.',
  timedOut: (seconds) => `It was not done within ${seconds} seconds. --timeout sets another limit.`,
  outOfMemory:
    'Send less at once, or start the server with NODE_OPTIONS=--max-old-space-size=4096 (MiB) or more.',
  stopping: 'Ask again when it has been started anew.',
  serving: (address, books) => `Serving ${books === 1 ? '1 book' : `${books} books`} at ${address}`,
  onlyInline: (address) => `Serving no book, only rules and tables that are sent, at ${address}`,
  madeToken: (token) =>
    `Token for this run (it is not shown again; --token-file or ALLOT_TOKEN sets one of yours):\n${token}`,
  openToOthers: (host) =>
    `Warning: ${host} can be reached from other machines, and what is sent is not encrypted. Put a proxy with https before it.`,
  waiting: 'Stopping: what runs is finished first. Ctrl+C once more stops at once.',
  stopped: 'Stopped.',
  failed: (what) => `A request failed: ${what}`,
  sameName: (names) =>
    `More than one book is called ${names.map((name) => `“${name}”`).join(', ')}. Books are asked for by their names: rename one, or leave it out.`,
  badToken: 'A token is one line of at least 16 letters, digits and -._~+/ characters.',
  portTaken: (port) => `Port ${port} is taken. Choose another with --port; --port 0 takes any free one.`,
  cannotListen: (host, why) => `It cannot listen at ${host}: ${why}.`,
};

const ZH: ServeTexts = {
  badJson: '请以 UTF-8 编码发送一个 JSON 对象。',
  body: {
    missing: (member) => `缺少“${member}”。`,
    unknown: (member) => `不支持“${member}”。可用的内容见 GET /v1/openapi.json。`,
    type: (type) => `此处的类型必须是 ${type}。`,
    empty: '此处不能为空。',
    day: '请填写有效日期，如 2026-03-31。',
    pattern: '此处的写法不对，正确写法见 GET /v1/openapi.json。',
    cell: '单元格可以是 null、true、false、数字、文本、{ "number": "12.50" } 或 { "date": "2026-03-31" }。',
    either: '请提供“book”，或者提供“rules”及其“tables”和“names”，两者只能选一。',
    other: '此处不符合要求，详见 GET /v1/openapi.json。',
    nameTwice: (name) => `有两个名称都是“${name}”。`,
    tableTwice: (name) => `有两个数据表都叫“${name}”。`,
    longRow: (cells, columns) => `该行有 ${cells} 个单元格，而数据表只有 ${columns} 列。`,
    lacking: (most) => `各数据表的行共缺少超过 ${most} 个单元格。请去掉没有内容的列和行。`,
    bigInteger:
      'JSON 数字最多只能精确表示到 9007199254740991 的整数。请写成 { "number": "…" }；如果是编号，请写成文本。',
    key: '这不是公钥。公钥由 `allot keys` 显示，形如 allot-key:…',
  },
  token: '请发送请求头 Authorization: Bearer 令牌，令牌为启动服务器时所用的令牌。',
  route: '可用的接口见 GET /v1/openapi.json。',
  method: (allowed) => `请使用 ${allowed}。`,
  type: '请发送请求头 Content-Type: application/json。',
  tooLong: (mebibytes) => `最多接受 ${mebibytes} MiB，可用 --max-body 调整上限。`,
  host: '服务器只供本机使用：请访问 localhost、127.0.0.1 或 [::1] 及其端口。',
  unknownBook: (name, meant) =>
    `没有提供名为“${name}”的工作簿。${meant === undefined ? '可用的工作簿见 GET /v1/books。' : `是否想写“${meant}”？`}`,
  rulesOrData: (n) => `有 ${n} 个错误，因此没有结果。具体位置见 problems。`,
  internal: '这是 Allot 自身的错误，与您的请求无关。详情见服务器的终端。',
  busy: '请稍后再试。',
  timedOut: (seconds) => `未能在 ${seconds} 秒内完成，可用 --timeout 调整时限。`,
  outOfMemory:
    '请减少一次发送的数据量，或以 NODE_OPTIONS=--max-old-space-size=4096（MiB）或更大的值启动服务器。',
  stopping: '请在服务器重新启动后再试。',
  serving: (address, books) => `正在提供 ${books} 个工作簿：${address}`,
  onlyInline: (address) => `未提供工作簿，只计算随请求发送的规则和数据表：${address}`,
  madeToken: (token) =>
    `本次运行的令牌（只显示这一次；可用 --token-file 或 ALLOT_TOKEN 指定自己的令牌）：\n${token}`,
  openToOthers: (host) =>
    `警告：其他计算机可以访问 ${host}，而且传输内容未加密。请在前面设置使用 https 的代理。`,
  waiting: '正在停止：先完成正在处理的请求。再按一次 Ctrl+C 立即停止。',
  stopped: '已停止。',
  failed: (what) => `一个请求失败：${what}`,
  sameName: (names) =>
    `有多个工作簿都叫${names.map((name) => `“${name}”`).join('、')}。请求按名称指定工作簿：请改名，或去掉其中一个。`,
  badToken: '令牌应为一行，至少 16 个字符，只含字母、数字和 -._~+/。',
  portTaken: (port) => `端口 ${port} 已被占用。请用 --port 另选端口；--port 0 表示任选一个空闲端口。`,
  cannotListen: (host, why) => `无法在 ${host} 上监听：${why}。`,
};

const BY_LANGUAGE: Readonly<Record<Language, ServeTexts>> = { en: EN, 'zh-CN': ZH };

export const texts = (language: Language): ServeTexts => BY_LANGUAGE[language];
