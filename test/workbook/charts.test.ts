import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { integer } from '../../src/exact/rational.ts';
import type { OutputCell, OutputChart, OutputSheet } from '../../src/workbook/port.ts';
import { readXlsx } from '../../src/workbook/xlsx/book.ts';
import { charts } from '../../src/workbook/xlsx/drawing.ts';
import { scratch } from '../cli/files.ts';
import { ROOT } from '../support/builds.ts';
import { hasLibreOffice, hasOpenpyxl, libreOffice, python, skipNote } from './tools.ts';

const text = (value: string): OutputCell => ({ kind: 'text', value });
const number = (value: number): OutputCell => ({ kind: 'number', value: integer(value) });
const date = (day: number): OutputCell => ({ kind: 'date', ms: integer(Date.UTC(2026, 2, day)) });

const bars: OutputChart = {
  kind: 'lying-bars',
  title: 'Half & "half" <of it>',
  x: 0,
  series: [{ column: 1 }, { column: 2, look: 'faint' }],
  yFormat: '0" h"',
};

/** A sheet whose name wants quoting, with a chart of each kind. */
function sheet(rows: number, charts: readonly OutputChart[]): OutputSheet {
  return {
    name: "Allot What's up",
    columns: [
      { heading: 'Where', width: 20 },
      { heading: 'Own', width: 10 },
      { heading: 'Own', width: 10 },
      { heading: 'Day', width: 12, format: 'yyyy-mm-dd' },
    ],
    rows: Array.from({ length: rows }, (_, i) => [
      text(`Unit & ${i}`),
      number(i + 1),
      number(2 * i),
      date(i + 1),
    ]),
    charts,
  };
}

const CHARTS: readonly OutputChart[] = [
  bars,
  { kind: 'bars', title: 'Bars', x: 0, series: [{ column: 1 }], rows: { from: 1, to: 3 } },
  {
    kind: 'lines',
    title: 'Lines',
    x: 3,
    series: [{ column: 1 }, { column: 2, look: 'dashed' }],
    yTitle: 'a day',
  },
  { kind: 'points', title: '散点', x: 1, series: [{ column: 2 }], xTitle: 'own', yTitle: 'other' },
];

const small = (): Uint8Array => readFileSync(path.join(ROOT, 'samples/small.xlsx'));
const put = (bytes: Uint8Array, one: OutputSheet): Uint8Array =>
  readXlsx(bytes, 'a.xlsx', charts).withSheets([one]).bytes;

interface SeenChart {
  readonly kind: string;
  readonly title: string;
  readonly column: number;
  readonly row: number;
  readonly series: readonly { readonly name: string; readonly x: string; readonly y: string }[];
}

const kept = (bytes: Uint8Array): string => {
  const file = path.join(scratch(), 'book.xlsx');
  writeFileSync(file, bytes);
  return file;
};

function seen(file: string): readonly SeenChart[] {
  const all = JSON.parse(python('charts.py', file)) as Record<string, readonly SeenChart[]>;
  return all["Allot What's up"] ?? [];
}

const openpyxl = hasOpenpyxl();
if (!openpyxl) skipNote('openpyxl');
const office = hasLibreOffice();
if (!office) skipNote('LibreOffice');

