import { distance } from 'fastest-levenshtein';
import { foldName } from '../../grammar/tree.ts';

/**
 * The name among `candidates` that was probably meant: at most a third of the letters off, the closest one,
 * of equally close ones the first. Undefined where none is near.
 */
export function suggestion(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = foldName(name);
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  if (wanted.length < 2) return undefined;
  for (const candidate of candidates) {
    const folded = foldName(candidate);
    if (Math.abs(folded.length - wanted.length) >= least) continue;
    const d = distance(wanted, folded);
    if (d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}
