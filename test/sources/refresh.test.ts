import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestTable } from '../../src/audit/digest.ts';
import { readXlsx } from '../../src/workbook/xlsx/book.ts';
import { scratch } from '../cli/files.ts';
import { said } from '../cli/inProcess.ts';
import { hasOpenpyxl, skipNote } from '../workbook/tools.ts';
import { cell, rowTexts, type SourceRow, smallBook, tableTexts } from './books.ts';
import { HEAD, RULES, refresh, TABLES } from './company.ts';
import { httpServer, json } from './httpServer.ts';

const RECOMPUTE = path.join(import.meta.dirname, '../audit/recompute.py');
const openpyxl = hasOpenpyxl();
if (!openpyxl) skipNote('openpyxl');

const smallBookBytes = (tables: Readonly<Record<string, readonly string[]>>): Buffer =>
  readFileSync(smallBook(scratch(), tables, [], RULES));

describe('a refresh', () => {
  const CSV = `${HEAD}T2,E2,2026-02-10,2.5,200\nT4,E1,2026-03-01,1,100\n`;

  it('is shown before it is written, and kept in the ledger', async () => {
    const dry = await refresh(CSV, {}, ['--dry-run']);
    expect([dry.status, dry.err]).toEqual([0, '\nThis was a dry run: nothing is written.\n']);
    expect(readFileSync(dry.file).equals(dry.before)).toBe(true);
    expect(dry.out).toBe(
      `Tickets, from csv in.csv (merge)
  2 rows came: 1 new, 1 changed, 0 removed
  Column  Before  After
  ──────  ──────  ─────
  rows         3      4
  Hours      7.5      9
  Pay        450    550
  T2: Hours “2” → “2.5”
  T4: new

note: Complaints, TicketNo: 1 row with a value that is no key of Tickets, as before.
`,
    );
    const done = await refresh(CSV, {}, ['--by', 'Finance A']);
    expect(done.out.startsWith(dry.out)).toBe(true);
    expect(done.out).toMatch(/\nRefreshed Tickets, by Finance A\nAnchor: allot:1:[0-9a-f]{64}:\n$/);
    expect(done.err).toBe(`\nWrote ${done.file}:\n  Tickets A1:E5\n  Allot Ledger A1:O2\n`);
    const book = readXlsx(readFileSync(done.file), done.file);
    const ledger = await book.ours('Allot Ledger');
    const row = ledger === null ? [] : (rowTexts(ledger)[0] ?? []);
    const [table] = (await book.read(['Tickets'])).tables;
    expect(row[4]).toBe('refreshed');
    expect(row[6]).toBe(`Tickets=${table === undefined ? '' : digestTable(table).digest}`);
    expect(row[11]).toBe('Tickets from csv: 1 added, 1 changed, 0 removed');
    expect(await said(['verify', done.file])).toMatchObject({ status: 0 });
    if (!openpyxl) return;
    // A program that is not ours comes to the same digests.
    const theirs = JSON.parse(
      execFileSync('/usr/bin/python3', ['-W', 'ignore', RECOMPUTE, done.file], { encoding: 'utf8' }),
    );
    expect([theirs.rows, `Tickets=${theirs.refreshed.Tickets}`]).toEqual([[row[13]], row[6]]);
  });

  it('goes into another file where one is named, and is told as JSON', async () => {
    const folder = scratch();
    const out = path.join(folder, 'new.xlsx');
    const done = await refresh(CSV, {}, ['--out', out, '--json']);
    expect(readFileSync(done.file).equals(done.before)).toBe(true);
    expect((await tableTexts(out, 'Tickets')).length).toBe(4);
    const told = JSON.parse(done.out);
    expect(told).toMatchObject({
      tables: [
        {
          table: 'Tickets',
          kind: 'csv',
          mode: 'merge',
          fetched: 2,
          before: 3,
          after: 4,
          added: 1,
          changed: 1,
          removed: 0,
          same: 2,
          locked: 0,
          totals: [
            { heading: 'Hours', before: '7.5', after: '9' },
            { heading: 'Pay', before: '450', after: '550' },
          ],
          changes: [
            { kind: 'changed', key: 'T2', heading: 'Hours', before: '2', after: '2.5' },
            { kind: 'added', key: 'T4' },
          ],
        },
      ],
      issues: [{ severity: 'note', kind: 'orphans-before', message: expect.any(String) }],
      row: { Event: 'refreshed', By: 'allot refresh' },
      path: out,
    });
  });

  it('takes the tables that are asked for, one that the rules do not know too', async () => {
    const folder = scratch();
    writeFileSync(path.join(folder, 'in.csv'), 'what,much\nx,4\n');
    const file = smallBook(
      folder,
      { ...TABLES, Loose: ['What Much', 'x|#5', 'y|#6'] },
      [
        { table: 'Loose', kind: 'CSV', location: 'in.csv' },
        { table: 'Staff', kind: 'CSV', location: 'none.csv' },
      ],
      RULES,
    );
    expect((await said(['refresh', file])).status).toBe(2);
    expect((await said(['refresh', file, '--table', 'loose'])).status).toBe(0);
    expect(await tableTexts(file, 'Loose')).toEqual([['x', '4']]);
  });

  it('puts rows and the tables that they refer to in together', async () => {
    const server = await httpServer((_, response, asked) => {
      if (asked === '/staff')
        json(response, [
          { id: 'E1', name: 'Anna', base: 5000 },
          { id: 'E2', name: 'Bo', base: '4500.50' },
          { id: 'E3', name: 'Cy', base: 4000.25 },
          { id: 'E9', name: 'New', base: 4100 },
        ]);
      else
        json(response, {
          list: [{ ticket: 'T4', engineer: 'E9', opened: '2026-03-01', hours: 1, pay: 100 }],
        });
    });
    const sources: readonly SourceRow[] = [
      { table: 'Tickets', kind: 'rest', location: `${server.url}/tickets`, mode: 'merge' },
      { table: 'Staff', kind: 'rest', location: `${server.url}/staff` },
    ];
    const file = smallBook(scratch(), TABLES, sources, RULES);
    const told = await said(['refresh', file]);
    expect([told.status, told.out]).toEqual([0, expect.stringContaining('Refreshed Tickets, Staff')]);
    expect((await tableTexts(file, 'Staff')).map((row) => row[0])).toEqual(['E1', 'E2', 'E3', 'E9']);
    await server.close();
  });

  it('leaves a book alone that somebody else saved meanwhile, and one that can not be written', async () => {
    let file = '';
    let other: Buffer = Buffer.from('');
    const server = await httpServer((_, response) => {
      other = smallBookBytes({ ...TABLES, Staff: ['Id Name Base', 'E1|Anna|#6000', 'E2|Bo|#1', 'E3|Cy|#1'] });
      writeFileSync(file, other);
      json(response, [{ ticket: 'T4', engineer: 'E1', opened: '2026-03-01', hours: 1, pay: 100 }]);
    });
    file = smallBook(
      scratch(),
      TABLES,
      [{ table: 'Tickets', kind: 'rest', location: server.url, mode: 'merge' }],
      RULES,
    );
    const told = await said(['refresh', file]);
    expect([told.status, told.err]).toEqual([
      2,
      'error: The book was changed by somebody else meanwhile, so nothing is written. Run it again.\n',
    ]);
    expect(readFileSync(file).equals(other)).toBe(true);
    await server.close();
    const none = await refresh(CSV, {}, ['--out', path.join(scratch(), 'none/new.xlsx')]);
    expect([none.status, readFileSync(none.file).equals(none.before)]).toEqual([2, true]);
    expect(none.err).toContain('It cannot be written');
  });

  it('meets a formula or a totals row in the table, and refuses', async () => {
    const folder = scratch();
    writeFileSync(path.join(folder, 'in.csv'), CSV);
    const source: SourceRow = { table: 'Tickets', kind: 'csv', location: 'in.csv', mode: 'merge' };
    const file = smallBook(folder, TABLES, [source], RULES);
    const book = readXlsx(readFileSync(file), file);
    const formula = { kind: 'formula', formula: '=100+100', cached: cell('#200') } as const;
    writeFileSync(file, book.withCells([{ sheet: 'Tickets', row: 3, column: 5, value: formula }]));
    const before = readFileSync(file);
    const told = await said(['refresh', file]);
    expect([told.status, told.err]).toEqual([
      2,
      `error: ${file}: A cell of a table that is refreshed holds a formula (Tickets!E3). Keep formulas in columns beside the table, or turn this one into a value.\n`,
    ]);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('of a Chinese book reads its own sheet 数据源', async () => {
    const folder = scratch();
    writeFileSync(path.join(folder, '工单.csv'), '编号,金额\nT1,100\nT2,50.5\n');
    const headings = '数据表 类型 位置 列对应 选项 方式 备注';
    const file = smallBook(
      folder,
      {
        工单: ['编号 金额', 'T1|#90'],
        数据源: [headings, '工单|CSV|工单.csv|?|核对 金额 = 150.5; 核对 行数 = 2|合并|每周一'],
      },
      [],
    );
    const told = await said(['refresh', file, '--by', '财务甲'], 'zh-CN');
    expect(told.out).toMatch(
      /^工单，来自 csv 工单\.csv（合并）\n {2}收到 2 行：新增 1 行，更改 1 行，删除 0 行\n/,
    );
    expect(told.out).toMatch(/\n已刷新 工单，经办人 财务甲\n锚定行：allot:1:/);
    expect(await tableTexts(file, '工单')).toEqual([
      ['T1', '100'],
      ['T2', '50.5'],
    ]);
  });
});
