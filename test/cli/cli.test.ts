import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBook } from '../../src/workbook/open.ts';
import { allot, buildBundle } from './bundle.ts';
import { filesIn, folderBook, RULES, STAFF_CSV, scratch } from './files.ts';
import { said as saidHere } from './inProcess.ts';

beforeAll(buildBundle);

const AS_OF = ['--as-of', '2026-03-31'] as const;
const good = (): string => folderBook({ 'Staff.csv': STAFF_CSV, 'Rules.allot': RULES });
const broken = (): string =>
  folderBook({ 'Staff.csv': 'id,x\nE1,\nE2,abc\n', 'Rules.allot': 'each Staff\n  y = x * 2\n' });
const codes = (json: string): readonly string[] =>
  JSON.parse(json).problems.map((problem: { code: string }) => problem.code);

describe('check', () => {
  it('says that there is nothing', () => {
    const said = allot(['check', good()]);
    expect(said).toEqual({ status: 0, out: 'No problems in 5 rules.\n', err: '' });
  });

  it('reports every problem of the rules and fails', () => {
    const said = allot(['check', folderBook({ 'Rules.allot': 'a = nope\nb = = 1\n' })]);
    expect(said.status).toBe(1);
    expect(said.out).toContain('Rules.allot:1:5-8  error unknown-name');
    expect(said.out).toContain('Rules.allot:2:5  error syntax');
    expect(said.out).toMatch(/\n2 errors\.\n$/);
  });

  it('does not fail for a warning', () => {
    const said = allot(['check', folderBook({ 'Rules.allot': 'band b\n  up to 1 -> 2\nx = b(1)\n' })]);
    expect(said.status).toBe(0);
    expect(said.out).toContain('warning band-open-ended');
  });

  it('takes the rules as of a date', () => {
    const book = folderBook({ 'Rules.allot': 'a = 1 from 2026-02-01 until 2026-02-28\nb = a\n' });
    expect(allot(['check', book, '--as-of', '2026-02-28']).status).toBe(0);
    expect(allot(['check', book, '--as-of', '2026-03-01']).out).toContain('no-version-in-force');
  });

  it('prints JSON', () => {
    const said = allot(['check', broken(), ...AS_OF, '--json']);
    expect(JSON.parse(said.out)).toEqual({ asOf: '2026-03-31', problems: [] });
  });
});

it('wants a workbook to write, and rules as text', () => {
  for (const command of ['run', 'rules']) {
    const from = command === 'run' ? AS_OF : ['--from', 'x.allot'];
    const said = allot([command, good(), ...from, '--out', scratch()]);
    expect(said.status).toBe(2);
    expect(said.err).toContain('Write the name of the .xlsx file to be written');
  }
  const said = allot(['rules', good(), '--from', 'x.xlsx', '--out', 'y.xlsx']);
  expect(said.status).toBe(2);
  expect(said.err).toContain('Name a text file of rules');
  const chinese = allot(['run', good(), ...AS_OF, '--out', '结果', '--lang', 'zh-CN']);
  expect(chinese.err).toMatch(/^错误：选项 --out <NEW\.xlsx> 的值 结果 无效。请填写要写入的 \.xlsx 文件名/);
});

