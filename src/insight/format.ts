import { isoOfMs } from '../exact/date.ts';
import type { Indicator } from './reform.ts';
import { monthText } from './reform.ts';

/** Figures as texts for people; the same digits in text, sheets and pane. */

/** Three digits that count, or whole from 100 on. */
export function figure(x: number): string {
  if (!Number.isFinite(x)) return '–';
  if (Math.abs(x) >= 99.95) return grouped(Math.round(x));
  const digits = Math.abs(x) >= 9.995 ? 1 : 2;
  return x.toFixed(digits);
}

/** A whole number. */
export const whole = (x: number): string => grouped(Math.round(x));

function grouped(x: number): string {
  const text = String(Math.abs(x)).replace(/\B(?=(\d{3})+$)/g, ',');
  return x < 0 ? `-${text}` : text;
}

/** An amount given exactly, with its sign where `signed`. */
export function amount(text: string, signed = false): string {
  const [whole = '', fraction = ''] = text.replace(/^-/, '').split('.');
  const shown = `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction.padEnd(2, '0')}`;
  return text.startsWith('-') ? `-${shown}` : signed ? `+${shown}` : shown;
}

export const percent = (x: number): string =>
  Number.isFinite(x) ? `${(100 * x).toFixed(Math.abs(x) < 0.0995 ? 1 : 0)}%` : '–';

export const signedPercent = (x: number): string => (x > 0 ? `+${percent(x)}` : percent(x));

export const pText = (p: number | null): string => (p === null ? '–' : p < 0.0001 ? '<0.0001' : p.toFixed(4));

export function indicatorText(value: number, unit: Indicator['unit']): string {
  switch (unit) {
    case 'part':
      return `${(100 * value).toFixed(1)}%`;
    case 'hours':
    case 'points':
    case 'count':
      return figure(value);
    default: {
      const never: never = unit;
      return never;
    }
  }
}

export const dateText = (ms: number): string => isoOfMs(ms).slice(0, 10);

/** A whole month by its name, any other period by its days. */
export function periodText({ from, to }: { readonly from: number; readonly to: number }): string {
  const first = dateText(from);
  const last = dateText(to);
  return first.endsWith('-01') &&
    first.slice(0, 7) === last.slice(0, 7) &&
    dateText(to + 86_400_000).endsWith('-01')
    ? first.slice(0, 7)
    : `${first}…${last}`;
}

export { monthText };
