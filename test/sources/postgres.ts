import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import pg from 'pg';

/** A PostgreSQL of its own on the loopback address, gone with `stop`. */
export interface TestPostgres {
  readonly port: number;
  /** Runs SQL as its owner. */
  run(sql: string, values?: readonly unknown[]): Promise<void>;
  stop(): void;
}

const HOME = '/usr/lib/postgresql';

/** The folder of its programs; null where it isn't installed. */
export function postgresPrograms(): string | null {
  if (!existsSync(HOME)) return null;
  const versions = readdirSync(HOME).sort((a, b) => Number(b) - Number(a));
  const found = versions
    .map((version) => path.join(HOME, version, 'bin'))
    .find((bin) => existsSync(path.join(bin, 'initdb')));
  return found ?? null;
}

export const READER = { user: 'reader', password: 'p4ss-word-of-the-reader' } as const;

/** Starts one with a database `company` and a user who may read everything. It refuses to run as root: then as `postgres`. */
export async function startPostgres(bin: string): Promise<TestPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'allot-pg-'));
  const asRoot = userInfo().uid === 0;
  const program = (name: string, args: readonly string[]): void => {
    const file = path.join(bin, name);
    const [command, all] = asRoot ? ['runuser', ['-u', 'postgres', '--', file, ...args]] : [file, args];
    execFileSync(command as string, all as string[], { stdio: 'ignore', cwd: folder });
  };
  chmodSync(folder, 0o755);
  const data = path.join(folder, 'data');
  const secret = path.join(folder, 'secret');
  writeFileSync(secret, 'owner-password');
  execFileSync('mkdir', [data]);
  if (asRoot) execFileSync('chown', ['-R', 'postgres', folder]);
  program('initdb', [
    '-D',
    data,
    '-U',
    'owner',
    '-A',
    'scram-sha-256',
    `--pwfile=${secret}`,
    '-E',
    'UTF8',
    '--no-locale',
    '--no-sync',
  ]);
  const port = await freePort();
  const settings = `-p ${port} -k ${data} -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=16MB`;
  program('pg_ctl', ['-D', data, '-w', '-s', '-l', path.join(data, 'log'), '-o', settings, 'start']);

  const owner = { host: '127.0.0.1', port, user: 'owner', password: 'owner-password' };
  const run = async (sql: string, values?: readonly unknown[], database = 'company'): Promise<void> => {
    const client = new pg.Client({ ...owner, database });
    await client.connect();
    try {
      await client.query(sql, values === undefined ? undefined : [...values]);
    } finally {
      await client.end();
    }
  };
  await run('create database company', undefined, 'postgres');
  await run(`create role reader login password '${READER.password}'; grant pg_read_all_data to reader`);
  return {
    port,
    run: (sql, values) => run(sql, values),
    stop() {
      program('pg_ctl', ['-D', data, '-m', 'immediate', '-s', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
