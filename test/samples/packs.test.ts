import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesOfText, parseRules, printRules } from '../../grammar/index.ts';
import { columnValue } from '../../src/exact/column.ts';
import { PACKS, type PackId } from '../../src/taskpane/pages/rules/packs/catalogue.ts';
import { linesOf, missing } from '../../src/taskpane/pages/rules/packs/fit.ts';
import { openBook } from '../../src/workbook/open.ts';
import { said } from '../cli/inProcess.ts';
import { columnOf, type RunResult, sample } from './run.ts';

const folderOf = (id: PackId): string => sample(`packs/${id}`);

async function run(book: string, asOf = '2026-03-31'): Promise<RunResult> {
  const { status, out } = await said(['run', book, '--as-of', asOf, '--json']);
  expect([status, status === 0 ? '' : out]).toEqual([0, '']);
  return JSON.parse(out) as RunResult;
}

/** The results at 2026-03-31, by pack. */
const results = new Map<PackId, RunResult>();
beforeAll(async () => {
  for (const { id } of PACKS) results.set(id, await run(folderOf(id)));
});
const resultOf = (id: PackId): RunResult => {
  const found = results.get(id);
  if (found === undefined) throw new Error(`${id} was not run`);
  return found;
};
const column = (id: PackId, name: string) => columnOf(resultOf(id), 'Staff', name);

/*
 * Worked out by hand from the tables; nothing below comes from the program.
 *
 * Commission, 3% to 20,000, 5% to 50,000, 8% beyond, and 15% of it to the region's pool:
 *   E01 18,000 + 12,000 = 30,000 -> 600 + 500 = 1,100 -> 165      E02 15,000 -> 450 -> 67.50
 *   E03 35,000 + 25,000 = 60,000 -> 600 + 1,500 + 800 = 2,900 -> 435
 *   E04 8,000.50 -> 240.015 -> 240.02 -> 36.003 -> 36.00
 *   North 165 + 67.50 = 232.50, South 435 + 36 = 471.00
 * Support:
 *   E05 (100 + 100 + 80) / 3, all solved, (85 + 95) / 2 = 90 -> 42 + 35 + 18 = 95
 *   E06 (80 + 60) / 2 = 70, 1 of 2 solved, no rating in March -> (31.5 + 17.5) / 80% = 61.25
 *   E07 100, 100, 100 -> 100
 *   E08 (80 + 60) / 2 = 70, both solved, (60 + 75) / 2 = 67.5 -> 31.5 + 35 + 13.5 = 80
 *   E09 nothing at all: no score, no share
 * Rewards: North 232.50 / 156.25 = 1.488 a point -> 95 * 1.488 = 141.36, 61.25 * 1.488 = 91.14.
 *   South 471 * 100 / 180 = 261.67 is above the cap of 250, the rest of 221.00 is E08's.
 */
describe('the pack for a broadcast network', () => {
  it('counts March alone', () => {
    expect(resultOf('broadcast').problems).toEqual([]);
    expect(resultOf('broadcast').inputs).toMatchObject({
      Sales: { rows: 6, excluded: 1 },
      Tickets: { rows: 9, excluded: 1 },
      Feedback: { rows: 5, excluded: 1 },
    });
  });

  it('scores and shares region by region', () => {
    expect(column('broadcast', 'support')).toMatchObject({
      E01: null,
      E05: '95',
      E06: '61.25',
      E07: '100',
      E08: '80',
      E09: null,
    });
    expect(column('broadcast', 'reward')).toMatchObject({
      E05: '141.36',
      E06: '91.14',
      E07: '250',
      E08: '221',
      E09: null,
    });
  });

  it('pays', () => {
    expect(column('broadcast', 'net_pay')).toEqual({
      E01: '6135', //    5,200 + 1,100 - 165
      E02: '4582.5', //  4,200 + 450 - 67.50
      E03: '7665', //    5,200 + 2,900 - 435
      E04: '4404.02', // 4,200 + 240.02 - 36
      E05: '6641.36',
      E06: '5291.14',
      E07: '6750',
      E08: '5421',
      E09: '4200',
    });
  });

  // A tenth until the end of 2025, fifteen hundredths from then on.
  it('takes the rate of the day', async () => {
    const december = await run(folderOf('broadcast'), '2025-12-31');
    expect(december.scalars.pool_rate).toBe('0.1');
    expect(resultOf('broadcast').scalars.pool_rate).toBe('0.15');
  });
});

