import type { ComponentChildren, JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { ReviewMoney, ReviewRule, ReviewVersion, ReviewView } from '../../../live/reviewed.ts';
import type { PageProps } from '../../page.ts';
import { LinkButton } from '../../parts/Button.tsx';
import { Select } from '../../parts/fields.tsx';
import { counted } from '../../parts/numbers.ts';
import { Facts, Fold, Place } from './parts.tsx';
import { type ReviewPageWords, reviewPageWords } from './words.ts';

const FIRST = 100;
const MONEY: readonly ReviewMoney[] = ['statements', 'shares'];

/** Every rule with the money that depends on it, in the file's order or the most first. */
export function Rules({
  view,
  language,
  goTo,
}: Pick<PageProps, 'language' | 'goTo'> & { readonly view: ReviewView }): JSX.Element {
  const w = reviewPageWords(language);
  const [order, setOrder] = useState<ReviewMoney | null>(null);
  const [shown, setShown] = useState(FIRST);
  const by = order ?? 'statements';
  const about = ({ amounts }: ReviewRule): number => amounts?.[by].about ?? 0;
  const rules = useMemo(
    () => (order === null ? view.rules : [...view.rules].sort((a, b) => about(b) - about(a))),
    [view, order],
  );
  const most = rules.reduce((sum, rule) => Math.max(sum, about(rule)), 0);
  const labels = view.rules.find(({ amounts }) => amounts !== null)?.amounts ?? null;
  return (
    <section class="section">
      <h2>{w.rules}</h2>
      {labels === null ? null : (
        <>
          <Select
            label={w.order}
            value={order ?? ''}
            onValue={(value) => setOrder(MONEY.find((one) => one === value) ?? null)}
            options={[
              { value: '', text: w.asWritten },
              ...MONEY.map((value) => ({ value, text: w.mostFirst(labels[value].label) })),
            ]}
          />
          <div class="rv-columns muted small" aria-hidden="true">
            <span>{w.rule}</span>
            <span>{labels[by].label}</span>
          </div>
        </>
      )}
      <div class="rv-rules">
        {rules.slice(0, shown).map((rule) => (
          <Fold
            key={rule.versions[0]?.at.text ?? rule.name}
            summary={<Summary rule={rule} by={by} part={most > 0 ? about(rule) / most : 0} words={w} />}
          >
            {() => <Rule rule={rule} words={w} goTo={goTo} />}
          </Fold>
        ))}
      </div>
      {rules.length > shown ? (
        <LinkButton onClick={() => setShown(shown + FIRST)}>
          {w.more(counted(rules.length - shown))}
        </LinkButton>
      ) : null}
      {view.notes.map((note) => (
        <p key={note} class="hint">
          {note}
        </p>
      ))}
    </section>
  );
}

function Summary({
  rule: { name, kind, versions, amounts },
  by,
  part,
  words: w,
}: {
  readonly rule: ReviewRule;
  readonly by: ReviewMoney;
  /** Of the most that depends on any rule. */
  readonly part: number;
  readonly words: ReviewPageWords;
}): JSX.Element {
  return (
    <span class="rv-summary">
      <span class="rv-name">
        <span>{broken(name)}</span>
        <span class="muted small">
          {kind}
          {versions.length > 1 ? ` · ${w.versions(versions.length)}` : ''}
        </span>
      </span>
      {amounts === null ? null : (
        <span class="rv-amount">
          <span class="number">{amounts[by].text}</span>
          <span class="rv-bar" style={{ width: `${part * 100}%` }} />
        </span>
      )}
    </span>
  );
}

/** A name that breaks after its underscores and before its bracket, rather than in a word. */
function broken(name: string): readonly ComponentChildren[] {
  return (name.match(/\[?[^_[]*_?/g) ?? []).flatMap((part, i) =>
    i === 0 ? [part] : [<wbr key={i} />, part],
  );
}

/** On paper, where nothing can be gone to, `goTo` is null. */
export function Rule({
  rule: { facts, amounts, versions },
  words: w,
  goTo,
}: {
  readonly rule: ReviewRule;
  readonly words: ReviewPageWords;
  readonly goTo: PageProps['goTo'] | null;
}): JSX.Element {
  return (
    <>
      <Facts facts={[...facts, ...(amounts === null ? [] : MONEY.map((one) => amounts[one]))]} />
      <div class="rv-versions">
        {versions.map((version) => (
          <Version key={version.at.text} version={version} words={w} goTo={goTo} />
        ))}
      </div>
    </>
  );
}

function Version({
  version: { at, period, state, inForce, lines, constants },
  words: w,
  goTo,
}: {
  readonly version: ReviewVersion;
  readonly words: ReviewPageWords;
  readonly goTo: PageProps['goTo'] | null;
}): JSX.Element {
  return (
    <div class={`rv-version ${inForce ? 'rv-on' : ''}`}>
      <div class="rv-head small">
        <strong>{period}</strong>
        <span class="muted">{state}</span>
        <Place at={at} goTo={goTo} />
      </div>
      {lines.map(({ text, hits, none }, i) => (
        <div key={i} class="rv-line">
          <code class={`code ${i === 0 ? '' : 'rv-in'}`}>{text.replace(/\s{3,}(?=#)/, '  ')}</code>
          {hits === '' ? null : <span class={`small ${none ? 'rv-none' : 'muted'}`}>{hits}</span>}
        </div>
      ))}
      {constants.length === 0 ? null : (
        <div class="rv-constants small">
          <span class="muted">{w.constants}</span>
          {constants.map((one) => (
            <span key={one.at.text}>
              {one.at.text === at.text ? null : <Place at={one.at} goTo={goTo} />} {one.texts}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
