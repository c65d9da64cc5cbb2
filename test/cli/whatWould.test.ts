import { beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../samples/run.ts';
import { allot, buildBundle } from './bundle.ts';
import { folderBook } from './files.ts';

beforeAll(buildBundle);

const whatWould = (book: string, ...args: readonly string[]) =>
  allot(['what-would', book, '--as-of', '2026-03-31', ...args]);

/*
 * E08's ticket T07 was answered after 61 minutes: 80 points. At 60 minutes it earns 100, so that E08's response is
 * (100 + 100 + 80 + 60 + 80) / 5 = 84 and the support 80 + 45% of 4 = 81.8 among 93.4 + 81.8 + 80 + 64.5 = 319.7:
 * 975.34 * 81.8 / 319.7 = 249.5552..., and 284.9445..., 244.0638... and 196.7765... for the others. Whole cents add
 * to 975.32: the two cents left go to E10 (0.65) and E08 (0.52).
 */
describe('what-would', () => {
  it('says what would raise a reward of small.xlsx, to the cent', () => {
    const { status, out } = whatWould(sample('small.xlsx'), 'reward', 'e08');
    expect(status).toBe(0);
    const lines = out.split('\n');
    expect(lines[0]).toBe('reward of E08 = 245.45');
    expect(lines.find((line) => line.includes('Answered of T07'))).toMatch(
      /^ {2}1 minute earlier +Answered of T07 \(Tickets!D9\) +2026-03-06T12:01:00 → 2026-03-06T12:00:00 +249\.56 +\+4\.11$/,
    );
    expect(out).not.toContain('−');
  });

  it('is JSON where that is asked for', () => {
    const said = JSON.parse(whatWould(sample('small.xlsx'), 'net_pay', 'E02', '--json', '--lower').out);
    expect(said).toMatchObject({ asOf: '2026-03-31', name: 'net_pay', key: 'E02', value: '6234.42' });
    // 12 minutes late cost 5 for the first full 10; 9 cost nothing. 20 cost 5 more.
    const late = said.changes.filter(({ at }: { at: string }) => at === 'Attendance!D2');
    expect(late).toEqual([
      expect.objectContaining({
        key: 'A01',
        from: '12',
        to: '9',
        steps: -3,
        step: '1',
        direction: 'raises',
        value: '6239.42',
        difference: '5',
      }),
      expect.objectContaining({
        from: '12',
        to: '20',
        steps: 8,
        direction: 'lowers',
        value: '6229.42',
        difference: '-5',
      }),
    ]);
  });

  it.each([
    ['pool', 'E08', 'pool is one value for all'],
    ['reward', 'E99', 'no row with the key E99'],
    ['reward', 'E12', 'reward of E12 is blank'],
    ['side', 'E08', 'not computed by a rule'],
    ['rewards', 'E08', 'reward'],
  ])('refuses %s of %s', (name, key, said) => {
    const { status, err, out } = whatWould(sample('small.xlsx'), name, key);
    expect(status).toBe(2);
    expect(err).toContain(said);
    expect(out).toBe('');
  });

  it('speaks Chinese, and shows the problems of a run with errors', () => {
    const book = folderBook({ 'T.csv': 'id,x\n1,3\n', 'Rules.allot': 'each T\n  y = x * 2\n' });
    expect(whatWould(book, 'y', '1', '--lang', 'zh-CN').out).toContain('以下任一变化会使其增加');
    const bad = folderBook({ 'T.csv': 'id,x\n1,3\n2,\n', 'Rules.allot': 'each T\n  y = x * 2\n' });
    const { status, out } = whatWould(bad, 'y', '1');
    expect(status).toBe(1);
    expect(out).toContain('T!B3');
  });
});
