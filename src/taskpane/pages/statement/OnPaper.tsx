import { type JSX, render } from 'preact';
import { useEffect } from 'preact/hooks';
import type { StatementLineView, StatementView } from '../../../live/views.ts';
import type { Language } from '../../../problems/messages/index.ts';
import { placeText } from '../../../problems/problem.ts';
import { dayText, money } from '../../parts/numbers.ts';
import { firstSteps, ruleOf, signed, sourceCells } from './sources.ts';
import { statementWords } from './words.ts';

/** What fits on one page. */
const LEVELS = 3;
const LINES = 4;
const CELLS = 6;

interface PaperProps {
  readonly statements: readonly StatementView[];
  readonly title: string;
  readonly language: Language;
}

/**
 * Keeps a sheet of paper beside everything else in the document, hidden on screens; where it is, printing shows
 * nothing but it, whatever page hosts the pane.
 */
export function OnPaper({ statements, title, language }: PaperProps): null {
  useEffect(() => {
    const root = document.createElement('div');
    root.className = 'allot-paper';
    document.body.append(root);
    render(<Paper statements={statements} title={title} language={language} />, root);
    return () => {
      render(null, root);
      root.remove();
    };
  }, [statements, title, language]);
  return null;
}

function Paper({ statements, title, language }: PaperProps): JSX.Element {
  const w = statementWords(language);
  return (
    <div lang={language}>
      {statements.map((statement) => (
        <article key={`${statement.name} ${statement.key}`} class="paper">
          <header>
            <div class="paper-title">
              <h1>{statement.name}</h1>
              <span>{w.asOf(dayText(statement.asOf))}</span>
            </div>
            <dl class="paper-person">
              <div>
                <dt>{w.person}</dt>
                <dd>{statement.key}</dd>
              </div>
              {statement.labels.map(({ heading, text }) => (
                <div key={heading}>
                  <dt>{heading}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </header>
          <table>
            <thead>
              <tr>
                <th scope="col">{w.item}</th>
                <th scope="col">{w.how}</th>
                <th scope="col" class="paper-number">
                  {w.amount}
                </th>
              </tr>
            </thead>
            <tbody>
              {statement.lines.map((line, index) => (
                <tr key={`${index} ${line.item}`}>
                  <th scope="row">{line.item}</th>
                  <td>
                    <How line={line} language={language} />
                  </td>
                  <td class="paper-number">{signed(line)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={2}>
                  {w.total}
                </th>
                <td class="paper-number">{money(statement.total)}</td>
              </tr>
            </tfoot>
          </table>
          <footer>{title}</footer>
        </article>
      ))}
    </div>
  );
}

function How({
  line,
  language,
}: {
  readonly line: StatementLineView;
  readonly language: Language;
}): JSX.Element {
  const w = statementWords(language);
  const cells = sourceCells(line.reasons);
  const rule = ruleOf(line);
  const more = cells.length > CELLS ? ` ${w.moreCells(cells.length - CELLS)}` : '';
  return (
    <>
      {firstSteps(line.reasons, LEVELS, LINES).map(({ view }, index) => (
        <div key={`${index} ${view.title}`}>{view.title}</div>
      ))}
      <div class="paper-from">
        {w.rule} {placeText(rule.place)}: <code>{rule.text}</code>
        {cells.length === 0 ? null : ` · ${w.from} ${cells.slice(0, CELLS).map(placeText).join(', ')}${more}`}
      </div>
    </>
  );
}
