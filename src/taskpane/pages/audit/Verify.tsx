import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type LedgerView, type VerificationView, verify } from '../../../live/audit.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { failureText } from '../../parts/failure.ts';
import { TextField } from '../../parts/fields.tsx';
import { Note, Spinner } from '../../parts/states.tsx';
import { keyText } from './acting.ts';
import { Findings } from './Findings.tsx';
import { KeyFile } from './KeyFile.tsx';
import { keyWords } from './keyWords.ts';
import { auditPageWords } from './words.ts';

interface Found {
  readonly result: VerificationView;
  /** Of the workbook and the ledger that were verified. */
  readonly revision: number;
  readonly last: string | null;
}

/** Whether all is as it was paid, and what is not. */
export function Verify({
  session,
  state,
  language,
  goTo,
  say,
  view,
}: PageProps & { readonly view: LedgerView }): JSX.Element {
  const w = auditPageWords(language);
  const k = keyWords(language);
  const [line, setLine] = useState('');
  const [wrong, setWrong] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [badKey, setBadKey] = useState<string | null>(null);
  const against = useRef<HTMLDetailsElement>(null);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const ask = async (): Promise<void> => {
    setBusy(true);
    setFound(null);
    setBadKey(null);
    try {
      await session.settled();
      const { revision } = session.state;
      const key = file === null ? null : ((await keyText(file)) ?? '');
      const anchor = line.trim() === '' ? null : line;
      const result = await verify(session, { anchor, key }, language);
      if (result.kind === 'verified') setFound({ result, revision, last: view.anchor });
      else {
        if (result.kind === 'bad-anchor') setWrong(true);
        else setBadKey(result.kind === 'bad-key' ? k.badPublicKey : k.noEd25519);
        if (against.current !== null) against.current.open = true;
      }
    } catch (error) {
      say({ intent: 'error', text: failureText(error, language) });
    } finally {
      setBusy(false);
    }
  };
  const stale = found !== null && (found.revision !== state.revision || found.last !== view.anchor);
  return (
    <section class="section">
      <h2>{w.verify}</h2>
      <div class="row">
        <Button icon="check" disabled={busy} onClick={() => void ask()}>
          {w.verify}
        </Button>
      </div>
      <p class="hint">{w.verifyText}</p>
      <details ref={against}>
        <summary>{w.against}</summary>
        <div class="stack audit-against">
          <TextField
            label={w.anchor}
            hint={w.againstHint}
            error={wrong ? w.noAnchor : undefined}
            placeholder="allot:"
            value={line}
            onEnter={() => void ask()}
            onValue={(value) => {
              setLine(value);
              setWrong(false);
            }}
          />
          <KeyFile
            label={k.publicKey}
            hint={k.publicKeyHint}
            error={badKey ?? undefined}
            language={language}
            file={file}
            disabled={busy}
            accept=".txt,.pem,.pub,text/plain"
            onFile={(picked) => {
              setFile(picked);
              setBadKey(null);
            }}
          />
        </div>
      </details>
      <div role="status" class="stack">
        {busy ? <Spinner label={`${w.verifying} …`} /> : null}
        {found === null ? null : (
          <Note intent={found.result.errors > 0 ? 'error' : 'success'}>
            <strong>{found.result.verdict}</strong>
            {found.result.signed === true ? <span>{k.allSigned}</span> : null}
            {stale ? <span>{w.stale}</span> : null}
          </Note>
        )}
      </div>
      {found === null || found.result.findings.length === 0 ? null : (
        <Findings findings={found.result.findings} language={language} goTo={goTo} />
      )}
      {found === null || found.result.more === 0 ? null : <p class="hint">{w.more(found.result.more)}</p>}
    </section>
  );
}
