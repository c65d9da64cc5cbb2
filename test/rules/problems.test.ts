import { describe, expect, it } from 'vitest';
import { parseRules } from '../../grammar/index.ts';
import { checkRules } from '../../src/rules/check.ts';
import { book, type Cell } from '../support/book.ts';
import { checkText, marked, shown } from './marked.ts';

const SHEETS = {
  Staff: [['id', 'side', 'x', 'y', 'Response hours']],
  Tickets: [['ticket', 'engineer', 'hours', 'opened', 'side']],
  Grades: [['grade', 'base']],
};
const NAMES = { commission: 100 };

/** Every case is one rule file; what is marked must be reported there, and nothing else. */
const CASES: Readonly<Record<string, string>> = {
  'names of nothing': `
pool = «unknown-name:comission» * 2
a = «unknown-name:[@x]» + 1
each Staff
  b = «unknown-name:z» + response_hours + [RESPONSE HOURS]
  c = «unknown-name:[@nope]»
  d = sum(Tickets«unknown-name:[nope]» where engineer = id)`,
  'tables of nothing': `
table «unknown-table:Stuff»
table Tickets
  engineer in «unknown-table:Staf»
  «unknown-name:engineeer» in Staff
each «unknown-table:Stuf»
  whatever = anything + 1
a = sum(«unknown-table:Sales»[x])
b = count(«unknown-table:Sale» where c)
score s for «unknown-table:Staffs»
  100% q`,
  'keys that are no sheet column': `
table Staff key «unknown-name:idd»
each Staff
  idd = 1`,
  'a computed column in the where of its table': `
table Staff where «unknown-name:z» > 1
each Staff
  z = x + 1`,
  'functions and their arguments': `
a = «unknown-function:rond»(1.5)
b = «wrong-arguments:if»(TRUE, 1)
c = «wrong-arguments:round»(1, 2, 3)
d = «wrong-arguments:sum»(1, 2)
e = «wrong-arguments:sum»(commission)
f = «wrong-arguments:lookup»(Grades[base])
g = «wrong-arguments:last»(Grades[base])
h = «wrong-arguments:abs»(1 where TRUE)
i = «wrong-arguments:rank»(1)
j = «wrong-arguments:max»(commission)
band g1
  otherwise -> 1
k = «wrong-arguments:g1»(1, 2)
l = max(commission, 2) + Round(1.5) + g1(3)`,
  'rank belongs to rows': `
each Staff
  r = rank(x where side = [@side])
  s = sum(Tickets[hours] * «wrong-arguments:rank»(x))
share 100 among Staff by «wrong-arguments:rank»(x) as w`,
  'a whole column needs an aggregate': `
a = «column-outside-aggregate:Staff[x]»
each Staff
  z = id + «column-outside-aggregate:Staff[x]»
  v = sum(Tickets[hours] where hours > «column-outside-aggregate:Grades[base]»)
score s for Staff
  100% «column-outside-aggregate:Staff[x]»`,
  'a name that two tables have': `
each Staff
  n = count(Tickets where «ambiguous-name:side» = "back")
  m = count(Tickets where Tickets[side] = [@side])
  o = count(Staff where side = [@side])
share 1 among Staff by x as p
each Grades
  share 1 among Staff where grade = id by x as q`,
  'two definitions': `
a = 1
«duplicate-name:A» = 2
band b
  otherwise -> 1
band «duplicate-name:b»
  otherwise -> 2
band «duplicate-name:round»
  otherwise -> 2
«duplicate-name:b» = 3
each Staff
  «duplicate-name:x» = 1
  «duplicate-name:key» = 1
  c = 1
  «duplicate-name:c» = 2
each Staff where side = "back"
  c = 3
each Staff where (SIDE = "BACK")
  «duplicate-name:c» = 4
table Staff
table «duplicate-name:staff»
unit 0.01
«duplicate-name:unit» 0.1`,
  versions: `
a = 1
a = 2 from 2026-01-01
«duplicate-version:a» = 3 from 2026-01-01
b = 1 until 2026-01-01
«duplicate-version:b» = 2
c = 1 from 2027-01-01
d = «no-version-in-force:c» * 2
e = d until 2025-12-31
e2 = e + 1 until 2025-12-31
f = «no-version-in-force:e»
band g from 2027-01-01
  otherwise -> 1
h = «no-version-in-force:g»(1)
each Staff
  z = 1 from 2027-01-01
  w = «no-version-in-force:z»
  v = z from 2027-01-01`,
  cycles: `
«cycle:a» = b + 1
b = c * 2
c = a
«cycle:self» = self + 1
band «cycle:g»
  otherwise -> k
k = g(1)
ok = a + k`,
  'a table that needs its own rows': `
limit = average(Staff[x])
table «cycle:Staff» where x < limit`,
  'a column counts as one': `
each Staff where side = "back"
  «cycle:p» = q
each Staff where side = "front"
  q = p`,
  'rates of a marginal band': `
band b marginal
  up to 10 -> 3%
  otherwise -> «type-mismatch:"8%"»`,
  weights: `
score «weights-not-100:s» for Staff
  50% x
  40% y
score t for Staff
  33.3% x
  66.7% y`,
  'band order': `
band a
  up to 2 -> 1
  «band-order:up to 1 -> 2»
  otherwise -> 3
band b
  at least 75 -> 1
  «band-order:at least 90 -> 2»
  otherwise -> 3
band c
  up to 1 -> 1
  «band-order:at least 2 -> 2»
  otherwise -> 3
band d
  «band-order:otherwise -> 3»
  «band-order:up to 1 -> 1»
band e marginal
  «band-order:below 1 -> 1»
  otherwise -> 3
band f marginal
  «band-order:up to -5 -> 1%»
  «unreachable-line:up to 0 -> 1%»
  otherwise -> 3%`,
  'lines that nobody reaches': `
band a
  up to 1 -> 1
  «unreachable-line:up to 1 -> 2»
  otherwise -> 3
band b
  below 5 -> 1
  up to 5 -> 2
  otherwise -> 3
band c
  up to 5 -> 1
  «unreachable-line:below 5 -> 2»
  otherwise -> 3
band d
  above 5 -> 1
  at least 5 -> 2
  «unreachable-line:above 5 -> 2»
  otherwise -> 3
band e
  "A", "B" -> 1
  «unreachable-line:"C", "a" -> 2»
  otherwise -> 3`,
  'open-ended bands are a warning': `
band «band-open-ended:g»
  up to 1 -> 1`,
  'a lost line is no second problem': `
rate = «thousands-separator:1,000»
pool = rate * 2
score s for Staff
  50% x
  50% «syntax:=» y`,
  'problems behind problems': `
a = «thousands-separator:1,000» + «unknown-name:nope»
b = «unknown-function:foo»(«unknown-name:nope»)
c = «wrong-arguments:abs»(«unknown-name:nope», 1)
each Staff «syntax:wher» x > 1
  lost = 1
d = sum(Staff[lost])
each Staff where x > 1
  «duplicate-name:x» = 1
each Staff where x < 1
  «duplicate-name:X» = 2
each Staff where x = 12%
  v = 1
each Staff where x = 0.12
  v = 2 from 2026-01-01`,
  'a lookup key is read outside': `
each Tickets
  a = lookup(Grades[base], grade0)
  grade0 = "G1"
each Staff
  b = lookup(Grades[base], «unknown-name:base»)`,
};

