/**
 * The one table of keywords: what a rule file may say in English and in Chinese. Lexer, parser, printer, diagrams
 * and messages all read it, so that a word is spelled in one place.
 */

/** Keywords by their English word in camel case; `true` and `false` are the logicals. */
export type KeywordId =
  | 'unit'
  | 'table'
  | 'key'
  | 'band'
  | 'marginal'
  | 'upTo'
  | 'below'
  | 'atLeast'
  | 'above'
  | 'otherwise'
  | 'each'
  | 'asOf'
  | 'score'
  | 'outOf'
  | 'skipBlank'
  | 'share'
  | 'among'
  | 'by'
  | 'as'
  | 'floor'
  | 'cap'
  | 'rest'
  | 'check'
  | 'blank'
  | 'where'
  | 'from'
  | 'onward'
  | 'until'
  | 'and'
  | 'or'
  | 'not'
  | 'in'
  | 'statement'
  | 'add'
  | 'less'
  | 'for'
  | 'true'
  | 'false';

/**
 * - `reserved`: never a name without brackets.
 * - `value`: stands for a value wherever it is bare; before `(` it is a function's name.
 * - `contextual`: a name wherever no keyword can stand.
 */
export type KeywordClass = 'reserved' | 'value' | 'contextual';

export interface Keyword {
  readonly id: KeywordId;
  /** The English word or words; `onward` has none. */
  readonly en: string | null;
  readonly zh: string;
  readonly class: KeywordClass;
}

export type Language = 'en' | 'zh';

function keyword(id: KeywordId, en: string | null, zh: string, cls: KeywordClass = 'contextual'): Keyword {
  return { id, en, zh, class: cls };
}

/** Every keyword, in the order of the language reference. */
export const KEYWORDS: readonly Keyword[] = [
  keyword('unit', 'unit', '精确到'),
  keyword('table', 'table', '数据表'),
  keyword('key', 'key', '编号'),
  keyword('band', 'band', '分档'),
  keyword('marginal', 'marginal', '累进'),
  keyword('upTo', 'up to', '不超过'),
  keyword('below', 'below', '低于'),
  keyword('atLeast', 'at least', '不低于'),
  keyword('above', 'above', '高于'),
  keyword('otherwise', 'otherwise', '其余'),
  keyword('each', 'each', '每个'),
  keyword('asOf', 'as_of', '计薪日', 'value'),
  keyword('score', 'score', '评分'),
  keyword('outOf', 'out of', '满分'),
  keyword('skipBlank', 'skip blank', '缺项折算'),
  keyword('share', 'share', '分配'),
  keyword('among', 'among', '给', 'reserved'),
  keyword('by', 'by', '按', 'reserved'),
  keyword('as', 'as', '记为', 'reserved'),
  keyword('floor', 'floor', '保底'),
  keyword('cap', 'cap', '封顶'),
  keyword('rest', 'rest', '余额'),
  keyword('check', 'check', '核对'),
  keyword('blank', 'blank', '空白', 'value'),
  keyword('where', 'where', '其中', 'reserved'),
  keyword('from', 'from', '自', 'reserved'),
  // Closes a Chinese `自 DATE`; English has no word for it.
  keyword('onward', null, '起'),
  keyword('until', 'until', '至', 'reserved'),
  keyword('and', 'and', '且', 'reserved'),
  keyword('or', 'or', '或', 'reserved'),
  keyword('not', 'not', '不是', 'reserved'),
  keyword('in', 'in', '属于', 'reserved'),
  keyword('statement', 'statement', '工资条'),
  keyword('add', 'add', '加'),
  keyword('less', 'less', '减'),
  keyword('for', 'for', '用于'),
  keyword('true', 'TRUE', 'TRUE', 'value'),
  keyword('false', 'FALSE', 'FALSE', 'value'),
];

const BY_WORD: ReadonlyMap<string, Keyword> = new Map(
  KEYWORDS.flatMap((k) => [k.en, k.zh].flatMap((w): [string, Keyword][] => (w ? [[fold(w), k]] : []))),
);

const BY_ID: ReadonlyMap<KeywordId, Keyword> = new Map(KEYWORDS.map((k) => [k.id, k]));

const FIRST_WORDS: ReadonlySet<string> = new Set(
  [...BY_WORD.keys()].flatMap((w) => (w.includes(' ') ? [w.slice(0, w.indexOf(' '))] : [])),
);

/** The keyword that a word (or two words with one space between) is, in any case and width; else undefined. */
export function keywordOf(words: string): Keyword | undefined {
  return BY_WORD.get(fold(words));
}

/** Whether a word may be the first of a keyword of two words (`up` of `up to`). */
export function startsKeyword(word: string): boolean {
  return FIRST_WORDS.has(fold(word));
}

/** A keyword as it is written in a language. `onward` is empty in English. */
export function keywordText(id: KeywordId, language: Language): string {
  const found = BY_ID.get(id);
  if (found === undefined) return id;
  return language === 'zh' ? found.zh : (found.en ?? '');
}

function fold(words: string): string {
  return words.normalize('NFKC').toLowerCase();
}
