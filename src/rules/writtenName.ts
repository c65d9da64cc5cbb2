import { keywordOf } from '../../grammar/keywords.ts';

const WORD = /^[\p{L}\p{M}\p{N}_]+$/u;

/**
 * A name as it is written in a rule: one word, with `_` for spaces, or in brackets; null where it can't be written.
 * (The grammar's printer keeps a name as its author spelled it; this one is for names that come from headings.)
 */
export function writtenName(name: string): string | null {
  const one = name.normalize('NFKC').trim().replace(/\s+/g, '_');
  if (WORD.test(one) && !/^\p{Nd}+$/u.test(one) && keywordOf(one) === undefined) return one;
  const inner = bracketText(name);
  return inner === null ? null : `[${inner}]`;
}

/** A name as it stands between brackets, on one line; null where it can't. */
export function bracketText(name: string): string | null {
  const inner = name.trim().replace(/\s+/g, ' ');
  return inner === '' || inner.normalize('NFKC').includes(']') || inner.normalize('NFKC').startsWith('@')
    ? null
    : inner;
}
