import type { JSX } from 'preact';
import { useContext, useId, useState } from 'preact/hooks';
import { type RefreshAsked, type StagedView, writeFiles } from '../../../live/refreshed.ts';
import type { PageProps } from '../../page.ts';
import { Button } from '../../parts/Button.tsx';
import { Remembering } from '../../parts/contexts.ts';
import { TextField } from '../../parts/fields.tsx';
import { Note } from '../../parts/states.tsx';
import { ActDialog } from '../audit/ActDialog.tsx';
import { useActing } from '../audit/acting.ts';
import { auditPageWords } from '../audit/words.ts';
import { Issues, Tables } from './Staged.tsx';
import { type RefreshPageWords, refreshPageWords } from './words.ts';

/** What would change, and the way to write it. */
export function Write(
  props: PageProps & {
    readonly view: StagedView;
    readonly asked: RefreshAsked;
    readonly onDone: () => void;
  },
): JSX.Element {
  const { language, view } = props;
  const w = refreshPageWords(language);
  return (
    <>
      <h3>{w.report}</h3>
      <Issues issues={view.issues} />
      {view.verdict === 'stopped' ? <p>{w.stopped}</p> : null}
      {view.verdict === 'unchanged' ? <Note intent="success">{w.unchanged}</Note> : null}
      <Tables view={view} words={w} />
      {view.verdict === 'ready' || view.verdict === 'doubts' ? <Confirm {...props} /> : null}
    </>
  );
}

function Confirm({ session, language, say, view, asked, onDone }: Parameters<typeof Write>[0]): JSX.Element {
  const w = refreshPageWords(language);
  const a = auditPageWords(language);
  const memory = useContext(Remembering);
  const [by, setBy] = useState(() => memory.get('by') ?? '');
  const [nameless, setNameless] = useState(false);
  const [accepted, setAccepted] = useState(false);
  const [unaccepted, setUnaccepted] = useState(false);
  const [open, setOpen] = useState(false);
  const acting = useActing({ session, language, say }, by, () => undefined);
  const id = useId();
  const changing = view.tables.filter(({ changes }) => changes);
  const action = actionOf(view, w);
  const ask = (): void => {
    const lacksName = by.trim() === '';
    const lacksWord = view.verdict === 'doubts' && !accepted;
    setNameless(lacksName);
    setUnaccepted(lacksWord);
    acting.forget();
    if (!lacksName && !lacksWord) setOpen(true);
  };
  return (
    <>
      {view.verdict === 'doubts' ? (
        <div class="field">
          <label class="rf-accept">
            <input
              type="checkbox"
              checked={accepted}
              aria-describedby={unaccepted ? id : undefined}
              aria-invalid={unaccepted ? 'true' : undefined}
              onChange={(event) => {
                setAccepted(event.currentTarget.checked);
                setUnaccepted(false);
              }}
            />
            <span>{w.accept}</span>
          </label>
          <div id={id} class="hint hint-error" role="alert">
            {unaccepted ? w.acceptMissing : null}
          </div>
        </div>
      ) : null}
      <TextField
        label={a.by}
        hint={a.byHint}
        error={nameless ? a.byMissing : undefined}
        value={by}
        onValue={(value) => {
          setBy(value);
          setNameless(false);
          memory.set('by', value.trim());
        }}
      />
      <div>
        <Button look="primary" icon="save" onClick={ask}>
          {`${action} …`}
        </Button>
      </div>
      {open ? (
        <ActDialog
          title={w.confirm}
          action={action}
          ready
          by={by}
          writes={[...changing.map(({ table, said }) => `${table}: ${said}`), w.row]}
          acting={acting}
          refused={acting.refused === a.resultsChanged ? w.changed : acting.refused}
          language={language}
          onAct={async (_, key) => {
            const done = await acting.run((doer) => writeFiles(session, asked, view.agreed, doer), key);
            if (done === null) return;
            setOpen(false);
            onDone();
            const tables = changing.map(({ table }) => table);
            say({ intent: 'success', text: w.wrote(tables, done.number) });
          }}
          onClose={() => setOpen(false)}
        >
          <p class="small">{w.confirmText}</p>
        </ActDialog>
      ) : null}
    </>
  );
}

function actionOf({ tables }: StagedView, w: RefreshPageWords): string {
  const modes = new Set(tables.filter(({ changes }) => changes).map(({ mode }) => mode));
  if (modes.size > 1) return w.both;
  return modes.has('merge') ? w.merge : w.replace;
}
