// A field for a password, as password managers know it: they fill in the present one and offer to keep
// a new one, by `autocomplete`.
import type { Ref } from 'preact';
import { MOST_PASSWORD } from './credentials.ts';

interface PasswordInputProps {
  readonly label: string;
  readonly name: string;
  readonly autocomplete: 'current-password' | 'new-password';
  readonly value: string;
  /** Shown as typed: on a phone one otherwise types it blind. */
  readonly look: 'hidden' | 'shown';
  /** Required where left out. */
  readonly need?: 'optional';
  readonly describedBy?: string;
  readonly box?: Ref<HTMLInputElement>;
  readonly onInput: (value: string) => void;
}

export function PasswordInput(props: PasswordInputProps) {
  const { label, name, autocomplete, value, look, need, describedBy, box, onInput } = props;
  const type = look === 'shown' ? ({ type: 'text' } as const) : ({ type: 'password' } as const);
  return (
    <label class="field">
      <span class="field__name">{label}</span>
      <input
        {...type}
        {...(box && { ref: box })}
        class="field__input"
        name={name}
        autocomplete={autocomplete}
        autocapitalize="off"
        spellcheck={false}
        maxLength={MOST_PASSWORD}
        required={need !== 'optional'}
        value={value}
        aria-describedby={describedBy}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}
