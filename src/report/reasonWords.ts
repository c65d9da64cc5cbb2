import type {
  AggregateReason,
  LookupReason,
  PartReason,
  Reason,
  ShareReason,
} from '../engine/plain/index.ts';
import type { ShareMember } from '../engine/results.ts';
import type { Language } from '../problems/messages/index.ts';

/** How a tree of reasons is said in a language. All values are text already. */
export interface ReasonWords {
  readonly blank: string;
  readonly seen: string;
  readonly cut: string;
  readonly nothingFound: string;
  readonly uncovered: string;
  readonly noLine: string;
  readonly asOf: string;
  readonly colon: string;
  readonly comma: string;
  /** Brackets around a remark. */
  remark(text: string): string;
  readonly part: Readonly<Record<PartReason['role'], string>>;
  readonly by: Readonly<Record<ShareMember['by'], string>>;
  /** `reward of E1007` */
  of(name: string, key: string): string;
  from(place: string): string;
  aggregate(reason: AggregateReason): string;
  lookup(fn: LookupReason['fn'], table: string): string;
  foundRow(key: string): string;
  rankOf(table: string, rows: number): string;
  more(rows: number): string;
  weight(fn: 'by' | 'weight', weight: string): string;
  component(sign: 'add' | 'less', item: string): string;
  counted(weight: string, counted: string): string;
  input(weight: string, points: string | null): string;
  error(message: string, place: string): string;
  member(share: ShareWords): string;
  /** How a member's amount came about. */
  memberNotes(share: ShareWords): readonly string[];
  rest(share: ShareWords): string;
}

/** The numbers of a share as text. */
export interface ShareWords {
  readonly pool: string;
  readonly of: string | null;
  readonly settled: string;
  readonly shared: string;
  readonly unallocated: string;
  readonly unit: string;
  readonly members: number;
  readonly weight: string;
  readonly weights: string;
  readonly quota: string | null;
  readonly units: string;
  readonly by: ShareMember['by'];
  /** Of the members at neither floor nor cap. */
  readonly openWeights: string;
  readonly openUnits: string;
}

const EN: ReasonWords = {
  blank: 'blank',
  seen: ' (shown above)',
  cut: '…',
  nothingFound: 'no such row',
  uncovered: 'no definition covers this row',
  noLine: 'no line matches',
  asOf: 'as_of',
  colon: ': ',
  comma: ', ',
  remark: (text) => ` (${text})`,
  part: {
    where: 'where',
    pool: 'pool',
    unit: 'unit',
    weight: 'weight',
    floor: 'floor',
    cap: 'cap',
    argument: 'argument',
    value: 'value',
    key: 'key',
  },
  by: {
    floor: 'held up by its floor',
    cap: 'held down by its cap',
    quota: 'its quota rounded down',
    remainder: 'rounded down, and one unit more for its large remainder',
    none: 'weight 0 gets nothing',
  },
  of: (name, key) => `${name} of ${key}`,
  from: (place) => `from ${place}`,
  aggregate: ({ fn, table, rows, blank }) =>
    `${fn === 'weighted' ? 'weighted average' : fn} over ${rows} ${rows === 1 ? 'row' : 'rows'} of ${table}${
      blank === 0 ? '' : ` (${blank} blank, passed over)`
    }`,
  lookup: (fn, table) => `${fn === 'last' ? 'last' : 'lookup'} in ${table}`,
  foundRow: (key) => `row ${key}`,
  rankOf: (table, rows) => `rank among ${rows} ${rows === 1 ? 'row' : 'rows'} of ${table}`,
  more: (rows) => `… ${rows} more ${rows === 1 ? 'row' : 'rows'}`,
  weight: (fn, weight) => `${fn} ${weight}`,
  component: (sign, item) => `${sign} ${item}`,
  counted: (weight, counted) => `${weight} (counts ${counted}, blank inputs left out)`,
  input: (weight, points) => (points === null ? `weight ${weight}` : `weight ${weight} → ${points}`),
  error: (message, place) => `error${place === '' ? '' : ` at ${place}`}: ${message}`,
  member: (s) =>
    `from pool ${s.pool}${s.of === null ? '' : ` of ${s.of}`}${
      s.settled === s.pool ? '' : `, settled to ${s.settled}`
    }`,
  memberNotes: (s) => [
    `weight ${s.weight} of ${s.weights}, ${s.members} ${s.members === 1 ? 'member' : 'members'}`,
    s.quota === null
      ? `${EN.by[s.by]}: ${s.units} units of ${s.unit}`
      : `${s.weight} / ${s.openWeights} × ${s.openUnits} units of ${s.unit} = ${s.quota} → ${s.units}: ${EN.by[s.by]}`,
  ],
  rest: (s) =>
    `left over of pool ${s.pool}${s.of === null ? '' : ` of ${s.of}`}: ${s.settled} settled − ${s.shared} shared = ${s.unallocated}`,
};

