import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type KeyPair, newKeyPair } from '../../../live/keys.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { download } from '../../parts/download.ts';
import { failureText } from '../../parts/failure.ts';
import { keyWords } from './keyWords.ts';

const PRIVATE = 'allot-private-key.pem';
const PUBLIC = 'allot-public-key.txt';

const savePrivate = ({ privatePem }: KeyPair): void =>
  download(PRIVATE, privatePem, 'application/x-pem-file');
const savePublic = ({ publicText }: KeyPair): void => download(PUBLIC, `${publicText}\n`);

/** Makes a pair of keys, which is here only while its dialog is open. */
export function Keys({ language, say }: Pick<PageProps, 'language' | 'say'>): JSX.Element {
  const w = keyWords(language);
  const [busy, setBusy] = useState(false);
  const [pair, setPair] = useState<KeyPair | null>(null);
  const make = async (): Promise<void> => {
    setBusy(true);
    try {
      const made = await newKeyPair();
      if ('kind' in made) say({ intent: 'warning', text: w.noEd25519 });
      else {
        setPair(made);
        savePrivate(made);
        savePublic(made);
      }
    } catch (error) {
      say({ intent: 'error', text: failureText(error, language) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="section">
      <h2>{w.keys}</h2>
      <p class="hint">{w.keysText}</p>
      <div class="row">
        <Button size="small" disabled={busy} onClick={() => void make()}>
          {w.make}
        </Button>
      </div>
      {pair === null ? null : (
        <Made pair={pair} language={language} say={say} onClose={() => setPair(null)} />
      )}
    </section>
  );
}

function Made({
  pair,
  language,
  say,
  onClose,
}: Pick<PageProps, 'language' | 'say'> & {
  readonly pair: KeyPair;
  readonly onClose: () => void;
}): JSX.Element {
  const w = keyWords(language);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(pair.publicText);
      say({ intent: 'success', text: w.copied });
    } catch (error) {
      say({ intent: 'error', text: failureText(error, language) });
    }
  };
  return (
    <Dialog
      title={w.make}
      onClose={onClose}
      actions={
        <Button look="primary" onClick={onClose}>
          {w.close}
        </Button>
      }
    >
      <div class="stack">
        <p>{w.made}</p>
        <section class="stack audit-made" aria-label={w.privateKey}>
          <div class="audit-made-head">
            <h3>{w.privateKey}</h3>
            <code class="code">{PRIVATE}</code>
            <Button size="small" icon="save" onClick={() => savePrivate(pair)}>
              {w.saveAgain}
            </Button>
          </div>
          <p class="hint">{w.privateHint}</p>
          <details class="small">
            <summary>{w.show}</summary>
            <pre class="code audit-pem">{pair.privatePem}</pre>
          </details>
        </section>
        <section class="stack audit-made" aria-label={w.publicKey}>
          <div class="audit-made-head">
            <h3>{w.publicKey}</h3>
            <code class="code">{PUBLIC}</code>
            <Button size="small" icon="save" onClick={() => savePublic(pair)}>
              {w.saveAgain}
            </Button>
          </div>
          <p class="hint">{w.publicHint}</p>
          <div class="audit-line">
            <code class="code">{pair.publicText}</code>
            <Button look="subtle" size="small" icon="copy" label={w.copyPublic} onClick={() => void copy()} />
          </div>
        </section>
      </div>
    </Dialog>
  );
}
