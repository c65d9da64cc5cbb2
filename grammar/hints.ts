/**
 * What to write instead of a frequent slip. A hint is rule text, the same in every language: `<>` for `!=`,
 * `band` for `bnad`, `不超过 1` for `不超过1`.
 */

import type { IToken } from 'chevrotain';
import { distance } from 'fastest-levenshtein';
import { KEYWORDS, keywordOf } from './keywords.ts';
import { dateExists, writtenOf } from './lexer.ts';
import { keywordIdOf, T } from './tokens.ts';

export interface Place {
  readonly written: string;
  readonly tokens: readonly IToken[];
  /** Index of the token at fault; past the end where something is missing. */
  readonly at: number;
  /** Labels of the tokens that could stand there. */
  readonly expected: readonly string[];
}

/** Marks that other languages and input methods write for ours. */
const MARKS: ReadonlyMap<string, string> = new Map([
  ['!=', '<>'],
  ['==', '='],
  ['=<', '<='],
  ['≦', '<='],
  ['≧', '>='],
  ['⩽', '<='],
  ['⩾', '>='],
  ['−', '-'],
  ['–', '-'],
  ['—', '-'],
  ['·', '*'],
  ['⋅', '*'],
  ['&&', 'and'],
  ['||', 'or'],
  ["'", '"…"'],
  ['‘', '"…"'],
  ['’', '"…"'],
  ['”', '"…"'],
  ['「', '"…"'],
  ['『', '"…"'],
  ['{', '('],
  ['}', ')'],
  ['【', '['],
  ['】', ']'],
  [':', '='],
  [':=', '='],
]);

/** What to write instead, where that can be told. */
export function hintFor(place: Place): string | undefined {
  const token = place.tokens[place.at];
  if (token === undefined) return firstWordHint(place) ?? separated(place);
  return markHint(place, token) ?? wordHint(place, token);
}

function markHint({ written, tokens, at, expected }: Place, token: IToken): string | undefined {
  const normal = written.normalize('NFKC') === written ? written : written.normalize('NFKC');
  const offset = normal === written ? token.startOffset : -1;
  const found = token.image;
  const around = [
    normal.slice(Math.max(0, offset - 1), offset + 1),
    normal.slice(Math.max(0, offset), offset + 2),
  ];
  const previous = tokens[at - 1]?.image ?? '';
  const next = tokens[at + 1]?.image ?? '';
  const pairs = offset < 0 ? [previous + found, found + next] : around;
  if (
    expected.includes('->') &&
    (pairs.some((p) => p === '=>' || p === '>=') || found === ':' || found === '=')
  )
    return '->';
  if (found === '%' && /^\d+(\.\d+)?$/.test(previous)) return `${previous}%`;
  if (pairs.includes('=>')) return '>=';
  for (const pair of pairs) {
    const meant = MARKS.get(pair);
    if (meant !== undefined && pair.length === 2) return meant;
  }
  if (token.tokenType === T.BadName) return '[…]';
  if (token.tokenType === T.UnclosedText)
    return `${writtenOf(written, token)}${found.startsWith('“') ? '”' : '"'}`;
  if (token.tokenType === T.UnclosedBracket) return `${writtenOf(written, token)}]`;
  if (token.tokenType === T.BadDate || expected.includes('date'))
    return dateHint(written.slice(token.startOffset));
  if (token.tokenType === T.BadCharacter && found === '.' && /\d/.test(next)) return `0.${next}`;
  const keyword = keywordIdOf(token.tokenType);
  if (keyword === 'not' && keywordIdOf(tokens[at + 1]?.tokenType ?? T.Comma) === 'in') return 'not … in (…)';
  // Functions of Excel that are operators here.
  if ((keyword === 'and' || keyword === 'or') && expected.includes('value') && next === '(')
    return `… ${writtenOf(written, token).toLowerCase()} …`;
  return MARKS.get(found);
}

/** A day that is written otherwise, as a date is written here; an example where it is no day. */
function dateHint(written: string): string {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s+(\d{1,2}):(\d{1,2}))?/.exec(
    written.normalize('NFKC'),
  );
  if (parts === null) return '2026-01-31';
  const [year = '', month = '', day = '', hour, minute] = parts
    .slice(1)
    .map((part) => part?.padStart(2, '0'));
  const date = `${year}-${month}-${day}${hour === undefined || minute === undefined ? '' : ` ${hour}:${minute}`}`;
  return dateExists(date) ? date : '2026-01-31';
}

