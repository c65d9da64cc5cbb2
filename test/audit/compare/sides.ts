import { linesOfText, parseRules } from '../../../grammar/index.ts';
import type { Side } from '../../../src/audit/compare/sides.ts';
import { run } from '../../../src/engine/run.ts';
import { parseDate } from '../../../src/exact/date.ts';
import { checkRules } from '../../../src/rules/check.ts';
import type { Workbook } from '../../../src/workbook/port.ts';
import { book, type Sheets } from '../../support/book.ts';

/** A side from sheets and rule text, computed; throws where anything is wrong. */
export function side(sheets: Sheets | Workbook, rules: string, asOf = '2026-01-31'): Side {
  const lines = linesOfText('Rules.allot', rules);
  const workbook: Workbook = isWorkbook(sheets) ? { ...sheets, rules: lines } : book(sheets, { rules });
  const { program, problems } = checkRules(parseRules(lines), workbook, parseDate(asOf) ?? 0);
  if (program === null) throw new Error(JSON.stringify(problems));
  const results = run(program, workbook);
  const errors = [...problems, ...results.problems].filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return { program, workbook, results };
}

function isWorkbook(x: Sheets | Workbook): x is Workbook {
  return 'hasRules' in x;
}
