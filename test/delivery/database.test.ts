import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeliveryRefused, type Destination, type Paying } from '../../src/delivery/model.ts';
import { send } from '../../src/delivery/send/index.ts';
import { SourceFault } from '../../src/sources/model.ts';
import { READER } from '../sources/postgres.ts';
import { skipNote } from '../workbook/tools.ts';
import { type Database, SERVERS, WRITER } from './databases.ts';
import { type Fate, proxyTo } from './proxy.ts';
import {
  AMOUNTS,
  allot,
  bookFile,
  contentOf,
  context,
  destination,
  ledger,
  PAYING,
  paid,
  payments,
  scratch,
  verified,
} from './support.ts';

for (const { name, there } of SERVERS) if (!there) skipNote(name);

describe.each(SERVERS.filter(({ there }) => there))('$name', ({ kind, start }) => {
  let database: Database;
  let next = 0;
  beforeAll(async () => {
    database = await start();
  }, 120_000);
  afterAll(() => database?.stop());

  const to = (
    table: string,
    more: Partial<Destination> = {},
    user: string = WRITER.user,
    port = database.port,
  ) =>
    destination({
      kind,
      location: `127.0.0.1:${port}/company`,
      ...more,
      options: new Map([['table', table], ['user', user], ['password', 'DB'], ...(more.options ?? [])]),
    });

  async function sent(
    where: Destination,
    { all = payments(AMOUNTS), paying = PAYING, password = `${WRITER.password}`, timeout = 5000 } = {},
  ): Promise<string> {
    const secret = (): { value: string; host: null } => ({ value: password, host: null });
    return send(where, paying, contentOf(where, all, paying), context({ secret, timeout })).catch(
      (error: unknown) => {
        if (error instanceof SourceFault) return `fault ${error.reason} ${error.detail}`.trim();
        if (error instanceof DeliveryRefused) return JSON.stringify(error.refused);
        throw error;
      },
    );
  }

  const tableName = (): string => `payments_${++next}`;
  const amounts = async (table: string): Promise<unknown> =>
    Object.fromEntries(
      (await database.ask(`select member, amount + 0 from ${table} order by member`)).map(([who, amount]) => [
        who,
        Number(amount),
      ]),
    );
  const ALL = { E1: 5000.1, E2: 4500.5, E3: 0, E4: -12.34 };
  const rowsIn = async (table: string): Promise<number> =>
    Number((await database.ask(`select count(*) from ${table}`))[0]?.[0]);

  it('makes the table, and changes nothing when it is sent again', async () => {
    const table = tableName();
    expect(await sent(to(table))).toBe('delivered');
    expect(await amounts(table)).toEqual(ALL);
    const before = await database.ask(`select * from ${table} order by member`);
    expect(before[0]?.slice(0, 3)).toEqual([PAYING.run, 'net', 'E1']);
    expect(before[0]?.slice(4)).toEqual(['2026-03-31', 'payment', '1']);
    expect(await sent(to(table))).toBe('there');
    expect(await database.ask(`select * from ${table} order by member`)).toEqual(before);
  });

  it('refuses rows that differ, and leaves them', async () => {
    const table = tableName();
    await sent(to(table));
    const other = payments({ ...AMOUNTS, E2: '4500.51' });
    expect(JSON.parse(await sent(to(table), { all: other }))).toEqual({ kind: 'differs', found: table });
    const fewer = payments({ E1: '5000.10' });
    expect(JSON.parse(await sent(to(table), { all: fewer }))).toEqual({ kind: 'differs', found: table });
    expect(await amounts(table)).toEqual(ALL);
    // Somebody who changes the table is found out, too.
    await database.ask(`delete from ${table} where member = 'E4'`);
    expect(JSON.parse(await sent(to(table)))).toEqual({ kind: 'differs', found: table });
  });

  it('puts an adjustment beside its run, and refuses another run of the same period', async () => {
    const table = tableName();
    await sent(to(table));
    const adjustment: Paying = {
      ...PAYING,
      kind: 'adjustment',
      number: '4',
      run: 'cd'.repeat(32),
      adjusts: '1',
    };
    const more = payments({ E1: '-0.10', E9: '7' });
    expect(await sent(to(table), { paying: adjustment, all: more })).toBe('delivered');
    expect(await sent(to(table), { paying: adjustment, all: more })).toBe('there');
    expect(await rowsIn(table)).toBe(6);
    const again: Paying = { ...PAYING, number: '5', run: 'ef'.repeat(32) };
    expect(JSON.parse(await sent(to(table), { paying: again }))).toEqual({
      kind: 'paid-before',
      run: PAYING.run,
      count: 4,
      members: ['E1', 'E2', 'E3'],
    });
    expect(await rowsIn(table)).toBe(6);
    // Another copy of the workbook may write keys in other letters.
    const letters = payments({ 'e3 ': '1', E8: '2' });
    expect(JSON.parse(await sent(to(table), { paying: again, all: letters }))).toEqual({
      kind: 'paid-before',
      run: PAYING.run,
      count: 1,
      members: ['E3'],
    });
    const april: Paying = { ...again, asOf: '2026-04-30' };
    expect(await sent(to(table), { paying: april })).toBe('delivered');
    // Another statement of the same run comes beside the first, and is a delivery of its own.
    expect(await sent(to(table), { all: payments({ E1: '1' }, 'bonus') })).toBe('delivered');
    expect(await sent(to(table))).toBe('there');
  });

  it('puts everybody there once when many send at the same time, into a table that is not there yet', async () => {
    const table = tableName();
    const all = await Promise.all(Array.from({ length: 6 }, () => sent(to(table))));
    expect([...all].sort()).toEqual(['delivered', 'there', 'there', 'there', 'there', 'there']);
    expect(await amounts(table)).toEqual(ALL);
  });

  it('puts one of several runs of a period there, also where one names the schema of the table', async () => {
    const table = tableName();
    const schema = kind === 'postgresql' ? 'public' : 'company';
    await sent(to(table), { paying: { ...PAYING, asOf: '2026-02-28' } });
    // Between having looked and having put there is time for others.
    await database.ask(
      kind === 'postgresql'
        ? `create function slow_${table}() returns trigger language plpgsql as 'begin perform pg_sleep(0.3); return null; end'`
        : `create trigger slow_${table} before insert on ${table} for each row set new.kind = if(sleep(0.05) = 0, new.kind, '')`,
    );
    if (kind === 'postgresql')
      await database.ask(
        `create trigger slow before insert on ${table} for each statement execute function slow_${table}()`,
      );
    const all = await Promise.all(
      Array.from({ length: 4 }, (_, i) => {
        const paying: Paying = { ...PAYING, number: String(i + 2), run: String(i + 2).padStart(64, '0') };
        return sent(to(table, i % 2 === 0 ? {} : { options: new Map([['schema', schema]]) }), { paying });
      }),
    );
    expect(all.filter((one) => one === 'delivered')).toHaveLength(1);
    expect(all.filter((one) => one.includes('paid-before'))).toHaveLength(3);
    expect(await rowsIn(table)).toBe(8);
  });

  const INSERT = /insert into/i;
  // Not `read committed`.
  const COMMIT = /\bcommit\b/i;
  it.each<
    readonly [
      name: string,
      fate: (said: string, connection: number) => Fate,
      says: string,
      there: boolean,
      connections: number,
    ]
  >([
    [
      'the answer to the commit is lost',
      (said, n) => (n === 1 && COMMIT.test(said) ? 'swallow' : 'pass'),
      'delivered',
      true,
      2,
    ],
    [
      'the commit is lost',
      (said, n) => (n === 1 && COMMIT.test(said) ? 'cut' : 'pass'),
      'delivered',
      true,
      2,
    ],
    [
      'the connection breaks within the transaction',
      (said, n) => (n === 1 && INSERT.test(said) ? 'swallow' : 'pass'),
      'delivered',
      true,
      2,
    ],
    [
      'every answer to a commit is lost',
      (said) => (COMMIT.test(said) ? 'swallow' : 'pass'),
      'delivered',
      true,
      2,
    ],
    [
      'every connection breaks within the transaction',
      (said) => (INSERT.test(said) ? 'swallow' : 'pass'),
      'fault cut-off',
      false,
      3,
    ],
    [
      'the answer to the commit never comes',
      (said, n) => (n === 1 && COMMIT.test(said) ? 'hang' : 'pass'),
      'delivered',
      true,
      2,
    ],
  ])('has everybody once or nobody where %s', async (_, fate, says, there, connections) => {
    const table = tableName();
    // The table is there, so that what follows is about rows.
    await sent(to(table), { paying: { ...PAYING, asOf: '2026-01-31', run: '0'.repeat(64) } });
    const proxy = await proxyTo(database.port, fate);
    try {
      const all = await sent(to(table, {}, WRITER.user, proxy.port), { timeout: 1500 });
      // The last go may be one that finds it there; of the first no one knows.
      expect(all.replace(/ (?:ECONNRESET|PROTOCOL_CONNECTION_LOST)$/, '')).toBe(says);
      const rows = await database.ask(
        `select member from ${table} where run = '${PAYING.run}' order by member`,
      );
      expect(rows.flat()).toEqual(there ? ['E1', 'E2', 'E3', 'E4'] : []);
      expect(proxy.connections()).toBe(connections);
      expect(proxy.troubled()).toBe(there ? 1 : 3);
      expect(await sent(to(table))).toBe(there ? 'there' : 'delivered');
      expect(await rowsIn(table)).toBe(8);
    } finally {
      await proxy.close();
    }
  });

  it('goes by the command line, which loses the answer to the commit', async () => {
    const table = tableName();
    const proxy = await proxyTo(database.port, (said, n) =>
      n === 1 && COMMIT.test(said) ? 'swallow' : 'pass',
    );
    try {
      const options = `user = writer; password = DB; table = ${table}`;
      const location = `127.0.0.1:${proxy.port}/company`;
      const mapping = 'abteilung = Department; betrag = amount';
      const file = bookFile(scratch(), [{ name: 'payroll', kind, location, options, mapping }]);
      await paid(file);
      const env = { ALLOT_SECRET_DB: WRITER.password };
      const said = await allot(['deliver', file, '--by', 'Finance A'], env);
      expect([said.status, said.out]).toEqual([
        0,
        expect.stringContaining('delivered: 3 amounts, net 600.35'),
      ]);
      expect(
        await database.ask(`select member, betrag + 0, abteilung from ${table} order by member`),
      ).toEqual(
        [
          ['E1', '100.10', 'Sales'],
          ['E2', '200.25', 'Service'],
          ['E3', '300', 'Sales'],
        ].map(([member = '', amount = '', department = '']) => [
          member,
          expect.stringMatching(new RegExp(`^${amount.replace(/0$/, '')}`)),
          department,
        ]),
      );
      expect((await allot(['deliver', file, '--again'], env)).out).toContain(
        'already there, just as it is here',
      );
      expect(await rowsIn(table)).toBe(3);
      await verified(file);
      expect((await ledger(file)).map(({ Event }) => Event)).toEqual(['paid', 'delivered']);
    } finally {
      await proxy.close();
    }
  });

  it('refuses a table that is not made for it', async () => {
    const table = tableName();
    await database.run(
      `create table ${table} (run varchar(64), statement varchar(120), member varchar(120), amount decimal(12, 2))`,
    );
    await database.run(kind === 'postgresql' ? `grant all on ${table} to writer` : 'select 1');
    expect(JSON.parse(await sent(to(table)))).toEqual({
      kind: 'bad-table',
      table,
      what: 'as_of, kind, number',
    });
    const keyless = tableName();
    await database.run(
      `create table ${keyless} (run varchar(64), statement varchar(120), member varchar(120), amount decimal(12, 2), as_of date, kind varchar(16), number integer, primary key (run, member))`,
    );
    await database.run(kind === 'postgresql' ? `grant all on ${keyless} to writer` : 'select 1');
    expect(JSON.parse(await sent(to(keyless)))).toEqual({
      kind: 'bad-table',
      table: keyless,
      what: 'primary key (member, run, statement)',
    });
  });

  it('takes back what a table rounds', async () => {
    const table = tableName();
    await database.run(
      `create table ${table} (run varchar(64), statement varchar(120), member varchar(120), amount decimal(12, 1), as_of date, kind varchar(16), number integer, primary key (run, statement, member))`,
    );
    await database.run(kind === 'postgresql' ? `grant all on ${table} to writer` : 'select 1');
    expect(JSON.parse(await sent(to(table)))).toEqual({ kind: 'kept-otherwise', table });
    expect(await rowsIn(table)).toBe(0);
    expect(await sent(to(table), { all: payments({ E1: '5000.1' }) })).toBe('delivered');
  });

  it('keeps every digit of an amount, and names that would be SQL', async () => {
    const table = tableName();
    const odd = payments({
      "O'Neil\\'); drop table x; --": '123456789012345678901.0000000001',
      "ß '": '0.1',
    });
    expect(await sent(to(table), { all: odd })).toBe('delivered');
    expect(await sent(to(table), { all: odd })).toBe('there');
    const rows = await database.ask(`select member, amount from ${table} order by amount desc`);
    expect(rows[0]).toEqual(["O'Neil\\'); drop table x; --", '123456789012345678901.0000000001']);
    expect(rows[1]?.[0]).toBe("ß '");
    expect(await sent(to('x; drop table y'))).toBe(
      JSON.stringify({ kind: 'bad-option', name: 'table', text: 'x; drop table y' }),
    );
  });

  it('says what the database says, without the password', async () => {
    const said = await sent(to(tableName(), {}, READER.user), { password: READER.password });
    expect(said).toMatch(/^fault database .*denied/);
    const wrong = await sent(to(tableName()), { password: 'wrong-password-of-nobody' });
    expect(wrong).toMatch(/^fault database /);
    expect(wrong).not.toContain('wrong-password-of-nobody');
    expect(await sent(to(tableName(), {}, WRITER.user, 1))).toBe('fault unreachable ECONNREFUSED');
  });
});
