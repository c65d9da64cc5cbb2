import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { keyWords } from './keyWords.ts';

interface KeyFileProps extends Pick<PageProps, 'language'> {
  readonly file: File | null;
  readonly disabled: boolean;
  readonly onFile: (file: File | null) => void;
}

/**
 * A file with a key, to be picked for one act. Only which file it is stays here: it is read where it is used. The
 * browser's own control speaks the browser's language, so it is hidden behind ours.
 */
export function KeyFile({
  label,
  hint,
  error,
  accept,
  language,
  file,
  disabled,
  onFile,
}: KeyFileProps & {
  readonly label: string;
  readonly hint: string;
  readonly error?: string | undefined;
  /** Kinds of files that the browser offers first. */
  readonly accept: string;
}): JSX.Element {
  const w = keyWords(language);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's border and legend are not wanted here.
    <div class="field" role="group" aria-labelledby={id} aria-describedby={`${id}-hint`}>
      <span id={id} class="field-label">
        {label}
      </span>
      <div class="row audit-key">
        <Button size="small" disabled={disabled} onClick={() => input.current?.click()}>
          {`${w.choose} …`}
        </Button>
        {file === null ? null : (
          <>
            <span class="audit-key-name" title={file.name}>
              {file.name}
            </span>
            <Button
              look="subtle"
              size="small"
              icon="close"
              disabled={disabled}
              label={w.remove(file.name)}
              onClick={() => onFile(null)}
            />
          </>
        )}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        onChange={(event) => {
          const { currentTarget } = event;
          const picked = currentTarget.files?.[0];
          if (picked !== undefined) onFile(picked);
          // The same file can be picked again after it was taken away.
          currentTarget.value = '';
        }}
      />
      <div
        id={`${id}-hint`}
        class={error === undefined ? 'hint' : 'hint hint-error'}
        role={error === undefined ? undefined : 'alert'}
      >
        {error ?? hint}
      </div>
    </div>
  );
}

/** The private key for one act. */
export function SignWith(props: KeyFileProps): JSX.Element {
  const w = keyWords(props.language);
  return (
    <KeyFile
      {...props}
      label={w.sign}
      hint={w.signHint}
      accept=".pem,.key,application/x-pem-file,text/plain"
    />
  );
}
