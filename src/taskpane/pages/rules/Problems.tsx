import type { JSX, Ref } from 'preact';
import { type Language, message } from '../../../problems/messages/index.ts';
import { type Problem, placeText } from '../../../problems/problem.ts';
import { words } from '../../../report/words.ts';
import { Button } from '../../parts/Button.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { rowOf } from './text.ts';
import { rulesWords } from './words.ts';

/** More than these are only counted. */
const MOST = 100;

/** What is wrong, as a list: a click goes to the line, or to the cell. */
export function Problems({
  problems,
  failure,
  sheet,
  language,
  fixOf,
  onPick,
  onFix,
  listRef,
}: {
  /** Null while they are not known yet. */
  readonly problems: readonly Problem[] | null;
  readonly failure: string | null;
  readonly sheet: string;
  readonly language: Language;
  readonly onPick: (problem: Problem) => void;
  /** What may be written instead, of a problem in this sheet. */
  readonly fixOf: (problem: Problem) => string | null;
  readonly onFix: (problem: Problem) => void;
  readonly listRef: Ref<HTMLElement>;
}): JSX.Element {
  const w = rulesWords(language);
  const errors = problems?.filter(({ severity }) => severity === 'error').length ?? 0;
  const warnings = (problems?.length ?? 0) - errors;
  const said =
    failure ??
    (problems === null ? w.checking : problems.length === 0 ? w.noProblems : w.counts(errors, warnings));
  return (
    <section class="rules-problems" aria-label={w.problems} ref={listRef} tabIndex={-1}>
      <div class="rules-standing small" role="status">
        <Icon
          name={
            failure !== null || errors > 0
              ? 'error'
              : warnings > 0
                ? 'warning'
                : problems === null
                  ? 'info'
                  : 'success'
          }
        />
        {said}
      </div>
      {problems === null || problems.length === 0 ? null : (
        <ul>
          {problems.slice(0, MOST).map((problem, i) => (
            <li key={i} class="rules-item">
              <button type="button" class="rules-problem" onClick={() => onPick(problem)}>
                <Icon name={problem.severity} label={words(language).severity[problem.severity]} />
                <span>
                  <span class="rules-where">{where(problem, sheet, language)}</span>{' '}
                  {message(problem, language)}
                </span>
              </button>
              <Fix text={fixOf(problem)} language={language} onFix={() => onFix(problem)} />
            </li>
          ))}
          {problems.length > MOST ? <li class="muted small">{w.more(problems.length - MOST)}</li> : null}
        </ul>
      )}
    </section>
  );
}

function Fix({
  text,
  language,
  onFix,
}: {
  readonly text: string | null;
  readonly language: Language;
  readonly onFix: () => void;
}): JSX.Element | null {
  if (text === null) return null;
  return (
    <Button size="small" class="rules-fix" onClick={onFix}>
      {rulesWords(language).use(text)}
    </Button>
  );
}

function where(problem: Problem, sheet: string, language: Language): string {
  const row = rowOf(problem, sheet);
  if (row !== null) return rulesWords(language).line(row);
  return problem.at === undefined ? '' : placeText(problem.at);
}
