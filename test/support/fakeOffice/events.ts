import type { FakeContext } from './context.ts';

type Handler = (args: never) => Promise<unknown>;

/** The handlers of one event: added and taken away when a `sync` comes to it. */
export class FakeEventHandlers<T> implements Pick<OfficeExtension.EventHandlers<T>, 'add'> {
  readonly #host: FakeContext;
  readonly #name: string;

  constructor(host: FakeContext, name: string) {
    this.#host = host;
    this.#name = name;
  }

  static of<T>(host: FakeContext, name: string): OfficeExtension.EventHandlers<T> {
    return new FakeEventHandlers<T>(host, name) as unknown as OfficeExtension.EventHandlers<T>;
  }

  add(handler: (args: T) => Promise<unknown>): OfficeExtension.EventHandlerResult<T> {
    const { state } = this.#host;
    const known = handler as Handler;
    const list = state.events.handlers.get(this.#name) ?? new Set();
    state.events.handlers.set(this.#name, list);
    this.#host.enqueue(() => list.add(known));
    const result: Pick<OfficeExtension.EventHandlerResult<T>, 'context' | 'remove'> = {
      context: this.#host as unknown as OfficeExtension.ClientRequestContext,
      remove: () => this.#host.enqueue(() => list.delete(known)),
    };
    return result as OfficeExtension.EventHandlerResult<T>;
  }
}
