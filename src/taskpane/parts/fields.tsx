import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

/** A control with its label, a hint below it, and what is wrong with it in place of the hint. */
export function Field({
  label,
  hint,
  error,
  children,
  hideLabel = false,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly hideLabel?: boolean | undefined;
  /** Gets the ids for the control's `id` and `aria-describedby`. */
  readonly children: (ids: {
    readonly id: string;
    readonly describedBy: string | undefined;
  }) => ComponentChildren;
}): JSX.Element {
  const id = useId();
  const said = error ?? hint;
  const describedBy = said === undefined ? undefined : `${id}-hint`;
  return (
    <div class="field">
      <label for={id} class={hideLabel ? 'visually-hidden' : 'field-label'}>
        {label}
      </label>
      {children({ id, describedBy })}
      {said === undefined ? null : (
        <div id={describedBy} class={error === undefined ? 'hint' : 'hint hint-error'}>
          {said}
        </div>
      )}
    </div>
  );
}

interface ControlProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

export interface TextFieldProps extends ControlProps {
  readonly placeholder?: string;
  /** Enter. */
  readonly onEnter?: () => void;
  readonly inputMode?: 'text' | 'decimal';
}

export function TextField(props: TextFieldProps): JSX.Element {
  const { label, hint, error, hideLabel, value, onValue, onEnter } = props;
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel}>
      {({ id, describedBy }) => (
        <input
          id={id}
          class="control"
          type="text"
          value={value}
          placeholder={props.placeholder}
          disabled={props.disabled}
          inputMode={props.inputMode ?? 'text'}
          autocomplete="off"
          spellcheck={false}
          aria-describedby={describedBy}
          aria-invalid={error === undefined ? undefined : 'true'}
          onInput={(event) => onValue(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing || onEnter === undefined) return;
            event.preventDefault();
            onEnter();
          }}
        />
      )}
    </Field>
  );
}

export interface SelectProps extends ControlProps {
  readonly options: readonly { readonly value: string; readonly text: string }[];
}

export function Select(props: SelectProps): JSX.Element {
  const { label, hint, error, hideLabel, options, value, onValue } = props;
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel}>
      {({ id, describedBy }) => (
        <select
          id={id}
          class="control"
          disabled={props.disabled}
          aria-describedby={describedBy}
          value={value}
          onChange={(event) => onValue(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A day as `2026-03-31`; the empty text is none. The browser shows it in its own way. */
export function DateField(props: ControlProps): JSX.Element {
  const { label, hint, error, hideLabel, value, onValue } = props;
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel}>
      {({ id, describedBy }) => (
        <input
          id={id}
          class="control"
          type="date"
          min="1900-03-01"
          max="9999-12-31"
          value={value}
          disabled={props.disabled}
          aria-describedby={describedBy}
          aria-invalid={error === undefined ? undefined : 'true'}
          onChange={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
