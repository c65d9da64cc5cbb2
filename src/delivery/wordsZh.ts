import { auditWords } from '../audit/words.ts';
import { exactText } from '../exact/decimal.ts';
import { grouped } from '../exact/grouped.ts';
import { message } from '../problems/messages/index.ts';
import { type Problem, placeText, sheetText } from '../problems/problem.ts';
import { sourceWords } from '../sources/words.ts';
import type { Content, DeliveryPlace, Refused, Stop } from './model.ts';
import type { DeliveryWords } from './words.ts';

const list = (names: readonly string[]): string => (names.length === 0 ? '无' : names.join('、'));
const rowOf = ({ sheet, row }: DeliveryPlace): string => `${sheetText(sheet)} 第 ${row} 行`;
const shown = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;
const number = (n: number): string => grouped(String(n));
const such = (members: readonly string[], count: number): string =>
  members.join('、') + (count > members.length ? ` 等 ${number(count)} 项` : '');
const totals = ({ amounts, totals: all }: Content): string =>
  `${number(amounts)} 笔${all.map(([name, total]) => `，${name} 合计 ${grouped(exactText(total))}`).join('')}`;
const problemText = (problem: Problem): string =>
  `${problem.at === undefined ? '' : `${placeText(problem.at)}：`}${message(problem, 'zh-CN')}`;

export const ZH: DeliveryWords = {
  head: ({ kind, number: n, asOf, adjusts, run }) =>
    `第 ${n} 号${kind === 'payment' ? '发放' : `补差（第 ${adjusts ?? ''} 号发放）`}，计薪日 ${asOf}（${run}）`,
  place: (name, kind, location) => `${name}（${kind} ${location}）`,
  stop: (stop) => stopText(stop),
  refused: (refused) => refusedText(refused),
  delivered: (content) => `已送达：${totals(content)}`,
  there: (content) => `对方已有，且与此处一致：${totals(content)}`,
  before: (row, time, same) =>
    `此前已送达（台账第 ${row} 号，${time}），如需重送请加 --again${same ? '' : '。若现在发送，内容会有不同：数据表的列此后有改动'}`,
  would: (content) => `将送出：${totals(content)}`,
  notDelivered: (why) => `未送达。${why}`,
  unrecorded: (why) => {
    const again = '请再运行一次：不会重复支付，台账也会补记。';
    switch (why.kind) {
      case 'changed-meanwhile':
        return `对方已收到，但其间工作簿被他人改动，台账未能记下。${again}`;
      case 'file':
        return `对方已收到，但台账未能记下：${problemText(why.problem)}${again}`;
      case 'refusal':
        return `对方已收到，但台账未能记下：${auditWords('zh-CN').refusal(why.refusal)}`;
      default: {
        const never: never = why;
        return never;
      }
    }
  },
  changed: ({ table, count, members }) =>
    `${table} 有 ${number(count)} 行在发放后有改动（${such(members, count)}）；所送各列取现在的值。`,
  owing: (runs) =>
    `对方尚无：${runs.map(({ kind, run, asOf }) => `第 ${run} 号${kind === 'payment' ? '发放' : '补差'}（${asOf}）`).join('、')}。可用 --run 送出。`,
  more: (rows) => `…… 另有 ${number(rows)} 行`,
  dryRun: '这是试运行：没有送出任何内容。',
  nothingNew: '台账中已有记载，未写入工作簿。',
  failed: '有去向尚未送达。排除原因后请再运行一次：不会重复支付。',
  cli: {
    deliver: '把某次发放的金额送往“结果推送”表所列的各个去向',
    run: '台账中的发放号或补差号（默认为最近一次）',
    only: '只送往此去向。可多次指定',
    by: (usual) => `经办人，记入台账（默认为“${usual}”）`,
    out: '要写入的 .xlsx（含台账）；不指定则直接更新原工作簿',
    dryRun: '只显示将送出的内容，不送出',
    again: '台账记为已送达的也重送；对方已有的保持不变',
  },
};

function stopText(stop: Stop): string {
  switch (stop.kind) {
    case 'no-sheet':
      return `没有名为 ${stop.sheets.join(' 或 ')} 的工作表，不知道金额送往何处。`;
    case 'no-column':
      return `${rowOf(stop.at)}：缺少列 ${stop.heading}。`;
    case 'bad-cell':
      return `${rowOf(stop.at)}：无法理解“${stop.heading}”中的${shown(stop.text)}${
        stop.known.length === 0 ? '' : `；可填 ${stop.known.join('、')}`
      }。`;
    case 'unknown-word':
      return `${rowOf(stop.at)}：“${stop.heading}”中的${shown(stop.text)}不起作用${
        stop.known.length === 0 ? '' : `；可填 ${stop.known.join('、')}`
      }。`;
    case 'twice':
      return `${rowOf(stop.at)}：已有名为 ${stop.name} 的去向。`;
    case 'nothing-listed':
      return '表中没有列出任何去向。';
    case 'not-asked':
      return `没有名为${shown(stop.name)}的去向。现有：${list(stop.names)}。`;
    case 'no-run':
      if (stop.runs.length === 0) return '此工作簿尚未发放过。请先用 allot pay 发放。';
      return `台账第 ${stop.run ?? ''} 号既不是发放，也不是补差。可选：${list(stop.runs)}。`;
    case 'run-replaced':
      return `第 ${stop.run} 号发放已由同一计薪日的第 ${stop.by} 号取代，不再送出。请送第 ${stop.by} 号。`;
    default: {
      const never: never = stop;
      return never;
    }
  }
}

