import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Explained, TargetList, TargetName } from '../../../live/protocol.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { Combobox } from '../../parts/Combobox.tsx';
import { useCommanded, useRoute } from '../../parts/contexts.ts';
import { failureText } from '../../parts/failure.ts';
import { latest, useAsync } from '../../parts/hooks.ts';
import { Needs, need } from '../../parts/Needs.tsx';
import { Empty, Note, Spinner } from '../../parts/states.tsx';
import './explain.css';
import { Reasons } from './Reasons.tsx';
import { selected } from './selected.ts';
import { suggestions } from './suggestions.ts';
import { explainWords } from './words.ts';

/** What is explained: a target, and the date where a function in a cell names one of its own. */
interface Asked {
  readonly target: TargetName;
  readonly asOf: number | null;
}

/** An explanation with what it is of: the next target may have been asked for by the time it is shown. */
interface Answered {
  readonly target: TargetName;
  readonly asOf: number;
  readonly explained: Explained;
}

const NO_TARGETS: readonly TargetList[] = [];

/** Why a figure is what it is. */
export function Explain(props: PageProps): JSX.Element {
  const { session, state, language, navigate, goTo, say } = props;
  const w = explainWords(language);
  const { asOf, revision } = state;
  const { calculator, book } = session;
  const lacking = need(state, false);
  const [name, setName] = useState('');
  const [key, setKey] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const targets = latest(
    useAsync(
      async () => (asOf === null || lacking !== null ? NO_TARGETS : calculator.targets(asOf)),
      [calculator, asOf, revision, lacking],
    ),
  );
  const when = asked?.asOf ?? asOf;
  const answer = useAsync<Answered | null>(async () => {
    if (asked === null || when === null) return null;
    const { target } = asked;
    return { target, asOf: when, explained: await calculator.explain(when, target, language) };
  }, [calculator, asked, when, revision, language]);

  const ask = (target: TargetName, day: number | null = null): void => {
    setName(target.name);
    setKey(target.key ?? '');
    setAsked({ target, asOf: day });
  };
  /** `quiet`: by itself, when the page is first opened; then a selection that is about nothing is no news. */
  const askSelection = async (quiet: boolean): Promise<void> => {
    if (asOf === null) return;
    const lists = targets ?? (await calculator.targets(asOf));
    const found = selected(await book.selection(), lists);
    switch (found.kind) {
      case 'target':
        if (found.asOf === 'unknown') say({ intent: 'info', text: w.dateUnknown });
        ask(found.target, found.asOf === 'unknown' ? null : found.asOf);
        break;
      case 'statement':
        if (!quiet) navigate({ page: 'statement', key: found.key });
        break;
      case 'share':
        if (!quiet) navigate({ page: 'allocation', share: found.share });
        break;
      case 'nothing':
        if (!quiet) say({ intent: 'info', text: w.notAResult });
        break;
      default: {
        const never: never = found;
        return never;
      }
    }
  };
  const failed = (error: unknown): void => say({ intent: 'error', text: failureText(error, language) });

  const route = useRoute('explain');
  const commanded = useCommanded();
  useEffect(() => {
    if (route === null || lacking !== null) return;
    if (route.name !== undefined) ask({ name: route.name, key: route.key ?? null });
    else if (commanded || asked === null) void askSelection(!commanded).catch(failed);
  }, [route, lacking]);

  const choices = useMemo(() => suggestions(targets ?? NO_TARGETS, name), [targets, name]);
  if (lacking !== null) return <Needs need={lacking} language={language} navigate={navigate} />;
  const submit = (asName: string, asKey: string): void => {
    if (asName.trim() !== '') ask({ name: asName.trim(), key: asKey.trim() === '' ? null : asKey.trim() });
  };
  const answered = latest(answer);
  return (
    <>
      <div class="stack">
        <div class="row">
          <Button look="primary" icon="cell" onClick={() => void askSelection(false).catch(failed)}>
            {w.selection}
          </Button>
        </div>
        <div class="row row-end">
          <Combobox
            label={w.name}
            placeholder={w.nameHint}
            value={name}
            choices={choices.names}
            none={w.none}
            onValue={setName}
            onPick={(picked) => {
              const { keyed } = suggestions(targets ?? NO_TARGETS, picked);
              if (!keyed) submit(picked, '');
              else if (key !== '') submit(picked, key);
            }}
          />
          <Combobox
            label={w.key}
            value={key}
            choices={choices.keys}
            none={w.none}
            onValue={setKey}
            onPick={(picked) => submit(name, picked)}
          />
          <Button icon="search" label={w.explain} onClick={() => submit(name, key)} />
        </div>
      </div>
      {answer.kind === 'failed' ? <Note intent="error">{failureText(answer.error, language)}</Note> : null}
      {answer.kind === 'waiting' && asked !== null && answered === null ? (
        <Spinner label={w.waiting} />
      ) : null}
      {asked === null ? (
        <Empty icon="help" title={w.emptyTitle}>
          {w.emptyText}
        </Empty>
      ) : null}
      {answered === null || asked === null ? null : answered.explained.kind === 'refusal' ? (
        <Note intent="warning">{answered.explained.said}</Note>
      ) : (
        <Reasons
          key={`${answered.explained.name} ${answered.explained.key ?? ''}`}
          session={session}
          state={state}
          explained={answered.explained}
          target={answered.target}
          asOf={answered.asOf}
          language={language}
          goTo={goTo}
        />
      )}
    </>
  );
}
