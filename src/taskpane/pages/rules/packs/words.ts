import type { Language } from '../../../../problems/messages/index.ts';

/** What the choice of a new rule sheet says. */
export interface NewSheetWords {
  readonly title: string;
  readonly template: string;
  readonly templateText: string;
  readonly packs: string;
  readonly fits: string;
  readonly add: string;
  readonly back: string;
  readonly cancel: string;
  lacks(pack: string): string;
  readonly lacksHint: string;
  columns(names: readonly string[]): string;
}

const EN: NewSheetWords = {
  title: 'New rule sheet',
  template: 'Template for these tables',
  templateText: 'A first page of rules that speaks of the tables of this workbook.',
  packs: 'Ready rules for a trade',
  fits: 'Its tables are here',
  add: 'Add the rules',
  back: 'Back',
  cancel: 'Cancel',
  lacks: (pack) => `The rules “${pack}” need tables and columns that this workbook does not have:`,
  lacksHint: 'Add them with these headings, or change the names in the rules to yours.',
  columns: (names) => names.join(', '),
};

const ZH: NewSheetWords = {
  title: '新建规则表',
  template: '适合现有数据表的模板',
  templateText: '按此工作簿的数据表起草的一页规则。',
  packs: '行业规则包',
  fits: '所需数据表齐全',
  add: '添加规则',
  back: '返回',
  cancel: '取消',
  lacks: (pack) => `“${pack}”规则需要以下数据表和列，此工作簿中没有：`,
  lacksHint: '请按这些标题补上，或把规则中的名称改成您的。',
  columns: (names) => names.join('、'),
};

export function newSheetWords(language: Language): NewSheetWords {
  return { en: EN, 'zh-CN': ZH }[language];
}
