import type { Area } from '../area.ts';
import { CHART_HEIGHT, CHART_NAME, CHART_ROWS, CHART_WIDTH, colourOf } from '../chartLooks.ts';
import { isDateFormat } from '../dateFormat.ts';
import type { OutputChart, OutputSeries } from '../port.ts';
import { rangeOf } from './blocks.ts';
import type { Target } from './layout.ts';

/** A chart of ours that was there before. */
interface Old {
  readonly chart: Excel.Chart;
  readonly id: string;
  readonly number: number;
}

interface There {
  readonly ours: readonly Old[];
  /** Of all charts of the sheet: what else is there has just been drawn, though it may not have got its name yet. */
  readonly ids: ReadonlySet<string>;
}

/** The charts on sheets that are written anew, before any is drawn. */
export type ChartsThere = ReadonlyMap<Target, There>;

/** Finds the charts on sheets that are there. */
export async function chartsThere(
  context: Excel.RequestContext,
  targets: readonly Target[],
): Promise<ChartsThere> {
  const loaded = targets.flatMap((target) => {
    if (target.old === null) return [];
    const { charts } = context.workbook.worksheets.getItem(target.name);
    charts.load('items/id,items/name,items/left,items/top,items/width,items/height');
    return [[target, charts] as const];
  });
  if (loaded.length > 0) await context.sync();
  return new Map(
    loaded.map(([target, charts]) => [
      target,
      { ours: oursOf(charts), ids: new Set(charts.items.map(({ id }) => id)) },
    ]),
  );
}

function oursOf({ items }: Excel.ChartCollection): readonly Old[] {
  return items
    .filter(({ name }) => name.startsWith(CHART_NAME))
    .map((chart) => ({ chart, id: chart.id, number: Number(chart.name.slice(CHART_NAME.length)) || 0 }))
    .sort((a, b) => a.number - b.number);
}

/**
 * Draws the charts of results over their tables' cells. One that was there gives its place to the one of its number, since
 * somebody may have moved it; old ones go when all else is written (`takeCharts`).
 */
export async function drawCharts(
  context: Excel.RequestContext,
  targets: readonly Target[],
  there: ChartsThere,
  formats: boolean,
): Promise<void> {
  let drawn = false;
  for (const target of targets) {
    const charts = target.output.charts ?? [];
    for (const [i, chart] of charts.entries()) {
      if (rowsOf(target, chart) === null) continue;
      drawn = true;
      const made = draw(context, target, chart, formats);
      made.name = `${CHART_NAME}${i + 1}`;
      place(context, target, made, i, there.get(target)?.ours[i]?.chart);
    }
  }
  if (drawn) await context.sync();
}

/**
 * Takes away the old charts once others stand in their places, or what was drawn where it is undone. Gives the names of the
 * sheets where that failed.
 */
export async function takeCharts(
  context: Excel.RequestContext,
  there: ChartsThere,
  which: 'old' | 'drawn',
): Promise<readonly string[]> {
  const left: string[] = [];
  for (const [{ name }, { ours, ids }] of there) {
    if (which === 'old' && ours.length === 0) continue;
    const old = new Set(ours.map(({ id }) => id));
    let done = false;
    for (let tries = 3; tries > 0 && !done; tries--) {
      try {
        const { charts } = context.workbook.worksheets.getItem(name);
        charts.load('items/id');
        await context.sync();
        const gone = charts.items.filter(({ id }) => (which === 'old' ? old.has(id) : !ids.has(id)));
        for (const chart of gone) chart.delete();
        if (gone.length > 0) await context.sync();
        done = true;
      } catch {
        // Once more: each attempt begins with what is there.
      }
    }
    if (!done) left.push(name);
  }
  return left;
}

const KINDS = {
  bars: 'ColumnClustered',
  'lying-bars': 'BarClustered',
  lines: 'Line',
  points: 'XYScatter',
} as const satisfies Record<OutputChart['kind'], string>;

/** Rows of a chart, from 0 to before the last; null where it has none. */
function rowsOf({ output }: Target, { rows }: OutputChart): { from: number; to: number } | null {
  const { from, to } = rows ?? { from: 0, to: output.rows.length };
  return to > from ? { from, to } : null;
}

