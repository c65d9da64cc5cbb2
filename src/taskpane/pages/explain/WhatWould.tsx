import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CounterfactualsView, CounterfactualView } from '../../../live/counterfactualView.ts';
import type { Calculator, TargetName } from '../../../live/protocol.ts';
import { placeText } from '../../../problems/problem.ts';
import type { PageProps } from '../../page.ts';
import { Button, LinkButton } from '../../parts/Button.tsx';
import { failureText } from '../../parts/failure.ts';
import { useAsync } from '../../parts/hooks.ts';
import { grouped } from '../../parts/numbers.ts';
import { Note, Spinner } from '../../parts/states.tsx';
import { explainWords } from './words.ts';

type Props = Pick<PageProps, 'language' | 'goTo'> & {
  readonly calculator: Calculator;
  readonly target: TargetName;
  readonly asOf: number;
};

/**
 * What cells would have to hold for a value to be more. It is worked out when somebody asks, since that takes a while;
 * after a change of the workbook it has to be asked for anew.
 */
export function WhatWould({ calculator, target, asOf, language, goTo }: Props): JSX.Element {
  const w = explainWords(language);
  const [wanted, setWanted] = useState(false);
  return (
    <section class="would" aria-label={w.change}>
      <h3>{w.change}</h3>
      <p class="hint">{w.changeHint}</p>
      {wanted ? (
        <Answer calculator={calculator} target={target} asOf={asOf} language={language} goTo={goTo} />
      ) : (
        <div class="row">
          <Button icon="search" onClick={() => setWanted(true)}>
            {w.changeAsk}
          </Button>
        </div>
      )}
    </section>
  );
}

function Answer({ calculator, target, asOf, language, goTo }: Props): JSX.Element {
  const w = explainWords(language);
  const answer = useAsync(
    () => calculator.counterfactuals(asOf, target, language),
    [calculator, asOf, target, language],
  );
  const box = useRef<HTMLDivElement>(null);
  // The button that had the focus is gone: the keyboard goes on from here.
  useEffect(() => box.current?.focus(), []);
  return (
    <div
      ref={box}
      class="would-answer"
      tabIndex={-1}
      aria-live="polite"
      aria-busy={answer.kind === 'waiting'}
    >
      {answer.kind === 'waiting' ? <Spinner label={w.changeWaiting} /> : null}
      {answer.kind === 'failed' ? <Note intent="error">{failureText(answer.error, language)}</Note> : null}
      {answer.kind === 'done' ? <Found view={answer.value} language={language} goTo={goTo} /> : null}
    </div>
  );
}

function Found({
  view,
  language,
  goTo,
}: Pick<PageProps, 'language' | 'goTo'> & { readonly view: CounterfactualsView }): JSX.Element {
  const w = explainWords(language);
  if (view.kind === 'refusal') return <Note intent="warning">{view.said}</Note>;
  const { direction, list, found, inputs, untried } = view;
  return (
    <>
      {list.length === 0 ? null : (
        <>
          <p>{w[direction]}</p>
          <ol class="would-list">
            {list.map((one) => (
              <Change key={`${placeText(one.place)} ${one.to}`} one={one} language={language} goTo={goTo} />
            ))}
          </ol>
        </>
      )}
      {found > list.length ? <p class="hint">{w.moreChanges(found - list.length)}</p> : null}
      {list.length === 0 && untried === 0 ? <Note intent="info">{w.noChange(inputs, direction)}</Note> : null}
      {untried > 0 ? <Note intent="warning">{w.untried(untried)}</Note> : null}
    </>
  );
}

function Change({
  one: { moved, heading, key, place, from, to, value, difference },
  language,
  goTo,
}: Pick<PageProps, 'language' | 'goTo'> & { readonly one: CounterfactualView }): JSX.Element {
  const w = explainWords(language);
  const at = placeText(place);
  return (
    <li class="would-change">
      <div class="reason-line">
        <span class="reason-what">
          {w.cell(heading, key)}
          <strong>{moved}</strong>
        </span>
        <span class="reason-value number">
          {w.gives(grouped(value), difference === null ? null : `+${grouped(difference.slice(1))}`)}
        </span>
      </div>
      <div class="reason-line small">
        <span class="reason-what muted">
          {grouped(from)} → {grouped(to)}
        </span>
        <LinkButton label={w.goTo(at)} onClick={() => goTo(place)}>
          {at}
        </LinkButton>
      </div>
    </li>
  );
}
