import { LAST_RULE_COLUMN, type RuleCell, type RuleLines, ruleLines } from '../ruleReading.ts';
import { type CellContext, cellValue, isBlankCell } from './cells.ts';
import { eachCell } from './sheet.ts';
import type { BookSheet } from './structure.ts';
import type { Zip } from './zip.ts';

/** The lines of a rule sheet. */
export function readRuleSheet(zip: Zip, sheet: BookSheet, context: CellContext): RuleLines {
  return ruleLines(sheet.name, readRuleCells(zip, sheet, context));
}

/** The cells of a rule sheet's columns A to C that are not blank, or have a formula. */
export function readRuleCells(zip: Zip, sheet: BookSheet, context: CellContext): readonly RuleCell[] {
  const cells: RuleCell[] = [];
  eachCell(zip, sheet.entry, (cell) => {
    if (cell.column > LAST_RULE_COLUMN || (isBlankCell(cell, context) && !cell.formula)) return true;
    const { row, column, formula, text } = cell;
    const { value, error } = cellValue(cell, context);
    cells.push({ row, column, formula, value, shown: error ?? text });
    return true;
  });
  return cells;
}
