import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Session, SessionState } from '../live/session.ts';
import type { Language } from '../problems/messages/index.ts';
import type { Notice, PageName, PageProps } from './page.ts';
import { Button, LinkButton } from './parts/Button.tsx';
import { problemSentence } from './parts/failure.ts';
import { Icon } from './parts/Icon.tsx';
import { dayText } from './parts/numbers.ts';
import { Note } from './parts/states.tsx';
import { paneWords } from './words.ts';

const ORDER: readonly PageName[] = ['rules', 'run', 'allocation', 'explain', 'statement', 'audit'];

/** The tab that a page is under. */
export function tabOf(page: PageName): PageName {
  switch (page) {
    case 'compare':
      return 'allocation';
    case 'insight':
    case 'refresh':
      return 'run';
    case 'review':
      return 'audit';
    default:
      return page;
  }
}

/** What the workbook's pay stands at; its right end stays clear for Office's own button. */
export function Header({
  state,
  language,
  navigate,
  onHelp,
  helping,
}: Pick<PageProps, 'state' | 'language' | 'navigate'> & {
  readonly onHelp: () => void;
  readonly helping: boolean;
}): JSX.Element {
  const w = paneWords(language);
  const errors = state.problems.filter(({ severity }) => severity === 'error').length;
  const warnings = state.problems.length - errors;
  const known = state.revision > 0;
  const day = state.asOf === null ? (known ? w.noDate : w.loading) : w.asOf(dayText(state.asOf));
  const said = known && !state.hasRules ? w.noRules : day;
  return (
    <div class="header">
      <Mark />
      <LinkButton class="header-date" onClick={() => navigate({ page: 'run' })}>
        {said}
      </LinkButton>
      {errors === 0 ? null : (
        <LinkButton class="badge badge-error" onClick={() => navigate({ page: 'run' })}>
          {w.errors(errors)}
        </LinkButton>
      )}
      {errors > 0 || warnings === 0 ? null : (
        <LinkButton class="badge badge-warning" onClick={() => navigate({ page: 'run' })}>
          {w.warnings(warnings)}
        </LinkButton>
      )}
      <span class="header-rest" />
      <Button look="subtle" size="small" icon="help" label={w.help} expanded={helping} onClick={onHelp} />
    </div>
  );
}

/** Allot's mark: a whole in three parts. */
function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <rect class="mark-one" x="2" y="3" width="16" height="4" rx="1.2" />
      <rect class="mark-two" x="2" y="8.5" width="9.5" height="8.5" rx="1.2" />
      <rect class="mark-three" x="13" y="8.5" width="5" height="8.5" rx="1.2" />
    </svg>
  );
}

export function Tabs({
  language,
  page,
  onPage,
}: {
  readonly language: Language;
  readonly page: PageName;
  readonly onPage: (page: PageName) => void;
}): JSX.Element {
  const w = paneWords(language);
  return (
    <fluent-tablist
      class="tabs"
      role="tablist"
      aria-label={w.tabs}
      activeid={`tab-${tabOf(page)}`}
      onChange={(event) => {
        const chosen = ORDER.find((name) => `tab-${name}` === activeOf(event.target));
        if (chosen !== undefined && chosen !== tabOf(page)) onPage(chosen);
      }}
    >
      {ORDER.map((name) => (
        <fluent-tab
          key={name}
          id={`tab-${name}`}
          role="tab"
          aria-controls={`panel-${name}`}
          aria-selected={name === tabOf(page) ? 'true' : 'false'}
          // The tab of a page under it leads back.
          onClick={() => {
            if (name !== page && name === tabOf(page)) onPage(name);
          }}
        >
          {w.pages[name]}
        </fluent-tab>
      ))}
    </fluent-tablist>
  );
}

function activeOf(target: EventTarget | null): string | null {
  return target !== null && 'activeid' in target && typeof target.activeid === 'string'
    ? target.activeid
    : null;
}

export function MessageBar({
  notice,
  language,
  onDismiss,
}: {
  readonly notice: Notice;
  readonly language: Language;
  readonly onDismiss: () => void;
}): JSX.Element {
  return (
    <div class={`message note note-${notice.intent}`}>
      <Icon name={notice.intent} />
      <div class="note-text">{notice.text}</div>
      <Button
        look="subtle"
        size="small"
        icon="close"
        label={paneWords(language).dismiss}
        onClick={onDismiss}
      />
    </div>
  );
}

export function Welcome({
  language,
  onDone,
}: {
  readonly language: Language;
  readonly onDone: () => void;
}): JSX.Element {
  const w = paneWords(language);
  return (
    <section class="welcome" aria-label={w.help}>
      <p>
        <strong>{w.welcome}</strong> {w.welcomeMore}
      </p>
      <Button size="small" onClick={onDone}>
        {w.gotIt}
      </Button>
    </section>
  );
}

/** Why the workbook could not be read, or that we erred; on every page, since it concerns them all. */
export function Failed({
  session,
  state,
  language,
}: Pick<PageProps, 'session' | 'state' | 'language'>): JSX.Element | null {
  const w = paneWords(language);
  const { failure } = state;
  if (failure === null || failure.kind === 'cancelled') return null;
  return (
    <div class="failed">
      <Note intent="error">
        {failure.kind === 'book' ? (
          <p>{problemSentence(failure.problem, language)}</p>
        ) : (
          <Crash text={failure.text} language={language} />
        )}
        <Button size="small" onClick={() => void session.refresh()}>
          {w.readAgain}
        </Button>
      </Note>
    </div>
  );
}

/** A mistake of ours: its first line, and all of it for a report. */
function Crash({ text, language }: { readonly text: string; readonly language: Language }): JSX.Element {
  const w = paneWords(language);
  const [first = ''] = text.split('\n');
  return (
    <>
      <p>{w.crash(first)}</p>
      <details>
        <summary>{w.report}</summary>
        <pre class="report code">{text}</pre>
      </details>
    </>
  );
}

/** What stands in place of a page that could not be drawn. */
export function Broken({
  error,
  language,
  onAgain,
}: {
  readonly error: unknown;
  readonly language: Language;
  readonly onAgain: () => void;
}): JSX.Element {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return (
    <Note intent="error">
      <Crash text={text} language={language} />
      <Button size="small" onClick={onAgain}>
        {paneWords(language).tryAgain}
      </Button>
    </Note>
  );
}

/** Work that takes less than this is not shown. */
const SOON_MS = 400;

/** A strip at the bottom while the session reads or computes. */
export function Busy({
  session,
  state,
  language,
}: {
  readonly session: Session;
  readonly state: SessionState;
  readonly language: Language;
}): JSX.Element | null {
  const w = paneWords(language);
  const busy = state.phase !== 'idle';
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!busy) {
      setLong(false);
      return;
    }
    const timer = setTimeout(() => setLong(true), SOON_MS);
    return () => clearTimeout(timer);
  }, [busy]);
  if (!busy || !long) return null;
  const what = state.phase === 'reading' ? w.reading : w.computing;
  const done = state.done === null ? undefined : Math.floor(state.done * 100);
  return (
    <footer class="busy">
      <fluent-progress-bar
        role="progressbar"
        aria-label={what}
        aria-valuenow={done}
        value={done}
        max={100}
        shape="square"
      />
      <span class="busy-text">{done === undefined ? `${what} …` : w.percent(what, done)}</span>
      <Button look="subtle" size="small" onClick={() => session.cancel()}>
        {w.cancel}
      </Button>
    </footer>
  );
}
