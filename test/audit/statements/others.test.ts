import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyStatement } from '../../../src/audit/statements/verify.ts';
import { displayText } from '../../../src/exact/decimal.ts';
import { book, type Cell } from '../../support/book.ts';
import { type Files, filesOf, runBook } from './support.ts';

/** A company where pay depends on colleagues in every way that the language has. */
const RULES = `unit 0.01
table Staff key id
  boss in Staff
table Teams key team
table Bonuses key code
  person in Staff
table Ratings key rating
table Notes key note where day <= as_of
  about in Staff
table Calls key call
  note in Notes
step = 10%
fund = 1000 + count(Staff) * 100
best = max(Staff[score])
lead_name = lookup(Staff[name] where id = "P1")

each Staff
  rated = sum(Ratings[points] where whom = id)
  noted = count(Notes where about = id)
  called = sum(Calls[minutes] where called_person = id)
  last_points = last(Ratings[points] by given where whom = id)
  boss_score = default(lookup(Staff[score], boss), 0)
  boss_team = lookup(Staff[team], boss)
  same_team = if(default(boss_team, "") = team, 5, 0)
  reports = count(Staff where boss = [@id])
  place = rank(score where team = [@team])
  team_mean = average(Staff[score] where team = [@team])
  own_bonus = default(lookup(Bonuses[amount] where person = id), 0)
  first_bonus = lookup(Bonuses[amount], "B1")
  head_of_team = lookup(Teams[head], team)
  head_extra = if(default(head_of_team, "") = id, 50, 0)
  led = if(lead_name = name, 7, 0)
each Calls
  called_person = lookup(Notes[about], note)
each Teams
  total = sum(Staff[score] where Staff[team] = [@team])
each Teams where total > 0
  share total * 10 among Staff where Staff[team] = [@team] by score as team_money
    floor 1
    cap 5000
    rest as left_over
share fund among Staff where rated > 0 by rated as pot
  cap 900
  rest as unspent
statement pay for Staff
  add round(score * 3 + boss_score * step + same_team) "Basis"
  add round(rated + noted + called + default(last_points, 0)) "Own rows"
  add reports * 2 + place "Reports and place"
  add round(default(team_mean, 0)) "Mean of the team"
  add own_bonus + first_bonus + head_extra + led "Extra"
  add default(pot, 0) "Pot"
  add default(team_money, 0)
  add round(default(lookup(Teams[left_over], team), 0) + unspent + lookup(Staff[score], default(boss, id))) "Others"
  less round(best * step)`;

const at = (date: string): Cell => ({ date });

function company(
  staff: readonly (readonly [team: string, score: number, boss: number])[],
  seed: number,
): Files {
  const id = (i: number): string => `P${i + 1}`;
  const people = staff.map(([team, score, boss], i) => [
    id(i),
    `Name ${String.fromCharCode(65 + i)}son`,
    team,
    score,
    boss < i ? id(boss) : null,
  ]);
  const turn = (i: number): number => (i * 7 + seed) % staff.length;
  const sheets = {
    Staff: [['id', 'name', 'team', 'score', 'boss'], ...people],
    Teams: [
      ['team', 'head'],
      ['North', id(turn(1))],
      ['South', 'Name Ason'],
    ],
    Bonuses: [
      ['code', 'person', 'amount'],
      ['B1', id(turn(3)), 12.5],
      ...(staff.length > 1 ? [['B2', id(turn(4)), 3]] : []),
    ],
    Ratings: [
      ['rating', 'whom', 'points', 'given', 'by_whom'],
      ...Array.from({ length: 9 }, (_, i) => [
        `R${i}`,
        id(turn(i)),
        1 + ((i * 5 + seed) % 9),
        at(`2026-03-${10 + i}`),
        id(turn(i + 2)),
      ]),
    ],
    Notes: [
      ['note', 'about', 'day', 'text'],
      ...Array.from({ length: 6 }, (_, i) => [
        `N${i}`,
        id(turn(i)),
        at(`2026-0${3 + (i % 2)}-10`),
        `Note on ${id(turn(i))}`,
      ]),
    ],
    Calls: [
      ['call', 'note', 'minutes'],
      ...Array.from({ length: 6 }, (_, i) => [`C${i}`, i % 2 === 0 ? `N${i}` : null, i + 0.5]),
    ],
  };
  // A person may have one bonus only: the rules look for the one.
  if (turn(3) === turn(4)) sheets.Bonuses.splice(2);
  return filesOf(runBook(book(sheets, { rules: RULES })), '00'.repeat(16));
}

