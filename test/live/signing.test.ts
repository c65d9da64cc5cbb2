import { afterEach, describe, expect, test, vi } from 'vitest';
import { makeKeys, readPublicKey, verifyBook } from '../../src/audit/index.ts';
import { act, verify } from '../../src/live/audit.ts';
import { createCalculator } from '../../src/live/calculator.ts';
import { createSession } from '../../src/live/createSession.ts';
import { directHandle } from '../../src/live/handle.ts';
import { newKeyPair } from '../../src/live/keys.ts';
import type { Session } from '../../src/live/session.ts';
import { readXlsx } from '../../src/workbook/xlsx/book.ts';
import { type XlsxLive, xlsxLiveBook } from '../../src/workbook/xlsx/live.ts';
import { smallBytes } from '../audit/review/support.ts';
import { day } from './parts.ts';

const MARCH = day('2026-03-31');
const PAY = { kind: 'pay', asOf: MARCH, override: null, language: 'en' } as const;
const FINANCE = { by: 'Finance A', time: '2026-04-08T09:00:00Z' };

const sessions: Session[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
  vi.restoreAllMocks();
});

async function opened(): Promise<{ readonly session: Session; readonly book: XlsxLive }> {
  const book = xlsxLiveBook(smallBytes(), 'small.xlsx');
  const session = createSession(book, directHandle(createCalculator()), { delay: 0, today: MARCH });
  sessions.push(session);
  await session.setAsOf(MARCH);
  return { session, book };
}

async function publicKey(text: string): Promise<CryptoKey> {
  const key = await readPublicKey(text);
  if (key === null) throw new Error('no key');
  return key;
}

const errorsOf = async (book: XlsxLive, key: CryptoKey): Promise<readonly string[]> => {
  const file = readXlsx(await book.bytes(), 'small.xlsx');
  const { findings } = await verifyBook(file, { keys: [key] });
  return findings.filter(({ severity }) => severity === 'error').map(({ kind }) => kind);
};

describe('signing in the workbook that is open', () => {
  test('a payment is signed with the key that was given, and with no other', async () => {
    const [own, other] = [await makeKeys(), await makeKeys()];
    const { session, book } = await opened();
    const done = await act(session, PAY, { ...FINANCE, key: own.privatePem }, session.state.outcome);
    expect(done.kind).toBe('done');
    expect(await errorsOf(book, await publicKey(own.publicText))).toEqual([]);
    expect(await errorsOf(book, await publicKey(other.publicText))).toEqual(['signature-wrong']);
    const good = await verify(session, { anchor: null, key: own.publicText }, 'en');
    expect(good).toMatchObject({ kind: 'verified', errors: 0, signed: true });
    const bad = await verify(session, { anchor: null, key: other.publicText }, 'en');
    expect(bad).toMatchObject({ kind: 'verified', errors: 1, signed: false });
    expect(await verify(session, { anchor: null, key: null }, 'en')).toMatchObject({ signed: null });
  });

  test('a lock and a step of approval are signed as well', async () => {
    const own = await makeKeys();
    const { session, book } = await opened();
    const key = own.privatePem;
    await act(session, PAY, { ...FINANCE, key }, session.state.outcome);
    await act(session, { kind: 'lock', run: '1' }, { ...FINANCE, key }, null);
    await act(session, { kind: 'step', step: 'propose' }, { ...FINANCE, key }, null);
    const ledger = (await book.ours('Allot Ledger'))?.columns.find(({ heading }) => heading === 'Signature');
    expect(ledger?.data.length).toBe(3);
    const file = readXlsx(await book.bytes(), 'small.xlsx');
    const { findings } = await verifyBook(file, { keys: [await publicKey(own.publicText)] });
    // Rows that nobody signed after the last signature would be noted.
    expect(findings).toEqual([]);
  });

  test('a payment that nobody signed is told where a key is asked for', async () => {
    const { session } = await opened();
    await act(session, PAY, FINANCE, session.state.outcome);
    const { publicText } = await makeKeys();
    const found = await verify(session, { anchor: null, key: publicText }, 'en');
    expect(found).toMatchObject({ errors: 1, signed: false });
  });

  test('what is no key is said, and nothing is written', async () => {
    const { session, book } = await opened();
    const { publicText, privatePem } = await makeKeys();
    for (const key of ['', 'hello', publicText, privatePem.slice(0, 60)])
      expect(await act(session, PAY, { ...FINANCE, key }, session.state.outcome)).toEqual({
        kind: 'bad-key',
      });
    expect(await verify(session, { anchor: null, key: privatePem }, 'en')).toEqual({ kind: 'bad-key' });
    expect(await book.ours('Allot Ledger')).toBeNull();
  });

  test('a browser without Ed25519 is told apart from a wrong file', async () => {
    const { session, book } = await opened();
    const { privatePem, publicText } = await makeKeys();
    const unknown = (): never => {
      throw new DOMException('Unrecognized name.', 'NotSupportedError');
    };
    vi.spyOn(crypto.subtle, 'importKey').mockImplementation(unknown);
    vi.spyOn(crypto.subtle, 'generateKey').mockImplementation(unknown);
    const paid = await act(session, PAY, { ...FINANCE, key: privatePem }, session.state.outcome);
    expect(paid).toEqual({ kind: 'no-ed25519' });
    expect(await verify(session, { anchor: null, key: publicText }, 'en')).toEqual({ kind: 'no-ed25519' });
    expect(await newKeyPair()).toEqual({ kind: 'no-ed25519' });
    expect(await book.ours('Allot Ledger')).toBeNull();
  });
});
