import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openBook } from '../../src/workbook/open.ts';
import { allot, bookFile, CSV, paid, scratch, VOUCHER } from './support.ts';

it('refuses people without a department, in words, and tells rows that changed since', async () => {
  const folder = scratch();
  const file = bookFile(
    folder,
    [VOUCHER, { ...CSV, mapping: 'id = member; dept = [Department]; paid = amount' }],
    {
      staff: ['E1|Ann|Sales|#100', 'E2|Bo|?|#200'],
    },
  );
  await paid(file);
  const said = await allot(['deliver', file, '--only', 'finance']);
  expect([said.status, said.out]).toEqual([
    1,
    expect.stringContaining('not delivered. 1 person without Department in Staff: E2.'),
  ]);
  expect(existsSync(path.join(folder, 'voucher-2026-03-31.csv'))).toBe(false);
  const book = await openBook(file);
  const kept = { was: 0, cells: [null, null, null, null] };
  const named = { was: 1, cells: [null, null, { kind: 'text' as const, value: '=SUM(1)' }, null] };
  await book.write({ tables: [{ table: 'Staff', rows: [kept, named] }] }, file);
  const now = await allot(['deliver', file]);
  expect([now.status, now.out]).toEqual([
    0,
    expect.stringContaining('1 row of Staff changed since the run (E2); columns are sent as they are now.'),
  ]);
  expect(readFileSync(path.join(folder, 'pay-2026-03-31-1.csv'), 'utf8')).toBe(
    "\ufeffid,dept,paid\r\nE1,Sales,100\r\nE2,'=SUM(1),200\r\n",
  );
  await book.write({ tables: [{ table: 'Staff', rows: [kept] }] }, file);
  const gone = await allot(['deliver', file, '--only', 'payroll', '--again']);
  expect([gone.status, gone.out]).toEqual([
    1,
    expect.stringContaining('1 person who was paid has no row in Staff any more: E2.'),
  ]);
});

it('is read and told in Chinese', async () => {
  const folder = scratch();
  const file = bookFile(
    folder,
    [
      {
        name: '财务凭证',
        kind: '凭证',
        location: '凭证-{计薪日}.csv',
        mapping: '部门 = Department',
        accounts: '借方 = 6602；贷方 = 2211',
      },
      { name: '无', kind: 'ftp', location: 'x' },
    ],
    { language: 'zh-CN' },
  );
  const bad = await allot(['deliver', file], {}, 'zh-CN');
  expect([bad.status, bad.err]).toEqual([
    2,
    '错误：结果推送 第 3 行：无法理解“类型”中的“ftp”；可填 csv、postgresql、mysql、rest、voucher。\n',
  ]);
  const good = bookFile(
    folder,
    [
      {
        name: '财务凭证',
        kind: '凭证',
        location: '凭证-{计薪日}.csv',
        mapping: '部门 = Department',
        accounts: '借方 = 6602；贷方 = 2211',
      },
    ],
    { language: 'zh-CN' },
  );
  await paid(good);
  const said = await allot(['deliver', good], {}, 'zh-CN');
  expect([said.status, said.out]).toEqual([
    0,
    expect.stringContaining('财务凭证（voucher 凭证-2026-03-31.csv）：已送达：3 笔，net 合计 600.35'),
  ]);
  expect(readFileSync(path.join(folder, '凭证-2026-03-31.csv'), 'utf8').split('\r\n').slice(0, 2)).toEqual([
    '\ufeff凭证号,日期,科目,部门,借方,贷方,摘要',
    'ALLOT-1,2026-03-31,6602,Sales,400.10,,2026-03-31 net，第 1 号发放',
  ]);
});

it('takes no word that every object has for a kind or a field of ours', async () => {
  const folder = scratch();
  const file = bookFile(folder, [{ ...CSV, kind: 'constructor', options: '' }]);
  await paid(file);
  const said = await allot(['deliver', file]);
  expect([said.status, said.err]).toEqual([
    2,
    expect.stringContaining('Deliveries row 2: “constructor” under Kind cannot be understood'),
  ]);
  const headed = bookFile(folder, [{ ...CSV, mapping: 'id = member; paid = amount; x = constructor' }]);
  await paid(headed);
  expect((await allot(['deliver', headed])).out).toContain(
    'names “constructor”, which is no heading of Staff',
  );
});

it('says what is wrong in the sheet, at its row', async () => {
  const folder = scratch();
  const file = bookFile(folder, [
    { ...CSV, mapping: 'paid' },
    { ...CSV, options: 'x' },
    { ...CSV, name: 'other', what: '' },
  ]);
  const said = await allot(['deliver', file]);
  expect(said.err).toBe(
    [
      'error: Deliveries row 2: “paid” under Mapping cannot be understood.',
      'error: Deliveries row 3: “x” under Options cannot be understood.',
      'error: Deliveries row 4: “” under What cannot be understood.',
      '',
    ].join('\n'),
  );
  const twice = bookFile(folder, [CSV, { ...VOUCHER, name: 'PAYROLL' }]);
  expect((await allot(['deliver', twice])).err).toBe(
    'error: Deliveries row 3: there is a destination PAYROLL already.\n',
  );
  const unknown = bookFile(folder, [
    { ...CSV, what: 'gross' },
    { ...CSV, name: 'b', mapping: 'id = member' },
    { ...CSV, name: 'c', mapping: 'id = member; paid = amount; x = Shoe size' },
  ]);
  await paid(unknown);
  const refused = await allot(['deliver', unknown]);
  expect(refused.status).toBe(2);
  expect(refused.out).toContain('Nothing called “gross” was paid in this run. What was: Staff[net].');
  expect(refused.out).toContain('The mapping must have a field for amount');
  expect(refused.out).toContain(
    'names “Shoe size”, which is no heading of Staff. It has: Id, Name, Department, Base.',
  );
  const asked = await allot(['deliver', unknown, '--only', 'nobody']);
  expect(asked.err).toBe('error: There is no destination “nobody”. Those that there are: payroll, b, c.\n');
});
