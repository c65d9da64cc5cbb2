import type { Language } from '../problems/messages/index.ts';

/** What the add-in's page says where there is no pane to say it. */
export interface AddinWords {
  readonly loading: string;
  readonly outsideTitle: string;
  readonly outside: string;
  readonly workbench: string;
  readonly oldTitle: string;
  old(missing: readonly string[]): string;
  readonly crashTitle: string;
  crash(text: string): string;
  readonly noOffice: string;
}

const EN: AddinWords = {
  loading: 'Loading …',
  outsideTitle: 'This page belongs in Excel',
  outside:
    'Allot works as an add-in: install its manifest in Excel for Windows, for Mac or on the web, and open the pane from the tab Allot.',
  workbench:
    'Without Excel, the workbench shows the same pane beside a grid: run npm start in Allot’s folder and open the address that it prints.',
  oldTitle: 'This Excel is too old for Allot',
  old: (missing) =>
    `It lacks ${missing.join(', ')}. Update Excel, or open the workbook in Excel on the web. Nothing in the workbook has been changed.`,
  crashTitle: 'Allot could not start',
  noOffice: 'Office.js, Microsoft’s script that connects add-ins with Excel, could not be loaded.',
  crash: (text) => `Close the pane and open it again. If that does not help, report this text: ${text}`,
};

const ZH_CN: AddinWords = {
  loading: '正在加载…',
  outsideTitle: '请在 Excel 中打开此页',
  outside:
    'Allot 是 Excel 加载项：请在 Windows 版、Mac 版或网页版 Excel 中安装其清单，然后从“Allot”选项卡打开窗格。',
  workbench:
    '没有 Excel 时可用工作台，它在表格旁显示同一个窗格：在 Allot 的文件夹中运行 npm start，再打开它给出的地址。',
  oldTitle: '此版本的 Excel 过旧，无法使用 Allot',
  old: (missing) =>
    `缺少 ${missing.join('、')}。请更新 Excel，或在网页版 Excel 中打开此工作簿。工作簿未作任何改动。`,
  crashTitle: 'Allot 无法启动',
  noOffice: '无法加载 Office.js（微软用来连接加载项与 Excel 的脚本）。',
  crash: (text) => `请关闭窗格后重新打开。如仍不行，请反馈以下文字：${text}`,
};

/** Words of the add-in's page in a language. */
export function addinWords(language: Language): AddinWords {
  return language === 'zh-CN' ? ZH_CN : EN;
}
