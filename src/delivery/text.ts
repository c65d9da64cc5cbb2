import { exactText } from '../exact/decimal.ts';
import type { Language } from '../problems/messages/index.ts';
import { tableText } from '../report/table.ts';
import { safe } from '../report/width.ts';
import { words } from '../report/words.ts';
import { valueText } from './json.ts';
import type { Content, Delivered, Report, Stop } from './model.ts';
import { type DeliveryWords, deliveryWords } from './words.ts';

/** Rows that are shown of what would be sent. */
const TOLD = 10;

/** What became of each destination; for a terminal of so many places. */
export function deliveryText({ paying, destinations }: Report, language: Language, width: number): string {
  const w = deliveryWords(language);
  const parts = destinations.map((one) => `${destinationText(one, w, language, width)}`);
  return `${w.head(paying)}\n\n${parts.join('\n')}`;
}

function destinationText(
  { name, kind, location, outcome, changed, owing }: Delivered,
  w: DeliveryWords,
  language: Language,
  width: number,
): string {
  const colon = language === 'en' ? ': ' : '：';
  const lines = [`${safe(w.place(name, kind, location))}${colon}${safe(outcomeText(outcome, w))}`];
  for (const one of changed) lines.push(`  ${safe(w.changed(one))}`);
  if (owing.length > 0) lines.push(`  ${safe(w.owing(owing))}`);
  if ((outcome.kind === 'delivered' || outcome.kind === 'there') && outcome.unrecorded !== null)
    lines.push(`  ${words(language).severity.error}${colon}${safe(w.unrecorded(outcome.unrecorded))}`);
  const table = outcome.kind === 'would' ? contentTable(outcome.content, w, width) : '';
  return `${lines.join('\n')}\n${table}`;
}

function outcomeText(outcome: Delivered['outcome'], w: DeliveryWords): string {
  switch (outcome.kind) {
    case 'delivered':
      return w.delivered(outcome.content);
    case 'there':
      return w.there(outcome.content);
    case 'before':
      return w.before(outcome.row, outcome.time, outcome.same);
    case 'would':
      return w.would(outcome.content);
    case 'refused':
      return w.notDelivered(w.refused(outcome.refused));
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

function contentTable({ fields, rows, decimals }: Content, w: DeliveryWords, width: number): string {
  const told = rows.slice(0, TOLD);
  if (told.length === 0) return '';
  const table = tableText(
    fields.map(({ name, own }) => ({ heading: name, align: own === 'amount' ? 'right' : 'left' })),
    told.map((row) =>
      row.map((value, i) => {
        const text = valueText(value, fields[i]?.own === 'amount' ? decimals : null);
        // The head has the run in full.
        return fields[i]?.own === 'run' ? `${text.slice(0, 8)}…` : text;
      }),
    ),
    width,
  );
  const left = rows.length - told.length;
  return `${table}${left > 0 ? `  ${w.more(left)}\n` : ''}`;
}

/** The same as plain data, with sentences for people. */
export function deliveryJsonReport({ paying, destinations }: Report, language: Language): unknown {
  const w = deliveryWords(language);
  return {
    ...paying,
    destinations: destinations.map(({ outcome, ...one }) => ({
      ...one,
      outcome: outcome.kind,
      message: outcomeText(outcome, w),
      ...('content' in outcome
        ? {
            digest: outcome.content.digest,
            amounts: outcome.content.amounts,
            totals: Object.fromEntries(
              outcome.content.totals.map(([name, total]) => [name, exactText(total)]),
            ),
          }
        : {}),
      ...('unrecorded' in outcome
        ? {
            recorded: outcome.unrecorded === null,
            ...(outcome.unrecorded === null ? {} : { warning: w.unrecorded(outcome.unrecorded) }),
          }
        : {}),
      ...(outcome.kind === 'before' ? { row: outcome.row, time: outcome.time, same: outcome.same } : {}),
      ...(outcome.kind === 'refused' ? { refused: plain(outcome.refused) } : {}),
    })),
  };
}

/** Data that JSON can hold. */
const plain = (value: object): unknown =>
  JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one)));

/** Why nothing was delivered, a line each. */
export function stopsText(stops: readonly Stop[], language: Language): string {
  const w = deliveryWords(language);
  const head = `${words(language).severity.error}${language === 'en' ? ': ' : '：'}`;
  return stops.map((stop) => `${head}${safe(w.stop(stop))}\n`).join('');
}
