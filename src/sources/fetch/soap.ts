import { textValue } from '../../exact/value.ts';
import { type Fetched, type Source, type SourceCell, SourceFault } from '../model.ts';
import { pairsOf } from '../pairs.ts';
import { webAddress } from './address.ts';
import { controlsAsked, type FetchContext, MAX_ROWS } from './context.ts';
import { ask } from './http.ts';
import { atPath, isObject, rowsIn, tableOf } from './json.ts';
import { redacted, secretFor } from './secrets.ts';

/**
 * Rows from an operation that a WSDL describes: `Query` is `Operation` or `Operation(month = 2026-03; filter.region = Central)`.
 * The service lies where its description does. Options: `rows` (path of the list in the answer), `token`.
 */
export async function fetchSoap(source: Source, context: FetchContext): Promise<Fetched> {
  const wsdl = webAddress(source.location);
  const token = secretFor(source, 'token', wsdl.hostname, context);
  const [, operation = '', written = ''] =
    /^([\p{L}_][\p{L}\p{N}_.-]*)\s*(?:\((.*)\))?$/su.exec(source.query) ?? [];
  const pairs = pairsOf(written);
  if (operation === '' || pairs === null) throw new SourceFault('no-operation', source.query);
  const { createClientAsync } = await import(/* webpackMode: "eager" */ 'soap').catch(() => {
    throw new SourceFault('no-driver', 'soap');
  });
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  // What goes wrong on the way is told by its own name, however the client wraps it.
  const faults: unknown[] = [];

  async function http(
    address: string,
    body: string | null,
    more: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly text: string; readonly headers: Record<string, string> }> {
    const url = webAddress(address);
    if (url.origin !== wsdl.origin) throw new SourceFault('redirect', url.origin);
    const { status, text, headers } = await ask(
      {
        url,
        method: body === null ? 'GET' : 'POST',
        headers: { ...more, ...authorization },
        ...(body === null ? {} : { body }),
      },
      context,
    );
    // A fault of SOAP comes with 500 and says more than its status.
    if (status !== 200 && !(body !== null && status === 500 && text.includes('Fault')))
      throw new SourceFault('status', String(status));
    return { status, text, headers: Object.fromEntries(headers) };
  }

  const httpClient = {
    request(
      address: string,
      data: string | null,
      done: (error: unknown, response?: unknown, body?: string) => void,
      headers: Readonly<Record<string, unknown>> = {},
    ) {
      const plain = Object.fromEntries(
        Object.entries(headers)
          .filter(([name]) => !/^(?:host|connection|content-length|accept-encoding)$/i.test(name))
          .map(([name, value]) => [name.toLowerCase(), String(value)]),
      );
      const work = http(address, data ?? null, plain).then(
        (answer) =>
          done(null, { status: answer.status, headers: answer.headers, data: answer.text }, answer.text),
        (error: unknown) => {
          faults.push(error);
          done(error);
        },
      );
      // The client's type is that of its own way of asking, which is not used.
      return work as never;
    },
  };

  let answer: unknown;
  let called = false;
  try {
    const client = await createClientAsync(wsdl.href, {
      httpClient,
      disableCache: true,
      handleNilAsNull: true,
      // Texts stay as they were written: numbers and days are made of them by us.
      customDeserializer: new Proxy({}, { get: () => (text: string) => text }),
    });
    const call: unknown = Object.hasOwn(client, `${operation}Async`)
      ? client[`${operation}Async`]
      : undefined;
    if (typeof call !== 'function') throw new SourceFault('no-operation', operation);
    called = true;
    [answer] = await call.call(client, argumentsOf(pairs));
  } catch (error) {
    if (faults.length > 0) throw faults[0];
    if (error instanceof SourceFault) throw error;
    if (context.signal?.aborted === true) throw context.signal.reason;
    const said = redacted(error instanceof Error ? error.message : String(error), [token]).slice(0, 300);
    throw called ? new SourceFault('soap-fault', said) : new SourceFault('bad-wsdl', said);
  }
  const rows = rowsIn(answer, source.options.get('rows')).map(plainRow);
  if (rows.length > MAX_ROWS) throw new SourceFault('too-large', String(MAX_ROWS));
  const controls = new Map<string, SourceCell>();
  for (const asked of controlsAsked(source)) {
    const cell = xmlCell(atPath(answer, asked.slice(1).trim()));
    if (cell !== undefined && cell.kind !== 'blank') controls.set(asked, cell);
  }
  const wanted = source.mapping.flatMap(({ field }) => (field === null ? [] : [field]));
  return { ...tableOf(rows, wanted, xmlCell), controls };
}

/** `filter.region` stands inside of `filter`. */
function argumentsOf(pairs: readonly (readonly [string, string])[]): Readonly<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const [path, value] of pairs) {
    const steps = path.split('.');
    let at = all;
    for (const step of steps.slice(0, -1)) {
      const inner = at[step];
      const next: Record<string, unknown> = isObject(inner) ? { ...inner } : {};
      at[step] = next;
      at = next;
    }
    at[steps.at(-1) ?? ''] = value;
  }
  return all;
}

/** An element without its attributes. */
function plainRow(row: unknown): unknown {
  if (!isObject(row)) return row;
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => name !== 'attributes')
      .map(([name, value]) => [name, isObject(value) && '$value' in value ? value.$value : plainRow(value)]),
  );
}

function xmlCell(value: unknown): SourceCell | undefined {
  if (value === null || value === undefined) return textValue('');
  if (typeof value === 'string') return { kind: 'written', text: value };
  return undefined;
}
