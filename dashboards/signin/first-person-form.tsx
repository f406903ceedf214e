// Where nobody has an account yet: the first one, an admin's. Whoever makes it is signed in with it.
import { useState } from 'preact/hooks';
import type { FirstPerson, SessionView } from '../../gateway/api/schemas.ts';
import { brokenRules, isSignInName } from '../shared/credentials.ts';
import { newKey, tell, type Outcome } from '../shared/gateway.ts';
import { PasswordFields, type TwicePassword } from '../shared/password-fields.tsx';
import { SignInNameField } from '../shared/sign-in-name-field.tsx';
import { TextInput } from '../shared/text-input.tsx';
import type { Words } from '../shared/words.ts';

interface FirstPersonFormProps {
  readonly words: Words;
  readonly onDone: () => void;
}

export function FirstPersonForm({ words, onDone }: FirstPersonFormProps) {
  const say = words.people.first;
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const [typed, setTyped] = useState<TwicePassword>({ password: '', again: '' });
  const [busy, setBusy] = useState<'sending' | 'idle'>('idle');
  const [notice, setNotice] = useState('');
  const isReady = isWhole(id, name, typed);

  async function send(): Promise<void> {
    setBusy('sending');
    const outcome = await makeFirst({ id, name: name.trim(), password: typed.password });
    setBusy('idle');
    if (outcome.ok) onDone();
    else setNotice(whyNot(outcome, words));
  }

  return (
    <form
      class="door__form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && busy === 'idle') void send();
      }}
    >
      <h1 class="door__title">{say.title}</h1>
      <p class="door__why">{say.why}</p>
      <SignInNameField id={id} label={say.name} hint={say.nameHint} onInput={setId} />
      <TextInput
        label={say.called}
        name="name"
        autocomplete="name"
        maxLength={60}
        value={name}
        onInput={setName}
      />
      <PasswordFields label={say.password} typed={typed} words={words} onInput={setTyped} />
      <p class="notice" role="alert">
        {notice}
      </p>
      <button
        type="submit"
        class="button button--main door__send"
        disabled={!isReady || busy === 'sending'}
      >
        {say.send}
      </button>
    </form>
  );
}

const makeFirst = (body: FirstPerson): Promise<Outcome<SessionView>> =>
  tell({ path: '/api/v1/first-person', body, key: newKey() });

const isWhole = (id: string, name: string, { password, again }: TwicePassword): boolean =>
  isSignInName(id) && name.trim() !== '' && brokenRules(password, again).length === 0;

function whyNot(outcome: Extract<Outcome<unknown>, { ok: false }>, words: Words): string {
  return outcome.status === 0 ? words.people.signIn.away : outcome.detail || outcome.title;
}
