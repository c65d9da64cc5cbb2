import { columnOf } from '../area.ts';
import type { BookInspection, HiddenPlace } from '../port.ts';
import { LAST_RULE_COLUMN } from '../ruleReading.ts';
import { eachCell } from './sheet.ts';
import { type BookSheet, readStructure, type Structure } from './structure.ts';
import { child, children, localName, parsePart } from './xml.ts';
import { readZip } from './zip.ts';

/** The same of a file's bytes; `file` is for problems only. Refuses with a BookError where they are no workbook. */
export function inspectBytes(bytes: Uint8Array, file: string): BookInspection {
  return inspectBook(readStructure(readZip(bytes, file)));
}

/** What of a workbook doesn't show: hidden sheets, rows and columns of rules; and formulas in sheets of ours. */
export function inspectBook(structure: Structure): BookInspection {
  const { zip, workbook, sheets } = structure;
  const hidden: HiddenPlace[] = [];
  const nodes = children(child(workbook.root, 'sheets'), 'sheet');
  for (const sheet of sheets) {
    const state = nodes.find((node) => node.attributes.name === sheet.name)?.attributes.state ?? 'visible';
    if (state !== 'visible')
      hidden.push({ kind: 'sheet', sheet: sheet.name, use: sheet.use, deep: state === 'veryHidden' });
    if (sheet.use === 'rules') hidden.push(...hiddenIn(structure, sheet));
  }
  const formulas = sheets
    .filter((sheet) => sheet.use === 'ours')
    .flatMap((sheet) => {
      const found: { readonly sheet: string; readonly row: number; readonly column: number }[] = [];
      eachCell(zip, sheet.entry, ({ formula, row, column }) => {
        if (formula) found.push({ sheet: sheet.name, row, column });
        return true;
      });
      return found;
    });
  return { hidden, formulas };
}

const isSet = (flag: string | undefined): boolean => flag === '1' || flag === 'true';

/** Rows of rules, and columns A to C, that are hidden or have no height or width. */
function hiddenIn({ zip }: Structure, sheet: BookSheet): readonly HiddenPlace[] {
  const rows: number[] = [];
  const columns: number[] = [];
  let row = 0;
  let hides = false;
  let zeroHeight = false;
  parsePart(zip, sheet.entry, {
    open(name, attributes) {
      switch (localName(name)) {
        case 'sheetFormatPr':
          zeroHeight = isSet(attributes.zeroHeight);
          break;
        case 'col': {
          if (!isSet(attributes.hidden) && Number(attributes.width ?? '1') > 0) break;
          const to = Math.min(Number(attributes.max), LAST_RULE_COLUMN);
          for (let column = Number(attributes.min); column <= to; column++) columns.push(column);
          break;
        }
        case 'row': {
          row = attributes.r === undefined ? row + 1 : Number(attributes.r);
          // A row with a height of its own shows even where rows are hidden by default.
          const shown = attributes.ht !== undefined || attributes.hidden === '0';
          hides = isSet(attributes.hidden) || Number(attributes.ht ?? '1') === 0 || (zeroHeight && !shown);
          break;
        }
        case 'c': {
          const { r } = attributes;
          const within = r === undefined || (columnOf(r) ?? 0) <= LAST_RULE_COLUMN;
          if (hides && within && rows.at(-1) !== row) rows.push(row);
          break;
        }
        default:
          break;
      }
      return true;
    },
    text() {},
    close: () => true,
  });
  return [
    ...columns.map((column): HiddenPlace => ({ kind: 'column', sheet: sheet.name, column })),
    ...rows.map((at): HiddenPlace => ({ kind: 'row', sheet: sheet.name, row: at })),
  ];
}
