import { createMachine } from '../../engine/plain/machine.ts';
import { TooLarge } from '../../exact/rational.ts';
import type { Anchor } from '../anchor.ts';
import { fieldText } from '../canonical.ts';
import { digestRules } from '../digest.ts';
import { type LedgerCells, rowDigest } from '../ledger.ts';
import { type Compiled, compile } from './compiled.ts';
import { contentDigest, dataText, ruleLines, type StatementData } from './form.ts';
import { DATA_START, statementPage } from './page.ts';
import { readData } from './parse.ts';
import { shareFollows } from './shares.ts';
import { figuresOf, given, personRow, smallBook } from './smallBook.ts';
import { rootOf } from './tree.ts';

/** What is wrong with a statement's file. */
export type StatementFinding =
  /** No file of ours, or its data can't be read. */
  | { readonly kind: 'not-a-statement' }
  /** The data don't add up to their own sum. */
  | { readonly kind: 'data-changed' }
  /** Computing the rules over the data fails, or finds no such statement. */
  | { readonly kind: 'does-not-follow' }
  /** The page shows something else than what follows from the data. `line` of the file, from 1. */
  | { readonly kind: 'page-differs'; readonly line: number; readonly shown: string; readonly follows: string }
  /** The figures of a pool contradict the rules or one another. */
  | { readonly kind: 'share-differs'; readonly share: string }
  /** The statement is not one of those that the ledger's row stands for. */
  | { readonly kind: 'not-in-ledger' }
  /** The ledger's row in the file was changed. */
  | { readonly kind: 'row-changed' }
  /** The row is of another date, other rules, or no payment. */
  | { readonly kind: 'row-of-another'; readonly what: 'event' | 'as-of' | 'rules' }
  /** An anchor is given, and nothing was paid. */
  | { readonly kind: 'no-proof' }
  | { readonly kind: 'anchor-of-another-row'; readonly row: string; readonly anchor: string }
  | { readonly kind: 'anchor-differs'; readonly row: string };

export interface StatementVerification {
  readonly findings: readonly StatementFinding[];
  /** Null where the file holds none. */
  readonly data: StatementData | null;
  /** The person's key as text. */
  readonly key: string;
  readonly digest: string;
  /** The row of the ledger that it leads to; null where it leads to none. */
  readonly row: LedgerCells | null;
  /** Whether a given anchor proves that row. */
  readonly anchored: boolean;
}

/**
 * Checks a statement's file by itself: that its amounts follow from the rules, the data and the figures in it, that the
 * page shows just these, and that it is one of the statements that a row of the ledger stands for.
 */
export function verifyStatement(file: string, anchor: Anchor | null = null): StatementVerification {
  // Mail turns line ends.
  const text = file.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const data = readData(text);
  if (data === null)
    return { findings: [{ kind: 'not-a-statement' }], data, key: '', digest: '', row: null, anchored: false };
  const findings: StatementFinding[] = [];
  const digest = contentDigest(data.content);
  if (dataText(data).sum !== data.sum) findings.push({ kind: 'data-changed' });
  findings.push(...pageFindings(text, data));
  const proof = proofFindings(data, digest);
  findings.push(...proof);
  const { row = null } = data.proof ?? {};
  let anchored = false;
  if (anchor !== null) {
    if (row === null) findings.push({ kind: 'no-proof' });
    else if (row.Number !== anchor.number)
      findings.push({ kind: 'anchor-of-another-row', row: row.Number, anchor: anchor.number });
    else if (row.Digest !== anchor.digest || (row['As of'] !== anchor.asOf && anchor.asOf !== ''))
      findings.push({ kind: 'anchor-differs', row: row.Number });
    else anchored = proof.length === 0;
  }
  return {
    findings,
    data,
    key: fieldText(data.content.key),
    digest,
    row: proof.length === 0 ? row : null,
    anchored,
  };
}

function pageFindings(text: string, data: StatementData): readonly StatementFinding[] {
  try {
    const compiled = compile(data.content, data.places);
    const page = compiled === null ? null : statementPage(compiled, data);
    if (compiled === null || page === null) return [{ kind: 'does-not-follow' }];
    return [...shareFindings(compiled, data), ...differences(text, page)];
  } catch (error) {
    // Data that were tampered with may point at rows and numbers that can't be.
    if (error instanceof RangeError || error instanceof TypeError || error instanceof TooLarge)
      return [{ kind: 'does-not-follow' }];
    throw error;
  }
}

function shareFindings(compiled: Compiled, { content, places }: StatementData): readonly StatementFinding[] {
  const { program, standing } = compiled;
  const known = given(figuresOf(content, program, places, standing));
  const m = createMachine(program, smallBook(content, places), known, false);
  const person = personRow(content);
  return content.shares
    .filter((figure) => !shareFollows(m, figure, person))
    .map(({ name }) => ({ kind: 'share-differs', share: name }));
}

/** The first line that the page shows otherwise; of the data block's own line only that it is another. */
function differences(text: string, page: string): readonly StatementFinding[] {
  if (text === page) return [];
  const shown = text.split('\n');
  const wanted = page.split('\n');
  for (let i = 0; i < Math.max(shown.length, wanted.length); i++) {
    const [a = '', b = ''] = [shown[i], wanted[i]];
    if (a === b && i < shown.length && i < wanted.length) continue;
    if (a.startsWith(DATA_START)) return [{ kind: 'data-changed' }];
    return [{ kind: 'page-differs', line: i + 1, ...around(a, b) }];
  }
  return [];
}

/** Characters around a difference that are told. */
const NEAR = 24;

/** The two texts around the first character in which they differ, without tags. */
function around(a: string, b: string): { readonly shown: string; readonly follows: string } {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  let back = 0;
  while (back < Math.min(a.length, b.length) - at && a.at(-1 - back) === b.at(-1 - back)) back++;
  const near = (line: string): string =>
    line
      .slice(Math.max(0, at - NEAR), line.length - back + NEAR)
      .replace(/<[^>]*(>|$)|^[^<]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
  return { shown: near(a), follows: near(b) };
}

function proofFindings(data: StatementData, digest: string): readonly StatementFinding[] {
  const { content, places, proof } = data;
  if (proof === null) return [];
  const { row, path } = proof;
  const findings: StatementFinding[] = [];
  if (rowDigest(row) !== row.Digest) findings.push({ kind: 'row-changed' });
  if (rootOf(digest, path) !== row.Statements) findings.push({ kind: 'not-in-ledger' });
  if (row.Event !== 'paid') findings.push({ kind: 'row-of-another', what: 'event' });
  if (row['As of'] !== content.asOf) findings.push({ kind: 'row-of-another', what: 'as-of' });
  if (digestRules(ruleLines(content, places)) !== row.Rules)
    findings.push({ kind: 'row-of-another', what: 'rules' });
  return findings;
}
