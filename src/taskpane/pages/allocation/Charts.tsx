import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ShareView } from '../../../live/views.ts';
import { Groups } from './Groups.tsx';
import { Histogram } from './Histogram.tsx';
import type { AllocationWords } from './words.ts';

type Shown = 'distribution' | 'byGroup';

/** One chart at a time: how the amounts lie, or what groups receive. */
export function Charts({
  view,
  before,
  words: w,
}: {
  readonly view: ShareView;
  readonly before: ShareView | null;
  readonly words: AllocationWords;
}): JSX.Element {
  const [shown, setShown] = useState<Shown>('distribution');
  return (
    <section class="al-section" aria-label={w.charts}>
      <fieldset class="al-switch" aria-label={w.charts}>
        {(['distribution', 'byGroup'] as const).map((one) => (
          <button
            key={one}
            type="button"
            class="al-switch-part"
            aria-pressed={shown === one}
            onClick={() => setShown(one)}
          >
            {w[one]}
          </button>
        ))}
      </fieldset>
      {shown === 'distribution' ? (
        <Histogram amounts={view.amountNumbers} before={before?.amountNumbers ?? null} words={w} />
      ) : (
        <Groups view={view} before={before} words={w} />
      )}
    </section>
  );
}
