import { foldName } from '../../../grammar/tree.ts';
import type { Outcome } from '../../engine/results.ts';
import { columnValue } from '../../exact/column.ts';
import { isoOfMs } from '../../exact/date.ts';
import { cellOf } from '../../rules/keys.ts';
import type { SheetTable } from '../../workbook/port.ts';
import type { Answer, CellValue } from '../queries.ts';
import { type AnswerBook, notAvailable, oneCell, outcomeAnswer, outcomeCell, refusal } from './book.ts';
import { cellOfValue } from './cells.ts';
import type { KeyIndex } from './keys.ts';
import type { Named } from './names.ts';
import { answerWords } from './words.ts';

/** What the parts of an answerer share: names and keys, each indexed once. */
export interface Finder {
  readonly book: AnswerBook;
  named(asked: string, keyed: boolean): Named;
  keys(table: number): KeyIndex;
  /** The support score's column, or why there is none. */
  score(): Named;
}

/** In this order a score is the support score. */
export const SUPPORT_SCORES: readonly string[] = ['support_score', 'support', '支撑评分', '支撑效能'];

/** RULE: a scalar, a cell of a column, or without a key the whole column. */
export function ruleAnswer(finder: Finder, name: string, key: CellValue): Answer {
  return valueAnswer(finder, finder.named(name, key !== null), key);
}

/** SUPPORTSCORE: the column that is named, else the score of one of the usual names. */
export function scoreAnswer(finder: Finder, member: CellValue, column: string | null): Answer {
  if (member === null) return notAvailable(answerWords(finder.book.language).blankKey);
  return valueAnswer(finder, column === null ? finder.score() : finder.named(column, true), member);
}

/** The support score's column, or why there is none. */
export function supportScore({ program, file, language }: AnswerBook): Named {
  const words = answerWords(language);
  for (const name of SUPPORT_SCORES) {
    const found = program.columns.flatMap((column, id) =>
      foldName(column.name) === foldName(name) && column.definitions.some(({ kind }) => kind === 'score')
        ? [{ kind: 'column', table: column.table, column: id } as const]
        : [],
    );
    const [first, second] = found;
    if (first === undefined) continue;
    if (second === undefined) return first;
    const tables = found.map(({ table }) => program.tables[table]?.name ?? '');
    const spelled = program.columns[first.column]?.name ?? name;
    return refusal(
      { code: 'ambiguous-name', name: spelled, tables },
      language,
      words.ambiguousScore(spelled, tables),
    );
  }
  const lapsed = SUPPORT_SCORES.find((name) =>
    file.items.some((item) => item.kind === 'score' && foldName(item.name.text) === foldName(name)),
  );
  return lapsed === undefined
    ? notAvailable(words.noScore)
    : refusal({ code: 'no-version-in-force', name: lapsed, asOf: isoOfMs(program.asOf) }, language);
}

function valueAnswer(finder: Finder, named: Named, key: CellValue): Answer {
  const { book } = finder;
  const { language, results, workbook } = book;
  switch (named.kind) {
    case 'error':
      return named;
    case 'scalar':
      return outcomeAnswer(results.scalars[named.scalar], language);
    case 'name': {
      const defined = workbook.names[named.name];
      if (defined === undefined) return oneCell(null);
      return defined.value === null
        ? refusal({ code: 'cell-error', value: defined.error ?? '' }, language)
        : oneCell(cellOfValue(defined.value));
    }
    case 'column': {
      const values = results.columns[named.column];
      return rowsAnswer(finder, named.table, key, (row) => values?.at(row));
    }
    case 'sheet': {
      const sheet = workbook.tables[named.table];
      return rowsAnswer(finder, named.table, key, (row) =>
        sheet === undefined ? undefined : sheetOutcome(sheet, named.at, row),
      );
    }
    default: {
      const never: never = named;
      return never;
    }
  }
}

function rowsAnswer(
  finder: Finder,
  table: number,
  key: CellValue,
  at: (row: number) => Outcome | undefined,
): Answer {
  const { workbook, language } = finder.book;
  const keys = finder.keys(table);
  if (key === null) {
    const sheet = workbook.tables[table];
    return sheet === undefined ? oneCell(null) : wholeColumn(sheet, keys, at);
  }
  const row = keys.rowOf(key);
  return typeof row === 'number' ? outcomeAnswer(at(row), language) : row;
}

/**
 * One row for every row of the sheet from the one below the headings to the last one that is not blank, so that it can
 * stand beside the table; blank where the table's `where` leaves a row out.
 */
function wholeColumn(sheet: SheetTable, keys: KeyIndex, at: (row: number) => Outcome | undefined): Answer {
  const last = sheet.sheetRows[sheet.rows - 1] ?? sheet.headingRow + 1;
  const cells: CellValue[] = new Array<CellValue>(Math.max(1, last - sheet.headingRow)).fill(null);
  for (let row = 0; row < sheet.rows; row++) {
    if (keys.counts(row)) cells[(sheet.sheetRows[row] ?? 0) - sheet.headingRow - 1] = outcomeCell(at(row));
  }
  return { kind: 'cells', rows: cells.map((cell) => [cell]) };
}

function sheetOutcome(sheet: SheetTable, at: number, row: number): Outcome | undefined {
  const data = sheet.columns[at]?.data;
  if (data === undefined) return undefined;
  const value = columnValue(data, row);
  if (value !== null) return value;
  const error = data.texts[data.payload[row] ?? 0] ?? '';
  return {
    kind: 'fault',
    problem: { severity: 'error', code: 'cell-error', value: error, at: cellOf(sheet, at, row) },
  };
}
