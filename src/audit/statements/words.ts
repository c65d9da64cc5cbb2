import type { Language } from '../../problems/messages/index.ts';
import type { MemberFigure } from './form.ts';

/** What a statement says besides the rules and the data, in one language. Numbers are text already. */
export interface StatementWords {
  readonly htmlLanguage: string;
  readonly title: string;
  readonly asOf: string;
  readonly person: string;
  readonly total: string;
  readonly lines: string;
  readonly rule: string;
  readonly worked: string;
  readonly steps: string;
  readonly given: string;
  readonly withheld: string;
  readonly less: string;
  readonly blank: string;
  readonly data: string;
  readonly dataText: string;
  readonly rowsRead: string;
  readonly lookedUp: string;
  readonly figures: string;
  readonly figuresText: string;
  readonly row: string;
  readonly proof: string;
  readonly digest: string;
  readonly ledgerRow: string;
  readonly draft: string;
  readonly draftText: string;
  readonly check: string;
  readonly places: string;
  share(name: string, of: string | null): string;
  readonly shareLines: {
    readonly pool: string;
    readonly settled: string;
    readonly unallocated: string;
    readonly members: string;
    readonly weights: string;
    readonly weight: string;
    readonly open: string;
    readonly level: string;
    readonly quota: string;
    readonly floor: string;
    readonly cap: string;
    readonly got: string;
    readonly cutOff: string;
  };
  openMembers(members: number, weights: string, units: string, unit: string): string;
  quota(weight: string, weights: string, units: string, quota: string): string;
  units(units: string, unit: string, amount: string, by: MemberFigure['by']): string;
  cutOff(fraction: string, above: number, tied: number, extra: number): string;
  place(place: number, tied: number): string;
  rows(count: number): string;
  paid(row: string, day: string, by: string): string;
}

/** An equals sign before a number, but where it was rounded. */
const is = (number: string): string => (number.startsWith('≈') ? ` ≈ ${number.slice(1)}` : ` = ${number}`);

const BY_EN: Readonly<Record<MemberFigure['by'], string>> = {
  floor: 'held up by the floor',
  cap: 'held down by the cap',
  quota: 'rounded down',
  remainder: 'rounded down, and one unit more for a large remainder',
  none: 'weight 0 gets nothing',
};

const EN: StatementWords = {
  htmlLanguage: 'en',
  title: 'Pay statement',
  asOf: 'As of',
  person: 'Key',
  total: 'Total',
  lines: 'What it is made of',
  rule: 'Rule',
  worked: 'With your numbers',
  steps: 'Step by step',
  given: 'given',
  withheld: 'about somebody else, not shown',
  less: 'less',
  blank: 'blank',
  data: 'Your data',
  dataText: 'The rows about you that these amounts were computed from, with the cells where they stand.',
  rowsRead: 'Rows of the workbook that it was computed from',
  lookedUp: 'Looked up for everybody alike',
  figures: 'Figures that are given',
  figuresText: 'They come from many people’s data and are stated here without them.',
  row: 'Row',
  proof: 'Proof',
  digest: 'Digest of this statement',
  ledgerRow: 'Digest of the ledger row',
  draft: 'Not paid.',
  draftText: 'A preview: no payment stands behind it, and no ledger proves it.',
  check: 'To check it without the workbook:',
  places: 'Sheet',
  share: (name, of) => `How ${name} was shared${of === null ? '' : ` in ${of}`}`,
  shareLines: {
    pool: 'Pool',
    settled: 'Settled to',
    unallocated: 'Left over',
    members: 'Members',
    weights: 'Sum of all weights',
    weight: 'Your weight',
    open: 'At neither floor nor cap',
    level: 'Units for a weight of 1',
    quota: 'Your exact part',
    floor: 'Your floor',
    cap: 'Your cap',
    got: 'You got',
    cutOff: 'One unit more',
  },
  openMembers: (members, weights, units, unit) =>
    `${members === 1 ? '1 member' : `${members} members`} with weights of ${weights}, dividing ${units} units of ${unit}`,
  quota: (weight, weights, units, quota) => `${weight} ÷ ${weights} × ${units}${is(quota)} units`,
  units: (units, unit, amount, by) => `${units} units of ${unit} = ${amount}, ${BY_EN[by]}`,
  cutOff: (fraction, above, tied, extra) =>
    `went to the ${above === 1 ? 'one' : above} with a remainder above ${fraction}, and to ${extra} of the ${tied} with just that${tied === extra ? '' : ', smaller keys first'}`,
  place: (place, tied) => `by your key you are number ${place} of these ${tied}`,
  rows: (count) => `${count} ${count === 1 ? 'row' : 'rows'}`,
  paid: (row, day, by) => `Paid by ${by} on ${day}: row ${row} of the ledger`,
};

const BY_ZH: Readonly<Record<MemberFigure['by'], string>> = {
  floor: '按保底',
  cap: '按封顶',
  quota: '舍去尾数',
  remainder: '舍去尾数后，因尾数较大多得一个单位',
  none: '权重为 0，不参与分配',
};

const ZH: StatementWords = {
  htmlLanguage: 'zh-CN',
  title: '工资条',
  asOf: '计薪日',
  person: '编号',
  total: '合计',
  lines: '组成项目',
  rule: '规则',
  worked: '代入数字',
  steps: '计算过程',
  given: '直接给出',
  withheld: '涉及他人，不予显示',
  less: '减',
  blank: '空白',
  data: '您的数据',
  dataText: '计算上述金额所用的与您有关的数据行及其所在单元格。',
  rowsRead: '计算所用的工作簿数据行',
  lookedUp: '全员适用的标准',
  figures: '直接给出的数值',
  figuresText: '来自多人的数据，此处只给出结果。',
  row: '行',
  proof: '证明',
  digest: '本工资条的摘要',
  ledgerRow: '台账行的摘要',
  draft: '尚未发放。',
  draftText: '仅为预览：没有对应的发放，台账也不能证明。',
  check: '无需工作簿即可核对：',
  places: '工作表',
  share: (name, of) => `${of === null ? '' : `${of}：`}${name} 如何分配`,
  shareLines: {
    pool: '待分配总额',
    settled: '取整为',
    unallocated: '未分配',
    members: '参与人数',
    weights: '权重合计',
    weight: '您的权重',
    open: '既非保底也非封顶',
    level: '每 1 权重对应的单位数',
    quota: '您的精确份额',
    floor: '您的保底',
    cap: '您的封顶',
    got: '您分得',
    cutOff: '多得一个单位',
  },
  openMembers: (members, weights, units, unit) =>
    `${members} 人，权重合计 ${weights}，分配 ${units} 个单位（每单位 ${unit}）`,
  quota: (weight, weights, units, quota) => `${weight} ÷ ${weights} × ${units}${is(quota)} 个单位`,
  units: (units, unit, amount, by) => `${units} 个单位（每单位 ${unit}）= ${amount}，${BY_ZH[by]}`,
  cutOff: (fraction, above, tied, extra) =>
    `尾数大于 ${fraction} 的 ${above} 人，以及尾数恰为此数的 ${tied} 人中的 ${extra} 人${tied === extra ? '' : '（编号小者优先）'}`,
  place: (place, tied) => `按编号您在这 ${tied} 人中排第 ${place}`,
  rows: (count) => `${count} 行`,
  paid: (row, day, by) => `${by} 于 ${day} 发放，台账第 ${row} 号`,
};

const BY_LANGUAGE: Readonly<Record<Language, StatementWords>> = { en: EN, 'zh-CN': ZH };

export function statementWords(language: Language): StatementWords {
  return BY_LANGUAGE[language];
}
