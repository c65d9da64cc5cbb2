import type { JSX } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { type LedgerRowView, openLedgerView } from '../../../live/audit.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { Remembering } from '../../parts/contexts.ts';
import { failureText } from '../../parts/failure.ts';
import { TextField } from '../../parts/fields.tsx';
import { latest, useAsync } from '../../parts/hooks.ts';
import { Needs, need } from '../../parts/Needs.tsx';
import { dayText } from '../../parts/numbers.ts';
import { Note, Spinner } from '../../parts/states.tsx';
import './audit.css';
import { Adjust } from './Adjust.tsx';
import { useActing } from './acting.ts';
import { Findings } from './Findings.tsx';
import { Keys } from './Keys.tsx';
import { Ledger } from './Ledger.tsx';
import { LockDialog } from './LockDialog.tsx';
import { PayDialog } from './PayDialog.tsx';
import { RulesStatus } from './RulesStatus.tsx';
import { Verify } from './Verify.tsx';
import { auditPageWords } from './words.ts';

/** The name in the ledger's sheet: what a change is watched for. */
const LEDGER = 'allot ledger';

/** Paying into the ledger, the ledger itself, and what was changed since. */
export function Audit(props: PageProps): JSX.Element {
  const { session, state, language, navigate, goTo } = props;
  const w = auditPageWords(language);
  const memory = useContext(Remembering);
  const [by, setBy] = useState(() => memory.get('by') ?? '');
  const [nameless, setNameless] = useState(false);
  const [dialog, setDialog] = useState<
    { readonly kind: 'pay' } | { readonly kind: 'lock' | 'adjust'; readonly row: LedgerRowView } | null
  >(null);
  const [asked, setAsked] = useState(0);
  const again = (): void => setAsked((n) => n + 1);
  useEffect(
    () =>
      session.book.watch(({ sheets, shape }) => {
        if (shape || sheets === null || sheets.some((sheet) => sheet.toLowerCase() === LEDGER)) again();
      }),
    [session],
  );
  const { hasRules, revision } = state;
  // Reading the ledger reads every record: it is read again where it, or the rules that it speaks of, changed.
  const rules = useMemo(() => state.rules.map(({ text }) => text).join('\n'), [state.rules]);
  const known = useAsync(() => openLedgerView(session, language), [session, language, asked, rules]);
  const view = latest(known);
  const acting = useActing(props, by, again);

  const name = (value: string): void => {
    setBy(value);
    setNameless(false);
    memory.set('by', value.trim());
  };
  /** Does something that the ledger keeps a name of, or asks for the name. */
  const named = (work: () => void): void => {
    if (by.trim() === '') setNameless(true);
    else work();
  };

  const lacking = need(state, false);
  if (lacking === 'reading' || lacking === 'rules')
    return (
      <Needs
        need={hasRules || revision === 0 ? 'reading' : 'rules'}
        language={language}
        navigate={navigate}
      />
    );
  if (view === null)
    return known.kind === 'failed' ? (
      <Note intent="error">{failureText(known.error, language)}</Note>
    ) : (
      <div class="stack">
        <Spinner now label={`${w.reading} …`} />
        <fluent-progress-bar role="progressbar" aria-label={w.reading} />
      </div>
    );
  const broken = view.broken.length > 0;
  const day = state.asOf === null ? null : dayText(state.asOf);
  const lock = day === null ? undefined : view.locked[day];
  const payable = state.outcome !== null && day !== null && lock === undefined && !broken;
  return (
    <>
      {broken ? (
        <Note intent="error">
          <p>{w.broken}</p>
          <Findings findings={view.broken} language={language} goTo={goTo} />
        </Note>
      ) : null}
      <TextField
        label={w.by}
        hint={w.byHint}
        error={nameless ? w.byMissing : undefined}
        value={by}
        onValue={name}
      />
      <section class="section" aria-label={w.payNow}>
        <div class="row">
          <Button
            look="primary"
            icon="save"
            disabled={!payable || acting.busy}
            onClick={() => named(() => setDialog({ kind: 'pay' }))}
          >
            {day === null ? w.pay : `${w.payDate(day)} …`}
          </Button>
        </div>
        <Payable lock={lock} broken={broken} {...props} />
      </section>
      <Verify {...props} view={view} />
      <Ledger
        view={view}
        busy={acting.busy || broken}
        language={language}
        goTo={goTo}
        say={props.say}
        onLock={(row) => named(() => setDialog({ kind: 'lock', row }))}
        onAdjust={(row) => named(() => setDialog({ kind: 'adjust', row }))}
      />
      <RulesStatus
        view={view}
        busy={acting.busy || broken}
        language={language}
        navigate={navigate}
        onStep={async (step, key) => {
          if (by.trim() !== '') return acting.step(step, key);
          setNameless(true);
          return false;
        }}
      />
      <Keys language={language} say={props.say} />
      {dialog?.kind === 'pay' ? (
        <PayDialog {...props} by={by} view={view} onDone={again} onClose={() => setDialog(null)} />
      ) : null}
      {dialog?.kind === 'adjust' ? (
        <Adjust
          {...props}
          by={by}
          row={dialog.row}
          view={view}
          onDone={again}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog?.kind === 'lock' ? (
        <LockDialog {...props} by={by} row={dialog.row} onDone={again} onClose={() => setDialog(null)} />
      ) : null}
    </>
  );
}

/** What paying does, or what stands in its way. */
function Payable({
  state,
  language,
  navigate,
  lock,
  broken,
}: PageProps & { readonly lock: string | undefined; readonly broken: boolean }): JSX.Element | null {
  const w = auditPageWords(language);
  const { asOf } = state;
  if (broken) return null;
  if (asOf !== null && lock !== undefined)
    return <Note intent="info">{w.lockedPeriod(dayText(asOf), lock)}</Note>;
  const lacking = need(state);
  if (lacking === null) return <p class="hint">{w.payText}</p>;
  if (lacking === 'reading' || lacking === 'computing')
    return <Needs need={lacking} language={language} navigate={navigate} />;
  return (
    <Note intent={lacking === 'date' ? 'info' : 'error'}>
      <p>{lacking === 'date' ? w.noDate : w.noResults}</p>
      <Button size="small" onClick={() => navigate({ page: 'run' })}>
        {lacking === 'date' ? w.toDate : w.toRun}
      </Button>
    </Note>
  );
}
