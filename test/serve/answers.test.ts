import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allot, buildBundle, ROOT } from '../cli/bundle.ts';
import { folderBook, RULES, STAFF_CSV, scratch } from '../cli/files.ts';
import { codeOf, type Server, startServer } from './server.ts';

const CASES = ['03-share', '09-pool-per-region', '10-tiers', '11-chinese', '19-domain-march-2026'];
const casePath = (name: string): string => path.join(ROOT, 'test/cases', name, 'book');

const ends: (() => void)[] = [];
let server: Server;

beforeAll(async () => {
  await buildBundle();
  const folder = mkdtempSync(path.join(tmpdir(), 'allot-serve-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of [...CASES, '12-rule-problems', '13-data-problems'])
    cpSync(casePath(name), path.join(folder, name), { recursive: true });
  server = await startServer(['samples/small.xlsx', folder], undefined, (end) => ends.push(end));
});
afterAll(() => {
  for (const end of ends) end();
});

interface Row {
  readonly key: string;
}

const run = (book: string, asOf: string, ...more: readonly string[]) =>
  JSON.parse(allot(['run', book, '--as-of', asOf, '--json', ...more]).out);
const asOfOf = (name: string): string =>
  JSON.parse(readFileSync(path.join(ROOT, 'test/cases', name, 'expected.json'), 'utf8')).asOf;

describe('what a server that serves a workbook and a folder of books answers', () => {
  it('GET /v1/health without a token', async () => {
    const { status, body } = await server.ask('/v1/health', { token: null });
    expect([status, body]).toEqual([200, { status: 'ok' }]);
  });

  it('GET /v1/books: what was named, then what is in the folder', async () => {
    const { status, body } = await server.ask('/v1/books');
    expect(status).toBe(200);
    expect(body.books?.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'workbook small.xlsx',
      ...[...CASES, '12-rule-problems', '13-data-problems'].sort().map((name) => `folder ${name}`),
    ]);
    expect(body.books?.[0]?.bytes).toBe(readFileSync(path.join(ROOT, 'samples/small.xlsx')).byteLength);
    expect(JSON.stringify(body)).not.toContain(ROOT);
  });

  it('GET /v1/openapi.json: the document', async () => {
    const { openApi } = await import('../../src/serve/openapi.ts');
    const { status, body } = await server.ask('/v1/openapi.json');
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(openApi())));
  });

  it('POST /v1/evaluate: what allot run prints, and the digests that a ledger has', async () => {
    const { status, body } = await server.ask('/v1/evaluate', {
      body: { book: 'small.xlsx', asOf: '2026-03-31' },
    });
    expect(status).toBe(200);
    expect(body.results).toEqual(run('samples/small.xlsx', '2026-03-31'));
    const paid = allot([
      'pay',
      'samples/small.xlsx',
      '--as-of',
      '2026-03-31',
      '--by',
      'Finance',
      '--json',
      '--out',
      path.join(scratch(), 'paid.xlsx'),
    ]);
    const { row } = JSON.parse(paid.out);
    expect(body.digest).toEqual({ rules: row.Rules, results: row.Results });
  });

  it.each(CASES)('POST /v1/evaluate: what allot run prints of %s', async (name) => {
    const asOf = asOfOf(name);
    const { status, body } = await server.ask('/v1/evaluate', { body: { book: name, asOf } });
    expect(status).toBe(200);
    expect(body.results).toEqual(run(casePath(name), asOf));
  });

  it('POST /v1/evaluate: only what was asked for', async () => {
    const { body } = await server.ask('/v1/evaluate', {
      body: { book: 'small.xlsx', asOf: '2026-03-31', statements: ['POOL', 'Staff[net pay]', 'reward'] },
    });
    const all = run('samples/small.xlsx', '2026-03-31');
    expect(body.results?.scalars).toEqual({ pool: '1265.34' });
    expect(Object.keys(body.results?.tables ?? {})).toEqual(['Staff']);
    expect(body.results?.tables.Staff?.rows).toEqual(
      all.tables.Staff.rows.map((row: Record<string, string>) => ({
        key: row.key,
        reward: row.reward,
        net_pay: row.net_pay,
      })),
    );
    expect(body.results?.shares).toEqual(all.shares);
    const everything = await server.ask('/v1/evaluate', { body: { book: 'small.xlsx', asOf: '2026-03-31' } });
    expect(body.digest).toEqual(everything.body.digest);
  });

  it('POST /v1/evaluate: rules and tables of the request, exactly', async () => {
    // 0.1 + 0.2 of doubles is not 0.3; a third of 100 to the cent leaves one cent over, which the smallest key gets.
    const { status, body } = await server.ask('/v1/evaluate', {
      body: {
        asOf: '2026-03-31',
        rules: [
          'table Staff key id',
          'each Staff',
          '  sum = a + b',
          '  part = a / 3',
          '  late = if(blank(opened), 0, hours(opened, answered))',
          'share pool among Staff by weight as reward',
        ].join('\n'),
        names: { pool: 100 },
        tables: [
          {
            name: 'Staff',
            columns: ['id', 'a', 'b', 'weight', 'opened', 'answered', ''],
            rows: [
              ['E1', 0.1, 0.2, 1, { date: '2026-03-01T09:00' }, { date: '2026-03-01T10:30:00' }, 'note'],
              [null, null, null],
              [
                'E2',
                { number: '1234567890123456789.01' },
                0,
                1,
                { date: '2026-03-01' },
                { date: '2026-03-02' },
              ],
              ['E3', 1, 1, 1],
            ],
          },
        ],
      },
    });
    expect(body.problems).toBeUndefined();
    expect(status).toBe(200);
    expect(body.results?.tables.Staff?.rows).toEqual([
      { key: 'E1', sum: '0.3', part: '1/30', late: '1.5', reward: '33.34' },
      {
        key: 'E2',
        sum: '1234567890123456789.01',
        part: '123456789012345678901/300',
        late: '24',
        reward: '33.33',
      },
      { key: 'E3', sum: '2', part: '1/3', late: '0', reward: '33.33' },
    ]);
    expect(body.results?.inputs).toEqual({ Staff: { rows: 3, excluded: 0 } });
  });

  it('POST /v1/evaluate: the same of a folder and of its contents in a request', async () => {
    const book = folderBook({ 'Staff.csv': STAFF_CSV, 'Rules.allot': RULES });
    const { body } = await server.ask('/v1/evaluate', {
      body: {
        asOf: '2026-03-31',
        rules: RULES,
        tables: [
          {
            name: 'Staff',
            columns: ['id', 'side', 'base'],
            rows: [
              ['E1', 'back', 5000],
              ['E2', 'back', 4500.5],
              ['F1', 'front', 4000],
            ],
          },
        ],
      },
    });
    expect(body.results).toEqual(run(book, '2026-03-31'));
  });

  it.each([
    ['small.xlsx', '2026-03-31', 'reward', 'E08'],
    ['small.xlsx', '2026-03-31', 'net_pay', 'E08'],
    ['small.xlsx', '2025-12-31', 'pool_rate', undefined],
  ])('POST /v1/explain: what allot explain prints of %s as of %s', async (book, asOf, name, key) => {
    await explainsAlike(book, `samples/${book}`, asOf, name, key);
  });

  it.each(['03-share', '10-tiers', '11-chinese'])(
    'POST /v1/explain: every value of a row of %s',
    async (book) => {
      const file = casePath(book);
      const asOf = asOfOf(book);
      const [[table, { rows }]] = Object.entries(run(file, asOf).tables) as [[string, { rows: Row[] }]];
      const [row = { key: '' }] = rows;
      for (const name of Object.keys(row))
        if (name !== 'key') await explainsAlike(book, file, asOf, `${table}[${name}]`, row.key);
    },
  );

  async function explainsAlike(
    book: string,
    file: string,
    asOf: string,
    name: string,
    key: string | undefined,
  ): Promise<void> {
    for (const language of ['en', 'zh-CN']) {
      const { status, body } = await server.ask('/v1/explain', {
        headers: { 'Accept-Language': language },
        body: { book, asOf, name, ...(key === undefined ? {} : { key }) },
      });
      expect(status).toBe(200);
      const args = ['explain', file, '--as-of', asOf, name, ...(key === undefined ? [] : [key])];
      expect(body).toEqual(JSON.parse(allot([...args, '--json', '--lang', language]).out));
    }
  }
});

