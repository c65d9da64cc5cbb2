import { isoOfMs } from '../exact/date.ts';
import { exactText } from '../exact/decimal.ts';
import { exactValueText } from '../exact/text.ts';
import type { Value } from '../exact/value.ts';
import { amountText } from './decimals.ts';
import type { Content, Paying } from './model.ts';

/** What a REST endpoint is sent: numbers as texts, since JSON's readers make doubles of them. */
export function deliveryJson(paying: Paying, { fields, rows, decimals, totals, digest }: Content): string {
  const { kind, number, run, asOf, adjusts } = paying;
  const payments = rows.map((row) =>
    Object.fromEntries(
      fields.map(({ name, own }, i) => [name, fieldJson(row[i], own === 'amount' ? decimals : null)]),
    ),
  );
  return JSON.stringify({
    version: 1,
    kind,
    run,
    number: Number(number),
    ...(adjusts === null ? {} : { adjusts: Number(adjusts) }),
    asOf,
    digest,
    totals: Object.fromEntries(totals.map(([name, total]) => [name, exactText(total)])),
    payments,
  });
}

function fieldJson(value: Value | undefined, decimals: number | null): string | boolean | null {
  if (value === undefined || value.kind === 'blank') return null;
  return value.kind === 'logical' ? value.value : valueText(value, decimals);
}

/** A value as text: an amount with its decimals, a day as `2026-03-31`; a blank is empty. */
export function valueText(value: Value | undefined, decimals: number | null): string {
  if (value === undefined) return '';
  if (value.kind === 'number') return amountText(value.value, decimals);
  if (value.kind === 'date' && value.ms.d === 1n && value.ms.n % 86_400_000n === 0n)
    return isoOfMs(Number(value.ms.n));
  return exactValueText(value);
}
