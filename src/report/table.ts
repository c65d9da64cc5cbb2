import Table from 'cli-table3';
import { cut, safe, widthOf } from './width.ts';

export interface TextColumn {
  readonly heading: string;
  readonly align: 'left' | 'right';
}

/** Lines under the headings alone: what is read is the numbers. */
const CHARS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '  ',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

const CELL_WIDTH = 40;

/**
 * A table for a terminal of so many places. One with more columns than fit is told in several, each of which begins
 * with the first column. Ended by a line feed.
 */
export function tableText(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const cells = rows.map((row) => row.map((cell) => cut(safe(cell), CELL_WIDTH)));
  const headings = columns.map(({ heading }) => cut(safe(heading), CELL_WIDTH));
  const widths = columns.map((_, i) =>
    Math.max(widthOf(headings[i] ?? ''), ...cells.map((row) => widthOf(row[i] ?? ''))),
  );
  return blocks(widths, width)
    .map((chosen) => block(columns, headings, cells, widths, chosen))
    .join('\n');
}

/** Which columns stand side by side: the first one in every block. */
function blocks(widths: readonly number[], width: number): readonly (readonly number[])[] {
  const all: number[][] = [];
  const first = 2 + (widths[0] ?? 0);
  let used = 0;
  widths.forEach((w, i) => {
    if (i === 0) return;
    const current = all.at(-1);
    if (current === undefined || used + 2 + w > width) {
      all.push([0, i]);
      used = first + 2 + w;
    } else {
      current.push(i);
      used += 2 + w;
    }
  });
  return all.length === 0 ? [[0]] : all;
}

function block(
  columns: readonly TextColumn[],
  headings: readonly string[],
  cells: readonly (readonly string[])[],
  widths: readonly number[],
  chosen: readonly number[],
): string {
  const table = new Table({
    chars: CHARS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    colAligns: chosen.map((i) => columns[i]?.align ?? 'left'),
    colWidths: chosen.map((i) => widths[i] ?? 0),
  });
  table.push(chosen.map((i) => headings[i] ?? ''));
  table.push(chosen.map((i) => '─'.repeat(widths[i] ?? 0)));
  for (const row of cells) table.push(chosen.map((i) => row[i] ?? ''));
  return `${table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}
