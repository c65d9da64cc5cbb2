import { isoOfMs } from '../../exact/date.ts';
import { displayText, exactText } from '../../exact/decimal.ts';
import type { Rational } from '../../exact/rational.ts';
import type { Language } from '../../problems/messages/index.ts';
import {
  constantsByLine,
  type Findings,
  findingsOf,
  lineText,
  periodText,
  resultsText,
  ruleName,
} from './findings.ts';
import type { Review, ReviewedRule, RuleVersion } from './review.ts';
import { STYLE } from './style.ts';
import { type ReviewWords, reviewWords } from './words.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as text of a page: none of it becomes a tag, and no character turns the direction. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, ' ')
    .replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? mark);
}

/** A review as one page without scripts or anything from elsewhere, for a screen and for paper. */
export function reviewPage(review: Review, name: string, language: Language): string {
  const w = reviewWords(language);
  const { rules, errors, checks } = review;
  const versions = rules.reduce((sum, rule) => sum + rule.versions.length, 0);
  const title = `${w.title} ${isoOfMs(review.asOf)}`;
  const findings = findingsOf(review, w);
  return `<!doctype html>
<html lang="${w.htmlLanguage}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${w.title}</h1>
<p>${w.asOf} <b>${isoOfMs(review.asOf)}</b> · ${w.book} <b>${escaped(name)}</b></p>
<p>${escaped(w.summary(rules.length, versions, checks))} ${escaped(errors > 0 ? w.errors(errors) : resultsText(review, w))}</p>
</header>
<section>
<h2>${w.found}</h2>
${findings.length === 0 ? `<p>${w.nothingFound}</p>` : findings.map((found) => findingsTable(found)).join('\n')}
</section>
<section>
<h2>${w.rules}</h2>
${overview(rules, w)}
${rules.map((rule, i) => ruleBlock(rule, i, w)).join('\n')}
</section>
</main>
</body>
</html>
`;
}

function findingsTable({ heading, columns, rows }: Findings): string {
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${row.map((text) => `<td>${escaped(text)}</td>`).join('')}</tr>`)
    .join('\n');
  return `<h3>${escaped(heading)} <span class="count">${rows.length}</span></h3>
<div class="scroll" tabindex="0" role="region" aria-label="${escaped(heading)}"><table><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table></div>`;
}

function money(x: Rational | undefined): string {
  if (x === undefined) return '';
  const [whole = '', part = ''] = /^-?\d+(?:\.\d{1,2})?$/.test(exactText(x))
    ? exactText(x).split('.')
    : [displayText(x)];
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return whole.startsWith('≈') ? whole : `${grouped}.${part.padEnd(2, '0')}`;
}

/** Every rule in one table, by how much money. */
function overview(rules: readonly ReviewedRule[], w: ReviewWords): string {
  const head = [w.rule, '', w.rows, w.inStatements, w.inShares, w.usedBy];
  const numbers = new Set([2, 3, 4]);
  const rows = rules.map((rule, i) => {
    const { kind, rows: covered, money: amounts, usedBy } = rule;
    const cells = [
      `<a href="#rule-${i}">${escaped(ruleName(rule))}</a>`,
      escaped(w.kind[kind]),
      covered === null ? '' : String(covered),
      money(amounts?.statements),
      money(amounts?.shares),
      usedBy.length === 0 ? `<i>${w.nobody}</i>` : usedBy.map(escaped).join(w.and),
    ];
    return `<tr>${cells.map((cell, c) => `<td${numbers.has(c) ? ' class="n"' : ''}>${cell}</td>`).join('')}</tr>`;
  });
  const headings = head.map((text, c) =>
    text === '' ? '<td></td>' : `<th scope="col"${numbers.has(c) ? ' class="n"' : ''}>${escaped(text)}</th>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(w.rules)}"><table class="overview"><thead><tr>${headings.join('')}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>
<p class="note">${escaped(w.moneyNote)} ${escaped(w.hitsNote)}</p>`;
}

function ruleBlock(rule: ReviewedRule, index: number, w: ReviewWords): string {
  const { kind, where, versions, lines } = rule;
  const facts = [w.kind[kind], ...(where === null ? [] : [`${w.where} ${where}`])];
  return `<article id="rule-${index}">
<h3>${escaped(ruleName(rule))} <small>${escaped(facts.join(' · '))}</small></h3>
<div class="versions">
${versions.map((version) => versionBlock(version, version.inForce ? lines.map(({ hits }) => hits) : [], w)).join('\n')}
</div>
</article>`;
}

function versionBlock(version: RuleVersion, hits: readonly number[], w: ReviewWords): string {
  const { at, text, inForce } = version;
  const code = text.map((line, i) => {
    const count = i === 0 ? undefined : hits[i - 1];
    const badge =
      count === undefined ? '' : ` <span class="hits${count === 0 ? ' none' : ''}">${w.hits} ${count}</span>`;
    return `<code${i === 0 ? '' : ' class="in"'}>${escaped(line)}${badge}</code>`;
  });
  const lines = constantsByLine(version).map(
    ({ line, texts }) => `${escaped(line)} <span>${texts.map(escaped).join(w.and)}</span>`,
  );
  const written = lines.length === 0 ? '' : `<p class="constants">${w.constants}: ${lines.join(' · ')}</p>`;
  const state = inForce ? w.inForce : w.notInForce;
  return `<div class="version${inForce ? ' on' : ''}">
<p class="period"><b>${escaped(periodText(version, w))}</b> · ${state} · ${escaped(lineText(at))}</p>
${code.join('\n')}
${written}</div>`;
}
