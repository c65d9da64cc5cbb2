import { keywordOf } from '../../../grammar/keywords.ts';
import { type KeyDifference, placeText } from '../problem.ts';
import {
  type Catalogue,
  type FileSentences,
  isDoubledEquals,
  type KindWords,
  type SyntaxSentences,
  shown,
  type TokenWords,
} from './catalogue.ts';

const quote = (text: string): string => `“${shown(text)}”`;
const didYouMean = (suggestion: string): string => `您是不是要写“${shown(suggestion)}”？`;

const KINDS: KindWords = {
  blank: '空白',
  number: '数字',
  text: '文本',
  date: '日期',
  logical: '逻辑值（TRUE/FALSE）',
  'number or date': '数字或日期',
  'number or logical': '数字或逻辑值',
};

const TOKENS: TokenWords = {
  name: '名称',
  '[name]': '方括号内的名称',
  '[@name]': '[@名称]',
  number: '数字',
  percent: '百分数',
  text: '带引号的文本',
  date: '日期（如 2026-01-31）',
  operator: '运算符',
  value: '值',
};

function tokenText(token: string): string {
  return TOKENS[token] ?? `“${keywordOf(token)?.zh ?? token}”`;
}

function expectedText(expected: readonly string[] | undefined): string {
  if (expected === undefined || expected.length === 0) return '';
  const words = expected.map(tokenText);
  const [only = ''] = words;
  return words.length < 2 ? only : `${words.slice(0, -1).join('、')}或${words.at(-1) ?? ''}`;
}

const SYNTAX: SyntaxSentences = {
  unexpected: (data) => {
    const { found, expected } = data;
    if (isDoubledEquals(data)) return '只需写一个等号。请删除第二个。';
    const wanted = expectedText(expected);
    const what = found === undefined ? '此处有不应出现的内容' : `此处不应出现${quote(found)}`;
    return wanted === '' ? `${what}，请删除，或对照语言说明检查本行。` : `${what}，应为${wanted}。`;
  },
  missing: ({ expected }) => {
    const wanted = expectedText(expected);
    return `本行不完整：此处缺少${wanted === '' ? '内容' : wanted}，请补充。`;
  },
  indentation: () =>
    '缩进与上方的语句不对应。请按每级两个空格（规则表中为每级右移一列）缩进，并放在带有明细行的语句之下。',
  'no-body': () => '该语句下方至少需要一行明细，并缩进一级。请补充明细行，或删除该语句。',
  'unclosed-text': () => '文本从此处开始但没有结束。请补上与开头配对的引号。',
  'unclosed-bracket': () => '此处的括号没有闭合。请补上右括号。',
  'bad-date': ({ found }) =>
    `${found === undefined ? '此处' : quote(found)}不是有效日期。请填写实际存在的日期（如 2026-01-31）或时间（如 2026-01-31 09:30）。`,
  'bad-character': ({ found, hint }) =>
    `${found === undefined ? '该字符' : quote(found)}不能用于规则。${hint === undefined ? '请删除；如属于名称的一部分，请把整个名称写在方括号内：[名称]。' : ''}`,
  'too-deep': () => '表达式过长或嵌套过深。请拆分为多条规则。',
  'second-cell': () =>
    '规则表中每行的 A 至 C 列只能有一个单元格有内容。请把此单元格移到 D 列及以后，或另起一行。',
  'line-break': () => '规则单元格只能写一行。请删除换行，或把其余内容移到下一行。',
  formula: () => '规则单元格中应为文本，不能是公式。请直接填写规则本身。',
  'not-text': () => '规则单元格中应为文本。请以文本形式填写；如被 Excel 自动转换，请在前面加英文单引号。',
  'needs-literal': () => '此处只能直接填写数字、文本或日期。请把计算移到单独的规则中。',
};

