import type { Paying } from './model.ts';

/** A location with `{run}`, `{number}` and `{as-of}` filled in. */
export function filled(location: string, { run, number, asOf }: Paying): string {
  return location
    .replaceAll(/\{(?:run|发放)\}/gi, run)
    .replaceAll(/\{(?:number|发放号)\}/gi, number)
    .replaceAll(/\{(?:as[-_ ]of|计薪日)\}/gi, asOf);
}

/** The address of a run: that of the location where it names the run, else below it. */
export function runAddress(location: string, paying: Paying): string {
  if (/\{(?:run|发放)\}/i.test(location)) return filled(location, paying);
  const [path = '', query] = filled(location, paying).split(/(?=[?#])/, 2);
  return `${path.replace(/\/$/, '')}/${paying.run}${query ?? ''}`;
}
