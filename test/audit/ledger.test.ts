import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { anchorLine, readAnchor } from '../../src/audit/anchor.ts';
import type { Finding } from '../../src/audit/findings.ts';
import { planLock, planStep } from '../../src/audit/index.ts';
import {
  HEADINGS,
  type Heading,
  inputsOf,
  inputsText,
  LEDGER_SHEET,
  type LedgerCells,
  rowDigest,
  rowText,
} from '../../src/audit/ledger.ts';
import { isSigned, makeKeys, readPrivateKey, readPublicKey, signDigest } from '../../src/audit/sign.ts';
import {
  copyOf,
  doer,
  errors,
  ledgerOf,
  lockIn,
  type MemoryBook,
  payIn,
  paymentOf,
  put,
  readerOf,
  smallBook,
  stepIn,
  twoMonths,
  verify,
} from './memory.ts';

describe('a ledger row', () => {
  it('is digested as the documentation says', async () => {
    const book = smallBook();
    await payIn(book, '2026-01-31', doer('A\tB'));
    const [row] = await ledgerOf(book);
    if (row === undefined) throw new Error('no row');
    const wanted = `allot-ledger-1\nNumber\t1\nTime\t2026-04-01T08:00:00Z\nAs of\t2026-01-31\nBy\tA\\tB\nEvent\tpaid\nRules\t${row.Rules}\nInputs\t${row.Inputs}\nResults\t${row.Results}\nTotals\treward=1000.1\nRecord\t${row.Record}\nStatements\t${row.Statements}\nNote\t\nPrevious\t${'0'.repeat(64)}\n`;
    expect(rowText(row)).toBe(wanted);
    expect(row.Digest).toBe(createHash('sha256').update(wanted).digest('hex'));
    expect([...inputsOf(row.Inputs).keys()]).toEqual(['Staff', 'Tickets', ':names']);
  });

  it('names inputs whatever they are called', () => {
    const [a, b, c] = ['1', 'a', 'f'].map((digit) => digit.repeat(64));
    const inputs = [
      ['Staff of a=b', a ?? ''],
      ['工单', b ?? ''],
      ['x y z', c ?? ''],
    ] as const;
    expect([...inputsOf(inputsText(inputs))]).toEqual(inputs);
  });

  it('follows the one before, and leaves all others as they are', async () => {
    const book = smallBook();
    await payIn(book, '2026-01-31', doer('Payer'));
    const first = structuredClone(book.ours[LEDGER_SHEET]?.[1]);
    // Somebody notes something beside the ledger: it stays.
    book.ours[LEDGER_SHEET]?.[0]?.push('Remark');
    book.ours[LEDGER_SHEET]?.[1]?.push(12.5);
    await payIn(book, '2026-01-31', doer('Payer'));
    const rows = book.ours[LEDGER_SHEET];
    expect(rows?.[0]).toEqual([...HEADINGS, 'Remark']);
    expect(rows?.[1]).toEqual([...(first ?? []), 12.5]);
    expect(await errors(book)).toEqual([]);
    const [one, two] = await ledgerOf(book);
    expect(two?.Previous).toBe(one?.Digest);
  });

  it('may be read from columns in any order', async () => {
    const book = await twoMonths();
    const rows = book.ours[LEDGER_SHEET] ?? [];
    for (const row of rows) row.reverse();
    expect(await errors(book)).toEqual([]);
  });
});

