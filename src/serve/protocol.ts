import type { Language } from '../problems/messages/index.ts';
import type { Shelf } from './books.ts';

/** What needs a book or tables: done by a worker, off the event loop. */
export type Work = 'evaluate' | 'explain' | 'verify';

/** What a worker is asked. One at a time; it answers each with one `Answer`. */
export interface Job {
  readonly work: Work;
  /** JSON as it came. */
  readonly body: Uint8Array<ArrayBuffer>;
  readonly language: Language;
  /** One number, shared: 1 once nobody waits for the answer any more. */
  readonly cancelled: Int32Array<SharedArrayBuffer>;
}

/** What is sent back: JSON as bytes, in pieces. */
export interface Answer {
  readonly status: number;
  readonly type: 'application/json' | 'application/problem+json';
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
}

/** What a worker answers: null where it was cancelled; `failed` where it has a defect, for whoever runs the server. */
export type Said =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly what: string; readonly stack: string };

/** What a worker knows from its start. */
export interface WorkerStart {
  readonly shelves: readonly Shelf[];
}

const UTF8 = new TextEncoder();

/** A text as bytes that can be handed to another thread without being copied. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  // an encoder may give a view of a larger buffer, which cannot be handed over
  return UTF8.encode(text).slice();
}
