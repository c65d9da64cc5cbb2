/** How charts of ours look, in whichever program draws them. */

/** Charts of ours are told from what others drew by their names: this and a number from 1. */
export const CHART_NAME = 'Allot chart ';

export const COLOURS = ['2F5597', 'C55A11', '548235', '7F6000', '7030A0', '3A8A8A', 'A23B72'] as const;
export const FAINT = 'A6A6A6';

/** Points. */
export const CHART_WIDTH = 481.9;
export const CHART_HEIGHT = 255.1;

/** Rows of 15 points that a chart takes, with some space below. */
export const CHART_ROWS = 18;

/** The colour of a series, without a mark before it. */
export const colourOf = (look: 'strong' | 'faint' | 'dashed', index: number): string =>
  look === 'faint' ? FAINT : (COLOURS[index % COLOURS.length] ?? FAINT);
