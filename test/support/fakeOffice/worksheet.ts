import { chartsProxy } from './chart.ts';
import type { FakeContext } from './context.ts';
import { fire } from './context.ts';
import { fakeError } from './errors.ts';
import { FakeEventHandlers } from './events.ts';
import type { BookModel } from './model.ts';
import { findSheet, newSheet, refuseProtected, rewriteFormulas, type SheetModel, usedArea } from './model.ts';
import { FakeNames } from './names.ts';
import { FakeObject, type Source } from './object.ts';
import { at, byAddress, rangeProxy } from './range.ts';
import { FakeTables } from './table.ts';

type SheetMembers =
  | 'activate'
  | 'charts'
  | 'delete'
  | 'freezePanes'
  | 'getCell'
  | 'getRange'
  | 'getRangeByIndexes'
  | 'getUsedRangeOrNullObject'
  | 'id'
  | 'isNullObject'
  | 'load'
  | 'name'
  | 'names'
  | 'position'
  | 'tables';

export class FakeWorksheet extends FakeObject<SheetModel> implements Pick<Excel.Worksheet, SheetMembers> {
  #tables: FakeTables | null = null;
  #names: FakeNames | null = null;

  get id(): string {
    return this.read('id');
  }
  get name(): string {
    return this.read('name');
  }
  get position(): number {
    return this.read('position');
  }
  set position(position: number) {
    this.change((sheet) => {
      const { book } = this.host.state;
      const others = book.sheets.filter((one) => one !== sheet);
      book.sheets = [...others.slice(0, position), sheet, ...others.slice(position)];
    });
  }
  get tables(): Excel.TableCollection {
    this.#tables ??= new FakeTables(this.host, { find: () => ({ sheet: this.model }) });
    return this.#tables as unknown as Excel.TableCollection;
  }
  get charts(): Excel.ChartCollection {
    return chartsProxy(this.host, { find: () => this.model });
  }
  get names(): Excel.NamedItemCollection {
    this.#names ??= new FakeNames(this.host, { find: () => this.model });
    return this.#names as unknown as Excel.NamedItemCollection;
  }
  get freezePanes(): Excel.WorksheetFreezePanes {
    const panes: Pick<Excel.WorksheetFreezePanes, 'freezeRows'> = {
      freezeRows: (count = 1) =>
        this.change((sheet) => {
          sheet.frozenRows = count;
        }),
    };
    return panes as Excel.WorksheetFreezePanes;
  }

  getCell(row: number, column: number): Excel.Range {
    return rangeProxy(this.host, () => at(this.model, row + 1, column + 1, 1, 1));
  }
  getRange(address?: string): Excel.Range {
    return rangeProxy(this.host, () => byAddress(this.model, address ?? ''));
  }
  getRangeByIndexes(row: number, column: number, rows: number, columns: number): Excel.Range {
    return rangeProxy(this.host, () => at(this.model, row + 1, column + 1, rows, columns));
  }
  getUsedRangeOrNullObject(valuesOnly?: boolean): Excel.Range {
    if (valuesOnly !== true) throw fakeError('NotImplemented', 'used range with formats');
    return rangeProxy(
      this.host,
      () => {
        const area = usedArea(this.model);
        return area === null ? null : { sheet: this.model, area };
      },
      true,
    );
  }

  activate(): void {
    this.change((sheet) => {
      this.host.state.book.active = { sheet, row: 1, column: 1 };
    });
  }

  delete(): void {
    this.change((sheet) => {
      const { state } = this.host;
      refuseProtected(sheet);
      if (state.book.sheets.length === 1) throw fakeError('InvalidOperation', 'the last sheet');
      state.book.sheets = state.book.sheets.filter((one) => one !== sheet);
      sheet.deleted = true;
      rewriteFormulas(state.book, (formula) =>
        [`'${sheet.name}'!`, `${sheet.name}!`].reduce(
          (text, part) => text.replaceAll(part, '#REF!'),
          formula,
        ),
      );
      fire(state, 'worksheets.onDeleted', { type: 'WorksheetDeleted', worksheetId: sheet.id });
    });
  }

  protected property(name: string): unknown {
    const sheet = this.model;
    switch (name) {
      case 'id':
        return sheet.id;
      case 'name':
        return sheet.name;
      case 'position':
        return this.host.state.book.sheets.indexOf(sheet);
      default:
        return this.unknown(name);
    }
  }
}

type SheetsMembers =
  | 'add'
  | 'getItem'
  | 'getItemOrNullObject'
  | 'items'
  | 'load'
  | 'onAdded'
  | 'onCalculated'
  | 'onChanged'
  | 'onDeleted'
  | 'onNameChanged';

export class FakeWorksheets
  extends FakeObject<BookModel>
  implements Pick<Excel.WorksheetCollection, SheetsMembers>
{
  readonly onAdded: OfficeExtension.EventHandlers<Excel.WorksheetAddedEventArgs>;
  readonly onCalculated: OfficeExtension.EventHandlers<Excel.WorksheetCalculatedEventArgs>;
  readonly onChanged: OfficeExtension.EventHandlers<Excel.WorksheetChangedEventArgs>;
  readonly onDeleted: OfficeExtension.EventHandlers<Excel.WorksheetDeletedEventArgs>;
  readonly onNameChanged: OfficeExtension.EventHandlers<Excel.WorksheetNameChangedEventArgs>;

  constructor(host: FakeContext, source: Source<BookModel>) {
    super(host, source);
    this.onAdded = FakeEventHandlers.of(host, 'worksheets.onAdded');
    this.onCalculated = FakeEventHandlers.of(host, 'worksheets.onCalculated');
    this.onChanged = FakeEventHandlers.of(host, 'worksheets.onChanged');
    this.onDeleted = FakeEventHandlers.of(host, 'worksheets.onDeleted');
    this.onNameChanged = FakeEventHandlers.of(host, 'worksheets.onNameChanged');
  }

  get items(): Excel.Worksheet[] {
    return this.read('items');
  }

  add(name?: string): Excel.Worksheet {
    return this.proxy({
      find: () => {
        const { state } = this.host;
        const sheet = newSheet(state.book, name ?? 'Sheet');
        fire(state, 'worksheets.onAdded', { type: 'WorksheetAdded', worksheetId: sheet.id });
        return sheet;
      },
    });
  }
  getItem(key: string): Excel.Worksheet {
    return this.proxy({ find: () => findSheet(this.host.state.book, key) ?? null });
  }
  getItemOrNullObject(key: string): Excel.Worksheet {
    return this.proxy({ find: () => findSheet(this.host.state.book, key) ?? null, nullable: true });
  }

  private proxy(source: Source<SheetModel>): Excel.Worksheet {
    return new FakeWorksheet(this.host, source) as unknown as Excel.Worksheet;
  }

  protected override children(): readonly FakeObject<unknown>[] {
    return this.host.state.book.sheets.map((known) => new FakeWorksheet(this.host, { known }));
  }
  protected property(name: string): unknown {
    return this.unknown(name);
  }
}