/*
 * Hours, half an hour of break taken off; on a workday 8 are normal:
 *   W01 8 + (8 and 2) + 8 -> 24 normal, 2 over; 24 * 30 = 720, 2 * 1.5 * 30 = 90; one night 40
 *   W02 8 + rest day 8 + 8 -> 16 normal, 8 over; 16 * 26 = 416, 8 * 2 * 26 = 416; one evening 15
 *   W03 (8 and 1/4) + 8 -> 16 normal; 416, 0.25 * 1.5 * 26 = 9.75; two nights 80
 *   W04 8 + 8 + rest day 4 -> 448, 4 * 2 * 28 = 224; one evening 15
 *   W05 8 + 8 -> 416; one night 40
 *   W06 8 h 40 min less 30 -> 8 and 1/6; 8 * 24 = 192, 1/6 * 1.5 * 24 = 6
 * Lines: A 1,500 made, 30 faulty = exactly 2% -> factor 1: 1,470 * 0.3 = 441.00
 *        B 1,000 made, 60 faulty = 6% -> factor 0.5: 940 * 0.3 * 0.5 = 141.00
 * Bonus by hours * skill: A 26 * 1.2 = 31.2, 24, 16.25: W01's 192.57 is above 180; 261 is left for 40.25:
 *        W02 155.6273 -> 155.63 (the larger fraction of a cent), W03 105.3727 -> 105.37
 *   B 22, 16, 7.35: W06's 22.85 is below the floor of 25; 116 is left for 38:
 *        W04 67.1579 -> 67.16 (the larger fraction), W05 48.8421 -> 48.84
 */
describe('the pack for manufacturing', () => {
  it('counts hours of the shifts that began in March', () => {
    expect(resultOf('manufacturing').problems).toEqual([]);
    expect(resultOf('manufacturing').inputs).toMatchObject({
      Shifts: { rows: 14, excluded: 1 },
      Output: { rows: 5, excluded: 1 },
    });
    expect(column('manufacturing', 'overtime_hours')).toEqual({
      W01: '2',
      W02: '8',
      W03: '0.25',
      W04: '4',
      W05: '0',
      W06: '1/6',
    });
  });

  it('shares the bonus of each line with a cap and a floor that bite', () => {
    expect(column('manufacturing', 'bonus')).toEqual({
      W01: '180',
      W02: '155.63',
      W03: '105.37',
      W04: '67.16',
      W05: '48.84',
      W06: '25',
    });
  });

  it('pays', () => {
    expect(column('manufacturing', 'gross_pay')).toEqual({
      W01: '1030', //   720 + 90 + 40 + 180
      W02: '1002.63', // 416 + 416 + 15 + 155.63
      W03: '611.12', // 416 + 9.75 + 80 + 105.37
      W04: '754.16', // 448 + 224 + 15 + 67.16
      W05: '504.84', // 416 + 40 + 48.84
      W06: '223', //    192 + 6 + 25
    });
  });
});

/*
 * Commission of permanent staff, 1% to 30,000, 2% to 60,000, 3% beyond; of temporary staff 1.5%:
 *   R01 45,000 + 25,000 = 70,000 -> 300 + 600 + 300 = 1,200       R02 30,000 -> 300
 *   R03 20,000 * 1.5% = 300; 8 + 8 + 6.5 + 8 = 30.5 hours * 22 = 671
 *   R04 50,000 -> 300 + 400 = 700     R05 25,000.50 -> 250.005 -> 250.01
 *   R06 4,000 -> 60; 8 + 4.25 = 12.25 hours * 20 = 245
 *   R08 30,000 -> 300                 R09 25,000 -> 375; 40 hours * 21 = 840
 * Stores: S1 sold 120,000 = exactly 120% -> 1.5% = 1,800; S2 79,000.50 of 80,000 -> nothing;
 *   S3 55,000 = 110% -> 1% = 550
 * Bonus, a part each, of temporary staff hours / 160: S1 1, 1, 0.190625 (R07 without hours 0): R03's 156.63 is above
 *   150; 1,650 is left for two. S3 1 and 0.25: 440 and 110.
 */