describe('statements of people whose pay depends on others', () => {
  it('come to the same without the others, and say nothing of them', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom('North', 'South'),
            fc.integer({ min: 1, max: 30 }),
            fc.integer({ min: 0, max: 9 }),
          ),
          { minLength: 1, maxLength: 8 },
        ),
        fc.nat(20),
        (staff, seed) => {
          const files = company(staff, seed);
          expect(files.keys).toHaveLength(staff.length);
          for (const [i, key] of files.keys.entries()) {
            const page = files.page(key, seed % 2 === 0 ? 'en' : 'zh-CN');
            expect([key, verifyStatement(page).findings]).toEqual([key, []]);
            for (const [j, other] of files.keys.entries()) {
              if (i === j) continue;
              expect([key, page.includes(`Name ${String.fromCharCode(65 + j)}son`)]).toEqual([key, false]);
              // The rules themselves name P1.
              if (other !== 'P1')
                expect([
                  key,
                  other,
                  new RegExp(`(?<![0-9A-Za-z!])${other}(?![0-9A-Za-z])`).test(page),
                ]).toEqual([key, other, false]);
            }
          }
        },
      ),
      { numRuns: Number(process.env.ALLOT_RUNS ?? 40) },
    );
  });

  it('do not depend on the order of the rows', () => {
    const staff = [
      ['North', 5, 9],
      ['North', 8, 0],
      ['South', 3, 0],
    ] as const;
    const files = company(staff, 3);
    const shuffled = runBook(
      book(
        Object.fromEntries(
          files.all.made.length === 0
            ? []
            : Object.entries(sheetsOf(staff)).map(([name, [head = [], ...rows]]) => [
                name,
                [head, ...rows.reverse()],
              ]),
        ),
        { rules: RULES },
      ),
    );
    const straight = runBook(book(sheetsOf(staff), { rules: RULES }));
    const root = (one: Files): string => one.all.tree?.root ?? '';
    expect(root(filesOf(shuffled, 'aa'))).toBe(root(filesOf(straight, 'aa')));
    expect(root(filesOf(straight, 'ab'))).not.toBe(root(filesOf(straight, 'aa')));
  });

  function sheetsOf(staff: readonly (readonly [string, number, number])[]): Record<string, Cell[][]> {
    return {
      Staff: [
        ['id', 'name', 'team', 'score', 'boss'],
        ...staff.map(([team, score, boss], i): Cell[] => [
          `P${i + 1}`,
          `N${i}`,
          team,
          score,
          boss < i ? `P${boss + 1}` : null,
        ]),
      ],
      Teams: [
        ['team', 'head'],
        ['North', 'P2'],
        ['South', 'P3'],
      ],
      Bonuses: [
        ['code', 'person', 'amount'],
        ['B1', 'P1', 5],
      ],
      Ratings: [
        ['rating', 'whom', 'points', 'given', 'by_whom'],
        ['R1', 'P1', 5, at('2026-03-01'), 'P2'],
        ['R2', 'P1', 7, at('2026-03-02'), 'P3'],
        ['R3', 'P2', 7, at('2026-03-02'), 'P3'],
      ],
      Notes: [
        ['note', 'about', 'day', 'text'],
        ['N1', 'P1', at('2026-03-01'), 'x'],
        ['N2', 'P2', at('2026-03-01'), 'y'],
      ],
      Calls: [
        ['call', 'note', 'minutes'],
        ['C1', 'N1', 4],
        ['C2', 'N2', 6],
      ],
    };
  }

  it('show what is whose', () => {
    const files = company(
      [
        ['North', 5, 9],
        ['North', 8, 0],
        ['South', 3, 0],
        ['South', 11, 1],
      ],
      0,
    );
    const { content } = files.data('P2');
    expect(content.scalars).toEqual([{ name: 'lead_name', value: '-', withheld: true }]);
    const figure = (text: string): string | undefined => {
      const found = content.figures.find(
        ({ line, start, end }) => content.rules[line]?.[1].slice(start - 1, end) === text,
      );
      return found === undefined ? undefined : `${found.value} of ${found.rows}`;
    };
    expect(figure('count(Staff)')).toBe('n:4 of 4');
    expect(figure('max(Staff[score])')).toBe('n:11 of 4');
    // Two colleagues in the North, with 5 and 8 points.
    expect(figure('average(Staff[score] where team = [@team])')).toBe('n:6.5 of 2');
    expect(figure('rank(score where team = [@team])')).toBe('n:1 of 2');
    expect(figure('sum(Ratings[points] where whom = id)')).toBeUndefined();
    expect(displayText({ n: 13n, d: 2n })).toBe('6.5');
  });
});

describe('cells that look like a page', () => {
  it('stay text, in the page and in its data', () => {
    const name = '</script><img src=x onerror=alert(1)>&amp;"\'\u2028\u202e--><!--';
    const rules = `table 员工 key 编号
statement 工资 for 员工
  add 基本 "</code><b onclick=x>"
`;
    const files = filesOf(
      runBook(
        book(
          {
            员工: [
              ['编号', '姓名<i>', '基本'],
              ['A/1', name, 100],
            ],
          },
          { rules },
        ),
      ),
      null,
    );
    const page = files.page('A/1', 'zh-CN');
    expect(verifyStatement(page).findings).toEqual([]);
    expect(page.match(/<(img|i|b onclick)[ >]/g)).toBeNull();
    expect(page.match(/<\/script>/g)).toHaveLength(1);
    expect(page).not.toMatch(/<!--|-->|\u202e|\u2028/);
    expect(page).toContain('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&amp;amp;&quot;&#39;');
  });
});