const FILE: FileSentences = {
  missing: () => '文件或文件夹不存在。请检查路径。',
  'not-readable': (detail) => `无法读取${inParens(detail)}。请确认您有权限打开，且文件未被占用。`,
  'not-zip': () => '这不是 .xlsx 工作簿。请用 Excel 打开并另存为“Excel 工作簿（.xlsx）”。',
  encrypted: () => '工作簿设有打开密码。请在 Excel 中取消密码后重新保存。',
  truncated: () => '文件不完整。请重新复制或下载。',
  bomb: (detail) =>
    `文件解压后的大小远超正常工作簿${inParens(detail)}，已停止打开。如确为您的文件，请用 Excel 重新保存。`,
  'not-workbook': (detail) =>
    `这是一个压缩文件，但不是 Excel 工作簿${inParens(detail)}。请用 Excel 另存为 .xlsx。`,
  'broken-part': (detail) =>
    `工作簿中有部分内容无法识别${inParens(detail)}。请用 Excel 打开并修复后重新保存。`,
  'broken-quote': (detail) =>
    `带引号的字段没有闭合，或闭合后还有文字${inParens(detail)}。请改正引号；字段中的引号须写成两个。`,
  'long-row': (detail) =>
    `有一行的字段多于标题，其中的数字疑似被千位分隔符拆开${inParens(detail)}。请把 1,000 写成 1000。`,
  encoding: (detail) =>
    `文件编码无法识别${inParens(detail)}，应为 UTF-8、UTF-16 或 GB18030。请另存为“CSV UTF-8”后重试。`,
  'no-rules': () => '没有找到规则。请添加名为“规则”的工作表（文件夹中为 .allot 文件）并写入规则。',
  'not-writable': (detail) => `无法写入${inParens(detail)}。请检查路径；如文件已在 Excel 中打开，请先关闭。`,
  'not-written': (detail) =>
    `未写入任何内容${inParens(detail)}，工作簿保持原样。请退出正在编辑的单元格，取消工作表保护后重试。`,
  'half-written': (detail) =>
    `写入失败，且未能全部恢复${inParens(detail)}。请在工作簿中撤销，或不保存直接关闭。`,
  'formula-cell': (detail) =>
    `待刷新的数据表中有单元格含公式${inParens(detail)}。请把公式放在数据表旁边的列中，或改为数值。`,
  'no-room': (detail) =>
    `待刷新的数据表需要更多行，但下方已有内容${inParens(detail)}。请把数据表下方的内容（如汇总行）移到别处。`,
  unsupported: (detail) => `不支持${inParens(detail)}。请使用 .xlsx 工作簿或 CSV 文件夹。`,
};

/** What the system says, where people would not know its word for it. */
const SYSTEM: TokenWords = {
  EACCES: '没有权限',
  EPERM: '没有权限',
  EBUSY: '文件被占用',
  EISDIR: '这是文件夹',
  ENOTDIR: '路径中有一段是文件',
  ENOENT: '文件夹不存在',
  ENOSPC: '磁盘空间不足',
  EROFS: '磁盘为只读',
};

function inParens(detail: string | undefined): string {
  if (detail === undefined || detail === '') return '';
  const said = shown(detail)
    .replace(/\brow (\d+)/, '第 $1 行')
    .replace(/^over (.+)$/, '超过 $1')
    .replace(/^(\d+) parts$/, '$1 个部件');
  return `（${SYSTEM[detail] ?? said}）`;
}

const FIRST_AT = (first: Parameters<typeof placeText>[0] | undefined): string =>
  first === undefined ? '' : `（首次出现于 ${placeText(first)}）`;