describe('who rewrites the chain', () => {
  const forge = async (book: MemoryBook, from: number, change: Partial<LedgerCells>): Promise<void> => {
    const rows = await ledgerOf(book);
    let previous: string | null = null;
    for (const [i, row] of rows.entries()) {
      if (i + 1 < from) continue;
      const cells: LedgerCells = {
        ...row,
        ...(i + 1 === from ? change : {}),
        ...(previous === null ? {} : { Previous: previous }),
      };
      previous = rowDigest(cells);
      put(book, i + 1, { ...cells, Digest: previous });
    }
  };

  it('is found where only one row was done anew', async () => {
    const book = await twoMonths();
    const [row] = await ledgerOf(book);
    if (row === undefined) throw new Error('no row');
    const forged = { ...row, By: 'Somebody else' };
    put(book, 1, { ...forged, Digest: rowDigest(forged) });
    expect(await errors(book)).toMatchObject([{ kind: 'ledger-rewritten', row: '1' }]);
  });

  it('is not found by a chain that was done anew whole, but by an anchor line', async () => {
    const book = await twoMonths();
    const [first, last] = (await ledgerOf(book)).map(anchorLine).map(readAnchor);
    if (first == null || last == null) throw new Error('no anchor');
    await forge(book, 1, { By: 'Somebody else' });
    expect(await errors(book)).toEqual([]);
    expect(await errors(book, { anchor: last })).toMatchObject([{ kind: 'anchor-differs', row: '2' }]);
    expect(await errors(book, { anchor: first })).toMatchObject([{ kind: 'anchor-differs', row: '1' }]);
  });

  it('and by a signature', async () => {
    const pair = await makeKeys();
    const [secret, open] = [await readPrivateKey(pair.privatePem), await readPublicKey(pair.publicText)];
    if (secret === null || open === null) throw new Error('no key');
    const book = await twoMonths(secret);
    expect(await errors(book, { keys: [open] })).toEqual([]);
    await forge(book, 2, { Totals: 'reward=1' });
    expect(await errors(book)).toEqual([]);
    expect(await errors(book, { keys: [open] })).toMatchObject([{ kind: 'signature-wrong', row: '2' }]);
    const stripped = await ledgerOf(book);
    put(book, 2, { ...(stripped[1] as LedgerCells), Signature: '' });
    expect(await errors(book, { keys: [open] })).toMatchObject([{ kind: 'unsigned', row: '2' }]);
  });

  it('is found where the ledger or a record is taken away', async () => {
    const book = await twoMonths();
    const gone = copyOf(book);
    delete gone.ours[LEDGER_SHEET];
    expect(await errors(gone)).toMatchObject([{ kind: 'ledger-gone' }]);
    const short = copyOf(book);
    short.ours[LEDGER_SHEET]?.pop();
    expect(await errors(short)).toContainEqual({ severity: 'error', kind: 'ledger-dropped', row: '2' });
    const lost = copyOf(book);
    delete lost.parts['record-1'];
    // The second record builds on the first: which row changed can not be told any more, that one did can.
    expect(await errors(lost)).toEqual([{ severity: 'error', kind: 'record-missing', run: '1' }]);
    (lost.sheets.Staff?.[1] ?? [])[2] = 9999;
    expect(await errors(lost)).toContainEqual({
      severity: 'error',
      kind: 'table-differs',
      run: '2',
      table: 'Staff',
    });
    const swapped = copyOf(book);
    swapped.parts['record-2'] = book.parts['record-1'] ?? '';
    expect(await errors(swapped)).toContainEqual({ severity: 'error', kind: 'record-changed', run: '2' });
    const columns = copyOf(book);
    for (const row of columns.ours[LEDGER_SHEET] ?? []) row.splice(3, 1);
    expect(await errors(columns)).toEqual([{ severity: 'error', kind: 'ledger-columns', lacking: ['By'] }]);
  });

  it('and nothing is added to a broken ledger', async () => {
    const book = await twoMonths();
    (book.ours[LEDGER_SHEET]?.[1] ?? [])[3] = 'Somebody else';
    expect(await paymentOf(book, '2026-02-28', doer('Payer'))).toMatchObject({
      kind: 'ledger-broken',
      findings: [{ kind: 'ledger-changed', row: '1' }],
    });
    expect(await planLock(readerOf(book), '1', doer('x'))).toMatchObject({ kind: 'ledger-broken' });
    expect(await planStep(readerOf(book), 'propose', doer('x'))).toMatchObject({ kind: 'ledger-broken' });
    const gone = await twoMonths();
    delete gone.ours[LEDGER_SHEET];
    expect(await paymentOf(gone, '2026-02-28', doer('Payer'))).toMatchObject({ kind: 'ledger-broken' });
  });

  it('tells which cell was changed, and what it said, where other cells show it', async () => {
    const book = smallBook();
    for (const day of ['2026-01-31', '2026-01-31', '2026-01-31']) await payIn(book, day, doer('Payer'));
    const rows = await ledgerOf(book);
    const change = async (row: number, heading: Heading, text: string): Promise<readonly Finding[]> => {
      const other = copyOf(book);
      put(other, row, { ...(rows[row - 1] as LedgerCells), [heading]: text });
      return errors(other);
    };
    for (const [row, heading, text] of [
      [2, 'Number', '7'],
      [1, 'By', 'x'],
      [3, 'Previous', 'x'],
      [2, 'Digest', 'x'],
      [2, 'Record', 'x'],
      [3, 'Event', 'locked'],
      [1, 'Rules', 'x'],
    ] as const)
      expect(await change(row, heading, text), heading).toMatchObject([
        { kind: 'ledger-changed', row: String(row), heading, was: rows[row - 1]?.[heading] },
      ]);
  });
});

