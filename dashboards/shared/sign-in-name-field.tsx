import { useId } from 'preact/hooks';
import { isSignInName } from './credentials.ts';

interface SignInNameFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly onInput: (id: string) => void;
}

/** The name of a new person, held against the gateway's rule while one types. */
export function SignInNameField({ id, label, hint, onInput }: SignInNameFieldProps) {
  const hinted = useId();
  return (
    <div class="field">
      <label>
        <span class="field__name">{label}</span>
        <input
          class="field__input"
          name="username"
          autocomplete="username"
          autocapitalize="off"
          spellcheck={false}
          maxLength={32}
          required
          value={id}
          aria-invalid={id !== '' && !isSignInName(id)}
          aria-describedby={hinted}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      </label>
      <span id={hinted} class="field__hint">
        {hint}
      </span>
    </div>
  );
}
