import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWorkbook } from '../../src/workbook/xlsx/build.ts';
import { scratch } from '../cli/files.ts';
import { said } from '../cli/inProcess.ts';
import { skipNote } from '../workbook/tools.ts';
import { cell, type SourceRow, smallBook, tableTexts } from './books.ts';
import { hasMariadb, startMariadb, type TestMariadb } from './mariadb.ts';
import { postgresPrograms, READER, startPostgres } from './postgres.ts';

/** A table with a column of every kind. */
const TABLE = {
  T: [
    'Id Amount Day Moment Open Words',
    'a|#1.5|2026-01-01|2026-01-01 09:00|TRUE|x',
    'b|#2|2026-01-02|2026-01-02 09:00|FALSE|y',
  ],
} as const;

/** What each database is given, and what has to come out of it: exact numbers, days as days, clocks eight hours east. */
const EXPECTED = [
  ['a', '1.5', '2026-03-31', '2026-03-31T08:30:15', 'TRUE', '中文 ‘quoted’'],
  ['b', '-123456789012.34', '2024-02-29', '2026-04-01', 'FALSE', ''],
  ['c', '0.000001', '', '', '', '007'],
];

async function refreshed(
  source: Omit<SourceRow, 'table'>,
  folder: string,
  more: readonly string[] = [],
): Promise<string> {
  writeFileSync(path.join(folder, 'secret'), READER.password);
  const file = smallBook(folder, TABLE, [{ table: 'T', ...source }]);
  const told = await said(['refresh', file, '--accept', '--secret', `DB=file:${folder}/secret`, ...more]);
  expect([told.out, told.status]).toEqual([expect.anything(), 0]);
  return file;
}

const LOGIN = 'user = reader; password = DB; zone = +08:00';

const programs = postgresPrograms();
if (programs === null) skipNote('PostgreSQL');

describe.skipIf(programs === null)('PostgreSQL', () => {
  it('gives numbers, days and moments as they are', async () => {
    const database = await startPostgres(programs ?? '');
    try {
      await database.run(
        'create table "T" ("Id" char(4), amount numeric, "Day" date, moment timestamptz, open boolean, words text)',
      );
      await database.run(
        `insert into "T" values ('a', 1.50, '2026-03-31', '2026-03-31 00:30:15+00', true, '中文 ‘quoted’'),
           ('b', -123456789012.34, '2024-02-29', '2026-03-31 16:00:00+00', false, ''), ('c', 0.000001, null, null, null, '007')`,
      );
      const location = `postgresql://127.0.0.1:${database.port}/company`;
      const file = await refreshed({ kind: 'postgres', location, options: LOGIN }, scratch());
      expect(await tableTexts(file, 'T')).toEqual(EXPECTED);
      // A number that no cell can hold is refused, not rounded.
      await database.run(`update "T" set amount = 1234567890.1234567 where "Id" = 'b'`);
      const folder = scratch();
      writeFileSync(path.join(folder, 'secret'), READER.password);
      const again = smallBook(folder, TABLE, [{ table: 'T', kind: 'postgres', location, options: LOGIN }]);
      const before = readFileSync(again);
      const told = await said(['refresh', again, '--accept', '--secret', `DB=file:${folder}/secret`]);
      expect([told.status, told.out]).toEqual([
        1,
        expect.stringContaining(
          'T, Amount: a number with more digits than a cell keeps (15) in 1 row (b: “1234567890.1234567”).',
        ),
      ]);
      expect(readFileSync(again).equals(before)).toBe(true);
    } finally {
      database.stop();
    }
  });
});

if (!hasMariadb()) skipNote('MariaDB');

