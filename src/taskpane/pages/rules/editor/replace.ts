import type { ChangeSpec, Text } from '@codemirror/state';
import { diffArrays } from 'diff';

/** Beyond so many lines that differ, one change for all of them will do. */
const MAX_EDITS = 2000;

/** A piece of a text whose lines `from` to `to` (from 0, `to` past the end) become other lines. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** What makes one text of another, line by line, so that cursor and marks stay where they belong. */
export function piecesOf(was: readonly string[], wanted: readonly string[]): readonly Piece[] {
  const parts = diffArrays([...was], [...wanted], { maxEditLength: MAX_EDITS });
  if (parts === undefined) return [{ from: 0, to: was.length, lines: wanted }];
  const found: Piece[] = [];
  let at = 0;
  let open: { from: number; to: number; lines: string[] } | null = null;
  for (const { added, removed, count, value } of parts) {
    if (!added && !removed) {
      if (open !== null) found.push(open);
      open = null;
      at += count;
      continue;
    }
    open ??= { from: at, to: at, lines: [] };
    if (removed) {
      at += count;
      open.to = at;
    } else open.lines.push(...value);
  }
  return open === null ? found : [...found, open];
}

/** A piece as a change of a document. */
export function changeOf(doc: Text, { from, to, lines }: Piece): ChangeSpec {
  const text = lines.join('\n');
  const last = doc.lines;
  if (from >= last) return { from: doc.length, insert: `\n${text}` };
  if (to > from) {
    const start = doc.line(from + 1).from;
    const end = doc.line(to).to;
    if (lines.length > 0) return { from: start, to: end, insert: text };
    // Whole lines go, with the break after them, or before them at the end.
    return to < last ? { from: start, to: end + 1 } : { from: Math.max(0, start - 1), to: end };
  }
  return { from: doc.line(from + 1).from, insert: `${text}\n` };
}

/** By line of `now`, the row (from 1) of the sheet that says the same; a line that is new has the row it would push down. */
export function rowsOfLines(sheet: readonly string[], now: readonly string[]): readonly number[] {
  const rows: number[] = [];
  let row = 1;
  let line = 0;
  for (const { from, to, lines } of piecesOf(sheet, now)) {
    while (row - 1 < from) rows[line++] = row++;
    lines.forEach((_, i) => {
      rows[line++] = Math.max(1, Math.min(row + i, Math.max(row, to)));
    });
    row = to + 1;
  }
  while (line < now.length) rows[line++] = row++;
  return rows;
}
