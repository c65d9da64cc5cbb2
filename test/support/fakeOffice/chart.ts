import type { Area } from '../../../src/workbook/area.ts';
import type { FakeContext } from './context.ts';
import { fakeError } from './errors.ts';
import type { ChartModel, SeriesModel, SheetModel } from './model.ts';
import { refuseProtected } from './model.ts';
import { FakeObject, type Source } from './object.ts';
import { modelOf } from './range.ts';

interface Placed {
  readonly sheet: SheetModel;
  readonly chart: ChartModel;
}

const COLOUR = /^#[0-9A-F]{6}$/;
const oneOf =
  (...texts: readonly string[]) =>
  (value: unknown): boolean =>
    texts.includes(String(value));
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isPositive = (value: unknown): boolean => typeof value === 'number' && value > 0;

/**
 * An object whose members are only ever set: what it is told is kept under `name`. Members that are not named here, which
 * are members of the real one, are refused, and so are values that Excel would refuse.
 */
function told<Real extends object>(
  name: string,
  change: (run: (looks: Map<string, unknown>) => void) => void,
  members: Partial<Record<keyof Real & string, (value: unknown) => boolean>>,
  inside: Partial<Record<keyof Real & string, object>> = {},
): Real {
  const known: Readonly<Record<string, ((value: unknown) => boolean) | undefined>> = members;
  const parts: Readonly<Record<string, object | undefined>> = inside;
  return new Proxy(
    {},
    {
      get(_, member) {
        const found = parts[String(member)];
        if (found === undefined) throw fakeError('NotImplemented', `${name}.${String(member)}`);
        return found;
      },
      set(_, member, value) {
        const fits = known[String(member)];
        if (fits === undefined) throw fakeError('NotImplemented', `${name}.${String(member)}`);
        change((looks) => {
          if (!fits(value)) throw fakeError('InvalidArgument', `${name}.${String(member)} = ${value}`);
          looks.set(`${name}.${String(member)}`, value);
        });
        return true;
      },
    },
  ) as Real;
}

export class FakeSeries
  extends FakeObject<SeriesModel>
  implements
    Pick<
      Excel.ChartSeries,
      | 'format'
      | 'gapWidth'
      | 'markerBackgroundColor'
      | 'markerForegroundColor'
      | 'markerSize'
      | 'markerStyle'
      | 'name'
      | 'setValues'
      | 'setXAxisValues'
      | 'smooth'
    >
{
  get name(): string {
    return this.read('name');
  }
  set name(name: string) {
    this.change((series) => {
      series.name = name;
    });
  }
  get format(): Excel.ChartSeriesFormat {
    const change = (run: (looks: Map<string, unknown>) => void): void =>
      this.change(({ looks }) => run(looks));
    const fill = {
      setSolidColor: (colour: string): void =>
        change((looks) => {
          if (!COLOUR.test(colour)) throw fakeError('InvalidArgument', colour);
          looks.set('fill', colour);
        }),
    };
    const line = told<Excel.ChartLineFormat>('line', change, {
      color: (value) => COLOUR.test(String(value)),
      weight: isPositive,
      lineStyle: oneOf('Continuous', 'Dash'),
    });
    return told<Excel.ChartSeriesFormat>('format', change, {}, { fill, line });
  }
  set gapWidth(value: number) {
    this.look('gapWidth', value, value >= 0 && value <= 500);
  }
  set markerBackgroundColor(value: string) {
    this.look('markerBackgroundColor', value, COLOUR.test(value));
  }
  set markerForegroundColor(value: string) {
    this.look('markerForegroundColor', value, COLOUR.test(value));
  }
  set markerSize(value: number) {
    this.look('markerSize', value, value >= 2 && value <= 72);
  }
  set markerStyle(value: Excel.ChartSeries['markerStyle']) {
    this.look('markerStyle', value, oneOf('None', 'Circle')(value));
  }
  set smooth(value: boolean) {
    this.look('smooth', value, isFlag(value));
  }
  setValues(range: Excel.Range): void {
    this.change((series) => {
      series.values = line(range, series.sheet);
    });
  }
  setXAxisValues(range: Excel.Range): void {
    this.change((series) => {
      series.x = line(range, series.sheet);
    });
  }
  private look(name: string, value: unknown, fits: boolean): void {
    this.change(({ looks }) => {
      if (!fits) throw fakeError('InvalidArgument', `${name} = ${value}`);
      looks.set(name, value);
    });
  }
  protected property(name: string): unknown {
    return name === 'name' ? this.model.name : this.unknown(name);
  }
}

/** The cells of a series stand in one column. */
function line(range: Excel.Range, sheet: SheetModel): Area {
  const { area, sheet: other } = modelOf(range, sheet);
  if (area.left !== area.right || other !== sheet)
    throw fakeError('InvalidArgument', 'a series of many columns');
  return area;
}

const seriesOf = (sheet: SheetModel, name: string, values: Area | null): SeriesModel => ({
  sheet,
  name,
  values,
  x: null,
  looks: new Map(),
});

export class FakeSeriesList
  extends FakeObject<Placed>
  implements Pick<Excel.ChartSeriesCollection, 'add' | 'getItemAt'>
{
  add(name?: string): Excel.ChartSeries {
    const find = (): SeriesModel => {
      const { sheet, chart } = this.model;
      refuseProtected(sheet);
      const series = seriesOf(sheet, name ?? '', null);
      chart.series.push(series);
      return series;
    };
    return new FakeSeries(this.host, { find }) as unknown as Excel.ChartSeries;
  }
  getItemAt(index: number): Excel.ChartSeries {
    const find = (): SeriesModel | null => this.model.chart.series[index] ?? null;
    return new FakeSeries(this.host, { find }) as unknown as Excel.ChartSeries;
  }
  protected property(name: string): unknown {
    return this.unknown(name);
  }
}

