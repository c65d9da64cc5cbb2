import { describe, expect, it } from 'vitest';
import { folderBook } from './files.ts';
import { said } from './inProcess.ts';

const RULES = `table Staff key id
pool_rate = 10%
pool_rate = 15% from 2026-04-01
pool = 1000 * pool_rate
band points
  up to 1   -> 100
  up to 2   -> 80
  otherwise -> 60
each Staff
  answer = points(hours)
  bonus = 5 * 1
score support for Staff
  45% answer
  55% quality
share pool among Staff by support as reward
  cap 60
`;
const STAFF = 'id,hours,quality\nA,1,50\nB,2,90\nC,1.1,70\nD,9,40\n';
const book = (rules = RULES): string => folderBook({ 'Staff.csv': STAFF, 'Rules.allot': rules });
const AS_OF = ['--as-of', '2026-03-31'] as const;

/** What is set, and the line of the file that says the same. */
const SETTINGS: readonly (readonly [set: readonly string[], from: string, to: string])[] = [
  [['pool_rate=12.5%'], 'pool_rate = 10%', 'pool_rate = 12.5%'],
  [['Pool Rate = 0.3'], 'pool_rate = 10%', 'pool_rate = 0.3'],
  [['support.45% answer=30%', 'support.55% quality=70%'], '45% answer\n  55%', '30% answer\n  70%'],
  [['points.up to 2 ->=75'], 'up to 2   -> 80', 'up to 2   -> 75'],
  [['points.up to 1=1.2'], 'up to 1   ->', 'up to 1.2 ->'],
  [['points.otherwise→=0'], 'otherwise -> 60', 'otherwise -> 0'],
  [['reward.cap=15'], 'cap 60', 'cap 15'],
  [['Staff[bonus] (2)=3'], '5 * 1', '5 * 3'],
  [['pool=900'], '1000 *', '900 *'],
  [['reward.cap=1', 'reward.cap=14'], 'cap 60', 'cap 14'],
];

describe('--set', () => {
  it.each(SETTINGS)('%s is the run of the edited file', async (set, from, to) => {
    expect(RULES).toContain(from);
    const tried = await said(['run', book(), ...AS_OF, '--json', ...set.flatMap((one) => ['--set', one])]);
    const edited = await said(['run', book(RULES.replace(from, to)), ...AS_OF, '--json']);
    expect(edited.status).toBe(0);
    expect(tried).toEqual(edited);
    expect(tried.out).not.toBe((await said(['run', book(), ...AS_OF, '--json'])).out);
  });

  it('lists what there is for a name that is none', async () => {
    const { status, err } = await said(['run', book(), ...AS_OF, '--set', 'pool_rat=1']);
    expect(status).toBe(2);
    for (const one of ['pool_rate=10%', 'support.45% answer=45%', 'points.up to 2 ->=80', 'reward.cap=60'])
      expect(err).toContain(`\n  ${one}\n`);
    // The version that is not in force can't be set.
    expect(err).not.toContain('15%');
  });

  it('takes numbers only, and says what the rules make of them', async () => {
    const trying = (set: string) => said(['run', book(), ...AS_OF, '--set', set]);
    expect(await trying('pool_rate=a lot')).toMatchObject({
      status: 2,
      err: expect.stringContaining('a lot'),
    });
    expect(await trying('pool_rate')).toMatchObject({
      status: 2,
      err: expect.stringContaining('NAME=VALUE'),
    });
    const unbalanced = await trying('support.45% answer=50%');
    expect([unbalanced.status, unbalanced.out]).toEqual([1, expect.stringContaining('weights-not-100')]);
  });

  it('writes no results', async () => {
    const { status, err } = await said(['run', book(), ...AS_OF, '--set', 'pool=1', '--out', 'x.xlsx']);
    expect([status, err]).toEqual([2, expect.stringContaining('--set only tries a number out')]);
  });

  it('compares the book with itself', async () => {
    const { out } = await said(['compare', book(), ...AS_OF, '--set', 'pool_rate=12%', '--json']);
    const { set, columns } = JSON.parse(out);
    expect(set).toEqual(['pool_rate=12%']);
    expect(columns[0].total).toMatchObject({ before: '100', after: '120', difference: '20' });
  });

  it('says so in Chinese', async () => {
    const { err } = await said(['run', book(), ...AS_OF, '--set', '比例=1'], 'zh-CN');
    expect(err).toContain('有效的规则中没有名为“比例”的数值');
  });
});
