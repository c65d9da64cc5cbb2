import { add, multiply, rational, ZERO } from '../../exact/rational.ts';
import type { Share } from '../../rules/program.ts';
import type { ShareResult } from '../results.ts';
import type { Explainer } from './explain.ts';
import { isListFault } from './machine.ts';
import { isShareFault, memberEnv, type Pool, poolEnv, shareOf } from './pools.ts';
import type { Env } from './reading.ts';
import type { Reason, Settlement, ShareReason } from './reasons.ts';

/** Pools whose condition is shown for a row that is in none. */
const MOST_POOLS = 3;

/** What a member got of each of its pools. */
export function explainMember(e: Explainer, id: number, row: number, depth: number): readonly Reason[] {
  const pools = e.m.pools(id);
  if (isListFault(pools)) return [];
  const share = shareOf(e.m, id);
  return pools
    .filter((pool) => pool.members === null || pool.members.includes(row))
    .map((pool): Reason => {
      const env = memberEnv(share, pool.of, row);
      const { result } = pool;
      const common = shareReason(e, share, pool);
      const member = isShareFault(result) ? null : (result.members.find((x) => x.row === row) ?? null);
      const where =
        share.where !== null && pool.members !== null ? [e.part('where', share.where, env, depth + 1)] : [];
      const own = (['weight', 'floor', 'cap'] as const).flatMap((role) => {
        const expr = share[role];
        return expr === null ? [] : [e.part(role, expr, env, depth + 1)];
      });
      return {
        ...common,
        member,
        outcome:
          isShareFault(result) || member === null
            ? isShareFault(result)
              ? result
              : { kind: 'blank' }
            : { kind: 'number', value: multiply(rational(member.units), result.unit) },
        // What is the member's own comes first, and the pool, which is everybody's, last.
        children: [...where, ...own, ...poolParts(e, share, pool, depth + 1)],
      };
    });
}

/** Why a row takes part in no pool: its condition, pool by pool as far as there are few. */
export function explainOutside(e: Explainer, id: number, row: number, depth: number): readonly Reason[] {
  const share = shareOf(e.m, id);
  const pools = e.m.pools(id);
  if (share.where === null || isListFault(pools)) return [];
  const { where } = share;
  return pools.slice(0, MOST_POOLS).map(({ of }) => e.part('where', where, memberEnv(share, of, row), depth));
}

/** What a pool left over. */
export function explainRest(e: Explainer, id: number, of: number | null, depth: number): Reason {
  const share = shareOf(e.m, id);
  const pool = e.m.pool(id, of);
  const { result } = pool;
  return {
    ...shareReason(e, share, pool),
    member: null,
    outcome: isShareFault(result) ? result : { kind: 'number', value: result.unallocated },
    children: poolParts(e, share, pool, depth + 1),
  };
}

function shareReason(e: Explainer, share: Share, { of, result }: Pool): Omit<ShareReason, 'member'> {
  return {
    kind: 'share',
    name: share.name,
    at: share.at,
    of: share.each === null || of === null ? null : e.rowName(share.each.table, of),
    settlement: isShareFault(result) ? null : settlement(result),
  };
}

function poolParts(e: Explainer, share: Share, { of }: Pool, depth: number): readonly Reason[] {
  const env: Env = poolEnv(share, of);
  const unit = share.unit === null ? [] : [e.part('unit', share.unit, env, depth)];
  // The parts of one pool are the same for all its members.
  return [e.part('pool', share.pool, env, depth), ...unit];
}

function settlement(result: ShareResult): Settlement {
  const { pool, unit, settled, shared, unallocated, level, members } = result;
  const open = members.filter((member) => member.by === 'quota' || member.by === 'remainder');
  const sum = (list: typeof members) => list.reduce((total, { weight }) => add(total, weight), ZERO);
  return {
    pool,
    unit,
    settled,
    shared,
    unallocated,
    level,
    members: members.length,
    weights: sum(members),
    open: {
      members: open.length,
      weights: sum(open),
      units: open.reduce((total, { units }) => total + units, 0n),
    },
  };
}
