/**
 * Runs the sample of a broadcast network for March 2026 as a user would, and shows what there is to see first: the
 * pools, and the ten largest rewards. Run it with `npm run sample`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseDecimal, significantText } from '../src/exact/decimal.ts';
import { compare, divide, ZERO } from '../src/exact/rational.ts';
import { tableText } from '../src/report/table.ts';

const root = path.resolve(import.meta.dirname, '..');
const BOOK = 'samples/broadcast.xlsx';
const AS_OF = '2026-03-31';
const OUT = 'out/broadcast.xlsx';

interface Printed {
  readonly shares: readonly {
    readonly name: string;
    readonly of?: string;
    readonly settled: string;
    readonly shared: string;
    readonly unallocated: string;
    readonly members: number;
  }[];
  readonly tables: Readonly<
    Record<string, { readonly rows: readonly Readonly<Record<string, string | null>>[] }>
  >;
}

mkdirSync(path.join(root, 'out'), { recursive: true });
const args = ['dist/allot.cjs', 'run', BOOK, '--as-of', AS_OF, '--out', OUT, '--json'];
const { status, stdout } = spawnSync(process.execPath, args, {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1 << 30,
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (status !== 0) process.exit(status ?? 2);
const printed = JSON.parse(stdout) as Printed;

/** A settled amount with its two decimals and thousands apart, as finance reads it. */
function money(text: string): string {
  const [whole = '0', cents = ''] = text.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents.padEnd(2, '0')}`;
}

const amount = (row: Readonly<Record<string, string | null>>) => parseDecimal(row.reward ?? '0') ?? ZERO;
const largest = [...(printed.tables.Staff?.rows ?? [])]
  .sort((a, b) => compare(amount(b), amount(a)))
  .slice(0, 10);

const pools = printed.shares.map((share) => [
  share.name,
  share.of ?? '',
  money(share.settled),
  money(share.shared),
  money(share.unallocated),
  String(share.members),
]);
const column = (align: 'left' | 'right') => (heading: string) => ({ heading, align });
const [left, right] = [column('left'), column('right')];
const WIDTH = 110;
console.log(`\nPools of ${BOOK} as of ${AS_OF}\n`);
const poolColumns = [
  ...['Share', 'Of'].map(left),
  ...['Settled', 'Shared', 'Unallocated', 'Members'].map(right),
];
console.log(tableText(poolColumns, pools, WIDTH));
console.log('The ten largest rewards\n');
const rows = largest.map((row) =>
  [
    row.key,
    row.support === null ? null : significantText(fraction(row.support), 5),
    money(row.reward ?? '0'),
  ].map((x) => x ?? ''),
);
console.log(tableText([left('Person'), right('Support score'), right('Reward')], rows, WIDTH));
console.log(`Written to ${OUT}. How the first one came about:\n`);
console.log(`  npx allot explain ${BOOK} --as-of ${AS_OF} reward ${largest[0]?.key ?? ''}\n`);

/** A number as JSON has it: a decimal, or `n/d`. */
function fraction(text: string | undefined) {
  const [n = '0', d = '1'] = (text ?? '0').split('/');
  return divide(parseDecimal(n) ?? ZERO, parseDecimal(d) ?? ZERO);
}
