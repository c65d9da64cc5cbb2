import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LedgerRowView } from '../../../live/audit.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { Note, Spinner } from '../../parts/states.tsx';
import { useActing } from './acting.ts';
import { SignWith } from './KeyFile.tsx';
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
  const [key, setKey] = useState<File | null>(null);
  const acting = useActing({ session, language, say }, by, onDone);
  const lock = async (): Promise<void> => {
    const done = await acting.go({ kind: 'lock', run: row.number }, null, key);
    if (done === null) return;
    onClose();
    say({ intent: 'success', text: w.locked(done.number) });
  };
  return (
    <Dialog
      title={w.lockTitle(row.asOf)}
      onClose={() => {
        if (!acting.busy) onClose();
      }}
      actions={
        <>
          <Button look="primary" disabled={acting.busy} onClick={() => void lock()}>
            {w.lock}
          </Button>
          <Button disabled={acting.busy} onClick={onClose}>
            {w.cancel}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p>{w.lockText}</p>
        <p class="small">
          {w.inName} <strong>{by.trim()}</strong>
        </p>
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
