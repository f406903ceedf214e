// A new password, typed twice, with its rules ticked off while one types. Words beside the signs: a
// tick alone says nothing to who cannot see it.
import { useId, useState } from 'preact/hooks';
import { brokenRules, LEAST_PASSWORD, PASSWORD_RULES, suggestedPassword } from './credentials.ts';
import { PasswordInput } from './password-input.tsx';
import type { Words } from './words.ts';

export interface TwicePassword {
  readonly password: string;
  readonly again: string;
}

interface PasswordFieldsProps {
  readonly label: string;
  readonly typed: TwicePassword;
  /** Whether one may be suggested, to be handed on to somebody else. */
  readonly suggestion?: 'offered';
  readonly need?: 'optional';
  readonly words: Words;
  readonly onInput: (typed: TwicePassword) => void;
}

export function PasswordFields(props: PasswordFieldsProps) {
  const { label, typed, suggestion, need, words, onInput } = props;
  const { people: say } = words;
  const rules = useId();
  const [look, setLook] = useState<'hidden' | 'shown'>('hidden');
  const shared = {
    autocomplete: 'new-password',
    look,
    describedBy: rules,
    ...(need && { need }),
  } as const;

  function suggest(): void {
    const password = suggestedPassword(crypto.getRandomValues(new Uint8Array(16)));
    onInput({ password, again: password });
    setLook('shown');
  }
  return (
    <>
      <PasswordInput
        {...shared}
        label={label}
        name="new-password"
        value={typed.password}
        onInput={(password) => onInput({ ...typed, password })}
      />
      <PasswordInput
        {...shared}
        label={say.first.again}
        name="new-password-again"
        value={typed.again}
        onInput={(again) => onInput({ ...typed, again })}
      />
      <LookSwitch look={look} words={words} onLook={setLook} />
      {suggestion && (
        <button type="button" class="switch" onClick={suggest}>
          {say.field.suggest}
        </button>
      )}
      <Rules id={rules} typed={typed} words={words} />
    </>
  );
}

interface LookSwitchProps {
  readonly look: 'hidden' | 'shown';
  readonly words: Words;
  readonly onLook: (look: 'hidden' | 'shown') => void;
}

export function LookSwitch({ look, words: { people }, onLook }: LookSwitchProps) {
  const isShown = look === 'shown';
  return (
    <button
      type="button"
      class="switch"
      aria-pressed={isShown}
      onClick={() => onLook(isShown ? 'hidden' : 'shown')}
    >
      {isShown ? people.signIn.hide : people.signIn.show}
    </button>
  );
}

interface RulesProps {
  readonly id: string;
  readonly typed: TwicePassword;
  readonly words: Words;
}

function Rules({ id, typed, words: { people: say } }: RulesProps) {
  const broken = brokenRules(typed.password, typed.again);
  return (
    <ul id={id} class="rules" aria-label={say.first.rules}>
      {PASSWORD_RULES.map((rule) => {
        const state = broken.includes(rule) ? 'open' : 'kept';
        return (
          <li key={rule} class={`rule rule--${state}`}>
            <span aria-hidden="true">{state === 'kept' ? '✓' : '○'}</span>{' '}
            {rule === 'short' ? say.rule.short(LEAST_PASSWORD) : say.rule.same}
            <span class="unseen">, {say.rule[state]}</span>
          </li>
        );
      })}
    </ul>
  );
}
