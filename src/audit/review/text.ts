import { isoOfMs } from '../../exact/date.ts';
import { displayText } from '../../exact/decimal.ts';
import type { Language } from '../../problems/messages/index.ts';
import { cut, safe, widthOf } from '../../report/width.ts';
import {
  constantsByLine,
  type Findings,
  findingsOf,
  lineText,
  periodText,
  resultsText,
  ruleName,
} from './findings.ts';
import type { Review, ReviewedRule } from './review.ts';
import { type ReviewWords, reviewWords } from './words.ts';

/** Rows of a list of findings that people are shown at a terminal; the page has them all. */
const MOST = 20;
const WIDEST = 60;

/** A review for a terminal: what to look at first, then every rule. */
export function reviewText(review: Review, language: Language): string {
  const w = reviewWords(language);
  const { rules, errors, checks } = review;
  const versions = rules.reduce((sum, rule) => sum + rule.versions.length, 0);
  const lines = [
    `${w.title} · ${w.asOf} ${isoOfMs(review.asOf)}`,
    w.summary(rules.length, versions, checks),
    errors > 0 ? w.errors(errors) : resultsText(review, w),
  ];
  const findings = findingsOf(review, w);
  if (findings.length === 0) lines.push('', w.nothingFound);
  for (const found of findings) lines.push('', found.heading, ...tableLines(found, w));
  lines.push('', w.rules);
  for (const rule of rules) lines.push(...ruleLines(rule, w));
  if (errors === 0) lines.push('', w.moneyNote);
  return `${lines.join('\n')}\n`;
}

function tableLines({ columns, rows }: Findings, w: ReviewWords): readonly string[] {
  const shown = rows.slice(0, MOST).map((row) => row.map((text) => cut(safe(text), WIDEST)));
  const widths = columns.map((_, i) => Math.max(...shown.map((row) => widthOf(row[i] ?? ''))));
  return [
    ...shown.map((row) =>
      `  ${row.map((text, i) => text + ' '.repeat((widths[i] ?? 0) - widthOf(text))).join('  ')}`.trimEnd(),
    ),
    ...(rows.length > MOST ? [`  ${w.more(rows.length - MOST)}`] : []),
  ];
}

function* ruleLines(rule: ReviewedRule, w: ReviewWords): Generator<string> {
  const { kind, rows, usedBy, money, versions, lines, where } = rule;
  const facts = [
    w.kind[kind],
    ...(where === null ? [] : [`${w.where} ${where}`]),
    ...(rows === null ? [] : [`${w.rows} ${rows}`]),
    `${w.usedBy} ${usedBy.length === 0 ? w.nobody : usedBy.join(w.and)}`,
    ...(money === null ? [] : [`${w.inStatements} ${displayText(money.statements)}`]),
    ...(money === null ? [] : [`${w.inShares} ${displayText(money.shares)}`]),
  ];
  yield '';
  yield safe(`${ruleName(rule)}  (${facts.join('; ')})`);
  for (const version of versions) {
    const state = version.inForce ? w.inForce : w.notInForce;
    yield safe(`  ${lineText(version.at)}  ${periodText(version, w)}, ${state}`);
    for (const [i, text] of version.text.entries()) {
      const hits = version.inForce && i > 0 ? lines[i - 1]?.hits : undefined;
      yield safe(`    ${i === 0 ? '' : '  '}${text}${hits === undefined ? '' : `  (${w.hits} ${hits})`}`);
    }
    const written = constantsByLine(version).map(
      ({ line, texts }) => `${line === '' ? '' : `${line} `}${texts.join(w.and)}`,
    );
    if (written.length > 0) yield safe(`    ${w.constants}: ${written.join('; ')}`);
  }
}