/** A misspelt keyword, or one that is glued to what should follow it. */
function wordHint(place: Place, token: IToken): string | undefined {
  const first = firstWordHint(place);
  if (first !== undefined || token.tokenType !== T.Word) return first;
  const words = keywordsIn(place.expected);
  const two = `${token.image} ${place.tokens[place.at + 1]?.image ?? ''}`;
  return (
    gluedKeyword(token.image) ??
    nearest(token.image, words) ??
    nearest(
      two,
      words.filter((w) => w.includes(' ')),
    )
  );
}

/** Where a line could have ended: the quotation marks of a label, or the comma before a check's message, left out. */
export function leftOutHint({
  written,
  tokens,
  at,
  expected,
}: Place): { readonly expected: readonly string[]; readonly hint: string } | undefined {
  const [first, second] = tokens;
  const token = tokens[at];
  const last = tokens.at(-1);
  if (first === undefined || token === undefined || last === undefined) return undefined;
  if (expected.length > 0 || at < 2 || second?.tokenType === T.Equals) return undefined;
  const keyword = keywordIdOf(first.tokenType);
  const rest = written.slice(token.startOffset, (last.endOffset ?? last.startOffset) + 1);
  if ((keyword === 'add' || keyword === 'less') && token.tokenType === T.Word && !rest.includes('"'))
    return { expected: ['text'], hint: `"${rest}"` };
  if (keyword === 'check' && token.tokenType === T.Text && token === last)
    return { expected: [','], hint: `, ${rest}` };
  return undefined;
}

const STATEMENTS: ReadonlySet<string> = new Set(
  ['unit', 'table', 'band', 'each', 'score', 'share', 'statement', 'check'].flatMap((id) =>
    KEYWORDS.filter((k) => k.id === id).flatMap((k) => [k.en ?? k.zh, k.zh]),
  ),
);

/** A line that begins with a word but goes on without `=`: a statement's keyword was meant. */
function firstWordHint({ tokens, at, expected }: Place): string | undefined {
  const first = tokens[0];
  if (at !== 1 || !expected.includes('=') || first?.tokenType !== T.Word) return undefined;
  const glued = [...STATEMENTS].find((w) => /\p{Script=Han}/u.test(w) && first.image.startsWith(w));
  if (glued !== undefined) return `${glued} ${first.image.slice(glued.length)}`;
  return nearest(first.image, [...STATEMENTS]);
}

function nearest(written: string, words: readonly string[]): string | undefined {
  const word = written.slice(0, 40).normalize('NFKC').toLowerCase().replaceAll('_', ' ');
  return words
    .map((w) => ({ w, off: distance(word, w) }))
    .filter(({ w, off }) => off <= 2 && (off === 1 ? w.length > 2 : w.length > 3))
    .sort((a, b) => a.off - b.off)[0]?.w;
}

/** The word before where something is missing, if it is a keyword glued to its value. */
function separated({ tokens }: Place): string | undefined {
  const last = tokens.at(-1);
  return last?.tokenType === T.Word ? gluedKeyword(last.image) : undefined;
}

/** `不超过 1` for `不超过1`: Chinese keywords need a blank before what follows them. */
function gluedKeyword(written: string): string | undefined {
  for (const { zh } of KEYWORDS) {
    const rest = written.slice(zh.length);
    if (zh !== '起' && /^\p{Script=Han}/u.test(zh) && written.startsWith(zh) && /^[\p{N}A-Za-z]/u.test(rest))
      return `${zh} ${rest}`;
  }
  return undefined;
}

/** Keywords that go on after a name or an expression. */
const AFTER: ReadonlySet<string> = new Set(
  'key marginal outOf skipBlank among by as where from until and or in'.split(' '),
);

/** Of the labels of expected tokens the keywords, in both languages; those that go on, where it names none. */
function keywordsIn(expected: readonly string[]): readonly string[] {
  const named = expected.flatMap((label) => keywordOf(label) ?? []);
  const all = named.length > 0 ? named : KEYWORDS.filter(({ id }) => AFTER.has(id));
  return all.flatMap((k) => (k.en === null ? [k.zh] : [k.en, k.zh]));
}
