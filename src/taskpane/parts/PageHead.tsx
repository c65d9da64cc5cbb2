import type { JSX } from 'preact';
import { Button } from './Button.tsx';

/** The head of a page that is opened from another one: the way back there, and what the page is. */
export function PageHead({
  words,
  onBack,
}: {
  readonly words: { readonly back: string; readonly title: string };
  readonly onBack: () => void;
}): JSX.Element {
  return (
    <div class="row">
      <Button look="subtle" size="small" icon="previous" label={words.back} onClick={onBack} />
      <h2>{words.title}</h2>
    </div>
  );
}
