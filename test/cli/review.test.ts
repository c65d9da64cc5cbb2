import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../samples/run.ts';
import { allot, buildBundle } from './bundle.ts';
import { folderBook, scratch } from './files.ts';

beforeAll(buildBundle);

const review = (book: string, ...args: readonly string[]) =>
  allot(['review', book, '--as-of', '2026-03-31', ...args]);

describe('review', () => {
  it('says what to look at, and every rule', () => {
    const { status, out } = review(sample('small.xlsx'));
    expect(status).toBe(0);
    expect(out).toContain('Review of the rules · As of 2026-03-31\n14 rules in 15 versions, 2 checks.');
    expect(out).toContain('  Tickets     1 of 25  date(opened) > eomonth(as_of, -1)  T00\n');
    expect(out).toContain(
      'pool_rate  (value; Read by Staff[to_pool]; In statements 2530.68; In shares 1265.34)',
    );
    expect(out).toContain('      up to 1   -> 100  (Hits 11)');
  });

  it('writes a page, and JSON', () => {
    const out = path.join(scratch(), 'review.html');
    const said = review(sample('small.xlsx'), '--out', out, '--json', '--lang', 'zh-CN');
    expect(said.status).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('<h1>规则审阅</h1>');
    const { rules } = JSON.parse(said.out) as { rules: readonly { name: string; statements?: string }[] };
    expect(rules.find(({ name }) => name === 'deductions')).toMatchObject({ statements: '60', rows: 12 });
  });

  it('fails where the run or the rules have errors', () => {
    const bad = folderBook({ 'T.csv': 'id,x\n1,\n', 'Rules.allot': 'each T\n  y = x * 2\n' });
    const { status, out } = review(bad);
    expect(status).toBe(1);
    expect(out).toContain('This run has an error');
    const broken = folderBook({ 'T.csv': 'id,x\n1,\n', 'Rules.allot': 'each T\n  y = z\n' });
    const page = path.join(scratch(), 'page.html');
    expect(review(broken, '--out', page).status).toBe(1);
    expect(existsSync(page)).toBe(false);
    expect(review(bad, '--out', 'page.txt')).toMatchObject({ status: 2, out: '' });
  });
});
