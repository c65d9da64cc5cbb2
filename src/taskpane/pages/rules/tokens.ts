import { type Keyword, type KeywordId, keywordOf, startsKeyword } from '../../../../grammar/keywords.ts';

/**
 * The words of a line for the editor: colours and completion. The grammar's own lexer is not asked, since it brings
 * the parser's library along; the table of keywords is the same. Nothing here decides what a line means.
 */

export type TokenKind =
  | 'comment'
  | 'text'
  | 'date'
  | 'number'
  /** A keyword where one can stand. */
  | 'keyword'
  /** `blank`, `as_of`, `TRUE`, `FALSE`. */
  | 'value'
  | 'name'
  /** A name before `(`: a function or a band. */
  | 'call'
  /** What the line defines: a name before `=`, after `as`, after `band` … */
  | 'definition'
  /** `[Response hours]` */
  | 'bracketed'
  /** `[@column]` */
  | 'thisRow'
  | 'operator'
  | 'mark'
  /** A text or bracket that does not end, and characters that mean nothing. */
  | 'bad';

/** Characters `from` to `to` (UTF-16 units from 0, `to` past the end) of the line as written. */
export interface Token {
  readonly kind: TokenKind;
  readonly from: number;
  readonly to: number;
  /** After NFKC; of a bracket what is inside it. */
  readonly text: string;
  readonly keyword: KeywordId | null;
}

const SPACE = /[ \t]+/y;
const WORD = /[\p{L}\p{M}\p{N}_]+/uy;
const SECOND_WORD = /[ \t]+([\p{L}\p{M}\p{N}_]+)/uy;
const NUMBER = /\d+(?:\.\d+)?%?/y;
const DATE = /\d{4}-\d{2}-\d{2}(?!\d)(?:[ \t]+\d+:\d+(?::\d+)?)?/y;
const OPERATOR = /<=|>=|<>|->|[=<>+\-*/^≤≥≠×÷→]/y;
const MARK = /[(),、]/y;

interface Raw {
  readonly kind: TokenKind | 'word';
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly keyword: Keyword | null;
}

/** Every token of a line, white space left out, in order. */
export function tokensOf(written: string): readonly Token[] {
  return settle(scan(written));
}

function scan(written: string): readonly Raw[] {
  const { text, starts } = normal(written);
  const start = (i: number): number => starts[i] ?? written.length;
  /** Where the code point after the one that gave unit `i` begins. */
  const after = (i: number): number => {
    let next = i + 1;
    while (next < text.length && starts[next] === starts[i]) next++;
    return start(next);
  };
  const found: Raw[] = [];
  let at = 0;

  const match = (pattern: RegExp, from = at): RegExpExecArray | null => {
    pattern.lastIndex = from;
    return pattern.exec(text);
  };
  function add(kind: Raw['kind'], end: number, image = text.slice(at, end), keyword: Keyword | null = null) {
    // One sign may stand for several (`⒈` is `1.`): it belongs to the first of them.
    const from = Math.max(start(at), found.at(-1)?.to ?? 0);
    const to = after(end - 1);
    if (to > from) found.push({ kind, from, to, text: image, keyword });
    at = end;
  }

  while (at < text.length) {
    const space = match(SPACE);
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const char = text.charAt(at);
    if (char === '#') add('comment', text.length);
    else if (char === '"' || char === '“') {
      const end = textEnd(text, at + 1, char === '"' ? '"' : '”');
      add(end < 0 ? 'bad' : 'text', end < 0 ? text.length : end);
    } else if (char === '[') {
      const close = text.indexOf(']', at);
      if (close < 0) add('bad', text.length);
      else if (text.charAt(at + 1) === '@') add('thisRow', close + 1, text.slice(at + 2, close));
      else add('bracketed', close + 1, text.slice(at + 1, close));
    } else {
      const date = match(DATE);
      const word = date === null ? match(WORD) : null;
      if (date !== null) add('date', at + date[0].length);
      else if (word !== null) addWord(word[0]);
      else {
        const sign = match(OPERATOR) ?? match(MARK);
        const width = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
        if (sign === null) add('bad', at + width);
        else add(/[(),、]/.test(sign[0]) ? 'mark' : 'operator', at + sign[0].length);
      }
    }
  }
  return found;

  function addWord(word: string): void {
    const end = at + word.length;
    if (/^\d+$/.test(word)) {
      add('number', at + (match(NUMBER)?.[0].length ?? word.length));
      return;
    }
    if (startsKeyword(word)) {
      const second = match(SECOND_WORD, end);
      const both = second?.[1] === undefined ? undefined : keywordOf(`${word} ${second[1]}`);
      if (second !== null && both !== undefined) {
        add('word', end + second[0].length, `${word} ${second[1]}`, both);
        return;
      }
    }
    add('word', end, word, keywordOf(word) ?? null);
  }
}

