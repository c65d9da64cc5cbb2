import type { CellType, Mapped, Options } from './model.ts';

/**
 * `name = value` pairs of a cell, apart by `;` (or `；`) or a line break. A value in double quotes keeps both; a quote in it is
 * doubled. Null where a piece is no pair.
 */
export function pairsOf(text: string): readonly (readonly [name: string, value: string])[] | null {
  const pairs: (readonly [string, string])[] = [];
  for (const piece of piecesOf(text)) {
    if (piece.trim() === '') continue;
    const at = piece.indexOf('=');
    const name = piece.slice(0, at).trim();
    if (at < 0 || name === '') return null;
    const value = piece.slice(at + 1).trim();
    const quoted = /^"(?:[^"]|"")*"$/.test(value);
    pairs.push([name, quoted ? value.slice(1, -1).replaceAll('""', '"') : value]);
  }
  return pairs;
}

function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let quoted = false;
  for (const c of text) {
    if (c === '"') quoted = !quoted;
    if (!quoted && (c === ';' || c === '；' || c === '\n')) {
      pieces.push(piece);
      piece = '';
    } else piece += c;
  }
  return [...pieces, piece];
}

const TYPES: Readonly<Record<string, CellType>> = {
  number: 'number',
  text: 'text',
  date: 'date',
  logical: 'logical',
  数字: 'number',
  文本: 'text',
  日期: 'date',
  逻辑: 'logical',
};

/** `Heading = field`, `Heading = field as number`, `Heading =`; null where the cell can't be read. */
export function mappingOf(text: string): readonly Mapped[] | null {
  const pairs = pairsOf(text);
  if (pairs === null) return null;
  return pairs.map(([heading, value]): Mapped => {
    const typed = /^(.*?)\s+(?:as|作为)\s*(\S+)$/i.exec(value);
    const type = TYPES[typed?.[2]?.toLowerCase() ?? ''];
    if (typed === null || type === undefined)
      return { heading, field: value === '' ? null : value, type: null };
    return { heading, field: typed[1] ?? '', type };
  });
}

/** Chinese names of options. */
const OPTION_NAMES: Readonly<Record<string, string>> = {
  数据: 'rows',
  下一页: 'next',
  页码: 'page',
  游标: 'cursor',
  令牌: 'token',
  用户: 'user',
  密码: 'password',
  时区: 'zone',
  核对: 'check',
  首页: 'first',
  架构: 'schema',
};

/** Options by their English names, lower-cased: `check Amount` keeps the case of what follows. Null where it can't be read. */
export function optionsOf(text: string): Options | null {
  const pairs = pairsOf(text);
  if (pairs === null) return null;
  return new Map(
    pairs.map(([name, value]) => {
      const [first = '', ...rest] = name.split(/\s+/);
      const english = OPTION_NAMES[first] ?? first.toLowerCase();
      return [[english, ...rest].join(' '), value];
    }),
  );
}
