import { fileError } from '../bookError.ts';
import type { RuleSheet, RuleWrite } from '../live.ts';
import { isRuleSheet } from '../names.ts';
import type { SourceLine } from '../port.ts';
import { type RuleEdit, ruleEdits, ruleLine, sameRows } from '../ruleEdits.ts';
import { LAST_RULE_COLUMN, ruleRows } from '../ruleReading.ts';
import { freeSheetName } from '../sheetNames.ts';
import { type ExcelApi, excelError } from './batch.ts';
import { rangeOf } from './blocks.ts';
import { type CellMeaning, isBlank } from './cells.ts';
import { type Input, textInput } from './input.ts';
import { readRuleCells } from './read.ts';
import { keepRules, type RuleShape, rowsChange, undoRules } from './ruleShape.ts';
import { areaOf } from './structure.ts';

/** Widths of columns A to C in points: two steps of indentation, then the line. */
const RULE_POINTS = [24, 24, 560];

/** Every rule sheet in sheet order. */
export function ruleSheetsOf(api: ExcelApi, meaning: CellMeaning): Promise<readonly RuleSheet[]> {
  return api.read(async (context) => {
    const { worksheets } = context.workbook;
    worksheets.load('items/name');
    await context.sync();
    const sheets: RuleSheet[] = [];
    for (const { name } of worksheets.items)
      if (isRuleSheet(name)) sheets.push(await readSheet(context, name, meaning));
    return sheets;
  });
}

async function readSheet(
  context: Excel.RequestContext,
  sheet: string,
  meaning: CellMeaning,
): Promise<RuleSheet> {
  const used = context.workbook.worksheets.getItem(sheet).getUsedRangeOrNullObject(true);
  used.load('rowIndex,columnIndex,rowCount,columnCount');
  await context.sync();
  const area = used.isNullObject ? null : areaOf(used);
  const cells = await readRuleCells(context, { name: sheet, used: area }, meaning);
  return { sheet, rows: ruleRows(cells) };
}

/**
 * Writes lines into a rule sheet: rows are put in and taken out where lines come and go, then the lines that differ are
 * written. What goes wrong is undone.
 */
export function writeRules(
  api: ExcelApi,
  meaning: CellMeaning,
  name: string,
  lines: readonly SourceLine[],
  was: RuleSheet,
): Promise<RuleWrite> {
  return api.write(async (context) => {
    const sheet = context.workbook.worksheets.getItemOrNullObject(name);
    await context.sync();
    if (sheet.isNullObject || !isRuleSheet(name)) throw fileError(api.title(), 'missing', name);
    const now = await readSheet(context, name, meaning);
    if (!sameRows(now.rows, was.rows)) return { kind: 'changed', sheet: now };
    const shape = await keepRules(context, sheet);
    const { steps, contents } = await plan(context, sheet, shape, ruleEdits(now.rows, lines));
    let done = 0;
    try {
      for (const step of steps) {
        rowsChange(sheet, step);
        await context.sync();
        done++;
      }
      writeLines(sheet, contents);
      await context.sync();
    } catch (error) {
      const last = contents[contents.length - 1]?.row ?? 0;
      if (!(await undoRules(context, sheet, shape, steps, done, last)))
        throw fileError(api.title(), 'half-written', name);
      throw excelError(api.title(), error, 'not-written', name);
    }
    // What is there now, as far as it can be read: it is written, whatever becomes of this answer.
    const written = await readSheet(context, name, meaning).catch(() => null);
    return {
      kind: 'written',
      sheet: written ?? { sheet: name, rows: lines.map((line) => ({ ...ruleLine(line), fixed: false })) },
    };
  });
}

/** Whole rows that come or go; from the bottom up. */
export type RowStep = { readonly kind: 'insert' | 'delete'; readonly row: number; readonly count: number };

interface Plan {
  readonly steps: readonly RowStep[];
  /** Lines by the row that they get once the steps are done, in rising order. */
  readonly contents: readonly { readonly row: number; readonly line: SourceLine }[];
}

const BLANK: SourceLine = { depth: 0, text: '' };

