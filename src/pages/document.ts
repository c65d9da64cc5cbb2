import type { Language } from '../problems/messages/index.ts';

/** What the build gives to a module that makes a page. */
export interface PageParameters {
  readonly language: Language;
  /** The content security policy of the page. */
  readonly policy: string;
  readonly version: string;
  /** Where the add-in is served from, without a slash at its end. */
  readonly host: string;
}

/** Pages to read; their files are `NAME.html` and `NAME.zh-CN.html`. */
export const PAGES = ['help', 'privacy', 'terms', 'support'] as const;
export type PageName = (typeof PAGES)[number];

/** A part of a page: text is escaped when it is drawn. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string; readonly id?: string; readonly level?: 2 | 3 }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string }
  /** Terms with what is said of them. */
  | { readonly kind: 'terms'; readonly items: readonly (readonly [string, string])[] }
  | { readonly kind: 'links'; readonly items: readonly { readonly to: string; readonly text: string }[] };

const NAMES: Readonly<Record<Language, Readonly<Record<PageName, string>>>> = {
  en: { help: 'Functions', privacy: 'Privacy', terms: 'Terms', support: 'Support' },
  'zh-CN': { help: '函数', privacy: '隐私', terms: '条款', support: '支持' },
};

/** The file of a page in a language. */
export function fileOf(page: PageName, language: Language): string {
  return language === 'en' ? `${page}.html` : `${page}.${language}.html`;
}

/** A whole page: no scripts, nothing from elsewhere. */
export function documentOf(
  page: PageName,
  title: string,
  blocks: readonly Block[],
  { language, policy, version }: PageParameters,
): string {
  const other: Language = language === 'en' ? 'zh-CN' : 'en';
  const links = PAGES.map((name) =>
    name === page
      ? `<span aria-current="page">${escapeHtml(NAMES[language][name])}</span>`
      : `<a href="${fileOf(name, language)}">${escapeHtml(NAMES[language][name])}</a>`,
  );
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <title>${escapeHtml(title)} – Allot</title>
    <link rel="icon" href="icons/allot-32.png">
    <link rel="stylesheet" href="text.css">
  </head>
  <body>
    <nav aria-label="Allot">
      <img src="icons/allot-24.png" alt="" width="24" height="24">
      ${links.join('\n      ')}
      <a href="${fileOf(page, other)}" lang="${other}" hreflang="${other}">${other === 'en' ? 'English' : '中文'}</a>
    </nav>
    <main>
      <h1>${escapeHtml(title)}</h1>
      ${blocks.map(draw).join('\n      ')}
    </main>
    <footer>Allot ${escapeHtml(version)}</footer>
  </body>
</html>
`;
}

function draw(block: Block): string {
  switch (block.kind) {
    case 'heading': {
      const tag = `h${block.level ?? 2}`;
      return `<${tag}${block.id === undefined ? '' : ` id="${escapeHtml(block.id)}"`}>${escapeHtml(block.text)}</${tag}>`;
    }
    case 'text':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
    case 'code':
      return `<pre><code>${escapeHtml(block.text)}</code></pre>`;
    case 'terms':
      return block.items.length === 0
        ? ''
        : `<dl>${block.items.map(([term, said]) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(said)}</dd>`).join('')}</dl>`;
    case 'links':
      return `<ul>${block.items.map(({ to, text }) => `<li><a href="${escapeHtml(to)}">${escapeHtml(text)}</a></li>`).join('')}</ul>`;
    default: {
      const never: never = block;
      return never;
    }
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML and in its attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
