// Name and password, as password managers expect them. A wrong one is said once and the password is
// selected to be typed over; too many wrong ones, and the seconds until the next try count down.
import { useRef, useState } from 'preact/hooks';
import { SESSION, tell, newKey, type Outcome } from '../shared/gateway.ts';
import { LookSwitch } from '../shared/password-fields.tsx';
import { PasswordInput } from '../shared/password-input.tsx';
import { useWaitLeft } from '../shared/wait-left.ts';
import { waitText } from '../shared/wait-text.ts';
import type { Words } from '../shared/words.ts';

interface SignInFormProps {
  readonly words: Words;
  readonly onDone: () => void;
}

type Failed = Extract<Outcome<unknown>, { ok: false }>;

export function SignInForm({ words, onDone }: SignInFormProps) {
  const say = words.people.signIn;
  const [look, setLook] = useState<'hidden' | 'shown'>('hidden');
  const passwordBox = useRef<HTMLInputElement>(null);
  const attempt = useAttempt(onDone, () => passwordBox.current?.select());
  const { name, setName, password, setPassword, busy, left } = attempt;

  return (
    <form
      class="door__form"
      onSubmit={(event) => {
        event.preventDefault();
        if (busy === 'idle' && left === 0) void attempt.send();
      }}
    >
      <h1 class="door__title">{say.title}</h1>
      <NameInput label={say.name} name={name} onInput={setName} />
      <PasswordInput
        label={say.password}
        name="password"
        autocomplete="current-password"
        value={password}
        look={look}
        box={passwordBox}
        onInput={setPassword}
      />
      <LookSwitch look={look} words={words} onLook={setLook} />
      <Notice failed={attempt.failed} left={left} words={words} />
      <button
        type="submit"
        class="button button--main door__send"
        disabled={busy === 'sending' || left > 0}
      >
        {busy === 'sending' ? say.sending : say.send}
      </button>
    </form>
  );
}

function useAttempt(onDone: () => void, onRefused: () => void) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState<'sending' | 'idle'>('idle');
  const [round, setRound] = useState(0);
  const [failed, setFailed] = useState<Failed>();
  const left = useWaitLeft(failed?.waitS, round);

  async function send(): Promise<void> {
    setBusy('sending');
    const body = { name: name.trim(), password };
    const outcome = await tell({ path: SESSION, body, key: newKey() });
    setBusy('idle');
    if (outcome.ok) return onDone();
    setFailed(outcome);
    setRound(round + 1);
    onRefused();
  }
  return { name, setName, password, setPassword, busy, failed, left, send };
}

interface NameInputProps {
  readonly label: string;
  readonly name: string;
  readonly onInput: (name: string) => void;
}

function NameInput({ label, name, onInput }: NameInputProps) {
  return (
    <label class="field">
      <span class="field__name">{label}</span>
      <input
        class="field__input"
        name="username"
        autocomplete="username"
        autocapitalize="off"
        spellcheck={false}
        maxLength={64}
        required
        value={name}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}

interface NoticeProps {
  readonly failed: Failed | undefined;
  readonly left: number;
  readonly words: Words;
}

/** Read out when it begins; the seconds then count for the eye only. */
function Notice({ failed, left, words }: NoticeProps) {
  const say = words.people.signIn;
  if (!failed) return <p class="notice" role="alert" />;
  if (failed.waitS !== undefined && failed.waitS > 0)
    return (
      <p class="notice" role={left > 0 ? 'timer' : 'status'} data-notice="locked">
        {left > 0 ? say.locked(waitText(left, words.time.seconds)) : say.unlocked}
      </p>
    );
  if (failed.status === 401)
    return (
      <p class="notice" role="alert" data-notice="wrong">
        {say.wrong} <span class="notice__next">{say.wrongNext}</span>
      </p>
    );
  return (
    <p class="notice" role="alert" data-notice="failed">
      {failed.status === 0 ? say.away : say.failed}
      {failed.status !== 0 && <span class="notice__next">{failed.detail || failed.title}</span>}
    </p>
  );
}
