import { changed, type FakeContext, fire } from './context.ts';
import { fakeError } from './errors.ts';
import { FakeEventHandlers } from './events.ts';
import { refuseProtected, type SheetModel, type TableModel } from './model.ts';
import { FakeObject, type Source } from './object.ts';
import { modelOf, rangeProxy } from './range.ts';
import { addColumn, deleteColumn, newTable, renameTable, resizeTable, showTotals } from './tableModel.ts';
import { FakeWorksheet } from './worksheet.ts';

interface Placed {
  readonly sheet: SheetModel;
  readonly table: TableModel;
}

type TableMembers =
  | 'clearFilters'
  | 'columns'
  | 'convertToRange'
  | 'getRange'
  | 'load'
  | 'name'
  | 'reapplyFilters'
  | 'resize'
  | 'showHeaders'
  | 'showTotals'
  | 'style'
  | 'worksheet';

export class FakeTable extends FakeObject<Placed> implements Pick<Excel.Table, TableMembers> {
  #columns: FakeColumns | null = null;

  get name(): string {
    return this.read('name');
  }
  set name(name: string) {
    this.alter(({ table }) => renameTable(this.host.state.book, table, name));
  }
  get style(): string {
    return this.read('style');
  }
  set style(style: string) {
    this.alter(({ table }) => {
      table.style = style;
    });
  }
  get showHeaders(): boolean {
    return this.read('showHeaders');
  }
  set showHeaders(show: boolean) {
    this.alter(({ table }) => {
      if (table.showHeaders !== show) throw fakeError('NotImplemented', 'headings that come or go');
    });
  }
  get showTotals(): boolean {
    return this.read('showTotals');
  }
  set showTotals(show: boolean) {
    this.alter(({ sheet, table }) => showTotals(sheet, table, show));
  }
  get columns(): Excel.TableColumnCollection {
    this.#columns ??= new FakeColumns(this.host, { find: () => this.model });
    return this.#columns as unknown as Excel.TableColumnCollection;
  }
  get worksheet(): Excel.Worksheet {
    const sheet = new FakeWorksheet(this.host, { find: () => this.model.sheet });
    return sheet as unknown as Excel.Worksheet;
  }

  getRange(): Excel.Range {
    return rangeProxy(this.host, () => ({ sheet: this.model.sheet, area: this.model.table.area }));
  }
  clearFilters(): void {
    this.alter(() => {});
  }
  reapplyFilters(): void {
    this.alter(() => {});
  }
  resize(newRange: Excel.Range | string): void {
    this.alter(({ sheet, table }) => {
      resizeTable(this.host.state.book, sheet, table, modelOf(newRange, sheet).area);
    });
  }
  convertToRange(): Excel.Range {
    this.alter(({ sheet, table }) => {
      table.deleted = true;
      sheet.tables = sheet.tables.filter((one) => one !== table);
      fire(this.host.state, 'tables.onDeleted', { type: 'TableDeleted', worksheetId: sheet.id });
    });
    return this.getRange();
  }

  private alter(run: (placed: Placed) => void): void {
    this.change((placed) => {
      refuseProtected(placed.sheet);
      if (placed.table.deleted) throw fakeError('ItemNotFound', placed.table.name);
      run(placed);
      changed(this.host.state, placed.sheet);
    });
  }
  protected property(name: string): unknown {
    const { table } = this.model;
    switch (name) {
      case 'name':
        return table.name;
      case 'style':
        return table.style;
      case 'showHeaders':
        return table.showHeaders;
      case 'showTotals':
        return table.showTotals;
      default:
        return this.unknown(name);
    }
  }
}

class FakeColumn
  extends FakeObject<Placed & { readonly id: number }>
  implements Pick<Excel.TableColumn, 'delete' | 'load' | 'name'>
{
  get name(): string {
    return this.read('name');
  }
  delete(): void {
    this.change(({ sheet, table, id }) => {
      refuseProtected(sheet);
      deleteColumn(this.host.state.book, sheet, table, this.heading(table, id));
      changed(this.host.state, sheet);
    });
  }
  private heading(table: TableModel, id: number): string {
    return table.columns.find((one) => one.id === id)?.name ?? '';
  }
  protected property(name: string): unknown {
    const { table, id } = this.model;
    return name === 'name' ? this.heading(table, id) : this.unknown(name);
  }
}

