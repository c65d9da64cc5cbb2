import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Parameter, ShareView } from '../../../live/views.ts';
import { message } from '../../../problems/messages/index.ts';
import { type Place, type Problem, placeText } from '../../../problems/problem.ts';
import { sourceLine } from '../../../rules/source.ts';
import type { RuleLine } from '../../../workbook/port.ts';
import type { PageProps } from '../../page.ts';
import { Button, LinkButton } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { failureText } from '../../parts/failure.ts';
import { counted, money } from '../../parts/numbers.ts';
import { ProblemList } from '../../parts/ProblemList.tsx';
import { Note, Spinner } from '../../parts/states.tsx';
import { signed } from './rows.ts';
import type { Trying } from './useTry.ts';
import { type AllocationWords, allocationWords } from './words.ts';
import { inSheets, writeRules } from './writeRules.ts';

/** These are shown at once; the rest under “more”. */
const FIRST: readonly Parameter['role'][] = ['scalar', 'floor', 'cap', 'weight'];
const REST: readonly Parameter['role'][] = ['band', 'other'];

/** Other rates, weights, floors and caps, and what they do to whom. */
export function Try({
  trying,
  view,
  session,
  state,
  language,
  goTo,
  say,
}: PageProps & { readonly trying: Trying; readonly view: ShareView }): JSX.Element {
  const w = allocationWords(language);
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const [writing, setWriting] = useState(false);
  const { parameters, result } = trying;
  const count = trying.changes.length;
  const ready = result !== null && !trying.busy && result.share !== null && result.lines.length > 0;

  const write = async (): Promise<void> => {
    setAsking(false);
    if (result === null) return;
    setWriting(true);
    try {
      const written = await writeRules(session.book, state.rules, result.lines);
      if (written === 'elsewhere') say({ intent: 'error', text: w.onlySheets });
      else {
        if (written === 'written') trying.discard();
        await session.refresh();
        say(
          written === 'written'
            ? { intent: 'success', text: w.wroteRules }
            : { intent: 'warning', text: w.rulesChanged },
        );
      }
    } catch (error) {
      say({ intent: 'error', text: failureText(error, language) });
    } finally {
      setWriting(false);
    }
  };

  const fields = (roles: readonly Parameter['role'][]): JSX.Element[] =>
    roles.flatMap((role) => {
      const ofRole = parameters.filter((parameter) => parameter.role === role);
      if (ofRole.length === 0) return [];
      return [
        <fieldset key={role} class="al-fields">
          <legend class="small">{w.roles[role]}</legend>
          {ofRole.map((parameter) => (
            <Literal
              key={parameter.label}
              parameter={parameter}
              trying={trying}
              rules={state.rules}
              problem={result?.problems.find(({ at }) => isAt(at, parameter.at))}
              language={language}
              words={w}
              goTo={goTo}
            />
          ))}
        </fieldset>,
      ];
    });

  const hasRest = parameters.some(({ role }) => REST.includes(role));
  return (
    <details class="al-card al-try" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="al-card-title">{w.try}</span>
      </summary>
      <div class="al-card-body stack">
        <p class="muted small">{w.tryMore}</p>
        {parameters.length === 0 ? <p class="small">{w.noParameters}</p> : null}
        {fields(FIRST)}
        {hasRest ? (
          <details class="al-more">
            <summary class="small">{w.more}</summary>
            {fields(REST)}
          </details>
        ) : null}
        <div role="status" class="al-effect">
          {trying.error === null ? null : <Note intent="error">{failureText(trying.error, language)}</Note>}
          {trying.busy && result === null ? <Spinner label={w.computing} /> : null}
          {result === null ? null : (
            <Effect
              trying={trying}
              view={view}
              words={w}
              list={(problems) => (
                <ProblemList
                  problems={problems}
                  rules={withLines(state.rules, result.lines)}
                  language={language}
                  goTo={goTo}
                />
              )}
            />
          )}
        </div>
        {count === 0 ? null : (
          <div class="row">
            <Button look="primary" icon="save" disabled={!ready || writing} onClick={() => setAsking(true)}>
              {w.writeRules}
            </Button>
            <Button icon="undo" onClick={trying.discard}>
              {w.discard}
            </Button>
          </div>
        )}
      </div>
      {asking && result !== null ? (
        <Dialog
          title={w.writeRulesTitle}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button look="primary" disabled={!inSheets(result.lines)} onClick={() => void write()}>
                {w.write}
              </Button>
              <Button onClick={() => setAsking(false)}>{w.cancel}</Button>
            </>
          }
        >
          <p>{inSheets(result.lines) ? w.writeRulesMore : w.onlySheets}</p>
          <ul class="al-lines">
            {result.lines.map(({ at, text }) => (
              <li key={placeText(lineStart(at))}>
                <div class="muted small">{placeText(lineStart(at)).replace(/:1$/, '')}</div>
                <div class="code al-line-old">
                  <span class="visually-hidden">{`${w.theRules} `}</span>
                  {sourceLine(state.rules, lineStart(at))?.text.trim() ?? ''}
                </div>
                <div class="code al-line-new">
                  <span class="visually-hidden">{`${w.theirNow} `}</span>
                  {text.trim()}
                </div>
              </li>
            ))}
          </ul>
        </Dialog>
      ) : null}
    </details>
  );
}

