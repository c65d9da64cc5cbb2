import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder, temporary } from '../files/book.ts';
import { peer } from '../peers.ts';
import { type Contestant, ready } from './contestant.ts';
import { jobSql, POSTGRES } from './sql.ts';

interface Client {
  connect(): Promise<void>;
  query(sql: string): Promise<{ readonly rows: readonly Readonly<Record<string, string>>[] }>;
  end(): Promise<void>;
}
interface Module {
  readonly default: { readonly Client: new (options: Readonly<Record<string, unknown>>) => Client };
}

const VERSIONS = '/usr/lib/postgresql';

/** The folder of the newest server's programs; null where there is none. */
export function postgresBin(): string | null {
  if (!existsSync(VERSIONS)) return null;
  const [newest] = readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a));
  const bin = path.join(VERSIONS, newest ?? '', 'bin');
  return newest !== undefined && existsSync(path.join(bin, 'initdb')) ? bin : null;
}

/** The user under whom a server runs: it refuses root. */
function serverUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const number = (what: string): number =>
    Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: number('-u'), gid: number('-g') };
  } catch {
    return null;
  }
}

/** PostgreSQL's numeric, a server of our own in a temporary folder that only its socket leads to; one process works. */
export const postgres: Contestant = {
  async prepare(data) {
    const bin = postgresBin();
    if (bin === null) return { kind: 'absent', why: 'PostgreSQL is not installed' };
    const user = serverUser();
    if (user === null)
      return { kind: 'absent', why: 'PostgreSQL does not run as root, and there is no user “postgres”' };
    const folder = temporary();
    chownSync(folder, user.uid, user.gid);
    const cluster = path.join(folder, 'cluster');
    execFileSync(
      path.join(bin, 'initdb'),
      ['-D', cluster, '-A', 'trust', '-U', 'bench', '-E', 'UTF8', '--locale=C', '-N'],
      {
        ...user,
        cwd: folder,
        stdio: 'ignore',
      },
    );
    const settings = {
      listen_addresses: '',
      unix_socket_directories: folder,
      fsync: 'off',
      shared_buffers: '512MB',
      work_mem: '256MB',
      max_parallel_workers_per_gather: '0',
    };
    const server = spawn(
      path.join(bin, 'postgres'),
      ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...user, cwd: folder, stdio: 'ignore' },
    );
    const stop = async (client: Client | null): Promise<void> => {
      await client?.end();
      await stopped(server);
      rmSync(folder, { recursive: true, force: true });
    };
    try {
      const client = await connect(folder);
      const book = path.join(folder, 'book');
      mkdirSync(book);
      chmodSync(book, 0o755);
      makeFolder(book, data);
      await client.query('create table staff (id text, side text, commission numeric(12, 3))');
      await client.query(
        'create table tickets (ticket integer, engineer text, minutes numeric(9, 2), resolved boolean, feedback numeric(3, 1))',
      );
      for (const [table, file] of [
        ['staff', 'Staff'],
        ['tickets', 'Tickets'],
      ])
        await client.query(`copy ${table} from '${book}/${file}.csv' csv header`);
      await client.query('analyze');
      const sql = jobSql(POSTGRES);
      return ready(
        async () => Float64Array.from((await client.query(sql)).rows, ({ cents }) => Number(cents)),
        { close: () => stop(client) },
      );
    } catch (error) {
      await stop(null);
      throw error;
    }
  },
};

async function connect(folder: string): Promise<Client> {
  const { Client } = (await peer<Module>('pg')).default;
  for (let tries = 100; ; tries--) {
    const client = new Client({ host: folder, user: 'bench', database: 'postgres' });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (tries === 0) throw error;
      await sleep(100);
    }
  }
}

function stopped(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill('SIGINT');
  });
}
