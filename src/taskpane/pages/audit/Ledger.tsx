import type { JSX } from 'preact';
import type { LedgerRowView, LedgerView } from '../../../live/audit.ts';
import type { PageProps } from '../../page.ts';
import { Button, LinkButton } from '../../parts/Button.tsx';
import { money } from '../../parts/numbers.ts';
import { adjustWords } from './adjustWords.ts';
import { keyWords } from './keyWords.ts';
import { auditPageWords } from './words.ts';

/** The ledger's rows, the newest first, and the line that proves them. */
export function Ledger({
  view,
  busy,
  language,
  goTo,
  say,
  onLock,
  onAdjust,
}: Pick<PageProps, 'language' | 'goTo' | 'say'> & {
  readonly view: LedgerView;
  readonly busy: boolean;
  readonly onLock: (row: LedgerRowView) => void;
  readonly onAdjust: (row: LedgerRowView) => void;
}): JSX.Element {
  const w = auditPageWords(language);
  const { anchor, rows } = view;
  return (
    <section class="section">
      <h2>{w.ledger}</h2>
      {rows.length > 0 ? null : (
        <p class="muted">
          {w.nothingPaid}. {w.nothingPaidText}
        </p>
      )}
      <ol class="audit-rows">
        {rows.map((row) => (
          <li key={row.at.row} class="audit-row">
            <div class="audit-row-head">
              <LinkButton onClick={() => goTo({ kind: 'cell', ...row.at, column: 1 })}>
                {w.row(row.number)}
              </LinkButton>
              <strong>{w.event(row.event)}</strong>
              <span>{row.asOf}</span>
              <span class="header-rest" />
              {row.lockable ? (
                <Button
                  size="small"
                  disabled={busy}
                  label={w.lockRun(row.number)}
                  onClick={() => onLock(row)}
                >
                  {w.lock}
                </Button>
              ) : null}
              {row.event === 'paid' && view.locked[row.asOf] === row.number ? (
                <Button
                  size="small"
                  disabled={busy}
                  label={adjustWords(language).adjustRun(row.number)}
                  onClick={() => onAdjust(row)}
                >
                  {`${adjustWords(language).adjust} …`}
                </Button>
              ) : null}
            </div>
            {row.event !== 'paid' && row.event !== 'adjusted'
              ? null
              : row.totals.map(({ share, amount }) => (
                  <div key={share} class="audit-total">
                    <span>{share}</span>
                    <span class="number">{money(amount)}</span>
                  </div>
                ))}
            <div class="muted small">
              {row.by} · {row.time.replace('T', ' ').replace(/:\d\dZ$/, ' UTC')}
              {row.signed ? ` · ${keyWords(language).signed}` : ''}
            </div>
            {row.note === '' ? null : <div class="muted small">{row.note}</div>}
          </li>
        ))}
      </ol>
      {anchor === null || view.broken.length > 0 ? null : (
        <div class="stack audit-anchor">
          <h3>{w.anchor}</h3>
          <div class="audit-line">
            <code class="code">{anchor}</code>
            <Button look="subtle" size="small" icon="copy" label={w.copy} onClick={() => void copy(anchor)} />
          </div>
          <p class="hint">{w.anchorHint}</p>
        </div>
      )}
    </section>
  );

  async function copy(line: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(line);
      say({ intent: 'success', text: w.copied });
    } catch {
      say({ intent: 'warning', text: w.noClipboard });
    }
  }
}
