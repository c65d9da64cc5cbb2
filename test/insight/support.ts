import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { broadcastTables } from '../../samples/make/broadcast.ts';
import type { SampleTable } from '../../samples/make/cells.ts';
import { making } from '../../samples/make/making.ts';
import { columnBuilder } from '../../src/exact/columnBuilder.ts';
import { floorMs } from '../../src/exact/date.ts';
import { toDouble } from '../../src/exact/rational.ts';
import type { Series } from '../../src/insight/backtest.ts';
import { keptSeries } from '../../src/insight/series.ts';
import type { SheetTable, Workbook } from '../../src/workbook/port.ts';

/** The tables of the sample's network, made with another seed, with or without what is planted. */
export function network(seed: string, planted = true): Pick<Workbook, 'tables'> {
  return { tables: broadcastTables(making(seed, planted)).map(sheetTable) };
}

function sheetTable({ name, columns, rows }: SampleTable): SheetTable {
  return {
    name,
    sheet: name,
    rows: rows.length,
    sheetRows: Uint32Array.from(rows, (_, i) => i + 2),
    headingRow: 1,
    columns: columns.map(({ heading }, i) => {
      const builder = columnBuilder(rows.length);
      for (const row of rows) {
        const cell = row[i];
        switch (cell?.kind) {
          case 'number':
            builder.double(toDouble(cell.value));
            break;
          case 'text':
            builder.text(cell.value);
            break;
          case 'date':
            builder.date(floorMs(cell.ms));
            break;
          case 'logical':
            builder.logical(cell.value);
            break;
          default:
            builder.blank();
        }
      }
      return { heading, column: i + 1, data: builder.finish() };
    }),
  };
}

/** Seattle's daily maximum in degrees Fahrenheit, 2012 to 2015: NOAA's, as @observablehq/sample-datasets ships it. */
export function seattle(): Series {
  const file = createRequire(import.meta.url).resolve('@observablehq/sample-datasets/weather.csv');
  const [heading = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = heading.split(',');
  const at = (line: string, name: string): string => line.split(',')[names.indexOf(name)] ?? '';
  const own = lines.filter((line) => at(line, 'location') === 'Seattle');
  const series = keptSeries(
    Float64Array.from(own, (line) => Date.parse(`${at(line, 'date').slice(0, 10)}T00:00:00Z`)),
    Float64Array.from(own, (line) => 32 + 1.8 * Number(at(line, 'temp_max'))),
  );
  if (series === null) throw new Error('no days');
  return series;
}
