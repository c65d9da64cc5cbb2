import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { endOfMonth } from '../../../exact/date.ts';
import type { ComparableColumn, CompareAsked, ComparedAnswer } from '../../../live/compared.ts';
import type { PageProps } from '../../page.ts';
import { Progressing } from '../../parts/Asked.tsx';
import { type Asking, useAsking } from '../../parts/asking.ts';
import { Button } from '../../parts/Button.tsx';
import { useRoute } from '../../parts/contexts.ts';
import { failureText } from '../../parts/failure.ts';
import { DateField, Select } from '../../parts/fields.tsx';
import { latest, useAsync } from '../../parts/hooks.ts';
import { Needs, need } from '../../parts/Needs.tsx';
import { dayOf, dayText } from '../../parts/numbers.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { ProblemList } from '../../parts/ProblemList.tsx';
import { Note, Spinner } from '../../parts/states.tsx';
import '../allocation/allocation.css';
import './compare.css';
import { Result } from './Result.tsx';
import { compareWords } from './words.ts';

/** An answer, and of what it is the answer. */
interface Compared {
  readonly answer: ComparedAnswer;
  readonly asked: CompareAsked;
  readonly revision: number;
}

/** Who is paid differently as of another date, by how much and why. */
export function Compare(props: PageProps): JSX.Element {
  const { state, language, navigate } = props;
  const w = compareWords(language);
  const lacking = need(state);
  return (
    <>
      <PageHead words={w} onBack={() => navigate({ page: 'allocation' })} />
      {lacking !== null || state.asOf === null ? (
        <Needs need={lacking ?? 'date'} language={language} navigate={navigate} />
      ) : (
        <Columns {...props} asOf={state.asOf} />
      )}
    </>
  );
}

/** What may be compared, then the form. */
function Columns(props: PageProps & { readonly asOf: number }): JSX.Element {
  const { session, state, language, asOf } = props;
  const w = compareWords(language);
  const { calculator } = session;
  const found = useAsync(() => calculator.comparable(asOf), [calculator, asOf, state.revision]);
  if (found.kind === 'failed') return <Note intent="error">{failureText(found.error, language)}</Note>;
  const columns = latest(found);
  if (columns === null) return <Spinner label={w.comparing} />;
  if (columns.length === 0) return <Note intent="info">{w.noColumns}</Note>;
  return <Form {...props} columns={columns} />;
}

const nameOf = ({ table, column }: ComparableColumn): string => `${table}[${column}]`;

function Form(
  props: PageProps & { readonly asOf: number; readonly columns: readonly ComparableColumn[] },
): JSX.Element {
  const { session, state, language, asOf, columns } = props;
  const w = compareWords(language);
  const route = useRoute('compare');
  const [date, setDate] = useState(() => dayText(endOfMonth(asOf, -1) ?? asOf));
  const [picked, setPicked] = useState<string | null>(null);
  const [group, setGroup] = useState('');
  const comparing = useAsking<Compared>(true);
  const wanted = route?.share?.toLowerCase();
  useEffect(() => {
    const named = columns.find((one) => nameOf(one).toLowerCase() === wanted);
    if (named !== undefined) setPicked(nameOf(named));
  }, [route]);

  const column = columns.find((one) => nameOf(one) === picked) ?? columns[0];
  const other = dayOf(date);
  const wrong = other === null ? w.noDate : other === asOf ? w.sameDate : undefined;
  const by = column?.groups.includes(group) ? group : null;
  const asked: CompareAsked | null =
    other === null || other === asOf || column === undefined
      ? null
      : {
          before: Math.min(other, asOf),
          after: Math.max(other, asOf),
          column: nameOf(column),
          group: by,
        };
  const running = comparing.state.kind === 'running';
  return (
    <>
      <div class="stack">
        <DateField
          label={w.otherDate}
          hint={w.hint(dayText(asOf))}
          error={wrong}
          value={date}
          onValue={setDate}
          disabled={running}
        />
        <div class="row row-end">
          <Select
            label={w.column}
            value={column === undefined ? '' : nameOf(column)}
            onValue={setPicked}
            disabled={running}
            options={columns.map((one) => ({ value: nameOf(one), text: `${one.table} · ${one.column}` }))}
          />
          {column === undefined || column.groups.length === 0 ? null : (
            <Select
              label={w.group}
              value={by ?? ''}
              onValue={setGroup}
              disabled={running}
              options={[
                { value: '', text: w.noGroup },
                ...column.groups.map((heading) => ({ value: heading, text: heading })),
              ]}
            />
          )}
        </div>
        <div class="row">
          <Button
            look="primary"
            disabled={asked === null || running}
            onClick={() => {
              if (asked === null) return;
              const { revision } = state;
              comparing.start(async ({ report, signal }) => ({
                answer: await session.calculator.compare(asked, report, signal),
                asked,
                revision,
              }));
            }}
          >
            {w.compare}
          </Button>
          {running ? (
            <Button icon="stop" onClick={comparing.cancel}>
              {w.cancel}
            </Button>
          ) : null}
        </div>
      </div>
      <Came {...props} comparing={comparing.state} asked={asked} />
    </>
  );
}

/** What has come of it. */
function Came(
  props: PageProps & { readonly comparing: Asking<Compared>; readonly asked: CompareAsked | null },
): JSX.Element | null {
  const { state, language, goTo, comparing, asked } = props;
  const w = compareWords(language);
  switch (comparing.kind) {
    case 'idle':
      return null;
    case 'running':
      return <Progressing label={w.comparing} done={comparing.done ?? 0} />;
    case 'cancelled':
      return <Note intent="info">{w.cancelled}</Note>;
    case 'failed':
      return <Note intent="error">{failureText(comparing.error, language)}</Note>;
    case 'done': {
      const { answer, asked: answered, revision } = comparing.value;
      if (answer.kind === 'gone') return <Note intent="warning">{w.gone}</Note>;
      if (answer.kind === 'errors')
        return (
          <>
            <Note intent="error">{w.errors(dayText(answer.asOf))}</Note>
            <ProblemList problems={answer.problems} rules={state.rules} language={language} goTo={goTo} />
          </>
        );
      const stale = revision !== state.revision || JSON.stringify(asked) !== JSON.stringify(answered);
      return (
        <>
          {stale ? <Note intent="warning">{w.stale}</Note> : null}
          <Result {...props} view={answer.view} group={answered.group} />
        </>
      );
    }
    default: {
      const never: never = comparing;
      return never;
    }
  }
}
