import { type Area, parseArea } from '../area.ts';
import type { BookError } from '../bookError.ts';
import { type CellSpan, walkSheet } from './cellSpans.ts';
import { shiftFormula } from './references.ts';

/** A formula that fills several cells from its first one. */
export interface ArrayFormula {
  readonly area: Area;
  readonly row: number;
  readonly column: number;
  /** It spills (Excel's dynamic arrays); else it was entered over exactly these cells, or is a data table. */
  readonly dynamic: boolean;
}

/** A cell that takes its formula from the first cell of a shared one. */
export interface SharedMember {
  readonly row: number;
  readonly column: number;
  /** As it reads in this cell. */
  readonly formula: string;
}

/** Formulas of a sheet that belong to more than one cell. */
export interface FormulaSurvey {
  readonly arrays: readonly ArrayFormula[];
  /** By the group's number, its first cell (that has the text) first. */
  readonly groups: ReadonlyMap<string, readonly SharedMember[]>;
}

const MAY_HAVE = /\bt\s*=\s*["'](?:array|shared|dataTable)/;

export function surveyFormulas(xml: string, broken: () => BookError): FormulaSurvey {
  const arrays: ArrayFormula[] = [];
  const groups = new Map<string, SharedMember[]>();
  if (!MAY_HAVE.test(xml)) return { arrays, groups };
  const later: { readonly si: string; readonly cell: CellSpan }[] = [];
  walkSheet(xml, broken, {
    only: 'formulas',
    cell(cell) {
      const { formula, row, column } = cell;
      if (formula === null) return;
      const { t, ref = '', si = '' } = formula.attributes;
      if (t === 'array' || t === 'dataTable') {
        const area = parseArea(ref) ?? { top: row, bottom: row, left: column, right: column };
        arrays.push({ area, row, column, dynamic: t === 'array' && cell.attributes.cm !== undefined });
      } else if (t === 'shared') {
        if (formula.text !== '') groups.set(si, [{ row, column, formula: formula.text }]);
        else later.push({ si, cell });
      }
    },
  });
  for (const { si, cell } of later) {
    const group = groups.get(si);
    const first = group?.[0];
    if (group === undefined || first === undefined) continue;
    const formula = shiftFormula(first.formula, cell.row - first.row, cell.column - first.column);
    group.push({ row: cell.row, column: cell.column, formula });
  }
  return { arrays, groups };
}

/** The formula of a cell as the file has it, taken from its group where it is shared; null where it has none. */
export function formulaOf(cell: CellSpan, survey: FormulaSurvey): string | null {
  const { formula, row, column } = cell;
  if (formula === null) return null;
  if (formula.attributes.t !== 'shared' || formula.text !== '') return formula.text;
  const group = survey.groups.get(formula.attributes.si ?? '');
  return group?.find((one) => one.row === row && one.column === column)?.formula ?? '';
}
