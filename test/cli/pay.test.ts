import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/builds.ts';
import { buildBundle, allot as shipped } from './bundle.ts';
import { filesIn, folderBook, RULES, STAFF_CSV, scratch } from './files.ts';
import { inProcess as allot } from './inProcess.ts';

const SMALL = path.join(ROOT, 'samples/small.xlsx');
const AS_OF = ['--as-of', '2026-03-31'] as const;
const BY = ['--by', 'Finance A'] as const;

/** A sample that was paid, in a folder of its own. */
async function paid(...more: readonly string[]): Promise<{
  readonly file: string;
  readonly folder: string;
  readonly anchor: string;
}> {
  const folder = scratch();
  const file = path.join(folder, 'paid.xlsx');
  const said = await allot(['pay', SMALL, ...AS_OF, ...BY, '--out', file, '--json', ...more]);
  expect(said.status).toBe(0);
  return { file, folder, anchor: JSON.parse(said.out).anchor };
}

/** A workbook with a piece of one of its parts replaced. */
function tampered(file: string, part: RegExp, from: string, to: string): string {
  const parts = unzipSync(readFileSync(file));
  let done = 0;
  for (const [name, bytes] of Object.entries(parts)) {
    const xml = strFromU8(bytes);
    if (!part.test(name) || !xml.includes(from)) continue;
    parts[name] = strToU8(xml.replace(from, to));
    done++;
  }
  expect(done).toBe(1);
  const out = path.join(path.dirname(file), 'tampered.xlsx');
  writeFileSync(out, zipSync(parts));
  return out;
}

it('the command line as it is shipped signs a payment, and verifies it', async () => {
  await buildBundle();
  const folder = scratch();
  const [key, out] = [path.join(folder, 'pay.pem'), path.join(folder, 'paid.xlsx')];
  const open = shipped(['keys', '--out', key]).out.trim();
  expect(shipped(['pay', SMALL, ...AS_OF, ...BY, '--out', out, '--sign', key])).toMatchObject({ status: 0 });
  expect(shipped(['verify', out, '--key', open])).toMatchObject({
    status: 0,
    out: expect.stringContaining('nothing was changed'),
  });
});

describe('pay', () => {
  it('writes results, record and ledger in one go, and says how to prove it', async () => {
    const out = path.join(scratch(), 'paid.xlsx');
    const said = await allot(['pay', SMALL, ...AS_OF, ...BY, '--out', out]);
    expect(said.status).toBe(0);
    expect(said.out).toMatch(
      /^Paid as run 1, as of 2026-03-31, by Finance A: reward=1265\.34\nAnchor: allot:1:[0-9a-f]{64}:2026-03-31\n$/,
    );
    expect(said.err).toContain(`Wrote ${out}:\n  Allot Staff A1:K13\n`);
    expect(said.err).toContain('  Allot Ledger A1:O2\n');
    const checked = await allot(['verify', out]);
    expect(checked.status).toBe(0);
    expect(checked.out).toMatch(/^1 ledger row, 1 paid run: nothing was changed\.\nRules: nobody has/);
    // Months in turn, in place.
    const again = await allot(['pay', out, '--as-of', '2026-02-28', ...BY, '--out', out, '--lang', 'zh-CN']);
    expect(again.out).toMatch(
      /^已发放，第 2 号，计薪日 2026-02-28，经办人 Finance A：reward=75\n锚定行：allot:2:/,
    );
    expect((await allot(['verify', out, '--lang', 'zh-CN'])).out).toMatch(
      /^台账 2 行，发放 2 次：没有改动。\n/,
    );
  });

  it('prints JSON', async () => {
    const out = path.join(scratch(), 'paid.xlsx');
    const {
      row,
      anchor,
      problems,
      path: written,
    } = JSON.parse((await allot(['pay', SMALL, ...AS_OF, ...BY, '--out', out, '--json'])).out);
    expect(row).toMatchObject({
      Number: '1',
      'As of': '2026-03-31',
      By: 'Finance A',
      Event: 'paid',
      Note: '',
    });
    expect(row.Time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Math.abs(Date.parse(row.Time) - Date.now())).toBeLessThan(600_000);
    expect(anchor).toBe(`allot:1:${row.Digest}:2026-03-31`);
    expect([written, problems]).toEqual([out, []]);
  });

  it('writes nothing where there is an error', async () => {
    const folder = scratch();
    const book = folderBook({ 'Staff.csv': 'id,x\nE1,\n', 'Rules.allot': 'each Staff\n  y = x * 2\n' });
    const said = await allot(['pay', book, ...AS_OF, ...BY, '--out', path.join(folder, 'x.xlsx')]);
    expect(said.status).toBe(1);
    expect(said.out).toContain('blank-value');
    expect(filesIn(folder)).toEqual([]);
  });

  it('makes a workbook of a folder, which verifies', async () => {
    const out = path.join(scratch(), 'paid.xlsx');
    const book = folderBook({ 'Staff.csv': STAFF_CSV, 'Rules.allot': `${RULES}\n\n  \n` });
    expect((await allot(['pay', book, ...AS_OF, ...BY, '--out', out])).status).toBe(0);
    const { findings, runs } = JSON.parse((await allot(['verify', out, '--json'])).out);
    expect([findings, runs]).toEqual([[], 1]);
    expect(JSON.parse((await allot(['verify', book, '--json'])).out)).toMatchObject({
      rows: 0,
      anchor: null,
    });
  });

  it('wants to know who', async () => {
    const out = path.join(scratch(), 'x.xlsx');
    expect((await allot(['pay', SMALL, ...AS_OF, '--out', out])).status).toBe(2);
    const said = await allot(['pay', SMALL, ...AS_OF, '--by', ' ', '--out', out]);
    expect([said.status, said.err]).toEqual([2, 'error: Say who does this: --by NAME.\n']);
  });
});

