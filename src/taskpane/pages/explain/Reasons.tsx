import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Explained, TargetName } from '../../../live/protocol.ts';
import type { PageProps } from '../../page.ts';
import { LinkButton } from '../../parts/Button.tsx';
import { Select } from '../../parts/fields.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { dayText, grouped } from '../../parts/numbers.ts';
import { Tree } from './Tree.tsx';
import { nodeAt, openTo, type Path, titleParts, trail, visibleRows } from './tree.ts';
import { WhatWould } from './WhatWould.tsx';
import { explainWords } from './words.ts';

/** Levels that are open at first. */
const FIRST = 3;
const LEVELS = [1, 2, 3, 4, 6, 8] as const;
const ALL = 'all';

/** An explanation: the value, and the tree below it. */
export function Reasons({
  session,
  state,
  explained,
  target,
  asOf,
  language,
  goTo,
}: Pick<PageProps, 'session' | 'state' | 'language' | 'goTo'> & {
  readonly explained: Extract<Explained, { kind: 'reason' }>;
  /** As it was asked for. */
  readonly target: TargetName;
  readonly asOf: number;
}): JSX.Element {
  const w = explainWords(language);
  const root = explained.reason;
  const [pinned, setPinned] = useState<Path>('');
  const [levels, setLevels] = useState(String(FIRST));
  const [open, setOpen] = useState<ReadonlySet<Path>>(() => openTo(root, '', FIRST));
  // The tree may have become another one since.
  const from = nodeAt(root, pinned) === null ? '' : pinned;
  const rows = useMemo(() => visibleRows(root, from, open), [root, from, open]);
  const way = trail(root, from);
  const toggle = (path: Path): void => {
    const next = new Set(open);
    if (!next.delete(path)) next.add(path);
    setOpen(next);
  };
  const pin = (path: Path): void => {
    setPinned(path);
    setOpen(new Set([...open, path]));
  };
  const show = (choice: string): void => {
    setLevels(choice);
    setOpen(openTo(root, from, choice === ALL ? Number.POSITIVE_INFINITY : Number(choice)));
  };
  return (
    <section class="reasons" aria-label={w.why}>
      <div class="reasons-head">
        <h2>
          {explained.name}
          {explained.key === null ? null : <span class="muted"> {explained.key}</span>}
        </h2>
        <div class="reasons-value">{grouped(root.value)}</div>
      </div>
      <div class="row reasons-tools">
        <span class="muted small">{w.asOf(dayText(asOf))}</span>
        <Select
          label={w.levels}
          hideLabel
          value={levels}
          options={[
            ...LEVELS.map((level) => ({
              value: String(level),
              text: `${w.levels} ${w.level(level)}`,
            })),
            { value: ALL, text: `${w.levels} ${w.allLevels}` },
          ]}
          onValue={show}
        />
      </div>
      {from === '' ? null : (
        <nav class="trail" aria-label={w.trail}>
          <ol>
            {way.map(({ path, view }) => (
              <li key={path} aria-current={path === from ? 'location' : undefined}>
                {path === from ? (
                  titleParts(view).what
                ) : (
                  <LinkButton onClick={() => setPinned(path)}>{titleParts(view).what}</LinkButton>
                )}
                {path === from ? null : <Icon name="chevron" />}
              </li>
            ))}
          </ol>
        </nav>
      )}
      <Tree rows={rows} label={w.tree} language={language} goTo={goTo} onToggle={toggle} onPin={pin} />
      <p class="hint">{w.keys}</p>
      {/* A value of a column: neither one for all, nor a cell that is what it is. */}
      {explained.key !== null && root.kind === 'rule' ? (
        <WhatWould
          key={`${asOf} ${state.revision}`}
          calculator={session.calculator}
          target={target}
          asOf={asOf}
          language={language}
          goTo={goTo}
        />
      ) : null}
    </section>
  );
}
