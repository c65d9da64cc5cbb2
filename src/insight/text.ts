import type { Language } from '../problems/messages/index.ts';
import { tableText } from '../report/table.ts';
import { safe } from '../report/width.ts';
import type { Insight } from './insight.ts';
import { type Block, headLines, sectionsOf } from './lines.ts';
import { insightWords } from './words.ts';

/** The report for a terminal of so many places. */
export function insightText(insight: Insight, language: Language, width: number): string {
  const w = insightWords(language);
  const lines = headLines(insight, w);
  for (const { heading, blocks } of sectionsOf(insight, w)) {
    lines.push('', heading);
    for (const block of blocks) lines.push(...blockLines(block, width));
  }
  return `${lines.join('\n')}\n`;
}

function blockLines(block: Block, width: number): readonly string[] {
  switch (block.kind) {
    case 'note':
      return [`  ${safe(block.text)}`];
    case 'finding':
      return [`  ${safe(block.text)}`, ...block.details.map((text) => `     ${safe(text)}`)];
    case 'table': {
      const columns = block.columns.map(({ heading, right }) => ({
        heading,
        align: right ? ('right' as const) : ('left' as const),
      }));
      return [tableText(columns, block.rows, width).trimEnd()];
    }
    default: {
      const never: never = block;
      return never;
    }
  }
}
