import { columnLetters } from '../../problems/problem.ts';
import { type Area, parseArea } from '../area.ts';
import { fileError } from '../bookError.ts';
import type { RuleRow } from '../live.ts';
import type { SourceLine } from '../port.ts';
import { ruleEdits } from '../ruleEdits.ts';
import { LAST_RULE_COLUMN } from '../ruleReading.ts';
import { ruleCell } from './build.ts';
import { type CellSpan, type RowSpan, walkSheet } from './cellSpans.ts';
import { appendInside, applyEdits, type Edit, editTag, prefixOf } from './edits.ts';
import { xmlText } from './escape.ts';
import { formulaOf, surveyFormulas } from './formulaSurvey.ts';
import { movedArea, moveReferences, moveRows, type RowMove } from './moveRows.ts';
import { areaText } from './references.ts';
import type { BookSheet } from './structure.ts';
import type { BookWriter } from './writer.ts';
import { child } from './xml.ts';

/** A row of the sheet as it is going to be: which one it was, and what becomes of its columns A to C. */
interface NewRow {
  readonly old: number | null;
  readonly line: 'keep' | 'empty' | SourceLine;
}

interface OldRow {
  readonly span: RowSpan;
  readonly cells: readonly CellSpan[];
}

/**
 * Makes the columns A to C of a rule sheet say `lines`, of which `was` is what it says now. Rows come and go as a whole, so
 * that what stands from column D on stays beside its line; references to moved cells follow.
 */
export function putRuleRows(
  writer: BookWriter,
  sheet: BookSheet,
  was: readonly RuleRow[],
  lines: readonly SourceLine[],
): void {
  const changes = ruleEdits(was, lines);
  if (changes.length === 0) return;
  const { xml, root } = writer.editor.part(sheet.part, 'sheetData');
  const broken = () => fileError(writer.structure.zip.path, 'broken-part', sheet.part);
  const data = child(root, 'sheetData');
  if (data === undefined) throw broken();
  const rows = new Map<number, OldRow>();
  let cells: CellSpan[] = [];
  walkSheet(xml, broken, {
    cell: (cell) => cells.push(cell),
    row(span) {
      rows.set(span.row, { span, cells });
      cells = [];
    },
  });
  const last = Math.max(was.length, ...rows.keys());
  const layout: NewRow[] = Array.from({ length: last }, (_, i) => ({ old: i + 1, line: 'keep' }));
  for (const change of changes) {
    const i = change.row - 1;
    switch (change.kind) {
      case 'set':
        layout[i] = { old: layout[i]?.old ?? null, line: change.line };
        break;
      case 'insert':
        layout.splice(i, 0, ...change.lines.map((line): NewRow => ({ old: null, line })));
        break;
      case 'delete': {
        const gone = layout.slice(i, i + change.count);
        layout.splice(
          i,
          gone.length,
          ...gone.filter(keepsRow).map(({ old }): NewRow => ({ old, line: 'empty' })),
        );
        break;
      }
      default: {
        const never: never = change;
        return never;
      }
    }
  }
  function keepsRow({ old }: NewRow): boolean {
    const row = old === null ? undefined : rows.get(old);
    return row?.cells.some((cell) => cell.column > LAST_RULE_COLUMN && !cell.selfClosing) === true;
  }

  const move = moveOf(layout, last);
  const p = prefixOf(root);
  const survey = surveyFormulas(xml, broken);
  const [rule = 0, comment = 0] = writer.styles([{ look: 'rule' }, { look: 'comment' }]);
  let formulas = false;

  function keptCell(cell: CellSpan, row: number): string {
    const { formula } = cell;
    const open = editTag(xml, cell, { r: `${columnLetters(cell.column)}${row}` }).text;
    if (formula === null || move === null) return open + xml.slice(cell.openEnd, cell.end);
    const text = xmlText(moveReferences(formulaOf(cell, survey) ?? '', move, sheet.name, sheet.name));
    const { t, ref = '' } = formula.attributes;
    const area = t === 'array' ? movedArea(parseArea(ref), move) : null;
    const array = area === null ? '' : ` t="array" ref="${areaText(area)}"`;
    const f = `<${p}f${array}>${text}</${p}f>`;
    return open + xml.slice(cell.openEnd, formula.start) + f + xml.slice(formula.end, cell.end);
  }

  function lineCell(line: SourceLine, row: number, old: OldRow | undefined): string {
    const there = old?.cells.find((cell) => cell.column === Math.min(2, Math.max(0, line.depth)) + 1);
    const own = Number(there?.attributes.s ?? 0);
    const foreign = own !== 0 && own !== rule && own !== comment;
    return ruleCell(p, line, row, foreign ? own : rule, foreign ? own : comment);
  }

  const out: string[] = [];
  layout.forEach(({ old: before, line }, i) => {
    const row = i + 1;
    const old = before === null ? undefined : rows.get(before);
    if (line === 'keep') {
      if (old === undefined) return;
      if (move === null) out.push(xml.slice(old.span.start, old.span.end));
      else out.push(rowXml(old, row, old.cells.map((cell) => keptCell(cell, row)).join('')));
      return;
    }
    formulas ||= old?.cells.some((cell) => cell.column <= LAST_RULE_COLUMN && cell.formula !== null) === true;
    const rest = (old?.cells ?? []).filter((cell) => cell.column > LAST_RULE_COLUMN);
    const inside =
      (line === 'empty' ? '' : lineCell(line, row, old)) + rest.map((cell) => keptCell(cell, row)).join('');
    if (inside !== '' || old !== undefined) out.push(rowXml(old, row, inside));
  });

  function rowXml(old: OldRow | undefined, row: number, inside: string): string {
    if (old === undefined) return `<${p}row r="${row}">${inside}</${p}row>`;
    const open = editTag(xml, old.span, { r: String(row), spans: undefined }).text.replace(/\s*\/?>$/, '');
    return inside === '' ? `${open}/>` : `${open}>${inside}</${old.span.name}>`;
  }

  const edits: Edit[] = [
    data.selfClosing
      ? appendInside(xml, data, out.join(''))
      : { start: data.openEnd, end: data.closeStart, text: out.join('') },
  ];
  const size = child(root, 'dimension');
  if (size !== undefined)
    edits.push(editTag(xml, size, { ref: dimension(parseArea(size.attributes.ref ?? ''), layout.length) }));
  writer.editor.set(sheet.part, applyEdits(xml, edits));
  if (move !== null) moveRows(writer, sheet, move);
  if (formulas || (move !== null && /<(?:[\w.-]+:)?f[\s>/]/.test(xml))) writer.dropCalcChain();
}

function dimension(old: Area | null, rows: number): string {
  return `A1:${columnLetters(Math.max(LAST_RULE_COLUMN, old?.right ?? 1))}${Math.max(1, rows)}`;
}

/** How rows move; null where none does. */
function moveOf(layout: readonly NewRow[], last: number): RowMove | null {
  const to = new Map<number, number>();
  layout.forEach(({ old }, i) => {
    if (old !== null) to.set(old, i + 1);
  });
  if (layout.length === last && [...to].every(([a, b]) => a === b)) return null;
  const beyond = layout.length - last;
  const at = (row: number): number | undefined => (row > last ? row + beyond : to.get(row));
  return (first, end) => {
    let [top, bottom] = [first, end];
    while (top <= bottom && at(top) === undefined) top++;
    while (bottom >= top && at(bottom) === undefined) bottom--;
    const [a, b] = [at(top), at(bottom)];
    return top > bottom || a === undefined || b === undefined ? null : { top: a, bottom: b };
  };
}
