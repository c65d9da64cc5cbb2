import { type KeywordId, keywordText, startsKeyword } from '../../../../grammar/keywords.ts';
import { foldName } from '../../../../grammar/tree.ts';
import type { Vocabulary } from '../../../live/protocol.ts';
import type { Language } from '../../../problems/messages/index.ts';
import { bracketText, writtenName } from '../../../rules/writtenName.ts';
import { isNameToken, type Surroundings, surroundings } from './context.ts';
import { callHelp, type Help, type HelpCatalogue, keywordHelp } from './help.ts';
import { keywordLanguage, type Token } from './tokens.ts';
import type { OptionKind } from './words.ts';

/** Something that may stand at the cursor. */
export interface Option {
  readonly label: string;
  /** What is put in place of what was typed. */
  readonly apply: string;
  readonly kind: OptionKind;
  /** A column's table, a function's arguments. */
  readonly detail: string;
  readonly help: Help | null;
  /** What else finds it. */
  readonly aliases: readonly string[];
}

export interface Completions {
  /** Where what was typed begins: characters from 0 in the line. */
  readonly from: number;
  readonly options: readonly Option[];
}

export interface CompletionRequest {
  readonly lines: readonly string[];
  readonly line: number;
  readonly column: number;
  readonly vocabulary: Vocabulary;
  /** The pane's language, for keywords while the file has none; and its help. */
  readonly language: Language;
  readonly help: HelpCatalogue;
  /** Whether it was asked for, and not only typed on. */
  readonly explicit: boolean;
}

/** What may be completed at a place; null where nothing can, or nothing was typed that asks for it. */
export function completionsAt(request: CompletionRequest): Completions | null {
  const { lines, line, column, explicit } = request;
  const around = surroundings(lines, line, column);
  const last = around.tokens.at(-1);
  const touching = last !== undefined && last.to === column ? last : null;
  if (touching?.kind === 'comment' || touching?.kind === 'text') return null;
  if (touching?.kind === 'number' || touching?.kind === 'date') return null;
  const maker = optionMaker(request);
  if (touching?.kind === 'bad') {
    return touching.text.startsWith('[') ? inBracket(request, around, touching, maker) : null;
  }
  const typed = touching !== null && isTyped(touching) ? touching : null;
  const head = typed === null ? around.tokens : around.tokens.slice(0, -1);
  const two = typed === null ? null : twoWords(head, typed);
  const before = two === null ? head : head.slice(0, -1);
  const options = offered(around, before, maker);
  if (options === null) return null;
  if (typed === null) {
    const asked = explicit || options.every(({ kind }) => kind === 'table');
    return asked && options.length > 0 ? { from: column, options } : null;
  }
  const start = two ?? typed;
  const text = (lines[line] ?? '').slice(start.from, column);
  const found = matching(options, text, explicit);
  return found.length === 0 ? null : { from: start.from, options: found };
}

function isTyped({ kind }: Token): boolean {
  return (
    kind === 'name' || kind === 'keyword' || kind === 'value' || kind === 'call' || kind === 'definition'
  );
}

/** The first word of `up t`, where that begins a keyword of two words. */
function twoWords(head: readonly Token[], typed: Token): Token | null {
  const first = head.at(-1);
  return first !== undefined && isTyped(first) && startsKeyword(first.text) && !typed.text.includes(' ')
    ? first
    : null;
}

/** Options that what was typed finds, those that begin with it first; functions by what they do where nothing else is found. */
export function matching(options: readonly Option[], typed: string, explicit: boolean): readonly Option[] {
  const wanted = foldName(typed);
  const rank = ({ label, aliases, kind, help, apply }: Option): number => {
    if (!explicit && apply === typed) return -1;
    const names = [label, ...aliases].map(foldName);
    if (names.some((name) => name.startsWith(wanted))) return 0;
    if (names.some((name) => name.includes(wanted))) return 1;
    const told = kind === 'function' && wanted.length > 1 && help !== null;
    return told && foldName(help.text).includes(wanted) ? 2 : -1;
  };
  const ranked = options.map((option) => ({ option, rank: rank(option) }));
  const of = (n: number): readonly Option[] =>
    ranked.filter((one) => one.rank === n).map(({ option }) => option);
  const named = [...of(0), ...of(1)];
  return named.length > 0 ? named : of(2);
}

