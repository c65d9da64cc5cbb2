import type { Problem } from '../../problems/problem.ts';
import type { Machine } from '../columns/machine.ts';
import type { Order } from '../plain/reading.ts';
import type { Dirt } from './dirt.ts';
import type { Asked, Lists } from './evaluation.ts';
import type { Indexes } from './indexes.ts';
import type { Plan } from './plan.ts';
import type { Sizes } from './sizes.ts';
import type { State } from './state.ts';

/** What is at hand when a book is edited. */
export interface Bench {
  readonly plan: Plan;
  readonly before: State;
  /** The engine's machine as it was left; an edit leaves another one. */
  readonly machine: Machine;
  readonly indexes: Indexes;
  readonly lists: Lists;
  readonly sizes: Sizes;
  readonly orders: WeakMap<Problem, Order>;
  /** Whether anything is at fault: then it matters from which cell a blank came. */
  readonly faulty: boolean;
}

export interface Cellular {
  readonly table: number;
  readonly row: number;
  readonly column: number;
}

export interface Edited {
  readonly state: State;
  readonly machine: Machine;
  readonly asked: () => Asked;
  /** Values that were computed anew. */
  readonly computed: number;
  readonly dirt: Dirt;
}
