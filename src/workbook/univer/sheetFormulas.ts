import { type Area, parseArea } from '../area.ts';
import { fileError } from '../bookError.ts';
import { walkSheet } from '../xlsx/cellSpans.ts';
import { shiftFormula } from '../xlsx/references.ts';
import { shownFormula } from '../xlsx/shown.ts';
import { partText, unescapeText } from '../xlsx/xml.ts';
import type { Zip, ZipEntry } from '../xlsx/zip.ts';

/** A cell's formula as people type it. */
export interface FileFormula {
  /** With its `=`. */
  readonly text: string;
  /** Where an array formula spreads over more than its own cell. */
  readonly spills: Area | null;
}

/** The key of a cell in maps of one sheet; row and column from 1. */
export const cellId = (row: number, column: number): number => row * 16_384 + column - 1;

/** The formulas of a sheet by cell, those written once for many cells spelled out for each. */
export function sheetFormulas(zip: Zip, entry: ZipEntry): ReadonlyMap<number, FileFormula> {
  const found = new Map<number, FileFormula>();
  const shared = new Map<string, { readonly text: string; readonly row: number; readonly column: number }>();
  walkSheet(partText(zip, entry), () => fileError(zip.path, 'broken-part', entry.name), {
    cell({ row, column, formula }) {
      if (formula === null) return;
      const { t, si, ref } = formula.attributes;
      let text = unescapeText(formula.text);
      if (t === 'shared' && si !== undefined) {
        if (text !== '') shared.set(si, { text, row, column });
        const first = shared.get(si);
        if (first !== undefined) text = shiftFormula(first.text, row - first.row, column - first.column);
      }
      if (text === '') return;
      const area = t === 'array' ? parseArea(ref ?? '') : null;
      const spills = area !== null && (area.bottom > area.top || area.right > area.left) ? area : null;
      found.set(cellId(row, column), { text: `=${shownFormula(text)}`, spills });
    },
  });
  return found;
}
