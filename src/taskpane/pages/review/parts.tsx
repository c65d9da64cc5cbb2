import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ReviewFact, ReviewPlace } from '../../../live/reviewed.ts';
import type { PageProps } from '../../page.ts';
import { LinkButton } from '../../parts/Button.tsx';

/** What opens when it is asked for, and is drawn only then. */
export function Fold({
  summary,
  children,
}: {
  readonly summary: ComponentChildren;
  readonly children: () => ComponentChildren;
}): JSX.Element {
  const [opened, setOpened] = useState(false);
  return (
    <details
      class="rv-fold"
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened(true);
      }}
    >
      <summary>{summary}</summary>
      {opened ? <div class="rv-body">{children()}</div> : null}
    </details>
  );
}

/** A place that selects its cell; only its text where nothing can be gone to. */
export function Place({
  at: { place, text },
  goTo,
}: {
  readonly at: ReviewPlace;
  readonly goTo: PageProps['goTo'] | null;
}): JSX.Element {
  return goTo === null ? (
    <span>{text}</span>
  ) : (
    <LinkButton class="place" onClick={() => goTo(place)}>
      {text}
    </LinkButton>
  );
}

export function Facts({ facts }: { readonly facts: readonly ReviewFact[] }): JSX.Element | null {
  return facts.length === 0 ? null : (
    <dl class="rv-facts small">
      {facts.map(({ label, text }) => (
        <div key={label}>
          <dt class="muted">{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
