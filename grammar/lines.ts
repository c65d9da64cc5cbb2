/** Lines of text and rows of a sheet, and the way from one to the other. */

import { normalLine } from './lexer.ts';
import type { SourceLine } from './tree.ts';

/** A line by its depth (0 to 2) and its text from there on: a cell of a rule sheet, or an indented line. */
export interface DepthLine {
  readonly depth: number;
  readonly text: string;
}

/** The deepest that a line can stand: columns A to C of a rule sheet. */
const DEEPEST = 2;

/** The lines of a text file, their depth still to be found. A byte order mark is no part of the first. */
export function linesOfText(file: string, text: string): SourceLine[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, i) => ({ place: { kind: 'text', file, line: i + 1 }, depth: -1, text: line }));
}

/** The lines of a rule sheet of which row `i + 1` holds `rows[i]`. */
export function linesOfSheet(sheet: string, rows: readonly DepthLine[]): SourceLine[] {
  return rows.map(({ depth, text }, i) => ({
    place: { kind: 'cell', sheet, row: i + 1, column: depth + 1 },
    depth,
    text,
  }));
}

/**
 * The depth that leading white space gives: two spaces (after NFKC; an ideographic space is one) or one tab a
 * level. `odd` where it is half a level or mixes tabs with spaces; `length` in UTF-16 units as written.
 */
export function indentOf(written: string): {
  readonly depth: number;
  readonly odd: boolean;
  readonly length: number;
} {
  if (!/^\s/u.test(written)) return { depth: 0, odd: false, length: 0 };
  const normal = normalLine(written);
  const white = /^[ \t]*/.exec(normal.text)?.[0] ?? '';
  const tabs = white.split('\t').length - 1;
  const spaces = white.length - tabs;
  const odd = spaces % 2 === 1 || (tabs > 0 && spaces > 0);
  const length = white.length === 0 ? 0 : normal.endOf(white.length - 1);
  return { depth: tabs + Math.floor(spaces / 2), odd, length };
}

/**
 * Lines as cells of a rule sheet, one row a line: column = depth, nothing else is changed. What is indented
 * deeper, or by half a level, keeps the rest of its white space in the cell, so that the text can be had back.
 */
export function sheetCells(lines: readonly SourceLine[]): DepthLine[] {
  return lines.map(({ depth: given, text }) => {
    if (text.trim() === '') return { depth: 0, text: '' };
    if (given >= 0) return { depth: Math.min(given, DEEPEST), text };
    const { depth, odd, length } = indentOf(text);
    const rest = text.slice(length);
    const spare = ' '.repeat(Math.max(0, depth - DEEPEST) * 2 + (odd ? 1 : 0));
    return { depth: Math.min(depth, DEEPEST), text: spare + rest };
  });
}

/** Text of a `.allot` file: two spaces a level, one line a row, each ended by a line feed. */
export function formatText(lines: readonly DepthLine[]): string {
  return lines.map(({ depth, text }) => `${text === '' ? '' : '  '.repeat(depth)}${text}\n`).join('');
}
