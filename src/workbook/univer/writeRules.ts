import type { ICellData, Nullable, Worksheet } from '@univerjs/presets';
import type { SourceLine } from '../port.ts';
import { type RuleEdit, ruleLine } from '../ruleEdits.ts';
import { LAST_RULE_COLUMN } from '../ruleReading.ts';
import { contentOf, isFormula, looksTyped } from './cells.ts';
import type { Grid, SheetFacade } from './grid.ts';

const RULE = { ff: 'Consolas', fs: 11, cl: { rgb: '#1F2937' } };
const COMMENT = { ...RULE, it: 1, cl: { rgb: '#6B7280' } } as const;

/** Columns A to C of a row as they hold a line; columns that hold none are emptied. */
export function lineCells(line: SourceLine): Record<number, ICellData> {
  const { depth, text } = ruleLine(line);
  const cells: Record<number, ICellData> = {};
  for (let c = 0; c < LAST_RULE_COLUMN; c++)
    cells[c] =
      c === depth && text !== ''
        ? {
            v: text,
            t: looksTyped(text) ? 4 : 1,
            f: null,
            si: null,
            p: null,
            custom: null,
            s: text.trimStart().startsWith('#') ? COMMENT : RULE,
          }
        : { v: null, f: null, si: null, p: null, custom: null };
  return cells;
}

/** Carries out changes of a rule sheet as a person would: formulas elsewhere follow, and it can be undone. */
export function editRules(grid: Grid, sheet: Worksheet, edits: readonly RuleEdit[]): void {
  const facade = grid.api.getWorkbook(grid.unitId)?.getSheetBySheetId(sheet.getSheetId());
  if (!facade) throw new Error(`no sheet ${sheet.getName()}`);
  for (const edit of edits) {
    switch (edit.kind) {
      case 'set':
        setLines(facade, sheet, edit.row, [edit.line]);
        break;
      case 'insert':
        makeRoom(facade, sheet, edit.row);
        facade.insertRowsBefore(edit.row - 1, edit.lines.length);
        setLines(facade, sheet, edit.row, edit.lines);
        break;
      case 'delete':
        for (let row = edit.row + edit.count - 1; row >= edit.row; row--) {
          if (hasNotes(grid, sheet, row)) setLines(facade, sheet, row, [{ depth: 0, text: '' }]);
          else facade.deleteRows(row - 1, 1);
        }
        break;
      default: {
        const never: never = edit;
        return never;
      }
    }
  }
}

function makeRoom(facade: SheetFacade, sheet: Worksheet, row: number): void {
  if (row > sheet.getRowCount()) facade.setRowCount(row + 100);
}

function setLines(facade: SheetFacade, sheet: Worksheet, row: number, lines: readonly SourceLine[]): void {
  makeRoom(facade, sheet, row + lines.length);
  const cells = lines.map((line) => Object.values(lineCells(line)));
  facade.getRange(row - 1, 0, lines.length, LAST_RULE_COLUMN).setValues(cells);
}

/** Whether something stands in a row from column D on. */
function hasNotes(grid: Grid, sheet: Worksheet, row: number): boolean {
  const line: Readonly<Record<number, Nullable<ICellData>>> = grid.cells(sheet)[row - 1] ?? {};
  return Object.entries(line).some(
    ([column, cell]) =>
      Number(column) >= LAST_RULE_COLUMN && cell && (contentOf(cell).kind !== 'blank' || isFormula(cell)),
  );
}