function inBracket(
  { lines, line, vocabulary }: CompletionRequest,
  around: Surroundings,
  bracket: Token,
  maker: Maker,
): Completions | null {
  const thisRow = bracket.text.startsWith('[@');
  const before = around.tokens.at(-2);
  const ofTable = !thisRow && isNameToken(before) && tableNamed(vocabulary, before.text) !== null;
  const tables = ofTable ? [before.text] : thisRow ? rowTables(around) : namedTables(around);
  const from = bracket.from + (thisRow ? 2 : 1);
  const text = lines[line] ?? '';
  const typed = text.slice(from, bracket.to);
  const closed = text.slice(bracket.to).startsWith(']');
  const options = tables
    .flatMap((table) => maker.columns(table))
    .map((option) => ({
      ...option,
      label: inner(option.label),
      apply: `${inner(option.label)}${closed ? '' : ']'}`,
    }));
  const found = typed.trim() === '' ? options : matching(options, typed, true);
  return found.length === 0 ? null : { from, options: found };
}

/** What may come next after the tokens `head`; null where names are made up or only literals stand. */
function offered(around: Surroundings, head: readonly Token[], maker: Maker): readonly Option[] | null {
  const last = head.at(-1);
  const parent = around.above.at(-1) ?? null;
  if (last === undefined) return lineStart(around, maker);
  if (parent?.kind === 'table' && last.keyword === 'in') return maker.tables('');
  switch (last.keyword) {
    case 'table':
    case 'each':
    case 'for':
    case 'among':
      return maker.tables('');
    case 'key':
      return around.own.table === null ? null : maker.sheetColumns(around.own.table);
    case 'band':
    case 'score':
    case 'statement':
    case 'as':
    case 'unit':
    case 'outOf':
    case 'from':
    case 'until':
      return null;
    case 'rest':
      return maker.keywords(['as']);
    default:
      break;
  }
  if (parent?.kind === 'score' && head.length === 1 && last.kind === 'number')
    return values(around, head, maker);
  return isOperand(last) ? maker.keywords(continuations(around, head)) : values(around, head, maker);
}

function isOperand(token: Token): boolean {
  if (token.kind === 'mark') return token.text === ')';
  return token.kind !== 'operator' && token.kind !== 'keyword';
}

function lineStart({ depth, above }: Surroundings, maker: Maker): readonly Option[] | null {
  if (depth === 0) {
    const starters = ['each', 'table', 'band', 'score', 'share', 'statement', 'check', 'unit'] as const;
    return [...maker.keywords(starters), ...maker.scalars()];
  }
  const parent = above.at(-1);
  switch (parent?.kind) {
    case 'table':
      return parent.table === null ? null : maker.sheetColumns(parent.table);
    case 'band':
      return maker.keywords(['upTo', 'below', 'atLeast', 'above', 'otherwise']);
    case 'each':
      return [
        ...maker.keywords(['check', 'share']),
        ...(parent.table === null ? [] : maker.computed(parent.table)),
      ];
    case 'share':
      return maker.keywords(['floor', 'cap', 'unit', 'rest']);
    case 'statement':
      return maker.keywords(['add', 'less']);
    default:
      return null;
  }
}

/** Keywords that may follow something that is complete. */
function continuations({ own, above, open }: Surroundings, head: readonly Token[]): readonly KeywordId[] {
  const logic = ['and', 'or', 'in'] as const;
  if (open > 0) return ['where', 'by', ...logic];
  const has = (id: KeywordId): boolean => head.some(({ keyword }) => keyword === id);
  const more = (...ids: KeywordId[]): readonly KeywordId[] => {
    const left = ids.filter((id) => !has(id));
    return has('where') || own.kind === 'rule' || own.kind === 'check' || own.kind === 'body'
      ? [...left, ...logic]
      : left;
  };
  switch (own.kind) {
    case 'table':
      return more('key', 'where');
    case 'band':
      return more('marginal', 'from', 'until');
    case 'each':
      return more('where');
    case 'score':
      return has('for') ? more('outOf', 'where', 'skipBlank', 'from', 'until') : ['for'];
    case 'statement':
      return has('for') ? more('where', 'from', 'until') : ['for'];
    case 'share':
      if (!has('among')) return ['among'];
      if (!has('by')) return more('by', 'where');
      return has('as') ? more('from', 'until') : ['as'];
    case 'rule':
      return more('from', 'until');
    case 'body':
      return above.at(-1)?.kind === 'table' && head.length === 1 ? ['in'] : logic;
    case 'check':
      return logic;
    case 'unit':
      return [];
    default: {
      const never: never = own.kind;
      return never;
    }
  }
}

