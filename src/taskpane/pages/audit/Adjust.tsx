import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AdjustedColumnView, AdjustedPerson } from '../../../live/adjusted.ts';
import { type LedgerRowView, type LedgerView, openAdjustment } from '../../../live/audit.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { failureText } from '../../parts/failure.ts';
import { latest, useAsync } from '../../parts/hooks.ts';
import { dayOf, money } from '../../parts/numbers.ts';
import { Note, Spinner } from '../../parts/states.tsx';
import './adjust.css';
import { ActDialog } from './ActDialog.tsx';
import { useActing } from './acting.ts';
import { type AdjustWords, adjustWords } from './adjustWords.ts';
import { auditPageWords } from './words.ts';

/** So many people of a column are shown at first. */
const PEOPLE = 8;

/** Who gets more or less for a locked period, and the last question before it is given. */
export function Adjust(
  props: PageProps & {
    readonly by: string;
    readonly row: LedgerRowView;
    readonly view: LedgerView;
    readonly onDone: () => void;
    readonly onClose: () => void;
  },
): JSX.Element {
  const { session, state, language, say, by, row, view, onDone, onClose } = props;
  const w = auditPageWords(language);
  const a = adjustWords(language);
  const acting = useActing({ session, language, say }, by, onDone);
  const asOf = dayOf(row.asOf) ?? 0;
  // What is due follows the workbook, as long as nothing is being written.
  const asked = useAsync(
    () => openAdjustment(session, row.number, asOf),
    [session, row.number, state.revision],
  );
  const answer = latest(asked);
  const found = answer?.kind === 'adjustment' ? answer : null;
  const due = found?.columns.some(({ count }) => count > 0) === true;
  const unapproved = view.status.kind === 'draft' || view.status.kind === 'proposed';

  return (
    <ActDialog
      title={a.title(row.asOf)}
      action={a.write}
      ready={asked.kind === 'done' && due}
      form={due}
      by={by}
      writes={[a.willSheets, a.willRow(String(view.rows.length + 1)), a.willRecord]}
      reason={unapproved ? a.override : undefined}
      acting={acting}
      refused={acting.refused === w.resultsChanged ? a.changed : acting.refused}
      language={language}
      onAct={async (override, key) => {
        if (found === null) return;
        const { agreed } = found;
        const done = await acting.go(
          { kind: 'adjust', run: row.number, asOf, agreed, override, language },
          null,
          key,
        );
        if (done === null) return;
        onClose();
        say({ intent: 'success', text: a.done(done.number) });
      }}
      onClose={onClose}
    >
      <p class="small">{a.text(row.number)}</p>
      {asked.kind === 'waiting' ? <Spinner label={`${a.computing} …`} /> : null}
      {asked.kind === 'failed' ? <Note intent="error">{failureText(asked.error, language)}</Note> : null}
      {answer === null || answer.kind === 'adjustment' ? null : (
        <Note intent="error">{answer.kind === 'no-results' ? a.noResults : w.refusal(answer)}</Note>
      )}
      {found === null || due ? null : <Note intent="info">{a.nothing}</Note>}
      {found?.columns.map((column) => (
        <ColumnDue key={`${column.table}[${column.column}]`} column={column} words={a} />
      ))}
    </ActDialog>
  );
}

const signed = (amount: string): string => (amount.startsWith('-') ? money(amount) : `+${money(amount)}`);

/** One column: its total, what its pools gave out, and who gets how much more or less. */
function ColumnDue({
  column: { table, column, count, total, shared, people },
  words: w,
}: {
  readonly column: AdjustedColumnView;
  readonly words: AdjustWords;
}): JSX.Element | null {
  const [all, setAll] = useState(false);
  if (count === 0 && shared === null) return null;
  const shown = all ? people : people.slice(0, PEOPLE);
  const maybe = (amount: string | null): string | null => (amount === null ? null : money(amount));
  return (
    <section class="adjust-column" aria-label={`${table}[${column}]`}>
      <div class="audit-total">
        <strong>{column}</strong>
        <strong class="number">{count === 0 ? '0' : signed(total)}</strong>
      </div>
      <div class="muted small">
        {w.people(count)}
        {shared === null ? '' : ` · ${w.sums(money(shared.paid), maybe(shared.earlier), money(shared.now))}`}
      </div>
      {shared?.leftOver == null ? null : (
        <div class="muted small">{w.leftOver(money(shared.leftOver.paid), money(shared.leftOver.now))}</div>
      )}
      <ul class="audit-totals">
        {shown.map((person) => (
          <Person key={person.key} person={person} words={w} />
        ))}
      </ul>
      {count <= shown.length ? null : shown.length === people.length ? (
        <p class="hint">{w.more(count - shown.length)}</p>
      ) : (
        <Button look="subtle" size="small" onClick={() => setAll(true)}>
          {w.showMore(people.length - shown.length)}
        </Button>
      )}
    </section>
  );
}

function Person({
  person: { key, label, paid, earlier, now, adjustment },
  words: w,
}: {
  readonly person: AdjustedPerson;
  readonly words: AdjustWords;
}): JSX.Element {
  const amount = (text: string | null): string => (text === null ? w.none : money(text));
  return (
    <li>
      <span>
        {label === '' ? key : `${key} · ${label}`}
        <span class="adjust-amounts muted small">
          {w.amounts(amount(paid), earlier === null ? null : money(earlier), amount(now))}
        </span>
      </span>
      <strong class="number">{signed(adjustment)}</strong>
    </li>
  );
}