describe('signatures', () => {
  let secret: CryptoKey;
  let open: CryptoKey;
  beforeAll(async () => {
    const pair = await makeKeys();
    const [a, b] = [await readPrivateKey(pair.privatePem), await readPublicKey(pair.publicText)];
    if (a === null || b === null) throw new Error('no key');
    [secret, open] = [a, b];
  });

  it('are of one key and one digest', async () => {
    const signature = await signDigest(secret, 'ab'.repeat(32));
    const other = await readPublicKey((await makeKeys()).publicText);
    if (other === null) throw new Error('no key');
    expect(await isSigned([open], 'ab'.repeat(32), signature)).toBe(true);
    expect(await isSigned([other, open], 'ab'.repeat(32), signature)).toBe(true);
    expect(await isSigned([other], 'ab'.repeat(32), signature)).toBe(false);
    expect(await isSigned([open], 'ac'.repeat(32), signature)).toBe(false);
    // 64 bytes leave four bits of the last letter unused: A, Q, g or w.
    const last = signature.at(-3) ?? '';
    const respelled = `${signature.slice(0, -3)}${String.fromCharCode(last.charCodeAt(0) + 1)}==`;
    expect(atob(respelled)).toBe(atob(signature));
    expect(await isSigned([open], 'ab'.repeat(32), respelled)).toBe(false);
    for (const none of ['', 'x', signature.slice(4), 'AAAA'])
      expect(await isSigned([open], 'ab'.repeat(32), none)).toBe(false);
  });

  it('find another key, and payments without any', async () => {
    const signed = await twoMonths(secret);
    const other = await readPublicKey((await makeKeys()).publicText);
    if (other === null) throw new Error('no key');
    expect(await errors(signed, { keys: [other] })).toMatchObject([
      { kind: 'signature-wrong', row: '1' },
      { kind: 'signature-wrong', row: '2' },
    ]);
    expect(await errors(await twoMonths(), { keys: [open] })).toMatchObject([
      { kind: 'unsigned', row: '1' },
      { kind: 'unsigned', row: '2' },
    ]);
  });

  it('prove the rows before them, and none after', async () => {
    const book = smallBook();
    await stepIn(book, 'propose', doer('Maker'));
    await stepIn(book, 'approve', doer('Checker'));
    await payIn(book, '2026-01-31', doer('Payer', secret));
    expect(await verify(book, { keys: [open] })).toEqual([]);
    await lockIn(book, '3', doer('Payer'));
    expect(await verify(book, { keys: [open] })).toMatchObject([
      { severity: 'note', kind: 'after-signature', row: '4' },
    ]);
  });

  it('are made with keys that can be read', async () => {
    expect(await readPrivateKey('nothing')).toBeNull();
    expect(await readPrivateKey('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----')).toBeNull();
    for (const none of ['', 'allot-key:', 'allot-key:AAAA', `allot-key:${'!'.repeat(44)}`])
      expect(await readPublicKey(none)).toBeNull();
    const { generateKeyPairSync, verify: verifyWithNode } = await import('node:crypto');
    // Keys of another program, and ours checked by it.
    const pair = generateKeyPairSync('ed25519');
    const mine = await readPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    const theirs = await readPublicKey(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());
    if (mine === null || theirs === null) throw new Error('no key');
    const signature = await signDigest(mine, 'cd'.repeat(32));
    expect(await isSigned([theirs], 'cd'.repeat(32), signature)).toBe(true);
    expect(
      verifyWithNode(null, Buffer.from('cd'.repeat(32)), pair.publicKey, Buffer.from(signature, 'base64')),
    ).toBe(true);
  });
});

it('reads anchor lines and nothing else', () => {
  const digest = 'ab'.repeat(32);
  expect(readAnchor(` allot:3:${digest}:2026-03-31\n`)).toEqual({ number: '3', digest, asOf: '2026-03-31' });
  expect(readAnchor(`allot:3:${digest}:`)).toEqual({ number: '3', digest, asOf: '' });
  for (const none of [
    '',
    'allot:3',
    `allot:0:${digest}:`,
    `allot:3:${digest}`,
    `allot:3:${digest.slice(1)}:`,
  ])
    expect(readAnchor(none)).toBeNull();
});
