import type { ComponentChildren, JSX } from 'preact';
import { Icon, type IconName } from './Icon.tsx';

/** What a page says while it has nothing to show: what is missing, and a button that mends it. */
export function Empty({
  icon = 'info',
  title,
  children,
  action,
}: {
  readonly icon?: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly action?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="empty">
      <Icon name={icon} class="empty-icon" />
      <h2 class="empty-title">{title}</h2>
      {children === undefined ? null : <p class="empty-text">{children}</p>}
      {action === undefined ? null : <div class="empty-action">{action}</div>}
    </div>
  );
}

/** Says that something is under way; shows only where that takes more than a moment, or `now` where nothing else is there. */
export function Spinner({
  label,
  now = false,
}: {
  readonly label: string;
  readonly now?: boolean;
}): JSX.Element {
  return (
    <div class={now ? 'waiting waiting-now' : 'waiting'} role="status">
      <span aria-hidden="true">
        <fluent-spinner size="tiny" />
      </span>
      <span>{label}</span>
    </div>
  );
}

/** A message that stays in the page, beside what it is about. */
export function Note({
  intent,
  children,
}: {
  readonly intent: 'info' | 'success' | 'warning' | 'error';
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class={`note note-${intent}`}>
      <Icon name={intent} />
      <div class="note-text">{children}</div>
    </div>
  );
}
