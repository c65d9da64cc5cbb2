import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { TextField } from '../../parts/fields.tsx';
import { Note, Spinner } from '../../parts/states.tsx';
import type { Acting } from './acting.ts';
import { SignWith } from './KeyFile.tsx';
import { auditPageWords } from './words.ts';

/**
 * The last question before something is written in the name of a person: what it is, what it writes, why it is done without
 * an approval, and with which key it is signed.
 */
export function ActDialog({
  title,
  action,
  ready,
  form = true,
  by,
  writes = [],
  reason,
  acting,
  refused = acting.refused,
  language,
  onAct,
  onClose,
  children,
}: Pick<PageProps, 'language'> & {
  readonly title: string;
  /** What the button says. */
  readonly action: string;
  /** Whether it can be done now. */
  readonly ready: boolean;
  /** Without it there is nothing to be done but to close. */
  readonly form?: boolean;
  readonly by: string;
  /** What is written into the workbook, a line each. */
  readonly writes?: readonly string[];
  /** Asks for a reason under this label, which is given to `onAct`. */
  readonly reason?: string | undefined;
  readonly acting: Acting;
  /** What was refused, where it is said in other words. */
  readonly refused?: string | null;
  readonly onAct: (reason: string | null, key: File | null) => Promise<void>;
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const w = auditPageWords(language);
  const [given, setGiven] = useState('');
  const [missing, setMissing] = useState(false);
  const [key, setKey] = useState<File | null>(null);
  const go = (): void => {
    if (reason !== undefined && given.trim() === '') setMissing(true);
    else void onAct(reason === undefined ? null : given, key);
  };
  return (
    <Dialog
      title={title}
      onClose={() => {
        if (!acting.busy) onClose();
      }}
      actions={
        <>
          <Button look="primary" disabled={acting.busy || !ready} onClick={go}>
            {action}
          </Button>
          <Button disabled={acting.busy} onClick={onClose}>
            {w.cancel}
          </Button>
        </>
      }
    >
      <div class="stack">
        {children}
        {form ? (
          <>
            {writes.length === 0 ? null : (
              <>
                <p class="small">{w.willWrite}</p>
                <ul class="audit-writes small">
                  {writes.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </>
            )}
            <p class="small">
              {w.inName} <strong>{by.trim()}</strong>
            </p>
            {reason === undefined ? null : (
              <TextField
                label={reason}
                hint={w.overrideHint}
                error={missing ? w.overrideMissing : undefined}
                value={given}
                disabled={acting.busy}
                onValue={(value) => {
                  setGiven(value);
                  setMissing(false);
                }}
              />
            )}
            <SignWith
              language={language}
              file={key}
              disabled={acting.busy}
              onFile={(picked) => {
                setKey(picked);
                acting.forget();
              }}
            />
          </>
        ) : null}
        {acting.busy ? <Spinner label={`${w.working} …`} /> : null}
        <div role="alert">{refused === null ? null : <Note intent="error">{refused}</Note>}</div>
      </div>
    </Dialog>
  );
}
