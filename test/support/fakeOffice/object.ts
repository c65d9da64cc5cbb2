import type { FakeContext } from './context.ts';
import { fakeError } from './errors.ts';

/** Where an object of the fake finds what it stands for: when its turn in the queue comes, or at once. */
export type Source<M> =
  | { readonly find: () => M | null; readonly nullable?: boolean }
  | { readonly known: M };

/**
 * What all proxies have in common: they stand for something once a `sync` has found it, and give a property only when it
 * was loaded and a `sync` has brought it.
 */
export abstract class FakeObject<M> {
  protected readonly host: FakeContext;
  #model: M | null = null;
  #found = false;
  readonly #values = new Map<string, unknown>();

  constructor(host: FakeContext, source: Source<M>) {
    this.host = host;
    if ('known' in source) {
      this.#model = source.known;
      this.#found = true;
      return;
    }
    host.enqueue(() => {
      const model = source.find();
      if (model === null && source.nullable !== true) throw fakeError('ItemNotFound', this.constructor.name);
      this.#model = model;
      host.deliver(20, () => {
        this.#found = true;
      });
    });
  }

  get isNullObject(): boolean {
    if (!this.#found) throw fakeError('PropertyNotLoaded', 'isNullObject');
    return this.#model === null;
  }

  /** The model, while operations are carried out. */
  protected get model(): M {
    if (this.#model === null) throw fakeError('ItemNotFound', this.constructor.name);
    return this.#model;
  }

  /** The value of a plain property as it is now. Throws InvalidArgument for others, navigation properties too. */
  protected abstract property(name: string): unknown;

  /** The items of a collection. */
  protected children(): readonly FakeObject<unknown>[] {
    throw fakeError('InvalidArgument', 'items');
  }

  /** `a,b/c` or a list of such. */
  load(names?: unknown): never {
    const list = Array.isArray(names) ? names : String(names ?? '').split(',');
    const paths = list.map((one) => String(one).trim());
    if (names === undefined || paths.includes(''))
      throw fakeError('InvalidArgument', 'load without properties');
    this.host.enqueue(() => this.fetch(paths));
    return this as never;
  }

  private fetch(paths: readonly string[]): void {
    if (this.#model === null) return;
    const inItems: string[] = [];
    for (const path of paths) {
      const [head = '', ...rest] = path.split('/');
      if (head === 'items') {
        inItems.push(rest.join('/'));
        continue;
      }
      const value = this.property(head);
      this.host.deliver(sizeOf(value), () => this.#values.set(head, value));
    }
    if (inItems.length === 0) return;
    const items = this.children();
    for (const item of items) item.fetch(inItems);
    this.host.deliver(20, () => this.#values.set('items', items));
  }

  /** What was loaded. */
  protected read(name: string): never {
    if (this.#found && this.#model === null) throw fakeError('InvalidObjectPath', name);
    if (!this.#values.has(name)) throw fakeError('PropertyNotLoaded', `${this.constructor.name}.${name}`);
    return this.#values.get(name) as never;
  }

  /** Queues a change of the model. */
  protected change(run: (model: M) => void, bytes?: number): void {
    this.host.enqueue(() => run(this.model), bytes);
  }

  protected unknown(name: string): never {
    throw fakeError('InvalidArgument', `${this.constructor.name} has no ${name}`);
  }
}

/** A guess at the bytes of a value on its way. */
export function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + sizeOf(one) + 1, 2);
  return typeof value === 'string' ? value.length * 2 + 2 : 8;
}