/** What the changes do: who gains and loses, and how the pool moves; or what is wrong with them. */
function Effect({
  trying,
  view,
  words: w,
  list,
}: {
  readonly trying: Trying;
  readonly view: ShareView;
  readonly words: AllocationWords;
  readonly list: (problems: readonly Problem[]) => JSX.Element;
}): JSX.Element | null {
  const { result, parameters, busy } = trying;
  if (result === null) return null;
  if (result.share === null) {
    // What stands at a field is told there.
    const others = result.problems.filter(
      ({ at, severity }) => severity === 'error' && !parameters.some((parameter) => isAt(at, parameter.at)),
    );
    return others.length === 0 ? null : (
      <Note intent="error">
        <p>{w.notShared}</p>
        {list(others)}
      </Note>
    );
  }
  if (result.changes.length === 0) return <Note intent="info">{w.noDifference}</Note>;
  return (
    <div class={busy ? 'al-effect-box al-stale' : 'al-effect-box'}>
      <div class="al-effect-main">{w.effect(counted(result.winners), counted(result.losers))}</div>
      <div class="number">{w.effectTotal(signed(result.total))}</div>
      {view.pool === result.share.pool ? null : (
        <div class="small muted">{w.effectPool(money(view.pool), money(result.share.pool))}</div>
      )}
    </div>
  );
}

function Literal({
  parameter,
  trying,
  rules,
  problem,
  language,
  words: w,
  goTo,
}: {
  readonly parameter: Parameter;
  readonly trying: Trying;
  readonly rules: readonly RuleLine[];
  readonly problem: Problem | undefined;
  readonly words: AllocationWords;
} & Pick<PageProps, 'language' | 'goTo'>): JSX.Element {
  const { label, text, at } = parameter;
  const typed = trying.texts.get(label) ?? text;
  const changed = typed.trim() !== text;
  const percent = /[%％]\s*$/;
  const lost = changed && typed.trim() !== '' && percent.test(text) && !percent.test(typed);
  const line = sourceLine(rules, at)?.text.trim() ?? '';
  const problemId = useId();
  const said = problem === undefined ? (lost ? w.percentLost : undefined) : message(problem, language);
  const id = `${problemId}-input`;
  return (
    <div class={changed ? 'al-literal al-literal-changed' : 'al-literal'}>
      <div class="al-literal-name">
        <label for={id}>{label}</label>
        <div class="small">
          <LinkButton label={`${placeText(at)} ${line}`} onClick={() => goTo(at)}>
            {placeText(at).replace(/:[\d-]+$/, '')}
          </LinkButton>
          {changed ? <span class="muted">{` · ${w.was(text)}`}</span> : null}
        </div>
      </div>
      <input
        id={id}
        class="control al-literal-input"
        value={typed}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={said === undefined ? undefined : problemId}
        aria-invalid={problem === undefined ? undefined : 'true'}
        onInput={(event) => trying.set(label, event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !changed) return;
          event.stopPropagation();
          trying.set(label, text);
        }}
      />
      {said === undefined ? null : (
        <div id={problemId} class={problem === undefined ? 'hint' : 'hint hint-error'}>
          {said}
        </div>
      )}
    </div>
  );
}

function isAt(at: Place | undefined, literal: Parameter['at']): boolean {
  return at?.kind === 'rule' && placeText(at) === placeText(literal);
}

const lineStart = (line: Parameter['at']['line']): Place => ({ kind: 'rule', line, start: 1, end: 1 });

/** The rules as they would be, for showing what a problem points at. */
function withLines(
  rules: readonly RuleLine[],
  lines: readonly { readonly at: RuleLine['place']; readonly text: string }[],
): readonly RuleLine[] {
  const texts = new Map(lines.map(({ at, text }) => [placeText(lineStart(at)), text]));
  return rules.map((line) => {
    const text = texts.get(placeText(lineStart(line.place)));
    return text === undefined ? line : { ...line, text };
  });
}
