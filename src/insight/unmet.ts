import type { RuleFile } from '../../grammar/tree.ts';
import { lineText, ruleName } from '../audit/review/findings.ts';
import { isUnmet, reviewBook } from '../audit/review/reviewBook.ts';
import type { Unmet } from './insight.ts';
import type { Ran } from './worth.ts';

/** What the review of the rules says nobody meets. */
export async function unmetOf(ran: Ran, file: RuleFile): Promise<Unmet> {
  // stored results are not what is asked for
  const { rules } = await reviewBook(ran, file, { ours: async () => null }, null);
  return {
    rules: rules.filter(isUnmet).map((rule) => {
      const version = rule.versions.find(({ inForce }) => inForce) ?? rule.versions[0];
      return {
        name: ruleName(rule),
        where: rule.where ?? '',
        at: version === undefined ? '' : lineText(version.at),
      };
    }),
    lines: rules.flatMap((rule) =>
      rule.lines.flatMap(({ at, text, hits }) =>
        hits === 0 ? [{ name: ruleName(rule), line: text.trim(), at: lineText(at) }] : [],
      ),
    ),
  };
}
