import { fakeError } from './errors.ts';
import { calculate } from './formula.ts';
import type { BookModel, SheetModel } from './model.ts';

/** What can be done to the fake from outside, and what it counts. */
export interface FakeState {
  readonly book: BookModel;
  /** Exchanges so far. */
  syncs: number;
  /** Whether an exchange fails, by its number, and which part of its operations is carried out first (0 to 1). */
  fails: (sync: number) => { readonly executed: number; readonly code?: string } | null;
  requestLimit: number;
  responseLimit: number;
  readonly events: FakeEvents;
}

type Handler = (args: never) => Promise<unknown>;

/** Handlers by the event's name. What happens is told after the exchange. */
export interface FakeEvents {
  readonly handlers: Map<string, Set<Handler>>;
  readonly pending: { readonly name: string; readonly args: unknown }[];
}

export function fire(state: FakeState, name: string, args: unknown): void {
  const { pending } = state.events;
  const text = JSON.stringify(args);
  if (!pending.some((one) => one.name === name && JSON.stringify(one.args) === text))
    pending.push({ name, args });
}

export function changed(state: FakeState, sheet: SheetModel): void {
  fire(state, 'worksheets.onChanged', { type: 'WorksheetChanged', worksheetId: sheet.id });
}

/** Calculates, unless that is done by hand, and hands out what happened. */
export function settle(state: FakeState): void {
  if (state.book.calculationMode !== 'Manual')
    for (const { id } of calculate(state.book))
      fire(state, 'worksheets.onCalculated', { type: 'WorksheetCalculated', worksheetId: id });
  for (const { name, args } of state.events.pending.splice(0))
    for (const handler of state.events.handlers.get(name) ?? [])
      setTimeout(() => void handler(args as never), 0);
}

interface Operation {
  readonly run: () => void;
  readonly bytes: number;
}

/** The queue of a batch: operations wait for `sync`. */
export class FakeContext {
  readonly state: FakeState;
  #queue: Operation[] = [];
  /** What an exchange brings back: handed out only when all of it went well. */
  #deliveries: (() => void)[] = [];
  #response = 0;

  constructor(state: FakeState) {
    this.state = state;
  }

  enqueue(run: () => void, bytes = 50): void {
    this.#queue.push({ run, bytes });
  }

  /** Called by operations that are being carried out. */
  deliver(bytes: number, hand: () => void): void {
    this.#response += bytes;
    this.#deliveries.push(hand);
  }

  async sync(): Promise<void> {
    const queue = this.#queue;
    this.#queue = [];
    this.#deliveries = [];
    this.#response = 0;
    await new Promise<void>((resolve) => queueMicrotask(resolve));
    const { state } = this;
    state.syncs++;
    const failure = state.fails(state.syncs);
    const size = queue.reduce((sum, one) => sum + one.bytes, 0);
    if (size > state.requestLimit) throw fakeError('RequestPayloadSizeLimitExceeded', `${size} bytes`);
    const last = failure === null ? queue.length : Math.floor(queue.length * failure.executed);
    try {
      for (const { run } of queue.slice(0, last)) run();
    } finally {
      settle(state);
    }
    if (failure !== null) throw fakeError(failure.code ?? 'GeneralException', `sync ${state.syncs}`);
    if (this.#response > state.responseLimit)
      throw fakeError('ResponsePayloadSizeLimitExceeded', `${this.#response} bytes`);
    for (const hand of this.#deliveries) hand();
  }
}
