import { exactText } from '../../exact/decimal.ts';
import type { Place, Problem, SyntaxReason } from '../../problems/problem.ts';
import type { RuleLine } from '../port.ts';
import { type CellContext, cellValue, isBlankCell } from './cells.ts';
import type { RawCell } from './rawCell.ts';
import { eachCell } from './sheet.ts';
import type { BookSheet } from './structure.ts';
import type { Zip } from './zip.ts';

/** Columns A to C. */
const LAST_COLUMN = 3;
/** A longer run of blank rows is shortened: nobody's layout, but what a stray cell far below would make of it. */
const MAX_BLANK_RUN = 1000;

export interface RuleSheet {
  readonly lines: readonly RuleLine[];
  readonly problems: readonly Problem[];
}

/**
 * The lines of a rule sheet (language §1). Numbers and logicals count as their text; dates and error values are no
 * text. A faulty cell is a problem of its own: what it shows is left out so that it makes no others.
 */
export function readRuleSheet(zip: Zip, sheet: BookSheet, context: CellContext): RuleSheet {
  const lines: RuleLine[] = [];
  const problems: Problem[] = [];
  let lastRow = 0;
  let taken = 0;

  function report(cell: Readonly<RawCell>, text: string, reason: SyntaxReason): void {
    const line = { kind: 'cell', sheet: sheet.name, row: cell.row, column: cell.column } as const;
    const at: Place = { kind: 'rule', line, start: 1, end: Math.max(1, text.length) };
    problems.push({ code: 'syntax', severity: 'error', reason, at });
  }

  function blanksBefore(row: number): void {
    for (let r = Math.max(lastRow + 1, row - MAX_BLANK_RUN); r < row; r++)
      lines.push({ place: { kind: 'cell', sheet: sheet.name, row: r, column: 1 }, depth: 0, text: '' });
  }

  eachCell(zip, sheet.entry, (cell) => {
    if (cell.column > LAST_COLUMN || (isBlankCell(cell, context) && !cell.formula)) return true;
    const { text, isText } = ruleText(cell, context);
    if (text.trim() === '' && !cell.formula) return true;
    if (cell.row === taken) {
      report(cell, text, 'second-cell');
      return true;
    }
    blanksBefore(cell.row);
    lastRow = cell.row;
    taken = cell.row;
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
    const place = { kind: 'cell', sheet: sheet.name, row: cell.row, column: cell.column } as const;
    lines.push({ place, depth: cell.column - 1, text: shown });
    return true;
  });
  return { lines, problems };
}

function ruleText(
  cell: Readonly<RawCell>,
  context: CellContext,
): { readonly text: string; readonly isText: boolean } {
  const { value, error } = cellValue(cell, context);
  if (value === null) return { text: error ?? '', isText: false };
  switch (value.kind) {
    case 'text':
      return { text: value.value, isText: true };
    case 'number':
      return { text: exactText(value.value), isText: true };
    case 'logical':
      return { text: value.value ? 'TRUE' : 'FALSE', isText: true };
    case 'date':
      return { text: cell.text, isText: false };
    case 'blank':
      return { text: '', isText: true };
    default: {
      const never: never = value;
      return never;
    }
  }
}
