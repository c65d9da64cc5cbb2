import type { JSX } from 'preact';
import type { StatementLineView, StatementView } from '../../../live/views.ts';
import type { PageProps } from '../../page.ts';
import { LinkButton } from '../../parts/Button.tsx';
import { dayText, money } from '../../parts/numbers.ts';
import { PlaceLink } from '../../parts/Pick.tsx';
import { firstSteps, ruleOf, signed, sourceCells } from './sources.ts';
import { statementWords } from './words.ts';

/** So many levels and lines of reasons stand under an item; Explain shows them all. */
const LEVELS = 5;
const LINES = 14;
/** So many cells are named. */
const CELLS = 6;

interface SheetProps extends Pick<PageProps, 'language' | 'goTo' | 'navigate'> {
  readonly statement: StatementView;
  /** The workbook's. */
  readonly title: string;
}

/** A statement as it is read in the pane: each item opens to its rule and reasons. */
export function Sheet({ statement, language, goTo, navigate }: SheetProps): JSX.Element {
  const w = statementWords(language);
  return (
    <article class="sheet" aria-label={`${statement.name} ${statement.key}`}>
      <header class="sheet-head">
        <h2>{statement.name}</h2>
        <div class="sheet-person">
          <strong>{statement.key}</strong>
          {statement.labels.map(({ heading, text }) =>
            text === '' ? null : (
              <span key={heading} title={heading}>
                {text}
              </span>
            ),
          )}
        </div>
        <div class="muted small">{w.asOf(dayText(statement.asOf))}</div>
      </header>
      <ul class="lines">
        {statement.lines.map((line, index) => (
          <Line key={`${index} ${line.item}`} line={line} language={language} goTo={goTo} />
        ))}
      </ul>
      <div class="line-head sheet-total">
        <span>{w.total}</span>
        <span class="number">{money(statement.total)}</span>
      </div>
      <LinkButton onClick={() => navigate({ page: 'explain', name: statement.name, key: statement.key })}>
        {w.explain}
      </LinkButton>
    </article>
  );
}

function Line({
  line,
  language,
  goTo,
}: Pick<PageProps, 'language' | 'goTo'> & { readonly line: StatementLineView }): JSX.Element {
  const w = statementWords(language);
  const cells = sourceCells(line.reasons);
  const rule = ruleOf(line);
  return (
    <li>
      <details class="line">
        <summary>
          <span class="line-head">
            <span>{line.item}</span>
            <span class="number">{signed(line)}</span>
          </span>
        </summary>
        <dl class="line-how">
          <dt>{w.rule}</dt>
          <dd>
            <code class="code">{rule.text}</code> <PlaceLink place={rule.place} goTo={goTo} />
          </dd>
          <dt>{w.how}</dt>
          <dd>
            <Steps line={line} goTo={goTo} />
          </dd>
          {cells.length === 0 ? null : (
            <>
              <dt>{w.from}</dt>
              <dd class="cells">
                {cells.slice(0, CELLS).map((place) => (
                  <PlaceLink key={`${place.kind} ${JSON.stringify(place)}`} place={place} goTo={goTo} />
                ))}
                {cells.length > CELLS ? <span class="muted">{w.moreCells(cells.length - CELLS)}</span> : null}
              </dd>
            </>
          )}
        </dl>
      </details>
    </li>
  );
}

function Steps({ line, goTo }: Pick<PageProps, 'goTo'> & { readonly line: StatementLineView }): JSX.Element {
  return (
    <ul class="steps">
      {firstSteps(line.reasons, LEVELS, LINES).map(({ view, depth }, index) => (
        <li key={`${index} ${view.title}`} class={`step-${Math.min(depth, 4)}`}>
          {view.place === null || view.kind !== 'cell' ? (
            view.title
          ) : (
            <>
              {view.title} <PlaceLink place={view.place} goTo={goTo} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
