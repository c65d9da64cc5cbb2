import { foldName } from '../../grammar/tree.ts';
import { absolute, add, type Rational, sign, ZERO } from '../exact/rational.ts';
import { BLANK, numberValue, textValue, type Value } from '../exact/value.ts';
import { contentDigest, dayValue, totalsOf } from './content.ts';
import { checkDecimals, decimalsAsked } from './decimals.ts';
import {
  type Content,
  type ContentField,
  DeliveryRefused,
  type Destination,
  EXAMPLES,
  type Options,
  type Paying,
  type Payment,
} from './model.ts';
import { type Lookup, wordOf } from './tables.ts';

/** A line of a voucher. One of debit and credit is null, the other above 0. */
export interface VoucherLine {
  readonly account: string;
  readonly department: string;
  readonly debit: Rational | null;
  readonly credit: Rational | null;
  readonly statement: string;
}

/** An amount that somebody of a department was paid. */
export interface Owed {
  readonly department: string;
  readonly statement: string;
  readonly amount: Rational;
}

/** The accounts of a statement: an expense's, and that of what is owed to people. */
export type AccountsOf = (statement: string) => { readonly debit: string; readonly credit: string };

/**
 * The lines of a voucher: of each department and statement what is paid (debit the expense, credit what is owed), then what is
 * taken back, on the other sides. So debit is credit in each pair of lines, hence by department and altogether.
 */
export function voucherLines(amounts: readonly Owed[], accountsOf: AccountsOf): readonly VoucherLine[] {
  const sums = new Map<
    string,
    { readonly department: string; readonly statement: string; up: Rational; down: Rational }
  >();
  for (const { department, statement, amount } of amounts) {
    const id = JSON.stringify([department, statement]);
    const sum = sums.get(id) ?? { department, statement, up: ZERO, down: ZERO };
    sums.set(id, sum);
    if (sign(amount) > 0) sum.up = add(sum.up, amount);
    else sum.down = add(sum.down, absolute(amount));
  }
  const order = [...sums.values()].sort((a, b) => compareText(a.department, b.department));
  return order.flatMap(({ department, statement, up, down }) => {
    const { debit, credit } = accountsOf(statement);
    const pair = (on: string, against: string, amount: Rational): readonly VoucherLine[] =>
      sign(amount) === 0
        ? []
        : [
            { account: on, department, debit: amount, credit: null, statement },
            { account: against, department, debit: null, credit: amount, statement },
          ];
    return [...pair(debit, credit, up), ...pair(credit, debit, down)];
  });
}

/** By code points, so that the order is the same everywhere. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const HEADINGS = {
  en: ['Number', 'Date', 'Account', 'Department', 'Debit', 'Credit', 'Memo'],
  'zh-CN': ['凭证号', '日期', '科目', '部门', '借方', '贷方', '摘要'],
} as const;

const MEMO = {
  en: (statement: string, { kind, asOf, number, adjusts }: Paying): string =>
    kind === 'payment'
      ? `${statement} ${asOf}, run ${number}`
      : `${statement} ${asOf}, adjustment ${number} of run ${adjusts ?? ''}`,
  'zh-CN': (statement: string, { kind, asOf, number, adjusts }: Paying): string =>
    kind === 'payment'
      ? `${asOf} ${statement}，第 ${number} 号发放`
      : `${asOf} ${statement}，第 ${number} 号补差（第 ${adjusts ?? ''} 号发放）`,
} as const;

const CENTS = 2;

/** The voucher of some payments. Refuses with a DeliveryRefused. */
export function voucherContent(
  { mapping, accounts, options }: Destination,
  paying: Paying,
  payments: readonly Payment[],
  lookup: Lookup,
): Content {
  const decimals = decimalsAsked(options, CENTS);
  checkDecimals(payments, decimals);
  const language = options.get('language') ?? 'en';
  if (language !== 'en' && language !== 'zh-CN')
    throw new DeliveryRefused({ kind: 'bad-option', name: 'language', text: language });
  const from = mapping.find(({ field }) => ['department', '部门'].includes(field.toLowerCase()))?.from;
  if (from?.kind !== 'column') throw new DeliveryRefused({ kind: 'no-field', field: 'department' });
  const { heading } = from;
  const owed = payments.map((payment): Owed & { readonly payment: Payment } => ({
    payment,
    department: wordOf(lookup(payment, heading)),
    statement: payment.statement,
    amount: payment.amount,
  }));
  // Who gets nothing is on no line.
  const lost = owed.filter(({ department, amount }) => department === '' && sign(amount) !== 0);
  const [first] = lost;
  if (first !== undefined)
    throw new DeliveryRefused({
      kind: 'no-department',
      table: first.payment.table,
      heading,
      count: lost.length,
      members: lost.slice(0, EXAMPLES).map(({ payment }) => payment.member),
    });
  const lines = voucherLines(owed, (statement) => ({
    debit: account(accounts, statement, 'debit'),
    credit: account(accounts, statement, 'credit'),
  }));
  const prefix = options.get('number') ?? 'ALLOT-';
  const rows = lines.map((line): readonly Value[] => [
    textValue(`${prefix}${paying.number}`),
    dayValue(paying.asOf),
    textValue(line.account),
    textValue(line.department),
    line.debit === null ? BLANK : numberValue(line.debit),
    line.credit === null ? BLANK : numberValue(line.credit),
    textValue(MEMO[language](line.statement, paying)),
  ]);
  const fields = HEADINGS[language].map(
    (name, i): ContentField => ({ name, own: i === 4 || i === 5 ? 'amount' : 'other' }),
  );
  return {
    fields,
    rows,
    decimals,
    totals: totalsOf(payments),
    amounts: payments.length,
    digest: contentDigest(paying, fields, rows),
  };
}

/** An account of a statement: `reward debit`, or else `debit`, which goes for all of them. */
function account(accounts: Options, statement: string, side: 'debit' | 'credit'): string {
  const own = [...accounts].find(([name]) => foldName(name) === foldName(`${statement} ${side}`))?.[1];
  const found = own ?? accounts.get(side) ?? '';
  if (found === '') throw new DeliveryRefused({ kind: 'no-account', name: `${statement} ${side}` });
  return found;
}
