import { isoOfMs } from '../../exact/date.ts';
import { exactText } from '../../exact/decimal.ts';
import { exactValueText } from '../../exact/text.ts';
import type { Value } from '../../exact/value.ts';
import { placeText } from '../../problems/problem.ts';
import type { Review } from './review.ts';
import { isUnmet, isUnused } from './reviewBook.ts';

/** A review as JSON, exact: places as text, numbers as decimals or fractions. */
export function reviewJson(review: Review): Readonly<Record<string, unknown>> {
  const { asOf, errors, rules, checks, leftOut, hidden, results } = review;
  const value = (x: Value | null): string | null => (x === null ? null : exactValueText(x));
  return {
    asOf: isoOfMs(asOf),
    errors,
    checks,
    rules: rules.map((rule) => {
      const { name, kind, table, where, rows, usedBy, money, lines, versions } = rule;
      return {
        name,
        kind,
        ...(table === null ? {} : { table }),
        ...(where === null ? {} : { where }),
        ...(rows === null ? {} : { rows }),
        ...(isUnmet(rule) ? { unmet: true } : {}),
        ...(isUnused(rule) ? { unused: true } : {}),
        usedBy,
        ...(money === null
          ? {}
          : { statements: exactText(money.statements), shares: exactText(money.shares) }),
        ...(lines.length === 0
          ? {}
          : { lines: lines.map(({ at, text, hits }) => ({ at: placeText(at), text, hits })) }),
        versions: versions.map(({ at, text, from, until, inForce, constants }) => ({
          at: placeText(at),
          text,
          ...(from === null ? {} : { from }),
          ...(until === null ? {} : { until }),
          inForce,
          constants: constants.map((one) => ({ text: one.text, at: placeText(one.at) })),
        })),
      };
    }),
    leftOut: leftOut.map(({ at, ...rest }) => ({ ...rest, ...(at === null ? {} : { at: placeText(at) }) })),
    ...(hidden === null ? {} : { hidden }),
    results:
      results.kind === 'compared'
        ? {
            sheets: results.sheets,
            changed: results.changed.map(({ at, kind, key, heading, result, found }) => ({
              at: placeText(at),
              kind,
              key,
              heading,
              result: value(result),
              found: value(found),
            })),
          }
        : results.kind === 'other-day'
          ? { asOf: exactValueText(results.asOf) }
          : null,
  };
}
