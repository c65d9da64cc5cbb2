import type { ComponentChildren, JSX } from 'preact';
import type { Language } from '../../problems/messages/index.ts';
import type { Asking } from './asking.ts';
import { Button } from './Button.tsx';
import { failureText } from './failure.ts';
import { Note, Spinner } from './states.tsx';

/** How far something is: words, and a bar where that is known. */
export function Progressing({
  label,
  done,
}: {
  readonly label: string;
  /** 0 to 1. */
  readonly done: number | null;
}): JSX.Element {
  if (done === null) return <Spinner label={`${label} …`} />;
  const percent = Math.floor(done * 100);
  return (
    <div class="stack">
      <Spinner label={`${label} … ${percent}%`} />
      <fluent-progress-bar
        role="progressbar"
        aria-label={label}
        aria-valuenow={percent}
        value={percent}
        max={100}
      />
    </div>
  );
}

/** What came of a question: waiting with a way to give it up, why there is nothing, or `children` of what has come. */
export function Asked<T>({
  asking,
  words,
  label,
  language,
  onCancel,
  onAgain,
  children,
}: {
  readonly asking: Asking<T>;
  readonly words: { readonly cancel: string; readonly cancelled: string; readonly again: string };
  /** What is done while it waits. */
  readonly label: string;
  readonly language: Language;
  readonly onCancel: () => void;
  readonly onAgain: () => void;
  readonly children: (value: T) => ComponentChildren;
}): JSX.Element | null {
  const again = (
    <Button size="small" onClick={onAgain}>
      {words.again}
    </Button>
  );
  switch (asking.kind) {
    case 'idle':
      return null;
    case 'running':
      return (
        <div class={asking.done === null ? 'row' : 'stack'}>
          <Progressing label={label} done={asking.done} />
          <div>
            <Button size="small" icon="stop" onClick={onCancel}>
              {words.cancel}
            </Button>
          </div>
        </div>
      );
    case 'cancelled':
      return (
        <Note intent="info">
          <p>{words.cancelled}</p>
          {again}
        </Note>
      );
    case 'failed':
      return (
        <Note intent="error">
          <p>{failureText(asking.error, language)}</p>
          {again}
        </Note>
      );
    case 'done':
      return <>{children(asking.value)}</>;
    default: {
      const never: never = asking;
      return never;
    }
  }
}

/** Says that what was found may be another by now, with a way to ask anew. */
export function Stale({
  words,
  onAgain,
}: {
  readonly words: { readonly stale: string; readonly again: string };
  readonly onAgain: () => void;
}): JSX.Element {
  return (
    <Note intent="warning">
      <p>{words.stale}</p>
      <Button size="small" onClick={onAgain}>
        {words.again}
      </Button>
    </Note>
  );
}