describe('problems in the rules', () => {
  for (const [name, source] of Object.entries(CASES)) {
    it(name, () => {
      const { text, expected } = marked(source.trimStart());
      const checked = checkText(text, SHEETS, '2026-03-31', { names: NAMES });
      expect(shown(checked)).toEqual(expected);
      const broken = checked.problems.some((problem) => problem.severity === 'error');
      expect(checked.program === null).toBe(broken);
    });
  }

  it('shows the whole path of a cycle', () => {
    const { problems } = checkText('a = b\nb = c\nc = a', {});
    expect(problems).toMatchObject([{ code: 'cycle', path: ['a', 'b', 'c', 'a'] }]);
  });

  it('suggests what was probably meant, as it is spelled', () => {
    const suggestions = (text: string) =>
      checkText(text, SHEETS, '2026-03-31', { names: NAMES }).problems.map((problem) =>
        'suggestion' in problem ? problem.suggestion : undefined,
      );
    expect(suggestions('p = comission')).toEqual(['commission']);
    expect(suggestions('Pool_Rate = 1\np = pol_rate')).toEqual(['Pool_Rate']);
    expect(suggestions('each Staf\n  a = 1')).toEqual(['Staff']);
    expect(suggestions('a = rond(1)')).toEqual(['round']);
    expect(suggestions('each Staff\n  a = respons_hours')).toEqual(['Response hours']);
    expect(suggestions('a = something_else_entirely')).toEqual([undefined]);
  });

  it('names the one Excel table of a sheet that was named instead', () => {
    const sheets = { tblStaff: [['id']], tblPayA: [['id']], tblPayB: [['id']] };
    const workbook = book(sheets, {
      rules: 'each Staff\n  a = 1\neach Personal\n  b = 1\neach Pay\n  c = 1',
    });
    const [staff, payA, payB] = workbook.tables;
    if (staff === undefined || payA === undefined || payB === undefined) throw new Error('no table');
    const tables = [
      { ...staff, sheet: 'staff' },
      { ...payA, sheet: 'Pay' },
      { ...payB, sheet: 'Pay' },
    ];
    const others = [{ name: 'Leute2', sheet: 'Personal' }];
    const { problems } = checkRules(parseRules(workbook.rules), { ...workbook, tables }, 0, others);
    expect(problems.map((problem) => ('suggestion' in problem ? problem.suggestion : undefined))).toEqual([
      'tblStaff',
      'Leute2',
      undefined,
    ]);
  });

  it('says what functions of Excel are here', () => {
    const instead = (text: string) =>
      checkText(text, SHEETS).problems.map((problem) =>
        'instead' in problem ? problem.instead : problem.code,
      );
    expect(instead('a = SUMIF(1, 2)')).toEqual(['sum(Table[x] where …)']);
    expect(instead('a = CountIf(1, 2)')).toEqual(['count(Table where …)']);
    expect(instead('a = 求和(1)')).toEqual(['sum(Table[x] where …)']);
    expect(instead('a = XLOOKUP(1, 2, 3)')).toEqual(['lookup(Table[x], key)']);
    expect(instead('a = INT(1)')).toEqual(['floor(x, 1)']);
    expect(instead('band int\n  otherwise -> 1\na = INT(1)')).toEqual([]);
  });

  it('names the cell of a heading that is there twice, and computes nothing', () => {
    const checked = checkText('each Staff\n  a = 1', { Staff: [['id', 'Two words', 'two_words']] });
    expect(shown(checked)).toEqual(['duplicate-heading Staff!C1']);
    expect(checked.program).toBeNull();
  });

  it('leaves headings of tables alone that no rule names', () => {
    expect(shown(checkText('a = 1', { Other: [['x', 'X']] }))).toEqual([]);
  });
});

