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

/** Results with what the check found as well, each problem once. */
export function withProblems<R extends { readonly problems: readonly Problem[] }>(
  checked: readonly Problem[],
  results: R,
): R {
  return { ...results, problems: once([...checked, ...results.problems]) };
}
