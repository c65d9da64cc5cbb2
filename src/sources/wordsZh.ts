import { grouped } from '../exact/grouped.ts';
import { message } from '../problems/messages/index.ts';
import { placeText, sheetText } from '../problems/problem.ts';
import type { Example, Issue } from './issues.ts';
import type { SourcePlace } from './model.ts';
import type { SourceWords } from './words.ts';

const list = (names: readonly string[]): string => (names.length === 0 ? '无' : names.join('、'));
const rowOf = ({ sheet, row }: SourcePlace): string => `${sheetText(sheet)} 第 ${row} 行`;
const shown = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;
const number = (n: number): string => grouped(String(n));

function such(examples: readonly Example[], count: number): string {
  const told = examples.map(({ key, value }) => `${key === '' ? '?' : key}：${shown(value)}`).join('，');
  return count > examples.length ? `${told}，另有 ${number(count - examples.length)} 个` : told;
}

export const ZH: SourceWords = {
  severity: { error: '错误', doubt: '存疑', note: '提示' },
  mode: { replace: '替换', merge: '合并' },
  type: { number: '数字', text: '文本', date: '日期', logical: '逻辑值' },
  fault: {
    'missing-file': (file) => `找不到文件 ${file}。路径以工作簿所在文件夹为起点。`,
    'not-readable': (code) => `无法读取文件（${code}）。`,
    'bad-file': (what) => `返回的内容不是可读的文本（${what}）。`,
    'no-table': (what) => `工作簿中没有数据表 ${what}。请写成 文件.xlsx#数据表。`,
    'bad-address': () => '这不是可以访问的地址。',
    'not-https': (scheme) => `只访问 https 地址，不访问 ${scheme}。`,
    'user-in-address': () =>
      '地址中带有用户名或密码。请勿写入工作簿：用选项“用户”写用户名，用“密码”或“令牌”写密钥的名称。',
    'secret-in-address': (name) =>
      `地址中的参数 ${name} 疑似密钥。请勿写入工作簿，改用选项“令牌”写密钥的名称。`,
    'no-secret': (name) =>
      `没有名为 ${name} 的密钥。请用 --secret ${name}=env:变量名 或 --secret ${name}=file:路径 提供，或设置环境变量 ALLOT_SECRET_${name.toUpperCase()}。`,
    'secret-elsewhere': (what) => `该密钥只用于另一主机（${what}），不会发往此处。`,
    unreachable: (code) => `无法连接${code === '' ? '' : `（${code}）`}。`,
    timeout: () => '等待超时，没有收到答复。可用 --timeout 秒数 延长等待时间。',
    status: (status) =>
      `服务器返回 ${status}${status === '401' || status === '403' ? '：令牌未被接受' : ''}。`,
    'cut-off': () => '答复在结束之前中断。',
    'too-large': (limit) => `答复过大（超过 ${limit}）。`,
    redirect: (to) => `服务器指向其他地址${to === '' ? '' : `（${to}）`}，未予跟随。`,
    'bad-json': () => '答复不是 JSON。',
    'no-rows': (path) =>
      path === ''
        ? '答复中没有数据列表，或不止一个。请用选项“数据”写明路径。'
        : `答复中 ${path} 处没有列表。`,
    'bad-row': (row) => `第 ${row} 行与其他行的形式不同，数据可能不完整。`,
    paging: (at) => `分页没有尽头，或下一页没有地址（${at}）。`,
    'bad-wsdl': (what) => `无法理解服务描述（WSDL）：${what}`,
    'no-operation': (name) => `服务没有操作 ${shown(name)}。请在“查询”中写 操作名 或 操作名(参数 = 值)。`,
    'soap-fault': (what) => `服务报告错误：${what}`,
    database: (what) => `数据库报告错误：${what}`,
    'not-a-query': () => '请在“查询”中写一条查询语句（select …）或表名。',
    'no-driver': (name) => `没有安装软件包 ${name}。请运行：npm install ${name}`,
    'bad-option': (name) => `选项 ${name} 缺失或无法理解。`,
  },
  misfit: {
    type: (expected) => `不是${expected ?? '可用的值'}`,
    'date-amount': () => '像是日期，而此列应为数字',
    digits: () => '的位数超过单元格所能保存的 15 位',
    zone: () => '带有时区；请用选项“时区”写明工作簿所用时区，如 时区 = +08:00',
    'error-value': () => '是错误值',
    'long-text': () => '超过单元格的长度上限（32,767 个字符）',
  },
  headings: { table: '数据表', column: '列', rows: '行数', before: '之前', after: '之后' },
  tableHead: (table, kind, location, mode) => `${table}，来自 ${kind} ${location}（${mode}）`,
  counts: ({ fetched, added, changed, removed, locked }) =>
    `收到 ${number(fetched)} 行：新增 ${added} 行，更改 ${changed} 行，删除 ${removed} 行${
      locked === 0 ? '' : `；已锁定期间的 ${locked} 行保持不变`
    }`,
  changed: (key, heading, before, after) => `${key}：${heading} ${shown(before)} → ${shown(after)}`,
  added: (key) => `${key}：新增`,
  removed: (key) => `${key}：删除`,
  more: (count) => `……另有 ${number(count)} 行`,
  issue: (issue) => issueText(issue),
  nothingChanged: '数据没有变化，未写入任何内容。',
  nothingWritten: '未写入任何内容。',
  acceptHint: '如确认无误，可加 --accept 写入。',
  dryRun: '这是试运行，未写入任何内容。',
  refreshed: (tables, by) => `已刷新 ${tables.join('、')}，经办人 ${by}`,
  cli: {
    refresh: '按“数据源”工作表刷新数据表，要么全部写入，要么都不写入',
    out: '要写入的 .xlsx；不写则替换原工作簿',
    table: '只刷新此数据表。可多次指定',
    dryRun: '只显示将有的变化，不写入',
    accept: '虽有存疑之处（如金额变为十倍）仍然写入',
    by: (usual) => `经办人，记入台账（默认为“${usual}”）`,
    secret: '数据源所用的密钥：名称=env:变量名 或 名称=file:路径；名称@主机=… 只用于该主机。可多次指定',
    timeout: (seconds) => `等待答复的秒数（默认为 ${seconds}）`,
    fetching: '获取数据',
    badSecret: () => '请写 名称=env:变量名、名称=file:路径 或 名称@主机=env:变量名。',
    secretMissing: (text) => `无法取得密钥：${text}。`,
    badTimeout: '请填写秒数，如 30。',
    folderNeedsOut: '文件夹将写成工作簿：请用 --out 写明要写入的 .xlsx。',
    changedMeanwhile: '在此期间工作簿已被他人更改，未写入任何内容。请重新运行。',
  },
};

