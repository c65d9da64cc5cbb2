import path from 'node:path';
import { parseRules } from '../../../grammar/index.ts';
import { digestRules } from '../../../src/audit/digest.ts';
import { type LedgerCells, nextRow, readLedger } from '../../../src/audit/ledger.ts';
import type { PaidRun } from '../../../src/audit/record.ts';
import { compile } from '../../../src/audit/statements/compiled.ts';
import { contentDigest, type StatementData } from '../../../src/audit/statements/form.ts';
import { statementPage } from '../../../src/audit/statements/page.ts';
import { makeStatements, type Statements } from '../../../src/audit/statements/tree.ts';
import { load } from '../../../src/cli/load.ts';
import { run } from '../../../src/engine/run.ts';
import { isoOfMs, parseDate } from '../../../src/exact/date.ts';
import type { Language } from '../../../src/problems/messages/index.ts';
import { checkRules } from '../../../src/rules/check.ts';
import type { Workbook } from '../../../src/workbook/port.ts';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

const day = (text: string): number => parseDate(text) ?? Number.NaN;

/** A sample computed as of a date. */
export async function runSample(name: string, asOf = '2026-03-31'): Promise<PaidRun> {
  const { program, workbook, file } = await load(path.join(ROOT, 'samples', name), day(asOf));
  if (program === null) throw new Error(`${name} has errors`);
  return { program, workbook, file, results: run(program, workbook) };
}

/** A book computed as of a date; it must have no error. */
export function runBook(workbook: Workbook, asOf = '2026-03-31'): PaidRun {
  const file = parseRules(workbook.rules);
  const { program, problems } = checkRules(file, workbook, day(asOf));
  if (program === null) throw new Error(JSON.stringify(problems, null, 1));
  const results = run(program, workbook);
  const errors = results.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 1));
  return { program, workbook, file, results };
}

export interface Files {
  readonly all: Statements;
  /** The ledger's row; null for previews. */
  readonly row: LedgerCells | null;
  /** The page of the person with this key. */
  page(key: string, language?: Language): string;
  data(key: string, language?: Language): Omit<StatementData, 'sum'>;
  readonly keys: readonly string[];
}

/** The statements of a run as files: paid ones with a ledger row of their own. */
export function filesOf(paidRun: PaidRun, seed: string | null): Files {
  const all = makeStatements(paidRun, seed);
  const row =
    seed === null
      ? null
      : nextRow(readLedger(null), {
          Event: 'paid',
          Time: '2026-04-02T08:00:00Z',
          'As of': isoOfMs(paidRun.results.asOf),
          By: 'Payroll',
          Rules: digestRules(paidRun.workbook.rules),
          Statements: all.tree?.root ?? '',
        });
  const data = (key: string, language: Language = 'en'): Omit<StatementData, 'sum'> => {
    const at = all.maker.targets.findIndex((target) => target.key === key);
    const made = all.made[at];
    if (made === undefined) throw new Error(`no statement of ${key}`);
    const found = row === null ? null : (all.tree?.path(contentDigest(made.content)) ?? null);
    const proof = row === null || found === null ? null : { path: found, row };
    return { ...made, language, proof };
  };
  return {
    all,
    row,
    data,
    keys: all.maker.targets.map(({ key }) => key),
    page: (key, language = 'en') => pageOf(data(key, language)),
  };
}

/** The page of data as they are; data from which nothing follows have none. */
export function pageOf(data: Omit<StatementData, 'sum'>): string {
  const compiled = compile(data.content, data.places);
  const page = compiled === null ? null : statementPage(compiled, data);
  if (page === null) throw new Error('nothing follows');
  return page;
}
