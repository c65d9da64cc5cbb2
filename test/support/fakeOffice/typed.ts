import { isDateFormat } from '../../../src/workbook/dateFormat.ts';
import type { Cell } from './model.ts';

const ERRORS = ['#N/A', '#VALUE!', '#REF!', '#DIV/0!', '#NUM!', '#NAME?', '#NULL!'];

/** What a cell becomes when something is put into it, as if it were typed: Excel reads texts. */
export function typedCell(input: unknown, old: Readonly<Cell>): Cell {
  const plain = { isError: false, formula: null, format: old.format };
  if (typeof input === 'number' || typeof input === 'boolean') {
    if (typeof input === 'number' && old.format === '@') return { ...plain, value: String(input) };
    return { ...plain, value: input };
  }
  const text = String(input);
  if (text.startsWith("'")) return { ...plain, value: text.slice(1) };
  if (old.format === '@') return { ...plain, value: text };
  // Excel takes a plus, a minus and an at for the beginning of a formula too.
  if (/^[=+\-@]/.test(text) && text.length > 1 && Number.isNaN(Number(text)))
    return { ...plain, value: 0, formula: text.startsWith('=') ? text : `=${text}` };
  if (ERRORS.includes(text.toUpperCase())) return { ...plain, value: text.toUpperCase(), isError: true };
  if (/^(?:true|false)$/i.test(text)) return { ...plain, value: text.toLowerCase() === 'true' };
  if (text.trim() !== '' && Number.isFinite(Number(text))) return { ...plain, value: Number(text) };
  if (/^-?\d+(?:\.\d+)?%$/.test(text))
    return { ...plain, value: Number(text.slice(0, -1)) / 100, format: '0%' };
  const date = dateOf(text);
  if (date !== null)
    return { ...plain, value: date, format: isDateFormat(old.format) ? old.format : 'yyyy-mm-dd' };
  return { ...plain, value: text };
}

/** Some of what Excel takes for a date: 2026-01-31, 1/2, MARCH1. */
function dateOf(text: string): number | null {
  if (!/^(?:\d{1,4}[-/]\d{1,2}(?:[-/]\d{1,4})?|[A-Za-z]{3,9} ?\d{1,4})$/.test(text)) return null;
  const ms = Date.parse(`${text} UTC`);
  return Number.isNaN(ms) ? null : Math.floor(ms / 86_400_000) + 25_569;
}
