import { floorMs, serialOfMs } from '../../exact/date.ts';
import { toDouble } from '../../exact/rational.ts';
import { columnLetters } from '../../problems/problem.ts';
import { colourOf, FAINT } from '../chartLooks.ts';
import { isDateFormat } from '../dateFormat.ts';
import type { OutputCell, OutputChart, OutputColumn, OutputSeries } from '../port.ts';
import { XML_HEAD } from './editor.ts';
import { xmlAttribute, xmlText } from './escape.ts';

/** A chart's part: references to the table's cells, and what stands in them, for programs that don't calculate. */

export interface ChartSource {
  readonly sheet: string;
  readonly headings: readonly string[];
  readonly columns: readonly OutputColumn[];
  readonly rows: readonly (readonly OutputCell[])[];
  readonly date1904: boolean;
  /** Stem of the namespaces of drawings: strict workbooks have another one. */
  readonly drawingml: string;
  readonly relationships: string;
}

const GRID = 'E3E3E3';
const INK = '404040';

export function chartXml(chart: OutputChart, source: ChartSource): string {
  const { drawingml, relationships } = source;
  const many = chart.series.length > 1;
  const legend = many ? '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' : '';
  const plot = plotXml(chart, source);
  return `${XML_HEAD}<c:chartSpace xmlns:c="${drawingml}/chart" xmlns:a="${drawingml}/main" xmlns:r="${relationships}"><c:roundedCorners val="0"/><c:chart>${titleXml(chart.title, 1200, true)}<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>${plot}</c:plotArea>${legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="${GRID}"/></a:solidFill></a:ln></c:spPr></c:chartSpace>`;
}

function titleXml(text: string, size: number, bold: boolean): string {
  const run = `<a:rPr lang="en-US" sz="${size}" b="${bold ? 1 : 0}"><a:solidFill><a:srgbClr val="${INK}"/></a:solidFill></a:rPr>`;
  return `<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="${size}" b="${bold ? 1 : 0}"/></a:pPr><a:r>${run}<a:t>${xmlText(text)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`;
}

function plotXml(chart: OutputChart, source: ChartSource): string {
  const series = chart.series.map((one, i) => seriesXml(chart, one, i, source)).join('');
  const dated = isDated(chart, source);
  const ids = '<c:axId val="111111111"/><c:axId val="222222222"/>';
  switch (chart.kind) {
    case 'bars':
    case 'lying-bars': {
      const lying = chart.kind === 'lying-bars';
      return `<c:barChart><c:barDir val="${lying ? 'bar' : 'col'}"/><c:grouping val="clustered"/><c:varyColors val="0"/>${series}<c:gapWidth val="60"/>${ids}</c:barChart>${categoryAxis(chart, false, lying)}${valueAxis(chart, '222222222', '111111111', lying ? 'b' : 'l', 'y', lying)}`;
    }
    case 'lines':
      return `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${series}<c:marker val="1"/>${ids}</c:lineChart>${categoryAxis(chart, dated, false)}${valueAxis(chart, '222222222', '111111111', 'l', 'y', false)}`;
    case 'points':
      return `<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>${series}${ids}</c:scatterChart>${valueAxis(chart, '111111111', '222222222', 'b', 'x', false)}${valueAxis(chart, '222222222', '111111111', 'l', 'y', false)}`;
    default: {
      const never: never = chart.kind;
      return never;
    }
  }
}

function isDated({ x }: OutputChart, { columns }: ChartSource): boolean {
  const format = columns[x]?.format;
  return format !== undefined && isDateFormat(format);
}

const LABELS = `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:solidFill><a:srgbClr val="${INK}"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>`;
const AXIS_LINE = `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="${FAINT}"/></a:solidFill></a:ln></c:spPr>`;

function categoryAxis({ xTitle, xFormat }: OutputChart, dated: boolean, lying: boolean): string {
  const name = dated ? 'dateAx' : 'catAx';
  const title = xTitle === undefined ? '' : titleXml(xTitle, 900, false);
  const format = `<c:numFmt formatCode="${xmlAttribute(xFormat ?? (dated ? 'm/d' : 'General'))}" sourceLinked="0"/>`;
  const rest = dated
    ? '<c:auto val="0"/><c:lblOffset val="100"/><c:baseTimeUnit val="days"/><c:majorUnit val="7"/><c:majorTimeUnit val="days"/>'
    : '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/>';
  // the first row of lying bars is to be on top
  const order = lying ? 'maxMin' : 'minMax';
  return `<c:${name}><c:axId val="111111111"/><c:scaling><c:orientation val="${order}"/></c:scaling><c:delete val="0"/><c:axPos val="${lying ? 'l' : 'b'}"/>${title}${format}<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>${AXIS_LINE}${LABELS}<c:crossAx val="222222222"/><c:crosses val="autoZero"/>${rest}</c:${name}>`;
}

