import { DAY, msOfDay, parseDate } from '../exact/date.ts';

/** A date as a source writes it: without a zone (`date`), or a moment with its distance from UTC. */
export type ReadDate =
  | { readonly kind: 'date'; readonly ms: number }
  | { readonly kind: 'moment'; readonly ms: number };

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * `2026-03-31`, `2026/3/31`, `2026-03-31T09:30:00.250`, and the same with `Z`, `+08:00` or `+08`. Fractions of a second are
 * rounded to milliseconds. Null for anything else, and for days that no calendar has.
 */
export function readDate(text: string): ReadDate | null {
  const m = ISO.exec(text);
  if (m === null) {
    const ms = parseDate(text);
    return ms === null ? null : { kind: 'date', ms };
  }
  const [, y, mo, d, h = '0', min = '0', s = '0', fraction = '', offset] = m;
  const day = msOfDay(Number(y), Number(mo), Number(d));
  if (day === null || Number(h) > 23 || Number(min) > 59 || Number(s) > 59) return null;
  const rest = Number(h) * 3_600_000 + Number(min) * 60_000 + Number(s) * 1000;
  const ms = day + rest + Math.round(Number(`0.${fraction || '0'}`) * 1000);
  if (offset === undefined) return { kind: 'date', ms };
  return { kind: 'moment', ms: ms - offsetOf(offset) };
}

/** Milliseconds east of UTC. */
function offsetOf(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** What clocks of a zone (`+08:00` or `Asia/Shanghai`) show at a moment; null where there is no such zone. */
export function clockIn(zone: string): ((ms: number) => number) | null {
  if (/^(?:z|utc|[+-]\d{2}:?\d{2})$/i.test(zone)) {
    const offset = /^utc$/i.test(zone) ? 0 : offsetOf(zone);
    return (ms) => ms + offset;
  }
  try {
    const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    return (ms) => {
      const part = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
      const day = msOfDay(part.get('year') ?? 0, part.get('month') ?? 0, part.get('day') ?? 0) ?? 0;
      const seconds =
        (part.get('hour') ?? 0) * 3600 + (part.get('minute') ?? 0) * 60 + (part.get('second') ?? 0);
      return day + seconds * 1000 + (((ms % 1000) + 1000) % 1000);
    };
  } catch {
    return null;
  }
}

/** Whether a whole number is written like a day, `20260331`, or is the number that Excel keeps for one. */
export function looksLikeDay(x: number, around: number): boolean {
  if (!Number.isInteger(x)) return false;
  if (x >= 19_000_101 && x <= 21_991_231)
    return msOfDay(Math.floor(x / 10_000), Math.floor(x / 100) % 100, x % 100) !== null;
  // Serials of days some years from the present one.
  const serial = around / DAY + 25_569;
  return x > serial - 1500 && x < serial + 750;
}
