import type { ComponentChildren, JSX } from 'preact';
import { Icon, type IconName } from './Icon.tsx';

export interface ButtonProps {
  readonly children?: ComponentChildren;
  readonly onClick?: () => void;
  /** One primary button a page at most. */
  readonly look?: 'primary' | 'outline' | 'subtle';
  readonly size?: 'small' | 'medium';
  readonly icon?: IconName;
  readonly disabled?: boolean;
  /** What it does, for a button that is only an icon, and as its tip. */
  readonly label?: string;
  readonly expanded?: boolean;
  readonly pressed?: boolean;
  readonly submit?: boolean;
  readonly class?: string;
}

/** A button in Fluent's look. Only an icon: leave the children out and give a `label`. */
export function Button(props: ButtonProps): JSX.Element {
  const { children, onClick, look = 'outline', size = 'medium', icon, disabled = false, label } = props;
  const bare = children === undefined;
  return (
    <fluent-button
      role="button"
      class={`button ${props.class ?? ''}`}
      appearance={look}
      size={size}
      type={props.submit === true ? 'submit' : 'button'}
      disabled={disabled}
      aria-disabled={disabled ? 'true' : undefined}
      icon-only={bare || undefined}
      aria-label={label}
      title={label}
      aria-expanded={props.expanded}
      aria-pressed={props.pressed}
      onClick={disabled ? undefined : onClick}
    >
      {icon === undefined ? null : <Icon name={icon} slot={bare ? undefined : 'start'} />}
      {children}
    </fluent-button>
  );
}

/** Text that does something in its place in a line: going to a cell, showing more. */
export function LinkButton({
  children,
  onClick,
  label,
  ...rest
}: {
  readonly children: ComponentChildren;
  readonly onClick: () => void;
  readonly label?: string;
  readonly class?: string;
}): JSX.Element {
  return (
    <button
      type="button"
      class={`link ${rest.class ?? ''}`}
      onClick={onClick}
      aria-label={label}
      title={label}
    >
      {children}
    </button>
  );
}
