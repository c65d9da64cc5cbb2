import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { WrittenSheet } from '../../../workbook/port.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { failureText } from '../../parts/failure.ts';
import { DateField } from '../../parts/fields.tsx';
import { Needs } from '../../parts/Needs.tsx';
import { dayOf, dayText, monthEnds } from '../../parts/numbers.ts';
import { ProblemList } from '../../parts/ProblemList.tsx';
import { Note, Spinner } from '../../parts/states.tsx';
import { paneWords } from '../../words.ts';
import './run.css';
import { Sharing } from './Sharing.tsx';
import { Summary } from './Summary.tsx';
import { type Standing, standing } from './standing.ts';
import { Written } from './Written.tsx';
import { runWords } from './words.ts';

/** The as-of date, check, run, and what came of it. */
export function Run(props: PageProps): JSX.Element {
  const { session, state, language, navigate, goTo, say } = props;
  const w = runWords(language);
  const now = standing(state);
  const writing = useWriting(props);
  const computed = useComputedDay(state);
  const [checking, setChecking] = useState(false);

  const check = async (): Promise<void> => {
    setChecking(true);
    try {
      await session.refresh();
      const { problems, rules, failure } = session.state;
      if (failure !== null) return;
      const errors = problems.filter(({ severity }) => severity === 'error').length;
      if (problems.length === 0) say({ intent: 'success', text: w.checked(rules.length) });
      else
        say({
          intent: errors > 0 ? 'error' : 'warning',
          text: w.found(errors, problems.length - errors),
        });
    } catch (error) {
      say({ intent: 'error', text: failureText(error, language) });
    } finally {
      setChecking(false);
    }
  };

  if (now === 'starting' || now === 'no-rules')
    return <Needs need={now === 'starting' ? 'reading' : 'rules'} language={language} navigate={navigate} />;
  return (
    <>
      <AsOf {...props} />
      <div class="stack">
        <div class="row">
          <Button
            look="primary"
            icon="play"
            disabled={now !== 'ready' || state.phase !== 'idle' || writing.done !== null}
            onClick={() => void writing.start()}
          >
            {w.run}
          </Button>
          <Button icon="check" disabled={checking} onClick={() => void check()}>
            {w.check}
          </Button>
        </div>
        <p class="hint">{w.undo}</p>
      </div>
      {writing.done === null ? null : (
        <WritingStrip done={writing.done} label={w.writing} stop={w.stop} onStop={writing.stop} />
      )}
      <Stands now={now} {...props} />
      {writing.written === null ? null : (
        <Written
          sheets={writing.written.sheets}
          stale={writing.written.revision !== state.revision}
          language={language}
          goTo={goTo}
        />
      )}
      {state.problems.length === 0 ? null : (
        <section class="section">
          <h2>{w.problems}</h2>
          <ProblemList problems={state.problems} rules={state.rules} language={language} goTo={goTo} />
        </section>
      )}
      {state.outcome === null || computed === null ? null : (
        <Summary asOf={computed} outcome={state.outcome} language={language} navigate={navigate} />
      )}
      <div class="row">
        {now === 'ready' ? (
          <Button size="small" icon="search" onClick={() => navigate({ page: 'insight' })}>
            {w.insight}
          </Button>
        ) : null}
        <Button size="small" icon="download" onClick={() => navigate({ page: 'refresh' })}>
          {w.refresh}
        </Button>
      </div>
      <Sharing session={session} language={language} say={say} />
    </>
  );
}

/** The date of the results that are shown: another one may have been set since, and not be computed yet. */
function useComputedDay({ revision, asOf }: PageProps['state']): number | null {
  const last = useRef({ revision, asOf });
  if (last.current.revision !== revision) last.current = { revision, asOf };
  return last.current.asOf;
}

