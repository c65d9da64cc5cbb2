import type { Outcome, Results } from '../engine/results.ts';
import { columnValue, Kind } from '../exact/column.ts';
import { isoOfMs, isoText, parseDate } from '../exact/date.ts';
import { exactText, parseDecimal } from '../exact/decimal.ts';
import { integer, type Rational, rational } from '../exact/rational.ts';
import { exactValueText } from '../exact/text.ts';
import { BLANK, type Value } from '../exact/value.ts';
import { keyValue } from '../report/values.ts';
import type { Program } from '../rules/program.ts';
import type { DefinedName, RuleLine, SheetTable, TableColumn, Workbook } from '../workbook/port.ts';

/**
 * The canonical form that digests are made of. README.md beside this file is its definition: somebody who has never
 * seen this code computes the same digests from that page.
 */

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A field: no TAB and no line end is left in it. */
export function field(text: string): string {
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (mark) => ESCAPES[mark] ?? mark) : text;
}

export const line = (fields: readonly string[]): string => `${fields.join('\t')}\n`;

export function valueField(value: Value): string {
  switch (value.kind) {
    case 'blank':
      return '-';
    case 'number':
      return `n:${exactText(value.value)}`;
    case 'text':
      return `t:${field(value.value)}`;
    case 'date':
      return `d:${isoText(value.ms)}`;
    case 'logical':
      return value.value ? 'b:TRUE' : 'b:FALSE';
    default: {
      const never: never = value;
      return never;
    }
  }
}

const MARKS: Readonly<Record<string, string>> = { '\\\\': '\\', '\\t': '\t', '\\n': '\n', '\\r': '\r' };

/** A field as it was before `field`. */
export function unfield(text: string): string {
  return text.includes('\\') ? text.replace(/\\[\\tnr]/g, (mark) => MARKS[mark] ?? mark) : text;
}

/** The value that a field stands for; null for an Excel error value, and where it is no field. */
export function fieldValue(text: string): Value | null {
  if (text === '-') return BLANK;
  const rest = text.slice(2);
  switch (text.slice(0, 2)) {
    case 'n:': {
      const slash = rest.indexOf('/');
      if (slash < 0) {
        const value = parseDecimal(rest);
        return value === null ? null : { kind: 'number', value };
      }
      const [n, d] = [rest.slice(0, slash), rest.slice(slash + 1)];
      if (!/^-?\d+$/.test(n) || !/^[1-9]\d*$/.test(d)) return null;
      return { kind: 'number', value: rational(BigInt(n), BigInt(d)) };
    }
    case 't:':
      return { kind: 'text', value: unfield(rest) };
    case 'd:': {
      const [, day = '', time, millis = '0'] = /^([^T.]*)(?:T([^.]*)(?:\.(\d{3}))?)?$/.exec(rest) ?? [];
      const ms = parseDate(time === undefined ? day : `${day} ${time}`);
      return ms === null ? null : { kind: 'date', ms: integer(ms + Number(millis)) };
    }
    case 'b:':
      return { kind: 'logical', value: rest === 'TRUE' };
    default:
      return null;
  }
}

/** A field as people read it, exactly; an Excel error value shows itself. */
export function fieldText(text: string): string {
  const value = fieldValue(text);
  return value === null ? unfield(text.slice(2)) : exactValueText(value);
}

const numberField = (value: Rational): string => `n:${exactText(value)}`;

/** What a cell of a row holds, an Excel error value too. */
export function cellField({ data }: Pick<TableColumn, 'data'>, row: number): string {
  const value = columnValue(data, row);
  if (value !== null) return valueField(value);
  return `e:${field(data.kinds[row] === Kind.ERROR ? (data.texts[data.payload[row] ?? 0] ?? '') : '')}`;
}

/** A row of a table that was read; `columns` where not all of them are meant, or in another order. */
export function rowLine(
  table: SheetTable,
  row: number,
  columns: readonly TableColumn[] = table.columns,
): string {
  return line(columns.map((column) => cellField(column, row)));
}

export function tableHead(table: SheetTable): string {
  return (
    line(['allot-table-1', field(table.name)]) + line(table.columns.map(({ heading }) => field(heading)))
  );
}

