import { setTimeout as sleep } from 'node:timers/promises';
import { webAddress } from '../../sources/fetch/address.ts';
import type { FetchContext } from '../../sources/fetch/context.ts';
import { type Answer, ask } from '../../sources/fetch/http.ts';
import { isObject } from '../../sources/fetch/json.ts';
import { secretFor } from '../../sources/fetch/secrets.ts';
import { SourceFault } from '../../sources/model.ts';
import { deliveryJson } from '../json.ts';
import { type Confirmed, type Content, DeliveryRefused, type Destination, type Paying } from '../model.ts';
import { runAddress } from '../place.ts';

/** How often a run is put in all while nobody knows whether it was taken. */
const ATTEMPTS = 4;

/**
 * Puts a run where its own digest says; the same again is the same. What was put is there only when the endpoint says so by the
 * digest of what it has: in its answer, or when it is asked for the run. Refuses with a SourceFault and a DeliveryRefused.
 */
export async function sendRest(
  destination: Destination,
  paying: Paying,
  content: Content,
  context: FetchContext,
): Promise<Confirmed> {
  const url = webAddress(runAddress(destination.location, paying));
  const token = secretFor(destination, 'token', url.hostname, context);
  const headers = {
    accept: 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  const body = deliveryJson(paying, content);

  /** What the endpoint has of this run: the digest that it says, null where it has none. */
  async function there(): Promise<string | null> {
    const answer = await ask({ url, method: 'GET', headers }, context);
    if (answer.status === 404 || answer.status === 410) return null;
    if (answer.status !== 200) throw new SourceFault('status', String(answer.status));
    const digest = digestIn(answer);
    if (digest === null) throw new DeliveryRefused({ kind: 'unconfirmed', why: 'no-digest' });
    return digest;
  }

  function same(digest: string): void {
    if (digest !== content.digest) throw new DeliveryRefused({ kind: 'differs', found: digest });
  }

  let fault: unknown = null;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (attempt > 1) await sleep(context.pause * 2 ** (attempt - 2), undefined, signalOf(context));
    try {
      const answer = await ask(
        {
          url,
          method: 'PUT',
          headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': paying.run },
          body,
        },
        context,
      );
      const { status } = answer;
      if (status >= 500 || status === 429 || status === 408) {
        fault = new SourceFault('status', String(status));
        continue;
      }
      const taken = status >= 200 && status < 300;
      // 422: the key came with something else; then there is something under the run.
      const conflict = status === 409 || status === 412 || status === 422;
      if (!taken && !conflict) throw new SourceFault('status', String(status));
      const digest = digestIn(answer) ?? (await there());
      if (digest === null && taken) throw new DeliveryRefused({ kind: 'unconfirmed', why: 'not-there' });
      if (digest === null) {
        fault = new SourceFault('status', String(status));
        // In conflict with one that it is still busy with.
        if (status !== 422) continue;
        throw fault;
      }
      same(digest);
      // An earlier attempt of ours may be what it has already.
      return status === 201 || attempt > 1
        ? 'delivered'
        : conflict || saysThere(answer)
          ? 'there'
          : 'delivered';
    } catch (error) {
      if (!(error instanceof SourceFault) || !RETRIED.includes(error.reason)) throw error;
      fault = error;
    }
  }
  // It may have been taken all the same.
  const digest = await there().catch((error: unknown) => {
    throw error instanceof SourceFault ? fault : error;
  });
  if (digest === null) throw fault;
  same(digest);
  return 'delivered';
}

/** Faults after which nobody knows whether it was taken. */
const RETRIED: readonly string[] = ['cut-off', 'timeout', 'unreachable', 'bad-file'];

const signalOf = ({ signal }: FetchContext): { readonly signal?: AbortSignal } =>
  signal === undefined ? {} : { signal };

function objectIn({ text }: Answer): Readonly<Record<string, unknown>> | null {
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? json : null;
  } catch {
    return null;
  }
}

/** The digest that an answer says; null where it says none, or is no JSON. */
function digestIn(answer: Answer): string | null {
  const digest = objectIn(answer)?.digest;
  return typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest) ? digest : null;
}

const saysThere = (answer: Answer): boolean => objectIn(answer)?.created === false;
