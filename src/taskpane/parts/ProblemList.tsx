import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { message } from '../../problems/messages/index.ts';
import type { Problem } from '../../problems/problem.ts';
import { problemGroups } from '../../report/problems.ts';
import { words } from '../../report/words.ts';
import { sourceLine } from '../../rules/source.ts';
import type { RuleLine } from '../../workbook/port.ts';
import type { PageProps } from '../page.ts';
import { paneWords } from '../words.ts';
import { LinkButton } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { PlaceLink } from './Pick.tsx';

/** Of problems that are alike so many are shown at first, and so many more with every click. */
const FIRST = 5;
const MORE = 100;

interface ListProps extends Pick<PageProps, 'language' | 'goTo'> {
  readonly problems: readonly Problem[];
  readonly rules: readonly RuleLine[];
}

/** Problems with their places to go to; errors first, alike ones together. */
export function ProblemList({ problems, rules, language, goTo }: ListProps): JSX.Element {
  const groups = useMemo(() => problemGroups(problems), [problems]);
  return (
    <ul class="problems">
      {groups.map((group, index) => (
        <Group key={groupKey(group, index)} group={group} rules={rules} language={language} goTo={goTo} />
      ))}
    </ul>
  );
}

function groupKey([first]: readonly Problem[], index: number): string {
  return `${first?.code ?? ''} ${first?.rule ?? ''} ${index}`;
}

function Group({
  group,
  rules,
  language,
  goTo,
}: Omit<ListProps, 'problems'> & { readonly group: readonly Problem[] }): JSX.Element {
  const w = paneWords(language);
  const [shown, setShown] = useState(FIRST);
  const rest = group.length - shown;
  return (
    <>
      {group.slice(0, shown).map((problem, index) => (
        <Item key={index} problem={problem} rules={rules} language={language} goTo={goTo} />
      ))}
      {rest > 0 ? (
        <li class="problem-more">
          <LinkButton onClick={() => setShown(shown + MORE)}>{w.moreAlike(rest)}</LinkButton>
        </li>
      ) : null}
    </>
  );
}

function Item({
  problem,
  rules,
  language,
  goTo,
}: Omit<ListProps, 'problems'> & { readonly problem: Problem }): JSX.Element {
  const w = words(language);
  const of = w.ruleAndRow(problem.rule, problem.key);
  return (
    <li class={`problem problem-${problem.severity}`}>
      <Icon name={problem.severity} label={w.severity[problem.severity]} />
      <div class="problem-body">
        {problem.at === undefined && of === '' ? null : (
          <div class="problem-where small">
            {problem.at === undefined ? null : <PlaceLink place={problem.at} goTo={goTo} />}
            {of === '' ? null : <span class="muted">{of}</span>}
          </div>
        )}
        <div class="problem-said">{message(problem, language)}</div>
        <Quoted problem={problem} rules={rules} />
      </div>
    </li>
  );
}

/** The line of rules, with what is pointed at marked. */
function Quoted({
  problem: { at },
  rules,
}: {
  readonly problem: Problem;
  readonly rules: readonly RuleLine[];
}): JSX.Element | null {
  const line = sourceLine(rules, at);
  if (line === null || at?.kind !== 'rule' || line.text.trim() === '') return null;
  const { text } = line;
  const start = Math.min(at.start - 1, text.length);
  const end = Math.max(start, Math.min(at.end, text.length));
  return (
    <code class="problem-line code">
      {text.slice(0, start).trimStart()}
      <mark>{text.slice(start, end) === '' ? ' ' : text.slice(start, end)}</mark>
      {text.slice(end).trimEnd()}
    </code>
  );
}
