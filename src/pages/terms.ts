import type { Language } from '../problems/messages/index.ts';
import { type Block, documentOf, type PageParameters } from './document.ts';

const TITLE: Readonly<Record<Language, string>> = { en: 'Terms', 'zh-CN': '条款' };

const TEXT: Readonly<Record<Language, readonly Block[]>> = {
  en: [
    {
      kind: 'text',
      text: 'Allot is free software under the MIT licence: you may use, copy, change and pass it on, provided that the copyright notice and the licence stay with it. The licence’s text comes with the software, in the file LICENSE.',
    },
    {
      kind: 'text',
      text: 'It is provided as it is, without warranty of any kind. Whoever pays people by its results answers for the rules and the data, and for checking the results before they are paid out.',
    },
    {
      kind: 'text',
      text: 'The licence covers Allot only. Excel, and the services around it, are used under your agreement with Microsoft.',
    },
  ],
  'zh-CN': [
    {
      kind: 'text',
      text: 'Allot 是采用 MIT 许可证的自由软件：您可以使用、复制、修改和再分发，但须保留版权声明和许可证。许可证全文见随软件附带的 LICENSE 文件。',
    },
    {
      kind: 'text',
      text: '软件按原样提供，不附带任何形式的保证。依据其结果发放薪酬者，须对规则和数据负责，并在发放前核对结果。',
    },
    { kind: 'text', text: '许可证只涵盖 Allot。Excel 及相关服务的使用以您与微软的协议为准。' },
  ],
};

export default (parameters: PageParameters): string =>
  documentOf('terms', TITLE[parameters.language], TEXT[parameters.language], parameters);