describe('the pack for retail', () => {
  it('gives a bonus to the stores that reached their target', () => {
    expect(resultOf('retail').problems).toEqual([]);
    expect(resultOf('retail').shares.map(({ of, pool }) => [of, pool])).toEqual([
      ['S1', '1800'],
      ['S2', '0'],
      ['S3', '550'],
    ]);
    expect(column('retail', 'bonus')).toEqual({
      R01: '825',
      R02: '825',
      R03: '150',
      R04: '0',
      R05: '0',
      R06: '0',
      R07: '0',
      R08: '440',
      R09: '110',
    });
  });

  it('pays permanent staff by the month and temporary staff by the hour', () => {
    expect(column('retail', 'gross_pay')).toEqual({
      R01: '6525', //    4,500 + 1,200 + 825
      R02: '5325', //    4,200 + 300 + 825
      R03: '1121', //    671 + 300 + 150
      R04: '5300', //    4,600 + 700
      R05: '4450.01', // 4,200 + 250.01
      R06: '305', //     245 + 60
      R07: '0',
      R08: '5040', //    4,300 + 300 + 440
      R09: '1325', //    840 + 375 + 110
    });
  });
});

/*
 * OKR by weights, then 70% of it and 30% of the peers:
 *   N01 (50% * 1 + 50% * 0.8) = 90, 90 -> exactly 90 -> 1.5, P7: 2 * 1.5 = 3
 *   N02 60% * 0.7 + 40% * 0.95 = 80, (70 + 80) / 2 = 75 -> 56 + 22.5 = 78.5 -> 1, P6: 1.5
 *   N03 60, 60 -> exactly 60 -> 0.5, P6: 0.75       N04 30 + 63 = 93, no review this quarter -> 93 -> 1.5, P5: 1.5
 *   N05 45, 80 -> 31.5 + 24 = 55.5 -> 0             N06 nothing yet: no score, no bonus
 * Bonus: 40,000 * 3 / 6.75 = 17,777.78 is above 15,000; 25,000 is left for 1.5 + 0.75 + 1.5 = 3.75.
 * Hours, one for lunch taken off, 8 a day due, one may lack:
 *   N01 8.5 + 7 + 8.5 = 24 of 24     N02 7 + 5.5 = 12.5 of 16 -> 2.5 lack: 22,000 / 174 * 2.5 = 316.0919… -> 316.09
 *   N05 7.5 + 8 = 15.5 of 16 -> none lack
 * Days with the core hours kept, 30 each: N01 3 (10:00 sharp on one), N02 1, N03 0 (10:30), N04 1 (10:00), N05 2, N06 1.
 */
describe('the pack for the internet', () => {
  it('scores by the quarter, and shares by level and factor', () => {
    expect(resultOf('internet').problems).toEqual([]);
    expect(column('internet', 'performance')).toEqual({
      N01: '90',
      N02: '78.5',
      N03: '60',
      N04: '93',
      N05: '55.5',
      N06: null,
    });
    expect(column('internet', 'bonus')).toEqual({
      N01: '15000',
      N02: '10000',
      N03: '5000',
      N04: '10000',
      N05: '0',
      N06: null,
    });
  });

  it('pays, with flexible hours', () => {
    expect(column('internet', 'net_pay')).toEqual({
      N01: '45090', //    30,000 + 15,000 + 90
      N02: '31713.91', // 22,000 + 10,000 + 30 - 316.09
      N03: '27000', //    22,000 + 5,000
      N04: '26030', //    16,000 + 10,000 + 30
      N05: '16060', //    16,000 + 60
      N06: '16030', //    16,000 + 30
    });
  });
});

