import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type SourceRow, smallBook, tableTexts } from '../sources/books.ts';
import { httpServer, json } from '../sources/httpServer.ts';
import { postgresPrograms, READER, startPostgres } from '../sources/postgres.ts';
import { soapServer } from '../sources/soapServer.ts';
import { skipNote } from '../workbook/tools.ts';
import { buildBundle, ROOT, type Said } from './bundle.ts';
import { scratch } from './files.ts';

beforeAll(buildBundle);

const BUNDLE = path.join(ROOT, 'dist/allot.cjs');

/** The real command line, beside servers of this process, which `allot` of bundle.ts would keep from answering. */
function allot(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  bundle = BUNDLE,
): Promise<Said> {
  return new Promise((done) => {
    const options = { encoding: 'utf8', env: { PATH: process.env.PATH, LC_ALL: 'C', ...env } } as const;
    const child = execFile(process.execPath, [bundle, ...args], options, (_, out, err) =>
      done({ status: child.exitCode, out, err }),
    );
  });
}

const TABLES = { Staff: ['Id Base', 'E1|#5000'], Tickets: ['Ticket Pay', 'T1|#100'] } as const;

describe('allot refresh', () => {
  it('brings its HTTP and SOAP clients along, and takes tokens from the environment', async () => {
    const rest = await httpServer((_, response) => json(response, [{ id: 'E1', base: 5100 }]));
    const soap = await soapServer(
      [
        { name: 'ticket', type: 'string' },
        { name: 'pay', type: 'decimal' },
      ],
      () => [{ ticket: 'T1', pay: '100.10' }],
    );
    const sources: readonly SourceRow[] = [
      { table: 'Staff', kind: 'rest', location: rest.url, options: 'token = STAFF' },
      {
        table: 'Tickets',
        kind: 'soap',
        location: `${soap.url}/rows?wsdl`,
        query: 'list',
        options: 'token = TICKETS',
      },
    ];
    const file = smallBook(scratch(), TABLES, sources);
    const env = { ALLOT_SECRET_STAFF: 'token-of-staff', OTHER: 'token-of-tickets' };
    const said = await allot(['refresh', file, '--secret', 'TICKETS=env:OTHER'], env);
    expect([said.status, said.err]).toEqual([0, expect.stringContaining(`Wrote ${file}:\n`)]);
    expect(await tableTexts(file, 'Staff')).toEqual([['E1', '5100']]);
    expect(await tableTexts(file, 'Tickets')).toEqual([['T1', '100.1']]);
    expect(rest.asked.map(({ authorization }) => authorization)).toEqual(['Bearer token-of-staff']);
    expect(soap.asked.map(({ authorization }) => authorization)).toEqual([
      'Bearer token-of-tickets',
      'Bearer token-of-tickets',
    ]);
    await rest.close();
    await soap.close();
  });

  const programs = postgresPrograms();
  if (programs === null) skipNote('PostgreSQL');
  it.skipIf(programs === null)('brings its driver of PostgreSQL along', async () => {
    const database = await startPostgres(programs ?? '');
    try {
      await database.run("create table staff as select 'E1' as id, 5200.5::numeric as base");
      const file = smallBook(scratch(), TABLES, [
        {
          table: 'Staff',
          kind: 'postgresql',
          location: `localhost:${database.port}/company`,
          query: 'staff',
          options: 'user = reader; password = DB',
        },
      ]);
      const said = await allot(['refresh', file], { ALLOT_SECRET_DB: READER.password });
      expect([said.status, said.out]).toEqual([0, expect.stringContaining('E1: Base “5000” → “5200.5”')]);
    } finally {
      database.stop();
    }
  });

  it('says which driver is missing where it stands alone', async () => {
    const folder = scratch();
    const alone = path.join(folder, 'allot.cjs');
    copyFileSync(BUNDLE, alone);
    const at = { table: 'Staff', location: '127.0.0.1:1/company', options: 'user = reader' };
    for (const [kind, name] of [
      ['postgresql', 'pg'],
      ['mysql', 'mysql2'],
      ['duckdb', '@duckdb/node-api'],
    ]) {
      const file = smallBook(folder, TABLES, [{ ...at, kind: kind ?? '' }]);
      const before = readFileSync(file);
      const said = await allot(['refresh', file], {}, alone);
      expect([said.status, said.out]).toEqual([
        2,
        expect.stringContaining(
          `The package ${name} is not installed. Install it with: npm install ${name}\n`,
        ),
      ]);
      expect(readFileSync(file).equals(before)).toBe(true);
    }
  });

  it('explains itself', async () => {
    const help = await allot(['refresh', '--help']);
    expect(help.out).toContain('Usage: allot refresh [options] <BOOK>');
    expect((await allot(['refresh', '--help', '--lang', 'zh-CN'])).out).toContain('用法：');
    const bad = await allot(['refresh', 'x.xlsx', '--timeout', 'soon']);
    expect([bad.status, bad.err]).toEqual([
      2,
      expect.stringContaining('Write a number of seconds, such as 30.'),
    ]);
    expect((await allot(['refresh', 'none.xlsx'])).status).toBe(2);
    const folder = await allot(['refresh', scratch()]);
    expect([folder.status, folder.err]).toEqual([
      2,
      'error: A folder becomes a workbook: name the .xlsx to write with --out.\n',
    ]);
  });
});
