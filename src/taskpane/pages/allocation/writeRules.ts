import type { WhatIf } from '../../../live/views.ts';
import { sourceLine } from '../../../rules/source.ts';
import type { LiveBook, RuleSheet } from '../../../workbook/live.ts';
import type { RuleLine, SourceLine } from '../../../workbook/port.ts';

/** `elsewhere`: some line does not stand in a rule sheet. */
export type Writing = 'written' | 'changed' | 'elsewhere';

interface Plan {
  readonly was: RuleSheet;
  readonly lines: readonly SourceLine[];
}

/**
 * Puts changed lines into their rule sheets, all or none: where a sheet does not say any more what `rules` says,
 * nothing is written. Refuses with what the book refuses with.
 */
export async function writeRules(
  book: LiveBook,
  rules: readonly RuleLine[],
  changed: WhatIf['lines'],
): Promise<Writing> {
  if (!inSheets(changed)) return 'elsewhere';
  const sheets = await book.ruleSheets();
  const plans: Plan[] = [];
  for (const name of new Set(changed.map(({ at }) => (at.kind === 'cell' ? at.sheet : '')))) {
    const was = sheets.find(({ sheet }) => sheet === name);
    const lines = was === undefined ? null : changedSheet(was, rules, changed);
    if (was === undefined || lines === null) return 'changed';
    plans.push({ was, lines });
  }
  const written: { readonly plan: Plan; readonly now: RuleSheet }[] = [];
  try {
    for (const plan of plans) {
      const answer = await book.writeRuleSheet(plan.was.sheet, plan.lines, plan.was);
      if (answer.kind === 'changed') {
        await putBack(book, written);
        return 'changed';
      }
      written.push({ plan, now: answer.sheet });
    }
  } catch (error) {
    await putBack(book, written);
    throw error;
  }
  return 'written';
}

/** Whether every line stands in a rule sheet. */
export function inSheets(changed: WhatIf['lines']): boolean {
  return changed.every(({ at }) => at.kind === 'cell');
}

async function putBack(
  book: LiveBook,
  written: readonly { readonly plan: Plan; readonly now: RuleSheet }[],
): Promise<void> {
  for (const { plan, now } of written) await book.writeRuleSheet(now.sheet, plan.was.rows, now);
}

/** The sheet's lines with the changed ones in them; null where one of them says something else by now. */
function changedSheet(
  was: RuleSheet,
  rules: readonly RuleLine[],
  changed: WhatIf['lines'],
): readonly SourceLine[] | null {
  const lines: SourceLine[] = was.rows.map(({ depth, text }) => ({ depth, text }));
  for (const { at, text } of changed) {
    if (at.kind !== 'cell' || at.sheet !== was.sheet) continue;
    const row = was.rows[at.row - 1];
    const known = sourceLine(rules, { kind: 'rule', line: at, start: 1, end: 1 });
    if (row === undefined || row.fixed || known === null || row.text.trim() !== known.text.trim())
      return null;
    lines[at.row - 1] = { depth: row.depth, text: row.text === known.text ? text : text.trim() };
  }
  return lines;
}
