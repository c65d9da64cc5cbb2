import type { Rational } from '../../exact/rational.ts';
import type { Value } from '../../exact/value.ts';
import type { Machine } from './machine.ts';
import { everyRatio } from './ratios.ts';
import { type Kernel, strict } from './strict.ts';
import type { Vec } from './vec.ts';

/** Positions that pass a test of an exact number; the others are faults. */
export function checked(
  v: Vec,
  n: number,
  plain: ((k: number) => boolean) | null,
  exact: (x: Rational) => boolean,
  m: Machine,
  ratio: (num: number, den: number) => boolean = () => false,
): Vec {
  if (everyRatio(v, n, ratio)) return v;
  return strict(
    n,
    [v],
    (): Kernel | null => {
      if (v.kind !== 'number' || plain === null) return null;
      let redo: Uint8Array | null = null;
      const { data, mask } = v;
      for (let i = 0; i < n; i++) {
        if (plain(data[i & mask] ?? 0)) continue;
        redo ??= new Uint8Array(n);
        redo[i] = 1;
      }
      // The data may be a sheet's own.
      return { ...v, data: redo === null ? data : data.slice(), redo };
    },
    ([x]): Value | null => (x?.kind === 'number' && exact(x.value) ? x : null),
    'fail',
    m.stats,
  );
}
