/** One statement of each kind over `Rows` in `Groups`: what grows with the rows, alone as far as that goes. */
export interface StatementKind {
  readonly name: string;
  readonly rules: string;
}

const TABLES = 'table Groups key id\ntable Rows key no\n';
const each = (line: string): string => `${TABLES}each Rows\n  v = ${line}\n`;
const grouped = (line: string): string => `${TABLES}each Groups\n  v = ${line}\n`;

export const KINDS: readonly StatementKind[] = [
  { name: 'column: sums and products', rules: each('x * 2 + y / 4 - 1.5') },
  { name: 'column: quotient of columns', rules: each('x / y') },
  { name: 'column: round', rules: each('round(x * 12.5%, 2)') },
  { name: 'column: if, and, comparison', rules: each('if(good and x > 500, x, y)') },
  { name: 'column: text in a list', rules: each('if(kind in ("red", "blue"), 1, 0)') },
  { name: 'column: clamp', rules: each('clamp(x, 100, 800)') },
  {
    name: 'band of numbers',
    rules: `band b\n  up to 100 -> 10\n  up to 300 -> 20\n  up to 700 -> 30\n  otherwise -> 40\n${each('b(x)')}`,
  },
  {
    name: 'band of texts',
    rules: `band b\n  "red", "blue" -> 1.5\n  "green" -> 1\n  otherwise -> 0.5\n${each('b(kind)')}`,
  },
  {
    name: 'tiers (marginal band)',
    rules: `band b marginal\n  up to 100 -> 3%\n  up to 300 -> 5%\n  otherwise -> 8%\n${each('b(x)')}`,
  },
  { name: 'lookup by key', rules: each('lookup(Groups[rate], group)') },
  {
    name: 'lookup where',
    rules: `${TABLES}each Rows\n  v = lookup(Groups[rate] where id = [@group])\n`,
  },
  {
    name: 'reference (in)',
    rules: `table Groups key id\ntable Rows key no\n  group in Groups\nn = count(Rows)\n`,
  },
  { name: 'table where', rules: 'table Groups key id\ntable Rows key no where x > 300\nn = count(Rows)\n' },
  { name: 'sum of a table', rules: `${TABLES}s = sum(Rows[x] * Rows[y])\n` },
  { name: 'sum where, of a table', rules: `${TABLES}s = sum(Rows[x] where good and y > 50)\n` },
  { name: 'sum by group', rules: grouped('sum(Rows[x] where Rows[group] = id)') },
  { name: 'average by group', rules: grouped('average(Rows[points] where Rows[group] = id)') },
  {
    name: 'average by group and condition',
    rules: grouped('average(Rows[points] where Rows[group] = id and good)'),
  },
  {
    name: 'weighted average by group',
    rules: grouped('average(Rows[points] by Rows[x] where Rows[group] = id)'),
  },
  { name: 'count by group', rules: grouped('count(Rows where Rows[group] = id)') },
  {
    name: 'min and max by group',
    rules: grouped('max(Rows[x] where Rows[group] = id) - min(Rows[x] where Rows[group] = id)'),
  },
  { name: 'median by group', rules: grouped('median(Rows[x] where Rows[group] = id)') },
  { name: 'last by group', rules: grouped('last(Rows[x] by no where Rows[group] = id)') },
  { name: 'rank', rules: each('rank(x)') },
  {
    name: 'score',
    rules: `${TABLES}score v for Rows\n  60% points\n  40% y\n`,
  },
  {
    name: 'share, one pool, floors and caps',
    rules: `${TABLES}pool = 10 * count(Rows)\nshare pool among Rows by x as v\n  floor 4\n  cap 15\n  rest as left\n`,
  },
  {
    name: 'share, a pool by group, floors and caps',
    rules: `${TABLES}each Groups\n  pool = 10 * count(Rows where Rows[group] = id)\n  share pool among Rows where Rows[group] = [@id] by x as v\n    floor 4\n    cap 15\n    rest as left\n`,
  },
  {
    name: 'statement',
    rules: `${TABLES}statement v for Rows\n  add x "X"\n  add y "Y"\n  less points "Points"\n`,
  },
  { name: 'check of every row', rules: `${TABLES}each Rows\n  check x > 0 and y > 0\n` },
];

/** So many rules over `Rows`. */
export function manyRules(count: number): string {
  const lines = Array.from({ length: count }, (_, i) => {
    if (i % 3 === 0) return `  r${i} = ${i === 0 ? 'x' : `r${i - 3}`} + y * ${(i % 7) + 1}`;
    return i % 3 === 1 ? `  r${i} = if(x > ${(i * 7) % 1000}, x, y)` : `  r${i} = b(x + ${i % 100})`;
  });
  return `band b\n  up to 100 -> 10\n  up to 300 -> 20\n  otherwise -> 40\n${TABLES}each Rows\n${lines.join('\n')}\n`;
}
