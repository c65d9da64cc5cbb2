import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Block, Section } from '../../../insight/lines.ts';
import { type InsightView, openInsight } from '../../../live/insighted.ts';
import type { PageProps } from '../../page.ts';
import { Asked, Stale } from '../../parts/Asked.tsx';
import { ofData, useLooking } from '../../parts/asking.ts';
import { Button } from '../../parts/Button.tsx';
import { failureText } from '../../parts/failure.ts';
import { Needs, need } from '../../parts/Needs.tsx';
import { dayText } from '../../parts/numbers.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { Spinner } from '../../parts/states.tsx';
import '../allocation/allocation.css';
import { ForecastChart, Waits } from './Charts.tsx';
import './insight.css';
import { type InsightPageWords, insightPageWords } from './words.ts';

/** Bottlenecks, the reform's effect, the forecast, pay and performance, with a way to put them into the workbook. */
export function Page(props: PageProps): JSX.Element {
  const { state, language, navigate } = props;
  const w = insightPageWords(language);
  // what was found stays while something is mended
  const lacking = need(state, false);
  return (
    <>
      <PageHead words={w} onBack={() => navigate({ page: 'run' })} />
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
  // It takes some seconds, so it is not made anew with every change of a cell.
  const { state, stale, again, cancel } = useLooking(
    session,
    (signal) => openInsight(session, asOf, language, signal),
    [asOf, language],
    ofData,
  );
  return (
    <Asked asking={state} words={w} label={w.looking} language={language} onCancel={cancel} onAgain={again}>
      {(view) => (
        <>
          {stale ? <Stale words={w} onAgain={again} /> : null}
          {view === null ? (
            <Needs need="mending" language={language} navigate={navigate} />
          ) : (
            <Whole {...props} view={view} />
          )}
        </>
      )}
    </Asked>
  );
}

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
        <p class="hint">{session.book.charts ? w.hint : w.noCharts}</p>
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
