import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * What becomes of what a client says: `pass` on; `swallow`: passed on, and the connection is cut when the server has answered; `cut`
 * before the server hears of it; `hang`: passed on, and no answer ever comes back.
 */
export type Fate = 'pass' | 'swallow' | 'cut' | 'hang';

export interface Proxy {
  readonly port: number;
  /** Connections so far. */
  connections(): number;
  /** How many of them did not pass. */
  troubled(): number;
  close(): Promise<void>;
}

/** A proxy on the loopback address that looks into what is said to a server and may break the connection. */
export async function proxyTo(
  port: number,
  fate: (said: string, connection: number) => Fate,
): Promise<Proxy> {
  let count = 0;
  let troubled = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const connection = ++count;
    const upstream = connect(port, '127.0.0.1');
    let now: Fate = 'pass';
    const cut = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', cut);
      socket.on('close', cut);
    }
    client.on('data', (bytes) => {
      if (now === 'pass') {
        now = fate(bytes.toString('latin1'), connection);
        if (now !== 'pass') troubled++;
      }
      if (now === 'cut') cut();
      else upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (now === 'pass') client.write(bytes);
      else if (now === 'swallow') cut();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    troubled: () => troubled,
    close: () =>
      new Promise((done) => {
        for (const socket of open) socket.destroy();
        server.close(() => done());
      }),
  };
}
