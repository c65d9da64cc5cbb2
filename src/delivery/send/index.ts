import { setTimeout as sleep } from 'node:timers/promises';
import type { FetchContext } from '../../sources/fetch/context.ts';
import { SourceFault } from '../../sources/model.ts';
import type { Confirmed, Content, Destination, Paying } from '../model.ts';
import { sendFile } from './files.ts';
import { sendMysql } from './mysql.ts';
import { sendPostgresql } from './postgresql.ts';
import { sendRest } from './rest.ts';

/**
 * Sends content to its destination, and comes to an end only where that has it. Sending the same again changes nothing there.
 * Refuses with a SourceFault, a DeliveryRefused, a BookError of a file, and the signal's reason.
 */
export async function send(
  destination: Destination,
  paying: Paying,
  content: Content,
  context: FetchContext,
): Promise<Confirmed> {
  switch (destination.kind) {
    case 'csv':
    case 'voucher':
      return sendFile(destination, paying, content, context.folder);
    case 'rest':
      return sendRest(destination, paying, content, context);
    case 'postgresql':
      return again(() => sendPostgresql(destination, paying, content, context), context);
    case 'mysql':
      return again(() => sendMysql(destination, paying, content, context), context);
    default: {
      const never: never = destination.kind;
      return never;
    }
  }
}

/** How often a database is gone to while nobody knows whether it committed. */
const ATTEMPTS = 3;

/** A connection that breaks leaves open whether the transaction was committed: going again finds its rows, or puts them. */
async function again(go: () => Promise<Confirmed>, { pause, signal }: FetchContext): Promise<Confirmed> {
  for (let attempt = 1; ; attempt++) {
    try {
      const done = await go();
      return attempt > 1 ? 'delivered' : done;
    } catch (error) {
      const open = error instanceof SourceFault && ['cut-off', 'timeout'].includes(error.reason);
      if (!open || attempt === ATTEMPTS) throw error;
      await sleep(pause * 2 ** (attempt - 1), undefined, signal === undefined ? {} : { signal });
    }
  }
}