type Members =
  | 'axes'
  | 'delete'
  | 'height'
  | 'id'
  | 'left'
  | 'legend'
  | 'name'
  | 'series'
  | 'setPosition'
  | 'title'
  | 'top'
  | 'width';

export class FakeChart extends FakeObject<Placed> implements Pick<Excel.Chart, Members> {
  get id(): string {
    return this.read('id');
  }
  get name(): string {
    return this.read('name');
  }
  set name(name: string) {
    this.alter((chart) => {
      chart.name = name;
    });
  }
  get left(): number {
    return this.read('left');
  }
  set left(points: number) {
    this.measure('left', points);
  }
  get top(): number {
    return this.read('top');
  }
  set top(points: number) {
    this.measure('top', points);
  }
  get width(): number {
    return this.read('width');
  }
  set width(points: number) {
    this.measure('width', points);
  }
  get height(): number {
    return this.read('height');
  }
  set height(points: number) {
    this.measure('height', points);
  }
  get title(): Excel.ChartTitle {
    return told<Excel.ChartTitle>('title', this.looks, { text: isText });
  }
  get legend(): Excel.ChartLegend {
    return told<Excel.ChartLegend>('legend', this.looks, { visible: isFlag, position: oneOf('Bottom') });
  }
  get axes(): Excel.ChartAxes {
    const axis = (name: string): Excel.ChartAxis =>
      told<Excel.ChartAxis>(
        name,
        this.looks,
        {
          baseTimeUnit: oneOf('Days'),
          categoryType: oneOf('DateAxis'),
          majorTimeUnitScale: oneOf('Days'),
          majorUnit: isPositive,
          numberFormat: isText,
          reversePlotOrder: isFlag,
          tickLabelPosition: oneOf('Low', 'High'),
        },
        { title: told<Excel.ChartAxisTitle>(`${name}.title`, this.looks, { text: isText }) },
      );
    const both = { categoryAxis: axis('category'), valueAxis: axis('value') };
    return told<Excel.ChartAxes>('axes', this.looks, {}, both);
  }
  get series(): Excel.ChartSeriesCollection {
    return new FakeSeriesList(this.host, {
      find: () => this.model,
    }) as unknown as Excel.ChartSeriesCollection;
  }
  setPosition(start: Excel.Range | string): void {
    this.change(({ sheet, chart }) => {
      const { area } = modelOf(start, sheet);
      chart.at = { row: area.top, column: area.left };
      // Cells of the usual size.
      chart.left = (area.left - 1) * 48;
      chart.top = (area.top - 1) * 15;
    });
  }
  delete(): void {
    this.change(({ sheet, chart }) => {
      refuseProtected(sheet);
      if (!sheet.charts.includes(chart)) throw fakeError('ItemNotFound', chart.name);
      sheet.charts = sheet.charts.filter((one) => one !== chart);
    });
  }

  private readonly looks = (run: (looks: Map<string, unknown>) => void): void =>
    this.alter((chart) => run(chart.looks));
  private measure(name: 'left' | 'top' | 'width' | 'height', points: number): void {
    this.alter((chart) => {
      if (!(points >= 0)) throw fakeError('InvalidArgument', `${name} = ${points}`);
      chart[name] = points;
    });
  }
  private alter(run: (chart: ChartModel) => void): void {
    this.change(({ sheet, chart }) => {
      refuseProtected(sheet);
      run(chart);
    });
  }
  protected property(name: string): unknown {
    const { chart } = this.model;
    switch (name) {
      case 'id':
      case 'name':
      case 'left':
      case 'top':
      case 'width':
      case 'height':
        return chart[name];
      default:
        return this.unknown(name);
    }
  }
}

const TYPES = oneOf('ColumnClustered', 'BarClustered', 'Line', 'XYScatter');

export class FakeCharts
  extends FakeObject<SheetModel>
  implements Pick<Excel.ChartCollection, 'add' | 'items' | 'load'>
{
  get items(): Excel.Chart[] {
    return this.read('items');
  }
  add(type: string, source: Excel.Range, by?: string): Excel.Chart {
    const find = (): Placed => {
      const sheet = this.model;
      refuseProtected(sheet);
      const { book } = this.host.state;
      if (!TYPES(type) || by !== 'Columns') throw fakeError('InvalidArgument', `a chart ${type} by ${by}`);
      const area = line(source, sheet);
      const chart: ChartModel = {
        id: `{chart-${book.nextId++}}`,
        name: `Chart ${book.nextId}`,
        type,
        at: null,
        left: 100,
        top: 100,
        width: 360,
        height: 216,
        series: [seriesOf(sheet, 'Series1', area)],
        looks: new Map(),
      };
      sheet.charts.push(chart);
      return { sheet, chart };
    };
    return new FakeChart(this.host, { find }) as unknown as Excel.Chart;
  }
  protected override children(): readonly FakeObject<unknown>[] {
    const sheet = this.model;
    return sheet.charts.map((chart) => new FakeChart(this.host, { known: { sheet, chart } }));
  }
  protected property(name: string): unknown {
    return this.unknown(name);
  }
}

export function chartsProxy(host: FakeContext, source: Source<SheetModel>): Excel.ChartCollection {
  return new FakeCharts(host, source) as unknown as Excel.ChartCollection;
}
