import type { Problem } from '../../problems/problem.ts';
import type { Aggregate } from '../../rules/program.ts';
import { childrenOf } from '../../rules/walk.ts';
import type { Fault } from '../results.ts';
import { type Env, isStop, keyRowOf, keyText, type Machine, ownerOf, type Reading } from './reading.ts';
import { readsLevel } from './walk.ts';

/** What an aggregate came to that has the same fault for every row. */
interface Constant {
  readonly kind: 'constant';
  readonly fault: Fault;
  /** What had the aggregate when it was first computed. */
  readonly rule: string;
  /** Whether it arose in the rule that has the aggregate, not in one that it reads. */
  readonly own: boolean;
}

/** Computes aggregates that read no row around them once for all rows, their faults too; others each time. */
export function constantAggregates(): (m: Machine, expr: Aggregate, env: Env, run: () => Reading) => Reading {
  const constants = new WeakMap<Aggregate, boolean>();
  const computed = new WeakMap<Aggregate, Reading | Constant>();
  return once;

  function once(m: Machine, expr: Aggregate, env: Env, run: () => Reading): Reading {
    let constant = constants.get(expr);
    if (constant === undefined) {
      constant = !childrenOf(expr).some((child) => readsLevel(child, (level) => level < expr.level));
      constants.set(expr, constant);
    }
    if (!constant) return run();
    const before = computed.get(expr);
    if (before !== undefined) return before.kind === 'constant' ? failAgain(m, before, env) : before;
    try {
      const reading = run();
      computed.set(expr, reading);
      return reading;
    } catch (error) {
      if (isStop(error))
        computed.set(expr, {
          kind: 'constant',
          fault: error.fault,
          rule: env.context.rule,
          own: error.owner === ownerOf(env),
        });
      throw error;
    }
  }
}

/** A fault of an aggregate that every row shares: a problem of each row whose own it is. */
function failAgain(m: Machine, { fault, rule, own }: Constant, env: Env): never {
  if (!own) throw { kind: 'stop', fault, owner: null };
  const { key: _, ...problem } = fault.problem;
  const key = keyText(m, env);
  // Unless it arose in a band that is called.
  const here = problem.rule === rule ? { rule: env.context.rule } : {};
  const again = { ...problem, ...here, ...(key === null ? {} : { key }) } as Problem;
  const placed = m.orders.get(fault.problem);
  if (placed !== undefined) m.orders.set(again, { ...placed, row: keyRowOf(env)?.row ?? -1 });
  throw { kind: 'stop', fault: { kind: 'fault', problem: again }, owner: ownerOf(env) };
}
