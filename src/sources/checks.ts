import { exactText, parseDecimal } from '../exact/decimal.ts';
import { equal, integer, type Rational, rational } from '../exact/rational.ts';
import type { Value } from '../exact/value.ts';
import type { Problem } from '../problems/problem.ts';
import { keyTextAt } from '../rules/keys.ts';
import type { ProgramTable } from '../rules/program.ts';
import { referenceProblems } from '../rules/references.ts';
import { foldName } from '../workbook/names.ts';
import type { SheetTable, Workbook } from '../workbook/port.ts';
import { shownCell } from './coerce.ts';
import { EXAMPLES, type Issue } from './issues.ts';
import type { Fetched, Source } from './model.ts';
import type { Shaped } from './shape.ts';
import { keyId } from './stage.ts';
import { totalOf } from './totals.ts';

/** Keys of the rows that a source gave: each has one, and no two the same. */
export function keyIssues(table: SheetTable, key: number, { columns, rows }: Shaped): readonly Issue[] {
  const heading = table.columns[key]?.heading ?? '';
  if (rows.length === 0) return [];
  if (columns[key] === null) return [{ severity: 'error', kind: 'key-unfilled', table: table.name, heading }];
  const blank: number[] = [];
  const seen = new Set<string>();
  const twice: string[] = [];
  rows.forEach((row, i) => {
    const value: Value = row[key] ?? { kind: 'blank' };
    if (value.kind === 'blank') blank.push(i + 1);
    else if (seen.has(keyId(value))) twice.push(shownCell(value));
    else seen.add(keyId(value));
  });
  const issues: Issue[] = [];
  const head = { severity: 'error', table: table.name, heading } as const;
  if (blank.length > 0)
    issues.push({ ...head, kind: 'blank-key', count: blank.length, rows: blank.slice(0, EXAMPLES) });
  if (twice.length > 0)
    issues.push({ ...head, kind: 'same-key', count: twice.length, keys: twice.slice(0, EXAMPLES) });
  return issues;
}

/**
 * Control totals: `check rows = …` and `check Amount = …`, each a number, a defined name of the workbook, or what the source
 * itself told. They are of what the source gave, not of the table that it goes into.
 */
export function controlIssues(
  source: Source,
  table: SheetTable,
  shaped: Shaped,
  fetched: Fetched,
  names: Workbook['names'],
): readonly Issue[] {
  return [...source.options].flatMap(([name, asked]): readonly Issue[] => {
    const of = /^check\s+(.+)$/.exec(name)?.[1];
    if (of === undefined) return [];
    const rows = /^(?:rows|行数)$/i.test(of);
    const index = table.columns.findIndex(({ heading }) => foldName(heading) === foldName(of));
    const heading = rows ? null : (table.columns[index]?.heading ?? of);
    const head = { severity: 'error', table: table.name, heading } as const;
    const expected = controlValue(asked, fetched, names);
    if (expected === null || (!rows && index < 0)) return [{ ...head, kind: 'no-control', asked }];
    const found = rows ? integer(shaped.rows.length) : sumOf(shaped, index);
    if (equal(found, expected)) return [];
    return [{ ...head, kind: 'control', expected: exactText(expected), found: exactText(found) }];
  });
}

function controlValue(asked: string, fetched: Fetched, names: Workbook['names']): Rational | null {
  const number = asked.length < 400 ? parseDecimal(asked) : null;
  if (number !== null) return number;
  const told = fetched.controls.get(asked);
  const name = names.find((one) => foldName(one.name) === foldName(asked));
  const cell = told ?? name?.value ?? null;
  // A sum may have more digits than a cell of the table.
  if (cell?.kind === 'number') return cell.value;
  const text = cell?.kind === 'written' ? cell.text : cell?.kind === 'text' ? cell.value : '';
  return text.length < 400 ? parseDecimal(text.trim()) : null;
}

function sumOf({ rows }: Shaped, index: number): Rational {
  let n = 0n;
  let d = 1n;
  for (const row of rows) {
    const value = row[index];
    if (value?.kind !== 'number') continue;
    // Amounts of a column mostly have as many decimals.
    if (value.value.d === d) n += value.value.n;
    else {
      n = n * value.value.d + value.value.n * d;
      d *= value.value.d;
    }
  }
  return rational(n, d);
}

type Plan = readonly Pick<ProgramTable, 'key' | 'references'>[];

/**
 * Cells that refer to a row that isn't there, in all tables that the refresh touches or whose references lead to one that it
 * touches. What was so before is a note; `staged` are the tables that get other rows.
 */
export function orphanIssues(
  present: Workbook,
  next: Workbook,
  plan: Plan,
  staged: ReadonlySet<number>,
): readonly Issue[] {
  return plan.flatMap((table, index): readonly Issue[] => {
    const touched = staged.has(index) || table.references.some((reference) => staged.has(reference.table));
    if (!touched || table.references.length === 0) return [];
    return table.references.flatMap((reference) => {
      const only = plan.map((one, i) => (i === index ? { key: one.key, references: [reference] } : one));
      const now = orphans(referenceProblems(next, only, index, null));
      if (now.length === 0) return [];
      const then = new Set(orphans(referenceProblems(present, only, index, null)).map(orphanId));
      const heading = next.tables[index]?.columns[reference.column]?.heading ?? '';
      const head = {
        table: next.tables[index]?.name ?? '',
        heading,
        target: next.tables[reference.table]?.name ?? '',
      };
      const fresh = now.filter((one) => !then.has(orphanId(one)));
      const examples = fresh.slice(0, EXAMPLES).map(({ key = '', value }) => ({ key, value }));
      const old = now.length - fresh.length;
      return [
        ...(fresh.length === 0
          ? []
          : [{ severity: 'error', kind: 'orphan', ...head, count: fresh.length, examples } as const]),
        ...(old === 0 ? [] : [{ severity: 'note', kind: 'orphans-before', ...head, count: old } as const]),
      ];
    });
  });
}

type Orphan = Extract<Problem, { code: 'orphan' }>;

const orphans = (problems: readonly Problem[]): readonly Orphan[] =>
  problems.filter((problem): problem is Orphan => problem.code === 'orphan');

const orphanId = ({ key = '', value }: Orphan): string => JSON.stringify([key, value]);

/** Totals of the number columns of a table before and after, for the report. */
export function columnTotals(
  before: SheetTable,
  next: SheetTable,
): readonly { readonly heading: string; readonly before: string; readonly after: string }[] {
  return next.columns.flatMap(({ heading, data }, i) => {
    const now = totalOf(data);
    const then = before.columns[i] === undefined ? null : totalOf(before.columns[i].data);
    if (now === null && then === null) return [];
    const text = (total: Rational | null): string => exactText(total ?? { n: 0n, d: 1n });
    return [{ heading, before: text(then), after: text(now) }];
  });
}

export const keyText = (table: SheetTable, key: number, row: number): string => {
  const column = table.columns[key]?.data;
  return column === undefined ? '' : keyTextAt(column, row);
};
