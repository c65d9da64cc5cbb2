import type { RuleSheet } from '../../../workbook/live.ts';
import type { SourceLine } from '../../../workbook/port.ts';
import { sameSheet } from './text.ts';

/** A rule sheet that is shown in the editor, and what its text is based on. */
export interface Kept {
  /** What the sheet said when its text was last made from it, or written to it. */
  readonly base: RuleSheet;
  /** Whether the sheet says something else by now while its text is being edited. */
  readonly outdated: boolean;
  /** Whether the sheet is no longer there, while its text is being edited. */
  readonly gone: boolean;
}

export interface Merged {
  readonly kept: readonly Kept[];
  /** Sheets that are new; that say something new while their text is as it was; and names of those that are gone. */
  readonly opened: readonly RuleSheet[];
  readonly replaced: readonly RuleSheet[];
  readonly closed: readonly string[];
}

/** What the rule sheets of a workbook mean for those that are shown; what is being edited is never touched. */
export function merge(
  kept: readonly Kept[],
  found: readonly RuleSheet[],
  isEdited: (sheet: string) => boolean,
): Merged {
  const opened: RuleSheet[] = [];
  const replaced: RuleSheet[] = [];
  const next = found.map((sheet): Kept => {
    const before = kept.find(({ base }) => base.sheet === sheet.sheet);
    if (before === undefined) {
      opened.push(sheet);
      return { base: sheet, outdated: false, gone: false };
    }
    if (sameSheet(before.base, sheet)) return { base: before.base, outdated: false, gone: false };
    if (isEdited(sheet.sheet)) return { base: before.base, outdated: true, gone: false };
    replaced.push(sheet);
    return { base: sheet, outdated: false, gone: false };
  });
  const missing = kept.filter(({ base }) => !found.some(({ sheet }) => sheet === base.sheet));
  const lost = missing.filter(({ base }) => isEdited(base.sheet));
  return {
    kept: [...next, ...lost.map(({ base }) => ({ base, outdated: false, gone: true }))],
    opened,
    replaced,
    closed: missing.filter((one) => !lost.includes(one)).map(({ base }) => base.sheet),
  };
}

/** Whether cells say something else than a sheet. */
export function isEdited(base: RuleSheet, cells: readonly SourceLine[]): boolean {
  let rows = base.rows.length;
  while (rows > 0 && base.rows[rows - 1]?.text === '' && base.rows[rows - 1]?.fixed === false) rows--;
  return (
    rows !== cells.length ||
    cells.some(({ depth, text }, i) => {
      const row = base.rows[i];
      return row === undefined || row.text !== text || (text !== '' && row.depth !== depth);
    })
  );
}

/** A name for another rule sheet: `Rules`, `Rules 2` … */
export function nextName(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  let name = wanted;
  for (let n = 2; used.has(name.toLowerCase()); n++) name = `${wanted} ${n}`;
  return name;
}