const AGGREGATES_ZH: Readonly<Record<AggregateReason['fn'], string>> = {
  count: '计数',
  sum: '求和',
  average: '平均',
  min: '最小值',
  max: '最大值',
  median: '中位数',
  weighted: '加权平均',
};

const ZH: ReasonWords = {
  blank: '空白',
  seen: '（见上）',
  cut: '……',
  nothingFound: '没有符合的行',
  uncovered: '没有适用于该行的定义',
  noLine: '没有符合的档',
  asOf: '计薪日',
  colon: '：',
  comma: '，',
  remark: (text) => `（${text}）`,
  part: {
    where: '条件',
    pool: '待分配总额',
    unit: '最小单位',
    weight: '权重',
    floor: '保底',
    cap: '封顶',
    argument: '参数',
    value: '值',
    key: '编号',
  },
  by: {
    floor: '按保底',
    cap: '按封顶',
    quota: '舍去尾数',
    remainder: '舍去尾数后，因尾数较大多得一个',
    none: '权重为 0，不参与分配',
  },
  of: (name, key) => `${key} 的${/^[!-~]/.test(name) ? ' ' : ''}${name}`,
  from: (place) => `来自 ${place}`,
  aggregate: ({ fn, table, rows, blank }) =>
    `${table} ${rows} 行${AGGREGATES_ZH[fn]}${blank === 0 ? '' : `（其中 ${blank} 行空白，不计）`}`,
  lookup: (fn, table) => `在 ${table} 中${fn === 'last' ? '取最近一行' : '查找'}`,
  foundRow: (key) => `编号 ${key}`,
  rankOf: (table, rows) => `在${table} ${rows} 行中的名次`,
  more: (rows) => `…… 另有 ${rows} 行`,
  weight: (fn, weight) => `${fn === 'by' ? '按' : '权重'} ${weight}`,
  component: (sign, item) => `${sign === 'add' ? '加' : '减'} ${item}`,
  counted: (weight, counted) => `${weight}（缺项折算为 ${counted}）`,
  input: (weight, points) => (points === null ? `权重 ${weight}` : `权重 ${weight} → ${points}`),
  error: (message, place) => `错误${place === '' ? '' : `（${place}）`}：${message}`,
  member: (s) =>
    `来自${s.of === null ? '' : ` ${s.of} 的`}待分配总额 ${s.pool}${s.settled === s.pool ? '' : `（取整为 ${s.settled}）`}`,
  memberNotes: (s) => [
    `权重 ${s.weight}，合计 ${s.weights}，共 ${s.members} 人`,
    s.quota === null
      ? `${ZH.by[s.by]}：${s.units} 个最小单位（${s.unit}）`
      : `${s.weight} / ${s.openWeights} × ${s.openUnits} 个最小单位（${s.unit}）= ${s.quota} → ${s.units}：${ZH.by[s.by]}`,
  ],
  rest: (s) =>
    `${s.of === null ? '' : `${s.of} 的`}待分配总额 ${s.pool} 的余额：${s.settled} − 已分配 ${s.shared} = ${s.unallocated}`,
};

/** The words of a language for reasons. */
export function reasonWords(language: Language): ReasonWords {
  return BY_LANGUAGE[language];
}

const BY_LANGUAGE: Readonly<Record<Language, ReasonWords>> = { en: EN, 'zh-CN': ZH };

export type ShareReasonOf = Extract<Reason, ShareReason>;
