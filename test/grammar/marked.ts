/** Sources with marks: `‹|` and `|›` around what is wanted, so that a test shows the place it means. */

import { linesOfText, parseRules } from '../../grammar/index.ts';
import type { RuleFile, Span } from '../../grammar/tree.ts';

/** A source without its marks, and where they were, in order; an empty pair is one character there. */
export function marked(source: string): { readonly text: string; readonly spans: readonly Span[] } {
  const spans: Span[] = [];
  const lines = source.split('\n').map((written, line) => {
    let text = written;
    for (;;) {
      const start = text.indexOf('‹|');
      const end = text.indexOf('|›');
      if (start < 0 || end < 0) return text;
      const inner = text.slice(start + 2, end);
      spans.push({ line, start: start + 1, end: start + Math.max(1, inner.length) });
      text = text.slice(0, start) + inner + text.slice(end + 2);
    }
  });
  return { text: lines.join('\n'), spans };
}

export function parse(text: string): RuleFile {
  return parseRules(linesOfText('Rules.allot', text));
}

/** The characters of a span. */
export function cut(file: RuleFile, span: Span): string {
  return file.lines[span.line]?.text.slice(span.start - 1, span.end) ?? '';
}
