import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { exactText, parseDecimal } from '../../src/exact/decimal.ts';
import { add, type Rational, ZERO } from '../../src/exact/rational.ts';
import { openBook } from '../../src/workbook/open.ts';
import { ROOT } from '../support/builds.ts';
import { folderBook, scratch } from './files.ts';
import { said } from './inProcess.ts';

const RULES = `table Staff key id
table Sales key sale where month(day) = month(as_of)
  seller in Staff
rate = 10%
rate = 20% from 2026-02-01
each Staff
  sold = sum(Sales[amount] where seller = id)
pool = sum(Staff[sold]) * rate
share pool among Staff by sold as reward
statement due for Staff
  add reward
`;
const SALES = `sale,seller,day,amount
s1,A,2026-01-10,100
s2,B,2026-01-11,100
s3,A,2026-02-10,300
s4,B,2026-02-11,100
`;
const book = (rules = RULES, sales = SALES): string =>
  folderBook({ 'Staff.csv': 'id,team\nA,x\nB,y\n', 'Sales.csv': sales, 'Rules.allot': rules });
const FROM = ['--as-of', '2026-01-31'] as const;
const TO = ['--with-as-of', '2026-02-28'] as const;

const number = (text: string): Rational => {
  const [n = '', d = '1'] = text.split('/');
  const top = parseDecimal(n) ?? ZERO;
  const below = parseDecimal(d) ?? ZERO;
  return { n: top.n * below.d, d: top.d * below.n };
};
const sum = (texts: readonly string[]): string =>
  exactText(texts.map(number).reduce((a, b) => add(a, b), ZERO));

