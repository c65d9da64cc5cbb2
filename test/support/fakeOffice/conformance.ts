/** That the fake's classes have no public member that the real ones lack: a type that is not `true` is an error. */
import type { FakeChart, FakeCharts, FakeSeries, FakeSeriesList } from './chart.ts';
import type { FakeCustomXmlPart, FakeCustomXmlParts, FakeScopedParts } from './customXml.ts';
import type { FakeName, FakeNames } from './names.ts';
import type { FakeRange } from './range.ts';
import type { FakeColumns, FakeTable, FakeTables } from './table.ts';
import type { FakeWorkbook } from './workbook.ts';
import type { FakeWorksheet, FakeWorksheets } from './worksheet.ts';

type NoMore<Fake, Real> = Exclude<keyof Fake, keyof Real> extends never ? true : never;

export const NOTHING_INVENTED: readonly [
  NoMore<FakeChart, Excel.Chart>,
  NoMore<FakeCharts, Excel.ChartCollection>,
  NoMore<FakeSeries, Excel.ChartSeries>,
  NoMore<FakeSeriesList, Excel.ChartSeriesCollection>,
  NoMore<FakeCustomXmlPart, Excel.CustomXmlPart>,
  NoMore<FakeCustomXmlParts, Excel.CustomXmlPartCollection>,
  NoMore<FakeScopedParts, Excel.CustomXmlPartScopedCollection>,
  NoMore<FakeName, Excel.NamedItem>,
  NoMore<FakeNames, Excel.NamedItemCollection>,
  NoMore<FakeRange, Excel.Range>,
  NoMore<FakeColumns, Excel.TableColumnCollection>,
  NoMore<FakeTable, Excel.Table>,
  NoMore<FakeTables, Excel.TableCollection>,
  NoMore<FakeWorkbook, Excel.Workbook>,
  NoMore<FakeWorksheet, Excel.Worksheet>,
  NoMore<FakeWorksheets, Excel.WorksheetCollection>,
] = [true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true];
