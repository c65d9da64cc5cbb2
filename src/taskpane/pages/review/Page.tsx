import type { JSX } from 'preact';
import { openReview, type ReviewView } from '../../../live/reviewed.ts';
import type { PageProps } from '../../page.ts';
import { Asked, Stale } from '../../parts/Asked.tsx';
import { useLooking } from '../../parts/asking.ts';
import { Button } from '../../parts/Button.tsx';
import { usePrint, useRoute } from '../../parts/contexts.ts';
import { download } from '../../parts/download.ts';
import { Needs, need } from '../../parts/Needs.tsx';
import { dayText } from '../../parts/numbers.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { Note } from '../../parts/states.tsx';
import { Found } from './Found.tsx';
import { OnPaper } from './OnPaper.tsx';
import { Rules } from './Rules.tsx';
import '../statement/statement.css';
import './review.css';
import { reviewPageWords } from './words.ts';

/** The rules for an auditor: what to look at, and every rule with the money that depends on it. */
export function Page(props: PageProps): JSX.Element {
  const { state, language, navigate } = props;
  const w = reviewPageWords(language);
  const lacking = need(state, false);
  return (
    <>
      <PageHead words={w} onBack={() => navigate({ page: 'audit' })} />
      {lacking !== null || state.asOf === null ? (
        <Needs need={lacking ?? 'date'} language={language} navigate={navigate} />
      ) : (
        <Reviewed {...props} asOf={state.asOf} />
      )}
    </>
  );
}

function Reviewed(props: PageProps & { readonly asOf: number }): JSX.Element {
  const { session, language, navigate, asOf } = props;
  const w = reviewPageWords(language);
  // A review takes a while, so it is not made anew with every change of a cell.
  const { state, stale, again, cancel } = useLooking(
    session,
    (signal) => openReview(session, asOf, language, signal),
    [asOf, language],
    // Results are reviewed too, which no revision of the session speaks of.
    () => true,
  );
  return (
    <Asked asking={state} words={w} label={w.reviewing} language={language} onCancel={cancel} onAgain={again}>
      {(view) =>
        view === null ? (
          <>
            <Needs need="mending" language={language} navigate={navigate} />
            {stale ? (
              <div class="row rv-again">
                <Button size="small" onClick={again}>
                  {w.again}
                </Button>
              </div>
            ) : null}
          </>
        ) : (
          <>
            {stale ? <Stale words={w} onAgain={again} /> : null}
            <Whole {...props} view={view} />
          </>
        )
      }
    </Asked>
  );
}

function Whole(props: PageProps & { readonly view: ReviewView }): JSX.Element {
  const { session, language, say, view } = props;
  const w = reviewPageWords(language);
  const print = usePrint();
  const route = useRoute('review');
  const { title } = session.book;
  const save = (): void => {
    const [, stem = title] = /^(.+?)(?:\.[^.]*)?$/.exec(title) ?? [];
    const name = `${stem}-${w.suffix}-${dayText(view.asOf)}.html`;
    download(name, view.page, 'text/html');
    say({ intent: 'success', text: w.saved(name) });
  };
  return (
    <>
      <div class="row">
        <Button icon="print" onClick={print}>
          {w.print}
        </Button>
        <Button icon="download" onClick={save}>
          {w.save}
        </Button>
      </div>
      <div class="stack">
        <p class="muted small">{w.asOf(dayText(view.asOf))}</p>
        <p>{view.summary}</p>
        {view.errors > 0 ? <Note intent="error">{view.results}</Note> : <p>{view.results}</p>}
        {view.inspected ? null : <Note intent="info">{w.notInspected}</Note>}
      </div>
      <Found {...props} />
      <Rules {...props} />
      {route === null ? null : <OnPaper view={view} title={title} language={language} />}
    </>
  );
}
