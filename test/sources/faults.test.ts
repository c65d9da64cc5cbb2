import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, type Server, createServer as tcpServer } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scratch } from '../cli/files.ts';
import { said } from '../cli/inProcess.ts';
import { skipNote } from '../workbook/tools.ts';
import { type SourceRow, smallBook, tableTexts } from './books.ts';
import { FAULTS, httpServer, json, type TestServer } from './httpServer.ts';
import { freePort, postgresPrograms, READER, startPostgres, type TestPostgres } from './postgres.ts';
import { soapServer, wsdl } from './soapServer.ts';

const STAFF = { Staff: ['Id Name Base', 'E1|Anna|#5000', 'E2|Bo|#4500.5'] } as const;

/** Refreshes a small book from one source that fails: nothing may change, and both languages say why. */
async function fails(
  source: Omit<SourceRow, 'table'>,
  english: RegExp,
  chinese: RegExp,
  more: readonly string[] = [],
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<void> {
  const folder = scratch();
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  const file = smallBook(folder, STAFF, [{ table: 'Staff', ...source }]);
  const before = readFileSync(file);
  const args = ['refresh', file, '--timeout', '1', ...more];
  // At the same time: most of it is waiting.
  const [told, zh, data] = await Promise.all([said(args), said(args, 'zh-CN'), said([...args, '--json'])]);
  expect([told.out, told.status]).toEqual([expect.stringMatching(english), 2]);
  expect(told.err).toBe('\nNothing is written.\n');
  expect([zh.out, zh.status, zh.err]).toEqual([expect.stringMatching(chinese), 2, '\n未写入任何内容。\n']);
  const asked = JSON.parse(data.out);
  expect(asked).toMatchObject({ issues: [{ severity: 'error', kind: 'fault', table: 'Staff' }], path: null });
  expect(readFileSync(file).equals(before)).toBe(true);
}

describe('a REST source', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await httpServer((request, response, asked) => {
      const name = asked.replace(/^.*\//, '').replace(/\?.*$/, '');
      FAULTS[name]?.(request, response, asked);
    });
  });
  afterAll(() => server.close());

  const rest = (name: string, options = ''): Omit<SourceRow, 'table'> => ({
    kind: 'rest',
    location: `${server.url}/${name}`,
    options,
  });

  it.each([
    ['slow', /No answer came in time/, /等待超时/],
    ['stuck', /No answer came in time/, /等待超时/],
    ['500', /The server answered 500\./, /服务器返回 500。/],
    ['401', /The server answered 401: the token is not accepted/, /服务器返回 401：令牌未被接受/],
    ['cut-off', /The answer was cut off before its end/, /答复在结束之前中断/],
    ['cut-off-chunked', /The answer was cut off before its end/, /答复在结束之前中断/],
    ['hang-up', /The answer was cut off before its end/, /答复在结束之前中断/],
    ['wrong-json', /The answer is no JSON/, /答复不是 JSON/],
    ['page', /The answer is no JSON/, /答复不是 JSON/],
    [
      'elsewhere',
      /points to another place \(https:\/\/example\.com\)/,
      /指向其他地址（https:\/\/example\.com）/,
    ],
    ['no-list', /has no list of rows, or several/, /没有数据列表，或不止一个/],
    ['two-lists', /has no list of rows, or several/, /没有数据列表，或不止一个/],
    ['no-object', /Row 1 does not have the form/, /第 1 行与其他行的形式不同/],
  ])('that is %s', async (name, english, chinese) => {
    await fails(rest(name), english, chinese);
  });

  it('whose pages lead elsewhere or nowhere', async () => {
    const options = 'rows = rows; next = next';
    await fails(rest('next-elsewhere', options), /another place \(https:\/\/example\.com\)/, /指向其他地址/);
    await fails(rest('next-same', options), /pages do not come to an end/, /分页没有尽头/);
    await fails(rest('no-list', 'rows = data.rows'), /no list at data\.rows/, /data\.rows 处没有列表/);
  });

  it('is asked three times where it fails, other methods and answers once', async () => {
    const count = (): number => server.asked.filter((one) => one.path === '/500').length;
    const before = count();
    const folder = scratch();
    const file = smallBook(folder, STAFF, [{ table: 'Staff', ...rest('500') }]);
    await said(['refresh', file]);
    expect(count() - before).toBe(3);
    const refused = server.asked.filter((one) => one.path === '/401').length;
    await said(['refresh', smallBook(folder, STAFF, [{ table: 'Staff', ...rest('401') }])]);
    expect(server.asked.filter((one) => one.path === '/401').length - refused).toBe(1);
  });

  it('whose address is none that is asked', async () => {
    const at = (location: string): Omit<SourceRow, 'table'> => ({ kind: 'rest', location });
    await fails(
      at('http://example.com/rows'),
      /Only https addresses are asked, not http/,
      /只访问 https 地址/,
    );
    await fails(at('ftp://127.0.0.1/rows'), /not ftp/, /不访问 ftp/);
    await fails(at('rows'), /no address that can be asked/, /不是可以访问的地址/);
    await fails(
      at('https://me:hush@example.com/'),
      /There is a user or a password in the address/,
      /地址中带有用户名或密码/,
    );
    await fails(
      at('https://example.com/?api_key=hush'),
      /api_key of the address looks like a secret/,
      /疑似密钥/,
    );
    const folder = scratch();
    const file = smallBook(folder, STAFF, [
      { table: 'Staff', ...at('https://me:hush@example.com/?token=hush') },
    ]);
    const told = await said(['refresh', file]);
    expect(told.out + told.err).not.toContain('hush');
    await fails(
      at(`http://127.0.0.1:${await freePort()}/`),
      /Nobody answers there \(ECONNREFUSED\)/,
      /无法连接（ECONNREFUSED）/,
    );
  });

  it('that wants a secret nobody gave, or one of another host', async () => {
    await fails(
      rest('page', 'token = POLLS'),
      /There is no secret POLLS\. Give it with --secret POLLS=env/,
      /没有名为 POLLS 的密钥/,
    );
    const files = { 'polls.secret': 'hush-hush' };
    const folder = scratch();
    writeFileSync(path.join(folder, 'polls.secret'), 'hush-hush');
    const secret = ['--secret', `POLLS@polls.example.com=file:${folder}/polls.secret`];
    const before = server.asked.length;
    await fails(
      rest('page', 'token = POLLS'),
      /for another host \(POLLS: polls\.example\.com\)/,
      /只用于另一主机/,
      secret,
      files,
    );
    expect(server.asked.length).toBe(before);
    const file = smallBook(folder, STAFF, [{ table: 'Staff', ...rest('page') }]);
    const none = await said(['refresh', file, '--secret', `POLLS=file:${folder}/none`]);
    expect([none.status, none.err]).toEqual([
      2,
      `error: This secret cannot be had: POLLS=file:${folder}/none.\n`,
    ]);
    expect((await said(['refresh', file, '--secret', 'POLLS=hush'])).err).toContain(
      'Write NAME=env:VARIABLE',
    );
  });

  it('that is larger than one that is taken, or mends itself', async () => {
    let times = 0;
    const other = await httpServer((_, response) => {
      times++;
      if (times < 3) {
        response.writeHead(503);
        response.end();
      } else json(response, [{ id: 'E1', name: 'Anna', base: 5100 }]);
    });
    const file = smallBook(scratch(), STAFF, [
      { table: 'Staff', kind: 'rest', location: other.url, mode: 'merge' },
    ]);
    expect((await said(['refresh', file])).status).toBe(0);
    expect(await tableTexts(file, 'Staff')).toEqual([
      ['E1', 'Anna', '5100'],
      ['E2', 'Bo', '4500.5'],
    ]);
    await other.close();
  });

  it('follows a redirection within its server, and the Link header', async () => {
    const other = await httpServer((_, response, asked) => {
      if (asked === '/') {
        response.writeHead(301, { location: '/first' });
        response.end();
      } else if (asked === '/first')
        json(response, [{ id: 'E1', name: 'Anna', base: 1 }], {
          link: '<second>; rel="next", <first>; rel="prev"',
        });
      else json(response, [{ id: 'E2', name: 'Bo', base: 2 }]);
    });
    const file = smallBook(scratch(), STAFF, [{ table: 'Staff', kind: 'rest', location: other.url }]);
    expect((await said(['refresh', file, '--accept'])).status).toBe(0);
    expect(await tableTexts(file, 'Staff')).toEqual([
      ['E1', 'Anna', '1'],
      ['E2', 'Bo', '2'],
    ]);
    await other.close();
  });
});

