import { HighlightStyle, indentService, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { Tag, tags } from '@lezer/highlight';
import { headOf } from '../context.ts';
import { cellOfLine } from '../text.ts';
import { type Token, type TokenKind, tokensOf } from '../tokens.ts';

const call = Tag.define();
const definition = Tag.define();
const column = Tag.define();
const value = Tag.define();

/** Tags by the kind of a token; kinds without one look like plain text. */
const TAGS: Readonly<Partial<Record<TokenKind, Tag>>> = {
  comment: tags.lineComment,
  text: tags.string,
  date: tags.number,
  number: tags.number,
  keyword: tags.keyword,
  value,
  call,
  definition,
  bracketed: column,
  thisRow: column,
  operator: tags.operator,
  bad: tags.invalid,
};

interface LineState {
  tokens: readonly Token[];
  next: number;
}

/** The words of a line, in both languages of keywords; no construct goes over more than one line. */
const language = StreamLanguage.define<LineState>({
  name: 'allot',
  startState: () => ({ tokens: [], next: 0 }),
  copyState: ({ tokens, next }) => ({ tokens, next }),
  token(stream, state) {
    if (stream.sol()) {
      state.tokens = tokensOf(stream.string);
      state.next = 0;
    }
    const token = state.tokens[state.next];
    if (token === undefined) {
      stream.skipToEnd();
      return null;
    }
    if (stream.pos < token.from) {
      stream.pos = token.from;
      return null;
    }
    stream.pos = Math.max(token.to, stream.pos + 1);
    state.next++;
    return TAGS[token.kind] === undefined ? null : token.kind;
  },
  tokenTable: TAGS,
  languageData: {
    commentTokens: { line: '#' },
    wordChars: '_',
  },
});

const style = HighlightStyle.define([
  { tag: tags.keyword, class: 'tok-keyword' },
  { tag: tags.lineComment, class: 'tok-comment' },
  { tag: tags.string, class: 'tok-text' },
  { tag: tags.number, class: 'tok-number' },
  { tag: tags.operator, class: 'tok-operator' },
  { tag: tags.invalid, class: 'tok-bad' },
  { tag: value, class: 'tok-value' },
  { tag: call, class: 'tok-call' },
  { tag: definition, class: 'tok-definition' },
  { tag: column, class: 'tok-column' },
]);

const BODIES: ReadonlySet<string> = new Set(['band', 'each', 'score', 'statement']);

/** A new line is as deep as the one above, or one deeper below a statement that needs a body. */
const indentation = indentService.of((context, pos) => {
  const above = context.lineAt(pos, -1);
  const { from, text } = context.state.doc.lineAt(above.from);
  const line = text.slice(0, Math.max(0, pos - from));
  const { depth } = cellOfLine(`${line}x`);
  const opens = BODIES.has(headOf(tokensOf(line)).kind) && line.trim() !== '';
  return (depth + (opens ? 1 : 0)) * 2;
});

export function rulesLanguage(): Extension {
  return [language, syntaxHighlighting(style), indentation];
}
