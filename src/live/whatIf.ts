import { exactText } from '../exact/decimal.ts';
import { add, type Rational, sign, subtract, toDouble, ZERO } from '../exact/rational.ts';
import { foldText } from '../exact/value.ts';
import type { LinePlace, Problem } from '../problems/problem.ts';
import { keyText } from '../report/values.ts';
import { sourceLine, sourceText } from '../rules/source.ts';
import type { RuleLine } from '../workbook/port.ts';
import type { Evaluated } from './evaluated.ts';
import type { Evaluation, ShareName } from './protocol.ts';
import { amountOf, poolsOf, shareView } from './shareView.ts';
import type { WhatIf, WhatIfChange } from './views.ts';

/** A number as the rules write it, after NFKC. */
const LITERAL = /^-?\d+(?:\.\d+)?%?$/;
const THOUSANDS = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?$/;

/** The lines of rules with other literals in them; several may stand in one line. Places are those of `rules`. */
export function changedLines(
  rules: readonly RuleLine[],
  changes: readonly WhatIfChange[],
): readonly RuleLine[] {
  const byLine = new Map<RuleLine, WhatIfChange[]>();
  for (const change of changes) {
    const line = sourceLine(rules, change.at);
    if (line === null) continue;
    byLine.set(line, [...(byLine.get(line) ?? []), change]);
  }
  return rules.map((line) => {
    const inLine = byLine.get(line);
    return inLine === undefined ? line : { ...line, text: replaced(line.text, inLine) };
  });
}

/** From the right, so that the places further left stay what they are. */
function replaced(text: string, changes: readonly WhatIfChange[]): string {
  return [...changes]
    .sort((a, b) => b.at.start - a.at.start)
    .reduce((line, { at, text: put }) => line.slice(0, at.start - 1) + put.trim() + line.slice(at.end), text);
}

/** What is wrong with the changes themselves: no number, or no number to put it in place of. */
export function literalProblems(
  rules: readonly RuleLine[],
  changes: readonly WhatIfChange[],
): readonly Problem[] {
  return changes.flatMap(({ at, text }): readonly Problem[] => {
    const put = text.normalize('NFKC').trim();
    const error = { severity: 'error', at } as const;
    if (THOUSANDS.test(put))
      return [
        { ...error, code: 'thousands-separator', written: text.trim(), meant: put.replaceAll(',', '') },
      ];
    const stood = sourceText(rules, at).normalize('NFKC');
    if (LITERAL.test(put) && LITERAL.test(stood.replaceAll(/\s/g, ''))) return [];
    const expected = ['number', 'percent'];
    return put === ''
      ? [{ ...error, code: 'syntax', reason: 'missing', expected }]
      : [{ ...error, code: 'syntax', reason: 'unexpected', found: text.trim(), expected }];
  });
}

/**
 * A share as it is and as it would be with other literals in the rules.
 * @param other what the rules of `changedLines` come to, over the same tables
 * @param evaluation the same in short
 */
export function whatIf(
  base: Evaluated,
  other: Evaluated,
  evaluation: Evaluation,
  share: ShareName,
  changes: readonly WhatIfChange[],
): WhatIf {
  const lines = changesInLines(base.workbook.rules, changes);
  const wrong = literalProblems(base.workbook.rules, changes);
  if (wrong.length > 0) return refused({ asOf: base.asOf, problems: wrong, outcome: null }, lines);
  if (other.done === null || evaluation.outcome === null) return refused(evaluation, lines);
  const { program, results } = other.done;
  const differences = compared(amounts(base, share), amounts(other, share));
  const signs = differences.map(({ difference }) => sign(difference));
  return {
    evaluation,
    share: shareView(program, other.workbook, results, share),
    changes: differences.map(({ key, before, after, difference }) => ({
      key,
      before: exactText(before),
      after: exactText(after),
      difference: exactText(difference),
      differenceNumber: toDouble(difference),
    })),
    winners: signs.filter((s) => s > 0).length,
    losers: signs.filter((s) => s < 0).length,
    total: exactText(differences.reduce((sum, { difference }) => add(sum, difference), ZERO)),
    lines,
    problems: evaluation.problems,
  };
}

function refused(evaluation: Evaluation, lines: WhatIf['lines']): WhatIf {
  const { problems } = evaluation;
  return { evaluation, share: null, changes: [], winners: 0, losers: 0, total: '0', lines, problems };
}

function changesInLines(rules: readonly RuleLine[], changes: readonly WhatIfChange[]): WhatIf['lines'] {
  const changed = changedLines(rules, changes);
  return changed.flatMap(({ place, text }, i): readonly { at: LinePlace; text: string }[] =>
    text === rules[i]?.text ? [] : [{ at: place, text }],
  );
}

interface Amount {
  readonly key: string;
  readonly row: number;
  readonly amount: Rational;
}

/** What each row received from the pools of a share, by its key without regard to case. */
function amounts({ done, workbook, problems }: Evaluated, share: ShareName): ReadonlyMap<string, Amount> {
  const found = new Map<string, Amount>();
  if (done === null || problems.some(({ severity }) => severity === 'error')) return found;
  for (const pool of poolsOf(done.program, workbook, done.results, share)) {
    const table = done.program.shares[pool.share]?.table ?? -1;
    for (const member of pool.members) {
      const key = keyText(done.program, workbook, table, member.row);
      const before = found.get(foldText(key));
      const amount = add(before?.amount ?? ZERO, amountOf(member, pool));
      found.set(foldText(key), { key, row: member.row, amount });
    }
  }
  return found;
}

function compared(before: ReadonlyMap<string, Amount>, after: ReadonlyMap<string, Amount>) {
  const rows = new Map([...before, ...after]);
  return [...rows]
    .sort(([, a], [, b]) => a.row - b.row)
    .flatMap(([id, { key }]) => {
      const was = before.get(id)?.amount ?? ZERO;
      const is = after.get(id)?.amount ?? ZERO;
      const difference = subtract(is, was);
      return sign(difference) === 0 ? [] : [{ key, before: was, after: is, difference }];
    });
}
