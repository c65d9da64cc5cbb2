import type { Language } from '../problems/messages/index.ts';

/** What the workbench says. */
export interface WorkbenchWords {
  readonly title: string;
  readonly openFile: string;
  readonly samples: string;
  readonly sample: { readonly small: string; readonly english: string; readonly chinese: string };
  /** Over the packs' tables; their rules are added on the page Rules. */
  readonly packs: string;
  readonly packsText: string;
  readonly pack: {
    readonly broadcast: string;
    readonly manufacturing: string;
    readonly retail: string;
    readonly internet: string;
  };
  readonly save: string;
  readonly saving: string;
  readonly language: string;
  readonly theme: string;
  readonly themes: { readonly light: string; readonly dark: string };
  readonly welcome: string;
  readonly welcomeText: string;
  readonly samplesDate: string;
  readonly drop: string;
  readonly dropNow: string;
  readonly opening: (name: string) => string;
  readonly building: string;
  readonly cannotOpen: (name: string) => string;
  readonly cannotSave: string;
  readonly notFound: (name: string) => string;
  readonly close: string;
  readonly grid: string;
  readonly resize: string;
  readonly unsaved: string;
  readonly keepsSheet: string;
  readonly note: string;
}

const EN: WorkbenchWords = {
  title: 'Allot workbench',
  openFile: 'Open file…',
  samples: 'Samples',
  sample: {
    small: 'Small: twelve people',
    english: 'Broadcast network, in English',
    chinese: 'Broadcast network, in Chinese',
  },
  packs: 'Tables for a rule pack',
  packsText: 'Open the tables, then choose the rules of the same name by “New rule sheet” on the page Rules.',
  pack: {
    broadcast: 'Broadcast network',
    manufacturing: 'Manufacturing',
    retail: 'Retail',
    internet: 'Internet',
  },
  save: 'Save as file',
  saving: 'Saving…',
  language: 'Language',
  theme: 'Theme',
  themes: { light: 'Light', dark: 'Dark' },
  welcome: 'Try pay rules without Excel',
  welcomeText: 'Open a sample or a workbook of your own. It stays on this machine: nothing is uploaded.',
  samplesDate: 'The samples are about March 2026: pick the as-of date 2026-03-31 on the page Run.',
  drop: 'Or drop an .xlsx file here.',
  dropNow: 'Drop the workbook to open it',
  opening: (name) => `Opening ${name}`,
  building: 'Drawing the grid',
  cannotOpen: (name) => `${name} can't be opened.`,
  cannotSave: "The workbook can't be saved.",
  notFound: (name) => `${name} is not among the samples of this build. Build the workbench again.`,
  close: 'Close',
  grid: 'Workbook',
  resize: 'Width of the pane',
  unsaved: 'Changes that have not been saved as a file are lost.',
  keepsSheet: 'Sheets of the opened file stay in it: hide the sheet, or delete it in Excel.',
  note: 'Cells and results are saved; formats that you change here are not.',
};

const ZH_CN: WorkbenchWords = {
  title: 'Allot 工作台',
  openFile: '打开文件…',
  samples: '示例',
  sample: { small: '小示例：十二个人', english: '广电网络（英文）', chinese: '广电网络（中文）' },
  packs: '规则包的数据表',
  packsText: '打开数据表，再到“规则”页用“新建规则表”选择同名的规则。',
  pack: { broadcast: '广电网络', manufacturing: '制造业', retail: '零售', internet: '互联网' },
  save: '保存为文件',
  saving: '正在保存…',
  language: '语言',
  theme: '主题',
  themes: { light: '浅色', dark: '深色' },
  welcome: '不用 Excel 也能试用薪酬规则',
  welcomeText: '打开一个示例或自己的工作簿。文件只留在本机，不会上传。',
  samplesDate: '示例数据截至 2026 年 3 月：请在“计算”页把计薪日设为 2026-03-31。',
  drop: '也可以把 .xlsx 文件拖到这里。',
  dropNow: '松开鼠标即可打开工作簿',
  opening: (name) => `正在打开 ${name}`,
  building: '正在绘制表格',
  cannotOpen: (name) => `无法打开 ${name}。`,
  cannotSave: '无法保存工作簿。',
  notFound: (name) => `本次构建的示例中没有 ${name}，请重新构建工作台。`,
  close: '关闭',
  grid: '工作簿',
  resize: '窗格宽度',
  unsaved: '尚未保存为文件的更改将会丢失。',
  keepsSheet: '原文件中的工作表不能在这里删除：请隐藏它，或在 Excel 中删除。',
  note: '单元格和结果会保存；在这里更改的格式不会保存。',
};

export function workbenchWords(language: Language): WorkbenchWords {
  return { en: EN, 'zh-CN': ZH_CN }[language];
}
