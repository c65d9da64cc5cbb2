import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Block, Section } from '../../../insight/lines.ts';
import { type InsightView, openInsight } from '../../../live/insighted.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { failureText } from '../../parts/failure.ts';
import { Needs, need } from '../../parts/Needs.tsx';
import { dayText } from '../../parts/numbers.ts';
import { Note, Spinner } from '../../parts/states.tsx';
import '../allocation/allocation.css';
import { ForecastChart, Waits } from './Charts.tsx';
import './insight.css';
import { type InsightPageWords, insightPageWords } from './words.ts';

type Looking =
  | { readonly kind: 'asking' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** `view`: null where the run has errors. */
  | { readonly kind: 'done'; readonly view: InsightView | null };

/** Bottlenecks, the reform's effect, the forecast, pay and performance, with a way to put them into the workbook. */
export function Page(props: PageProps): JSX.Element {
  const { state, language, navigate } = props;
  const w = insightPageWords(language);
  // what was found stays while something is mended
  const lacking = need(state, false);
  return (
    <>
      <div class="row">
        <Button
          look="subtle"
          size="small"
          icon="previous"
          label={w.back}
          onClick={() => navigate({ page: 'run' })}
        />
        <h2>{w.title}</h2>
      </div>
      {lacking !== null || state.asOf === null ? (
        <Needs need={lacking ?? 'date'} language={language} navigate={navigate} />
      ) : (
        <Looked {...props} asOf={state.asOf} />
      )}
    </>
  );
}

function Looked(props: PageProps & { readonly asOf: number }): JSX.Element {
  const { session, language, navigate, asOf } = props;
  const w = insightPageWords(language);
  const [looking, setLooking] = useState<Looking>({ kind: 'asking' });
  const [stale, setStale] = useState(false);
  const running = useRef<AbortController | null>(null);
  // It takes some seconds, so it is not made anew with every change of a cell.
  const ask = async (): Promise<void> => {
    const abort = new AbortController();
    running.current = abort;
    setLooking({ kind: 'asking' });
    let next: Looking;
    try {
      await session.settled();
      setStale(false);
      next = { kind: 'done', view: await openInsight(session, asOf, language, abort.signal) };
    } catch (error) {
      const cancelled = abort.signal.aborted || (error instanceof Error && error.name === 'AbortError');
      next = cancelled ? { kind: 'cancelled' } : { kind: 'failed', error };
    }
    if (running.current !== abort) return;
    running.current = null;
    setLooking(next);
  };
  useEffect(() => {
    void ask();
    return () => {
      // Not aborted: the run of another date may be under way in the same worker.
      running.current = null;
    };
  }, [session, asOf, language]);
  useEffect(
    () =>
      session.book.watch(({ sheets }) => {
        // what is written as sheets of ours is no change of the data
        if (sheets?.every((name) => name.toLowerCase().startsWith('allot ')) !== true) setStale(true);
      }),
    [session],
  );

  const again = (
    <Button size="small" onClick={() => void ask()}>
      {w.again}
    </Button>
  );
  switch (looking.kind) {
    case 'asking':
      return (
        <div class="row">
          <Spinner label={`${w.looking} …`} />
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
          <p>{failureText(looking.error, language)}</p>
          {again}
        </Note>
      );
    case 'done':
      return (
        <>
          {stale ? (
            <Note intent="warning">
              <p>{w.stale}</p>
              {again}
            </Note>
          ) : null}
          {looking.view === null ? (
            <Needs need="mending" language={language} navigate={navigate} />
          ) : (
            <Whole {...props} view={looking.view} />
          )}
        </>
      );
    default: {
      const never: never = looking;
      return never;
    }
  }
}

const givenUp = (): DOMException => new DOMException('given up', 'AbortError');

function Whole({ session, language, say, view }: PageProps & { readonly view: InsightView }): JSX.Element {
  const w = insightPageWords(language);
  const [writing, setWriting] = useState(false);
  const write = async (): Promise<void> => {
    setWriting(true);
    try {
      const written = await session.book.writeSheets(view.sheets);
      say({ intent: 'success', text: w.wrote(written.length) });
    } catch (error) {
      say({ intent: 'error', text: failureText(error, language) });
    } finally {
      setWriting(false);
    }
  };
  return (
    <>
      <div class="stack">
        <div class="row">
          <Button icon="save" disabled={writing} onClick={() => void write()}>
            {w.write}
          </Button>
          {writing ? <Spinner label={w.writing} /> : null}
        </div>
        <p class="hint">{w.hint}</p>
      </div>
      <div class="stack">
        <p class="muted small">{w.asOf(dayText(view.asOf))}</p>
        {view.head.map((line) => (
          <p key={line} class="small">
            {line}
          </p>
        ))}
      </div>
      {view.sections.map((section) => (
        <Part key={section.name} section={section} view={view} words={w} />
      ))}
    </>
  );
}

function Part({
  section: { name, heading, blocks },
  view,
  words: w,
}: {
  readonly section: Section;
  readonly view: InsightView;
  readonly words: InsightPageWords;
}): JSX.Element {
  return (
    <section class="in-section">
      <h2>{heading}</h2>
      {name === 'bottlenecks' && view.waits.length > 0 ? <Waits waits={view.waits} words={w} /> : null}
      {name === 'forecast'
        ? view.forecasts.map((one) => <ForecastChart key={one.label} forecast={one} words={w} />)
        : null}
      {blocks.map((block, i) => (
        <Shown key={i} block={block} heading={heading} />
      ))}
    </section>
  );
}

function Shown({ block, heading }: { readonly block: Block; readonly heading: string }): JSX.Element | null {
  switch (block.kind) {
    case 'note':
      return <p>{block.text}</p>;
    case 'finding':
      return (
        <div class="in-finding">
          <p>
            <strong>{block.text}</strong>
          </p>
          <ul class="small">
            {block.details.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      );
    case 'table':
      return block.rows.length === 0 ? null : <Table block={block} heading={heading} />;
    default: {
      const never: never = block;
      return never;
    }
  }
}

/** Scrolls by itself where it is wider than the pane, with the keyboard too. */
function Table({
  block: { columns, rows },
  heading,
}: {
  readonly block: Extract<Block, { kind: 'table' }>;
  readonly heading: string;
}): JSX.Element {
  const about = columns
    .slice(0, 2)
    .map((column) => column.heading)
    .join(', ');
  const look = (i: number): string => (columns[i]?.right === true ? '' : 'in-text');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled with the keyboard too
    <section class="in-scroll" tabIndex={0} aria-label={`${heading}: ${about}`}>
      <table class="al-table">
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={i} scope="col" class={look(i)}>
                {column.heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={r}>
              {row.map((cell, i) => (
                <td key={i} class={look(i)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