describe.skipIf(!openpyxl)('charts as openpyxl reads them', () => {
  test('each kind refers to its cells', () => {
    const found = seen(kept(put(small(), sheet(4, CHARTS))));
    expect(found.map(({ kind, title }) => [kind, title])).toEqual([
      ['BarChart', 'Half & "half" <of it>'],
      ['BarChart', 'Bars'],
      ['LineChart', 'Lines'],
      ['ScatterChart', '散点'],
    ]);
    const at = "'Allot What''s up'!";
    expect(found[0]?.series).toEqual([
      { name: `${at}$B$1`, x: `${at}$A$2:$A$5`, y: `${at}$B$2:$B$5` },
      { name: `${at}$C$1`, x: `${at}$A$2:$A$5`, y: `${at}$C$2:$C$5` },
    ]);
    // rows 1 and 2 of the table are rows 3 and 4 of the sheet
    expect(found[1]?.series).toEqual([{ name: `${at}$B$1`, x: `${at}$A$3:$A$4`, y: `${at}$B$3:$B$4` }]);
    expect(found[2]?.series[0]?.x).toBe(`${at}$D$2:$D$5`);
    expect(found[3]?.series).toEqual([{ name: `${at}$C$1`, x: `${at}$B$2:$B$5`, y: `${at}$C$2:$C$5` }]);
    // one below the other, a column free beside the table
    expect(found.map(({ column }) => column)).toEqual([5, 5, 5, 5]);
    expect(new Set(found.map(({ row }) => row)).size).toBe(4);
  });

  test('written again they are drawn anew where somebody moved them', () => {
    const first = put(small(), sheet(2, CHARTS.slice(0, 2)));
    const parts = unzipSync(first);
    const drawing = Object.keys(parts).find((name) => name.startsWith('xl/drawings/drawing')) ?? '';
    const moved = strFromU8(parts[drawing] ?? new Uint8Array()).replace(
      '<xdr:col>5</xdr:col>',
      '<xdr:col>9</xdr:col>',
    );
    const file = zipSync({ ...parts, [drawing]: strToU8(moved) });
    const found = seen(kept(put(file, sheet(6, CHARTS.slice(0, 3)))));
    expect(found.map(({ title, column }) => [title, column])).toEqual([
      ['Half & "half" <of it>', 9],
      ['Bars', 5],
      ['Lines', 5],
    ]);
    expect(found[0]?.series[0]?.y).toBe("'Allot What''s up'!$B$2:$B$7");
    // fewer charts: the others go, with their parts
    const less = put(put(small(), sheet(2, CHARTS)), sheet(2, [bars]));
    expect(seen(kept(less)).map(({ title }) => title)).toEqual(['Half & "half" <of it>']);
    expect(Object.keys(unzipSync(less)).filter((name) => name.startsWith('xl/charts/'))).toHaveLength(1);
    // and none at all
    expect(seen(kept(put(less, sheet(2, []))))).toEqual([]);
  });

  test('a sheet that had none gets them', () => {
    const bare = put(small(), sheet(2, []));
    expect(Object.keys(unzipSync(bare)).filter((name) => /drawing|chart/.test(name))).toEqual([]);
    expect(seen(kept(put(bare, sheet(2, [bars]))))).toHaveLength(1);
  });
});

test('every part is declared, related and of the right order', () => {
  const parts = unzipSync(put(small(), sheet(2, CHARTS)));
  const types = strFromU8(parts['[Content_Types].xml'] ?? new Uint8Array());
  for (const name of Object.keys(parts).filter((one) => /^xl\/(charts|drawings)\/[^/]+\.xml$/.test(one)))
    expect(types).toContain(`PartName="/${name}"`);
  const own = Object.entries(parts).find(([, bytes]) => strFromU8(bytes).includes('<drawing r:id='));
  expect(strFromU8(own?.[1] ?? new Uint8Array())).toMatch(
    /<pageSetup [^>]*\/><drawing r:id="rId\d+"\/><tableParts/,
  );
});

test.skipIf(!office)('LibreOffice reads and keeps them', { timeout: 120_000 }, () => {
  const out = libreOffice(kept(put(small(), sheet(4, CHARTS))), 'xlsx');
  const parts = unzipSync(readFileSync(path.join(out, 'book.xlsx')));
  const found = Object.entries(parts)
    .filter(([name]) => /^xl\/charts\/chart\d+\.xml$/.test(name))
    .map(([, bytes]) => strFromU8(bytes));
  // in no order that is promised: by what they are
  expect(found.map((xml) => /<c:(bar|line|scatter)Chart>/.exec(xml)?.[1]).sort()).toEqual([
    'bar',
    'bar',
    'line',
    'scatter',
  ]);
  const lying = found.find((xml) => xml.includes('<c:barDir val="bar"/>')) ?? '';
  expect(lying).toContain('$B$2:$B$5');
  expect(lying).toContain('$C$2:$C$5');
  expect(found.find((xml) => xml.includes('<c:scatterChart>'))).toContain('散点');
});
