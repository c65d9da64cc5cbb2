import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { placeText } from '../../../problems/problem.ts';
import type { PageProps } from '../../page.ts';
import { LinkButton } from '../../parts/Button.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { grouped } from '../../parts/numbers.ts';
import { type Path, type TreeRow, titleParts, treeMove } from './tree.ts';
import { explainWords } from './words.ts';

/** More rows than these are drawn on demand only. */
const DRAWN = 400;
/** Deeper levels are indented no further: the pane is narrow. */
const DEEPEST = 9;

/** A tree of reasons: arrows move, open and close; Enter goes to the place, P looks at a part alone. */
export function Tree({
  rows,
  label,
  language,
  goTo,
  onToggle,
  onPin,
}: Pick<PageProps, 'language' | 'goTo'> & {
  readonly rows: readonly TreeRow[];
  readonly label: string;
  readonly onToggle: (path: Path) => void;
  readonly onPin: (path: Path) => void;
}): JSX.Element {
  const w = explainWords(language);
  const [focus, setFocus] = useState<Path | null>(null);
  const [drawn, setDrawn] = useState(DRAWN);
  const list = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const shown = rows.slice(0, drawn);
  const at = shown.some(({ path }) => path === focus) ? focus : (shown[0]?.path ?? '');
  useLayoutEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || at === null) return;
    const row = shown.find(({ path }) => path === at);
    const move = treeMove(shown, at, event.key);
    if (move !== null) {
      moved.current = true;
      setFocus(move.focus);
      if (move.toggle === true) onToggle(move.focus);
    } else if (event.key === 'Enter' && row?.view.place != null) goTo(row.view.place);
    else if ((event.key === ' ' || event.key === 'Enter') && (row?.view.children.length ?? 0) > 0)
      onToggle(at);
    else if (event.key.toLowerCase() === 'p' && (row?.view.children.length ?? 0) > 0) {
      moved.current = true;
      onPin(at);
    } else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent): void => {
    const clicked = event.target instanceof Element ? event.target.closest('.reason-toggle') : null;
    const path = clicked?.closest('[data-path]')?.getAttribute('data-path');
    if (path != null) onToggle(path);
  };
  return (
    <>
      <div ref={list} class="tree" role="tree" aria-label={label} onKeyDown={onKeyDown} onClick={onClick}>
        {shown.map((row) => (
          <Row
            key={row.path}
            row={row}
            focused={row.path === at}
            language={language}
            goTo={goTo}
            onFocus={() => setFocus(row.path)}
            onPin={() => onPin(row.path)}
          />
        ))}
      </div>
      {rows.length > drawn ? (
        <LinkButton onClick={() => setDrawn(drawn + DRAWN)}>{w.more(rows.length - drawn)}</LinkButton>
      ) : null}
    </>
  );
}

function Row({
  row: { path, view, level, position, siblings, open },
  focused,
  language,
  goTo,
  onFocus,
  onPin,
}: Pick<PageProps, 'language' | 'goTo'> & {
  readonly row: TreeRow;
  readonly focused: boolean;
  readonly onFocus: () => void;
  readonly onPin: () => void;
}): JSX.Element {
  const w = explainWords(language);
  const { what, value, how } = titleParts(view);
  const branch = view.children.length > 0;
  const { place } = view;
  return (
    <div
      role="treeitem"
      class={`reason reason-${view.kind} indent-${Math.min(level, DEEPEST)}`}
      data-path={path}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={branch ? open : undefined}
      tabIndex={focused ? 0 : -1}
      onFocus={onFocus}
    >
      <span class={branch ? 'twist reason-toggle' : 'twist'}>
        {branch ? <Icon name="chevron" class={open ? 'twist-open' : ''} /> : null}
      </span>
      <div class="reason-body">
        <div class="reason-line">
          <span class={branch ? 'reason-what reason-toggle' : 'reason-what'}>{what}</span>
          {value === '' ? null : <span class="reason-value number">{grouped(value)}</span>}
        </div>
        {how === '' ? null : <div class="reason-how small muted">{how}</div>}
        {view.source === null ? null : <code class="reason-source code">{view.source}</code>}
        {place === null && !branch ? null : (
          <div class="reason-foot small">
            {place === null ? null : (
              <button
                type="button"
                class="link"
                tabIndex={-1}
                title={w.goTo(placeText(place))}
                onClick={() => goTo(place)}
              >
                {placeText(place)}
              </button>
            )}
            {branch && level > 1 ? (
              <button type="button" class="link reason-pin" tabIndex={-1} title={w.pinTip} onClick={onPin}>
                <Icon name="pin" /> {w.pin}
              </button>
            ) : null}
          </div>
        )}
      </div>
    </div>
  );
}