/** Keywords that begin a line. */
const STARTERS: ReadonlySet<KeywordId> = new Set<KeywordId>([
  ...(['unit', 'table', 'band', 'each', 'score', 'share', 'check', 'statement'] as const),
  ...(['upTo', 'below', 'atLeast', 'above', 'otherwise', 'floor', 'cap', 'rest', 'add', 'less'] as const),
]);

/** Contextual keywords that may stand later in a line, by the keyword that begins it. */
const LATER: Readonly<Partial<Record<KeywordId, readonly KeywordId[]>>> = {
  table: ['key'],
  band: ['marginal'],
  score: ['for', 'outOf', 'skipBlank'],
  statement: ['for'],
};

/** Keywords after which a line names what it defines. */
const DEFINES: ReadonlySet<KeywordId> = new Set<KeywordId>(['band', 'score', 'statement', 'as']);

/** Tells keywords from names that are spelled alike, by where they stand. */
function settle(raw: readonly Raw[]): readonly Token[] {
  const first = raw[0];
  const assigns = raw[1]?.kind === 'operator' && raw[1].text === '=';
  const starter =
    first?.kind === 'word' && first.keyword !== null && !assigns && STARTERS.has(first.keyword.id)
      ? first.keyword.id
      : null;
  let dated = false;
  let defining = false;
  return raw.map((token, i): Token => {
    const { from, to, text, keyword } = token;
    const as = (kind: TokenKind, id: KeywordId | null = null): Token => ({
      kind,
      from,
      to,
      text,
      keyword: id,
    });
    const defined = defining;
    defining = false;
    if (token.kind === 'bracketed') {
      const called = raw[i + 1]?.text === '(';
      return as(defined || (i === 0 && assigns) ? 'definition' : called ? 'call' : 'bracketed');
    }
    if (token.kind !== 'word') return as(token.kind);
    const called = raw[i + 1]?.text === '(' && raw[i + 1]?.kind === 'mark';
    const id = keyword?.id ?? null;
    if (i === 0 && starter !== null) {
      defining = DEFINES.has(starter);
      return as('keyword', id);
    }
    if (defined) return as('definition');
    if (i === 0 && assigns) return as('definition');
    if (id !== null && keyword !== null) {
      if (
        keyword.class === 'reserved' &&
        (!called || id === 'and' || id === 'or' || id === 'not' || id === 'in')
      ) {
        if (id === 'from' || id === 'until') dated = true;
        defining = DEFINES.has(id);
        return as('keyword', id);
      }
      if (keyword.class === 'value' && !called) return as('value', id);
      if (id === 'onward' && dated) return as('keyword', id);
      if (starter !== null && LATER[starter]?.includes(id) === true) return as('keyword', id);
    }
    return as(called ? 'call' : 'name');
  });
}

/** One past the end of a text that opened before `from`; −1 where it does not end. */
function textEnd(text: string, from: number, closing: string): number {
  for (let at = from; ; at += 2) {
    at = text.indexOf(closing, at);
    if (at < 0) return -1;
    if (text.charAt(at + 1) !== closing) return at + 1;
  }
}

// ASCII and the common Chinese characters are their own NFKC form.
const PLAIN = /^[\t -~\u4e00-\u9fff]*$/;

/** NFKC code point by code point, and where each unit's code point begins in the line as written. */
function normal(written: string): {
  readonly text: string;
  readonly starts: readonly (number | undefined)[];
} {
  if (PLAIN.test(written)) return { text: written, starts: Array.from(written, (_, i) => i) };
  let text = '';
  const starts: number[] = [];
  let at = 0;
  for (const point of written) {
    const form = point.normalize('NFKC');
    for (let i = 0; i < form.length; i++) starts.push(at);
    text += form;
    at += point.length;
  }
  return { text, starts };
}

/** The language of most keywords of some lines; null where none has more. */
export function keywordLanguage(lines: readonly string[]): 'en' | 'zh' | null {
  let balance = 0;
  for (const line of lines) {
    for (const token of tokensOf(line)) {
      if (token.keyword === null || token.keyword === 'true' || token.keyword === 'false') continue;
      balance += /\p{Script=Han}/u.test(token.text) ? 1 : -1;
    }
  }
  return balance === 0 ? null : balance > 0 ? 'zh' : 'en';
}
