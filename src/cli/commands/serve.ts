import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import {
  namesTwice,
  newToken,
  type Serving,
  servedBooks,
  serveTexts,
  shelvesOf,
  startServer,
  tokenOf,
} from '../../serve/index.ts';
import { isLoopback } from '../../sources/fetch/address.ts';
import { systemError } from '../../workbook/bookError.ts';
import { refuse } from '../audited.ts';
import type { Io, Status } from '../io.ts';
import type { ServeRequest } from '../request.ts';

/** Requests that may wait. */
const WAITING = 64;
/** Each thread has its own open books. */
const MOST_THREADS = 4;
const MEBI = 1 << 20;

/** `allot serve`: answers requests until it is interrupted. Refuses with a BookError where a book is not there. */
export async function serve(request: ServeRequest, io: Io): Promise<Status> {
  const { language, books, host, port } = request;
  const t = serveTexts(language);
  const asked = { language, json: false };
  const shelves = await shelvesOf(books);
  const twice = await namesTwice(shelves);
  if (twice.length > 0) return refuse(io, asked, 'wrong-arguments', t.sameName(twice), 2);
  const given = await givenToken(request, io);
  const token = given === null ? newToken() : tokenOf(given);
  if (token === null) return refuse(io, asked, 'wrong-arguments', t.badToken, 2);
  let serving: Serving;
  try {
    serving = await startServer({
      shelves,
      host,
      port,
      token,
      language,
      maxBody: request.maxBody * MEBI,
      timeout: request.timeout,
      threads: Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1)),
      waiting: WAITING,
      failed: (what, stack) => {
        const more = io.env.ALLOT_DEBUG === '1' ? `\n${stack}` : '';
        io.err([`${t.failed(what)}${more}\n`]).catch(() => {});
      },
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const code = String(error.code);
    const said = code === 'EADDRINUSE' ? t.portTaken(port) : t.cannotListen(host, code);
    return refuse(io, asked, 'wrong-arguments', said, 2);
  }
  const stopped = untilInterrupted(serving, () => {
    io.err([`\n${t.waiting}\n`]).catch(() => {});
  });
  const { length } = await servedBooks(shelves);
  const { address } = serving;
  await io.out([`${books.length === 0 ? t.onlyInline(address) : t.serving(address, length)}\n`]);
  if (given === null) await io.err([`${t.madeToken(token)}\n`]);
  if (!isLoopback(host)) await io.err([`${t.openToOthers(host)}\n`]);
  await stopped;
  await io.err([`${t.stopped}\n`]);
  return 0;
}

/** The token of the file, else of the environment; null where neither gives one. */
async function givenToken({ tokenFile }: ServeRequest, { env }: Io): Promise<string | null> {
  if (tokenFile === null) return env.ALLOT_TOKEN ?? null;
  return readFile(tokenFile, 'utf8').catch((error: unknown) => {
    throw systemError(tokenFile, error);
  });
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Comes back when it was interrupted and has answered what it was asked before. Interrupted again it drops that. */
function untilInterrupted(serving: Serving, waiting: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let asked = false;
    const interrupted = (): void => {
      if (asked) return serving.stopNow();
      asked = true;
      waiting();
      serving
        .stop()
        .finally(() => {
          for (const signal of SIGNALS) process.off(signal, interrupted);
        })
        .then(resolve, reject);
    };
    for (const signal of SIGNALS) process.on(signal, interrupted);
  });
}