describe('verify', () => {
  it('names what was changed and fails', async () => {
    const { file } = await paid();
    const rule = await allot(['verify', tampered(file, /sheet1\.xml$/, '15% from', '16% from')]);
    expect(rule.status).toBe(1);
    expect(rule.out).toMatch(
      /^1 ledger row, 1 paid run: 1 change\.\n {2}Rule changed since run 1, Rules!A\d+: “pool_rate = 15% from.*” → “pool_rate = 16% from/,
    );
    const comment = await allot(['verify', tampered(file, /sheet1\.xml$/, '5G campaign', '5G day')]);
    expect(comment.out).toContain('Only a comment changed since run 1, Rules!A');
    const amount = await allot([
      'verify',
      tampered(file, /sheet13\.xml$/, '<v>1265.34</v>', '<v>1265.35</v>'),
      '--lang',
      'zh-CN',
    ]);
    expect(amount.status).toBe(1);
    expect(amount.out).toContain("已发放的值有改动，'Allot Scalars'!B4，pool 的Value：“1265.34” → “1265.35”");
    const ledger = await allot([
      'verify',
      tampered(file, /sheet14\.xml$/, 'Finance A', 'Finance B'),
      '--json',
    ]);
    expect(ledger.status).toBe(1);
    expect(JSON.parse(ledger.out).findings).toMatchObject([
      {
        severity: 'error',
        kind: 'ledger-changed',
        row: '1',
        message: expect.any(String),
        place: "'Allot Ledger'!2",
      },
    ]);
  });

  it('holds a book against an anchor line', async () => {
    const { file, anchor } = await paid();
    expect((await allot(['verify', file, '--anchor', anchor])).status).toBe(0);
    const other = await allot(['verify', file, '--anchor', anchor.replace('allot:1:', 'allot:2:')]);
    expect(other.status).toBe(1);
    expect(other.out).toContain('Ledger row 2, which the anchor line proves, is not there.');
    const none = await allot(['verify', file, '--anchor', 'allot:1']);
    expect(none.status).toBe(2);
    expect(none.err).toContain('Write an anchor line');
  });

  it('holds it against keys', async () => {
    const folder = scratch();
    const secret = path.join(folder, 'secret.pem');
    const made = await allot(['keys', '--out', secret]);
    const open = made.out.trim();
    expect([made.status, open]).toEqual([0, expect.stringMatching(/^allot-key:[A-Za-z0-9+/]{43}=$/)]);
    expect(made.err).toBe(`Wrote the private key to ${secret}; above is the public one.\n`);
    expect(statSync(secret).mode & 0o077).toBe(0);
    const again = await allot(['keys', '--out', secret]);
    expect(again.status).toBe(2);
    const signed = (await paid('--sign', secret)).file;
    expect((await allot(['verify', signed, '--key', open])).status).toBe(0);
    const file = path.join(folder, 'open.txt');
    writeFileSync(file, `${open}\n`);
    const other = await allot(['keys', '--out', path.join(folder, 'other.pem'), '--json']);
    const otherKey = JSON.parse(other.out).public;
    expect((await allot(['verify', signed, '--key', otherKey])).status).toBe(1);
    expect((await allot(['verify', signed, '--key', otherKey, '--key', file])).status).toBe(0);
    expect((await allot(['verify', (await paid()).file, '--key', open])).out).toContain(
      'is a payment without a signature',
    );
    const bad = await allot(['verify', signed, '--key', secret]);
    expect([bad.status, bad.out]).toEqual([2, '']);
    expect((await allot(['verify', signed, '--key', path.join(folder, 'none')])).status).toBe(2);
    const wrong = await allot([
      'pay',
      SMALL,
      ...AS_OF,
      ...BY,
      '--out',
      path.join(folder, 'x.xlsx'),
      '--sign',
      file,
    ]);
    expect([wrong.status, filesIn(folder).includes('x.xlsx')]).toEqual([2, false]);
  });

  it('says nothing to stderr but what is wrong', async () => {
    const { file } = await paid();
    expect((await allot(['verify', file])).err).toBe('');
  });
});