it('names the default of check once', () => {
  const help = allot(['check', '--help']).out.replace(/\s+/g, ' ');
  expect(help.match(/\(default: today\)|\(default: \d/g)).toEqual(['(default: today)']);
});

describe('run', () => {
  it('prints exactly one object with --json, and nothing else', () => {
    const said = allot(['run', good(), ...AS_OF, '--json']);
    expect(said.status).toBe(0);
    expect(said.err).toBe('');
    expect(JSON.parse(said.out).tables.Staff.rows[0].reward).toBe('52.63');
  });

  it('shows people the results', () => {
    const said = allot(['run', good(), ...AS_OF]);
    expect(said.status).toBe(0);
    expect(said.out).toMatch(/^As of 2026-03-31: 3 rows of 1 table/);
  });

  it('writes result sheets that others can read, texts as texts', async () => {
    const out = path.join(scratch(), 'new.xlsx');
    const said = allot(['run', good(), ...AS_OF, '--out', out]);
    expect(said.status).toBe(0);
    expect(said.err).toContain('Allot Statements');
    const bytes = readFileSync(out);
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    // Sheets of ours are no data; the rest of the book came along, rules included.
    const book = await openBook(out);
    expect(book.tables.map(({ name }) => name)).toEqual(['Staff']);
    expect(book.rules.map(({ text }) => text)).toContain('table Staff key id');
    const again = allot(['run', out, ...AS_OF, '--json']);
    expect(JSON.parse(again.out)).toEqual(JSON.parse(allot(['run', good(), ...AS_OF, '--json']).out));
  });

  it('writes nothing where there is an error', () => {
    const folder = scratch();
    const said = allot(['run', broken(), ...AS_OF, '--out', path.join(folder, 'new.xlsx')]);
    expect(said.status).toBe(1);
    expect(said.out).toContain('No results: correct');
    expect(filesIn(folder)).toEqual([]);
    const json = allot(['run', broken(), ...AS_OF, '--json', '--out', path.join(folder, 'new.xlsx')]);
    expect(Object.keys(JSON.parse(json.out))).toEqual(['asOf', 'problems']);
    expect(codes(json.out)).toEqual(['blank-value', 'type-mismatch']);
    expect(filesIn(folder)).toEqual([]);
  });

  it('may write onto the book itself where it is named', () => {
    const out = path.join(scratch(), 'pay.xlsx');
    expect(allot(['run', good(), ...AS_OF, '--out', out]).status).toBe(0);
    expect(allot(['run', out, ...AS_OF, '--out', out]).status).toBe(0);
    expect(JSON.parse(allot(['run', out, ...AS_OF, '--json']).out).problems).toEqual([]);
  });

  it('shows no results as done that could not be written', () => {
    const out = path.join(scratch(), 'no/such/folder/new.xlsx');
    const said = allot(['run', good(), ...AS_OF, '--json', '--out', out]);
    expect(said.status).toBe(2);
    expect(codes(said.out)).toEqual(['file']);
    expect(allot(['run', good(), ...AS_OF, '--out', path.join(scratch(), 'new.ods')]).status).toBe(2);
  });

  it('ignores what other tables hold', () => {
    const book = folderBook({
      'Staff.csv': STAFF_CSV,
      'Other.csv': 'a,b\n"unclosed',
      'Rules.allot': RULES,
    });
    expect(allot(['run', book, ...AS_OF]).status).toBe(0);
  });
});

describe('a wrong command ends with 2 and a sentence', () => {
  it.each([
    [['run', 'x'], '--as-of'],
    [['run', 'x', '--as-of', '2026-02-30'], '2026-02-30'],
    [['run', 'x', '--as-of', '2026-02-28 10:00'], '2026-02-28 10:00'],
    [['check', 'x', '--as-of', 'today'], 'today'],
    [['frobnicate', 'x'], 'frobnicate'],
    [['run', 'x', 'y', ...AS_OF], ''],
    [['check'], 'BOOK'],
    [['check', 'x', '--lang', 'fr'], 'fr'],
    [['check', 'x', '--wrong'], '--wrong'],
    [['explain', 'x', ...AS_OF], 'NAME'],
    [['rules', 'x', '--from', 'y'], '--out'],
    [['rules', 'x', '--out', 'y.xlsx'], '--from'],
    [[], 'Usage'],
  ])('%j', (args, named) => {
    for (const lang of [[], ['--lang', 'zh-CN']]) {
      if (args.includes('--lang') && lang.length > 0) continue;
      if (args.length === 0 && lang.length > 0) continue;
      const said = allot([...args, ...lang]);
      expect(said.status).toBe(2);
      expect(said.out).toBe('');
      expect(said.err).toContain(named);
      expect(said.err).not.toMatch(/ {4}at |node:/);
      if (lang.length > 0) expect(said.err).toMatch(/[\u4e00-\u9fff]/);
    }
  });
});

describe('a wrong file ends with 2, as a problem', () => {
  const cases: readonly (readonly [string, () => string, string])[] = [
    ['no such file', () => path.join(scratch(), 'nothing.xlsx'), 'missing'],
    ['a text called .xlsx', () => file('a.xlsx', 'not a workbook, but long enough to be read'), 'not-zip'],
    ['an empty file', () => file('a.xlsx', ''), 'truncated'],
    ['an old workbook', () => file('a.xls', 'x'), 'unsupported'],
    ['a zip cut short', () => file('a.xlsx', 'PK\u0003\u0004aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'), 'truncated'],
    [
      'a broken quote',
      () => folderBook({ 'Staff.csv': 'id,x\n1,"abc\n2,3\n', 'Rules.allot': 'table Staff\n' }),
      'broken-quote',
    ],
    ['no rules', () => folderBook({ 'Staff.csv': STAFF_CSV }), 'no-rules'],
    [
      'bytes of no encoding',
      () =>
        folderBook({ 'Staff.csv': Buffer.from([0xff, 0xff, 0x80, 0xff]), 'Rules.allot': 'table Staff\n' }),
      'encoding',
    ],
  ];
  it.each(cases)('%s', (_what, make) => {
    const book = make();
    const said = allot(['run', book, ...AS_OF]);
    expect(said.status).toBe(2);
    expect(said.out).toBe('');
    expect(said.err).toMatch(/^error: /);
    expect(said.err).not.toMatch(/ {4}at |node:|undefined/);
    const json = allot(['run', book, ...AS_OF, '--json']);
    expect(json.status).toBe(2);
    expect(json.err).toBe('');
    expect(Object.keys(JSON.parse(json.out))).toEqual(['asOf', 'problems']);
    expect(codes(json.out)).toEqual(['file']);
    expect(allot(['run', book, ...AS_OF, '--lang', 'zh-CN']).err).toMatch(/^错误：.*。\n$/);
  });

  function file(name: string, content: string): string {
    const made = path.join(scratch(), name);
    writeFileSync(made, content);
    return made;
  }
});

it('a CSV that a Chinese Excel has saved is read', () => {
  // `姓名` and `张三` in GB18030.
  const csv = Buffer.concat([
    Buffer.from('id,'),
    Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]),
    Buffer.from('\n1,'),
    Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]),
    Buffer.from('\n'),
  ]);
  const book = folderBook({ 'T.csv': csv, 'Rules.allot': '每个 T\n  名 = 姓名\n' });
  const said = allot(['run', book, ...AS_OF, '--json']);
  expect(JSON.parse(said.out).tables.T.rows).toEqual([{ key: '1', 名: '张三' }]);
});

