import type { JSX } from 'preact';
import type { SessionState } from '../../live/session.ts';
import type { PageProps } from '../page.ts';
import { paneWords } from '../words.ts';
import { Button } from './Button.tsx';
import { Empty, Spinner } from './states.tsx';

/** What a page lacks to show anything. */
export type Need = 'reading' | 'rules' | 'date' | 'mending' | 'computing';

/** What stands between a workbook and its figures; `results: false` for pages that show them beside errors. */
export function need(state: SessionState, results = true): Need | null {
  const { revision, failure, hasRules, asOf, problems, outcome, phase } = state;
  if (revision === 0) return failure === null ? 'reading' : 'mending';
  if (!hasRules) return 'rules';
  if (asOf === null) return 'date';
  if (!results || outcome !== null) return null;
  const errors = problems.some(({ severity }) => severity === 'error');
  return errors || phase === 'idle' ? 'mending' : 'computing';
}

/** Says what is lacking and leads there. */
export function Needs({
  need: lacking,
  language,
  navigate,
}: Pick<PageProps, 'language' | 'navigate'> & { readonly need: Need }): JSX.Element {
  const w = paneWords(language);
  switch (lacking) {
    case 'reading':
      return <Spinner label={w.loading} />;
    case 'computing':
      return <Spinner label={w.computing} />;
    case 'rules':
      return (
        <Empty
          icon="add"
          title={w.needRules}
          action={
            <Button look="primary" onClick={() => navigate({ page: 'rules' })}>
              {w.toRules}
            </Button>
          }
        >
          {w.needRulesText}
        </Empty>
      );
    case 'date':
      return (
        <Empty
          icon="calendar"
          title={w.needDate}
          action={
            <Button look="primary" onClick={() => navigate({ page: 'run' })}>
              {w.toRun}
            </Button>
          }
        >
          {w.needDateText}
        </Empty>
      );
    case 'mending':
      return (
        <Empty
          icon="warning"
          title={w.needMending}
          action={
            <Button look="primary" onClick={() => navigate({ page: 'run' })}>
              {w.toProblems}
            </Button>
          }
        >
          {w.needMendingText}
        </Empty>
      );
    default: {
      const never: never = lacking;
      return never;
    }
  }
}