describe('keys and references', () => {
  const sheets = {
    Staff: [['id'], ['A'], ['B'], ['a'], [null], [{ error: '#N/A' }]],
    Tickets: [
      ['ticket', 'engineer'],
      [1, 'a'],
      [2, 'J99'],
      [3, null],
      [2, 'B'],
    ],
  };

  it('finds blank, repeated and unreadable keys, and orphans, also under broken rules', () => {
    const text = 'table Staff\ntable Tickets\n  engineer in Staff\nx = nothing_here';
    // A row of nothing but blanks is skipped: the blank key is on a row that has nothing else, so give it one.
    const withBlank = { ...sheets, Staff: sheets.Staff.map(([id], i) => [id ?? null, i]) };
    const checked = checkText(text, withBlank);
    expect(shown(checked)).toEqual([
      'unknown-name Rules.allot:4:5-16',
      'duplicate-key Staff!A4',
      'blank-key Staff!A5',
      'cell-error Staff!A6',
      'duplicate-key Tickets!A5',
      'orphan Tickets!B3',
    ]);
    expect(checked.problems.at(-1)).toMatchObject({ key: '2', value: 'J99', table: 'Staff' });
  });

  it('says how an orphan differs from a key that looks alike', () => {
    const differs = (keys: readonly Cell[], value: Cell) =>
      checkText('table K\ntable T\n  k in K', {
        K: [['id'], ...keys.map((key) => [key])],
        T: [
          ['t', 'k'],
          [1, value],
        ],
      }).problems.map((problem) => (problem.code === 'orphan' ? (problem.differs ?? null) : problem.code));
    expect(differs([1001], '1001')).toEqual(['text']);
    expect(differs([1001], ' 1001.0')).toEqual(['text']);
    expect(differs(['1001'], 1001)).toEqual(['number']);
    expect(differs(['E1'], 'e1 ')).toEqual(['space']);
    expect(differs(['E1\u00a0'], 'E1')).toEqual(['space']);
    expect(differs(['E1', 1001], 'E2')).toEqual([null]);
    expect(differs(['E1', 1001], 1002)).toEqual([null]);
    expect(differs(['E1', 1001], 1001)).toEqual([]);
  });

  it('leaves the references of tables with a where to the run', () => {
    const text = 'table Staff\ntable Tickets where ticket < 3\n  engineer in Staff';
    const codes = shown(checkText(text, { ...sheets, Staff: [['id'], ['A']] }));
    expect(codes).toEqual(['duplicate-key Tickets!A5']);
  });

  it('does not hold a number and a text of the same digits for one key', () => {
    expect(shown(checkText('table T', { T: [['id'], [1], ['1'], [{ date: '2026-01-01' }]] }))).toEqual([]);
  });
});
