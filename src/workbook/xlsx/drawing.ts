import { CHART_NAME, CHART_ROWS } from '../chartLooks.ts';
import { tableHeadings } from '../sheetNames.ts';
import { type ChartSource, chartXml } from './chartXml.ts';
import { XML_HEAD } from './editor.ts';
import { appendInside, applyEdits, type Edit, insertChild, prefixOf } from './edits.ts';
import { xmlAttribute } from './escape.ts';
import { relsName, resolveTarget } from './package.ts';
import type { BookSheet } from './structure.ts';
import type { BookWriter, ChartWriter, OutputLike } from './writer.ts';
import { child, children, prefixed, type XmlNode } from './xml.ts';

const CHART_TYPE = 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml';
const DRAWING_TYPE = 'application/vnd.openxmlformats-officedocument.drawing+xml';

/** Size of a chart, in English metric units (12,700 a point). */
const WIDTH = 6_120_000;
const HEIGHT = 3_240_000;

/** Children of `worksheet` that stand after the drawing, in the schema's order. */
const AFTER_DRAWING = [
  'legacyDrawing',
  'legacyDrawingHF',
  'drawingHF',
  'picture',
  'oleObjects',
  'controls',
  'webPublishItems',
  'tableParts',
  'extLst',
];

/** Charts as Excel and LibreOffice draw them. */
export const charts: ChartWriter = { drawingOf, putDrawing };

function drawingOf(writer: BookWriter, part: string, name: string, sheet: OutputLike): string | null {
  if ((sheet.charts ?? []).length === 0) return null;
  const drawing = newDrawing(writer);
  addCharts(writer, drawing, name, sheet);
  return writer.editor.relate(part, `${writer.officeTypes}/drawing`, drawing);
}

function putDrawing(
  writer: BookWriter,
  sheet: OutputLike,
  old: BookSheet,
  root: XmlNode,
  edits: Edit[],
): void {
  const { editor } = writer;
  const there = old.relations.list.find(({ type, external }) => type === 'drawing' && !external)?.target;
  if (there !== undefined && editor.has(there)) {
    addCharts(writer, there, old.name, sheet);
    return;
  }
  const id = drawingOf(writer, old.part, old.name, sheet);
  if (id === null) return;
  const p = prefixOf(root);
  const before = root.children.map(({ local }) => local).filter((local) => !AFTER_DRAWING.includes(local));
  edits.push(insertChild(root, before, `<${p}drawing xmlns:r="${writer.relationships}" r:id="${id}"/>`));
}

const drawingml = ({ relationships }: BookWriter): string =>
  relationships.startsWith('http://purl.oclc.org/')
    ? 'http://purl.oclc.org/ooxml/drawingml'
    : 'http://schemas.openxmlformats.org/drawingml/2006';

function newDrawing(writer: BookWriter): string {
  const part = writer.editor.freeName(`${writer.folder}drawings/drawing%.xml`);
  const stem = drawingml(writer);
  const xml = `${XML_HEAD}<xdr:wsDr xmlns:xdr="${stem}/spreadsheetDrawing" xmlns:a="${stem}/main"></xdr:wsDr>`;
  writer.editor.add(part, xml, DRAWING_TYPE);
  return part;
}