function draw(
  context: Excel.RequestContext,
  target: Target,
  wanted: OutputChart,
  formats: boolean,
): Excel.Chart {
  const sheet = context.workbook.worksheets.getItem(target.name);
  const { from, to } = rowsOf(target, wanted) ?? { from: 0, to: 1 };
  // Columns that go are still there: their references follow when they do.
  const cells = (column: number): Excel.Range => {
    const at = target.columns.findIndex(({ source }) => source === column) + 1;
    const area: Area = { top: from + 2, left: at, bottom: to + 1, right: at };
    return rangeOf(sheet, area);
  };
  const [first] = wanted.series;
  // Over one column of figures Excel makes one series, whatever stands around it.
  const chart = sheet.charts.add(KINDS[wanted.kind], cells(first?.column ?? wanted.x), 'Columns');
  chart.title.text = wanted.title;
  chart.legend.visible = wanted.series.length > 1;
  if (wanted.series.length > 1) chart.legend.position = 'Bottom';
  for (const [i, one] of wanted.series.entries()) {
    const name = target.output.columns[one.column]?.heading ?? '';
    const series = i === 0 ? chart.series.getItemAt(0) : chart.series.add(name);
    if (i === 0) series.name = name;
    else series.setValues(cells(one.column));
    series.setXAxisValues(cells(wanted.x));
    dress(series, wanted.kind, one, i);
  }
  dressAxes(chart.axes, target, wanted, formats);
  return chart;
}

function dress(
  series: Excel.ChartSeries,
  kind: OutputChart['kind'],
  { look = 'strong' }: OutputSeries,
  index: number,
): void {
  const colour = `#${colourOf(look, index)}`;
  switch (kind) {
    case 'bars':
    case 'lying-bars':
      series.format.fill.setSolidColor(colour);
      series.gapWidth = 60;
      return;
    case 'lines':
      series.format.line.color = colour;
      series.format.line.weight = look === 'strong' ? 2 : 1.25;
      series.format.line.lineStyle = look === 'dashed' ? 'Dash' : 'Continuous';
      series.markerStyle = 'None';
      series.smooth = false;
      return;
    case 'points':
      series.markerStyle = 'Circle';
      series.markerSize = 3;
      series.markerBackgroundColor = colour;
      series.markerForegroundColor = colour;
      return;
    default: {
      const never: never = kind;
      return never;
    }
  }
}

function dressAxes(
  { categoryAxis, valueAxis }: Excel.ChartAxes,
  { output }: Target,
  { kind, x, xTitle, yTitle, xFormat, yFormat }: OutputChart,
  formats: boolean,
): void {
  for (const [axis, title] of [[categoryAxis, xTitle] as const, [valueAxis, yTitle] as const])
    if (title !== undefined) axis.title.text = title;
  const dated = kind === 'lines' && isDateFormat(output.columns[x]?.format ?? '');
  if (dated) {
    categoryAxis.categoryType = 'DateAxis';
    categoryAxis.baseTimeUnit = 'Days';
    categoryAxis.majorTimeUnitScale = 'Days';
    categoryAxis.majorUnit = 7;
  }
  categoryAxis.tickLabelPosition = 'Low';
  if (kind === 'lying-bars') {
    // The first row is to be on top, and the figures below all the same.
    categoryAxis.reversePlotOrder = true;
    valueAxis.tickLabelPosition = 'High';
  }
  if (!formats) return;
  if (xFormat !== undefined || dated) categoryAxis.numberFormat = xFormat ?? 'm/d';
  if (yFormat !== undefined) valueAxis.numberFormat = yFormat;
}

/** Where one of that number was, else beside the table, one below the other. */
function place(
  context: Excel.RequestContext,
  target: Target,
  chart: Excel.Chart,
  index: number,
  old: Excel.Chart | undefined,
): void {
  if (old !== undefined) {
    chart.left = old.left;
    chart.top = old.top;
    chart.width = old.width;
    chart.height = old.height;
    return;
  }
  // One column is left free.
  const left = target.columns.length + 2;
  const top = 2 + index * CHART_ROWS;
  const sheet = context.workbook.worksheets.getItem(target.name);
  chart.setPosition(rangeOf(sheet, { top, left, bottom: top, right: left }));
  chart.width = CHART_WIDTH;
  chart.height = CHART_HEIGHT;
}
