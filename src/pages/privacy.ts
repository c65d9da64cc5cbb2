import type { Language } from '../problems/messages/index.ts';
import { type Block, documentOf, type PageParameters } from './document.ts';

const TITLE: Readonly<Record<Language, string>> = { en: 'Privacy', 'zh-CN': '隐私' };

const TEXT: Readonly<Record<Language, readonly Block[]>> = {
  en: [
    { kind: 'text', text: 'Allot computes on your own computer. Nothing of your workbook leaves it.' },
    { kind: 'heading', text: 'What Allot reads' },
    {
      kind: 'text',
      text: 'The rule sheets, the tables that the rules speak of, the names of all sheets and tables with their headings, the cells that defined names stand for, and the selected cell when you ask for an explanation. They are read when the workbook changes, and kept in memory only while it is open. To make a copy with values in place of functions, the whole workbook is read, on your computer.',
    },
    { kind: 'heading', text: 'What Allot writes' },
    {
      kind: 'list',
      items: [
        'Into the workbook: results, where you press the button that writes them; rules, where you save them; the as-of date that you set; and names for the functions, where you turn them on.',
        'On your computer: that you have seen the pane’s welcome, in the browser’s storage. No data of the workbook.',
      ],
    },
    { kind: 'heading', text: 'What goes over the network' },
    {
      kind: 'text',
      text: 'Files of the add-in are loaded from the address where your organisation put it, and Office.js, the script that connects add-ins with Excel, from Microsoft. The pages’ security policy forbids every other connection. There are no accounts, no cookies, no analytics and no advertising. Microsoft’s own privacy statement applies to Excel and Office.js.',
    },
  ],
  'zh-CN': [
    { kind: 'text', text: 'Allot 在您自己的电脑上计算，工作簿的内容不会离开电脑。' },
    { kind: 'heading', text: '读取什么' },
    {
      kind: 'text',
      text: '规则表、规则提到的表、所有工作表和表的名称及其标题、定义的名称所指的单元格，以及您要求解释时所选的单元格。工作簿变动时读取，只在工作簿打开期间保存在内存中。制作以数值代替函数的副本时，会在您的电脑上读取整个工作簿。',
    },
    { kind: 'heading', text: '写入什么' },
    {
      kind: 'list',
      items: [
        '写入工作簿：您按下写入按钮时的结果、您保存的规则、您设定的计薪日，以及您开启后的函数名称。',
        '写入本机：您已看过窗格的欢迎信息，保存在浏览器存储中，不含工作簿数据。',
      ],
    },
    { kind: 'heading', text: '经过网络的内容' },
    {
      kind: 'text',
      text: '加载项文件来自您的单位存放它的地址；连接加载项与 Excel 的脚本 Office.js 来自微软。页面的安全策略禁止其他一切连接。没有账号，没有 Cookie，没有统计分析，也没有广告。Excel 和 Office.js 适用微软自己的隐私声明。',
    },
  ],
};

export default (parameters: PageParameters): string =>
  documentOf('privacy', TITLE[parameters.language], TEXT[parameters.language], parameters);
