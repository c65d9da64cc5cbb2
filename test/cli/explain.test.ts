import { describe, expect, it } from 'vitest';
import { folderBook, RULES, STAFF_CSV } from './files.ts';
import { inProcess } from './inProcess.ts';

const AS_OF = ['--as-of', '2026-03-31'] as const;
const staff = (rules = RULES): string => folderBook({ 'Staff.csv': STAFF_CSV, 'Rules.allot': rules });
const explain = (book: string, ...args: readonly string[]) => inProcess(['explain', book, ...AS_OF, ...args]);

describe('explain', () => {
  it('shows the tree down to the cells', async () => {
    const said = await explain(staff(), 'ratio', 'E2');
    expect(said.status).toBe(0);
    expect(said.out).toBe(
      'ratio of E2 = ≈1500.16666667  ← Rules.allot:6  ratio = base / 3\n└─ base of E2 = 4500.5  ← Staff!C3\n',
    );
  });

  it('finds names and keys as the rules do', async () => {
    for (const name of ['RATIO', 'Staff[ratio]', 'staff[Ratio]', '[ratio]'])
      expect((await explain(staff(), name, 'e2')).out).toMatch(/^ratio of E2 = /);
    expect((await explain(staff(), 'POOL')).out).toMatch(/^pool = 100 /);
  });

  it('finds numbers by value and dates by day', async () => {
    const csv = 'id,x\n7,1\n2026-01-31,2\nTRUE,3\n';
    const book = folderBook({ 'T.csv': csv, 'Rules.allot': 'each T\n  y = x\n' });
    expect((await explain(book, 'y', '7.0')).out).toMatch(/^y of 7 = 1/);
    expect((await explain(book, 'y', '2026/1/31')).out).toMatch(/^y of 2026-01-31 = 2/);
    expect((await explain(book, 'y', 'true')).out).toMatch(/^y of TRUE = 3/);
  });

  it('is JSON where that is asked for', async () => {
    const object = JSON.parse((await explain(staff(), 'ratio', 'E2', '--json')).out);
    expect(object).toMatchObject({
      asOf: '2026-03-31',
      name: 'ratio',
      key: 'E2',
      errors: 0,
      reason: {
        kind: 'column',
        value: '9001/6',
        because: [{ kind: 'sheet', at: 'Staff!C3', value: '4500.5' }],
      },
    });
  });

  it('explains an error, and fails', async () => {
    const book = folderBook({ 'T.csv': 'id,x\n1,\n2,5\n', 'Rules.allot': 'each T\n  y = x * 2\n' });
    const bad = await explain(book, 'y', '1');
    expect(bad.status).toBe(1);
    expect(bad.out).toContain('error at T!B2');
    const good = await explain(book, 'y', '2');
    expect(good.status).toBe(1);
    expect(good.out).toContain('y of 2 = 10');
    expect(good.err).toContain('there are no results');
  });

  it.each([
    [['ratios', 'E1'], 'Did you mean ratio?', 'unknown-name'],
    [['ratio', 'E9'], 'Did you mean E1?', 'not-found'],
    [['ratio'], 'name the key', 'wrong-arguments'],
    [['pool', 'E1'], 'leave the key out', 'wrong-arguments'],
    [['Staf[ratio]', 'E1'], 'Did you mean Staff?', 'unknown-table'],
    [['Staff[ratios]', 'E1'], 'Staff has no column “ratios”. Did you mean ratio?', 'unknown-name'],
  ])('refuses %j', async (args, sentence, code) => {
    const said = await explain(staff(), ...args);
    expect(said.status).toBe(2);
    expect(said.out).toBe('');
    expect(said.err).toContain(sentence);
    const json = await explain(staff(), ...args, '--json');
    expect(json.status).toBe(2);
    expect(JSON.parse(json.out).problems).toMatchObject([{ severity: 'error', code }]);
  });

  it('shows the cell of a sheet column', async () => {
    const said = await explain(staff(), 'Staff[BASE]', 'e2');
    expect(said).toMatchObject({ status: 0, out: 'base of E2 = 4500.5  ← Staff!C3\n', err: '' });
    expect((await explain(staff(), 'base', 'E2')).out).toBe(said.out);
    expect(JSON.parse((await explain(staff(), 'base', 'E2', '--json')).out)).toMatchObject({
      name: 'base',
      key: 'E2',
      errors: 0,
      reason: { kind: 'sheet', at: 'Staff!C3', value: '4500.5' },
    });
    expect((await explain(staff(), 'base')).err).toBe(
      'error: base is a column of Staff: name the key of a row after it.\n',
    );
    expect((await explain(staff(), 'bas', 'E1')).err).toContain('Did you mean base?');
    expect((await explain(staff(), 'zzzzz')).err).toBe(
      'error: No rule, column or defined name is called zzzzz.\n',
    );
    expect((await explain(staff(), 'base', 'E9')).err).toContain('Did you mean E1?');
  });

  it('shows the cell of a defined name', async () => {
    const book = folderBook({
      'Staff.csv': STAFF_CSV,
      'names.csv': 'name,value\ncommission,98765.43\n',
      'Rules.allot': RULES,
    });
    expect(await explain(book, 'Commission')).toMatchObject({
      status: 0,
      out: 'commission = 98765.43  ← names!B2\n',
    });
    expect((await explain(book, 'commission', 'E1')).err).toContain('leave the key out');
  });

  it('begins every refusal alike', async () => {
    for (const args of [['ratios', 'E1'], ['ratio', 'E9'], ['ratio'], ['pool', 'E1']])
      expect((await explain(staff(), ...args)).err).toMatch(/^error: /);
  });

  it('asks which table is meant', async () => {
    const book = folderBook({
      'A.csv': 'id\n1\n',
      'B.csv': 'id\n1\n',
      'Rules.allot': 'each A\n  y = 1\neach B\n  y = 2\n',
    });
    expect((await explain(book, 'y', '1')).err).toContain('write A[y] or B[y]');
    expect((await explain(book, 'B[y]', '1')).out).toMatch(/^y of 1 = 2/);
  });

  it('knows rules that are not in force and rows that are left out', async () => {
    expect((await explain(staff(`${RULES}old = 1 until 2025-12-31\n`), 'old')).err).toContain(
      'No version of “old”',
    );
    const rules = RULES.replace('table Staff key id', 'table Staff key id where side = "back"');
    expect((await explain(staff(rules), 'ratio', 'F1')).err).toContain('left out');
  });
});
