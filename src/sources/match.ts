import { foldName } from '../workbook/names.ts';

/** A source that a file can be. */
export interface WantedFile {
  readonly table: string;
  /** What its file is called, without a folder. */
  readonly file: string;
  readonly kind: 'csv' | 'workbook';
}

const ENDINGS: Readonly<Record<WantedFile['kind'], RegExp>> = {
  csv: /\.(?:csv|txt)$/i,
  workbook: /\.(?:xlsx|xlsm|xltx|xltm)$/i,
};

/** Whether a file of this name can be what a source wants at all. */
export const fits = ({ kind }: Pick<WantedFile, 'kind'>, name: string): boolean => ENDINGS[kind].test(name);

/** Letters only: `Staff 2026-03.csv` and `staff_2026-04.csv` are alike. */
const letters = (name: string): string =>
  name
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, '');

/** From sure to likely. */
const LIKENESSES: readonly ((wanted: WantedFile, name: string) => boolean)[] = [
  ({ file }, name) => foldName(file) === foldName(name),
  (wanted, name) =>
    fits(wanted, name) && letters(wanted.file) !== '' && letters(wanted.file) === letters(name),
  (wanted, name) =>
    fits(wanted, name) && letters(wanted.table) !== '' && letters(name).includes(letters(wanted.table)),
];

/**
 * Which of the files (an index of `names`) each source obviously is: by its name, then but for digits and marks, then by its
 * table's name. Null where none is, or where several might be. A CSV is by likeness for one source only.
 */
export function matchFiles(
  wanted: readonly WantedFile[],
  names: readonly string[],
): readonly (number | null)[] {
  const found: (number | null)[] = wanted.map(() => null);
  const doubtful = new Set<number>();
  for (const [level, alike] of LIKENESSES.entries()) {
    const taken = new Set(found.filter((at, i) => at !== null && wanted[i]?.kind === 'csv'));
    const claims = wanted.map((one, i) =>
      found[i] !== null || doubtful.has(i)
        ? []
        : names.flatMap((name, at) => (!taken.has(at) && alike(one, name) ? [at] : [])),
    );
    claims.forEach((claim, i) => {
      const [at] = claim;
      if (at === undefined) return;
      const wantedTwice =
        level > 0 && wanted[i]?.kind === 'csv' && claims.some((other, j) => j !== i && other.includes(at));
      if (claim.length > 1 || wantedTwice) doubtful.add(i);
      else found[i] = at;
    });
  }
  return found;
}
