import { type Chance, chance } from './random.ts';

/** How the broadcast network is made. */
export interface Making {
  /** The stream of chance of a table; another seed gives other streams. */
  stream(name: string): Chance;
  /** Whether the bottlenecks and the holiday peaks are in the data. */
  readonly planted: boolean;
}

/** The network of the sample has the empty seed. */
export function making(seed = '', planted = true): Making {
  return { stream: (name) => chance(seed === '' ? name : `${seed} ${name}`), planted };
}
