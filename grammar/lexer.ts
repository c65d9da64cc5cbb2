/** From a line as written to tokens. Offsets of tokens count in the line as written (UTF-16 units, from 0). */

import type { IToken, TokenType } from 'chevrotain';
import { keywordOf, startsKeyword } from './keywords.ts';
import { badReason, keywordTokenOf, MARKS, T } from './tokens.ts';

/** A comment: its text after `#` without trailing blanks, and its extent with the `#`. */
export interface Comment {
  readonly text: string;
  readonly startOffset: number;
  readonly endOffset: number;
}

export interface LexedLine {
  readonly tokens: readonly IToken[];
  readonly comment: Comment | null;
}

/** A line after NFKC, code point by code point, with the way back to the line as written. */
export interface NormalLine {
  readonly text: string;
  /** Where the code point that gave unit `i` begins in the line as written. */
  startOf(i: number): number;
  /** One past where it ends. */
  endOf(i: number): number;
}

// ASCII and the common Chinese characters are their own NFKC form.
const PLAIN = /^[\t -~\u4e00-\u9fff]*$/;

export function normalLine(written: string): NormalLine {
  if (PLAIN.test(written)) return { text: written, startOf: (i) => i, endOf: (i) => i + 1 };
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const point of written) {
    const normal = point.normalize('NFKC');
    parts.push(normal);
    for (let i = 0; i < normal.length; i++) {
      starts.push(at);
      ends.push(at + point.length);
    }
    at += point.length;
  }
  return { text: parts.join(''), startOf: (i) => starts[i] ?? at, endOf: (i) => ends[i] ?? at };
}

const SPACE = /[ \t]+/y;
const WORD = /[\p{L}\p{M}\p{N}_]+/uy;
const SECOND_WORD = /[ \t]+([\p{L}\p{M}\p{N}_]+)/uy;
const NUMBER = /(\d+(?:\.\d+)?)(%?)/y;
const DATE = /(\d{4}-\d{2}-\d{2})(?!\d)(?:[ \t]+(\d+:\d+(?::\d+)?))?/y;
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['“', '”'],
]);

const BY_FIRST: ReadonlyMap<string, typeof MARKS> = new Map(
  MARKS.map(([mark]) => [mark.charAt(0), MARKS.filter(([m]) => m.startsWith(mark.charAt(0)))]),
);

