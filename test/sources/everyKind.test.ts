import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readXlsx } from '../../src/workbook/xlsx/book.ts';
import { scratch } from '../cli/files.ts';
import { said } from '../cli/inProcess.ts';
import { ROOT } from '../support/builds.ts';
import { skipNote } from '../workbook/tools.ts';
import { changedParts } from '../workbook/xlsx/parts.ts';
import { rowTexts, type SourceRow, tableTexts, withSources } from './books.ts';
import { httpServer, json, type TestServer } from './httpServer.ts';
import { postgresPrograms, READER, startPostgres, type TestPostgres } from './postgres.ts';
import { type SoapField, soapServer } from './soapServer.ts';

const BROADCAST = path.join(ROOT, 'samples/broadcast.xlsx');
const TOKEN = 'the-token-of-the-poll-server';

type Rows = readonly (readonly string[])[];

/**
 * What the servers have: the sample's own rows, of which every 50th is gone, every 70th has something else in one column, and
 * some are new.
 */
function altered(rows: Rows, column: number, change: (text: string) => string, added: Rows): Rows {
  const kept = rows.filter((_, i) => i % 50 !== 7);
  return [
    ...kept.map((row, i) => (i % 70 === 3 ? row.with(column, change(row[column] ?? '')) : row)),
    ...added,
  ];
}

const plusOne = (text: string): string => String(Number(text) + 1);
/** Of cents, without a double's doubts. */
const plusCent = (text: string): string => ((Math.round(Number(text) * 100) + 1) / 100).toString();

const ATTENDANCE: readonly SoapField[] = [
  { name: 'entry', type: 'string' },
  { name: 'person', type: 'string' },
  { name: 'happened', type: 'date' },
  { name: 'event', type: 'string' },
  { name: 'minutes', type: 'int' },
];

const postgresql = postgresPrograms();
if (postgresql === null) skipNote('PostgreSQL');

