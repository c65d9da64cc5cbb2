import { DAY } from '../../exact/date.ts';
import { toDouble } from '../../exact/rational.ts';
import { columnLetters } from '../../problems/problem.ts';
import {
  type CellContent,
  type CellInput,
  type CellXml,
  cachedXml,
  isDateNumber,
  valueXml,
} from './cellContent.ts';
import type { CellSpan } from './cellSpans.ts';
import { dynamicMark } from './dynamicArrays.ts';
import { editTag } from './edits.ts';
import { xmlText } from './escape.ts';
import { areaText } from './references.ts';
import { storedFormula } from './shown.ts';
import type { BookWriter } from './writer.ts';

/** What happens to a cell. */
export type Action =
  | { readonly kind: 'content'; readonly content: CellContent }
  /** Its value goes, its style stays. */
  | { readonly kind: 'clear' }
  /** The first cell of a formula that can't spill any more. */
  | { readonly kind: 'spill' }
  /** It takes over as the first cell of a shared formula. */
  | { readonly kind: 'lead'; readonly formula: string; readonly si: string; readonly ref: string };

/** Makes the XML of cells that something is typed into. */
export interface CellWriter {
  /** A cell that is not there yet; empty where it would hold nothing. */
  made(row: number, column: number, action: Action, rowStyle: string | undefined): string;
  /** A cell that is there; null where it stays as it is. `same`: its formula is what it was. */
  changed(xml: string, cell: CellSpan, action: Action, same: boolean): string | null;
  /** Whether cells came to have a formula, or lost theirs. */
  formulasChanged(): boolean;
}

export function cellWriter(
  writer: BookWriter,
  p: string,
  columnStyle: (column: number) => string | undefined,
): CellWriter {
  const { date1904 } = writer.structure;
  let formulas = false;

  /** The style under which a date shows as one; undefined where the cell's own does. */
  function styleFor(value: CellInput | undefined, style: string | undefined): string | undefined {
    if (value === undefined || !isDateNumber(value, date1904)) return style;
    return String(writer.dateStyle(Number(style ?? 0), hasTime(toDouble(value.ms))));
  }

  function content(
    row: number,
    column: number,
    what: CellContent,
    spilled = false,
  ): CellXml & { readonly cm: string | undefined } {
    if (what.kind !== 'formula') return { ...valueXml(p, what, date1904), cm: undefined };
    formulas = true;
    const { type, inner } = cachedXml(p, what.cached, date1904);
    const stored = storedFormula(what.formula);
    const text = xmlText(stored);
    const spill = what.spill ?? (spilled || SPILLS.test(stored) ? ONE_CELL : undefined);
    if (spill === undefined) return { type, inner: `<${p}f>${text}</${p}f>${inner}`, cm: undefined };
    const { rows, columns } = spill;
    const ref = areaText({ top: row, left: column, bottom: row + rows - 1, right: column + columns - 1 });
    return { type, inner: `<${p}f t="array" ref="${ref}">${text}</${p}f>${inner}`, cm: dynamicMark(writer) };
  }

  const shownBy = (what: CellContent): CellInput | undefined =>
    what.kind === 'formula' ? what.cached : what;

  return {
    made(row, column, action, rowStyle) {
      if (action.kind !== 'content') return '';
      const { type, inner, cm } = content(row, column, action.content);
      const style = styleFor(shownBy(action.content), rowStyle ?? columnStyle(column));
      if (inner === '') return '';
      const s = style === undefined || style === '0' ? '' : ` s="${style}"`;
      const more = `${type === undefined ? '' : ` t="${type}"`}${cm === undefined ? '' : ` cm="${cm}"`}`;
      return `<${p}c r="${columnLetters(column)}${row}"${s}${more}>${inner}</${p}c>`;
    },
    changed(xml, cell, action, same) {
      const cellText = (inner: string, attributes: Readonly<Record<string, string | undefined>>): string => {
        const tag = editTag(xml, cell, { r: `${columnLetters(cell.column)}${cell.row}`, ...attributes }).text;
        const open = tag.replace(/\s*\/?>$/, '');
        return inner === '' ? `${open}/>` : `${open}>${inner}</${cell.name}>`;
      };
      const value = cell.value === null ? '' : xml.slice(cell.value.start, cell.value.end);
      switch (action.kind) {
        case 'clear':
          formulas ||= cell.formula !== null;
          return cellText('', { t: undefined, cm: undefined, vm: undefined });
        case 'spill': {
          if (cell.formula === null) return null;
          const { formula } = cell;
          const f = xml.slice(formula.openEnd, formula.closeStart);
          const ref = areaText({ top: cell.row, bottom: cell.row, left: cell.column, right: cell.column });
          return cellText(`<${p}f t="array" ref="${ref}">${f}</${p}f><${p}v>#SPILL!</${p}v>`, {
            t: 'e',
            vm: undefined,
          });
        }
        case 'lead': {
          const f = `<${p}f t="shared" ref="${action.ref}" si="${action.si}">${xmlText(action.formula)}</${p}f>`;
          return cellText(f + value, {});
        }
        case 'content': {
          const style = styleFor(shownBy(action.content), cell.attributes.s);
          if (same && cell.formula !== null && action.content.kind === 'formula') {
            if (action.content.cached === undefined) return null;
            const { type, inner } = cachedXml(p, action.content.cached, date1904);
            const f = xml.slice(cell.formula.start, cell.formula.end);
            return cellText(f + inner, { t: type, vm: undefined, s: style });
          }
          formulas ||= cell.formula !== null;
          const { type, inner, cm } = content(cell.row, cell.column, action.content, spills(cell));
          return cellText(inner, { t: type, cm, vm: undefined, s: style });
        }
        default: {
          const never: never = action;
          return never;
        }
      }
    },
    formulasChanged: () => formulas,
  };
}

/** Functions of ours that give more than one cell: typed in Excel they spill. */
const SPILLS = /^_xldudf_ALLOT_(?:(?:STATEMENT|EXPLAIN|PROBLEMS|ALLOCATE)\(|RULE\([^,]*\)$)/i;
const ONE_CELL = { rows: 1, columns: 1 } as const;

const spills = ({ attributes, formula }: CellSpan): boolean =>
  attributes.cm !== undefined && formula?.attributes.t === 'array';

const hasTime = (ms: number): boolean => Math.round(ms) % DAY !== 0;
