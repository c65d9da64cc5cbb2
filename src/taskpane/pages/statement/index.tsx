import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { Combobox } from '../../parts/Combobox.tsx';
import { usePrint, useRoute } from '../../parts/contexts.ts';
import { failureText } from '../../parts/failure.ts';
import { latest, useAsync } from '../../parts/hooks.ts';
import { Needs, need } from '../../parts/Needs.tsx';
import { counted } from '../../parts/numbers.ts';
import { Empty, Note, Spinner } from '../../parts/states.tsx';
import { OnPaper } from './OnPaper.tsx';
import { Sheet } from './Sheet.tsx';
import './statement.css';
import { statementWords } from './words.ts';

/** A person's pay with its sources, to be read and printed. */
export function Statement(props: PageProps): JSX.Element {
  const { session, state, language, navigate, goTo } = props;
  const w = statementWords(language);
  const { asOf, revision } = state;
  const { calculator } = session;
  const lacking = need(state);
  const print = usePrint();
  const route = useRoute('statement');
  const [typed, setTyped] = useState('');
  const [key, setKey] = useState<string | null>(null);
  const people = latest(
    useAsync(
      async () => (asOf === null || lacking !== null ? null : calculator.statementRows(asOf)),
      [calculator, asOf, revision, lacking],
    ),
  );
  const answer = useAsync(
    async () =>
      asOf === null || key === null || lacking !== null ? null : calculator.statement(asOf, key, language),
    [calculator, asOf, revision, lacking, key, language],
  );
  const pick = (picked: string): void => {
    setTyped(picked);
    setKey(picked.trim() === '' ? null : picked.trim());
  };
  useEffect(() => {
    if (route?.key !== undefined) pick(route.key);
  }, [route]);
  const choices = useMemo(
    () => (people ?? []).map(({ key: value, label }) => (label === '' ? { value } : { value, text: label })),
    [people],
  );

  if (lacking !== null) return <Needs need={lacking} language={language} navigate={navigate} />;
  if (people !== null && people.length === 0)
    return (
      <Empty
        icon="person"
        title={w.noStatements}
        action={<Button onClick={() => navigate({ page: 'rules' })}>{w.toRules}</Button>}
      >
        {w.noStatementsText}
      </Empty>
    );
  const statements = latest(answer);
  const at = choices.findIndex(({ value }) => value === key);
  const step = (by: number): void => {
    const to = choices[at + by];
    if (to !== undefined) pick(to.value);
  };
  return (
    <>
      <div class="row row-end">
        <Combobox
          label={w.person}
          placeholder={w.personHint}
          value={typed}
          choices={choices}
          none={w.none}
          onValue={setTyped}
          onPick={(picked) => pick(firstOf(choices, picked))}
        />
        <Button icon="print" disabled={statements === null || statements.length === 0} onClick={print}>
          {w.print}
        </Button>
      </div>
      {at < 0 ? null : (
        <div class="row people">
          <Button
            look="subtle"
            size="small"
            icon="previous"
            label={w.previous}
            disabled={at === 0}
            onClick={() => step(-1)}
          />
          <span class="small muted">{w.position(counted(at + 1), counted(choices.length))}</span>
          <Button
            look="subtle"
            size="small"
            icon="chevron"
            label={w.next}
            disabled={at === choices.length - 1}
            onClick={() => step(1)}
          />
        </div>
      )}
      {answer.kind === 'failed' ? <Note intent="error">{failureText(answer.error, language)}</Note> : null}
      {key === null ? (
        <Empty icon="person" title={w.emptyTitle}>
          {w.emptyText}
        </Empty>
      ) : statements === null ? (
        <Spinner label={w.waiting} />
      ) : statements.length === 0 ? (
        <Note intent="warning">{w.notFound}</Note>
      ) : null}
      {statements?.map((statement) => (
        <Sheet
          key={`${statement.name} ${statement.key}`}
          statement={statement}
          title={session.book.title}
          language={language}
          goTo={goTo}
          navigate={navigate}
        />
      ))}
      {route === null || statements === null || statements.length === 0 ? null : (
        <OnPaper statements={statements} title={session.book.title} language={language} />
      )}
    </>
  );
}

/** What was typed, where it is a key; else the only choice that it can mean. */
function firstOf(
  choices: readonly { readonly value: string; readonly text?: string }[],
  typed: string,
): string {
  const wanted = typed.trim().toLowerCase();
  const exact = choices.find(({ value }) => value.toLowerCase() === wanted);
  if (exact !== undefined) return exact.value;
  const held = choices.filter(
    ({ value, text }) =>
      value.toLowerCase().includes(wanted) || (text?.toLowerCase().includes(wanted) ?? false),
  );
  return held.length === 1 && held[0] !== undefined ? held[0].value : typed;
}
