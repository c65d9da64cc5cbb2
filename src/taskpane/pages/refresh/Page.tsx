import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import {
  openSources,
  type RefreshAnswer,
  type RefreshAsked,
  type SourcesView,
  stageFiles,
} from '../../../live/refreshed.ts';
import type { Session } from '../../../live/session.ts';
import type { Language } from '../../../problems/messages/index.ts';
import { fileError } from '../../../workbook/bookError.ts';
import type { PageProps } from '../../page.ts';
import { Asked, Stale } from '../../parts/Asked.tsx';
import { useAsking } from '../../parts/asking.ts';
import { Button } from '../../parts/Button.tsx';
import { failureText } from '../../parts/failure.ts';
import { type Async, latest, useAsync } from '../../parts/hooks.ts';
import { Needs } from '../../parts/Needs.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { ProblemList } from '../../parts/ProblemList.tsx';
import { Empty, Note, Spinner } from '../../parts/states.tsx';
import { filesOf, isFile, NO_PICKS, type Picks, withFiles } from './picks.ts';
import './refresh.css';
import { FileSources, OtherSources } from './Sources.tsx';
import { Issues } from './Staged.tsx';
import { Write } from './Write.tsx';
import { refreshPageWords } from './words.ts';

/** Tables of the workbook from files that somebody picks: staged, shown, written in one go. */
export function Page(props: PageProps): JSX.Element {
  const { session, state, language, navigate } = props;
  const w = refreshPageWords(language);
  const found = useSources(session, language);
  const view = latest(found);
  return (
    <>
      <PageHead words={w} onBack={() => navigate({ page: 'run' })} />
      {state.revision === 0 && state.failure === null ? (
        <Needs need="reading" language={language} navigate={navigate} />
      ) : view !== null ? (
        <Sources {...props} view={view} />
      ) : found.kind === 'failed' ? (
        <Note intent="error">{failureText(found.error, language)}</Note>
      ) : (
        <Spinner label={`${w.reading} …`} />
      )}
    </>
  );
}

/** The workbook's sources, read again where their sheet changes. */
function useSources(session: Session, language: Language): Async<SourcesView> {
  const [asked, setAsked] = useState(0);
  const turn = useRef(0);
  /** Their sheet; undefined while it is being read: until then a change of any sheet may be one of theirs. */
  const sheet = useRef<string | null | undefined>(undefined);
  const found = useAsync(async () => {
    turn.current += 1;
    const mine = turn.current;
    sheet.current = undefined;
    const view = await openSources(session, language);
    if (mine === turn.current) sheet.current = view.sheet?.toLowerCase() ?? null;
    return view;
  }, [session, language, asked]);
  // It looks at what is known when a change comes, not when the page was drawn last: nothing is missed in between.
  useEffect(
    () =>
      session.book.watch(({ sheets, shape }) => {
        const known = sheet.current;
        if (shape || sheets === null || known === undefined) setAsked((n) => n + 1);
        else if (sheets.some((name) => name.toLowerCase() === known)) setAsked((n) => n + 1);
      }),
    [session],
  );
  return found;
}

/** What has come, and of which files. */
export interface Checked {
  readonly answer: RefreshAnswer;
  readonly asked: RefreshAsked;
}

function Sources(props: PageProps & { readonly view: SourcesView }): JSX.Element {
  const { session, language, view } = props;
  const w = refreshPageWords(language);
  const [picks, setPicks] = useState(NO_PICKS);
  const [over, setOver] = useState(false);
  const [stale, setStale] = useState(false);
  const asking = useAsking<Checked>(true);
  useEffect(() => session.book.watch(() => setStale(true)), [session]);
  const sources = view.sources.filter(isFile);
  const files = filesOf(sources, picks);
  const running = asking.state.kind === 'running';
  const pick = (next: Picks): void => {
    setPicks(next);
    // What was checked were other files.
    asking.forget();
  };
  const check = (): void =>
    asking.start(async (progress) => {
      const read = await Promise.all(
        [...files].map(async ([table, file]) => (file === null ? [] : [await bytesOf(table, file)])),
      );
      const asked = { files: read.flat(), today: today() };
      await session.settled();
      setStale(false);
      return { answer: await stageFiles(session, asked, language, progress), asked };
    });

  if (view.sheet === null) return <Empty title={w.noSheet}>{w.noSheetText}</Empty>;
  if (view.issues.length > 0)
    return (
      <>
        <p>{w.badSheet}</p>
        <Issues issues={view.issues} />
      </>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is dropped anywhere on the page counts; a button does the same
    <div
      class={over ? 'rf-page rf-over' : 'rf-page'}
      onDragOver={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        // The page around the pane may take files too: they are not for it.
        event.stopPropagation();
        setOver(false);
        const dropped = [...(event.dataTransfer?.files ?? [])];
        if (!running && dropped.length > 0) pick(withFiles(picks, dropped));
      }}
    >
      {sources.length === 0 ? (
        <Note intent="info">{w.noSources}</Note>
      ) : (
        <>
          <p class="hint">{w.hint}</p>
          <FileSources sources={sources} picks={picks} disabled={running} words={w} onPicks={pick} />
          <div>
            <Button
              look={asking.state.kind === 'done' ? 'outline' : 'primary'}
              disabled={running || [...files.values()].every((file) => file === null)}
              onClick={check}
            >
              {w.check}
            </Button>
          </div>
          <Asked
            asking={asking.state}
            words={w}
            label={w.checking}
            language={language}
            onCancel={asking.cancel}
            onAgain={check}
          >
            {(checked) => (
              <Came
                {...props}
                checked={checked}
                stale={stale}
                onAgain={check}
                onDone={() => pick(NO_PICKS)}
              />
            )}
          </Asked>
        </>
      )}
      <OtherSources sources={view.sources.filter((one) => !isFile(one))} words={w} />
    </div>
  );
}

function Came(
  props: PageProps & {
    readonly checked: Checked;
    readonly stale: boolean;
    readonly onAgain: () => void;
    readonly onDone: () => void;
  },
): JSX.Element {
  const { state, language, goTo, checked, stale, onAgain, onDone } = props;
  const { answer, asked } = checked;
  const w = refreshPageWords(language);
  if (answer.kind === 'rules')
    return (
      <>
        <Note intent="error">{w.rules}</Note>
        <ProblemList problems={answer.problems} rules={state.rules} language={language} goTo={goTo} />
      </>
    );
  return (
    <section class="rf-part" aria-label={w.report}>
      {stale ? <Stale words={w} onAgain={onAgain} /> : null}
      <Write {...props} view={answer} asked={asked} onDone={onDone} />
    </section>
  );
}

/** The day that the clock on this computer shows, in whole milliseconds. */
function today(): number {
  const now = new Date();
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
}

async function bytesOf(table: string, file: File): Promise<RefreshAsked['files'][number]> {
  try {
    return { table, name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch (error) {
    // Moved, renamed or written to since it was picked.
    throw fileError(file.name, 'not-readable', error instanceof Error ? error.name : '');
  }
}
