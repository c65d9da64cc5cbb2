import type { Area } from '../area.ts';
import { LAST_RULE_COLUMN } from '../ruleReading.ts';
import { type Backup, backUp, putBack } from './backup.ts';
import { eachBlock, rangeOf } from './blocks.ts';
import type { RowStep } from './ruleSheets.ts';
import { areaOf } from './structure.ts';

/** What a rule sheet holds, to be put back and to see how far a change of its rows came. */
export interface RuleShape {
  /** The last row and column that hold something; 0 where nothing does. */
  readonly bottom: number;
  readonly right: number;
  /** Columns A to C. */
  readonly backup: Backup | null;
  /** Every row as one text. */
  readonly rows: readonly string[];
}

/** Keeps what a rule sheet holds. */
export async function keepRules(context: Excel.RequestContext, sheet: Excel.Worksheet): Promise<RuleShape> {
  const used = await usedArea(context, sheet);
  if (used === null) return { bottom: 0, right: 0, backup: null, rows: [] };
  const { bottom, right } = used;
  const backup = await backUp(context, sheet, { top: 1, left: 1, bottom, right: LAST_RULE_COLUMN });
  return { bottom, right, backup, rows: await rowTexts(context, sheet, used) };
}

async function usedArea(context: Excel.RequestContext, sheet: Excel.Worksheet): Promise<Area | null> {
  const used = sheet.getUsedRangeOrNullObject(true);
  used.load('rowIndex,columnIndex,rowCount,columnCount');
  await context.sync();
  return used.isNullObject ? null : areaOf(used);
}

async function rowTexts(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  area: Area | null,
): Promise<readonly string[]> {
  const rows: string[] = [];
  if (area !== null)
    await eachBlock(context, sheet, { ...area, top: 1, left: 1 }, ({ values }) => {
      for (const row of values) rows.push(JSON.stringify(row).replace(/(?:,"")*\]$/, ''));
    });
  return rows;
}

/** Queues whole rows to come or go. */
export function rowsChange(sheet: Excel.Worksheet, { kind, row, count }: RowStep): void {
  const rows = sheet.getRange(`${row}:${row + count - 1}`);
  if (kind === 'insert') rows.insert('Down');
  else rows.delete('Up');
}

const opposite = (step: RowStep): RowStep => ({
  ...step,
  kind: step.kind === 'insert' ? 'delete' : 'insert',
});

/** The rows of a sheet after a step; those that come are blank. */
function afterStep(rows: readonly string[], { kind, row, count }: RowStep): readonly string[] {
  const before = rows.slice(0, row - 1);
  if (kind === 'delete') return [...before, ...rows.slice(row - 1 + count)];
  return [...before, ...Array.from({ length: count }, () => '[""'), ...rows.slice(row - 1)];
}

/**
 * Undoes the steps of which `done` were carried out for sure and the next perhaps, then puts A to C back. False where Excel
 * refuses that too. `last` is the last row that may have been written.
 */
export async function undoRules(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  shape: RuleShape,
  steps: readonly RowStep[],
  done: number,
  last: number,
): Promise<boolean> {
  // The rows after each step, as long as only steps were carried out.
  const states = [shape.rows];
  for (const step of steps) states.push(afterStep(states[states.length - 1] ?? [], step));
  let at = done;
  try {
    // A protected sheet refuses this as it refused to be written; then it is what it was.
    if (JSON.stringify(await keepRules(context, sheet)) === JSON.stringify(shape)) return true;
  } catch {
    // What can't be read now is put back.
  }
  for (let tries = 4; tries > 0; tries--) {
    try {
      // A step that failed may have been carried out all the same; so may one that undoes another.
      if (at < steps.length || tries < 4) at = await whereItStands(context, sheet, states, at);
      for (; at > 0; at--) {
        const step = steps[at - 1];
        if (step === undefined) break;
        rowsChange(sheet, opposite(step));
        await context.sync();
      }
      const below = { top: shape.bottom + 1, left: 1, bottom: last, right: LAST_RULE_COLUMN };
      if (last > shape.bottom) rangeOf(sheet, below).clear('Contents');
      await context.sync();
      if (shape.backup !== null) await putBack(context, sheet, shape.backup);
      return true;
    } catch {
      // Once more, from where it stands.
    }
  }
  return false;
}

/** Which of the neighbouring states of `at` the sheet is in. */
async function whereItStands(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  states: readonly (readonly string[])[],
  at: number,
): Promise<number> {
  const rows = await rowTexts(context, sheet, await usedArea(context, sheet));
  const alike = (state: readonly string[]): number => {
    let count = 0;
    for (let i = 0; i < Math.max(rows.length, state.length); i++)
      count += (rows[i] ?? '[""') === (state[i] ?? '[""') ? 0 : 1;
    return count;
  };
  let best = at;
  for (const other of [at - 1, at + 1]) {
    const state = states[other];
    const now = states[best];
    if (state !== undefined && now !== undefined && alike(state) < alike(now)) best = other;
  }
  return best;
}
