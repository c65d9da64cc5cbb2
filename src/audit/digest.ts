import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Results } from '../engine/results.ts';
import type { Program } from '../rules/program.ts';
import type { RuleLine, SheetTable, TableColumn, Workbook } from '../workbook/port.ts';
import { plainLines, resultsText, rowLine, rulesText, sortedLines, tableHead } from './canonical.ts';

const UTF8 = new TextEncoder();

/** SHA-256 of a text's UTF-8 bytes: 64 lower-case hexadecimal digits. */
export function digestText(text: string): string {
  return bytesToHex(sha256(UTF8.encode(text)));
}

export function digestRules(lines: readonly RuleLine[]): string {
  return digestText(rulesText(plainLines(lines)));
}

export function digestResults(program: Program, workbook: Workbook, results: Results): string {
  return digestText(resultsText(program, workbook, results));
}

/** So many bytes of a row's digest are kept: they say where to look, the table's digest proves. */
export const ROW_BYTES = 8;

export interface TableDigest {
  readonly name: string;
  readonly digest: string;
  /** Of each row, in sheet order: ROW_BYTES as hexadecimal digits. */
  readonly rows: readonly string[];
}

export function digestTable(table: SheetTable): TableDigest {
  const lines = Array.from({ length: table.rows }, (_, row) => rowLine(table, row));
  const rows = lines.map(digestLine);
  const whole = sha256.create();
  whole.update(UTF8.encode(tableHead(table)));
  for (const text of sortedLines(lines)) whole.update(UTF8.encode(text));
  return { name: table.name, digest: bytesToHex(whole.digest()), rows };
}

/** The rows of a table by these of its columns only. */
export function digestRows(table: SheetTable, columns: readonly TableColumn[]): readonly string[] {
  return Array.from({ length: table.rows }, (_, row) => digestLine(rowLine(table, row, columns)));
}

const digestLine = (text: string): string => bytesToHex(sha256(UTF8.encode(text)).subarray(0, ROW_BYTES));
