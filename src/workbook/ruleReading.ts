import { exactText } from '../exact/decimal.ts';
import type { Value } from '../exact/value.ts';
import type { Place, Problem, SyntaxReason } from '../problems/problem.ts';
import type { RuleRow } from './live.ts';
import type { RuleLine } from './port.ts';

/** Columns A to C of a rule sheet hold lines; D onwards is anybody's. */
export const LAST_RULE_COLUMN = 3;
/** A longer run of blank rows is shortened: nobody's layout, but what a stray cell far below would make of it. */
const MAX_BLANK_RUN = 1000;

/** A cell of a rule sheet's columns A to C that is not blank, or has a formula. */
export interface RuleCell {
  /** From 1. */
  readonly row: number;
  readonly column: number;
  readonly formula: boolean;
  /** Null for an error value. */
  readonly value: Value | null;
  /** What stands for a value that is no text: an error value's or a date's. */
  readonly shown: string;
}

export interface RuleLines {
  readonly lines: readonly RuleLine[];
  readonly problems: readonly Problem[];
}

/** A rule cell as text; `isText` is false for dates and error values. Numbers and logicals count as their text. */
function ruleText({ value, shown }: RuleCell): { readonly text: string; readonly isText: boolean } {
  if (value === null) return { text: shown, isText: false };
  switch (value.kind) {
    case 'text':
      return { text: value.value, isText: true };
    case 'number':
      return { text: exactText(value.value), isText: true };
    case 'logical':
      return { text: value.value ? 'TRUE' : 'FALSE', isText: true };
    case 'date':
      return { text: shown, isText: false };
    case 'blank':
      return { text: '', isText: true };
    default: {
      const never: never = value;
      return never;
    }
  }
}

/**
 * The lines of a rule sheet (language §1) from its cells, row by row. A faulty cell is a problem of its own: what it
 * shows is left out so that it makes no others.
 */
export function ruleLines(sheet: string, cells: readonly RuleCell[]): RuleLines {
  const lines: RuleLine[] = [];
  const problems: Problem[] = [];
  let lastRow = 0;

  function report(cell: RuleCell, text: string, reason: SyntaxReason): void {
    const line = { kind: 'cell', sheet, row: cell.row, column: cell.column } as const;
    const at: Place = { kind: 'rule', line, start: 1, end: Math.max(1, text.length) };
    problems.push({ code: 'syntax', severity: 'error', reason, at });
  }

  for (const cell of cells) {
    const { text, isText } = ruleText(cell);
    if (text.trim() === '' && !cell.formula) continue;
    if (cell.row === lastRow) {
      report(cell, text, 'second-cell');
      continue;
    }
    for (let r = Math.max(lastRow + 1, cell.row - MAX_BLANK_RUN); r < cell.row; r++)
      lines.push({ place: { kind: 'cell', sheet, row: r, column: 1 }, depth: 0, text: '' });
    lastRow = cell.row;
    let shown = text;
    if (cell.formula) {
      report(cell, text, 'formula');
      shown = '';
    } else if (!isText) {
      report(cell, text, 'not-text');
      shown = '';
    } else if (/[\r\n]/.test(text)) {
      report(cell, text, 'line-break');
      shown = text.replace(/[\r\n]/g, ' ');
    }
    const place = { kind: 'cell', sheet, row: cell.row, column: cell.column } as const;
    lines.push({ place, depth: cell.column - 1, text: shown });
  }
  return { lines, problems };
}

const BLANK_ROW: RuleRow = { depth: 0, text: '', fixed: false };

/**
 * The same cells row for row from row 1, blank rows at the end left out. A row that is no line of text (a formula, a
 * date, an error value, a second cell, a line break) is `fixed`; its text is what its first cell shows, in one line.
 */
export function ruleRows(cells: readonly RuleCell[]): readonly RuleRow[] {
  const rows: RuleRow[] = [];
  for (const cell of cells) {
    const { text, isText } = ruleText(cell);
    if (text.trim() === '' && !cell.formula) continue;
    if (cell.row === rows.length) {
      const first = rows[cell.row - 1] ?? BLANK_ROW;
      rows[cell.row - 1] = { ...first, fixed: true };
      continue;
    }
    while (rows.length < cell.row - 1) rows.push(BLANK_ROW);
    const broken = /[\r\n]/.test(text);
    rows.push({
      depth: cell.column - 1,
      text: broken ? text.replace(/[\r\n]+/g, ' ') : text,
      fixed: cell.formula || !isText || broken,
    });
  }
  return rows;
}