function values(around: Surroundings, head: readonly Token[], maker: Maker): readonly Option[] {
  const counted = head.at(-1)?.text === '(' && foldName(head.at(-2)?.text ?? '') === 'count';
  if (counted) return maker.tables('');
  return [
    ...namedTables(around).flatMap((table) => maker.columns(table)),
    ...maker.scalars(),
    ...maker.bands(),
    ...maker.functions(),
    ...maker.tables('['),
    ...maker.defined(),
    ...maker.keywords(['asOf', 'blank', 'true', 'false', 'not'], 'value'),
  ];
}

/** Tables of which a bare name may be a column: aggregated rows before the statement's own. */
function namedTables(around: Surroundings): readonly string[] {
  return [...new Map([...around.aggregated, ...rowTables(around)].map((t) => [foldName(t), t])).values()];
}

/** The statement's own table, then that of an `each` around it. */
function rowTables({ own, above }: Surroundings): readonly string[] {
  return [own, ...[...above].reverse()].flatMap(({ table }) => (table === null ? [] : [table]));
}

function tableNamed(vocabulary: Vocabulary, name: string) {
  const folded = foldName(name);
  return vocabulary.tables.find((table) => foldName(table.name) === folded) ?? null;
}

type Maker = ReturnType<typeof optionMaker>;

function optionMaker({ lines, vocabulary, language, help }: CompletionRequest) {
  const written = keywordLanguage(lines) ?? (language === 'zh-CN' ? 'zh' : 'en');
  const other = written === 'zh' ? 'en' : 'zh';

  const named = (name: string, kind: OptionKind, detail: string, after = ''): readonly Option[] => {
    const text = writtenName(name);
    return text === null ? [] : [{ label: name, apply: text + after, kind, detail, help: null, aliases: [] }];
  };
  const sheetColumns = (table: string) =>
    (tableNamed(vocabulary, table)?.columns ?? []).flatMap((name) => named(name, 'column', table));
  const computed = (table: string) =>
    vocabulary.computed
      .filter((one) => foldName(one.table) === foldName(table))
      .flatMap(({ name }) => named(name, 'computed', table));

  return {
    sheetColumns,
    computed,
    columns: (table: string) => [...sheetColumns(table), ...computed(table)],
    tables: (after: '' | '[') => vocabulary.tables.flatMap(({ name }) => named(name, 'table', '', after)),
    scalars: () => vocabulary.scalars.flatMap((name) => named(name, 'scalar', '')),
    bands: () => vocabulary.bands.flatMap((name) => named(name, 'band', '', '(')),
    defined: () => vocabulary.names.flatMap((name) => named(name, 'defined', '')),
    functions: () =>
      vocabulary.functions.map(
        ({ name, usage }): Option => ({
          label: name,
          apply: `${name}(`,
          kind: 'function',
          detail: usage,
          help: callHelp(name, help),
          aliases: [],
        }),
      ),
    keywords: (ids: readonly KeywordId[], kind: OptionKind = 'keyword') =>
      ids.map((id): Option => {
        const text = keywordText(id, written);
        const twin = keywordText(id, other);
        return {
          label: text,
          apply: text,
          kind,
          detail: twin === text ? '' : twin,
          help: keywordHelp(id, help),
          aliases: [twin],
        };
      }),
  };
}

/** A name as it stands in brackets. */
function inner(name: string): string {
  return bracketText(name) ?? name;
}