async function plan(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  shape: RuleShape,
  edits: readonly RuleEdit[],
): Promise<Plan> {
  const steps: RowStep[] = [];
  const contents: { row: number; line: SourceLine }[] = [];
  const shift = (by: number): void => {
    for (const one of contents) one.row += by;
  };
  const noted = await notedRows(context, sheet, shape);
  for (const edit of edits)
    if (edit.kind === 'set') contents.unshift({ row: edit.row, line: edit.line });
    else if (edit.kind === 'insert') {
      const count = edit.lines.length;
      // Below everything there is nothing to push down.
      if (edit.row <= shape.bottom) {
        steps.push({ kind: 'insert', row: edit.row, count });
        shift(count);
      }
      contents.unshift(...edit.lines.map((line, i) => ({ row: edit.row + i, line })));
    } else
      for (let row = edit.row + edit.count - 1; row >= edit.row; row--) {
        if (noted.has(row)) {
          contents.unshift({ row, line: BLANK });
          continue;
        }
        const last = steps[steps.length - 1];
        if (last?.kind === 'delete' && last.row === row + 1)
          steps[steps.length - 1] = { ...last, row, count: last.count + 1 };
        else steps.push({ kind: 'delete', row, count: 1 });
        shift(-1);
      }
  return { steps, contents };
}

/** The rows in which something stands from column D on. */
async function notedRows(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  { bottom, right }: RuleShape,
): Promise<ReadonlySet<number>> {
  if (bottom === 0 || right <= LAST_RULE_COLUMN) return new Set();
  const range = rangeOf(sheet, { top: 1, left: LAST_RULE_COLUMN + 1, bottom, right });
  range.load('formulas');
  await context.sync();
  const formulas: readonly (readonly unknown[])[] = range.formulas;
  return new Set(
    formulas.flatMap((row, i) => (row.some((formula) => !isBlank({ value: formula })) ? [i + 1] : [])),
  );
}

/** Writes lines into A to C, runs of rows together. */
function writeLines(sheet: Excel.Worksheet, contents: Plan['contents']): void {
  for (let i = 0; i < contents.length; ) {
    const first = contents[i];
    if (first === undefined) return;
    const rows: Input[][] = [];
    for (; contents[i]?.row === first.row + rows.length; i++)
      rows.push(lineInputs(contents[i]?.line ?? BLANK));
    const bottom = first.row + rows.length - 1;
    const range = rangeOf(sheet, { top: first.row, left: 1, bottom, right: LAST_RULE_COLUMN });
    range.numberFormat = rows.map((row) => row.map(() => 'General'));
    range.values = rows;
  }
}

function lineInputs(line: SourceLine): Input[] {
  const { depth, text } = ruleLine(line);
  return [0, 1, 2].map((column) => (column === depth ? textInput(text) : ''));
}

/** Adds a rule sheet after the last one, or at the end; gives its name. */
export function addRules(api: ExcelApi, wanted: string, lines: readonly SourceLine[]): Promise<string> {
  return api.write(async (context) => {
    const { worksheets } = context.workbook;
    worksheets.load('items/name,items/position');
    await context.sync();
    const names = worksheets.items.map((sheet) => sheet.name);
    const name = freeSheetName(wanted, new Set(names.map((one) => one.toLowerCase())));
    const last = names.findLastIndex(isRuleSheet);
    try {
      const sheet = worksheets.add(name);
      const before = worksheets.items[last];
      if (before !== undefined) sheet.position = before.position + 1;
      for (const [i, points] of RULE_POINTS.entries())
        rangeOf(sheet, { top: 1, left: i + 1, bottom: 1, right: i + 1 }).format.columnWidth = points;
      writeLines(
        sheet,
        lines.map((line, i) => ({ row: i + 1, line })),
      );
      await context.sync();
      return name;
    } catch (error) {
      if (!(await removed(context, name))) throw fileError(api.title(), 'half-written', name);
      throw excelError(api.title(), error, 'not-written', name);
    }
  });
}

/** Takes a sheet away that was added, if it came to that; false where Excel refuses. */
async function removed(context: Excel.RequestContext, name: string): Promise<boolean> {
  for (let tries = 3; tries > 0; tries--) {
    try {
      const sheet = context.workbook.worksheets.getItemOrNullObject(name);
      await context.sync();
      if (!sheet.isNullObject) {
        sheet.delete();
        await context.sync();
      }
      return true;
    } catch {
      // Once more.
    }
  }
  return false;
}
