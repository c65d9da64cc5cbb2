import type { JSX } from 'preact';
import type { WrittenSheet } from '../../../workbook/port.ts';
import type { PageProps } from '../../page.ts';
import { LinkButton } from '../../parts/Button.tsx';
import { runWords } from './words.ts';

/** Which sheets were written, with a link to each. */
export function Written({
  sheets,
  stale,
  language,
  goTo,
}: Pick<PageProps, 'language' | 'goTo'> & {
  readonly sheets: readonly WrittenSheet[];
  readonly stale: boolean;
}): JSX.Element {
  const w = runWords(language);
  return (
    <section class="section">
      <h2>{w.written}</h2>
      {stale ? <p class="hint">{w.changedSince}</p> : null}
      <ul class="written">
        {sheets.map(({ sheet, ref, replaced }) => (
          <li key={sheet}>
            <LinkButton onClick={() => goTo({ kind: 'cell', sheet, row: 1, column: 1 })}>{sheet}</LinkButton>
            <span class="muted small">{w.place(ref, replaced)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
