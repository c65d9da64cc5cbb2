import type { FileReason, KindName, ProblemCode, ProblemData, SyntaxReason } from '../problem.ts';

/** Languages that people read. */
export type Language = 'en' | 'zh-CN';

/** A sentence for every code, made from that code's own data: a code without one does not compile. */
export type Catalogue = {
  readonly [C in ProblemCode]: (data: Extract<ProblemData, { code: C }>) => string;
};

/** The smaller vocabularies that messages are made of; each complete in the same way. */
export type SyntaxSentences = Readonly<
  Record<SyntaxReason, (data: Extract<ProblemData, { code: 'syntax' }>) => string>
>;
export type FileSentences = Readonly<Record<FileReason, (detail: string | undefined) => string>>;
export type KindWords = Readonly<Record<KindName, string>>;
/** What `expected` names that is no keyword: `name`, `number`, … */
export type TokenWords = Readonly<Record<string, string>>;

/** Whether it is the second `=` of a `==` that is pointed at, in whatever width. */
export function isDoubledEquals({ found, hint }: Extract<ProblemData, { code: 'syntax' }>): boolean {
  return hint === '=' && found?.normalize('NFKC') === '=';
}

/** Text from a file inside a sentence: kept short, on one line, without control characters. */
export function shown(text: string, limit = 60): string {
  const line = text.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]+/gu, ' ');
  const characters = Array.from(line);
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}
