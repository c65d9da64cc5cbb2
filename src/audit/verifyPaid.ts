import { isoOfMs } from '../exact/date.ts';
import { cellRational } from '../exact/decimal.ts';
import { toDouble } from '../exact/rational.ts';
import type { SheetTable, TableColumn } from '../workbook/port.ts';
import { freeSheetName, tableHeadings } from '../workbook/sheetNames.ts';
import { ADJUSTMENT_SHEETS, adjustmentSheets } from './adjusted.ts';
import { cellField, fieldText, fieldValue, valueField } from './canonical.ts';
import type { AuditPlace, Finding } from './findings.ts';
import { sameTexts } from './inputs.ts';
import { keyColumns, type PaidSheet, paidRows, rowName } from './paid.ts';
import type { RunRecord } from './record.ts';

/** Compares the result sheets of a workbook with what a run paid. `ours` gives the sheets of that name. */
export async function paidFindings(
  run: string,
  sheets: readonly PaidSheet[],
  ours: (name: string) => Promise<SheetTable | null>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const taken = new Set<string>();
  for (const sheet of sheets) {
    // As the sheets were called when they were written.
    const name = freeSheetName(sheet.name, taken);
    taken.add(name.toLowerCase());
    const table = await ours(name);
    if (table === null) findings.push({ severity: 'error', kind: 'sheet-missing', run, sheet: name });
    else findings.push(...sheetFindings(run, sheet, sheets, table));
  }
  // Sheets of another month differ in everything: one line says why.
  const other = findings.find(({ kind }) => kind === 'other-run');
  return other === undefined || findings.length < MANY ? findings : [other];
}

/**
 * Compares the sheets of adjustments with what the records of all of them, oldest first, say was given. `lost`: numbers of
 * rows of the ledger that are gone, or whose record is; nobody can say what these gave.
 */
export async function adjustmentFindings(
  records: readonly RunRecord[],
  lost: ReadonlySet<string>,
  ours: (name: string) => Promise<SheetTable | null>,
): Promise<readonly Finding[]> {
  const last = String(records.at(-1)?.number ?? '');
  const findings: Finding[] = [];
  const known = adjustmentSheets(records);
  for (const { kept } of known) {
    const table = await ours(freeSheetName(kept.name, new Set()));
    findings.push(
      ...(table === null
        ? [{ severity: 'error', kind: 'sheet-missing', run: last, sheet: kept.name } as const]
        : sheetFindings(last, kept, [kept], table, lost)),
    );
  }
  if (known.length === 0 && lost.size === 0)
    for (const name of ADJUSTMENT_SHEETS) {
      const table = await ours(name);
      if (table !== null && table.rows > 0)
        findings.push({ severity: 'error', kind: 'sheet-unknown', sheet: table.sheet });
    }
  return findings.map((one) => ('run' in one ? { ...one, adjustments: [one.run] } : one));
}

/** Differences from which on they are those of other results rather than of cells that somebody changed. */
const MANY = 50;

/** Excel's limit for the text of a cell. */
const MAX_TEXT = 32_767;

/** What a cell holds that an exact value was written into. */
function writtenField(text: string): string {
  const value = fieldValue(text);
  switch (value?.kind) {
    case 'number':
      return valueField({ kind: 'number', value: cellRational(toDouble(value.value)) });
    case 'text': {
      if (value.value === '') return '-';
      const long = value.value.length > MAX_TEXT;
      return long ? valueField({ kind: 'text', value: `${value.value.slice(0, MAX_TEXT - 1)}…` }) : text;
    }
    default:
      return text;
  }
}

/** Whether a cell holds what was written; a date before Excel's calendar is written as text. */
function same(expected: string, cell: string): boolean {
  if (expected === cell) return true;
  if (!expected.startsWith('d:') || !cell.startsWith('t:')) return false;
  return cell.slice(2) === expected.slice(2).replace('T', ' ');
}

const ofAdjustments = (kind: PaidSheet['kind']): boolean =>
  kind === 'adjustments' || kind === 'adjustment-totals';

function sheetFindings(
  last: string,
  sheet: PaidSheet,
  sheets: readonly PaidSheet[],
  table: SheetTable,
  lost: ReadonlySet<string> = new Set(),
): readonly Finding[] {
  const headings = tableHeadings(sheet.headings).map((heading) => heading.trim());
  const now = table.columns.map(({ heading }) => heading);
  const columns = headings.flatMap((heading) => table.columns.find((one) => one.heading === heading) ?? []);
  if (columns.length !== headings.length || !sameTexts(headings, now.slice(0, headings.length)))
    return [
      {
        severity: 'error',
        kind: 'paid-heading',
        run: last,
        sheet: table.sheet,
        was: headings,
        now,
      },
    ];
  const width = keyColumns(sheet.kind);
  const rows = new Map<string, number[]>();
  const cells = Array.from({ length: table.rows }, (_, row) =>
    columns.map((column) => cellField(column, row)),
  );
  cells.forEach((row, i) => {
    const key = row.slice(0, width).join('\t');
    const list = rows.get(key);
    if (list === undefined) rows.set(key, [i]);
    else list.push(i);
  });
  const findings: Finding[] = [];
  const place = (row: number, column?: TableColumn): AuditPlace => ({
    sheet: table.sheet,
    row: table.sheetRows[row] ?? 0,
    ...(column === undefined ? {} : { column: column.column }),
  });
  for (const exact of paidRows(sheet, sheets)) {
    const wanted = exact.map(writtenField);
    const key = wanted.slice(0, width);
    const row = (rows.get(key.join('\t')) ?? rows.get(key.map(asText).join('\t')))?.shift();
    const name = rowName(exact, sheet.kind);
    // A row of an adjustment begins with its number.
    const run = ofAdjustments(sheet.kind) ? fieldText(exact[0] ?? '-') : last;
    if (row === undefined) {
      findings.push({ severity: 'error', kind: 'paid-removed', run, sheet: table.sheet, key: name });
      continue;
    }
    for (const [i, column] of columns.entries()) {
      const [expected = '-', cell = '-'] = [wanted[i], cells[row]?.[i]];
      if (i < width || same(expected, cell)) continue;
      const [was, is] = [fieldText(exact[i] ?? '-'), fieldText(cell)];
      const { heading } = column;
      const at = place(row, column);
      if (sheet.kind === 'scalars' && name === 'as_of' && cell.startsWith('d:')) {
        findings.push({ severity: 'error', kind: 'other-run', run, at, was, now: is });
        continue;
      }
      findings.push({ severity: 'error', kind: 'paid-changed', run, at, key: name, heading, was, now: is });
    }
  }
  for (const row of [...rows.values()].flat()) {
    const fields = cells[row] ?? [];
    if (lost.has(fieldText(fields[0] ?? '-'))) continue;
    const key = rowName(fields, sheet.kind);
    findings.push({ severity: 'error', kind: 'paid-added', run: last, at: place(row), key });
  }
  return findings;
}

/** A date as it stands in a cell that Excel's calendar has no day for. */
function asText(text: string): string {
  if (!text.startsWith('d:')) return text;
  const value = fieldValue(text);
  if (value?.kind !== 'date') return text;
  return `t:${isoOfMs(Number(value.ms.n / value.ms.d)).replace('T', ' ')}`;
}
