import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratch } from '../cli/files.ts';
import { said } from '../cli/inProcess.ts';
import { type SourceRow, smallBook, tableTexts } from './books.ts';
import { HEAD, RULES, refresh, TABLES } from './company.ts';

async function refused(
  csv: string,
  source: Partial<SourceRow>,
  english: string,
  chinese: string,
): Promise<void> {
  const told = await refresh(csv, source);
  expect([told.out.split('\n').filter((line) => /^(error|doubt): /.test(line)), told.status]).toEqual([
    [english],
    1,
  ]);
  expect(readFileSync(told.file).equals(told.before)).toBe(true);
  const zh = await refresh(csv, source, [], 'zh-CN');
  expect(zh.out.split('\n').filter((line) => /^(错误|存疑)：/.test(line))).toEqual([chinese]);
}

describe('what comes is checked', () => {
  it('values of another kind', async () => {
    await refused(
      `${HEAD}T4,E1,2026-03-01,soon,100\nT5,E1,2026-03-01,later,100\n`,
      {},
      'error: Tickets, Hours: not a number in 2 rows (T4: “soon”, T5: “later”).',
      '错误：Tickets 的 Hours：有 2 个值不是数字（T4：“soon”，T5：“later”）。',
    );
    await refused(
      `${HEAD}T4,E1,2026-03-01,1,2026-03-05\n`,
      {},
      'error: Tickets, Pay: a date where a number is expected in 1 row (T4: “2026-03-05”).',
      '错误：Tickets 的 Pay：有 1 个值像是日期，而此列应为数字（T4：“2026-03-05”）。',
    );
  });

  it('keys', async () => {
    await refused(
      `${HEAD}T4,E1,2026-03-01,1,100\n,E1,2026-03-01,1,100\n`,
      {},
      'error: Tickets: 1 row of the source without Ticket, its key (row 2).',
      '错误：Tickets：数据源有 1 行没有编号 Ticket（第 2 行）。',
    );
    await refused(
      `${HEAD}T4,E1,2026-03-01,1,100\nt4,E1,2026-03-02,1,100\n`,
      {},
      'error: Tickets: 1 row of the source with a key (Ticket) that another one has: t4.',
      '错误：Tickets：数据源有 1 行的编号（Ticket）与其他行重复：t4。',
    );
  });

  it('references: a ticket of an unknown engineer, and a colleague who is gone', async () => {
    await refused(
      `${HEAD}T4,E9,2026-03-01,1,100\nT5,E1,2026-03-01,1,100\n`,
      {},
      'error: Tickets, Engineer: 1 row with a value that is no key of Staff (T4: “E9”).',
      '错误：Tickets 的 Engineer：有 1 行的值在 Staff 中没有对应的编号（T4：“E9”）。',
    );
    await refused(
      'id,name,base\nE1,Anna,5000\nE2,Bo,4500\n',
      { table: 'Staff', mode: 'replace' },
      'error: Tickets, Engineer: 1 row with a value that is no key of Staff (T3: “E3”).',
      '错误：Tickets 的 Engineer：有 1 行的值在 Staff 中没有对应的编号（T3：“E3”）。',
    );
  });

  it('links that are declared once: a complaint and its ticket', async () => {
    await refused(
      `${HEAD}T2,E2,2026-02-10,2,200\nT3,E3,2026-02-20,4,150\n`,
      { mode: 'replace' },
      'error: Complaints, TicketNo: 1 row with a value that is no key of Tickets (C1: “T1”).',
      '错误：Complaints 的 TicketNo：有 1 行的值在 Tickets 中没有对应的编号（C1：“T1”）。',
    );
    // One that was broken before is told, and stops nothing.
    const told = await refresh(`${HEAD}T4,E1,2026-03-01,1,100\n`);
    expect(told.status).toBe(0);
    expect(told.out).toContain(
      'note: Complaints, TicketNo: 1 row with a value that is no key of Tickets, as before.',
    );
  });

  it('fields and headings', async () => {
    await refused(
      'ticket,engineer,opened,hours\nT4,E1,2026-03-01,1\n',
      {},
      'error: Tickets: no field of the source fills Pay. Map it (Pay = field), or leave it as it is (Pay =). The source has: ticket, engineer, opened, hours.',
      '错误：Tickets：数据源中没有字段对应 Pay。请写 Pay = 字段；如不需刷新，请写 Pay =。现有字段：ticket、engineer、opened、hours。',
    );
    await refused(
      `${HEAD}T4,E1,2026-03-01,1,100\n`,
      { mapping: 'Pay = amount' },
      'error: Tickets: the source has no field “amount” for Pay. It has: ticket, engineer, opened, hours, pay.',
      '错误：Tickets：数据源没有字段 “amount”（用于 Pay）。现有字段：ticket、engineer、opened、hours、pay。',
    );
    await refused(
      `${HEAD}T4,E1,2026-03-01,1,100\n`,
      { mapping: 'Wage = pay' },
      'error: Tickets: the mapping names “Wage”, which is no heading of the table.',
      '错误：Tickets：列对应中的 “Wage” 不是该表的标题。',
    );
  });

  it('control totals', async () => {
    const csv = `${HEAD}T4,E1,2026-03-01,1,100.1\nT5,E1,2026-03-02,1,100.2\n`;
    await refused(
      csv,
      { options: 'check Pay = 200.4' },
      'error: Tickets: Pay should come to 200.4, and comes to 200.3.',
      '错误：Tickets：Pay 的合计应为 200.4，实为 200.3。',
    );
    await refused(
      csv,
      { options: 'check rows = 3' },
      'error: Tickets: the number of rows should come to 3, and comes to 2.',
      '错误：Tickets：行数应为 3，实为 2。',
    );
    await refused(
      csv,
      { options: 'check Pay = control_of_pay' },
      'error: Tickets: the control total of Pay, “control_of_pay”, cannot be had.',
      '错误：Tickets：无法取得 Pay 的控制合计 “control_of_pay”。',
    );
    expect((await refresh(csv, { options: 'check Pay = 200.3; check rows = 2' })).status).toBe(0);
  });

  it('amounts that are written like days', async () => {
    // They are far more than those of last month, too.
    const told = await refresh(`${HEAD}T4,E1,2026-03-01,1,46112\nT5,E1,2026-03-01,1,20260331\n`);
    expect([told.status, readFileSync(told.file).equals(told.before)]).toEqual([1, true]);
    expect(told.out).toContain(
      'doubt: Tickets, Pay: 2 numbers written like a date (T4: “46112”, T5: “20260331”).\n',
    );
    // Where amounts are that large, nothing is strange about it.
    const folder = scratch();
    writeFileSync(path.join(folder, 'in.csv'), 'what,much\nx,46112\ny,46000\n');
    const file = smallBook(folder, { Loose: ['What Much', 'x|#46111', 'y|#46000'] }, [
      { table: 'Loose', kind: 'CSV', location: 'in.csv' },
    ]);
    expect((await said(['refresh', file])).status).toBe(0);
  });

  it('tenfold jumps against the last period, and in a row', async () => {
    const csv = `${HEAD}T4,E1,2026-03-01,1,2100\nT5,E1,2026-03-02,1,2400\n`;
    const told = await refresh(csv);
    expect(told.status).toBe(1);
    expect(told.out).toContain(
      'doubt: Tickets: the total of Pay goes from 450 in 2026-02 to 4,500 in 2026-03, tenfold or more.',
    );
    expect(told.out).toContain(
      'doubt: Tickets, Pay: 2 values differing tenfold or more from before (T4: “2100”, T5: “2400”).',
    );
    expect(told.err).toBe('\nNothing is written. With --accept it is written in spite of the doubts.\n');
    expect(readFileSync(told.file).equals(told.before)).toBe(true);
    const accepted = await refresh(csv, {}, ['--accept']);
    expect([accepted.status, (await tableTexts(accepted.file, 'Tickets')).length]).toEqual([0, 5]);
    // 4499 is not ten times 450, nor 1990 of the largest one.
    const fewer = await refresh(
      `${HEAD}T4,E1,2026-03-01,1,1990\nT5,E1,2026-03-02,1,1990\nT6,E1,2026-03-02,1,519\n`,
    );
    expect(fewer.status).toBe(0);
    // A month that is not over has less; that is no jump.
    expect((await refresh(`${HEAD}T4,E1,2026-03-01,1,3\n`)).status).toBe(0);
    await refused(
      'id,name,base\nE1,Anna,50000\n',
      { table: 'Staff' },
      'doubt: Staff, Base: 1 value differing tenfold or more from before (E1: “50000”).',
      '存疑：Staff 的 Base：有 1 个值与此前相差十倍以上（E1：“50000”）。',
    );
    await refused(
      HEAD,
      { mode: 'replace', table: 'Complaints', mapping: 'Complaint = ticket; TicketNo = engineer' },
      'doubt: Complaints: the source gives no rows; all 3 would go.',
      '存疑：Complaints：数据源没有任何数据，现有 3 行将全部删除。',
    );
  });
});

