import { XML_HEAD } from './editor.ts';
import { applyEdits, type Edit, editTag, prefixOf } from './edits.ts';
import { xmlAttribute } from './escape.ts';
import { child, children, unescapeText, type XmlPart } from './xml.ts';

export interface TableSpec {
  readonly main: string;
  readonly id: number;
  readonly name: string;
  readonly ref: string;
  readonly headings: readonly string[];
}

/** A table part from nothing. */
export function newTable({ main, id, name, ref, headings }: TableSpec): string {
  const columns = headings
    .map((heading, i) => `<tableColumn id="${i + 1}" name="${xmlAttribute(heading)}"/>`)
    .join('');
  const shown = xmlAttribute(name);
  return `${XML_HEAD}<table xmlns="${main}" id="${id}" name="${shown}" displayName="${shown}" ref="${ref}" totalsRowShown="0"><autoFilter ref="${ref}"/><tableColumns count="${headings.length}">${columns}</tableColumns><tableStyleInfo name="TableStyleMedium2" showFirstColumn="0" showLastColumn="0" showRowStripes="1" showColumnStripes="0"/></table>`;
}

/**
 * A table part that is there, for other headings and rows: its id, name, style and the ids of columns that stay
 * are kept, so that references to it hold; filters, sorting and a totals row are taken off.
 */
export function resizedTable({ xml, root }: XmlPart, ref: string, headings: readonly string[]): string {
  const p = prefixOf(root);
  const edits: Edit[] = [
    editTag(xml, root, {
      ref,
      headerRowCount: undefined,
      totalsRowCount: undefined,
      totalsRowShown: '0',
      headerRowDxfId: undefined,
    }),
  ];
  const filter = child(root, 'autoFilter');
  if (filter !== undefined)
    edits.push({ start: filter.start, end: filter.end, text: `<${p}autoFilter ref="${ref}"/>` });
  const sort = child(root, 'sortState');
  if (sort !== undefined) edits.push({ start: sort.start, end: sort.end, text: '' });
  const columns = child(root, 'tableColumns');
  if (columns !== undefined) {
    const text = `<${p}tableColumns count="${headings.length}">${columnsXml(p, columns, headings)}</${p}tableColumns>`;
    edits.push({ start: columns.start, end: columns.end, text });
  }
  return applyEdits(xml, edits);
}

function columnsXml(p: string, columns: XmlPart['root'], headings: readonly string[]): string {
  const old = children(columns, 'tableColumn');
  const ids = new Map(
    old.map((node) => [unescapeText(node.attributes.name ?? '').toLowerCase(), node.attributes.id]),
  );
  let next = Math.max(0, ...old.map((node) => Number(node.attributes.id)));
  return headings
    .map((heading) => {
      const id = ids.get(heading.toLowerCase()) ?? String(++next);
      return `<${p}tableColumn id="${id}" name="${xmlAttribute(heading)}"/>`;
    })
    .join('');
}
