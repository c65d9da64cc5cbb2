/** How names of tables compare: as in the rules, after NFKC, without regard to case, `_` as a space. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll('_', ' ').trim();
}

/** Whether a sheet holds rules: `Rules`, `Rules …`, `规则`, `规则 …`. */
export function isRuleSheet(name: string): boolean {
  const folded = name.trim().toLowerCase();
  return folded === 'rules' || folded.startsWith('rules ') || folded === '规则' || folded.startsWith('规则 ');
}

/** Whether a sheet is one that Allot wrote. */
export function isOurSheet(name: string): boolean {
  return name.toLowerCase().startsWith('allot ');
}
