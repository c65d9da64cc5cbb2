import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { freePort, READER } from './postgres.ts';

/** A MariaDB of its own on the loopback address, gone with `stop`. */
export interface TestMariadb {
  readonly port: number;
  run(sql: string, values?: readonly unknown[]): Promise<void>;
  stop(): Promise<void>;
}

const SHARE = '/usr/share/mysql';
const SYSTEM = ['mysql_system_tables.sql', 'mysql_performance_tables.sql', 'mysql_system_tables_data.sql'];

export const hasMariadb = (): boolean =>
  existsSync('/usr/sbin/mariadbd') && SYSTEM.every((name) => existsSync(path.join(SHARE, name)));

/** Starts one with a database `company` and a user who may read it. */
export async function startMariadb(): Promise<TestMariadb> {
  const folder = mkdtempSync(path.join(tmpdir(), 'allot-maria-'));
  const data = path.join(folder, 'data');
  const socket = path.join(folder, 'socket');
  const user = userInfo().username;
  mkdirSync(data);
  // What mariadb-install-db does, which wants programs of the client's package.
  const input = [
    // A statement a line.
    'create database mysql;',
    'use mysql;',
    'set @auth_root_socket = null;',
    "set @current_hostname = 'localhost';",
    'set @skip_auth_anonymous = 1;',
    ...SYSTEM.map((name) => readFileSync(path.join(SHARE, name), 'utf8')),
  ].join('\n');
  const boot = ['--no-defaults', '--bootstrap', `--datadir=${data}`, `--user=${user}`, '--skip-networking'];
  execFileSync('/usr/sbin/mariadbd', boot, { input, stdio: ['pipe', 'ignore', 'ignore'] });
  const port = await freePort();
  const server = spawn(
    '/usr/sbin/mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--user=${user}`,
      `--socket=${socket}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--innodb-flush-log-at-trx-commit=0',
      '--default-time-zone=+03:00',
      `--pid-file=${path.join(folder, 'pid')}`,
    ],
    { stdio: 'ignore' },
  );
  const gone = new Promise<void>((done) => server.once('exit', () => done()));
  const run = async (sql: string, values?: readonly unknown[], database?: string): Promise<void> => {
    const connection = await createConnection({
      socketPath: socket,
      user: 'root',
      multipleStatements: true,
      ...(database === undefined ? {} : { database }),
    });
    try {
      await connection.query(sql, values === undefined ? undefined : [...values]);
    } finally {
      await connection.end();
    }
  };
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      await run('select 1');
      break;
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(100);
    }
  }
  await run(
    `create database company character set utf8mb4; create user reader identified by '${READER.password}'; grant select on company.* to reader`,
  );
  return {
    port,
    run: (sql, values) => run(sql, values, 'company'),
    async stop() {
      server.kill('SIGKILL');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
