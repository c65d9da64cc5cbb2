import type { Language } from '../../../problems/messages/index.ts';

export interface SharingWords {
  readonly title: string;
  readonly copy: string;
  readonly copyHint: string;
  readonly copying: string;
  readonly names: string;
  readonly namesHint: string;
  readonly addNames: string;
  readonly removeNames: string;
  readonly namesAdded: string;
  readonly namesRemoved: string;
  readonly noCalls: string;
  /** Appended to the file's name. */
  readonly suffix: string;
  copied(cells: number, errors: number): string;
  left(count: number): string;
  taken(names: readonly string[]): string;
}

const EN: SharingWords = {
  title: 'Functions in cells',
  copy: 'Save a copy with values',
  copyHint:
    'For colleagues without Allot: the cells that call its functions hold what they show now. This workbook stays as it is.',
  copying: 'Preparing the copy',
  names: 'Short names (experiment)',
  namesHint:
    'Adds workbook names, so that =SUPPORTSCORE("E1007") works without ALLOT. in front. Excel does not promise that this works.',
  addNames: 'Add the names',
  removeNames: 'Take the names away',
  namesAdded: 'The names are in the workbook.',
  namesRemoved: 'The names have been taken away.',
  noCalls: 'No cell calls a function of Allot: nothing to replace.',
  suffix: 'values',
  copied: (cells, errors) =>
    `The copy has values in place of ${cells} ${cells === 1 ? 'formula' : 'formulas'}${errors === 0 ? '' : `; ${errors} of them ${errors === 1 ? 'is an error value' : 'are error values'}`}.`,
  left: (n) =>
    `${n} ${n === 1 ? 'use' : 'uses'} outside cells (conditional formats, validations, charts) ${n === 1 ? 'was' : 'were'} left as they are.`,
  taken: (names) => `Left alone, since they are names of yours: ${names.join(', ')}.`,
};

const ZH: SharingWords = {
  title: '单元格中的函数',
  copy: '另存为数值副本',
  copyHint: '供没有安装 Allot 的同事使用：调用其函数的单元格改存当前显示的值，本工作簿保持不变。',
  copying: '正在准备副本',
  names: '短名称（试验）',
  namesHint:
    '添加工作簿名称，使 =SUPPORTSCORE("E1007") 前面不写 ALLOT. 也能使用。Excel 并不保证这种用法有效。',
  addNames: '添加名称',
  removeNames: '移除名称',
  namesAdded: '名称已添加到工作簿。',
  namesRemoved: '名称已移除。',
  noCalls: '没有单元格调用 Allot 的函数，无需替换。',
  suffix: '数值',
  copied: (cells, errors) =>
    `副本中有 ${cells} 个公式已替换为数值${errors === 0 ? '' : `，其中 ${errors} 个为错误值`}。`,
  left: (n) => `另有 ${n} 处不在单元格中（条件格式、数据验证、图表），保持原样。`,
  taken: (names) => `以下名称是您自己的，保持不变：${names.join('、')}。`,
};

const BY_LANGUAGE: Readonly<Record<Language, SharingWords>> = { en: EN, 'zh-CN': ZH };

export function sharingWords(language: Language): SharingWords {
  return BY_LANGUAGE[language];
}