export function nameField({ value, error }: DefinedName): string {
  return value === null ? `e:${field(error ?? '')}` : valueField(value);
}

/** Names that refer to one cell, each with what the cell holds. */
export function namesText(names: readonly (readonly [name: string, value: string])[]): string {
  return (
    line(['allot-names-1']) + sortedLines(names.map(([name, value]) => line([field(name), value]))).join('')
  );
}

/** A line of rules by its depth (0 to 2) and its text from there on, and where it stands. */
export interface PlainLine {
  readonly sheet: string;
  /** From 1. */
  readonly row: number;
  readonly depth: number;
  readonly text: string;
}

/** Lines as the digest takes them: blank ones are empty, and those that end a sheet or file are left out. */
export function plainLines(lines: readonly RuleLine[]): readonly PlainLine[] {
  const found: PlainLine[] = [];
  let last = 0;
  for (const { place, depth, text } of lines) {
    const [sheet, row] = place.kind === 'text' ? [place.file, place.line] : [place.sheet, place.row];
    if (sheet !== found.at(-1)?.sheet) found.length = last;
    if (text.trim() === '') found.push({ sheet, row, depth: 0, text: '' });
    else {
      found.push({ sheet, row, ...(depth >= 0 ? { depth, text } : indented(text)) });
      last = found.length;
    }
  }
  found.length = last;
  return found;
}

/** A line of a text file: two spaces or a TAB are a level, of which a sheet has two; the rest stays in the text. */
function indented(written: string): { readonly depth: number; readonly text: string } {
  let depth = 0;
  let text = written;
  for (; depth < 2; depth++) {
    const level = /^(?:\t|[ \u3000]{2})/.exec(text)?.[0].length ?? 0;
    if (level === 0) break;
    text = text.slice(level);
  }
  return { depth, text };
}

export function rulesText(lines: readonly Pick<PlainLine, 'depth' | 'text'>[]): string {
  return (
    line(['allot-rules-1']) + lines.map(({ depth, text }) => line([String(depth), field(text)])).join('')
  );
}

/** Of a run without errors. */
export function resultsText(program: Program, workbook: Workbook, results: Results): string {
  const lines: string[] = program.scalars.map(({ name }, id) =>
    line(['S', field(name), outcomeField(results.scalars[id])]),
  );
  program.columns.forEach(({ name, table }, id) => {
    const tableName = field(program.tables[table]?.name ?? '');
    for (const row of results.tables[table]?.rows ?? []) {
      const key = valueField(keyValue(program, workbook, table, row));
      lines.push(line(['C', tableName, field(name), key, outcomeField(results.columns[id]?.at(row))]));
    }
  });
  for (const result of results.shares) {
    const share = program.shares[result.share];
    const of = result.of === null ? BLANK : keyValue(program, workbook, share?.each?.table ?? 0, result.of);
    lines.push(
      line([
        'P',
        field(share?.name ?? ''),
        field(program.tables[share?.table ?? 0]?.name ?? ''),
        valueField(of),
        numberField(result.pool),
        numberField(result.settled),
        numberField(result.shared),
        numberField(result.unallocated),
      ]),
    );
  }
  return line(['allot-results-1', isoOfMs(results.asOf)]) + sortedLines(lines).join('');
}

function outcomeField(outcome: Outcome | undefined): string {
  return outcome === undefined || outcome.kind === 'fault' ? '-' : valueField(outcome);
}

/**
 * Lines by their UTF-8 bytes. JavaScript compares UTF-16 units, which puts U+E000 to U+FFFF after the pairs that stand
 * for what is above them; only then the order differs.
 */
export function sortedLines(lines: readonly string[]): readonly string[] {
  const paired = /[\ud800-\udbff]/;
  const sorted = [...lines];
  if (!sorted.some((text) => paired.test(text))) return sorted.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.sort(byCodePoint);
}

function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const high = (unit: number): number =>
      unit >= 0xd800 && unit <= 0xdfff ? unit + 0x2000 : unit >= 0xe000 ? unit - 0x800 : unit;
    return high(x) - high(y);
  }
  return a.length - b.length;
}