describe('the language', () => {
  const table = (): string => folderBook({ 'Rules.allot': 'a = nope\n' });
  it('is that of the environment', () => {
    for (const env of [{ LC_ALL: 'zh_CN.UTF-8' }, { LC_ALL: '', LANG: 'zh_CN.UTF-8' }])
      expect(allot(['check', table()], env).out).toContain('没有名为“nope”的');
    expect(allot(['check', table()], { LC_ALL: 'en_US.UTF-8', LANG: 'zh_CN.UTF-8' }).out).toContain(
      'Nothing is',
    );
  });
  it('is that of --lang before that', () => {
    expect(allot(['check', table(), '--lang', 'en'], { LC_ALL: 'zh_CN.UTF-8' }).out).toContain('Nothing is');
    expect(allot(['check', table(), '--lang=zh-CN']).out).toContain('没有名为“nope”的');
  });
  it('is that of the help, too', () => {
    const said = allot(['run', '--help', '--lang', 'zh-CN']);
    expect(said.status).toBe(0);
    expect(said.out).toContain('选项：');
    expect(said.out).not.toMatch(/Options|Arguments|Usage/);
  });
  it('is that of what every command does where nothing is said', async () => {
    const { out } = await saidHere(['--help'], 'zh-CN');
    const names = [...out.matchAll(/^ {2}([a-z][a-z-]+) /gm)].map(([, name = '']) => name);
    expect(names).toEqual(expect.arrayContaining(['run', 'refresh', 'deliver', 'serve']));
    for (const name of names)
      expect((await saidHere([name, '--help'], 'zh-CN')).out, name).not.toMatch(/\bdefaults?\b/);
    const { out: refresh } = await saidHere(['refresh', '--help'], 'zh-CN');
    expect(refresh).toContain('等待答复的秒数（默认为 30）');
    expect(refresh).toContain('经办人，记入台账（默认为“allot refresh”）');
  });
});

it('prints its version', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(allot(['--version'])).toEqual({ status: 0, out: `${version}\n`, err: '' });
});
