import type { JSX } from 'preact';
import type { ShareView } from '../../../live/views.ts';
import { counted, money } from '../../parts/numbers.ts';
import type { AllocationWords } from './words.ts';

/** The pool in figures; while other rules are tried, what they were before. */
export function Tiles({
  view,
  before,
  words: w,
}: {
  readonly view: ShareView;
  readonly before: ShareView | null;
  readonly words: AllocationWords;
}): JSX.Element {
  const figures: readonly {
    readonly name: string;
    readonly of: (view: ShareView) => string;
    readonly main?: true;
  }[] = [
    { name: w.pool, of: ({ pool }) => money(pool), main: true },
    { name: w.settled, of: ({ settled }) => money(settled) },
    { name: w.shared, of: ({ shared }) => money(shared), main: true },
    { name: w.unallocated, of: ({ unallocated }) => money(unallocated) },
    { name: w.members, of: ({ members }) => counted(members) },
  ];
  return (
    <dl class="al-tiles">
      {figures.map(({ name, of, main }) => {
        const old = before === null || of(before) === of(view) ? null : of(before);
        return (
          <div key={name} class={main === true ? 'al-tile al-tile-main' : 'al-tile'}>
            <dt class="small">{name}</dt>
            <dd>
              <span class="al-tile-value">{of(view)}</span>
              {old === null ? null : <span class="al-tile-was small">{w.was(old)}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
