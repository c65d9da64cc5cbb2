import type { JSX } from 'preact';
import type { LedgerRowView } from '../../../live/audit.ts';
import type { PageProps } from '../../page.ts';
import { ActDialog } from './ActDialog.tsx';
import { useActing } from './acting.ts';
import { auditPageWords } from './words.ts';

/** The question before a period is closed for ever. */
export function LockDialog({
  session,
  language,
  say,
  by,
  row,
  onDone,
  onClose,
}: Pick<PageProps, 'session' | 'language' | 'say'> & {
  readonly by: string;
  readonly row: LedgerRowView;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const w = auditPageWords(language);
  const acting = useActing({ session, language, say }, by, onDone);
  return (
    <ActDialog
      title={w.lockTitle(row.asOf)}
      action={w.lock}
      ready
      by={by}
      acting={acting}
      language={language}
      onAct={async (_, key) => {
        const done = await acting.go({ kind: 'lock', run: row.number }, null, key);
        if (done === null) return;
        onClose();
        say({ intent: 'success', text: w.locked(done.number) });
      }}
      onClose={onClose}
    >
      <p>{w.lockText}</p>
    </ActDialog>
  );
}
