import type { JSX } from 'preact';
import type { LedgerView } from '../../../live/audit.ts';
import type { PageProps } from '../../page.ts';
import { dayText, money } from '../../parts/numbers.ts';
import { Note } from '../../parts/states.tsx';
import { ActDialog } from './ActDialog.tsx';
import { useActing } from './acting.ts';
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
  const acting = useActing({ session, language, say }, by, onDone);
  const { status } = view;
  const unapproved = status.kind === 'draft' || status.kind === 'proposed';
  if (asOf === null) return null;
  const day = dayText(asOf);
  const before = view.rows.find((row) => row.event === 'paid' && row.asOf === day);
  const shares = outcome?.shares ?? [];

  return (
    <ActDialog
      title={w.payDate(day)}
      action={w.payNow}
      ready={outcome !== null}
      by={by}
      writes={[w.willSheets, w.willRow(String(view.rows.length + 1)), w.willRecord]}
      reason={unapproved ? w.override : undefined}
      acting={acting}
      language={language}
      onAct={async (override, key) => {
        const done = await acting.go({ kind: 'pay', asOf, override, language }, outcome, key);
        if (done === null) return;
        onClose();
        say({ intent: 'success', text: w.paid(done.number, done.sheets.length) });
      }}
      onClose={onClose}
    >
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
    </ActDialog>
  );
}
