import type { OfficeGlobals } from '../../../src/workbook/excel/office.ts';
import { changed, FakeContext, type FakeState, fire, settle } from './context.ts';
import { type BookModel, cellAt, findSheet, newBook, newSheet, putCell, type SheetModel } from './model.ts';
import { renameColumns } from './tableModel.ts';
import { typedCell } from './typed.ts';
import { FakeWorkbook } from './workbook.ts';

/**
 * Office.js without Excel: a workbook in memory behind proxies that keep the discipline of the real ones. Operations wait for
 * `sync`; properties must be loaded; arrays must have the shape of their range; requests and answers have a limit; an exchange can
 * be made to fail, some of its operations carried out. Its classes implement the types of `@types/office-js`.
 */
export interface FakeOffice {
  readonly globals: OfficeGlobals;
  readonly state: FakeState;
  readonly book: BookModel;
  /** Types into a cell, as a person does, and lets Excel tell of it. */
  type(sheet: string, row: number, column: number, input: string | number | boolean, format?: string): void;
  sheet(name: string): SheetModel;
  /** Adds an empty sheet at the end, as a person does. */
  addSheet(name: string): void;
  /** Everything that the workbook holds, to be compared. */
  contents(): unknown;
  /** Lets the next exchange but `after` fail, with a part of its operations carried out; `times`: so many in a row. */
  failSync(after: number, executed: number, times?: number): void;
  /** Options of each `Excel.run`. */
  readonly runs: unknown[];
  /** What was handed to `createWorkbook`, in base 64. */
  readonly opened: string[];
  /** What `getFileAsync` gives. */
  file: Uint8Array;
  /** Files that were opened and not closed again. */
  openFiles: number;
  /** The newest ExcelApi that the host has. */
  api: number;
}

export function fakeOffice(options: { readonly date1904?: boolean } = {}): FakeOffice {
  const book = newBook(options.date1904 ?? false);
  const state: FakeState = {
    book,
    syncs: 0,
    fails: () => null,
    requestLimit: 5_000_000,
    responseLimit: 5_000_000,
    events: { handlers: new Map(), pending: [] },
  };
  const runs: unknown[] = [];
  const opened: string[] = [];

  async function run(first: unknown, second?: unknown): Promise<unknown> {
    const batch = (second ?? first) as (context: unknown) => Promise<unknown>;
    runs.push(second === undefined ? {} : first);
    const context = new FakeContext(state);
    const workbook = new FakeWorkbook(context, { known: book });
    const result = await batch(Object.assign(context, { workbook }));
    // Excel sends what is left in the queue.
    await context.sync();
    return result;
  }

  const fake: FakeOffice = {
    globals: {
      Excel: {
        run: run as typeof Excel.run,
        createWorkbook: async (base64) => {
          opened.push(base64 ?? '');
        },
      },
      Office: {
        context: {
          document: {
            url: 'https://example.org/Documents/Pay%20June.xlsx?web=1',
            getFileAsync: ((_: unknown, sizes: { sliceSize: number }, done: (result: unknown) => void) =>
              done({
                status: 'succeeded',
                value: fileOf(fake, sizes.sliceSize),
              })) as Office.Document['getFileAsync'],
          },
          requirements: {
            isSetSupported: (name, version) =>
              name !== 'ExcelApi' || Number(String(version).split('.')[1] ?? 0) <= fake.api,
          },
        },
        // The enumeration's members are texts when it runs.
        FileType: { Compressed: 'compressed' as unknown as typeof Office.FileType.Compressed },
      },
    },
    state,
    book,
    runs,
    opened,
    file: new Uint8Array(),
    openFiles: 0,
    api: 20,
    type(sheet, row, column, input, format) {
      const model = this.sheet(sheet);
      const old = cellAt(model, row, column);
      putCell(model, row, column, typedCell(input, format === undefined ? old : { ...old, format }));
      renameColumns(book, model);
      changed(state, model);
      settle(state);
    },
    addSheet(name) {
      const { id } = newSheet(book, name);
      fire(state, 'worksheets.onAdded', { type: 'WorksheetAdded', worksheetId: id });
      settle(state);
    },
    sheet(name) {
      const model = findSheet(book, name);
      if (model === undefined) throw new Error(`no sheet ${name}`);
      return model;
    },
    contents: () => contentsOf(book),
    failSync(after, executed, times = 1) {
      const first = state.syncs + after + 1;
      state.fails = (sync) => (sync >= first && sync < first + times ? { executed } : null);
    },
  };
  return fake;
}

function fileOf(fake: FakeOffice, size: number): unknown {
  fake.openFiles++;
  const bytes = fake.file;
  return {
    size: bytes.length,
    sliceCount: Math.ceil(bytes.length / size),
    getSliceAsync: (i: number, done: (result: unknown) => void) =>
      done({ status: 'succeeded', value: { data: [...bytes.subarray(i * size, (i + 1) * size)] } }),
    closeAsync: (done: (result: unknown) => void) => {
      fake.openFiles--;
      done({ status: 'succeeded' });
    },
  };
}

function contentsOf(book: BookModel): unknown {
  return {
    mode: book.calculationMode,
    names: book.names.filter((one) => !one.deleted).map(({ name, formula }) => [name, formula]),
    settings: [...book.settings],
    // Their order says nothing.
    customXml: book.customXml.map(({ xml }) => xml).sort(),
    sheets: book.sheets.map((sheet) => ({
      name: sheet.name,
      frozen: sheet.frozenRows,
      tables: sheet.tables.map(({ name, area, showTotals, columns }) => ({
        name,
        area,
        showTotals,
        columns: columns.map((column) => column.name),
      })),
      charts: sheet.charts
        .map(({ id: _, series, looks, ...rest }) => ({
          ...rest,
          looks: Object.fromEntries(looks),
          series: series.map(({ name, values, x, looks: own }) => ({
            name,
            values,
            x,
            looks: Object.fromEntries(own),
          })),
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
      cells: Object.fromEntries(
        [...sheet.cells]
          .flatMap(([row, line]) =>
            [...line]
              // A format alone shows nothing.
              .filter(([, cell]) => cell.value !== '' || cell.formula !== null)
              .map(([column, cell]) => [`R${row}C${column}`, { ...cell }] as const),
          )
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    })),
  };
}
