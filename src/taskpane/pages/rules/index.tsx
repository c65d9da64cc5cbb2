import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { message } from '../../../problems/messages/index.ts';
import type { Problem } from '../../../problems/problem.ts';
import { words } from '../../../report/words.ts';
import type { PageProps } from '../../page.ts';
import { Button, LinkButton } from '../../parts/Button.tsx';
import { useRoute } from '../../parts/contexts.ts';
import { Select } from '../../parts/fields.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Empty, Note, Spinner } from '../../parts/states.tsx';
import { Conflict } from './Conflict.tsx';
import { Problems } from './Problems.tsx';
import './rules.css';
import { isCellProblem, rowOf, rowText } from './text.ts';
import { useOffer } from './useOffer.ts';
import { useRules } from './useRules.ts';
import { rulesWords } from './words.ts';

/** The rule sheets as text: written, checked while typing, completed, formatted, and saved into their cells. */
export function Rules(props: PageProps): JSX.Element {
  const { language } = props;
  const w = rulesWords(language);
  const rules = useRules(props);
  const { kept, current, edited, busy, conflict, code } = rules;
  const { offered, ...offer } = useOffer(props, kept);
  const [keys, setKeys] = useState(false);
  const route = useRoute('rules');
  const ready = kept !== null && kept.length > 0;
  useEffect(() => {
    if (ready) rules.goToPlace(route?.at, true);
  }, [route, ready]);

  const one = kept?.find(({ base }) => base.sheet === current) ?? null;
  const dirty = current !== null && edited.has(current);
  return (
    <div class="rules">
      {code === null || kept === null ? <Spinner label={code === null ? w.loading : w.reading} /> : null}
      {kept !== null && kept.length === 0 ? (
        <Empty
          title={w.noRules}
          action={
            <Button look="primary" icon="add" disabled={busy !== null} onClick={() => void offer.ask()}>
              {w.noRulesAction}
            </Button>
          }
        >
          {busy === 'adding' ? w.preparing : w.noRulesText}
        </Empty>
      ) : null}
      <div class="rules-work" hidden={!ready}>
        <div class="rules-bar">
          {kept !== null && kept.length > 1 ? (
            <Select
              label={w.sheet}
              hideLabel
              value={current ?? ''}
              onValue={rules.show}
              options={kept.map(({ base: { sheet } }) => ({
                value: sheet,
                text: edited.has(sheet) ? `● ${sheet}` : sheet,
              }))}
            />
          ) : (
            <h2 class="rules-name">{current}</h2>
          )}
          {dirty ? (
            <span class="rules-unsaved small">
              {w.unsaved}
              {' · '}
              <LinkButton onClick={() => void rules.discard()}>{w.discard}</LinkButton>
            </span>
          ) : null}
          <span class="rules-rest" />
          <Button
            look="primary"
            size="small"
            icon="save"
            disabled={!dirty || busy !== null}
            onClick={() => void rules.save()}
          >
            {w.save}
          </Button>
        </div>
        <Tools
          rules={rules}
          language={language}
          keys={keys}
          onKeys={() => setKeys(!keys)}
          onNew={() => void offer.ask()}
        />
        {keys ? <Keys language={language} /> : null}
        {busy === 'adding' ? <Spinner label={w.preparing} /> : null}
        {one !== null && (one.outdated || one.gone) ? (
          <Note intent="warning">{one.gone ? w.gone : w.outdated}</Note>
        ) : null}
        <div class="rules-editor">
          <div class="rules-view" ref={rules.host} />
        </div>
        <Help rules={rules} language={language} />
        <Problems
          problems={
            rules.problems === null
              ? null
              : [...props.state.problems.filter(isCellProblem), ...rules.problems]
          }
          failure={rules.failure}
          sheet={current ?? ''}
          language={language}
          fixOf={rules.fixFor}
          onFix={rules.mend}
          onPick={(problem) => rules.goToPlace(problem.at, isCellProblem(problem))}
          listRef={rules.list}
        />
      </div>
      {offered === null ? null : (
        <offered.NewSheet
          language={language}
          keywords={offered.keywords}
          there={offered.there}
          onTemplate={() => {
            offer.close();
            void rules.addSheet(null);
          }}
          onLines={(lines) => {
            offer.close();
            void rules.addSheet(lines);
          }}
          onClose={offer.close}
        />
      )}
      {conflict === null || code === null ? null : (
        <Conflict
          language={language}
          sheet={conflict.sheet}
          theirs={conflict.theirs.rows.map(rowText)}
          mine={conflict.mine}
          piecesOf={code.piecesOf}
          onMine={() => void rules.resolve('mine')}
          onTheirs={() => void rules.resolve('theirs')}
          onClose={() => void rules.resolve(null)}
        />
      )}
    </div>
  );
}

type Bench = ReturnType<typeof useRules>;

function Tools({
  rules,
  language,
  keys,
  onKeys,
  onNew,
}: Pick<PageProps, 'language'> & {
  readonly rules: Bench;
  readonly keys: boolean;
  readonly onKeys: () => void;
  readonly onNew: () => void;
}): JSX.Element {
  const w = rulesWords(language);
  const { can, busy } = rules;
  const shared = { look: 'subtle', size: 'small' } as const;
  return (
    <div class="rules-tools">
      <Button {...shared} icon="undo" label={w.undo} disabled={!can.undo} onClick={() => rules.run('undo')} />
      <Button {...shared} icon="redo" label={w.redo} disabled={!can.redo} onClick={() => rules.run('redo')} />
      <Button {...shared} icon="search" label={w.find} onClick={() => rules.run('find')} />
      <Button {...shared} icon="format" label={w.format} onClick={() => void rules.format()} />
      <Button {...shared} icon="cell" label={w.goToCell} onClick={rules.goToCell} />
      <Button {...shared} icon="keyboard" label={w.keys} expanded={keys} onClick={onKeys} />
      <span class="rules-rest" />
      <Button {...shared} icon="add" label={w.newSheet} disabled={busy !== null} onClick={onNew} />
    </div>
  );
}

function Keys({ language }: Pick<PageProps, 'language'>): JSX.Element {
  const w = rulesWords(language);
  return (
    <dl class="rules-keys small">
      {w.keyList.map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the word at the cursor does, or why its line can't be changed. */
function Help({ rules, language }: Pick<PageProps, 'language'> & { readonly rules: Bench }): JSX.Element {
  const w = rulesWords(language);
  const { cursor } = rules;
  if (cursor?.fixed != null) {
    return (
      <div class="rules-help small" role="status">
        {cursor.fixed}
      </div>
    );
  }
  const problem = problemAt(rules);
  if (problem !== null) {
    return (
      <div class="rules-help small" role="status">
        <Icon name={problem.severity} label={words(language).severity[problem.severity]} />{' '}
        {message(problem, language)}
      </div>
    );
  }
  const help = cursor?.help ?? null;
  if (cursor === null || help === null) return <div class="rules-help small muted">{w.helpHint}</div>;
  return (
    <div class="rules-help small">
      <strong>{cursor.word}</strong> {help.text}
      <code class="code">{help.example}</code>
    </div>
  );
}

/** The problem that the cursor stands in. */
function problemAt({ problems, cursor, current }: Bench): Problem | null {
  if (problems === null || cursor === null || current === null) return null;
  const inside = problems.filter((problem) => rowOf(problem, current) === cursor.line);
  const { character } = cursor;
  return (
    inside.find(({ at }) => at?.kind === 'rule' && at.start <= character && character <= at.end + 1) ?? null
  );
}
