import type { JSX } from 'preact';
import type { FindingView } from '../../../live/audit.ts';
import type { PageProps } from '../../page.ts';
import { Icon } from '../../parts/Icon.tsx';
import { PlaceLink } from '../../parts/Pick.tsx';
import { auditPageWords } from './words.ts';

/** What is not as it was, each with a link to its cell. */
export function Findings({
  findings,
  language,
  goTo,
}: Pick<PageProps, 'language' | 'goTo'> & { readonly findings: readonly FindingView[] }): JSX.Element {
  const w = auditPageWords(language);
  return (
    <ul class="problems">
      {findings.map(({ severity, text, at }, i) => (
        <li key={i} class="problem">
          <Icon
            name={severity === 'error' ? 'error' : 'info'}
            class={severity === 'error' ? 'icon-error' : ''}
            label={severity === 'error' ? w.change : w.note}
          />
          <div class="problem-body">
            <span>{text}</span>
            {at === null ? null : (
              <span class="problem-where">
                <PlaceLink
                  place={{ kind: 'cell', sheet: at.sheet, row: at.row, column: at.column ?? 1 }}
                  goTo={goTo}
                />
              </span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
