import { EN } from '../functions/catalogue/en.ts';
import type { FunctionTexts } from '../functions/catalogue/texts.ts';
import { ZH_CN } from '../functions/catalogue/zh-CN.ts';
import { catalogue, type FunctionEntry } from '../functions/catalogue.ts';
import type { Language } from '../problems/messages/index.ts';
import { type Block, documentOf, type PageParameters } from './document.ts';

const TEXTS: Readonly<Record<Language, FunctionTexts>> = { en: EN, 'zh-CN': ZH_CN };

/** The functions' help: Excel's own help on a function leads to its heading here. */
export default (parameters: PageParameters): string => {
  const { title, introduction, headings } = TEXTS[parameters.language];
  const entries = catalogue(parameters.language);
  const blocks: readonly Block[] = [
    { kind: 'links', items: entries.map(({ id, anchor }) => ({ to: `#${anchor}`, text: id })) },
    ...introduction.map((text): Block => ({ kind: 'text', text })),
    ...entries.flatMap((entry) => section(entry, headings)),
  ];
  return documentOf('help', title, blocks, parameters);
};

function section(entry: FunctionEntry, headings: FunctionTexts['headings']): readonly Block[] {
  const { id, anchor, usage, description, parameters, example, notes } = entry;
  return [
    { kind: 'heading', id: anchor, text: id },
    { kind: 'text', text: description },
    { kind: 'code', text: usage },
    {
      kind: 'terms',
      items: parameters.map(({ name, optional, description: said }) => [
        optional ? `${name} ${headings.optional}` : name,
        said,
      ]),
    },
    { kind: 'text', text: headings.example },
    { kind: 'code', text: example },
    ...notes.map((text): Block => ({ kind: 'text', text })),
  ];
}