describe.each(PACKS)('$id', ({ id, rules, tables }) => {
  const chinese = mkdtempSync(path.join(tmpdir(), 'allot-pack-'));
  afterAll(() => rmSync(chinese, { recursive: true }));

  it('is offered with the tables and columns that it has', async () => {
    const { tables: there } = await openBook(folderOf(id));
    const needed = [...tables].map(({ table, columns }) => [table, columns] as const);
    const sorted = (list: readonly (readonly [string, readonly string[]])[]) =>
      [...list].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(sorted(needed)).toEqual(sorted(there.map(({ name, headings }) => [name, headings] as const)));
    expect(missing(tables, there)).toEqual([]);
  });

  it('pays the same by its Chinese rules', async () => {
    for (const file of readdirSync(folderOf(id)).filter((name) => name.endsWith('.csv')))
      copyFileSync(path.join(folderOf(id), file), path.join(chinese, file));
    copyFileSync(path.join(folderOf(id), 'zh-CN/rules.allot'), path.join(chinese, 'rules.allot'));
    const { tables: own, shares, scalars } = resultOf(id);
    expect(await run(chinese)).toMatchObject({ tables: own, shares, scalars, problems: [] });
  });

  it('has bands, a statement, a check and a share, the same in both languages', () => {
    expect(resultOf(id).shares.length).toBeGreaterThan(0);
    const parsed = (['en', 'zh'] as const).map((language) =>
      parseRules(linesOfText('rules.allot', rules[language])),
    );
    for (const file of parsed) {
      expect(file.problems).toEqual([]);
      const kinds = file.items.map(({ kind }) => kind);
      expect(kinds).toEqual(expect.arrayContaining(['statement', 'check', 'band', 'each']));
    }
    const [english, other] = parsed.map((file) => printRules(file, { language: 'en' }));
    // notes and messages differ, the statements do not
    const plain = (lines: typeof english) =>
      lines?.map(({ depth, text }) => [depth, text.replace(/#.*|"[^"]*"$/g, '').trim()]);
    expect(plain(other)).toEqual(plain(english));
  });

  it('comes into a sheet line by line', () => {
    const lines = linesOf(rules.en);
    expect(lines.map(({ depth, text }) => `${'  '.repeat(depth)}${text}\n`).join('')).toBe(rules.en);
    expect(lines.filter(({ depth }) => ![0, 1, 2].includes(depth))).toEqual([]);
  });

  it('has a workbook of its tables, as samples/packs/make.ts makes it', async () => {
    const csv = await (await openBook(folderOf(id))).read();
    const book = await (await openBook(sample(`packs/pack-${id}.xlsx`))).read();
    expect([book.hasRules, book.problems]).toEqual([false, []]);
    const cells = ({ tables: all }: typeof csv) =>
      all.map(({ name, rows, columns }) => ({
        name,
        columns: columns.map(({ heading, data }) => ({
          heading,
          values: Array.from({ length: rows }, (_, row) => columnValue(data, row)),
        })),
      }));
    expect(cells(book)).toEqual(cells(csv));
  });
});

describe('a check of a pack', () => {
  // One cell of a table is changed: W04's rest day lasts until the next morning; R06 earns 19.99 an hour; half of N03's
  // key results is gone; an engineer who is not of the staff.
  it.each([
    ['manufacturing', 'Shifts.csv', '2026-03-08 12:30', '2026-03-09 02:00', 'check-failed', 'H11'],
    ['retail', 'Staff.csv', 'R06,S2,temporary,,20', 'R06,S2,temporary,,19.99', 'check-failed', 'R06'],
    ['internet', 'KeyResults.csv', 'N03,2026-03-31,100%', 'N03,2026-03-31,50%', 'check-failed', 'N03'],
    ['broadcast', 'Tickets.csv', 'T09,E08', 'T09,E88', 'orphan', 'T09'],
  ] as const)('of %s stops the run: %s', async (id, file, was, now, code, key) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'allot-pack-'));
    cpSync(folderOf(id), folder, { recursive: true });
    const text = readFileSync(path.join(folder, file), 'utf8');
    expect(text).toContain(was);
    writeFileSync(path.join(folder, file), text.replace(was, now));
    const { status, out } = await said(['run', folder, '--as-of', '2026-03-31', '--json']);
    const { problems } = JSON.parse(out) as { readonly problems: readonly { code: string; key?: string }[] };
    expect([status, problems.map((problem) => [problem.code, problem.key])]).toEqual([1, [[code, key]]]);
    rmSync(folder, { recursive: true });
  });
});

describe('what is missing', () => {
  it('is whole tables, and columns of those that are there, by their names as rules write them', () => {
    const head = (name: string, ...headings: readonly string[]) => ({ name, sheet: name, headings });
    const retail = PACKS.find(({ id }) => id === 'retail')?.tables ?? [];
    expect(
      missing(retail, [
        head('staff', 'ID', 'store', 'Contract', 'Monthly_pay'),
        head('Stores', 'Target', 'Store', 'City'),
        head('Hours', 'Entry', 'Worker', 'Worked on', 'Hours'),
      ]),
    ).toEqual([
      { table: 'Staff', columns: ['Hourly pay'] },
      { table: 'Sales', columns: ['Sale', 'Sold on', 'Seller', 'Amount'] },
    ]);
  });
});
