import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { openReview, type ReviewView } from '../../../live/reviewed.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { usePrint, useRoute } from '../../parts/contexts.ts';
import { download } from '../../parts/download.ts';
import { failureText } from '../../parts/failure.ts';
import { Needs, need } from '../../parts/Needs.tsx';
import { dayText } from '../../parts/numbers.ts';
import { Note, Spinner } from '../../parts/states.tsx';
import { Found } from './Found.tsx';
import { OnPaper } from './OnPaper.tsx';
import { Rules } from './Rules.tsx';
import '../statement/statement.css';
import './review.css';
import { reviewPageWords } from './words.ts';

type Reviewing =
  | { readonly kind: 'asking' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** `view`: null where the rules or the headings have an error. */
  | { readonly kind: 'done'; readonly view: ReviewView | null };

/** The rules for an auditor: what to look at, and every rule with the money that depends on it. */
export function Review(props: PageProps): JSX.Element {
  const { state, language, navigate } = props;
  const w = reviewPageWords(language);
  const lacking = need(state, false);
  return (
    <>
      <div class="row">
        <Button
          look="subtle"
          size="small"
          icon="previous"
          label={w.back}
          onClick={() => navigate({ page: 'audit' })}
        />
        <h2>{w.title}</h2>
      </div>
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
  const [reviewing, setReviewing] = useState<Reviewing>({ kind: 'asking' });
  const [stale, setStale] = useState(false);
  const running = useRef<AbortController | null>(null);
  // A review takes a while, so it is not made anew with every change of a cell.
  const ask = async (): Promise<void> => {
    const abort = new AbortController();
    running.current = abort;
    setReviewing({ kind: 'asking' });
    let next: Reviewing;
    try {
      await session.settled();
      setStale(false);
      next = { kind: 'done', view: await openReview(session, asOf, language, abort.signal) };
    } catch (error) {
      // Cancelling what the session computes gives up whatever its calculator does.
      const cancelled = abort.signal.aborted || (error instanceof Error && error.name === 'AbortError');
      next = cancelled ? { kind: 'cancelled' } : { kind: 'failed', error };
    }
    if (running.current !== abort) return;
    running.current = null;
    setReviewing(next);
  };
  useEffect(() => {
    void ask();
    return () => {
      // Not aborted: the run of another date may be under way in the same worker.
      running.current = null;
    };
  }, [session, asOf, language]);
  // Results are reviewed too, which no revision of the session speaks of.
  useEffect(() => session.book.watch(() => setStale(true)), [session]);

  const again = (
    <Button size="small" onClick={() => void ask()}>
      {w.again}
    </Button>
  );
  switch (reviewing.kind) {
    case 'asking':
      return (
        <div class="row">
          <Spinner label={`${w.reviewing} …`} />
          <Button size="small" icon="stop" onClick={() => running.current?.abort(givenUp())}>
            {w.cancel}
          </Button>
        </div>
      );
    case 'cancelled':
      return (
        <Note intent="info">
          <p>{w.cancelled}</p>
          {again}
        </Note>
      );
    case 'failed':
      return (
        <Note intent="error">
          <p>{failureText(reviewing.error, language)}</p>
          {again}
        </Note>
      );
    case 'done': {
      const { view } = reviewing;
      if (view === null)
        return (
          <>
            <Needs need="mending" language={language} navigate={navigate} />
            {stale ? <div class="row rv-again">{again}</div> : null}
          </>
        );
      return (
        <>
          {stale ? (
            <Note intent="warning">
              <p>{w.stale}</p>
              {again}
            </Note>
          ) : null}
          <Whole {...props} view={view} />
        </>
      );
    }
    default: {
      const never: never = reviewing;
      return never;
    }
  }
}

const givenUp = (): DOMException => new DOMException('given up', 'AbortError');

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