/** What there is to say before the results. */
function Stands({
  now,
  session,
  language,
}: Pick<PageProps, 'session' | 'language'> & { readonly now: Standing }): JSX.Element | null {
  const w = runWords(language);
  switch (now) {
    case 'no-date':
      return <Note intent="info">{w.noDate}</Note>;
    case 'errors':
      return <Note intent="error">{w.errors}</Note>;
    case 'cancelled':
      return (
        <Note intent="warning">
          <p>{w.cancelled}</p>
          <Button size="small" onClick={() => void session.refresh()}>
            {w.again}
          </Button>
        </Note>
      );
    case 'ready':
      return <Note intent="success">{w.ready}</Note>;
    case 'waiting':
      return <Spinner label={paneWords(language).computing} />;
    case 'failed':
    case 'starting':
    case 'no-rules':
      return null;
    default: {
      const never: never = now;
      return never;
    }
  }
}

/** The earliest date that a workbook can hold with certainty; a year that is being typed is earlier. */
const EARLIEST = '1900-03-01';

function AsOf({ session, state, language, say }: PageProps): JSX.Element {
  const w = runWords(language);
  const kept = state.asOf === null ? '' : dayText(state.asOf);
  const [draft, setDraft] = useState(kept);
  useEffect(() => setDraft(kept), [kept]);
  const set = (ms: number): void => {
    session
      .setAsOf(ms)
      .catch((error: unknown) => say({ intent: 'error', text: failureText(error, language) }));
  };
  const ends = monthEnds(new Date());
  return (
    <div class="stack">
      <DateField
        label={w.asOf}
        hint={w.asOfHint}
        value={draft}
        onValue={(value) => {
          setDraft(value);
          const ms = dayOf(value);
          if (ms !== null && value >= EARLIEST && ms !== state.asOf) set(ms);
        }}
      />
      {ends === null ? null : (
        <div class="row">
          <span class="muted small" aria-hidden="true">
            {w.monthEnds}
          </span>
          <Button
            size="small"
            label={w.lastMonth(dayText(ends.last))}
            pressed={state.asOf === ends.last}
            onClick={() => set(ends.last)}
          >
            {dayText(ends.last)}
          </Button>
          <Button
            size="small"
            label={w.thisMonth(dayText(ends.current))}
            pressed={state.asOf === ends.current}
            onClick={() => set(ends.current)}
          >
            {dayText(ends.current)}
          </Button>
        </div>
      )}
    </div>
  );
}

interface Writing {
  /** 0 to 1 while it writes. */
  readonly done: number | null;
  readonly written: { readonly sheets: readonly WrittenSheet[]; readonly revision: number } | null;
  readonly start: () => Promise<void>;
  readonly stop: () => void;
}

function useWriting({ session, language, say }: PageProps): Writing {
  const w = runWords(language);
  const [done, setDone] = useState<number | null>(null);
  const [written, setWritten] = useState<Writing['written']>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const start = async (): Promise<void> => {
    const controller = new AbortController();
    abort.current = controller;
    setDone(0);
    try {
      const sheets = await session.write(language, {
        report: (part, whole) => setDone(whole === 0 ? 0 : part / whole),
        signal: controller.signal,
      });
      if (sheets === null) say({ intent: 'warning', text: w.nothingWritten });
      else {
        setWritten({ sheets, revision: session.state.revision });
        say({ intent: 'success', text: w.done(sheets.length) });
      }
    } catch (error) {
      const stopped = controller.signal.aborted;
      say({
        intent: stopped ? 'info' : 'error',
        text: stopped ? w.writeCancelled : failureText(error, language),
      });
    } finally {
      setDone(null);
    }
  };
  return { done, written, start, stop: () => abort.current?.abort() };
}

function WritingStrip({
  done,
  label,
  stop,
  onStop,
}: {
  readonly done: number;
  readonly label: string;
  readonly stop: string;
  readonly onStop: () => void;
}): JSX.Element {
  const percent = Math.floor(done * 100);
  return (
    <div class="stack">
      <div class="row">
        <span>{label} …</span>
        <Button size="small" icon="stop" onClick={onStop}>
          {stop}
        </Button>
      </div>
      <fluent-progress-bar
        role="progressbar"
        aria-label={label}
        aria-valuenow={percent}
        value={percent}
        max={100}
      />
    </div>
  );
}
