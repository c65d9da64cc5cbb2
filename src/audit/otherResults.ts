import { parseRules } from '../../grammar/index.ts';
import { run as runProgram } from '../engine/run.ts';
import { parseDate } from '../exact/date.ts';
import { hasErrors } from '../problems/errors.ts';
import { resultSheets } from '../report/sheets.ts';
import { checkRules } from '../rules/check.ts';
import { readSpoken } from '../rules/spoken.ts';
import type { BookReader, Progress, SheetTable } from '../workbook/port.ts';
import { cellField, fieldText } from './canonical.ts';
import type { AuditPlace } from './findings.ts';
import { keepSheets, type PaidSheet } from './paid.ts';
import { paidFindings } from './verifyPaid.ts';

type Ours = (name: string) => Promise<SheetTable | null>;

/** The as-of date that result sheets say they are of (`2026-03-31`), and where; null where they say none. */
export async function sheetsDate(
  sheets: readonly PaidSheet[],
  ours: Ours,
): Promise<{ readonly asOf: string; readonly at: AuditPlace } | null> {
  const name = sheets.find(({ kind }) => kind === 'scalars')?.name;
  const table = name === undefined ? null : await ours(name);
  const [names, values] = table?.columns ?? [];
  if (table === null || names === undefined || values === undefined) return null;
  for (let row = 0; row < table.rows; row++) {
    const field = cellField(values, row);
    if (cellField(names, row) !== 't:as_of' || !field.startsWith('d:')) continue;
    const at = { sheet: table.sheet, row: table.sheetRows[row] ?? 0, column: values.column };
    return { asOf: fieldText(field), at };
  }
  return null;
}

/**
 * Whether the result sheets of a book are what its rules and data come to as of a date now, in either language: those of a
 * run that was looked at since the last one was paid.
 */
export async function areResultsOf(
  book: BookReader,
  asOf: string,
  ours: Ours,
  progress: Progress,
): Promise<boolean> {
  const day = parseDate(asOf);
  if (day === null) return false;
  const file = parseRules(book.rules);
  const { workbook, others } = await readSpoken(book, file, progress);
  const { program, problems } = checkRules(file, workbook, day, others);
  if (program === null) return false;
  const results = runProgram(program, workbook, progress);
  if (hasErrors(problems) || hasErrors(results.problems)) return false;
  for (const language of ['en', 'zh-CN'] as const) {
    const sheets = keepSheets(program, results, resultSheets(program, workbook, results, language));
    if ((await paidFindings('', sheets, ours)).length === 0) return true;
  }
  return false;
}
