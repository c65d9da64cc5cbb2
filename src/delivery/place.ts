import type { Paying } from './model.ts';

/** A location with `{run}`, `{number}` and `{as-of}` filled in. */
export function filled(location: string, { run, number, asOf }: Paying): string {
  return location
    .replaceAll(/\{(?:run|发放)\}/gi, run)
    .replaceAll(/\{(?:number|发放号)\}/gi, number)
    .replaceAll(/\{(?:as[-_ ]of|计薪日)\}/gi, asOf);
}

/** What may stand for a run in a location. */
export const PLACES = ['{run}', '{number}', '{as-of}'] as const;

/** Whether a location has something in braces that stands for nothing: its runs would all have one place. */
export const hasUnknownPlace = (location: string): boolean =>
  /[{}]/.test(filled(location, { kind: 'payment', run: '', number: '', asOf: '', adjusts: null }));

/** What of a run a location names. */
export function namedIn(location: string): {
  readonly run: boolean;
  readonly number: boolean;
  readonly asOf: boolean;
} {
  const has = (word: RegExp): boolean => word.test(location);
  return {
    run: has(/\{(?:run|发放)\}/i),
    number: has(/\{(?:number|发放号)\}/i),
    asOf: has(/\{(?:as[-_ ]of|计薪日)\}/i),
  };
}

/** The address of a run: that of the location where it names the run, else below it. What stands after `#` no server sees. */
export function runAddress(location: string, paying: Paying): string {
  const [seen = ''] = location.split('#', 1);
  const whole = filled(seen, paying);
  if (namedIn(seen).run) return whole;
  const end = whole.indexOf('?');
  const [path, query] = end < 0 ? [whole, ''] : [whole.slice(0, end), whole.slice(end)];
  return `${path.replace(/\/$/, '')}/${paying.run}${query}`;
}
