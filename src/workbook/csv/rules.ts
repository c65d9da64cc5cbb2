import type { RuleLine, SourceLine } from '../port.ts';
import { plainLineEnds } from './decode.ts';

/** The lines of a rule text; a line end at the very end begins no further line. */
export function textLines(text: string): readonly string[] {
  const lines = plainLineEnds(text).split('\n');
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}

/** The lines of a rule file as the port gives them: indentation kept, depth left to the language's reader. */
export function fileLines(text: string, file: string): readonly RuleLine[] {
  return textLines(text).map((line, i) => ({
    place: { kind: 'text', file, line: i + 1 },
    depth: -1,
    text: line,
  }));
}

/**
 * A line of a rule text as a cell: two spaces or a tab are a level. What goes beyond two levels, or the odd space
 * of a faulty indentation, stays in the text.
 */
export function sourceLine(line: string): SourceLine {
  let at = 0;
  let depth = 0;
  while (depth < 2) {
    const level = line.startsWith('\t', at) ? 1 : /^[ \u3000]{2}/.test(line.slice(at, at + 2)) ? 2 : 0;
    if (level === 0) break;
    at += level;
    depth++;
  }
  return { depth, text: line.slice(at) };
}
