import { appendInside, applyEdits, type Edit, editTag, insertChild, prefixOf } from './edits.ts';
import { xmlAttribute } from './escape.ts';
import { child, children, type XmlPart } from './xml.ts';

/** How a cell of ours looks. */
export type Look = 'plain' | 'header' | 'right header' | 'rule' | 'comment' | 'title';

export interface StyleRequest {
  readonly look: Look;
  /** A number format's code; General where absent. */
  readonly format?: string;
}

/** Adds what is not there yet; the cell style of each request, in order. */
export interface StyleResult {
  readonly xml: string;
  readonly ids: readonly number[];
}

/** Codes that Excel has built in, with their ids. */
const BUILTIN: Readonly<Record<string, number>> = {
  General: 0,
  '0': 1,
  '0.00': 2,
  '#,##0': 3,
  '#,##0.00': 4,
  '0%': 9,
  '0.00%': 10,
  '@': 49,
};
const FIRST_CUSTOM = 164;

/** Children of `styleSheet` in the schema's order. */
const ORDER = ['numFmts', 'fonts', 'fills', 'borders', 'cellStyleXfs', 'cellXfs'];

const HEADER_FONT =
  '<font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/><family val="2"/></font>';
const FONTS: Readonly<Record<Exclude<Look, 'plain'>, string>> = {
  header: HEADER_FONT,
  'right header': HEADER_FONT,
  rule: '<font><sz val="11"/><color rgb="FF1F2937"/><name val="Consolas"/><family val="3"/></font>',
  comment: '<font><i/><sz val="11"/><color rgb="FF6B7280"/><name val="Consolas"/><family val="3"/></font>',
  title: '<font><b/><sz val="14"/><color rgb="FF1F3864"/><name val="Calibri"/><family val="2"/></font>',
};
const HEADER_FILL =
  '<fill><patternFill patternType="solid"><fgColor rgb="FF1F3864"/><bgColor indexed="64"/></patternFill></fill>';

/**
 * Adds cell styles to a workbook's styles, at the end of their lists so that the ids of others stand. What an
 * earlier run added is found again.
 */
export function addStyles(part: XmlPart, requests: readonly StyleRequest[]): StyleResult {
  const { xml, root } = part;
  const prefix = prefixOf(root);
  const added = new Map<string, string[]>();
  const put = (text: string): string =>
    prefix === '' ? text : text.replace(/<(\/?)(?=[a-z])/gi, `<$1${prefix}`);

  function listed(section: string, wanted: string): number {
    const text = put(wanted);
    const list = child(root, section)?.children ?? [];
    const found = list.findIndex((node) => xml.slice(node.start, node.end) === text);
    if (found >= 0) return found;
    const more = added.get(section) ?? [];
    added.set(section, more);
    const again = more.indexOf(text);
    if (again >= 0) return list.length + again;
    more.push(text);
    return list.length + more.length - 1;
  }

  const formats = new Map<string, number>();
  let nextFormat = FIRST_CUSTOM;
  for (const node of children(child(root, 'numFmts'), 'numFmt')) {
    const id = Number(node.attributes.numFmtId);
    formats.set(node.attributes.formatCode ?? '', id);
    nextFormat = Math.max(nextFormat, id + 1);
  }

  function formatId(code: string | undefined): number {
    if (code === undefined) return 0;
    const known = BUILTIN[code] ?? formats.get(code);
    if (known !== undefined) return known;
    const id = nextFormat++;
    formats.set(code, id);
    listed('numFmts', `<numFmt numFmtId="${id}" formatCode="${xmlAttribute(code)}"/>`);
    return id;
  }

  const ids = requests.map(({ look, format }) => {
    const number = formatId(format);
    const font = look === 'plain' ? 0 : listed('fonts', FONTS[look]);
    const isHeader = look === 'header' || look === 'right header';
    const fill = isHeader ? listed('fills', HEADER_FILL) : 0;
    if (number === 0 && font === 0 && fill === 0) return 0;
    const parent = child(root, 'cellStyleXfs') === undefined ? '' : ' xfId="0"';
    const applied = `${number === 0 ? '' : ' applyNumberFormat="1"'}${font === 0 ? '' : ' applyFont="1"'}${fill === 0 ? '' : ' applyFill="1"'}`;
    const head = `<xf numFmtId="${number}" fontId="${font}" fillId="${fill}" borderId="0"${parent}${applied}`;
    if (!isHeader) return listed('cellXfs', `${head}/>`);
    const side = look === 'header' ? '' : ' horizontal="right"';
    return listed('cellXfs', `${head} applyAlignment="1"><alignment${side} vertical="center"/></xf>`);
  });
  return { xml: applyEdits(xml, sectionEdits(part, added)), ids };
}

function sectionEdits(
  { xml, root }: XmlPart,
  added: ReadonlyMap<string, readonly string[]>,
): readonly Edit[] {
  const edits: Edit[] = [];
  for (const section of ORDER) {
    const more = added.get(section);
    if (more === undefined) continue;
    const node = child(root, section);
    const count = String((node?.children.length ?? 0) + more.length);
    const prefix = prefixOf(root);
    if (node === undefined || node.selfClosing) {
      const text = `<${prefix}${section} count="${count}">${more.join('')}</${prefix}${section}>`;
      edits.push(
        node === undefined
          ? insertChild(root, ORDER.slice(0, ORDER.indexOf(section)), text)
          : { start: node.start, end: node.end, text },
      );
    } else {
      edits.push(editTag(xml, node, { count }), appendInside(xml, node, more.join('')));
    }
  }
  return edits;
}

/** A copy of a cell style, with the number format of another one. */
export function addStyleLike(
  { xml, root }: XmlPart,
  like: number,
  format: number,
): { readonly xml: string; readonly id: number } {
  const list = child(root, 'cellXfs');
  const xfs = children(list, 'xf');
  const [base, wanted] = [xfs[like], xfs[format]];
  if (list === undefined || base === undefined || wanted === undefined) return { xml, id: format };
  const { numFmtId } = wanted.attributes;
  const tag = editTag(xml, base, { numFmtId, applyNumberFormat: '1' });
  const text = tag.text + xml.slice(base.openEnd, base.end);
  const found = xfs.findIndex((node) => xml.slice(node.start, node.end) === text);
  if (found >= 0) return { xml, id: found };
  const count = String(xfs.length + 1);
  return {
    xml: applyEdits(xml, [editTag(xml, list, { count }), appendInside(xml, list, text)]),
    id: xfs.length,
  };
}

/** The styles of a workbook that has none: what Excel takes for granted. */
export function baseStyles(main: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="${main}"><fonts count="1"><font><sz val="11"/><color rgb="FF000000"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="0"/><tableStyles count="0" defaultTableStyle="TableStyleMedium2" defaultPivotStyle="PivotStyleLight16"/></styleSheet>`;
}