describe('compare', () => {
  it('says who is paid differently between two dates, and why', async () => {
    const { status, out } = await said(['compare', book(), ...FROM, ...TO, '--json']);
    expect(status).toBe(0);
    const json = JSON.parse(out);
    expect([json.before, json.after]).toEqual(['book 2026-01-31', 'book 2026-02-28']);
    expect(json.columns.map(({ column }: { column: string }) => column)).toEqual(['reward', 'due']);
    // A: 100 of 200 shares 20; own sales alone 300 of 400; the pool alone 80.
    expect(json.columns[0].rows).toEqual([
      {
        key: 'A',
        before: '10',
        after: '60',
        difference: '50',
        parts: { rules: '0', own: '12.5', pool: '37.5', others: '0', together: '0' },
      },
      {
        key: 'B',
        before: '10',
        after: '20',
        difference: '10',
        parts: { rules: '0', own: '0', pool: '22.5', others: '-12.5', together: '0' },
      },
    ]);
    for (const { total } of json.columns) expect(sum(Object.values(total.parts))).toBe(total.difference);
  });

  it('shows people a table with bars, in both languages', async () => {
    const { out } = await said(['compare', book(), ...FROM, ...TO, '--column', 'reward', '--group', 'team']);
    expect(out).toContain('book 2026-01-31 → book 2026-02-28\n');
    expect(out).toContain('Staff[reward]: 20 → 80 (+60). Of 2, 2 get more, 0 less.');
    expect(out).toMatch(/x +1 +\+50 +0 +\+12\.5 +\+37\.5 +0 +│██████████/);
    expect(out).not.toContain('Staff[due]');
    const chinese = await said(['compare', book(), ...FROM, ...TO], 'zh-CN');
    expect(chinese.out).toContain('本人数据');
  });

  it('writes sheets beside the data', async () => {
    const out = path.join(scratch(), 'compared.xlsx');
    const { status, err } = await said([
      'compare',
      path.join(ROOT, 'samples/small.xlsx'),
      '--as-of',
      '2026-02-28',
      '--with-as-of',
      '2026-03-31',
      '--out',
      out,
    ]);
    expect(status).toBe(0);
    expect(err).toContain('Allot Compare A1:');
    const written = await openBook(out);
    const sheet = await written.ours('Allot Compare');
    expect(sheet?.columns.slice(3, 7).map(({ heading }) => heading)).toEqual([
      'Before',
      'After',
      'Difference',
      'Rules',
    ]);
    expect((await written.ours('Allot Compare Totals'))?.rows).toBe(2);
    // It is no data of the book.
    expect(written.tables.some(({ name }) => name.startsWith('Allot'))).toBe(false);
  });

  it('compares rule files and books', async () => {
    const rules = path.join(scratch(), 'new.allot');
    writeFileSync(rules, RULES.replace('rate = 10%\n', 'rate = 30%\n'));
    const byRules = JSON.parse(
      (await said(['compare', book(), ...FROM, '--with-rules', rules, '--column', 'reward', '--json'])).out,
    );
    expect(byRules.after).toBe('book + new.allot 2026-01-31');
    // The rate only makes the pool: three times as much for everybody.
    expect(byRules.columns[0].rows.map((row: { parts: { pool: string } }) => row.parts.pool)).toEqual([
      '20',
      '20',
    ]);
    const other = book(RULES, SALES.replace('s2,B,2026-01-11,100', 's2,B,2026-01-11,300'));
    const byBook = JSON.parse(
      (await said(['compare', book(), ...FROM, '--with-book', other, '--column', 'Staff[reward]', '--json']))
        .out,
    );
    expect(
      byBook.columns[0].rows.map(({ key, after }: { key: string; after: string }) => [key, after]),
    ).toEqual([
      ['B', '30'],
      ['A', '10'],
    ]);
    // A gets the same of a larger pool by a smaller part: 10, others alone 5, pool alone 20, both 10.
    expect(byBook.columns[0].rows[1].parts).toMatchObject({ pool: '7.5', others: '-7.5' });
  });

  it('compares with an old payroll', async () => {
    const old = path.join(scratch(), 'old.csv');
    writeFileSync(old, 'no,name,net\nA,Ann,10\nB,Bob,12.5\nZ,Zoe,3\n');
    const args = ['compare', book(), ...FROM, '--with-amounts', old];
    const { status, out } = await said([...args, '--column', 'due=Net:no', '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(out).columns[0].rows).toEqual([
      { key: 'Z', before: '3', after: null, difference: '-3' },
      { key: 'B', before: '12.5', after: '10', difference: '-2.5' },
    ]);
    expect((await said([...args, '--column', 'due=gross'])).err).toContain(
      'There is no column gross. There are:\n  no\n  name\n  net\n',
    );
    expect((await said(args)).err).toContain('Name one column of the old file');
    writeFileSync(old, 'no,net\nA,10\nA,11\n');
    const twice = await said([...args, '--column', 'due=net']);
    expect([twice.status, twice.out]).toEqual([1, expect.stringContaining('old!A3')]);
  });

  it('wants something to compare with, and names that are there', async () => {
    expect(await said(['compare', book(), ...FROM])).toMatchObject({
      status: 2,
      err: expect.stringContaining('Say what to compare with'),
    });
    expect((await said(['compare', book(), ...FROM, ...TO, '--column', 'nope'])).err).toContain(
      'Staff[reward]',
    );
    expect((await said(['compare', book(), ...FROM, ...TO, '--group', 'nope'])).err).toContain('team');
    expect(
      (await said(['compare', book(), ...FROM, '--with-amounts', 'x.csv', ...TO, '--column', 'due'])).status,
    ).toBe(2);
    expect((await said(['compare', book(), ...FROM, '--with-book', 'nowhere'])).status).toBe(2);
  });

  it('compares nothing where a side has errors, and writes nothing', async () => {
    const out = path.join(scratch(), 'x.xlsx');
    const bad = book(RULES, SALES.replace('300', 'abc'));
    const { status, out: told } = await said(['compare', bad, ...FROM, ...TO, '--json', '--out', out]);
    expect(status).toBe(1);
    expect(JSON.parse(told)).toMatchObject({ asOf: '2026-02-28', problems: [{ code: 'type-mismatch' }] });
    expect(existsSync(out)).toBe(false);
  });
});
