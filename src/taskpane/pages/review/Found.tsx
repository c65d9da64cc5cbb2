import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ReviewFinding, ReviewFindings, ReviewView } from '../../../live/reviewed.ts';
import type { PageProps } from '../../page.ts';
import { LinkButton } from '../../parts/Button.tsx';
import { counted } from '../../parts/numbers.ts';
import { Facts, Fold, Place } from './parts.tsx';
import { reviewPageWords } from './words.ts';

/** Of a list so many rows are shown at first, and so many more with every click. */
const FIRST = 50;
const MORE = 200;

/** What an auditor looks at first, list by list. */
export function Found({
  view,
  language,
  goTo,
}: Pick<PageProps, 'language' | 'goTo'> & { readonly view: ReviewView }): JSX.Element {
  const w = reviewPageWords(language);
  return (
    <section class="section">
      <h2>{w.found}</h2>
      {view.found.length === 0 ? <p class="muted">{w.nothingFound}</p> : null}
      {view.found.map((list) => (
        <Fold
          key={list.heading}
          summary={
            <>
              {list.heading} <span class="rv-count">{counted(list.rows.length)}</span>
            </>
          }
        >
          {() => <List list={list} language={language} goTo={goTo} />}
        </Fold>
      ))}
    </section>
  );
}

function List({
  list: { rows },
  language,
  goTo,
}: Pick<PageProps, 'language' | 'goTo'> & { readonly list: ReviewFindings }): JSX.Element {
  const w = reviewPageWords(language);
  const [shown, setShown] = useState(FIRST);
  return (
    <>
      <ul class="rv-list">
        {rows.slice(0, shown).map((row, i) => (
          <Finding key={i} finding={row} goTo={goTo} />
        ))}
      </ul>
      {rows.length > shown ? (
        <LinkButton onClick={() => setShown(shown + MORE)}>{w.more(counted(rows.length - shown))}</LinkButton>
      ) : null}
    </>
  );
}

/** On paper, where nothing can be gone to, `goTo` is null. */
export function Finding({
  finding: { title, at, facts },
  goTo,
}: {
  readonly finding: ReviewFinding;
  readonly goTo: PageProps['goTo'] | null;
}): JSX.Element {
  return (
    <li class="rv-item">
      <div class="rv-head">
        <strong>{title}</strong>
        {at === null ? null : <Place at={at} goTo={goTo} />}
      </div>
      <Facts facts={facts} />
    </li>
  );
}
