import { readFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { parseRules } from '../../../grammar/index.ts';
import { type Review, type ReviewedRule, reviewBook } from '../../../src/audit/review/index.ts';
import { run } from '../../../src/engine/run.ts';
import { parseDate } from '../../../src/exact/date.ts';
import { checkRules } from '../../../src/rules/check.ts';
import type { OpenBook, Workbook } from '../../../src/workbook/port.ts';
import { openXlsxBytes } from '../../../src/workbook/xlsx/open.ts';
import { sample } from '../../samples/run.ts';

export const smallBytes = (): Uint8Array => new Uint8Array(readFileSync(sample('small.xlsx')));

/** The review of a test book on 2026-03-31. */
export async function reviewOf(workbook: Workbook): Promise<Review> {
  return reviewed(workbook, { ours: async () => null }, '2026-03-31');
}

export async function reviewXlsx(bytes: Uint8Array, asOf = '2026-03-31'): Promise<Review> {
  const book = openXlsxBytes(bytes, 'book.xlsx');
  return reviewed(await book.read(), book, asOf);
}

async function reviewed(
  workbook: Workbook,
  book: Pick<OpenBook, 'ours' | 'inspect'>,
  day: string,
): Promise<Review> {
  const file = parseRules(workbook.rules);
  const { program, problems } = checkRules(file, workbook, parseDate(day) ?? 0);
  if (program === null) throw new Error(`rules with errors: ${JSON.stringify(problems)}`);
  const ran = { program, workbook, results: run(program, workbook) };
  return reviewBook(ran, file, book, (await book.inspect?.()) ?? null);
}

/** A rule of a review by its name, and its table where several have it. */
export function ruleOf({ rules }: Review, name: string, where: string | null = null): ReviewedRule {
  const found = rules.find((rule) => rule.name === name && (where === null || rule.where === where));
  if (found === undefined) throw new Error(`no rule ${name}`);
  return found;
}

/** A workbook with some of its parts written anew. */
export function edited(bytes: Uint8Array, edit: (name: string, text: string) => string): Uint8Array {
  const parts = unzipSync(bytes);
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => {
        const text = strFromU8(part);
        const after = edit(name, text);
        return [name, after === text ? part : strToU8(after)];
      }),
    ),
  );
}