function refusedText(refused: Refused): string {
  switch (refused.kind) {
    case 'unknown-amount':
      return `此次发放中没有${shown(refused.name)}。已发放的有：${list(refused.known)}。`;
    case 'same-amount':
      return `“内容”中的${shown(refused.name)}对应多个同名金额（${list(refused.known)}）。请写成 数据表[名称]，各设一个去向。`;
    case 'unknown-heading':
      return `列对应中的${shown(refused.heading)}不是 ${refused.table} 的列。现有：${list(refused.known)}。`;
    case 'no-table':
      return `发放所依据的数据表 ${refused.table} 已不在工作簿中，或没有编号列。`;
    case 'no-field':
      return refused.field === 'department'
        ? '请在列对应中写明部门所在的列：部门 = 列名。'
        : `列对应中缺少 ${refused.field}：对方字段 = ${refused.field}。`;
    case 'same-field':
      return `列对应中重复填写了字段${shown(refused.field)}。`;
    case 'no-row':
      return `有 ${number(refused.count)} 人已发放，但 ${refused.table} 中已没有其行：${such(refused.members, refused.count)}。`;
    case 'several-rows':
      return `有 ${number(refused.count)} 人已发放，但在 ${refused.table} 中现有多行：${such(refused.members, refused.count)}。无法确定以哪一行为准，请每人只留一行。`;
    case 'error-value':
      return `${refused.table} 中 ${refused.member} 的 ${refused.heading} 为错误值 ${refused.error}，无法送出。请先更正该单元格。`;
    case 'same-member':
      return `${refused.table} 中有 ${number(refused.count)} 个编号既有数字又有文本写法：${such(refused.members, refused.count)}。送出后无法区分是谁的金额，请统一写法后重新发放，再送出。`;
    case 'no-department':
      return `${refused.table} 中有 ${number(refused.count)} 人没有${refused.heading}：${such(refused.members, refused.count)}。凭证按部门列示，请先补填。`;
    case 'no-account':
      return `没有${shown(refused.name)}的科目。请在“科目”中写：借方 = …；贷方 = …。`;
    case 'decimals':
      return `有 ${number(refused.count)} 笔金额的小数位多于${refused.decimals === null ? '可送出的 10 位' : ` ${refused.decimals} 位`}：${such(refused.members, refused.count)}。请在规则中取整，或用选项“小数”另行指定。`;
    case 'digits':
      return `有 ${number(refused.count)} 笔金额超过单元格可保存的 15 位数字：${such(refused.members, refused.count)}。请改用 .csv。`;
    case 'bad-option':
      return `${refused.name} 不能填${shown(refused.text)}。`;
    case 'file-type':
      return `不能写入文件${shown(refused.location)}；文件名须以 ${refused.types.join(' 或 ')} 结尾。`;
    case 'changed-before':
      return '没有送出：其间工作簿被他人改动，台账将无法记下。请再运行一次。';
    case 'period-delivered':
      return `同一期间（${refused.asOf}）的第 ${refused.run} 号发放此前已送达，再送会重复支付。差额可用 allot adjust BOOK --run ${refused.run} 查看；若要补发，请回到重新发放之前的工作簿，锁定第 ${refused.run} 号发放，再用 allot adjust。`;
    case 'fault':
      return sourceWords('zh-CN').fault[refused.reason](refused.detail);
    case 'file':
      return problemText(refused.problem);
    case 'differs':
      return /^[0-9a-f]{64}$/.test(refused.found)
        ? `对方在此次发放下存有不同的内容（摘要 ${refused.found}）。未作改动，请查明哪一份正确。`
        : `表 ${refused.found} 中此次发放的行与将送出的不同。未作改动，请查明哪一份正确。`;
    case 'other-file':
      return `${refused.file} 已存在且内容不同。未作改动；在位置中写 {计薪日}-{发放号}，可使每次发放各有文件。`;
    case 'which-run':
      return `${refused.file} 已存在且金额相同，但文件名和内容都看不出属于哪次发放，可能是以前的发放。请在位置中写 {计薪日}-{发放号}。`;
    case 'unconfirmed':
      return refused.why === 'not-there'
        ? '服务器收下后却没有保存：查询时答复没有此次发放。'
        : '服务器没有说明其保存的内容（含摘要的 JSON），无法得知是否已收下。';
    case 'bad-table':
      return `表 ${refused.table} 不符合要求，缺少：${refused.what}。`;
    case 'paid-before':
      return `有 ${number(refused.count)} 人在该处已有同一期间另一次发放（${refused.run}）的金额：${such(refused.members, refused.count)}。再送会重复支付。`;
    case 'kept-otherwise':
      return `表 ${refused.table} 保存的与送出的不同（被舍入或截断），已撤回。`;
    default: {
      const never: never = refused;
      return never;
    }
  }
}