describe.skipIf(!hasMariadb())('MariaDB', () => {
  let database: TestMariadb;
  beforeAll(async () => {
    database = await startMariadb();
    await database.run(
      `create table t (id varchar(4), amount decimal(20,6), day date, moment timestamp null, open boolean, words text);
       set time_zone = '+00:00';
       insert into t values ('a', 1.50, '2026-03-31', '2026-03-31 00:30:15', true, '中文 ‘quoted’'),
         ('b', -123456789012.34, '2024-02-29', '2026-03-31 16:00:00', false, ''), ('c', 0.000001, null, null, null, '007');`,
    );
  });
  afterAll(() => database?.stop());
  const at = (query: string, options = LOGIN): Omit<SourceRow, 'table'> => ({
    kind: 'MariaDB',
    location: `127.0.0.1:${database.port}/company`,
    query,
    options,
  });

  it('gives numbers, days and moments as they are', async () => {
    expect(
      await tableTexts(
        await refreshed(at('t', `${LOGIN}; check amount = select sum(amount) from t`), scratch()),
        'T',
      ),
    ).toEqual(EXPECTED);
  });

  it.each([
    ['select 1; drop table t', LOGIN, /The database reports an error: ER_PARSE_ERROR/],
    ['delete from t', LOGIN, /Write one query/],
    ['select * from nobody', LOGIN, /ER_NO_SUCH_TABLE/],
    ['select sleep(20)', LOGIN, /No answer came in time/],
    [
      "select load_file('/etc/passwd') as id into outfile '/tmp/allot-never'",
      LOGIN,
      /The database reports an error/,
    ],
    ['t', 'user = nobody; password = DB', /ER_ACCESS_DENIED_ERROR: Access denied for user 'nobody'/],
  ])('%s fails and changes nothing', async (query, options, found) => {
    const folder = scratch();
    writeFileSync(path.join(folder, 'secret'), READER.password);
    const file = smallBook(folder, TABLE, [{ table: 'T', ...at(query, options) }]);
    const before = readFileSync(file);
    const told = await said(['refresh', file, '--timeout', '1', '--secret', `DB=file:${folder}/secret`]);
    expect([told.status, told.out]).toEqual([2, expect.stringMatching(found)]);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

const duckdb = await import('@duckdb/node-api').catch(() => null);
if (duckdb === null) skipNote('DuckDB');

describe.skipIf(duckdb === null)('DuckDB', () => {
  async function made(file: string, sql: readonly string[]): Promise<void> {
    if (duckdb === null) return;
    const instance = await duckdb.DuckDBInstance.create(file);
    const connection = await instance.connect();
    for (const one of sql) await connection.run(one);
    connection.closeSync();
    instance.closeSync();
  }
  const ROWS = `select * from (values ('a', 1.50::decimal(20,6), date '2026-03-31', timestamptz '2026-03-31 00:30:15+00', true, '中文 ‘quoted’'),
    ('b', -123456789012.34, date '2024-02-29', timestamptz '2026-03-31 16:00:00+00', false, ''), ('c', 0.000001, null, null, null, '007')) r(id, amount, day, moment, open, words)`;

  it('gives the rows of Parquet files and of its databases as they are', async () => {
    const folder = scratch();
    await made(':memory:', [`copy (${ROWS}) to '${folder}/t.parquet' (format parquet)`]);
    const file = await refreshed({ kind: 'duckdb', location: 't.parquet', options: 'zone = +08:00' }, folder);
    expect(await tableTexts(file, 'T')).toEqual(EXPECTED);
    const query = 'select * from source where amount > 0 order by amount';
    const some = await refreshed(
      { kind: 'duckdb', location: '*.parquet', query, options: 'zone = +08:00' },
      folder,
    );
    expect(await tableTexts(some, 'T')).toEqual([EXPECTED[0], EXPECTED[2]]);
    await made(path.join(folder, 'company.duckdb'), [`create table rows as ${ROWS}`]);
    const other = await refreshed(
      { kind: 'duckdb', location: 'company.duckdb', query: 'rows', options: 'zone = +08:00' },
      folder,
    );
    expect(await tableTexts(other, 'T')).toEqual(EXPECTED);
  });

  it.each([
    ["select * from read_text('/etc/passwd')", /Permission Error/],
    ["copy (select 1) to '/tmp/allot-never.csv'", /Write one query/],
    ["select 1) union (select 2); attach '/tmp/x.db", /The database reports an error/],
    ['select nothing from source', /Binder Error/],
  ])('%s fails and changes nothing', async (query, found) => {
    const folder = scratch();
    await made(':memory:', [`copy (${ROWS}) to '${folder}/t.parquet' (format parquet)`]);
    const file = smallBook(folder, TABLE, [{ table: 'T', kind: 'duckdb', location: 't.parquet', query }]);
    const before = readFileSync(file);
    const told = await said(['refresh', file]);
    expect([told.status, told.out]).toEqual([2, expect.stringMatching(found)]);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('says where there is no file, or half of one', async () => {
    for (const location of ['none.parquet', 'half.parquet']) {
      const folder = scratch();
      await made(':memory:', [`copy (${ROWS}) to '${folder}/t.parquet' (format parquet)`]);
      writeFileSync(
        path.join(folder, 'half.parquet'),
        readFileSync(path.join(folder, 't.parquet')).subarray(0, 300),
      );
      const file = smallBook(folder, TABLE, [{ table: 'T', kind: 'duckdb', location }]);
      const before = readFileSync(file);
      const told = await said(['refresh', file]);
      expect([told.status, told.out]).toEqual([2, expect.stringMatching(/no file none|reports an error/)]);
      expect(readFileSync(file).equals(before)).toBe(true);
    }
  });
});

describe('an export of a workbook', () => {
  it('is read by its table, wherever its columns stand', async () => {
    const folder = scratch();
    const headings = ['words', 'id', 'amount', 'day', 'moment', 'open', 'more'];
    const bytes = buildWorkbook({
      sheets: [
        { kind: 'table', name: 'Other', columns: [{ heading: 'x', width: 5 }], rows: [] },
        {
          kind: 'table',
          name: 'Export',
          columns: headings.map((heading) => ({ heading, width: 8 })),
          rows: [
            ['x', 'a', '#1.5', '2026-03-31', '2026-03-31 08:30', 'TRUE', 'm'].map(cell),
            ['?', 'b', '#2.25', '?', '?', 'FALSE', '?'].map(cell),
          ],
        },
      ],
    });
    writeFileSync(path.join(folder, 'export.xlsx'), bytes);
    const file = await refreshed({ kind: 'workbook', location: 'export.xlsx#Export' }, folder);
    expect(await tableTexts(file, 'T')).toEqual([
      ['a', '1.5', '2026-03-31', '2026-03-31T08:30:00', 'TRUE', 'x'],
      ['b', '2.25', '', '', 'FALSE', ''],
    ]);
    const other = smallBook(folder, TABLE, [{ table: 'T', kind: 'workbook', location: 'export.xlsx' }]);
    expect((await said(['refresh', other])).out).toContain('The workbook has no table T (Other, Export).');
  });
});
