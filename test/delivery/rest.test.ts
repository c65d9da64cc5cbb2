import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DeliveryRefused, type Destination, type Payment } from '../../src/delivery/model.ts';
import { sendRest } from '../../src/delivery/send/rest.ts';
import { SourceFault } from '../../src/sources/model.ts';
import { type PayServer, payServer, type Trouble } from './payServer.ts';
import { contentOf, context, destination, PAYING, payments } from './support.ts';

const EVERYBODY_ONCE = { E1: 1, E2: 1, E3: 1, E4: 1 };

interface Sending {
  readonly timeout?: number;
  readonly to?: Destination;
  readonly all?: readonly Payment[];
}

async function sent(server: PayServer, { timeout = 300, to, all }: Sending = {}): Promise<string> {
  const where = to ?? destination({ kind: 'rest', location: `${server.url}/payments` });
  return sendRest(where, PAYING, contentOf(where, all), context({ timeout })).catch((error: unknown) => {
    if (error instanceof SourceFault) return `fault ${error.reason} ${error.detail}`.trim();
    if (error instanceof DeliveryRefused)
      return `${error.refused.kind} ${'why' in error.refused ? error.refused.why : ''}`.trim();
    throw error;
  });
}

/** What goes wrong, what our side says, and whether people were paid. */
const TROUBLES: readonly (readonly [name: string, trouble: Trouble, says: string | RegExp, pays: boolean])[] =
  [
    ['nothing', () => 'next', 'delivered', true],
    [
      'takes it and cuts the connection',
      ({ method, attempt, response, take }) => {
        if (method !== 'PUT' || attempt > 2) return 'next';
        take();
        response.destroy();
        return 'done';
      },
      'delivered',
      true,
    ],
    [
      'takes it and cuts the connection, every time',
      ({ method, response, take }) => {
        if (method !== 'PUT') return 'next';
        take();
        response.destroy();
        return 'done';
      },
      'delivered',
      true,
    ],
    [
      'takes it and answers 500',
      ({ method, attempt, response, take }) => {
        if (method !== 'PUT' || attempt > 1) return 'next';
        take();
        response.writeHead(500).end('out of order');
        return 'done';
      },
      'delivered',
      true,
    ],
    [
      'takes it and answers 503, every time',
      ({ method, response, take }) => {
        if (method !== 'PUT') return 'next';
        take();
        response.writeHead(503).end();
        return 'done';
      },
      'delivered',
      true,
    ],
    [
      'takes it and answers half',
      ({ method, attempt, response, take }) => {
        if (method !== 'PUT' || attempt > 1) return 'next';
        take();
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': '100' });
        response.write('{"digest":');
        setTimeout(() => response.destroy(), 10);
        return 'done';
      },
      'delivered',
      true,
    ],
    [
      'takes it and is slower than anybody waits',
      ({ method, attempt, take }) => {
        if (method !== 'PUT' || attempt > 1) return 'next';
        take();
        return 'done';
      },
      'delivered',
      true,
    ],
    [
      'answers 409 to what it has',
      ({ method, attempt, response, take }) => {
        if (method !== 'PUT') return 'next';
        take();
        if (attempt === 1) response.destroy();
        else response.writeHead(409).end('a page');
        return 'done';
      },
      'delivered',
      true,
    ],
    [
      'answers 409 while it is busy with the first, which was cut off',
      ({ method, attempt, response, take }) => {
        if (method !== 'PUT') return 'next';
        if (attempt === 1) response.destroy();
        else response.writeHead(409).end();
        if (attempt === 2) setTimeout(take, 2);
        return 'done';
      },
      'delivered',
      true,
    ],
    [
      'answers 422 to what it finds wrong',
      ({ method, response }) => {
        if (method !== 'PUT') return 'next';
        response.writeHead(422).end();
        return 'done';
      },
      'fault status 422',
      false,
    ],
    [
      'takes it and answers nothing in 204',
      ({ method, response, take }) => {
        if (method !== 'PUT') return 'next';
        take();
        response.writeHead(204).end();
        return 'done';
      },
      'delivered',
      true,
    ],
    [
      'takes it and answers a page, and says what it has when asked',
      ({ method, response, take }) => {
        if (method !== 'PUT') return 'next';
        take();
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Thank you</html>');
        return 'done';
      },
      'delivered',
      true,
    ],
    [
      'answers a page to everything',
      ({ response }) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please log in</html>');
        return 'done';
      },
      'unconfirmed no-digest',
      false,
    ],
    [
      'says that it took it, and has nothing',
      ({ method, response }) => {
        if (method !== 'PUT') return 'next';
        response.writeHead(202).end();
        return 'done';
      },
      'unconfirmed not-there',
      false,
    ],
    [
      'answers 500 and takes nothing',
      ({ method, response }) => {
        if (method !== 'PUT') return 'next';
        response.writeHead(500).end();
        return 'done';
      },
      'fault status 500',
      false,
    ],
    [
      'cuts every connection',
      ({ response }) => {
        response.destroy();
        return 'done';
      },
      'fault cut-off',
      false,
    ],
    [
      'points to another host',
      ({ method, response }) => {
        if (method !== 'PUT') return 'next';
        response.writeHead(307, { location: 'https://example.com/payments' }).end();
        return 'done';
      },
      'fault redirect https://example.com',
      false,
    ],
    [
      'points elsewhere on its own host, which could be another run',
      ({ method, response }) => {
        if (method !== 'PUT') return 'next';
        response.writeHead(303, { location: '/payments/latest' }).end();
        return 'done';
      },
      /^fault redirect http:\/\/127/,
      false,
    ],
    [
      'does not accept the token',
      ({ response }) => {
        response.writeHead(401).end();
        return 'done';
      },
      'fault status 401',
      false,
    ],
    [
      'has something else under the run',
      ({ method, response }) => {
        if (method !== 'PUT') return 'next';
        response.writeHead(409, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ digest: 'cd'.repeat(32) }));
        return 'done';
      },
      'differs',
      false,
    ],
    [
      'says in 200 that it has something else',
      ({ method, response }) => {
        if (method !== 'PUT') return 'next';
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ digest: 'cd'.repeat(32) }));
        return 'done';
      },
      'differs',
      false,
    ],
  ];

