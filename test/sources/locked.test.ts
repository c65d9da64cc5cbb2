import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isoOfMs } from '../../src/exact/date.ts';
import { nextPeriod } from '../../src/sources/locked.ts';
import { readXlsx } from '../../src/workbook/xlsx/book.ts';
import { scratch } from '../cli/files.ts';
import { said } from '../cli/inProcess.ts';
import { type SourceRow, smallBook, tableTexts } from './books.ts';
import { HEAD, RULES, TABLES } from './company.ts';

describe('the period after a locked one', () => {
  it.each([
    ['2026-02-28', ['2026-02-28'], '2026-03-31'],
    ['2026-01-31', ['2025-12-31', '2026-01-31', '2026-02-28'], '2026-02-28'],
    ['2026-03-31', ['2025-12-31', '2026-03-31'], '2026-06-30'],
    ['2025-12-31', ['2024-12-31', '2025-12-31'], '2026-12-31'],
    ['2026-03-31', ['2026-03-24', '2026-03-31'], '2026-04-30'],
  ])('of %s among %j ends on %s', (asOf, days, next) => {
    const found = nextPeriod(asOf, days);
    expect(found === null ? null : isoOfMs(found)).toBe(next);
  });
});

describe('a locked period', () => {
  /** February is paid and locked. */
  async function locked(
    sources: readonly SourceRow[],
    files: Readonly<Record<string, string>>,
  ): Promise<string> {
    const folder = scratch();
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    const clean = { ...TABLES, Complaints: ['Complaint TicketNo', 'C1|T1'] };
    const file = smallBook(folder, clean, sources, RULES);
    const paid = await said(['pay', file, '--as-of', '2026-02-28', '--by', 'Finance A', '--out', file]);
    expect([paid.status, paid.out]).toEqual([0, expect.stringContaining('Paid as run 1')]);
    expect((await said(['lock', file, '--run', '1', '--by', 'Finance B', '--out', file])).status).toBe(0);
    return file;
  }

  it('keeps its rows; people and other months change', async () => {
    const file = await locked(
      [
        { table: 'Tickets', kind: 'csv', location: 'tickets.csv' },
        { table: 'Staff', kind: 'csv', location: 'staff.csv' },
      ],
      {
        // T1 has another amount, T2 is gone, T3 is the same; T5 is late for February, T4 is of March.
        'tickets.csv': `${HEAD}T4,E1,2026-03-01,1,100\nT1,E1,2026-02-03,1.5,101\nT3,E3,2026-02-20,4,150\nT5,E2,2026-02-27,1,90\n`,
        // Anna was paid in February, and earns more now.
        'staff.csv': 'id,name,base\nE1,Anna,5600\nE2,Bo,4500.5\nE3,Cy,4000.25\n',
      },
    );
    const told = await said(['refresh', file, '--by', 'Finance A']);
    expect([told.status, told.out]).toEqual([0, expect.anything()]);
    expect(await tableTexts(file, 'Tickets')).toEqual([
      ['T1', 'E1', '2026-02-03', '1.5', '100'],
      ['T2', 'E2', '2026-02-10', '2', '200'],
      ['T3', 'E3', '2026-02-20', '4', '150'],
      ['T4', 'E1', '2026-03-01', '1', '100'],
      ['T5', 'E2', '2026-02-27', '1', '90'],
    ]);
    expect((await tableTexts(file, 'Staff'))[0]).toEqual(['E1', 'Anna', '5600']);
    expect(told.out).toContain(
      '4 rows came: 2 new, 0 changed, 0 removed; 2 of locked periods stay as they are\n',
    );
    expect(told.out).toContain(
      'note: Tickets: the period 2026-02-28 is locked (run 1), so these stay as they are: 1 row the source has otherwise, 1 row the source no longer has.\n',
    );
    expect(told.out).toContain(
      'note: Tickets: 1 row came for the period 2026-02-28, which is locked (run 1). Adjust under Audit, or `allot adjust --run 1`, gives what is to be paid in addition.\n',
    );
    const zh = await said(['refresh', file, '--dry-run'], 'zh-CN');
    expect(zh.out).toContain('提示：Tickets：期间 2026-02-28 已锁定（第 1 号发放），以下各行保持不变：');
    expect((await said(['verify', file])).out).toContain('3 ledger rows, 1 paid run');
  });

  it('holds where a row would leave it, too', async () => {
    const file = await locked([{ table: 'Tickets', kind: 'csv', location: 'tickets.csv', mode: 'merge' }], {
      'tickets.csv': `${HEAD}T1,E1,2026-03-03,1.5,100\n`,
    });
    const before = readFileSync(file);
    const told = await said(['refresh', file]);
    expect([told.status, told.err]).toEqual([0, '\nNothing has changed, so nothing is written.\n']);
    expect(told.out).toContain('1 row the source has otherwise');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('is kept by the ledger: one that was tampered with is not added to', async () => {
    const file = await locked([{ table: 'Tickets', kind: 'csv', location: 'tickets.csv', mode: 'merge' }], {
      'tickets.csv': `${HEAD}T4,E1,2026-03-01,1,100\n`,
    });
    const book = readXlsx(readFileSync(file), file);
    writeFileSync(
      file,
      book.withCells([
        { sheet: 'Allot Ledger', row: 3, column: 4, value: { kind: 'text', value: 'Finance C' } },
      ]),
    );
    const before = readFileSync(file);
    const told = await said(['refresh', file]);
    expect(told.status).toBe(1);
    expect(told.err).toMatch(/^error: .*ledger/i);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});
