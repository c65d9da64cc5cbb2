import { XML_HEAD } from './editor.ts';
import { appendInside, applyEdits, type Edit, editTag, insertChild, prefixOf } from './edits.ts';
import type { BookWriter } from './writer.ts';
import { child, children } from './xml.ts';

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheetMetadata+xml';
const ARRAYS = 'http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray';
const FEATURE = '{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}';
const NAME = 'XLDAPR';

/** The value of `cm` by which a cell says that its formula spills; what it points at is added where it isn't there. */
export function dynamicMark(writer: BookWriter): string {
  const { editor, structure, main, officeTypes, folder } = writer;
  const found = structure.relations.list.find((one) => one.type === 'sheetMetadata' && !one.external)?.target;
  const name = found ?? `${folder}metadata.xml`;
  const known = editor.has(name);
  if (!known) {
    editor.add(name, `${XML_HEAD}<metadata xmlns="${main}"></metadata>`, TYPE);
    editor.relate(structure.workbook.name, `${officeTypes}/sheetMetadata`, name);
  }
  const { xml, root } = editor.part(name);
  const p = prefixOf(root);
  const types = child(root, 'metadataTypes');
  const listed = children(types, 'metadataType');
  const type = listed.findIndex((node) => node.attributes.name === NAME) + 1;
  const cells = child(root, 'cellMetadata');
  const marks = children(cells, 'bk');
  if (type > 0) {
    const mark = marks.findIndex((bk) => child(bk, 'rc')?.attributes.t === String(type)) + 1;
    if (mark > 0) return String(mark);
  }
  const edits: Edit[] = [];
  const grow = (local: string, before: readonly string[], count: number, inside: string): void => {
    const node = child(root, local);
    if (node === undefined)
      edits.push(insertChild(root, before, `<${p}${local} count="1">${inside}</${p}${local}>`));
    else if (node.selfClosing)
      edits.push({
        start: node.start,
        end: node.end,
        text: `<${p}${local} count="1">${inside}</${p}${local}>`,
      });
    else edits.push(editTag(xml, node, { count: String(count + 1) }), appendInside(xml, node, inside));
  };
  const flags =
    'minSupportedVersion="120000" copy="1" pasteAll="1" pasteValues="1" merge="1" splitFirst="1" rowColShift="1" clearFormats="1" clearComments="1" assign="1" coerce="1" cellMeta="1"';
  if (type === 0) {
    grow('metadataTypes', [], listed.length, `<${p}metadataType name="${NAME}" ${flags}/>`);
    const ext = `<${p}extLst><${p}ext uri="${FEATURE}"><xda:dynamicArrayProperties xmlns:xda="${ARRAYS}" fDynamic="1" fCollapsed="0"/></${p}ext></${p}extLst>`;
    const future = `<${p}futureMetadata name="${NAME}" count="1"><${p}bk>${ext}</${p}bk></${p}futureMetadata>`;
    edits.push(
      insertChild(root, ['metadataTypes', 'metadataStrings', 'mdxMetadata', 'futureMetadata'], future),
    );
  }
  const before = ['metadataTypes', 'metadataStrings', 'mdxMetadata', 'futureMetadata'];
  const rc = `<${p}bk><${p}rc t="${type === 0 ? listed.length + 1 : type}" v="0"/></${p}bk>`;
  grow('cellMetadata', before, marks.length, rc);
  editor.set(name, applyEdits(xml, edits));
  return String(marks.length + 1);
}
