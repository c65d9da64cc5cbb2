/** Something to choose: what is taken, and a text beside it that is searched too. */
export interface Choice {
  readonly value: string;
  readonly text?: string;
}

/** More than these nobody reads through. */
const OFFERED = 60;

/**
 * The choices that hold what was typed in value or text, without regard to case: the one that is typed in full, those
 * that begin with it, the others; each in the order given.
 */
export function offers(choices: readonly Choice[], typed: string): readonly Choice[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return choices.slice(0, OFFERED);
  const ranks: [Choice[], Choice[], Choice[]] = [[], [], []];
  for (const choice of choices) {
    const value = choice.value.toLowerCase();
    if (value === wanted) ranks[0].push(choice);
    else if (value.startsWith(wanted)) ranks[1].push(choice);
    else if (value.includes(wanted) || (choice.text?.toLowerCase().includes(wanted) ?? false))
      ranks[2].push(choice);
  }
  return ranks.flat().slice(0, OFFERED);
}
