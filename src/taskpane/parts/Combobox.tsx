import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Field } from './fields.tsx';
import { type Choice, offers } from './offers.ts';

export interface ComboboxProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly hideLabel?: boolean;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly value: string;
  readonly choices: readonly Choice[];
  /** What is said where nothing matches. */
  readonly none: string;
  readonly onValue: (text: string) => void;
  /** A choice was taken, or Enter pressed on what was typed. */
  readonly onPick: (value: string) => void;
}

/** A text box that offers matching choices while one types: arrows and Enter, or a click, take one. */
export function Combobox(props: ComboboxProps): JSX.Element {
  const { label, hint, hideLabel, value, choices, onValue, onPick } = props;
  const list = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const popup = useRef<HTMLDivElement>(null);
  const shown = open ? offers(choices, value) : [];
  useEffect(() => {
    popup.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const close = (): void => {
    setOpen(false);
    setActive(-1);
  };
  const take = (text: string): void => {
    close();
    onValue(text);
    onPick(text);
  };
  const move = (by: number): void => {
    setOpen(true);
    const count = open ? shown.length : offers(choices, value).length;
    setActive((at) => (count === 0 ? -1 : at < 0 ? (by > 0 ? 0 : count - 1) : (at + by + count) % count));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter') take(shown[active]?.value ?? value);
    else if (event.key === 'Escape' && open) close();
    else return;
    event.preventDefault();
  };
  const option = (index: number): string => `${list}-${index}`;
  return (
    <Field label={label} hint={hint} hideLabel={hideLabel}>
      {({ id, describedBy }) => (
        <div class="combobox">
          <input
            id={id}
            class="control"
            type="text"
            role="combobox"
            autocomplete="off"
            spellcheck={false}
            placeholder={props.placeholder}
            disabled={props.disabled}
            value={value}
            aria-describedby={describedBy}
            aria-autocomplete="list"
            aria-expanded={open}
            aria-controls={open ? list : undefined}
            aria-activedescendant={active >= 0 ? option(active) : undefined}
            onInput={(event) => {
              setOpen(true);
              setActive(-1);
              onValue(event.currentTarget.value);
            }}
            onMouseDown={() => setOpen(true)}
            onBlur={close}
            onKeyDown={onKeyDown}
          />
          {open ? (
            <div ref={popup} id={list} class="choices" role="listbox" aria-label={label} tabIndex={-1}>
              {shown.map((choice, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the text box hears the keys.
                <div
                  key={choice.value}
                  id={option(index)}
                  role="option"
                  class="choice"
                  tabIndex={-1}
                  aria-selected={index === active}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => take(choice.value)}
                >
                  <span>{choice.value}</span>
                  {choice.text === undefined ? null : <span class="muted small">{choice.text}</span>}
                </div>
              ))}
              {shown.length > 0 ? null : (
                <div
                  class="choice-none muted"
                  role="option"
                  tabIndex={-1}
                  aria-selected={false}
                  aria-disabled="true"
                >
                  {props.none}
                </div>
              )}
            </div>
          ) : null}
        </div>
      )}
    </Field>
  );
}
