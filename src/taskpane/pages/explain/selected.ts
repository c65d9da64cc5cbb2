import type { TargetList, TargetName } from '../../../live/protocol.ts';
import type { Selection } from '../../../workbook/live.ts';
import { type Argument, dateOf, ourCall } from './formula.ts';

/** What a selected cell is about. */
export type Selected =
  | {
      readonly kind: 'target';
      readonly target: TargetName;
      /** Of the function's own as-of argument: null for the run's date. */
      readonly asOf: number | null | 'unknown';
    }
  | { readonly kind: 'statement'; readonly key: string }
  | { readonly kind: 'share'; readonly share: string }
  /** Nothing that Allot computes or reads by key. */
  | { readonly kind: 'nothing' };

const NOTHING: Selected = { kind: 'nothing' };

/** In this order a score is the one that SUPPORTSCORE means without a column; as in src/live/answers/rule.ts. */
export const SUPPORT_SCORES: readonly string[] = ['support_score', 'support', '支撑评分', '支撑效能'];

/** Sheets of ours: `Allot Staff`. */
const OURS = /^allot[ _](?:run[ _])?(.+)$/i;

/** Finds out what a selected cell is about: one of our functions, a cell of a result sheet, or of a table with keys. */
export function selected(selection: Selection | null, targets: readonly TargetList[]): Selected {
  if (selection === null) return NOTHING;
  const called = selection.formula === null ? null : fromFormula(selection.formula, selection, targets);
  if (called !== null) return called;
  const { inTable } = selection;
  if (inTable === null) return NOTHING;
  const { heading, key } = inTable;
  const ours = OURS.exec(selection.sheet)?.[1];
  if (ours === undefined) return target(`${inTable.table}[${heading}]`, key);
  const table = targets.find((list) => list.table !== null && same(list.table, ours))?.table;
  if (table !== undefined && table !== null) return target(`${table}[${heading}]`, key);
  // `Allot Scalars` and its like have the thing's name or key in front.
  if (targets.some(({ table, names }) => table === null && names.includes(key))) return target(key, null);
  if (same(ours, 'Statements')) return { kind: 'statement', key };
  return same(ours, 'Shares') ? { kind: 'share', share: key } : NOTHING;
}

function fromFormula(
  formula: string,
  { inTable }: Selection,
  targets: readonly TargetList[],
): Selected | null {
  const call = ourCall(formula);
  if (call === null) return null;
  const [first, second, third] = call.arguments;
  // A key that is a reference is nearly always the row's own.
  const keyOf = (argument: Argument | undefined): string | null =>
    argument?.kind === 'text' ? argument.text : argument?.kind === 'other' ? (inTable?.key ?? null) : null;
  switch (call.name) {
    case 'RULE':
    case 'EXPLAIN':
      return first?.kind === 'text' ? target(first.text, keyOf(second), dateOf(third)) : null;
    case 'SUPPORTSCORE': {
      const key = keyOf(first);
      const column = second?.kind === 'text' ? second.text : supportScore(targets);
      return key === null || column === null || second?.kind === 'other'
        ? null
        : target(column, key, dateOf(third));
    }
    case 'STATEMENT': {
      const key = keyOf(first);
      return key === null ? null : { kind: 'statement', key };
    }
    default:
      return null;
  }
}

function supportScore(targets: readonly TargetList[]): string | null {
  const names = targets.flatMap(({ table, names }) => (table === null ? [] : names));
  return SUPPORT_SCORES.find((score) => names.some((name) => same(name, score))) ?? null;
}

function target(name: string, key: string | null, asOf: number | null | 'unknown' = null): Selected {
  return { kind: 'target', target: { name, key }, asOf };
}

/** As names match in the rules: without regard to case, `_` as a space. */
function same(a: string, b: string): boolean {
  const folded = (text: string): string => text.replaceAll('_', ' ').toLowerCase();
  return folded(a) === folded(b);
}