export class FakeColumns
  extends FakeObject<Placed>
  implements Pick<Excel.TableColumnCollection, 'add' | 'getItem' | 'items' | 'load'>
{
  get items(): Excel.TableColumn[] {
    return this.read('items');
  }
  add(index?: number, values?: unknown, name?: string): Excel.TableColumn {
    const { state } = this.host;
    const find = (): (Placed & { id: number }) | null => {
      const { sheet, table } = this.model;
      refuseProtected(sheet);
      if (values !== undefined) throw fakeError('NotImplemented', 'a column with values');
      addColumn(state.book, sheet, table, index, name);
      changed(state, sheet);
      const column =
        name === undefined ? table.columns.at(-1) : table.columns.find((one) => one.name === name);
      return column === undefined ? null : { sheet, table, id: column.id };
    };
    return new FakeColumn(this.host, { find }) as unknown as Excel.TableColumn;
  }
  getItem(key: number | string): Excel.TableColumn {
    const find = (): (Placed & { id: number }) | null => {
      const { sheet, table } = this.model;
      const name = String(key).toLowerCase();
      const column = table.columns.find((one) => one.name.toLowerCase() === name);
      return column === undefined ? null : { sheet, table, id: column.id };
    };
    return new FakeColumn(this.host, { find }) as unknown as Excel.TableColumn;
  }
  protected override children(): readonly FakeObject<unknown>[] {
    return this.model.table.columns.map(
      ({ id }) => new FakeColumn(this.host, { known: { ...this.model, id } }),
    );
  }
  protected property(name: string): unknown {
    return this.unknown(name);
  }
}

/** The tables of a sheet, or of the workbook where there is none. */
export class FakeTables
  extends FakeObject<{ readonly sheet: SheetModel | null }>
  implements Pick<Excel.TableCollection, 'add' | 'getItem' | 'items' | 'load' | 'onAdded' | 'onDeleted'>
{
  readonly onAdded: OfficeExtension.EventHandlers<Excel.TableAddedEventArgs>;
  readonly onDeleted: OfficeExtension.EventHandlers<Excel.TableDeletedEventArgs>;

  constructor(host: FakeContext, source: Source<{ readonly sheet: SheetModel | null }>) {
    super(host, source);
    this.onAdded = FakeEventHandlers.of(host, 'tables.onAdded');
    this.onDeleted = FakeEventHandlers.of(host, 'tables.onDeleted');
  }

  get items(): Excel.Table[] {
    return this.read('items');
  }
  add(address: Excel.Range | string, hasHeaders: boolean): Excel.Table {
    const find = (): Placed => {
      const { state } = this.host;
      const sheet = this.model.sheet;
      if (sheet === null) throw fakeError('NotImplemented', 'a table of the workbook');
      refuseProtected(sheet);
      const table = newTable(state.book, sheet, modelOf(address, sheet).area, hasHeaders);
      fire(state, 'tables.onAdded', { type: 'TableAdded', worksheetId: sheet.id });
      changed(state, sheet);
      return { sheet, table };
    };
    return new FakeTable(this.host, { find }) as unknown as Excel.Table;
  }
  getItem(key: string): Excel.Table {
    const find = (): Placed | null =>
      this.all().find(({ table }) => table.name.toLowerCase() === key.toLowerCase()) ?? null;
    return new FakeTable(this.host, { find }) as unknown as Excel.Table;
  }

  private all(): readonly Placed[] {
    const { sheet } = this.model;
    const sheets = sheet === null ? this.host.state.book.sheets : [sheet];
    return sheets.flatMap((one) => one.tables.map((table) => ({ sheet: one, table })));
  }
  protected override children(): readonly FakeObject<unknown>[] {
    return this.all().map((known) => new FakeTable(this.host, { known }));
  }
  protected property(name: string): unknown {
    return this.unknown(name);
  }
}
