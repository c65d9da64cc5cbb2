import type { Vocabulary } from '../../../live/protocol.ts';
import type { Language } from '../../../problems/messages/index.ts';
import { tableFacts } from '../../../rules/template/facts.ts';
import { ruleTemplate } from '../../../rules/template/template.ts';
import type { LiveBook, RuleSheet } from '../../../workbook/live.ts';
import type { SourceLine } from '../../../workbook/port.ts';
import { nextName } from './sheets.ts';
import { rowText } from './text.ts';
import { keywordLanguage } from './tokens.ts';
import { rulesWords } from './words.ts';

/**
 * Adds a rule sheet that starts from a template for the workbook's tables; gives the name that it got. It looks at the
 * tables' cells: rules may only speak of a table whose rows a column tells apart.
 * @param sheets the rule sheets that there are; `words`: what may be named in their rules
 */
export async function addTemplate(
  book: LiveBook,
  sheets: readonly RuleSheet[],
  words: Vocabulary | null,
  language: Language,
): Promise<string> {
  const reader = await book.open();
  const { tables } = await reader.read();
  const written = keywordLanguage(sheets.flatMap(({ rows }) => rows.map(rowText)));
  const lines = ruleTemplate(tableFacts(tables), written ?? (language === 'zh-CN' ? 'zh' : 'en'), {
    taken: [
      ...(words?.scalars ?? []),
      ...(words?.bands ?? []),
      ...(words?.computed.map(({ name }) => name) ?? []),
      ...reader.names.map(({ name }) => name),
    ],
    more: sheets.some(({ rows }) => rows.length > 0),
  });
  return addLines(book, sheets, lines, language);
}

/** Adds a rule sheet that says these lines; gives the name that it got. */
export function addLines(
  book: LiveBook,
  sheets: readonly RuleSheet[],
  lines: readonly SourceLine[],
  language: Language,
): Promise<string> {
  const name = nextName(
    rulesWords(language).newSheetName,
    sheets.map(({ sheet }) => sheet),
  );
  return book.addRuleSheet(name, lines);
}
