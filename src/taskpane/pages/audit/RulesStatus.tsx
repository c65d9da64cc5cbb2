import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AuditAct, LedgerView } from '../../../live/audit.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { SignWith } from './KeyFile.tsx';
import { keyWords } from './keyWords.ts';
import { auditPageWords } from './words.ts';

type Step = Extract<AuditAct, { kind: 'step' }>['step'];

/** Where the rules stand between their maker and their checker, and the next step. */
export function RulesStatus({
  view,
  busy,
  language,
  navigate,
  onStep,
}: Pick<PageProps, 'language' | 'navigate'> & {
  readonly view: LedgerView;
  readonly busy: boolean;
  /** Whether it was done. */
  readonly onStep: (step: Step, key: File | null) => Promise<boolean>;
}): JSX.Element {
  const w = auditPageWords(language);
  const [key, setKey] = useState<File | null>(null);
  // A key signs one step; the next one asks for it again.
  const take = async (step: Step): Promise<void> => {
    if (await onStep(step, key)) setKey(null);
  };
  return (
    <section class="section">
      <h2>{w.rules}</h2>
      <p>{view.said}</p>
      <div class="row">
        {stepsOf(view.status.kind).map((step) => (
          <Button key={step} size="small" disabled={busy} onClick={() => void take(step)}>
            {w[step]}
          </Button>
        ))}
      </div>
      <details>
        <summary>{keyWords(language).signStep}</summary>
        <SignWith language={language} file={key} disabled={busy} onFile={setKey} />
      </details>
      <div class="row">
        <Button size="small" icon="search" onClick={() => navigate({ page: 'review' })}>
          {w.review}
        </Button>
      </div>
      <p class="hint">{w.reviewText}</p>
    </section>
  );
}

/** What can be done with rules of a status. */
export function stepsOf(status: LedgerView['status']['kind']): readonly Step[] {
  switch (status) {
    case 'unused':
    case 'draft':
      return ['propose'];
    case 'proposed':
      return ['approve', 'withdraw'];
    case 'approved':
      return ['withdraw'];
    default: {
      const never: never = status;
      return never;
    }
  }
}
