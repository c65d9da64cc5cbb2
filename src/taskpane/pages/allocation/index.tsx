import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ShareName } from '../../../live/protocol.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { useRoute } from '../../parts/contexts.ts';
import { failureText } from '../../parts/failure.ts';
import { Select } from '../../parts/fields.tsx';
import { latest, useAsync } from '../../parts/hooks.ts';
import { Empty, Note, Spinner } from '../../parts/states.tsx';
import './allocation.css';
import { Charts } from './Charts.tsx';
import { Members } from './Members.tsx';
import { idOf, type Pick, pickNamed, picksOf, poolOf } from './picks.ts';
import { Tiles } from './Tiles.tsx';
import { Try } from './Try.tsx';
import { useTry } from './useTry.ts';
import { allocationWords } from './words.ts';

/** Shares: who receives what, and what other figures would do to whom. */
export function Allocation(props: PageProps): JSX.Element | null {
  const { state, language, navigate } = props;
  const w = allocationWords(language);
  const route = useRoute('allocation');
  const [picked, setPicked] = useState<string | null>(null);
  const [pool, setPool] = useState<string | null>(null);
  const picks = useMemo(() => picksOf(state.outcome?.shares ?? []), [state.outcome]);
  const wanted = route?.share;
  const there = picks.length > 0;
  // A link is followed once: when it is clicked, or when the first results are there.
  useEffect(() => {
    const named = wanted === undefined ? undefined : pickNamed(picks, wanted);
    if (named === undefined) return;
    setPicked(named.id);
    setPool(null);
  }, [route, there]);

  const errors = state.problems.some(({ severity }) => severity === 'error');
  if (state.outcome === null || state.asOf === null) {
    if (errors)
      return (
        <Empty
          icon="warning"
          title={w.hasErrors}
          action={<Button onClick={() => navigate({ page: 'run' })}>{w.toErrors}</Button>}
        >
          {w.hasErrorsMore}
        </Empty>
      );
    if (state.failure !== null) return null;
    if (state.phase !== 'idle' || (state.asOf !== null && state.hasRules))
      return <Spinner label={w.waiting} />;
    return state.hasRules ? (
      <Empty
        icon="calendar"
        title={w.noDate}
        action={
          <Button look="primary" onClick={() => navigate({ page: 'run' })}>
            {w.toRun}
          </Button>
        }
      >
        {w.noDateMore}
      </Empty>
    ) : (
      <NoShares {...props} />
    );
  }
  const pick = picks.find(({ id }) => id === picked) ?? picks[0];
  if (pick === undefined) return <NoShares {...props} />;
  return (
    <>
      <Picker
        picks={picks}
        pick={pick}
        pool={pool}
        language={language}
        onPick={(id) => {
          setPicked(id);
          setPool(null);
        }}
        onPool={setPool}
      />
      <Share key={idOf(poolOf(pick, pool))} {...props} asOf={state.asOf} share={poolOf(pick, pool)} />
    </>
  );
}

function NoShares({ language, navigate }: PageProps): JSX.Element {
  const w = allocationWords(language);
  return (
    <Empty
      title={w.noShares}
      action={<Button onClick={() => navigate({ page: 'rules' })}>{w.toRules}</Button>}
    >
      {w.noSharesMore}
    </Empty>
  );
}

/** Which share, and which of its pools. */
function Picker({
  picks,
  pick,
  pool,
  language,
  onPick,
  onPool,
}: {
  readonly picks: readonly Pick[];
  readonly pick: Pick;
  readonly pool: string | null;
  readonly onPick: (id: string) => void;
  readonly onPool: (of: string | null) => void;
  readonly language: PageProps['language'];
}): JSX.Element {
  const w = allocationWords(language);
  return (
    <div class="row row-end">
      <Select
        label={w.share}
        value={pick.id}
        onValue={onPick}
        options={picks.map(({ id, label }) => ({ value: id, text: label }))}
      />
      {pick.pools.length < 2 ? null : (
        <Select
          label={w.pickPool}
          value={pool === null ? '' : `=${pool}`}
          onValue={(value) => onPool(value === '' ? null : value.slice(1))}
          options={[
            { value: '', text: w.allPools },
            ...pick.pools.map((of) => ({ value: `=${of}`, text: of })),
          ]}
        />
      )}
    </div>
  );
}

/** One pool, or all of a share's together. */
function Share(props: PageProps & { readonly asOf: number; readonly share: ShareName }): JSX.Element | null {
  const { session, state, language, navigate, asOf, share } = props;
  const w = allocationWords(language);
  const { calculator } = session;
  const found = useAsync(() => calculator.share(asOf, share), [calculator, asOf, share.of, state.revision]);
  const trying = useTry(calculator, asOf, share, state.revision);
  if (found.kind === 'failed') return <Note intent="error">{failureText(found.error, language)}</Note>;
  const view = latest(found);
  if (view === null) return found.kind === 'done' ? <p>{w.gone}</p> : <Spinner label={w.waiting} />;
  const tried = trying.result;
  const shown = tried?.share ?? view;
  const before = shown === view ? null : view;
  return (
    <>
      {before === null ? null : <div class="al-tried small">{w.tried}</div>}
      <Tiles view={shown} before={before} words={w} />
      <Try {...props} trying={trying} view={view} />
      <Charts view={shown} before={before} words={w} />
      <Members {...props} view={view} tried={tried} />
      <div>
        <Button
          size="small"
          icon="calendar"
          onClick={() => navigate({ page: 'compare', share: `${share.table}[${share.name}]` })}
        >
          {w.compareWith}
        </Button>
      </div>
    </>
  );
}
