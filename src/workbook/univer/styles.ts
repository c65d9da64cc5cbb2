import type { IBorderData, IStyleData } from '@univerjs/presets';
import { readStyles } from '../xlsx/formats.ts';
import { findPart } from '../xlsx/package.ts';
import type { Structure } from '../xlsx/structure.ts';
import { child, children, readTree, type XmlNode } from '../xlsx/xml.ts';
import { colourOf, themeColours } from './colours.ts';

/** Number formats that files refer to by a number alone. Those of other countries are given as a plain date. */
const BUILTIN: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy/m/d',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy/m/d h:mm',
  37: '#,##0 ;(#,##0)',
  38: '#,##0 ;[Red](#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;[Red](#,##0.00)',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  49: '@',
};

const PLAIN_DATE = 'yyyy/m/d';
const HORIZONTAL: Readonly<Record<string, number>> = {
  left: 1,
  center: 2,
  right: 3,
  justify: 4,
  centerContinuous: 2,
};
const VERTICAL: Readonly<Record<string, number>> = { top: 1, center: 2, bottom: 3 };
const BORDERS: Readonly<Record<string, number>> = {
  thin: 1,
  hair: 2,
  dotted: 3,
  dashed: 4,
  dashDot: 5,
  dashDotDot: 6,
  double: 7,
  medium: 8,
  mediumDashed: 9,
  mediumDashDot: 10,
  mediumDashDotDot: 11,
  slantDashDot: 12,
  thick: 13,
};

/** The cell styles of a workbook as the grid has them, in the file's order. */
export function gridStyles(structure: Structure): readonly IStyleData[] {
  const { part, dates } = readStyles(structure.zip, structure.styles);
  if (part === null) return [];
  const theme = themeOf(structure);
  const { root } = part;
  const formats = new Map<number, string>();
  for (const node of children(child(root, 'numFmts'), 'numFmt'))
    formats.set(Number(node.attributes.numFmtId), node.attributes.formatCode ?? '');
  const fonts = children(child(root, 'fonts'), 'font').map((node) => fontStyle(node, theme));
  const fills = children(child(root, 'fills'), 'fill').map((node) => fillStyle(node, theme));
  const borders = children(child(root, 'borders'), 'border').map((node) => borderStyle(node, theme));
  return children(child(root, 'cellXfs'), 'xf').map((xf, i) => {
    const { numFmtId = '0', fontId = '0', fillId = '0', borderId = '0' } = xf.attributes;
    const pattern =
      formats.get(Number(numFmtId)) ??
      BUILTIN[Number(numFmtId)] ??
      (dates[i] === true ? PLAIN_DATE : undefined);
    return {
      ...fonts[Number(fontId)],
      ...fills[Number(fillId)],
      ...borders[Number(borderId)],
      ...alignment(child(xf, 'alignment')),
      ...(pattern === undefined || /^general$/i.test(pattern) ? {} : { n: { pattern } }),
    };
  });
}

function themeOf({ zip, parts, relations }: Structure): readonly string[] {
  const relation = relations.list.find((one) => one.type === 'theme' && !one.external);
  const entry = relation === undefined ? undefined : findPart(parts, relation.target);
  return themeColours(entry === undefined ? null : readTree(zip, entry).root);
}

/** Whether a switch such as `<b/>` is there and on. */
function isOn(node: XmlNode, local: string): boolean {
  const found = child(node, local);
  return found !== undefined && found.attributes.val !== '0' && found.attributes.val !== 'false';
}

function fontStyle(node: XmlNode, theme: readonly string[]): IStyleData {
  const size = Number(child(node, 'sz')?.attributes.val);
  const name = child(node, 'name')?.attributes.val;
  const rgb = colourOf(child(node, 'color'), theme);
  const underline = child(node, 'u');
  return {
    ...(name === undefined ? {} : { ff: name }),
    ...(size > 0 ? { fs: size } : {}),
    ...(isOn(node, 'b') ? { bl: 1 } : {}),
    ...(isOn(node, 'i') ? { it: 1 } : {}),
    ...(underline !== undefined && underline.attributes.val !== 'none' ? { ul: { s: 1 } } : {}),
    ...(isOn(node, 'strike') ? { st: { s: 1 } } : {}),
    // Black is what the grid's own text colour is, and follows its theme.
    ...(rgb === null || rgb === '#000000' ? {} : { cl: { rgb } }),
  };
}

function fillStyle(node: XmlNode, theme: readonly string[]): IStyleData {
  const pattern = child(node, 'patternFill');
  const type = pattern?.attributes.patternType ?? 'none';
  if (type === 'none') return {};
  const rgb = colourOf(child(pattern, 'fgColor'), theme) ?? (type === 'solid' ? null : '#D9D9D9');
  return rgb === null ? {} : { bg: { rgb } };
}

function borderStyle(node: XmlNode, theme: readonly string[]): IStyleData {
  const bd: IBorderData = {};
  for (const [local, side] of [
    ['top', 't'],
    ['right', 'r'],
    ['bottom', 'b'],
    ['left', 'l'],
  ] as const) {
    const edge = child(node, local);
    const s = BORDERS[edge?.attributes.style ?? ''];
    if (s !== undefined) bd[side] = { s, cl: { rgb: colourOf(child(edge, 'color'), theme) ?? '#000000' } };
  }
  return Object.keys(bd).length === 0 ? {} : { bd };
}

function alignment(node: XmlNode | undefined): IStyleData {
  if (node === undefined) return {};
  const { horizontal = '', vertical = '', wrapText } = node.attributes;
  const ht = HORIZONTAL[horizontal];
  const vt = VERTICAL[vertical];
  return {
    ...(ht === undefined ? {} : { ht }),
    ...(vt === undefined ? {} : { vt }),
    ...(wrapText === '1' || wrapText === 'true' ? { tb: 3 } : {}),
  };
}
