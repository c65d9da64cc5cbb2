import { strFromU8, unzipSync } from 'fflate';

/** The titles of the charts in a workbook's file, in the order of their parts. */
export function chartTitles(bytes: Uint8Array): readonly string[] {
  return Object.entries(unzipSync(bytes))
    .filter(([name]) => /^xl\/charts\/chart\d+\.xml$/.test(name))
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([, part]) => /<a:t>([^<]*)<\/a:t>/.exec(strFromU8(part))?.[1]?.replaceAll('&amp;', '&') ?? '');
}
