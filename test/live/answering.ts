import { parseDate } from '../../src/exact/date.ts';
import { createAnswerer } from '../../src/live/answers.ts';
import { evaluate, prepare } from '../../src/live/evaluated.ts';
import type { Answer, CellValue, Query } from '../../src/live/queries.ts';
import type { Language } from '../../src/problems/messages/index.ts';
import { foldName } from '../../src/workbook/names.ts';
import { openBook } from '../../src/workbook/open.ts';
import type { Workbook } from '../../src/workbook/port.ts';
import { sample } from '../samples/run.ts';

export type Answerer = (query: Query) => Answer;

export const ms = (date: string): number => parseDate(date) ?? Number.NaN;

/** What cells are answered over a book at a date. */
export function answererOf(workbook: Workbook, asOf: string, language: Language = 'en'): Answerer {
  const tables = workbook.tables.map((table) => ({
    name: table.name,
    sheet: table.sheet,
    headings: table.columns.map(({ heading }) => heading),
  }));
  const prepared = prepare(
    { ...workbook, title: 'book', tables },
    workbook.rules,
    workbook.problems,
    new Map(workbook.tables.map((table) => [foldName(table.name), table])),
  );
  return createAnswerer(evaluate(prepared, ms(asOf)), language);
}

export async function small(asOf = '2026-03-31', language: Language = 'en'): Promise<Answerer> {
  const opened = await openBook(sample('small.xlsx'));
  return answererOf(await opened.read(), asOf, language);
}

export const rule = (name: string, key: CellValue = null): Query => ({ kind: 'rule', name, key, asOf: null });
export const score = (member: CellValue, column: string | null = null): Query => ({
  kind: 'score',
  member,
  column,
  asOf: null,
});
export const band = (name: string, value: CellValue): Query => ({
  kind: 'band',
  band: name,
  value,
  asOf: null,
});
export const statement = (key: CellValue): Query => ({ kind: 'statement', key, asOf: null });
export const explain = (name: string, key: CellValue = null): Query => ({
  kind: 'explain',
  name,
  key,
  asOf: null,
});

/** The rows of an answer. */
export function rowsOf(answer: Answer): readonly (readonly CellValue[])[] {
  if (answer.kind === 'error') throw new Error(`${answer.error} ${answer.message}`);
  return answer.rows;
}

/** Its one cell, or its error value. */
export function shown(answer: Answer): CellValue | undefined {
  if (answer.kind === 'error') return answer.error;
  if (answer.rows.length !== 1 || answer.rows[0]?.length !== 1) throw new Error(JSON.stringify(answer.rows));
  return answer.rows[0][0];
}

export const messageOf = (answer: Answer): string => (answer.kind === 'error' ? answer.message : '');