describe('the sheet Sources', () => {
  it('is told where it can not be understood', async () => {
    const folder = scratch();
    const rows: readonly SourceRow[] = [
      { table: 'Staff', kind: 'carrier pigeon', location: 'x' },
      { table: 'Nobody', kind: 'csv', location: 'x' },
      { table: 'Tickets', kind: 'csv', location: '', mode: 'append', options: 'token' },
      { table: 'Complaints', kind: 'csv', location: 'x' },
      { table: 'complaints', kind: 'csv', location: 'y' },
      { table: '', kind: '', location: '', note: 'only a note' },
    ];
    const file = smallBook(folder, TABLES, rows, RULES);
    const told = await said(['refresh', file]);
    expect(told.status).toBe(2);
    expect(told.out).toBe(
      `error: Sources, row 2: “carrier pigeon” under Kind cannot be understood; write csv, workbook, rest, soap, postgresql, mysql, duckdb.
error: Sources, row 3: there is no table “Nobody” in the workbook.
error: Sources, row 4: “append” under Mode cannot be understood; write replace, merge.
error: Sources, row 4: “token” under Options cannot be understood.
error: Sources, row 4: “” under Location cannot be understood.
error: Sources, row 6: Complaints has a source already.
`,
    );
    const zh = await said(['refresh', file], 'zh-CN');
    expect(zh.out).toContain('错误：Sources 第 3 行：工作簿中没有数据表 “Nobody”。\n');
    const none = smallBook(scratch(), { Staff: TABLES.Staff }, []);
    const bytes = readFileSync(none);
    writeFileSync(none, bytes);
    expect((await said(['refresh', none, '--table', 'Staff'])).out).toBe(
      'error: Staff has no source. Those that have one: none.\n',
    );
    const small = path.join(import.meta.dirname, '../../samples/small.xlsx');
    const refusedThere = await said(['refresh', small, '--dry-run']);
    expect([refusedThere.status, refusedThere.out]).toEqual([
      2,
      'error: There is no sheet Sources or 数据源 that says where tables come from.\n',
    ]);
  });
});
