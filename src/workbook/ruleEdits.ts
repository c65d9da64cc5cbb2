import { diffArrays } from 'diff';
import type { RuleRow } from './live.ts';
import type { SourceLine } from './port.ts';

/**
 * One change of a rule sheet. They are to be carried out in the order given, which is from the bottom up, so that a row
 * number is both the row before all of them and the row when its turn comes.
 * `set`: the row's A to C become this line. `insert`: whole sheet rows are put in above `row`, pushing the row itself and
 * what is below down, one for each line, and filled with the lines. `delete`: `count` whole sheet rows from `row` on go, but
 * a row in which something stands from column D on only has its A to C emptied.
 */
export type RuleEdit =
  | { readonly kind: 'set'; readonly row: number; readonly line: SourceLine }
  | { readonly kind: 'insert'; readonly row: number; readonly lines: readonly SourceLine[] }
  | { readonly kind: 'delete'; readonly row: number; readonly count: number };

/** Beyond so many lines that differ the search for the shortest way would take too long. */
const MAX_EDITS = 4000;

/** The column (0 to 2) and the text that a line becomes; a line of spaces is blank. */
export function ruleLine({ depth, text }: SourceLine): SourceLine {
  if (text.trim() === '') return { depth: 0, text: '' };
  return { depth: Math.min(2, Math.max(0, depth)), text };
}

/** Whether two lines are the same in a sheet. */
export function sameLine(a: SourceLine, b: SourceLine): boolean {
  const x = ruleLine(a);
  const y = ruleLine(b);
  return x.depth === y.depth && x.text === y.text;
}

/** Whether two readings of a rule sheet's rows say the same. */
export function sameRows(a: readonly RuleRow[], b: readonly RuleRow[]): boolean {
  return (
    a.length === b.length &&
    a.every((row, i) => {
      const other = b[i];
      return other !== undefined && row.fixed === other.fixed && sameLine(row, other);
    })
  );
}

/**
 * What makes the rows `was` into `lines`, one a row from row 1, from the bottom up. Rows whose line stays are not touched, so
 * that what stands beside them stays beside them; a line that takes the place of another takes its row.
 */
export function ruleEdits(was: readonly RuleRow[], lines: readonly SourceLine[]): readonly RuleEdit[] {
  const wanted = withoutBlankEnd(lines.map(ruleLine));
  const edits: RuleEdit[] = [];
  let row = 1;
  let next = 0;
  for (const { kept, gone, come } of pieces(was, wanted)) {
    row += kept;
    next += kept;
    const both = Math.min(gone, come);
    for (let i = 0; i < both; i++) {
      const line = wanted[next++];
      if (line !== undefined) edits.push({ kind: 'set', row: row++, line });
    }
    if (come > both) edits.push({ kind: 'insert', row, lines: wanted.slice(next, next + come - both) });
    if (gone > both) edits.push({ kind: 'delete', row, count: gone - both });
    next += come - both;
    row += gone - both;
  }
  return edits.reverse();
}

function withoutBlankEnd(lines: readonly SourceLine[]): readonly SourceLine[] {
  let end = lines.length;
  while (end > 0 && lines[end - 1]?.text === '') end--;
  return lines.slice(0, end);
}

/** So many lines stay, then so many go and so many come in their place. */
interface Piece {
  readonly kept: number;
  readonly gone: number;
  readonly come: number;
}

function pieces(was: readonly SourceLine[], lines: readonly SourceLine[]): readonly Piece[] {
  const changes = diffArrays([...was], [...lines], { comparator: sameLine, maxEditLength: MAX_EDITS });
  if (changes === undefined) return [{ kept: 0, gone: was.length, come: lines.length }];
  const found: Piece[] = [];
  let piece: Piece = { kept: 0, gone: 0, come: 0 };
  for (const { added, removed, count } of changes) {
    if (!added && !removed) {
      found.push(piece);
      piece = { kept: count, gone: 0, come: 0 };
    } else if (removed) piece = { ...piece, gone: piece.gone + count };
    else piece = { ...piece, come: piece.come + count };
  }
  return [...found, piece];
}