it.each(TROUBLES)('pays everybody once where a server %s', async (_, trouble, says, pays) => {
  const server = await payServer(trouble);
  try {
    const said = await sent(server);
    if (typeof says === 'string') expect(said).toBe(says);
    else expect(said).toMatch(says);
    expect(Object.fromEntries(server.paid)).toEqual(pays ? EVERYBODY_ONCE : {});
    expect(new Set(server.keys)).toEqual(server.keys.length === 0 ? new Set() : new Set([PAYING.run]));
    // Bounded, and every attempt is the same to the byte.
    expect(server.keys.length).toBeLessThanOrEqual(4);
    expect(new Set(server.bodies).size).toBeLessThanOrEqual(1);
    for (const { path } of server.asked) expect(path).toBe(`/payments/${PAYING.run}`);
    // Once more, as somebody would who saw it fail.
    await sent(server);
    expect(Object.fromEntries(server.paid)).toEqual(pays ? EVERYBODY_ONCE : {});
  } finally {
    await server.close();
  }
});

/** What may happen to a request, by turns. */
const FATES = [
  'next',
  'cut',
  'take and cut',
  '500',
  'take and 500',
  '409',
  'take and page',
  'take and 204',
  '404',
] as const;

it('pays nobody twice, and everybody whom it says it paid, whatever happens to its requests', async () => {
  const said = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...FATES), { maxLength: 14 }), async (fates) => {
      const left = [...fates];
      const server = await payServer(({ method, response, take }) => {
        const fate = left.shift() ?? 'next';
        if (fate === 'next') return 'next';
        if (fate.startsWith('take') && method === 'PUT') take();
        if (fate.endsWith('cut')) response.destroy();
        else if (fate.endsWith('page')) response.writeHead(200).end('<html></html>');
        else response.writeHead(Number(/\d+$/.exec(fate)?.[0])).end();
        return 'done';
      });
      try {
        for (let time = 0; time < 3; time++) {
          const says = await sent(server, { timeout: 5000 });
          said.add(says);
          const paid = [...server.paid.values()];
          expect(paid.every((count) => count === 1)).toBe(true);
          if (says === 'delivered' || says === 'there') expect(paid).toHaveLength(4);
          expect(says).not.toBe('differs');
        }
        // Whatever it was, it is over in the end.
        left.length = 0;
        expect(await sent(server, { timeout: 5000 })).toMatch(/^(?:delivered|there)$/);
        expect(Object.fromEntries(server.paid)).toEqual(EVERYBODY_ONCE);
      } finally {
        await server.close();
      }
    }),
    { numRuns: Number(process.env.ALLOT_RUNS ?? 100) },
  );
  // It has seen both ends.
  expect([...said].some((one) => one.startsWith('fault'))).toBe(true);
  expect(said.has('delivered')).toBe(true);
});

