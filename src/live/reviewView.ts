import {
  type Findings,
  findingsOf,
  lineText,
  periodText,
  resultsText,
  ruleName,
} from '../audit/review/findings.ts';
import {
  type Review,
  type ReviewedRule,
  type ReviewWords,
  type RuleVersion,
  reviewBook,
  reviewPage,
  reviewWords,
} from '../audit/review/index.ts';
import { displayText } from '../exact/decimal.ts';
import { grouped, money } from '../exact/grouped.ts';
import { type Rational, toDouble } from '../exact/rational.ts';
import type { Language } from '../problems/messages/index.ts';
import type { Place } from '../problems/problem.ts';
import type { Evaluated } from './evaluated.ts';
import type {
  ReviewAmount,
  ReviewFact,
  ReviewFinding,
  ReviewPlace,
  ReviewRule,
  ReviewSource,
  ReviewVersion,
  ReviewView,
} from './reviewed.ts';

export { unmetOf } from '../insight/unmet.ts';

/** The review of a run, its errors notwithstanding; null where the rules or the headings have an error. */
export async function reviewView(
  { done, workbook, file }: Evaluated,
  title: string,
  source: ReviewSource,
  language: Language,
): Promise<ReviewView | null> {
  if (done === null) return null;
  const inspection = await source.inspect();
  // Not the source itself: what asks back from another thread is asked by its members.
  const ours: ReviewSource['ours'] = (name) => source.ours(name);
  const review = await reviewBook({ ...done, workbook }, file, { ours }, inspection);
  const w = reviewWords(language);
  const { rules, errors, checks, asOf } = review;
  const versions = rules.reduce((sum, rule) => sum + rule.versions.length, 0);
  return {
    asOf,
    title: w.title,
    summary: w.summary(rules.length, versions, checks),
    results: errors > 0 ? w.errors(errors) : resultsText(review, w),
    errors,
    inspected: inspection !== null,
    found: findingsOf(review, w).map((list) => ({
      heading: list.heading,
      rows: list.rows.map((row, i) => findingOf(list, row, i)),
    })),
    rules: rules.map((rule) => ruleOf(rule, w)),
    notes: notesOf(review, w),
    page: reviewPage(review, title, language),
  };
}

function notesOf({ errors, rules }: Review, w: ReviewWords): readonly string[] {
  return [
    ...(errors > 0 ? [] : [w.moneyNote]),
    ...(rules.some(({ lines }) => lines.length > 0) ? [w.hitsNote] : []),
  ];
}

/** A row of a list: the first column that is no place says what it is about, the others are facts. */
function findingOf({ columns, places, placed }: Findings, row: readonly string[], i: number): ReviewFinding {
  const place = places[i] ?? null;
  const at: ReviewPlace | null = place === null ? null : { place, text: row[placed] ?? '' };
  const others = columns.flatMap((label, column): readonly ReviewFact[] => {
    const text = row[column] ?? '';
    return (at !== null && column === placed) || text === '' ? [] : [{ label, text }];
  });
  const [first, ...facts] = others;
  // A key whose last parts are blank, as that of a pool of everybody.
  return { title: (first?.text ?? '').replace(/(?: · )+$/, ''), at, facts };
}

const placeOf = (place: Place): ReviewPlace => ({ place, text: lineText(place) });

function ruleOf(rule: ReviewedRule, w: ReviewWords): ReviewRule {
  const { kind, where, rows, usedBy, money: amounts, versions, lines } = rule;
  return {
    name: ruleName(rule),
    kind: w.kind[kind],
    facts: [
      ...(where === null ? [] : [{ label: w.where, text: where }]),
      ...(rows === null ? [] : [{ label: w.rows, text: grouped(String(rows)) }]),
      { label: w.usedBy, text: usedBy.length === 0 ? w.nobody : usedBy.join(w.and) },
    ],
    amounts:
      amounts === null
        ? null
        : {
            statements: amountOf(w.inStatements, amounts.statements),
            shares: amountOf(w.inShares, amounts.shares),
          },
    versions: versions.map((version) =>
      versionOf(version, version.inForce ? lines.map(({ hits }) => hits) : [], w),
    ),
  };
}

const amountOf = (label: string, amount: Rational): ReviewAmount => ({
  label,
  text: money(displayText(amount)),
  about: toDouble(amount),
});

function versionOf(version: RuleVersion, hits: readonly number[], w: ReviewWords): ReviewVersion {
  const { at, text, inForce, constants } = version;
  const written = new Map<string, { readonly at: ReviewPlace; readonly texts: string[] }>();
  for (const constant of constants) {
    const line = placeOf(constant.at);
    const known = written.get(line.text);
    if (known === undefined) written.set(line.text, { at: line, texts: [constant.text] });
    else known.texts.push(constant.text);
  }
  return {
    at: placeOf(at),
    period: periodText(version, w),
    state: inForce ? w.inForce : w.notInForce,
    inForce,
    lines: text.map((line, i) => {
      const count = i === 0 ? undefined : hits[i - 1];
      return {
        text: line,
        hits: count === undefined ? '' : `${w.hits} ${grouped(String(count))}`,
        none: count === 0,
      };
    }),
    constants: [...written.values()].map((one) => ({ at: one.at, texts: one.texts.join(w.and) })),
  };
}