describe.skipIf(postgresql === null)('refreshing a copy of broadcast.xlsx', () => {
  let database: TestPostgres;
  let rest: TestServer;
  let soap: TestServer;
  let truth: Readonly<Record<'Expenses' | 'Cooperation' | 'Attendance' | 'Feedback', Rows>>;
  /** Whether the SOAP service is out of order. */
  let broken = false;

  beforeAll(async () => {
    const book = readXlsx(readFileSync(BROADCAST), BROADCAST);
    const { tables } = await book.read(['Expenses', 'Cooperation', 'Attendance', 'Feedback']);
    const rowsOf = (name: string): Rows => {
      const table = tables.find((one) => one.name === name);
      return table === undefined ? [] : rowTexts(table);
    };
    truth = {
      Expenses: altered(rowsOf('Expenses'), 4, plusCent, [
        [
          'X-90001',
          'E1180',
          'E4810',
          'reimbursement',
          '412.07',
          '2026-03-30T10:00:00',
          '2026-03-31T08:15:00',
        ],
        ['X-90002', 'E1180', 'E4810', 'reimbursement', '99.9', '2026-03-31T16:30:00', ''],
      ]),
      Cooperation: altered(rowsOf('Cooperation'), 5, plusOne, [
        ['K-9001', '2026-03-31', 'Central Customer Service', 'Central Transmission', '40', '31'],
      ]),
      Attendance: altered(rowsOf('Attendance'), 4, plusOne, [
        ['A-90001', 'E0424', '2026-03-30', 'late', '12'],
      ]),
      Feedback: altered(
        rowsOf('Feedback'),
        4,
        (text) => (text === '0' || text === '' ? text : String(Number(text) - 1)),
        [],
      ),
    };

    database = await startPostgres(postgresql ?? '');
    await database.run(
      `create table claims (id text primary key, applicant text, approver char(8), request varchar(40), amount numeric(12,2),
         submitted_at timestamp, approved_at timestamp with time zone)`,
    );
    await database.run(
      `insert into claims select * from json_to_recordset($1) as r(id text, applicant text, approver text, request text,
         amount numeric, submitted_at timestamp, approved_at timestamptz)`,
      [
        JSON.stringify(
          truth.Expenses.map(([id, applicant, approver, request, amount, submitted, approved]) => ({
            id,
            applicant,
            approver,
            request,
            amount,
            submitted_at: submitted,
            // The server keeps moments; the workbook shows clocks eight hours east.
            approved_at: approved === '' ? null : `${approved}+08`,
          })),
        ),
      ],
    );

    rest = await httpServer((request, response, asked) => {
      const url = new URL(asked, 'http://here');
      if (request.headers.authorization !== `Bearer ${TOKEN}`) {
        response.writeHead(401);
        response.end();
        return;
      }
      const page = Number(url.searchParams.get('page') ?? '1');
      const rows = truth.Cooperation.slice((page - 1) * 100, page * 100);
      const items = rows.map(([poll, polled_on, from, to, asked_count, content]) => ({
        poll,
        polled_on,
        departments: { polled: from, rated: to },
        asked: Number(asked_count),
        content: String(content),
      }));
      const next = page * 100 < truth.Cooperation.length ? `/polls?page=${page + 1}` : null;
      const total = truth.Cooperation.reduce((sum, row) => sum + Number(row[4]), 0);
      json(response, {
        data: { items },
        meta: { total: truth.Cooperation.length, asked: total },
        links: { next },
      });
    });

    soap = await soapServer(ATTENDANCE, (month) => {
      if (broken) throw new Error('out of order');
      if (month !== 'all') return [];
      return truth.Attendance.map(([entry, person, happened, event, minutes]) => ({
        entry,
        person,
        happened,
        event,
        minutes: minutes === '' ? null : minutes,
      }));
    });
  });

  afterAll(async () => {
    database?.stop();
    await rest?.close();
    await soap?.close();
  });

  function sources(): readonly SourceRow[] {
    return [
      {
        table: 'Expenses',
        kind: 'postgresql',
        location: `127.0.0.1:${database.port}/company`,
        query: 'select * from claims order by id desc',
        mapping: 'Expense = id; Submitted = submitted_at; Approved = approved_at',
        options: `user = ${READER.user}; password = CLAIMS; zone = Asia/Shanghai; check Amount = select sum(amount) from claims; check rows = select count(*) from claims`,
        note: 'every Monday',
      },
      {
        table: 'Cooperation',
        kind: 'REST',
        location: `${rest.url}/polls`,
        mapping:
          'Polled department = departments.polled; Rated department = departments.rated; Polled on = polled_on',
        options:
          'rows = data.items\nnext = links.next\ntoken = POLLS\ncheck rows = @meta.total\ncheck Asked = @meta.asked',
      },
      {
        table: 'Attendance',
        kind: 'soap',
        location: `${soap.url}/rows?wsdl`,
        query: 'list(month = all)',
        mapping: 'Happened on = happened',
        options: 'rows = row; check rows = @count',
      },
      { table: 'Feedback', kind: 'CSV', location: 'feedback.csv', mode: 'replace' },
    ];
  }

  /** A folder with the book, the CSV and the secrets; and the arguments. */
  function setUp(rows = sources()): {
    readonly file: string;
    readonly bytes: Uint8Array;
    readonly args: readonly string[];
    readonly folder: string;
  } {
    const folder = scratch();
    const file = path.join(folder, 'broadcast.xlsx');
    const bytes = withSources(BROADCAST, file, rows);
    const csv = truth.Feedback.map((row) => row.join(',')).join('\r\n');
    writeFileSync(
      path.join(folder, 'feedback.csv'),
      `Feedback,Rated on,Rated by,About,Speed,Quality,Attitude,Contribution\r\n${csv}\r\n`,
    );
    writeFileSync(path.join(folder, 'claims.secret'), `${READER.password}\n`);
    writeFileSync(path.join(folder, 'polls.secret'), TOKEN);
    return {
      file,
      bytes,
      folder,
      args: [
        'refresh',
        file,
        '--secret',
        `CLAIMS@127.0.0.1=file:${folder}/claims.secret`,
        '--secret',
        `POLLS=file:${folder}/polls.secret`,
      ],
    };
  }

  it('fills four tables in one run, and changes nothing else', async () => {
    const { file, bytes, args } = setUp();
    const shown = await said([...args, '--by', 'Finance A']);
    expect([shown.err, shown.status]).toEqual([expect.stringContaining(`Wrote ${file}:\n`), 0]);

    for (const [name, rows] of Object.entries(truth)) {
      const now = await tableTexts(file, name);
      const byKey = (a: readonly string[], b: readonly string[]): number =>
        (a[0] ?? '') < (b[0] ?? '') ? -1 : 1;
      expect([...now].sort(byKey), name).toEqual([...rows].sort(byKey));
    }
    // Four sheets, tables that grew or shrank, the ledger with its table, and what lists parts. Nothing else.
    const after = readFileSync(file);
    expect(changedParts(bytes, after)).toEqual([
      '[Content_Types].xml',
      'xl/_rels/workbook.xml.rels',
      'xl/tables/table10.xml',
      'xl/tables/table11.xml',
      'xl/tables/table14.xml',
      'xl/tables/table15.xml',
      'xl/tables/table18.xml',
      'xl/workbook.xml',
      'xl/worksheets/_rels/sheet21.xml.rels',
      'xl/worksheets/sheet13.xml',
      'xl/worksheets/sheet14.xml',
      'xl/worksheets/sheet17.xml',
      'xl/worksheets/sheet18.xml',
      'xl/worksheets/sheet21.xml',
    ]);
    expect(Object.keys(unzipSync(after)).length).toBe(Object.keys(unzipSync(bytes)).length + 3);
    expect(shown.out).toContain('Expenses, from postgresql');
    expect(shown.out).toContain('3,480');
    // Nothing that is secret is told or kept.
    expect(shown.out + shown.err).not.toContain(READER.password);
    expect(shown.out + shown.err).not.toContain(TOKEN);
    // All pages were asked for, each with the token.
    expect(new Set(rest.asked.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${TOKEN}`]),
    );
    expect(rest.asked.map((one) => one.path)).toContain('/polls?page=9');
    const verified = await said(['verify', file]);
    expect([verified.status, verified.out]).toEqual([0, expect.stringContaining('1 ledger row')]);
    const ledger = readXlsx(readFileSync(file), file);
    const row = rowTexts((await ledger.ours('Allot Ledger')) ?? fail())[0];
    expect(row?.slice(3, 5)).toEqual(['Finance A', 'refreshed']);
    expect(row?.[11]).toMatch(
      /^Expenses from postgresql: 2 added, \d+ changed, 70 removed; Cooperation from rest: /,
    );

    // Once more there is nothing to do.
    const again = await said(args);
    expect([again.status, again.err]).toEqual([0, '\nNothing has changed, so nothing is written.\n']);
    expect(readFileSync(file).equals(after)).toBe(true);
    // The rules run over what came.
    const run = await said(['run', file, '--as-of', '2026-03-31', '--json']);
    expect([run.status, run.out.slice(0, 2000)]).toEqual([0, expect.anything()]);
  });

  it('leaves the workbook as it was whichever source fails', async () => {
    const { file, bytes, args, folder } = setUp();
    const faults: readonly [what: string, make: () => void, undo: () => void, found: RegExp][] = [
      [
        'the database',
        () => writeFileSync(path.join(folder, 'claims.secret'), 'wrong'),
        () => writeFileSync(path.join(folder, 'claims.secret'), READER.password),
        /error: Expenses \(127\.0\.0\.1:\d+\/company\): The database reports an error: 28P01: password/,
      ],
      [
        'the REST server',
        () => writeFileSync(path.join(folder, 'polls.secret'), 'wrong'),
        () => writeFileSync(path.join(folder, 'polls.secret'), TOKEN),
        /error: Cooperation \(.*\/polls\): The server answered 401: the token is not accepted\./,
      ],
      [
        'the SOAP service',
        () => {
          broken = true;
        },
        () => {
          broken = false;
        },
        /error: Attendance \(.*\): The service reports a fault: .*out of order/,
      ],
      [
        'the CSV',
        () => copyFileSync(path.join(folder, 'polls.secret'), path.join(folder, 'feedback.csv')),
        () => {},
        /error: Feedback: no field of the source fills Feedback\./,
      ],
    ];
    for (const [what, make, undo, found] of faults) {
      make();
      const told = await said(args);
      undo();
      expect([what, told.status > 0, told.out]).toEqual([what, true, expect.stringMatching(found)]);
      expect(told.err).toBe('\nNothing is written.\n');
      expect(Buffer.from(bytes).equals(readFileSync(file)), what).toBe(true);
    }
  });
});

function fail(): never {
  throw new Error('there is no ledger');
}
