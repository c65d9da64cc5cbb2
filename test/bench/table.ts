import Table from 'cli-table3';
import type { Spread } from './rounds.ts';

/** A table of the report; every row has as many cells as there are headings. */
export interface Sheet {
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Sentences under the table. */
  readonly notes: readonly string[];
}

export function terminal({ title, headings, rows, notes }: Sheet): string {
  const table = new Table({
    head: [...headings],
    colAligns: headings.map((_, i) => (i === 0 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return `\n${title}\n${table.toString()}\n${notes.map((note) => `${note}\n`).join('')}`;
}

export function markdown({ title, headings, rows, notes }: Sheet): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  const ruler = headings.map((_, i) => (i === 0 ? '---' : '---:'));
  return `\n**${title}**\n\n${line(headings)}${line(ruler)}${rows.map(line).join('')}${notes.map((note) => `\n${note}\n`).join('')}`;
}

/** Three digits: `0.012 ms`, `12.3 ms`, `1.23 s`, `12 min`. */
export function duration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return '–';
  if (milliseconds < 1000) return `${digits(milliseconds)} ms`;
  if (milliseconds < 600_000) return `${digits(milliseconds / 1000)} s`;
  if (milliseconds < 36_000_000) return `${digits(milliseconds / 60_000)} min`;
  return `${digits(milliseconds / 3_600_000)} h`;
}

export const spreadText = ({ least, most }: Spread): string => `${duration(least)} – ${duration(most)}`;

/** `1.23 ×`, `12.3 ×`, `1,230 ×`. */
export const times = (ratio: number): string => (Number.isFinite(ratio) ? `${digits(ratio)} ×` : '–');

export const mebibytes = (kibibytes: number): string => `${grouped(kibibytes / 1024)} MiB`;

export const grouped = (x: number): string => Math.round(x).toLocaleString('en');

function digits(x: number): string {
  if (x >= 1000) return grouped(Number(x.toPrecision(3)));
  if (x >= 100) return x.toFixed(0);
  if (x >= 10) return x.toFixed(1);
  return x >= 1 ? x.toFixed(2) : x.toPrecision(2);
}