describe('a SOAP source', () => {
  let server: TestServer;
  let service: TestServer;
  const fields = [{ name: 'Id', type: 'string' }] as const;
  beforeAll(async () => {
    service = await soapServer(fields, () => {
      throw new Error('the service is tired');
    });
    server = await httpServer((request, response, asked) => {
      const [, name = '', rest = ''] = /^\/([^/?]*)(.*)$/.exec(asked) ?? [];
      if (request.method === 'GET' && rest === '/service?wsdl') {
        response.writeHead(200, { 'content-type': 'text/xml' });
        const there = name === 'other-host' ? 'https://example.com/service' : `${server.url}/${name}/service`;
        response.end(wsdl(there, fields));
      } else FAULTS[name]?.(request, response, asked);
    });
  });
  afterAll(async () => {
    await server.close();
    await service.close();
  });

  const soap = (name: string, query = 'list'): Omit<SourceRow, 'table'> => ({
    kind: 'soap',
    location: `${server.url}/${name}`,
    query,
  });

  it.each([
    ['500', /The server answered 500/, /服务器返回 500/],
    ['slow', /No answer came in time/, /等待超时/],
    ['cut-off', /The answer was cut off/, /答复在结束之前中断/],
    ['elsewhere', /points to another place/, /指向其他地址/],
    ['page', /description of the service \(WSDL\) cannot be understood/, /无法理解服务描述/],
    ['slow/service?wsdl', /No answer came in time/, /等待超时/],
    ['401/service?wsdl', /The server answered 401/, /服务器返回 401/],
    ['cut-off/service?wsdl', /The answer was cut off/, /答复在结束之前中断/],
    ['elsewhere/service?wsdl', /points to another place/, /指向其他地址/],
    ['other-host/service?wsdl', /points to another place \(https:\/\/example\.com\)/, /指向其他地址/],
    ['wrong-json/service?wsdl', /The service reports a fault/, /服务报告错误/],
  ])('that is %s', async (name, english, chinese) => {
    await fails(soap(name), english, chinese);
  });

  it('whose operation fails, or is none', async () => {
    const source = { kind: 'soap', location: `${service.url}/rows?wsdl` };
    await fails(
      { ...source, query: 'list' },
      /reports a fault: .*the service is tired/,
      /服务报告错误：.*tired/,
    );
    await fails({ ...source, query: 'remove' }, /no operation “remove”/, /没有操作 “remove”/);
    await fails({ ...source, query: 'list(month)' }, /no operation/, /没有操作/);
  });
});

