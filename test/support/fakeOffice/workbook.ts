import type { FakeContext } from './context.ts';
import { FakeCustomXmlParts } from './customXml.ts';
import { fakeError } from './errors.ts';
import type { BookModel } from './model.ts';
import { FakeNames } from './names.ts';
import { FakeObject, type Source } from './object.ts';
import { at, rangeProxy } from './range.ts';
import { FakeTables } from './table.ts';
import { FakeWorksheets } from './worksheet.ts';

interface SettingModel {
  readonly key: string;
}

class FakeSetting
  extends FakeObject<SettingModel>
  implements Pick<Excel.Setting, 'delete' | 'isNullObject' | 'load' | 'value'>
{
  get value(): unknown {
    return this.read('value');
  }
  delete(): void {
    this.change(({ key }) => this.host.state.book.settings.delete(key));
  }
  protected property(name: string): unknown {
    return name === 'value' ? this.host.state.book.settings.get(this.model.key) : this.unknown(name);
  }
}

class FakeSettings
  extends FakeObject<BookModel>
  implements Pick<Excel.SettingCollection, 'add' | 'getItemOrNullObject'>
{
  add(key: string, value: unknown): Excel.Setting {
    const find = (): SettingModel => {
      this.model.settings.set(key, value);
      return { key };
    };
    return new FakeSetting(this.host, { find }) as unknown as Excel.Setting;
  }
  getItemOrNullObject(key: string): Excel.Setting {
    const find = (): SettingModel | null => (this.model.settings.has(key) ? { key } : null);
    return new FakeSetting(this.host, { find, nullable: true }) as unknown as Excel.Setting;
  }
  protected property(name: string): unknown {
    return this.unknown(name);
  }
}

class FakeApplication
  extends FakeObject<BookModel>
  implements Pick<Excel.Application, 'calculationMode' | 'load'>
{
  get calculationMode(): BookModel['calculationMode'] {
    return this.read('calculationMode');
  }
  set calculationMode(mode: BookModel['calculationMode']) {
    this.change((book) => {
      book.calculationMode = mode;
    });
  }
  protected property(name: string): unknown {
    return name === 'calculationMode' ? this.model.calculationMode : this.unknown(name);
  }
}

class FakeFunctionResult
  extends FakeObject<number>
  implements Pick<Excel.FunctionResult<number>, 'load' | 'value'>
{
  get value(): number {
    return this.read('value');
  }
  protected property(name: string): unknown {
    return name === 'value' ? this.model : this.unknown(name);
  }
}

class FakeFunctions extends FakeObject<BookModel> implements Pick<Excel.Functions, 'date'> {
  date(year: unknown, month: unknown, day: unknown): Excel.FunctionResult<number> {
    const find = (): number => {
      const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
      return ms / 86_400_000 + (this.model.date1904 ? 24_107 : 25_569);
    };
    return new FakeFunctionResult(this.host, { find }) as unknown as Excel.FunctionResult<number>;
  }
  protected property(name: string): unknown {
    return this.unknown(name);
  }
}

type Members =
  | 'application'
  | 'customXmlParts'
  | 'functions'
  | 'getActiveCell'
  | 'load'
  | 'name'
  | 'names'
  | 'settings'
  | 'tables'
  | 'worksheets';

export class FakeWorkbook extends FakeObject<BookModel> implements Pick<Excel.Workbook, Members> {
  readonly application: Excel.Application;
  readonly customXmlParts: Excel.CustomXmlPartCollection;
  readonly functions: Excel.Functions;
  readonly names: Excel.NamedItemCollection;
  readonly settings: Excel.SettingCollection;
  readonly tables: Excel.TableCollection;
  readonly worksheets: Excel.WorksheetCollection;

  constructor(host: FakeContext, source: Source<BookModel>) {
    super(host, source);
    const known = host.state.book;
    this.application = new FakeApplication(host, { known }) as unknown as Excel.Application;
    this.customXmlParts = new FakeCustomXmlParts(host, { known }) as unknown as Excel.CustomXmlPartCollection;
    this.functions = new FakeFunctions(host, { known }) as unknown as Excel.Functions;
    this.names = new FakeNames(host, { known }) as unknown as Excel.NamedItemCollection;
    this.settings = new FakeSettings(host, { known }) as unknown as Excel.SettingCollection;
    this.tables = new FakeTables(host, { known: { sheet: null } }) as unknown as Excel.TableCollection;
    this.worksheets = new FakeWorksheets(host, { known }) as unknown as Excel.WorksheetCollection;
  }

  get name(): string {
    return this.read('name');
  }
  getActiveCell(): Excel.Range {
    return rangeProxy(this.host, () => {
      const { active } = this.host.state.book;
      if (active === null) throw fakeError('InvalidSelection', 'no cell is active');
      return at(active.sheet, active.row, active.column, 1, 1);
    });
  }
  protected property(name: string): unknown {
    return name === 'name' ? 'book.xlsx' : this.unknown(name);
  }
}