/** After so many tokens that are none, the rest of a line says nothing more. */
const MOST_BAD = 100;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Lexes one line; `line` is its index, kept as the tokens' `startLine`. Never fails: see the `Bad…` tokens. */
export function lexLine(written: string, line: number): LexedLine {
  const normal = normalLine(written);
  const { text } = normal;
  const tokens: IToken[] = [];
  let at = 0;
  let bad = 0;

  /** Adds a token over `[at, end)` of the normal text and moves on. */
  function add(type: TokenType, end: number, image: string): void {
    const startOffset = normal.startOf(at);
    const endOffset = normal.endOf(end - 1) - 1;
    tokens.push({
      image,
      startOffset,
      endOffset,
      startLine: line,
      tokenType: type,
      tokenTypeIdx: type.tokenTypeIdx ?? 0,
    });
    if (badReason(type) !== undefined) bad++;
    at = end;
  }

  while (at < text.length && bad < MOST_BAD) {
    const space = matchAt(SPACE, text, at);
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const char = text.charAt(at);
    if (char === '#') {
      const startOffset = normal.startOf(at);
      const comment = written.slice(normal.endOf(at)).trimEnd();
      return {
        tokens,
        comment: { text: comment, startOffset, endOffset: normal.endOf(at) + comment.length - 1 },
      };
    }
    const closing = CLOSING.get(char);
    if (closing !== undefined) {
      const found = textFrom(written, normal, at, closing);
      if (found === null)
        add(T.UnclosedText, text.trimEnd().length, written.slice(normal.startOf(at)).trimEnd());
      else add(T.Text, found.end, found.value);
      continue;
    }
    if (char === '[') {
      bracket();
      continue;
    }
    const date = matchAt(DATE, text, at);
    if (date !== null) {
      const [all, day = '', time] = date;
      const value = time === undefined ? day : `${day} ${time}`;
      add(dateExists(value) ? T.Date : T.BadDate, at + all.length, value);
      continue;
    }
    const word = matchAt(WORD, text, at);
    if (word !== null) {
      wordOrNumber(word[0]);
      continue;
    }
    const mark = BY_FIRST.get(char)?.find(([m]) => text.startsWith(m, at));
    if (mark !== undefined) add(mark[1], at + mark[0].length, mark[0]);
    else {
      const width = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
      add(T.BadCharacter, at + width, text.slice(at, at + width));
    }
  }
  return { tokens, comment: null };

  function bracket(): void {
    const close = text.indexOf(']', at);
    if (close < 0) {
      add(T.UnclosedBracket, text.trimEnd().length, written.slice(normal.startOf(at)).trimEnd());
      return;
    }
    const thisRow = text.charAt(at + 1) === '@';
    const inner = written.slice(normal.endOf(thisRow ? at + 1 : at), normal.startOf(close));
    const type = inner.trim() === '' ? T.BadName : thisRow ? T.ThisRow : T.Bracketed;
    add(type, close + 1, inner);
  }

  function wordOrNumber(word: string): void {
    const end = at + word.length;
    if (/^\d+$/.test(word)) {
      const [all, digits = '', percent] = matchAt(NUMBER, text, at) ?? [word, word, ''];
      add(percent === '%' ? T.Percent : T.Number, at + all.length, digits);
      return;
    }
    // Digits of other scripts are no number here, and a name needs something that is not a digit.
    if (/^\p{Nd}+$/u.test(word)) {
      add(T.BadCharacter, end, word);
      return;
    }
    if (startsKeyword(word)) {
      const second = matchAt(SECOND_WORD, text, end);
      const both = second?.[1] === undefined ? undefined : keywordOf(`${word} ${second[1]}`);
      if (second !== null && both !== undefined) {
        add(keywordTokenOf(both, true), end + second[0].length, `${word} ${second[1]}`);
        return;
      }
    }
    const known = keywordOf(word);
    const type = known === undefined ? T.Word : keywordTokenOf(known, false);
    add(type, end, written.slice(normal.startOf(at), normal.endOf(end - 1)));
  }
}

/** A text that opens at `at`: its value as written with doubled closing marks undone, and one past its end. */
function textFrom(
  written: string,
  normal: NormalLine,
  at: number,
  closing: string,
): { value: string; end: number } | null {
  const parts: string[] = [];
  let from = at + 1;
  for (;;) {
    const close = normal.text.indexOf(closing, from);
    if (close < 0) return null;
    if (normal.text.charAt(close + 1) !== closing) {
      parts.push(written.slice(normal.endOf(from - 1), normal.startOf(close)));
      return { value: parts.join(''), end: close + 1 };
    }
    parts.push(written.slice(normal.endOf(from - 1), normal.endOf(close)));
    from = close + 2;
  }
}

/** Whether `2026-01-31`, `… 09:30` or `… 09:30:15` is a day (years 1 to 9999) and a time of day. */
export function dateExists(value: string): boolean {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d)(?::(\d\d))?)?$/.exec(value);
  if (parts === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((p) => Number(p ?? 0));
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return year >= 1 && day >= 1 && day <= days && hour <= 23 && minute <= 59 && second <= 59;
}

/** Whether a token is none of the language's. */
export function isBad(token: IToken): boolean {
  return badReason(token.tokenType) !== undefined;
}

/** The characters of a token in the line as written. */
export function writtenOf(written: string, token: IToken): string {
  return written.slice(token.startOffset, (token.endOffset ?? token.startOffset) + 1);
}
