import type { Problem } from './problem.ts';

/** Each problem once: a run finds some of what the check has found already. */
export function once(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, at, rule, key }) => {
    const name = JSON.stringify([code, at ?? null, rule ?? null, key ?? null]);
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