const programs = postgresPrograms();
if (programs === null) skipNote('PostgreSQL');

describe.skipIf(programs === null)('a PostgreSQL source', () => {
  let database: TestPostgres;
  beforeAll(async () => {
    database = await startPostgres(programs ?? '');
    await database.run('create table staff (id text, name text, base numeric)');
    await database.run(`create function slow() returns text language sql as $$ select pg_sleep(30)::text $$`);
  });
  afterAll(() => database?.stop());

  const folderWith = (password: string): readonly string[] => {
    const folder = scratch();
    writeFileSync(path.join(folder, 'secret'), password);
    return ['--secret', `DB=file:${folder}/secret`];
  };
  const postgres = (
    query: string,
    port = database.port,
    options = 'user = reader; password = DB',
  ): Omit<SourceRow, 'table'> => ({
    kind: 'postgresql',
    location: `127.0.0.1:${port}/company`,
    query,
    options,
  });

  it('that refuses, is slow, or does not know', async () => {
    const good = folderWith(READER.password);
    await fails(postgres('staff'), /28P01: password authentication failed/, /28P01/, folderWith('wrong'));
    await fails(postgres('select slow()'), /No answer came in time/, /等待超时/, good);
    await fails(postgres('nobody'), /42P01: relation "nobody" does not exist/, /42P01/, good);
    await fails(
      postgres('select 1; drop table staff'),
      /42601: cannot insert multiple commands/,
      /42601/,
      good,
    );
    await fails(postgres('drop table staff'), /Write one query/, /请在“查询”中写一条查询语句/, good);
    await fails(
      postgres('with x as (delete from staff returning *) select * from x'),
      /25006: cannot execute SELECT in a read-only/,
      /25006/,
      good,
    );
    await fails(postgres('staff', 1), /Nobody answers there \(ECONNREFUSED\)/, /无法连接/, good);
    await fails(
      postgres('staff', database.port, 'password = DB'),
      /option user is missing/,
      /选项 user 缺失/,
      good,
    );
    await fails(
      { ...postgres('staff'), location: 'reader:hush@127.0.0.1/company' },
      /user or a password in the address/,
      /地址中带有用户名或密码/,
      good,
    );
    await fails({ ...postgres('staff'), location: '127.0.0.1' }, /no address/, /不是可以访问的地址/, good);
  });

  it('that hangs up in the middle', async () => {
    // Between us and the database stands somebody who lets the greeting through, and no rows.
    const proxy: Server = tcpServer((client) => {
      const to = connect(database.port, '127.0.0.1');
      client.pipe(to);
      let bytes = 0;
      to.on('data', (data) => {
        bytes += data.length;
        if (bytes < 2000) client.write(data);
        else {
          client.write(data.subarray(0, 100));
          client.destroy();
          to.destroy();
        }
      });
      for (const socket of [client, to]) socket.on('error', () => {});
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    const { port } = proxy.address() as AddressInfo;
    const query = "select i::text as id, repeat('x', 100) as name, i as base from generate_series(1, 1000) i";
    await fails(
      postgres(query, port),
      /The answer was cut off before its end/,
      /答复在结束之前中断/,
      folderWith(READER.password),
    );
    proxy.close();
  });

  it('never gets a password of this machine that the workbook does not name', async () => {
    process.env.PGPASSWORD = READER.password;
    try {
      await fails(
        postgres('staff', database.port, 'user = reader'),
        /The database reports an error/,
        /数据库报告错误/,
      );
    } finally {
      delete process.env.PGPASSWORD;
    }
  });
});

describe('a file', () => {
  it('that is not there, half there, or none', async () => {
    const csv = (location: string): Omit<SourceRow, 'table'> => ({ kind: 'csv', location });
    await fails(csv('none.csv'), /There is no file none\.csv/, /找不到文件 none\.csv/);
    await fails(csv('.'), /cannot be read \(EISDIR\)/, /无法读取文件/);
    const files = {
      'half.csv': 'id,name,base\nE1,Anna,5000\nE2,B',
      'quote.csv': 'id,name,base\nE1,"Anna,5000\n',
      'bytes.csv': new Uint8Array([0x69, 0x64, 0x0a, 0x00, 0x01]),
      'text.xlsx': 'id,name',
    };
    await fails(
      csv('half.csv'),
      /Row 3 does not have the form of the others/,
      /第 3 行与其他行的形式不同/,
      [],
      files,
    );
    await fails(csv('quote.csv'), /A quoted field is not closed/, /带引号的字段没有闭合/, [], files);
    await fails(csv('bytes.csv'), /no encoding that can be read/, /文件编码无法识别/, [], files);
    await fails({ kind: 'workbook', location: 'text.xlsx' }, /no \.xlsx workbook/, /不是/, [], files);
    await fails(
      { kind: 'workbook', location: 'none.xlsx#Staff' },
      /There is no file none\.xlsx/,
      /找不到文件/,
    );
  });
});
