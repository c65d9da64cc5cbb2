import { describe, expect, it } from 'vitest';
import { integer } from '../../../src/exact/rational.ts';
import { excelBook } from '../../../src/workbook/excel/book.ts';
import type { OutputCell, OutputChart, OutputSheet } from '../../../src/workbook/port.ts';
import type { FakeOffice } from '../../support/fakeOffice/index.ts';
import type { ChartModel } from '../../support/fakeOffice/model.ts';
import { opened } from './opened.ts';

const text = (value: string): OutputCell => ({ kind: 'text', value });
const number = (value: number): OutputCell => ({ kind: 'number', value: integer(value) });
const date = (day: number): OutputCell => ({ kind: 'date', ms: integer(Date.UTC(2026, 2, day)) });

function sheet(rows: number, charts: readonly OutputChart[]): OutputSheet {
  return {
    name: 'Allot Insight',
    columns: [
      { heading: 'Where', width: 20 },
      { heading: 'Own', width: 10 },
      { heading: 'Others', width: 10 },
      { heading: 'Day', width: 12, format: 'yyyy-mm-dd' },
    ],
    rows: Array.from({ length: rows }, (_, i) => [text(`U${i}`), number(i + 1), number(2 * i), date(i + 1)]),
    charts,
  };
}

const LYING: OutputChart = {
  kind: 'lying-bars',
  title: 'Half of it',
  x: 0,
  series: [{ column: 1 }, { column: 2, look: 'faint' }],
  yFormat: '0" h"',
};
const BARS: OutputChart = {
  kind: 'bars',
  title: 'Bars',
  x: 0,
  series: [{ column: 1 }],
  rows: { from: 1, to: 3 },
};
const LINES: OutputChart = {
  kind: 'lines',
  title: 'Lines',
  x: 3,
  series: [{ column: 1 }, { column: 2, look: 'dashed' }],
  yTitle: 'a day',
};
const POINTS: OutputChart = {
  kind: 'points',
  title: '散点',
  x: 1,
  series: [{ column: 2 }],
  xTitle: 'own',
  yTitle: 'other',
};

const chartsOf = (office: FakeOffice): readonly ChartModel[] => office.sheet('Allot Insight').charts;
/** A column of cells from a row to another. */
const cells = (column: number, top: number, bottom: number) => ({ top, left: column, bottom, right: column });
const seriesOf = ({ series }: ChartModel) => series.map(({ name, x, values }) => [name, x, values]);
const looksOf = (chart: ChartModel | undefined) => Object.fromEntries(chart?.looks ?? []);
const seriesLooks = (chart: ChartModel | undefined, i: number) =>
  Object.fromEntries(chart?.series[i]?.looks ?? []);

describe('charts in Excel', () => {
  it('each kind is drawn over its cells, one below the other beside the table', async () => {
    const { office, book } = opened();
    await book.writeSheets([sheet(4, [LYING, BARS, LINES, POINTS])]);
    const charts = chartsOf(office);
    expect(charts.map(({ name, type }) => [name, type])).toEqual([
      ['Allot chart 1', 'BarClustered'],
      ['Allot chart 2', 'ColumnClustered'],
      ['Allot chart 3', 'Line'],
      ['Allot chart 4', 'XYScatter'],
    ]);
    // Four columns and a free one; 18 rows of 15 points for each.
    expect(charts.map(({ at }) => at)).toEqual([2, 20, 38, 56].map((row) => ({ row, column: 6 })));
    expect(charts.map(seriesOf)).toEqual([
      [
        ['Own', cells(1, 2, 5), cells(2, 2, 5)],
        ['Others', cells(1, 2, 5), cells(3, 2, 5)],
      ],
      // Rows 1 and 2 of the table are rows 3 and 4 of the sheet.
      [['Own', cells(1, 3, 4), cells(2, 3, 4)]],
      [
        ['Own', cells(4, 2, 5), cells(2, 2, 5)],
        ['Others', cells(4, 2, 5), cells(3, 2, 5)],
      ],
      [['Others', cells(2, 2, 5), cells(3, 2, 5)]],
    ]);
  });

  it('titles, axes and looks are those of the chart', async () => {
    const { office, book } = opened();
    await book.writeSheets([sheet(4, [LYING, LINES, POINTS])]);
    const [lying, lines, points] = chartsOf(office);
    expect(looksOf(lying)).toEqual({
      'title.text': 'Half of it',
      'legend.visible': true,
      'legend.position': 'Bottom',
      'category.reversePlotOrder': true,
      'category.tickLabelPosition': 'Low',
      'value.tickLabelPosition': 'High',
      'value.numberFormat': '0" h"',
    });
    expect(seriesLooks(lying, 1)).toEqual({ fill: '#A6A6A6', gapWidth: 60 });
    expect(looksOf(lines)).toMatchObject({
      'value.title.text': 'a day',
      'category.categoryType': 'DateAxis',
      'category.majorUnit': 7,
      'category.numberFormat': 'm/d',
    });
    expect(seriesLooks(lines, 1)).toMatchObject({ 'line.lineStyle': 'Dash', 'line.weight': 1.25 });
    expect(looksOf(points)).toEqual({
      'title.text': '散点',
      'legend.visible': false,
      'category.title.text': 'own',
      'value.title.text': 'other',
      'category.tickLabelPosition': 'Low',
    });
  });

  it('written again they are drawn anew where somebody moved them, and those of others stay', async () => {
    const { office, book } = opened();
    await book.writeSheets([sheet(4, [LYING, BARS])]);
    const [first] = chartsOf(office);
    if (first === undefined) throw new Error('no chart');
    first.left = 700;
    first.width = 222;
    office.sheet('Allot Insight').charts.push({ ...first, id: 'mine', name: 'Mine' });
    await book.writeSheets([sheet(2, [POINTS])]);
    const charts = chartsOf(office);
    expect(charts.map(({ name, type }) => [name, type])).toEqual([
      ['Mine', 'BarClustered'],
      ['Allot chart 1', 'XYScatter'],
    ]);
    expect(charts[1]).toMatchObject({ left: 700, width: 222, at: null });
    expect(charts[1]?.series[0]?.values).toEqual(cells(3, 2, 3));
  });

  it('follow their columns where others go', async () => {
    const { office, book } = opened();
    const whole = sheet(4, []);
    await book.writeSheets([whole]);
    const less: OutputSheet = {
      ...whole,
      columns: whole.columns.filter((_, i) => i !== 1),
      rows: whole.rows.map((row) => row.filter((_, i) => i !== 1)),
      charts: [{ kind: 'bars', title: 'Others', x: 0, series: [{ column: 1 }] }],
    };
    await book.writeSheets([less]);
    expect(chartsOf(office).map(seriesOf)).toEqual([[['Others', cells(1, 2, 5), cells(2, 2, 5)]]]);
  });

  it('are left out where they have no rows, and where Excel can’t draw them', async () => {
    const { office, book } = opened();
    await book.writeSheets([sheet(0, [LYING])]);
    expect(chartsOf(office)).toEqual([]);
    expect(book.charts).toBe(true);
    const old = opened();
    old.office.api = 6;
    expect(old.book.charts).toBe(false);
    await old.book.writeSheets([sheet(3, [LYING])]);
    expect(chartsOf(old.office)).toEqual([]);
    // Number formats of axes came with 1.8.
    const older = opened();
    older.office.api = 7;
    await excelBook(older.office.globals).writeSheets([sheet(3, [LYING])]);
    expect(looksOf(chartsOf(older.office)[0])['value.numberFormat']).toBeUndefined();
  });
});