/** Charts of ours that are there are drawn anew where they stand (somebody may have moved them), further ones are added. */
function addCharts(writer: BookWriter, drawing: string, name: string, sheet: OutputLike): void {
  const { editor } = writer;
  const source: ChartSource = {
    sheet: name,
    headings: tableHeadings(sheet.columns.map(({ heading }) => heading)),
    columns: sheet.columns,
    rows: [...sheet.rows],
    date1904: writer.structure.date1904,
    drawingml: drawingml(writer),
    relationships: writer.relationships,
  };
  const there = chartsOf(writer, drawing);
  const charts = sheet.charts ?? [];
  for (const [i, chart] of charts.entries()) {
    const old = there[i]?.part;
    if (old !== undefined) {
      editor.set(old, chartXml(chart, source));
      continue;
    }
    const part = editor.freeName(`${writer.folder}charts/chart%.xml`);
    editor.add(part, chartXml(chart, source), CHART_TYPE);
    const relation = editor.relate(drawing, `${writer.officeTypes}/chart`, part);
    const { xml, root } = editor.part(drawing);
    const text = anchorXml(writer, {
      // one column is left free beside the table
      column: sheet.columns.length + 1,
      row: 1 + i * CHART_ROWS,
      id: freeId(root),
      number: i + 1,
      title: chart.title,
      relation,
      prefix: prefixOf(root),
    });
    editor.set(drawing, applyEdits(xml, [appendInside(xml, root, text)]));
  }
  if (there.length <= charts.length) return;
  const surplus = there.slice(charts.length);
  const { xml } = editor.part(drawing);
  editor.set(
    drawing,
    applyEdits(
      xml,
      surplus.map(({ anchor }): Edit => ({ start: anchor.start, end: anchor.end, text: '' })),
    ),
  );
  for (const { part } of surplus) if (part !== undefined) editor.remove(part, drawing);
}

/** An id that nothing in the drawing has. */
function freeId(root: XmlNode): number {
  let most = 1;
  const open = [...root.children];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.local === 'cNvPr') most = Math.max(most, Number(node.attributes.id) || 0);
    open.push(...node.children);
  }
  return most + 1;
}

function anchorXml(
  writer: BookWriter,
  {
    column,
    row,
    id,
    number,
    title,
    relation,
    prefix: p,
  }: {
    readonly column: number;
    readonly row: number;
    readonly id: number;
    readonly number: number;
    readonly title: string;
    readonly relation: string;
    readonly prefix: string;
  },
): string {
  const stem = drawingml(writer);
  const from = `<${p}from><${p}col>${column}</${p}col><${p}colOff>0</${p}colOff><${p}row>${row}</${p}row><${p}rowOff>0</${p}rowOff></${p}from>`;
  const frame = `<${p}nvGraphicFramePr><${p}cNvPr id="${id}" name="${CHART_NAME}${number}" descr="${xmlAttribute(title)}"/><${p}cNvGraphicFramePr/></${p}nvGraphicFramePr><${p}xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></${p}xfrm><a:graphic><a:graphicData uri="${stem}/chart"><c:chart xmlns:c="${stem}/chart" xmlns:r="${writer.relationships}" r:id="${relation}"/></a:graphicData></a:graphic>`;
  return `<${p}oneCellAnchor xmlns:a="${stem}/main">${from}<${p}ext cx="${WIDTH}" cy="${HEIGHT}"/><${p}graphicFrame macro="">${frame}</${p}graphicFrame><${p}clientData/></${p}oneCellAnchor>`;
}

interface OurChart {
  readonly anchor: XmlNode;
  /** Its part, where there is one. */
  readonly part: string | undefined;
}

/** The charts of ours in a drawing, in the order of their numbers. */
function chartsOf({ editor }: BookWriter, drawing: string): readonly OurChart[] {
  const found = editor.part(drawing).root.children.flatMap((anchor) => {
    const frame = child(anchor, 'graphicFrame');
    const name = child(child(frame, 'nvGraphicFramePr'), 'cNvPr')?.attributes.name ?? '';
    if (!name.startsWith(CHART_NAME)) return [];
    const chart = child(child(child(frame, 'graphic'), 'graphicData'), 'chart');
    const id = chart === undefined ? undefined : prefixed(chart, 'id');
    const target = children(editor.part(relsName(drawing)).root, 'Relationship').find(
      ({ attributes }) => attributes.Id === id,
    )?.attributes.Target;
    const part = target === undefined ? undefined : resolveTarget(drawing, target);
    return [{ anchor, part, number: Number(name.slice(CHART_NAME.length)) || 0 }];
  });
  return found.sort((a, b) => a.number - b.number);
}
