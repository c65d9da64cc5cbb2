import { fakeError } from './errors.ts';
import type { NameModel } from './model.ts';
import { FakeObject, type Source } from './object.ts';

export class FakeName
  extends FakeObject<NameModel>
  implements Pick<Excel.NamedItem, 'delete' | 'formula' | 'isNullObject' | 'load' | 'name' | 'type'>
{
  get name(): string {
    return this.read('name');
  }
  get type(): Excel.NamedItemType {
    return this.read('type');
  }
  get formula(): unknown {
    return this.read('formula');
  }
  set formula(formula: unknown) {
    this.change((name) => {
      if (name.deleted) throw fakeError('ItemNotFound', name.name);
      name.formula = String(formula);
    });
  }
  delete(): void {
    this.change((name) => {
      name.deleted = true;
    });
  }
  protected property(name: string): unknown {
    const { model } = this;
    switch (name) {
      case 'name':
        return model.name;
      case 'formula':
        return model.formula;
      case 'type':
        return /!\$?[A-Z]+\$?\d+$/.test(model.formula) ? 'Range' : 'String';
      default:
        return this.unknown(name);
    }
  }
}

export class FakeNames
  extends FakeObject<{ names: NameModel[] }>
  implements Pick<Excel.NamedItemCollection, 'add' | 'getItem' | 'getItemOrNullObject' | 'items' | 'load'>
{
  get items(): Excel.NamedItem[] {
    return this.read('items');
  }

  add(name: string, reference: Excel.Range | string): Excel.NamedItem {
    return this.proxy({
      find: () => {
        if (typeof reference !== 'string') throw fakeError('NotImplemented', 'a name for a range');
        if (this.find(name) !== null) throw fakeError('ItemAlreadyExists', `name ${name}`);
        if (!/^[\p{L}_\\][\p{L}\p{N}_.\\]*$/u.test(name)) throw fakeError('InvalidArgument', `name ${name}`);
        const model = { name, formula: reference, deleted: false };
        this.model.names.push(model);
        return model;
      },
    });
  }
  getItem(name: string): Excel.NamedItem {
    return this.proxy({ find: () => this.find(name) });
  }
  getItemOrNullObject(name: string): Excel.NamedItem {
    return this.proxy({ find: () => this.find(name), nullable: true });
  }

  private find(name: string): NameModel | null {
    return this.alive().find((one) => one.name.toLowerCase() === name.toLowerCase()) ?? null;
  }
  private alive(): readonly NameModel[] {
    return this.model.names.filter((one) => !one.deleted);
  }
  private proxy(source: Source<NameModel>): Excel.NamedItem {
    return new FakeName(this.host, source) as unknown as Excel.NamedItem;
  }
  protected override children(): readonly FakeObject<unknown>[] {
    return this.alive().map((known) => new FakeName(this.host, { known }));
  }
  protected property(name: string): unknown {
    return this.unknown(name);
  }
}