function valueAxis(
  { xTitle, yTitle, xFormat, yFormat }: OutputChart,
  id: string,
  cross: string,
  position: 'l' | 'b',
  of: 'x' | 'y',
  lying: boolean,
): string {
  const wanted = of === 'x' ? xTitle : yTitle;
  const title = wanted === undefined ? '' : titleXml(wanted, 900, false);
  const format = (of === 'x' ? xFormat : yFormat) ?? 'General';
  const grid = `<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="${GRID}"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>`;
  return `<c:valAx><c:axId val="${id}"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="${position}"/>${grid}${title}<c:numFmt formatCode="${xmlAttribute(format)}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="${lying ? 'high' : 'low'}"/>${AXIS_LINE}${LABELS}<c:crossAx val="${cross}"/><c:crosses val="autoZero"/><c:crossBetween val="${of === 'x' ? 'midCat' : 'between'}"/></c:valAx>`;
}

function seriesXml(
  chart: OutputChart,
  { column, look = 'strong' }: OutputSeries,
  index: number,
  source: ChartSource,
): string {
  const colour = colourOf(look, index);
  const name = `<c:tx><c:strRef><c:f>${xmlText(cellsOf(source, column, 0, 0))}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${xmlText(source.headings[column] ?? '')}</c:v></c:pt></c:strCache></c:strRef></c:tx>`;
  const fill = `<a:solidFill><a:srgbClr val="${colour}"/></a:solidFill>`;
  const head = `<c:idx val="${index}"/><c:order val="${index}"/>${name}`;
  const x = dataXml(chart, chart.x, source);
  const y = dataXml(chart, column, source);
  switch (chart.kind) {
    case 'bars':
    case 'lying-bars':
      return `<c:ser>${head}<c:spPr>${fill}</c:spPr><c:invertIfNegative val="0"/><c:cat>${x}</c:cat><c:val>${y}</c:val></c:ser>`;
    case 'lines': {
      const dash = look === 'dashed' ? '<a:prstDash val="dash"/>' : '';
      const width = look === 'strong' ? 25400 : 15875;
      return `<c:ser>${head}<c:spPr><a:ln w="${width}" cap="rnd">${fill}${dash}<a:round/></a:ln></c:spPr><c:marker><c:symbol val="none"/></c:marker><c:cat>${x}</c:cat><c:val>${y}</c:val><c:smooth val="0"/></c:ser>`;
    }
    case 'points':
      return `<c:ser>${head}<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="3"/><c:spPr>${fill}<a:ln><a:noFill/></a:ln></c:spPr></c:marker><c:xVal>${x}</c:xVal><c:yVal>${y}</c:yVal><c:smooth val="0"/></c:ser>`;
    default: {
      const never: never = chart.kind;
      return never;
    }
  }
}

const rowsOf = ({ rows }: OutputChart, source: ChartSource) => rows ?? { from: 0, to: source.rows.length };

/** Sheet rows `from` to `to` (from 0, the headings are row 0) of a column, absolute. */
function cellsOf({ sheet }: ChartSource, column: number, from: number, to: number): string {
  const letters = columnLetters(column + 1);
  const first = `$${letters}$${from + 1}`;
  const quoted = `'${sheet.replaceAll("'", "''")}'`;
  return from === to ? `${quoted}!${first}` : `${quoted}!${first}:$${letters}$${to + 1}`;
}

function dataXml(chart: OutputChart, column: number, source: ChartSource): string {
  const { from, to } = rowsOf(chart, source);
  const cells = source.rows.slice(from, to).map((row) => row[column]);
  const reference = `<c:f>${xmlText(cellsOf(source, column, from + 1, Math.max(from + 1, to)))}</c:f>`;
  const texts = cells.some((cell) => cell?.kind === 'text');
  const points = cells.map((cell, i) => {
    const value = texts ? textOf(cell) : numberOf(cell, source.date1904);
    return value === null ? '' : `<c:pt idx="${i}"><c:v>${xmlText(value)}</c:v></c:pt>`;
  });
  const count = `<c:ptCount val="${cells.length}"/>${points.join('')}`;
  if (texts) return `<c:strRef>${reference}<c:strCache>${count}</c:strCache></c:strRef>`;
  const format = xmlText(source.columns[column]?.format ?? 'General');
  return `<c:numRef>${reference}<c:numCache><c:formatCode>${format}</c:formatCode>${count}</c:numCache></c:numRef>`;
}

function textOf(cell: OutputCell | undefined): string | null {
  return cell?.kind === 'text' ? cell.value : cell?.kind === 'number' ? String(toDouble(cell.value)) : null;
}

function numberOf(cell: OutputCell | undefined, date1904: boolean): string | null {
  if (cell?.kind === 'number') return String(toDouble(cell.value));
  if (cell?.kind === 'date') return String(serialOfMs(floorMs(cell.ms), date1904));
  return null;
}