function issueText(issue: Issue): string {
  switch (issue.kind) {
    case 'no-sheet':
      return `没有说明数据来源的工作表（${issue.sheets.join(' 或 ')}）。`;
    case 'no-column':
      return `${rowOf(issue.at)}：没有“${issue.heading}”列。`;
    case 'bad-cell':
      return `${rowOf(issue.at)}：“${issue.heading}”中的 ${shown(issue.text)} 无法理解${
        issue.known.length === 0 ? '' : `，可写 ${issue.known.join('、')}`
      }。`;
    case 'unknown-table':
      return `${rowOf(issue.at)}：工作簿中没有数据表 ${shown(issue.table)}。`;
    case 'twice':
      return `${rowOf(issue.at)}：${issue.table} 已有数据源。`;
    case 'not-asked':
      return `${issue.table} 没有数据源。有数据源的是：${list(issue.tables)}。`;
    case 'fault': {
      const { table, location, reason, detail, problem } = issue;
      const at = problem?.at === undefined ? '' : `${placeText(problem.at)}：`;
      return `${table}（${location}）：${problem === null ? ZH.fault[reason](detail) : at + message(problem, 'zh-CN')}`;
    }
    case 'unknown-heading':
      return `${issue.table}：列对应中的 ${shown(issue.heading)} 不是该表的标题。`;
    case 'no-field':
      return `${issue.table}：数据源没有字段 ${shown(issue.field)}（用于 ${issue.heading}）。现有字段：${list(issue.fields)}。`;
    case 'unfilled':
      return `${issue.table}：数据源中没有字段对应 ${issue.heading}。请写 ${issue.heading} = 字段；如不需刷新，请写 ${issue.heading} =。现有字段：${list(issue.fields)}。`;
    case 'misfit': {
      const { table, heading, why, expected, count, examples } = issue;
      const what = ZH.misfit[why](expected === null ? null : ZH.type[expected]);
      return `${table} 的 ${heading}：有 ${number(count)} 个值${what}（${such(examples, count)}）。`;
    }
    case 'blank-key':
      return `${issue.table}：数据源有 ${number(issue.count)} 行没有编号 ${issue.heading}（第 ${issue.rows.join('、')} 行）。`;
    case 'same-key':
      return `${issue.table}：数据源有 ${number(issue.count)} 行的编号（${issue.heading}）与其他行重复：${issue.keys.join('、')}。`;
    case 'key-unfilled':
      return `${issue.table}：数据源必须提供该表的编号 ${issue.heading}。`;
    case 'orphan':
      return `${issue.table} 的 ${issue.heading}：有 ${number(issue.count)} 行的值在 ${issue.target} 中没有对应的编号（${such(issue.examples, issue.count)}）。`;
    case 'control':
      return `${issue.table}：${issue.heading === null ? '行数' : `${issue.heading} 的合计`}应为 ${grouped(issue.expected)}，实为 ${grouped(issue.found)}。`;
    case 'no-control':
      return `${issue.table}：无法取得${issue.heading === null ? '行数' : ` ${issue.heading} `}的控制合计 ${shown(issue.asked)}。`;
    case 'date-like':
      return `${issue.table} 的 ${issue.heading}：有 ${number(issue.count)} 个数字像是日期（${such(issue.examples, issue.count)}）。`;
    case 'jump': {
      const when = (month: string): string => (month === '' ? '' : `（${month}）`);
      const what = issue.heading === null ? '行数' : `${issue.heading} 的合计`;
      return `${issue.table}：${what}由 ${grouped(issue.before)}${when(issue.from)}变为 ${grouped(issue.now)}${when(issue.to)}，相差十倍以上。`;
    }
    case 'row-jump':
      return `${issue.table} 的 ${issue.heading}：有 ${number(issue.count)} 个值与此前相差十倍以上（${such(issue.examples, issue.count)}）。`;
    case 'emptied':
      return `${issue.table}：数据源没有任何数据，现有 ${number(issue.rows)} 行将全部删除。`;
    case 'locked': {
      const parts = [
        ...(issue.differ === 0 ? [] : [`数据源中有所不同的 ${number(issue.differ)} 行`]),
        ...(issue.missing === 0 ? [] : [`数据源中已没有的 ${number(issue.missing)} 行`]),
      ];
      return `${issue.table}：期间 ${issue.asOf} 已锁定（第 ${issue.run} 号发放），以下各行保持不变：${parts.join('，')}。`;
    }
    case 'late':
      return `${issue.table}：有 ${number(issue.count)} 行属于已锁定的期间 ${issue.asOf}（第 ${issue.run} 号发放）。补发差额请用“核查”页的“补差”，或 allot adjust --run ${issue.run}。`;
    case 'orphans-before':
      return `${issue.table} 的 ${issue.heading}：有 ${number(issue.count)} 行的值在 ${issue.target} 中没有对应的编号，刷新前即如此。`;
    default: {
      const never: never = issue;
      return never;
    }
  }
}
