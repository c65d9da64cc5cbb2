/** From which sizes on an edit is followed in which way. The results are the same whatever they are. */
export interface Sizes {
  /** Tables with fewer rows have no indexes. */
  readonly fewRows: number;
  /** Totals by key are kept where a key has at least so many rows on average. */
  readonly bigGroup: number;
  /** Totals are kept for tables of at least so many rows. */
  readonly bigTable: number;
  /** Where more rows of a table change, its indexes are made anew. */
  readonly manyRows: number;
  /** What it costs to begin with whole vectors, in values that the plain evaluator computes meanwhile. */
  readonly vectorCost: number;
  /** Where a larger part of a column changes, the whole column is computed. */
  readonly wholePart: number;
}

export const SIZES: Sizes = {
  fewRows: 512,
  bigGroup: 16,
  bigTable: 2048,
  manyRows: 256,
  vectorCost: 60,
  wholePart: 1 / 4,
};

const LARGE_PART = 1 / 16;

/** More changed rows of a column of `total` count as all of it. */
export const manyChanged = (total: number): number => Math.max(256, total * LARGE_PART);

/** More changed rows of a column than this are put into its vector: whoever reads it whole would have to, each time. */
export const mostOver = (total: number): number => 64 + total * LARGE_PART;
