import type { Language } from '../problems/messages/index.ts';

/** What a function says of its arguments. `at` is an argument with its position, made by `argument` or `cell`. */
export interface FunctionWords {
  argument(name: string, position: number): string;
  /** One of the cells of an argument, counted row by row from 1. */
  cell(name: string, position: number, cell: number): string;
  blank(at: string): string;
  notNumber(at: string, found: string): string;
  notText(at: string): string;
  notDate(at: string, found: string): string;
  notLogical(at: string): string;
  notPlain(at: string): string;
  otherSize(at: string, cells: number, weights: number): string;
  repeated(at: string, first: number): string;
  negativePool(at: string, value: string): string;
  negativeWeight(at: string, value: string): string;
  floorAboveCap(cell: number, floor: string, cap: string): string;
  floorsExceedPool(floors: string, pool: string): string;
  noWeight(pool: string): string;
  zeroUnit(at: string): string;
  zeroWeights: string;
  tooLarge: string;
  crash(text: string): string;
  cancelled: string;
}

const EN: FunctionWords = {
  argument: (name, position) => `${name} (argument ${position})`,
  cell: (name, position, cell) => `${name} (argument ${position}), cell ${cell}`,
  blank: (at) => `${at}: there is no value here, and blank is not zero. Enter one.`,
  notNumber: (at, found) => `${at}: a number is needed here, but ${found} was found.`,
  notText: (at) => `${at}: a name is needed here. Write it as a text, such as "reward".`,
  notDate: (at, found) =>
    `${at}: ${found} is no date. Give a date cell, DATE(…) or a text such as "2026-03-31".`,
  notLogical: (at) => `${at}: write TRUE or FALSE.`,
  notPlain: (at) => `${at}: this cell holds a data type or an error value. Give a number, text or date.`,
  otherSize: (at, cells, weights) =>
    `${at} has ${cells} cells and weights has ${weights}. Give ranges of the same size, or a single value.`,
  repeated: (at, first) => `${at}: this key stands in cell ${first} already. Every key may stand once.`,
  negativePool: (at, value) => `${at}: the pool is ${value}, and a negative amount cannot be shared.`,
  negativeWeight: (at, value) => `${at}: the weight is ${value}; a weight is 0 or more.`,
  floorAboveCap: (cell, floor, cap) =>
    `floors (argument 3) and caps (argument 4), cell ${cell}: the floor ${floor} is above the cap ${cap}, counted in whole units.`,
  floorsExceedPool: (floors, pool) =>
    `floors (argument 3): they add to ${floors}, more than the pool of ${pool}. Lower the floors, or raise the pool.`,
  noWeight: (pool) => `weights (argument 2): nobody has a weight, so the pool of ${pool} cannot be shared.`,
  zeroUnit: (at) => `${at}: nothing can be counted in units of 0.`,
  zeroWeights: 'weights (argument 1): they add to 0, so there is no average.',
  tooLarge: 'The numbers are too large to be computed exactly.',
  crash: (text) => `This is a mistake in Allot, not in your workbook: ${text}`,
  cancelled: 'The calculation was stopped. Press Run in the Allot pane.',
};

const ZH_CN: FunctionWords = {
  argument: (name, position) => `${name}（第 ${position} 个参数）`,
  cell: (name, position, cell) => `${name}（第 ${position} 个参数）第 ${cell} 个单元格`,
  blank: (at) => `${at}：此处没有值，空白不等于零。请填写。`,
  notNumber: (at, found) => `${at}：此处需要数字，实际为${found}。`,
  notText: (at) => `${at}：此处需要名称，请写成文本，如 "支撑奖励"。`,
  notDate: (at, found) => `${at}：${found}不是日期。请使用日期单元格、DATE(…) 或 "2026-03-31" 这样的文本。`,
  notLogical: (at) => `${at}：请填写 TRUE 或 FALSE。`,
  notPlain: (at) => `${at}：该单元格是数据类型或错误值。请使用数字、文本或日期。`,
  otherSize: (at, cells, weights) =>
    `${at}有 ${cells} 个单元格，而 weights 有 ${weights} 个。请使用同样大小的区域，或只给一个值。`,
  repeated: (at, first) => `${at}：该编号在第 ${first} 个单元格已出现。编号不能重复。`,
  negativePool: (at, value) => `${at}：待分配总额为 ${value}，负数无法分配。`,
  negativeWeight: (at, value) => `${at}：权重为 ${value}，权重不能为负。`,
  floorAboveCap: (cell, floor, cap) =>
    `floors（第 3 个参数）与 caps（第 4 个参数）第 ${cell} 个单元格：按整数单位计，保底 ${floor} 高于封顶 ${cap}。`,
  floorsExceedPool: (floors, pool) =>
    `floors（第 3 个参数）：保底合计 ${floors}，超过待分配总额 ${pool}。请降低保底或增加总额。`,
  noWeight: (pool) => `weights（第 2 个参数）：没有人有权重，${pool} 无法分配。`,
  zeroUnit: (at) => `${at}：不能以零为单位。`,
  zeroWeights: 'weights（第 1 个参数）：权重合计为零，没有平均值。',
  tooLarge: '数字过大，无法精确计算。',
  crash: (text) => `这是 Allot 自身的错误，与您的工作簿无关：${text}`,
  cancelled: '计算已停止。请在 Allot 窗格中点击“计算”。',
};

const BY_LANGUAGE: Readonly<Record<Language, FunctionWords>> = { en: EN, 'zh-CN': ZH_CN };

export function functionWords(language: Language): FunctionWords {
  return BY_LANGUAGE[language];
}
