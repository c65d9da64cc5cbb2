import { columnLetters } from '../../problems/problem.ts';
import { columnOf, parseArea } from '../area.ts';
import type { SourceLine, WrittenSheet } from '../port.ts';
import { ruleCell, rulesXml } from './build.ts';
import { applyEdits, type Edit, editTag, insertChild, prefixOf } from './edits.ts';
import type { BookSheet } from './structure.ts';
import type { BookWriter } from './writer.ts';
import { addPlainSheet } from './writeSheets.ts';
import { child, children, type XmlNode } from './xml.ts';

/** Columns A to C belong to the rules. */
const LAST_COLUMN = 3;

/**
 * Puts lines into the workbook as its rules: into columns A to C of its first rule sheet, those of other rule
 * sheets are emptied, columns D onwards stay. Without any a sheet `Rules` is added.
 */
export function putRules(writer: BookWriter, lines: readonly SourceLine[]): readonly WrittenSheet[] {
  const sheets = writer.structure.sheets.filter((sheet) => sheet.use === 'rules');
  const ref = `A1:C${Math.max(1, lines.length)}`;
  if (sheets.length === 0) {
    const sheet = addPlainSheet(writer, 'Rules', rulesXml(writer, lines));
    return [{ asked: 'Rules', sheet, ref, replaced: false }];
  }
  return sheets.map((sheet, i) => {
    rewrite(writer, sheet, i === 0 ? lines : []);
    return { asked: sheet.name, sheet: sheet.name, ref: i === 0 ? ref : 'A1:C1', replaced: true };
  });
}

function rewrite(writer: BookWriter, sheet: BookSheet, lines: readonly SourceLine[]): void {
  const { xml, root } = writer.editor.part(sheet.part);
  const data = child(root, 'sheetData');
  if (data === undefined) return;
  const [rule = 0, comment = 0] = writer.styles([{ look: 'rule' }, { look: 'comment' }]);
  const p = prefixOf(root);
  const old = oldRows(xml, data);
  if (old.formula) writer.dropCalcChain();
  const last = Math.max(lines.length, ...old.rows.keys(), 0);
  const rows: string[] = [];
  for (let r = 1; r <= last; r++) {
    const row = old.rows.get(r);
    const line = lines[r - 1];
    const cell = line === undefined ? '' : ruleCell(p, line, r, rule, comment);
    if (cell === '' && row === undefined) continue;
    const open = row === undefined ? `<${p}row r="${r}">` : row.open;
    rows.push(`${open}${cell}${row?.rest ?? ''}</${p}row>`);
  }
  const edits: Edit[] = [
    { start: data.start, end: data.end, text: `<${p}sheetData>${rows.join('')}</${p}sheetData>` },
    ...withoutMerges(xml, root),
  ];
  const size = `<${p}dimension ref="A1:${old.widest}${Math.max(1, last)}"/>`;
  const dimension = child(root, 'dimension');
  edits.push(
    dimension === undefined
      ? insertChild(root, ['sheetPr'], size)
      : { start: dimension.start, end: dimension.end, text: size },
  );
  writer.editor.set(sheet.part, applyEdits(xml, edits));
}

interface OldRow {
  /** The row's open tag, its attributes kept. */
  readonly open: string;
  /** Cells from column D on, as they are. */
  readonly rest: string;
}

interface OldRows {
  readonly rows: ReadonlyMap<number, OldRow>;
  /** Whether a cell that goes has a formula. */
  readonly formula: boolean;
  readonly widest: string;
}

function oldRows(xml: string, data: XmlNode): OldRows {
  const rows = new Map<number, OldRow>();
  let formula = false;
  let r = 0;
  let widest = 'C';
  for (const row of children(data, 'row')) {
    r = row.attributes.r === undefined ? r + 1 : Number(row.attributes.r);
    const tag = editTag(xml, row, { r: String(r), spans: undefined }).text.replace(/\s*\/>$/, '>');
    let column = 0;
    let rest = '';
    for (const cell of children(row, 'c')) {
      column = cell.attributes.r === undefined ? column + 1 : columnOf(cell.attributes.r);
      if (column <= LAST_COLUMN) {
        formula ||= child(cell, 'f') !== undefined;
        continue;
      }
      const letters = columnLetters(column);
      if (letters.length > widest.length || (letters.length === widest.length && letters > widest))
        widest = letters;
      const open = editTag(xml, cell, { r: `${letters}${r}` }).text;
      rest += open + xml.slice(cell.openEnd, cell.end);
    }
    rows.set(r, { open: tag, rest });
  }
  return { rows, formula, widest };
}

/** Merged cells over columns A to C would hide lines. */
function withoutMerges(xml: string, root: XmlNode): readonly Edit[] {
  const merges = child(root, 'mergeCells');
  if (merges === undefined) return [];
  const all = children(merges, 'mergeCell');
  const gone = all.filter((node) => (parseArea(node.attributes.ref ?? '')?.left ?? 1) <= LAST_COLUMN);
  if (gone.length === 0) return [];
  if (gone.length === all.length) return [{ start: merges.start, end: merges.end, text: '' }];
  const edits = gone.map((node): Edit => ({ start: node.start, end: node.end, text: '' }));
  return [editTag(xml, merges, { count: String(all.length - gone.length) }), ...edits];
}
