import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LedgerView } from '../../../live/audit.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { TextField } from '../../parts/fields.tsx';
import { dayText, money } from '../../parts/numbers.ts';
import { Note, Spinner } from '../../parts/states.tsx';
import { useActing } from './acting.ts';
import { SignWith } from './KeyFile.tsx';
import { auditPageWords } from './words.ts';

/** So many pools are named before paying; there may be one for every row of a table. */
const POOLS = 6;

/** What paying writes, what it comes to, and the last question before it. */
export function PayDialog(
  props: PageProps & {
    readonly by: string;
    readonly view: LedgerView;
    readonly onDone: () => void;
    readonly onClose: () => void;
  },
): JSX.Element | null {
  const { session, state, language, say, by, view, onDone, onClose } = props;
  const w = auditPageWords(language);
  const { asOf, outcome } = state;
  const [reason, setReason] = useState('');
  const [unreasoned, setUnreasoned] = useState(false);
  const [key, setKey] = useState<File | null>(null);
  const acting = useActing({ session, language, say }, by, onDone);
  const { status } = view;
  const unapproved = status.kind === 'draft' || status.kind === 'proposed';
  if (asOf === null) return null;
  const day = dayText(asOf);
  const before = view.rows.find((row) => row.event === 'paid' && row.asOf === day);
  const shares = outcome?.shares ?? [];

  const pay = async (): Promise<void> => {
    if (unapproved && reason.trim() === '') {
      setUnreasoned(true);
      return;
    }
    const override = unapproved ? reason : null;
    const done = await acting.go({ kind: 'pay', asOf, override, language }, outcome, key);
    if (done === null) return;
    onClose();
    say({ intent: 'success', text: w.paid(done.number, done.sheets.length) });
  };

  return (
    <Dialog
      title={w.payDate(day)}
      onClose={() => {
        if (!acting.busy) onClose();
      }}
      actions={
        <>
          <Button look="primary" disabled={acting.busy || outcome === null} onClick={() => void pay()}>
            {w.payNow}
          </Button>
          <Button disabled={acting.busy} onClick={onClose}>
            {w.cancel}
          </Button>
        </>
      }
    >
      <div class="stack">
        {outcome === null ? <Note intent="error">{w.noResults}</Note> : null}
        <ul class="audit-totals">
          {shares.slice(0, POOLS).map((share, i) => (
            <li key={i}>
              <span>{share.of === null ? share.name : `${share.name} · ${share.of}`}</span>
              <strong class="number">{money(share.shared)}</strong>
            </li>
          ))}
        </ul>
        {shares.length > POOLS ? <p class="hint">{w.morePools(shares.length - POOLS)}</p> : null}
        {before === undefined ? null : <Note intent="warning">{w.paidBefore(before.number, day)}</Note>}
        <p class="small">{w.willWrite}</p>
        <ul class="audit-writes small">
          <li>{w.willSheets}</li>
          <li>{w.willRow(String(view.rows.length + 1))}</li>
          <li>{w.willRecord}</li>
        </ul>
        <p class="small">
          {w.inName} <strong>{by.trim()}</strong>
        </p>
        {unapproved ? (
          <TextField
            label={w.override}
            hint={w.overrideHint}
            error={unreasoned ? w.overrideMissing : undefined}
            value={reason}
            disabled={acting.busy}
            onValue={(value) => {
              setReason(value);
              setUnreasoned(false);
            }}
          />
        ) : null}
        <SignWith
          language={language}
          file={key}
          disabled={acting.busy}
          onFile={(picked) => {
            setKey(picked);
            acting.forget();
          }}
        />
        {acting.busy ? <Spinner label={`${w.working} …`} /> : null}
        <div role="alert">
          {acting.refused === null ? null : <Note intent="error">{acting.refused}</Note>}
        </div>
      </div>
    </Dialog>
  );
}
