/** How long something takes at a size. */
export interface Point {
  readonly size: number;
  readonly milliseconds: number;
}

export interface Growth {
  /** Time grows with this power of the size between the two largest points. */
  readonly power: number;
  at(size: number): number;
}

/** The straight line through the logarithms of the two largest points; null for fewer than two. */
export function growth(points: readonly Point[]): Growth | null {
  const [last, before] = [...points].sort((a, b) => b.size - a.size);
  if (last === undefined || before === undefined) return null;
  const power = Math.log(last.milliseconds / before.milliseconds) / Math.log(last.size / before.size);
  return { power, at: (size) => last.milliseconds * (size / last.size) ** power };
}
