import { type JSX, render } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ReviewView } from '../../../live/reviewed.ts';
import type { Language } from '../../../problems/messages/index.ts';
import { counted, dayText } from '../../parts/numbers.ts';
import { Finding } from './Found.tsx';
import { Rule } from './Rules.tsx';
import { reviewPageWords } from './words.ts';

interface PaperProps {
  readonly view: ReviewView;
  /** The workbook's. */
  readonly title: string;
  readonly language: Language;
}

/**
 * While something is printed, all of the review stands beside everything else in the document, hidden on screens;
 * printing shows nothing but it, whatever page hosts the pane.
 */
export function OnPaper({ view, title, language }: PaperProps): null {
  useEffect(() => {
    const root = document.createElement('div');
    root.className = 'allot-paper';
    const draw = (): void => {
      document.body.append(root);
      render(<Paper view={view} title={title} language={language} />, root);
    };
    const clear = (): void => {
      render(null, root);
      root.remove();
    };
    addEventListener('beforeprint', draw);
    addEventListener('afterprint', clear);
    return () => {
      removeEventListener('beforeprint', draw);
      removeEventListener('afterprint', clear);
      clear();
    };
  }, [view, title, language]);
  return null;
}

function Paper({ view, title, language }: PaperProps): JSX.Element {
  const w = reviewPageWords(language);
  return (
    <article class="paper rv-paper" lang={language}>
      <header>
        <div class="paper-title">
          <h1>{view.title}</h1>
          <span>
            {title} · {w.asOf(dayText(view.asOf))}
          </span>
        </div>
        <p>
          {view.summary} {view.results}
        </p>
        {view.inspected ? null : <p>{w.notInspected}</p>}
      </header>
      <h2>{w.found}</h2>
      {view.found.length === 0 ? <p>{w.nothingFound}</p> : null}
      {view.found.map((list) => (
        <section key={list.heading}>
          <h3>
            {list.heading} <small>{counted(list.rows.length)}</small>
          </h3>
          <ul class="rv-list">
            {list.rows.map((row, i) => (
              <Finding key={i} finding={row} goTo={null} />
            ))}
          </ul>
        </section>
      ))}
      <h2>{w.rules}</h2>
      {view.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {view.rules.map((rule) => (
        <section key={rule.versions[0]?.at.text ?? rule.name} class="rv-rule">
          <h3>
            {rule.name} <small>{rule.kind}</small>
          </h3>
          <Rule rule={rule} words={w} goTo={null} />
        </section>
      ))}
    </article>
  );
}