it('says of the second time that it is there', async () => {
  const server = await payServer();
  expect(await sent(server)).toBe('delivered');
  expect(await sent(server)).toBe('there');
  const other = payments({ E1: '5000.11', E2: '4500.5', E3: '0', E4: '-12.34' });
  expect(await sent(server, { all: other })).toBe('differs');
  expect(Object.fromEntries(server.paid)).toEqual(EVERYBODY_ONCE);
  expect(server.amounts.get('E1')).toBe('5000.1');
  await server.close();
});

it('pays once what several send at the same time', async () => {
  const server = await payServer();
  const all = await Promise.all(Array.from({ length: 8 }, () => sent(server, { timeout: 5000 })));
  expect(all.every((one) => one === 'delivered' || one === 'there')).toBe(true);
  expect(Object.fromEntries(server.paid)).toEqual(EVERYBODY_ONCE);
  await server.close();
});

it('sends exact texts, to where the location says', async () => {
  const server = await payServer();
  const to = destination({
    kind: 'rest',
    location: `${server.url}/{as-of}/runs/{run}?dry=no`,
    options: new Map([['decimals', '2']]),
    mapping: [
      { field: 'member', from: { kind: 'own', own: 'member' } },
      { field: 'amount', from: { kind: 'own', own: 'amount' } },
    ],
  });
  const big = payments({ E1: '123456789012345678.1', E2: '0.10' });
  expect(await sent(server, { to, all: big })).toBe('delivered');
  expect(server.asked.map(({ path }) => path)).toEqual([`/2026-03-31/runs/${PAYING.run}?dry=no`]);
  expect(JSON.parse(server.bodies[0] ?? '')).toEqual({
    version: 1,
    kind: 'payment',
    run: PAYING.run,
    number: 1,
    asOf: '2026-03-31',
    digest: contentOf(to, big).digest,
    totals: { net: '123456789012345678.2' },
    payments: [
      { member: 'E1', amount: '123456789012345678.10' },
      { member: 'E2', amount: '0.10' },
    ],
  });
  await server.close();
});

it('goes to https only, but for this machine, and takes tokens from outside', async () => {
  const refusing = (location: string, options: readonly (readonly [string, string])[] = []) => {
    const to = destination({ kind: 'rest', location, options: new Map(options) });
    return sendRest(to, PAYING, contentOf(to), context()).catch((error: unknown) =>
      error instanceof SourceFault ? `${error.reason} ${error.detail}`.trim() : error,
    );
  };
  expect(await refusing('http://pay.example.com/runs')).toBe('not-https http');
  expect(await refusing('https://user:secret@pay.example.com/runs')).toBe('user-in-address');
  expect(await refusing('https://pay.example.com/runs?token=abc')).toBe('secret-in-address token');
  expect(await refusing('https://pay.example.com/runs', [['token', 'BANK']])).toBe('no-secret BANK');
});