export const ZH_CN: Catalogue = {
  syntax: (data) =>
    `${SYNTAX[data.reason](data)}${data.hint === undefined || isDoubledEquals(data) ? '' : `您是不是要写 ${shown(data.hint)} ？`}`,
  'unknown-name': ({ name, table, suggestion }) => {
    const what =
      table === undefined
        ? `没有名为${quote(name)}的规则、列或名称。`
        : `数据表${quote(table)}中没有列${quote(name)}。`;
    if (suggestion !== undefined) return what + didYouMean(suggestion);
    return table !== undefined || name.startsWith('@')
      ? `${what}请检查拼写，或用规则定义它。`
      : `${what}请检查拼写，或用规则定义它；如为文本，请加引号，写成 "${shown(name, 20)}"。`;
  },
  'unknown-table': ({ name, suggestion }) =>
    `没有数据表${quote(name)}。${suggestion === undefined ? '请检查 Excel 表格或工作表的名称。' : didYouMean(suggestion)}`,
  'unknown-function': ({ name, suggestion, instead }) =>
    `没有名为${quote(name)}的函数或分档。${instead !== undefined ? `请写成 ${instead}。` : suggestion === undefined ? '请检查拼写，或定义同名分档。' : didYouMean(suggestion)}`,
  'wrong-arguments': ({ name, usage }) => `函数 ${shown(name)} 的参数有误。请写成 ${shown(usage, 120)}。`,
  'duplicate-name': ({ name, other, first }) => {
    switch (other) {
      case 'rule':
        return `${quote(name)}重复定义${FIRST_AT(first)}。请改名，或用“自”为较新的一条注明生效日期。`;
      case 'sheet column':
        return `${quote(name)}已是工作表中的列。计算列请使用其他名称。`;
      case 'function':
        return `${quote(name)}是函数名。请使用其他名称。`;
      case 'reserved':
        return `${quote(name)}有固定含义，不能定义。请使用其他名称。`;
      case 'unit':
        return `“精确到”写了两次${FIRST_AT(first)}。请只保留一行。`;
    }
  },
  'ambiguous-name': ({ name, tables }) =>
    `${tables.map((table) => quote(table)).join('、')}中都有列${quote(name)}。请写成 ${tables
      .map((table) => `${shown(table)}[${shown(name)}]`)
      .join(' 或 ')}；如指本语句的当前行，请写 [@${shown(name)}]。`,
  'column-outside-aggregate': ({ table, column }) =>
    `${shown(table)}[${shown(column)}] 是整列，而此处需要一个值。请放入 sum(…)、average(…)、lookup(…) 等汇总函数中。`,
  'duplicate-version': ({ name, from, first }) =>
    `${quote(name)}有两个${from === null ? '未注明生效日期的版本' : `自 ${from} 起生效的版本`}${FIRST_AT(first)}。请修改其中一个的日期，或删除一个。`,
  'no-version-in-force': ({ name, asOf }) =>
    `${quote(name)}在 ${asOf} 没有有效版本。请补充适用于该日的版本，或更换计薪日。`,
  cycle: ({ path }) =>
    `${path.map((name) => shown(name)).join(' → ')}：循环引用，计算时需要用到自身的结果。请改用其他数据计算其中一项。`,
  'type-mismatch': ({ expected, found, value }) =>
    `此处需要${KINDS[expected]}，实际为${value === undefined ? KINDS[found] : `${quote(value)}（${KINDS[found]}）`}。请改正${
      value === undefined ? '规则' : '单元格或规则'
    }。`,
  'weights-not-100': ({ name, total }) =>
    `${quote(name)}的权重合计为 ${total}。${total === '10000%' ? '权重请写成百分数：15% 而不是 15' : '请调整为正好 100%'}。`,
  'band-order': ({ reason }) => {
    switch (reason) {
      case 'not-rising':
        return '“不超过”“低于”的界限须逐行递增。请调整各行顺序。';
      case 'not-falling':
        return '“不低于”“高于”的界限须逐行递减。请调整各行顺序。';
      case 'mixed':
        return '同一分档只能用一类条件（“不超过/低于”、“不低于/高于”或文本），界限须同为数字或同为日期。请按其他行的写法修改。';
      case 'otherwise-last':
        return '“其余”须为分档的最后一行。请移到末尾。';
      case 'after-otherwise':
        return '本行在“其余”之后，永远不会用到。请移到“其余”之前。';
      case 'marginal':
        return '累进分档只能使用界限为数字且递增的“不超过”行和“其余”。请用“不超过”改写本行。';
    }
  },
  'unreachable-line': ({ reason }) =>
    reason === 'same-bound'
      ? '本行永远不会用到：与上一行界限相同。请修改界限或删除本行。'
      : '该文本在前面的行中已出现，本行永远不会用到。请只保留一处。',
  'band-open-ended': ({ name }) =>
    `分档${quote(name)}没有“其余”，超出最后一行时结果为空白。如非有意，请补充“其余”。`,
  'thousands-separator': ({ written, meant }) =>
    `数字不能带千位分隔符。请把 ${shown(written)} 写成 ${shown(meant)}。`,
  'duplicate-key': ({ table, first }) =>
    `该编号在数据表${quote(table)}中重复${FIRST_AT(first)}。请删除本行或更正编号。`,
  'blank-key': ({ table }) => `数据表${quote(table)}的这一行没有编号。请填写编号，或清空整行。`,
  'duplicate-heading': ({ heading, first }) =>
    `规则无法区分两个列标题${quote(heading)}${FIRST_AT(first)}。请修改其中一个（不区分大小写，_ 与空格视为相同）。`,
  'cell-error': ({ value }) =>
    value === '#GETTING_DATA'
      ? '单元格中的公式尚未计算。请用 Excel 打开工作簿并保存。'
      : `单元格显示错误值 ${shown(value)}。请更正公式或填写数值。`,
  orphan: ({ value, table, differs }) =>
    differs !== undefined
      ? differenceText(value, table, differs)
      : `${quote(value)}不是数据表${quote(table)}中的编号。请更正，或在该表中补充一行。`,
  'not-found': ({ value, table, leftOut, differs }) =>
    differs !== undefined
      ? differenceText(value, table, differs)
      : leftOut
        ? `数据表${quote(table)}中有编号${quote(value)}，但被该表的“其中”条件排除。请更正编号，或放宽该表的条件。`
        : `在数据表${quote(table)}中查不到编号${quote(value)}。请更正编号，或在该表中补充一行。`,
  'not-settled': ({ value, unit }) => `${value} 不是 ${unit} 的整数倍，无法发放。请用 round(…) 取整。`,
  'time-of-day': ({ column }) =>
    `${quote(column)}含有时刻，而不带时刻的日期指当天零点，当天其余时间会被排除。如非有意，请写 date(${shown(column)})。`,
  'blank-value': () => '此处没有值，空白不等于零。请填写单元格；如应按零计算，请写 default(…, 0)。',
  'division-by-zero': () =>
    '不能除以零，也不能以零为单位取整。请更正规则或单元格，或用“其中”或 if(…) 排除这类行。',
  'not-an-integer': ({ value }) => `此处需要整数，实际为 ${shown(value)}。请改用整数或先取整。`,
  'lookup-not-unique': ({ table }) =>
    `数据表${quote(table)}中有多行符合条件。请缩小条件范围，或删除多余的行。`,
  'overlapping-definitions': ({ name, table, first }) =>
    `数据表${quote(table)}的这一行同时适用${quote(name)}的两条定义${first === undefined ? '' : `（另一条在 ${placeText(first)}）`}。请修改“其中”条件，使其只适用一条。`,
  'score-out-of-range': ({ value, scale }) =>
    `评分项的值 ${value} 不在 0 至 ${scale} 之间。请更正数据，或用“满分”注明分制。`,
  'check-failed': ({ message, condition }) =>
    message !== undefined
      ? `核对未通过：${shown(message, 200).replace(/[.。!！]$/, '')}。请更正数据或相关规则。`
      : `核对未通过${condition === '' ? '' : `：${shown(condition, 120)}`}。请更正数据或相关规则。`,
  'negative-pool': ({ value }) => `待分配总额为 ${value}，负数无法分配。请更正，或写 max(…, 0)。`,
  'negative-weight': ({ value }) => `权重为 ${value}，权重不能为负。请更正，或写 max(…, 0)。`,
  'floor-above-cap': ({ floor, cap }) => `保底 ${floor} 高于封顶 ${cap}。请降低保底或提高封顶。`,
  'floors-exceed-pool': ({ floors, pool }) =>
    `保底合计 ${floors}，超过待分配总额 ${pool}。请降低保底或增加总额。`,
  'no-weight': ({ pool }) => `没有人有权重，${pool} 无法分配。请检查权重或“其中”条件。`,
  'too-large': () =>
    '此处的结果过大：数值超过 2000 位，或日期不在公元 1 年至 9999 年之间。请在计算过程中取整，或减小指数、天数或月数。',
  file: ({ reason, detail }) => FILE[reason](detail),
};

function differenceText(value: string, table: string, differs: KeyDifference): string {
  switch (differs) {
    case 'text':
      return `${quote(value)}是文本，而数据表${quote(table)}的编号是数字。请统一为数字或统一为文本。`;
    case 'number':
      return `${quote(value)}是数字，而数据表${quote(table)}的编号是文本。请统一为文本或统一为数字。`;
    case 'space':
      return `${quote(value)}与数据表${quote(table)}的编号只差首尾的空格。请删除空格。`;
  }
}
