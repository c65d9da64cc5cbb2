import type { Language } from '../problems/messages/index.ts';
import { type Block, documentOf, type PageParameters } from './document.ts';

const TITLE: Readonly<Record<Language, string>> = { en: 'Support', 'zh-CN': '支持' };

const TEXT: Readonly<Record<Language, readonly Block[]>> = {
  en: [
    { kind: 'heading', text: 'A result looks wrong' },
    {
      kind: 'text',
      text: 'Select its cell and press Explain selection on the tab Allot. The explanation leads step by step to the cells that the result was computed from; choose one to go there.',
    },
    { kind: 'heading', text: 'Cells show #NAME?' },
    {
      kind: 'text',
      text: 'Excel does not know the functions there: the add-in is not installed for this person, or it has just been installed. Open the pane once from the tab Allot, then recalculate with Ctrl+Alt+F9. For colleagues without the add-in, save a copy with values in place of the functions.',
    },
    { kind: 'heading', text: 'Cells show #N/A or #VALUE!' },
    {
      kind: 'text',
      text: 'Point at the cell’s warning sign: the message says what is missing. #N/A in all of them mostly means that no as-of date has been set on the Run page; #VALUE! that rules or data have problems, which the Run page lists.',
    },
    { kind: 'heading', text: 'The tab Allot is missing' },
    {
      kind: 'text',
      text: 'Allot needs Excel on the web, Excel for Mac, or Excel for Windows of Microsoft 365. Excel on iPad and volume-licensed Office 2021 and older cannot run it.',
    },
    { kind: 'heading', text: 'Something else' },
    {
      kind: 'text',
      text: 'Ask whoever installed Allot in your organisation. A report is most useful with the version at the foot of this page, what you did, and the text that was shown; leave personal data out of it.',
    },
  ],
  'zh-CN': [
    { kind: 'heading', text: '结果看起来不对' },
    {
      kind: 'text',
      text: '选中结果所在单元格，在“Allot”选项卡按“解释所选”。解释会逐步追溯到用来计算的单元格，点选即可跳转。',
    },
    { kind: 'heading', text: '单元格显示 #NAME?' },
    {
      kind: 'text',
      text: '此处的 Excel 不认识这些函数：当前用户没有安装加载项，或刚刚安装。请从“Allot”选项卡打开一次窗格，再按 Ctrl+Alt+F9 重新计算。同事没有加载项时，可另存一份以数值代替函数的副本。',
    },
    { kind: 'heading', text: '单元格显示 #N/A 或 #VALUE!' },
    {
      kind: 'text',
      text: '将鼠标移到单元格的警告标志上，消息会说明缺少什么。全部为 #N/A 通常表示尚未在“计算”页设定计薪日；#VALUE! 表示规则或数据有问题，“计算”页会逐条列出。',
    },
    { kind: 'heading', text: '没有“Allot”选项卡' },
    {
      kind: 'text',
      text: 'Allot 需要网页版 Excel、Mac 版 Excel，或 Microsoft 365 的 Windows 版 Excel。iPad 版 Excel 以及批量许可的 Office 2021 和更早版本无法运行。',
    },
    { kind: 'heading', text: '其他问题' },
    {
      kind: 'text',
      text: '请联系在您单位安装 Allot 的人员。反馈时请附上本页底部的版本号、操作步骤和显示的文字，并去掉个人信息。',
    },
  ],
};

export default (parameters: PageParameters): string =>
  documentOf('support', TITLE[parameters.language], TEXT[parameters.language], parameters);
