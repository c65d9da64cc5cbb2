import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBook } from '../../src/workbook/open.ts';
import { folderBook, scratch } from './files.ts';
import { inProcess, type Said } from './inProcess.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SMALL = path.join(ROOT, 'samples/small.xlsx');
const AS_OF = ['--as-of', '2026-03-31'] as const;

const allot = (...args: readonly string[]): Promise<Said> => inProcess(args, { env: { LC_ALL: 'C' } });

async function pay(folder: string): Promise<{ book: string; anchor: string }> {
  const book = path.join(folder, 'paid.xlsx');
  const { out } = await allot('pay', SMALL, ...AS_OF, '--by', 'Finance A', '--out', book, '--json');
  return { book, anchor: JSON.parse(out).anchor };
}

describe('allot statements', () => {
  it('writes a file a person that the payment’s anchor line proves', async () => {
    const folder = scratch();
    const { book, anchor } = await pay(folder);
    const out = path.join(folder, 'March', 'statements');
    expect(await allot('statements', book, ...AS_OF, '--out', out)).toEqual({
      status: 0,
      out: `Wrote 12 statements to ${out}\nRow 1 of the ledger proves them.\n`,
      err: '',
    });
    const files = readdirSync(out).sort();
    expect(files).toEqual(Array.from({ length: 12 }, (_, i) => `E${String(i + 1).padStart(2, '0')}.html`));
    expect(readdirSync(path.dirname(out))).toEqual(['statements']);
    for (const file of files) {
      const checked = await allot('verify-statement', path.join(out, file), '--anchor', anchor, '--json');
      expect(checked.status).toBe(0);
      expect(JSON.parse(checked.out)).toMatchObject({
        findings: [],
        asOf: '2026-03-31',
        key: file.slice(0, 3),
        statement: 'net_pay',
        ledgerRow: { Number: '1', By: 'Finance A' },
        anchored: true,
      });
    }
    const said = await allot('verify-statement', path.join(out, 'E08.html'), '--anchor', anchor);
    expect(said.out.match(/^Proven/gm)).toHaveLength(3);
    expect(said.out.match(/^Not proven/gm)).toHaveLength(1);
    const unanchored = await allot('verify-statement', path.join(out, 'E08.html'), '--lang', 'zh-CN');
    expect(unanchored.out).toContain('未证明：第 1 号就是公司台账中的那一行');
  });

  it('says what was changed in a file', async () => {
    const folder = scratch();
    const { book } = await pay(folder);
    const out = path.join(folder, 'out');
    await allot('statements', book, ...AS_OF, '--out', out, '--key', 'e08', '--key', 'E01');
    expect(readdirSync(out).sort()).toEqual(['E01.html', 'E08.html']);
    const file = path.join(out, 'E08.html');
    const page = readFileSync(file, 'utf8');
    writeFileSync(file, page.replace('class="amount">245.45<', 'class="amount">445.45<'));
    const said = await allot('verify-statement', file);
    expect(said.status).toBe(1);
    expect(said.out).toContain('Not in order:');
    expect(said.out).toMatch(/445\.45” instead of “.*245\.45/);
    writeFileSync(file, 'nothing');
    expect((await allot('verify-statement', file)).status).toBe(1);
    expect((await allot('verify-statement', path.join(out, 'none.html'))).status).toBe(2);
    expect((await allot('verify-statement', file, '--anchor', 'allot:x')).status).toBe(2);
  });

  it('writes previews where nothing was paid, in Chinese too', async () => {
    const out = path.join(scratch(), 'out');
    const said = await allot('statements', SMALL, ...AS_OF, '--out', out, '--lang', 'zh-CN', '--json');
    const { run, files } = JSON.parse(said.out);
    expect([said.status, run, files.length]).toEqual([0, null, 12]);
    const page = readFileSync(path.join(out, 'E08.html'), 'utf8');
    expect(page).toContain('<html lang="zh-CN">');
    expect(page).toContain('尚未发放');
    expect((await allot('verify-statement', path.join(out, 'E08.html'))).out).toContain(
      'Not proven: that anything was paid.',
    );
  });

  it('writes nothing into a folder that has something, or for a key that nobody has', async () => {
    const folder = scratch();
    const out = path.join(folder, 'out');
    mkdirSync(out);
    writeFileSync(path.join(out, 'mine.txt'), 'x');
    expect(await allot('statements', SMALL, ...AS_OF, '--out', out)).toMatchObject({
      status: 2,
      err: `error: ${out} is there and not an empty folder. Name a new one.\n`,
    });
    expect(await allot('statements', SMALL, ...AS_OF, '--out', path.join(out, 'mine.txt'))).toMatchObject({
      status: 2,
    });
    const none = path.join(folder, 'none');
    expect(await allot('statements', SMALL, ...AS_OF, '--out', none, '--key', 'E99')).toMatchObject({
      status: 2,
      err: 'error: Nobody with the key “E99” has a statement as of this date.\n',
    });
    expect(readdirSync(folder)).toEqual(['out']);
    expect(readdirSync(out)).toEqual(['mine.txt']);
  });

  it('writes nothing where the workbook is no longer as it was paid', async () => {
    const folder = scratch();
    const { book } = await pay(folder);
    const rules = path.join(folder, 'rules.allot');
    const text = (await allot('rules', book)).out;
    writeFileSync(rules, text.replace('cap 290', 'cap 280'));
    const other = path.join(folder, 'other.xlsx');
    expect((await allot('rules', book, '--from', rules, '--out', other)).status).toBe(0);
    const out = path.join(folder, 'out');
    const said = await allot('statements', other, ...AS_OF, '--out', out);
    expect(said).toMatchObject({ status: 1, out: '' });
    expect(said.err).toContain('would differ from those of run 1');
    // Of a month that nobody paid there are previews.
    expect((await allot('statements', book, '--as-of', '2026-02-28', '--out', out, '--json')).out).toContain(
      '"run": null',
    );
  });

  it('tells errors of the data instead, and rules without a statement', async () => {
    const folder = scratch();
    const rules = 'table T key id\neach T\n  y = 1 / x\nstatement s for T\n  add round(y)\n';
    const book = folderBook({ 'T.csv': 'id,x\na,0\n', 'Rules.allot': rules });
    const out = path.join(folder, 'out');
    expect((await allot('statements', book, ...AS_OF, '--out', out)).status).toBe(1);
    const none = folderBook({ 'T.csv': 'id,x\na,1\n', 'Rules.allot': 'table T key id\neach T\n  y = x\n' });
    expect(await allot('statements', none, ...AS_OF, '--out', out)).toMatchObject({ status: 1 });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives keys safe names', async () => {
    const out = path.join(scratch(), 'out');
    const book = folderBook({
      'T.csv': 'id,x\nA/1,1\nA:1,2\n../up,3\nCON,4\n',
      'Rules.allot': 'table T key id\nstatement s for T\n  add x\n',
    });
    expect((await allot('statements', book, ...AS_OF, '--out', out)).status).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['A_1.html', 'A_1~2.html', '_CON.html', '__up.html']);
    for (const file of readdirSync(out))
      expect((await allot('verify-statement', path.join(out, file))).status).toBe(0);
  });

  it('keeps the root in the ledger and the seed beside the sheets', async () => {
    const { book } = await pay(scratch());
    const open = await openBook(book);
    expect(await open.part('statements-1')).toMatch(/^[0-9a-f]{32}$/);
    const { out } = await allot('verify', book, '--json');
    expect(JSON.parse(out).findings).toEqual([]);
  });
});
