import { fakeError } from './errors.ts';
import type { BookModel, CustomXmlModel } from './model.ts';
import { FakeObject } from './object.ts';

export class FakeCustomXmlPart
  extends FakeObject<CustomXmlModel>
  implements Pick<Excel.CustomXmlPart, 'delete' | 'getXml' | 'id' | 'load' | 'setXml'>
{
  get id(): string {
    return this.read('id');
  }
  delete(): void {
    this.change((part) => {
      const { book } = this.host.state;
      if (!book.customXml.includes(part)) throw fakeError('ItemNotFound', part.id);
      book.customXml = book.customXml.filter((one) => one !== part);
    });
  }
  getXml(): OfficeExtension.ClientResult<string> {
    let value: string | null = null;
    this.host.enqueue(() => {
      const { xml } = this.model;
      this.host.deliver(xml.length * 2, () => {
        value = xml;
      });
    });
    return {
      get value(): string {
        if (value === null) throw fakeError('ValueNotLoaded', 'getXml');
        return value;
      },
    };
  }
  setXml(xml: string): void {
    this.change((part) => {
      namespaceOf(xml);
      part.xml = xml;
    }, xml.length * 2);
  }
  protected property(name: string): unknown {
    return name === 'id' ? this.model.id : this.unknown(name);
  }
}

interface Scope {
  readonly uri: string;
}

export class FakeScopedParts
  extends FakeObject<Scope>
  implements Pick<Excel.CustomXmlPartScopedCollection, 'items' | 'load'>
{
  get items(): Excel.CustomXmlPart[] {
    return this.read('items');
  }
  protected override children(): readonly FakeObject<unknown>[] {
    return this.host.state.book.customXml
      .filter(({ xml }) => namespaceOf(xml) === this.model.uri)
      .map((known) => new FakeCustomXmlPart(this.host, { known }));
  }
  protected property(name: string): unknown {
    return this.unknown(name);
  }
}

export class FakeCustomXmlParts
  extends FakeObject<BookModel>
  implements Pick<Excel.CustomXmlPartCollection, 'add' | 'getByNamespace'>
{
  add(xml: string): Excel.CustomXmlPart {
    const find = (): CustomXmlModel => {
      namespaceOf(xml);
      const { book } = this.host.state;
      const part = { id: `{part-${book.nextId++}}`, xml };
      book.customXml.push(part);
      return part;
    };
    this.host.enqueue(() => undefined, xml.length * 2);
    return new FakeCustomXmlPart(this.host, { find }) as unknown as Excel.CustomXmlPart;
  }
  getByNamespace(uri: string): Excel.CustomXmlPartScopedCollection {
    return new FakeScopedParts(this.host, {
      known: { uri },
    }) as unknown as Excel.CustomXmlPartScopedCollection;
  }
  protected property(name: string): unknown {
    return this.unknown(name);
  }
}

/** The namespace of the root; Excel refuses what is no XML. */
function namespaceOf(xml: string): string {
  const root = /^(?:<\?xml[^>]*\?>)?\s*<([\w.-]+)(?: xmlns="([^"]*)")?(?:\/>|>[^<]*<\/\1>)$/.exec(xml);
  if (root === null || /&(?!(?:amp|lt|gt|quot|apos|#\w+);)/.test(xml))
    throw fakeError('InvalidArgument', xml);
  return root[2] ?? '';
}