describe('a book with a ledger', () => {
  it('POST /v1/verify: what allot verify prints, before and after somebody changed it', async () => {
    const folder = scratch();
    const paid = path.join(folder, 'paid.xlsx');
    const pay = ['pay', 'samples/small.xlsx', '--as-of', '2026-03-31', '--by', 'Finance', '--out', paid];
    const { anchor } = JSON.parse(allot([...pay, '--json']).out);
    const own = await startServer([paid]);
    const verify = (more: object, language = 'en') =>
      own.ask('/v1/verify', {
        headers: { 'Accept-Language': language },
        body: { book: 'paid.xlsx', ...more },
      });
    const cli = (...more: readonly string[]) => JSON.parse(allot(['verify', paid, '--json', ...more]).out);
    expect((await verify({})).body).toEqual(cli());
    expect((await verify({ anchors: [anchor] })).body).toEqual(cli('--anchor', anchor));
    const other = anchor.replace(
      /^allot:1:./,
      (text: string) => `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`,
    );
    const differs = await verify({ anchors: [anchor, other] });
    expect(differs.body.findings).toEqual(cli('--anchor', other).findings);
    expect(differs.body.findings).toMatchObject([{ severity: 'error', kind: 'anchor-differs', row: '1' }]);
    const { key } = keyPair(folder);
    expect((await verify({ keys: [key] }, 'zh')).body).toEqual(cli('--key', key, '--lang', 'zh-CN'));
    // Other rules, in the same file: it is read anew.
    const rules = path.join(folder, 'rules.allot');
    writeFileSync(rules, allot(['rules', paid]).out.replace('pool_rate = 15%', 'pool_rate = 16%'));
    const changed = path.join(folder, 'changed.xlsx');
    expect(allot(['rules', paid, '--from', rules, '--out', changed]).status).toBe(0);
    cpSync(changed, paid);
    const now = await verify({}, 'zh-CN');
    expect(now.body).toEqual(cli('--lang', 'zh-CN'));
    expect(now.body.findings).not.toEqual([]);
  });
});

function keyPair(folder: string): { readonly key: string } {
  const { out } = allot(['keys', '--out', path.join(folder, 'secret.pem')]);
  return { key: /allot-key:\S+/.exec(out)?.[0] ?? '' };
}

describe('a served folder', () => {
  it('is read anew where a file of it changes, and books come and go', async () => {
    const folder = scratch();
    const book = path.join(folder, 'march');
    mkdirSync(book);
    writeFileSync(path.join(book, 'Rules.allot'), 'pool = 100\n');
    const own = await startServer([folder]);
    const pool = async (name: string) => {
      const answer = await own.ask('/v1/evaluate', { body: { book: name, asOf: '2026-03-31' } });
      return answer.status === 200 ? answer.body.results?.scalars.pool : codeOf(answer);
    };
    expect(await pool('march')).toBe('100');
    writeFileSync(path.join(book, 'Rules.allot'), 'pool = 2500\n');
    expect(await pool('march')).toBe('2500');
    expect(await pool('april')).toBe('unknown-book');
    cpSync(book, path.join(folder, 'april'), { recursive: true });
    expect(await pool('april')).toBe('2500');
  });
});