describe('lock', () => {
  it('closes a period', async () => {
    const { file, folder } = await paid();
    const out = path.join(folder, 'locked.xlsx');
    const said = await allot(['lock', file, '--run', '1', '--by', 'Checker', '--out', out]);
    expect(said.status).toBe(0);
    expect(said.out).toMatch(/^Locked the period 2026-03-31 \(run 1\), by Checker\nAnchor: allot:2:/);
    const again = await allot(['pay', out, ...AS_OF, ...BY, '--out', path.join(folder, 'again.xlsx')]);
    expect(again.status).toBe(1);
    expect(again.err).toContain('`allot adjust`');
    const json = await allot([
      'pay',
      out,
      ...AS_OF,
      ...BY,
      '--out',
      path.join(folder, 'again.xlsx'),
      '--json',
    ]);
    expect(JSON.parse(json.out)).toMatchObject({
      asOf: '2026-03-31',
      problems: [{ severity: 'error', code: 'period-locked' }],
    });
    expect(filesIn(folder)).toEqual(['locked.xlsx', 'paid.xlsx']);
    const none = await allot([
      'lock',
      file,
      '--run',
      '3',
      '--by',
      'Checker',
      '--out',
      out,
      '--lang',
      'zh-CN',
    ]);
    expect([none.status, none.err]).toEqual([2, '错误：台账第 3 号不是发放。发放有：1。\n']);
    expect((await allot(['lock', file, '--run', 'x', '--by', 'Checker', '--out', out])).err).toContain(
      'Write the number of a run',
    );
  });
});

describe('propose and approve', () => {
  it('are two people', async () => {
    const folder = scratch();
    const file = path.join(folder, 'book.xlsx');
    const step = (command: string, from: string, by: string, ...more: readonly string[]) =>
      allot([command, from, '--by', by, '--out', file, ...more]);
    expect((await step('approve', SMALL, 'Checker')).status).toBe(1);
    expect((await step('propose', SMALL, 'Maker')).out).toMatch(/^The rules are proposed by Maker\n/);
    const pay = ['pay', file, ...AS_OF, ...BY, '--out', path.join(folder, 'paid.xlsx')];
    const refused = await allot(pay);
    expect(refused.status).toBe(1);
    expect(refused.err).toMatch(/These rules are not approved \(proposed by Maker, \d{4}-\d\d-\d\d\)/);
    expect((await step('approve', file, 'maker')).err).toContain('somebody else has to approve them');
    const overridden = await allot([...pay, '--override', 'Checker is ill']);
    expect(overridden.status).toBe(0);
    expect(overridden.out).toContain('(override: Checker is ill)');
    const noted = await allot(['verify', path.join(folder, 'paid.xlsx')]);
    expect(noted.status).toBe(0);
    expect(noted.out).toContain('with rules that nobody had approved: “Checker is ill”');
    expect((await step('approve', file, 'Checker', '--lang', 'zh-CN')).out).toMatch(
      /^规则已由 Checker 批准\n/,
    );
    expect((await allot([...pay, '--override', 'x'])).out).toContain('--override was not needed');
    expect(JSON.parse((await allot(['verify', file, '--json'])).out).rules).toMatchObject({
      status: 'approved',
      row: '2',
      by: 'Checker',
    });
    expect((await step('propose', file, 'Maker', '--withdraw')).out).toMatch(/^The rules are a draft again/);
    expect((await allot(['verify', file])).out).toContain('Rules: a draft');
  });

  it('do not approve what is no line of rules', async () => {
    const folder = scratch();
    const said = await allot([
      'propose',
      folderBook({ 'Staff.csv': STAFF_CSV }),
      '--by',
      'x',
      '--out',
      `${folder}/x.xlsx`,
    ]);
    expect(said.status).toBe(2);
    expect(said.err).toContain('There are no rules here');
  });
});
