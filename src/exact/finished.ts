import { Kind, type SheetColumn, type Uniform } from './column.ts';
import { lazily } from './lazily.ts';
import { largest, type Payload, payloadFor } from './payload.ts';

/** What a column of any kind has. */
type Rows = Pick<SheetColumn, 'length' | 'scale' | 'texts' | 'wide'>;

/** A column with a kind for each row. */
export function columnOfKinds(rows: Rows, kinds: Uint8Array, payload: Payload): SheetColumn {
  let bound = 0;
  for (let i = 0; i < payload.length; i++)
    if (kinds[i] === Kind.NUMBER) bound = Math.max(bound, Math.abs(payload[i] ?? 0));
  return { ...rows, kinds, payload, bound };
}

/** A column all of whose rows have one kind; `kinds` is asked only for what they are row by row. */
export function columnOfOne(
  rows: Rows,
  only: number,
  index: Uniform['index'],
  rising: boolean,
  kinds: () => Uint8Array,
  payload: Payload,
): SheetColumn {
  const all = lazily(kinds);
  const bound = only === Kind.NUMBER ? largest(payload) : 0;
  const uniform: Uniform = {
    only,
    index,
    rising,
    get kinds() {
      return all();
    },
    payload,
  };
  return {
    ...rows,
    payload,
    bound,
    uniform,
    get kinds() {
      return all();
    },
  };
}

/** A column of whole numbers that count the rows up from the first one: they are put down when somebody reads them. */
export function countedColumn(rows: Rows, first: number, kinds: () => Uint8Array): SheetColumn {
  const all = lazily(kinds);
  const last = first + rows.length - 1;
  const payload = lazily(() => {
    const numbers = payloadFor(rows.length, Math.min(first, 0), last);
    for (let i = 0; i < numbers.length; i++) numbers[i] = first + i;
    return numbers;
  });
  const uniform: Uniform = {
    only: Kind.NUMBER,
    index: null,
    rising: true,
    get kinds() {
      return all();
    },
    get payload() {
      return payload();
    },
  };
  const column: SheetColumn = {
    ...rows,
    bound: Math.max(Math.abs(first), Math.abs(last)),
    uniform,
    get kinds() {
      return all();
    },
    get payload() {
      return payload();
    },
  };
  const payloadAt = (row: number): number => (row < rows.length ? first + row : 0);
  return Object.defineProperty(column, 'payloadAt', { enumerable: false, value: payloadAt });
}
