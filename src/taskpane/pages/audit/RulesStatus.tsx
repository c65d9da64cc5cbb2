import type { JSX } from 'preact';
import type { AuditAct, LedgerView } from '../../../live/audit.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { auditPageWords } from './words.ts';

type Step = Extract<AuditAct, { kind: 'step' }>['step'];

/** Where the rules stand between their maker and their checker, and the next step. */
export function RulesStatus({
  view,
  busy,
  language,
  onStep,
}: Pick<PageProps, 'language'> & {
  readonly view: LedgerView;
  readonly busy: boolean;
  readonly onStep: (step: Step) => void;
}): JSX.Element {
  const w = auditPageWords(language);
  return (
    <section class="section">
      <h2>{w.rules}</h2>
      <p>{view.said}</p>
      <div class="row">
        {stepsOf(view.status.kind).map((step) => (
          <Button key={step} size="small" disabled={busy} onClick={() => onStep(step)}>
            {w[step]}
          </Button>
        ))}
      </div>
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
