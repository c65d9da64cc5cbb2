import type { OutputCell } from '../../src/workbook/port.ts';
import type { SampleTable } from './cells.ts';
import type { Dictionary } from './words.ts';

/** Longest first: comments, texts, dates, bracketed names, keywords of two words, names, numbers, arrows and signs. */
const TOKENS =
  /#.*$|"[^"]*"|\d{4}-\d{2}-\d{2}|\[[^\]]*\]|(?:up to|at least|out of|skip blank)\b|[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d+)?%?|->|<=|>=|\s+|./g;

const FUNCTIONS = new Set(
  (
    'abs average clamp count date day default edate eomonth floor hours if last lookup max median min month months ' +
    'rank round steps sum year'
  ).split(' '),
);

function found(map: ReadonlyMap<string, string>, english: string): string {
  const chinese = map.get(english);
  if (chinese === undefined) throw new Error(`not in the dictionary: ${english}`);
  return chinese;
}

const nameOf = (words: Dictionary, english: string): string =>
  found(words.names, english.toLowerCase().replaceAll('_', ' '));

/**
 * One line of English rules in Chinese: keywords, names, texts and comments word by word, the rest as it is.
 * Throws for a word that the dictionary doesn't have.
 */
export function translateLine(
  line: string,
  words: Dictionary,
  sentences: ReadonlyMap<string, string>,
): string {
  const depth = line.length - line.trimStart().length;
  const tokens = line.trim().match(TOKENS) ?? [];
  const translated = tokens.map((token, i) => {
    const next = tokens[i + 1];
    if (token.startsWith('#')) return `# ${found(sentences, token.slice(1).trim())}`;
    if (token.startsWith('"')) {
      const inner = token.slice(1, -1);
      return `"${words.texts.get(inner) ?? found(sentences, inner)}"`;
    }
    if (token === '[') return token;
    if (token.startsWith('[@')) return `[@${nameOf(words, token.slice(2, -1))}]`;
    if (token.startsWith('[')) return `[${nameOf(words, token.slice(1, -1))}]`;
    if (/^\d{4}-/.test(token)) return token;
    if (token === '->') return '→';
    if (token === '<=') return '≤';
    if (token === '>=') return '≥';
    if (/^\s+$/.test(token)) return next?.startsWith('#') === true ? '   ' : ' ';
    if (!/[A-Za-z_]/.test(token)) return token;
    if (/^(TRUE|FALSE)$/.test(token)) return token;
    // `floor` is a function before its parenthesis and a keyword elsewhere
    if (FUNCTIONS.has(token) && next === '(') return token;
    return words.keywords.get(token) ?? nameOf(words, token);
  });
  // a date after 自 reads better with 起 behind it
  const text = translated.join('').replace(/(自 \d{4}-\d{2}-\d{2})/, '$1 起');
  return ' '.repeat(depth) + text;
}

function translateCell(cell: OutputCell, words: Dictionary): OutputCell {
  if (cell.kind !== 'text') return cell;
  const person = /^Staff (\d+)$/.exec(cell.value);
  const value = person === null ? found(words.texts, cell.value) : `员工${person[1]}`;
  return { kind: 'text', value };
}

/** The same table with Chinese headings and words; numbers, dates and codes stay as they are. */
export function translateTable(table: SampleTable, words: Dictionary): SampleTable {
  return {
    name: nameOf(words, table.name),
    columns: table.columns.map((c) => ({ ...c, heading: nameOf(words, c.heading) })),
    rows: table.rows.map((row) =>
      row.map((cell, i) => (table.columns[i]?.translated === true ? translateCell(cell, words) : cell)),
    ),
  };
}
