import { DAY } from '../exact/date.ts';
import { decimalsOf, displayText } from '../exact/decimal.ts';
import type { OutputCell, OutputColumn } from '../workbook/port.ts';
import { widthOf } from './width.ts';

const WIDEST = 40;
const NARROWEST = 8;

/** The most decimals that a number which does not end is shown with. */
const MOST_DECIMALS = 6;

/**
 * Heading, width and number format of a column, from what stands in it: whole numbers as they are, money-like ones
 * (up to two decimals) always with two, others with the decimals that they need, up to six.
 */
export function outputColumn(heading: string, cells: Iterable<OutputCell>): OutputColumn {
  let numbers = 0;
  let dates = 0;
  let decimals = 0;
  let times = false;
  let width = widthOf(heading) + 4;
  for (const cell of cells) {
    switch (cell.kind) {
      case 'number': {
        numbers++;
        const needed = decimalsOf(cell.value) ?? MOST_DECIMALS;
        if (needed > decimals) decimals = Math.min(needed, MOST_DECIMALS);
        width = Math.max(width, wholeDigits(cell.value.n / cell.value.d) + decimals + 3);
        break;
      }
      case 'date':
        dates++;
        if (cell.ms.n % (BigInt(DAY) * cell.ms.d) !== 0n) times = true;
        break;
      case 'text':
        width = Math.max(width, widthOf(cell.value) + 2);
        break;
      case 'logical':
      case 'blank':
        break;
      default: {
        const never: never = cell;
        return never;
      }
    }
  }
  if (dates > 0) width = Math.max(width, times ? 20 : 12);
  const format =
    numbers > 0 && dates === 0
      ? numberFormat(decimals)
      : dates > 0 && numbers === 0
        ? times
          ? 'yyyy-mm-dd hh:mm:ss'
          : 'yyyy-mm-dd'
        : undefined;
  return {
    heading,
    width: Math.min(WIDEST, Math.max(NARROWEST, width)),
    ...(format === undefined ? {} : { format }),
  };
}

function numberFormat(decimals: number): string {
  if (decimals === 0) return '0';
  if (decimals <= 2) return '#,##0.00';
  return `#,##0.00${'#'.repeat(decimals - 2)}`;
}

/** Digits before the point, with room for thousands separators. */
function wholeDigits(n: bigint): number {
  const digits = displayText({ n, d: 1n }).length;
  return digits + Math.floor(digits / 3);
}
