// Changing one's own password: with the present one, so that a page left open is not enough.
import { useState } from 'preact/hooks';
import { brokenRules } from '../shared/credentials.ts';
import { newKey, tell } from '../shared/gateway.ts';
import { PasswordFields, type TwicePassword } from '../shared/password-fields.tsx';
import { PasswordInput } from '../shared/password-input.tsx';
import { passwordPath } from './paths.ts';
import type { Sight } from './sight.ts';
import { useDeed } from './use-deed.ts';

interface MyPasswordProps {
  readonly id: string;
  readonly sight: Sight;
  readonly onDone: () => void;
}

const NOTHING: TwicePassword = { password: '', again: '' };

export function MyPassword(props: MyPasswordProps) {
  const { id, sight } = props;
  const { words } = sight;
  const say = words.people;
  const { old, setOld, typed, setTyped, deed, isReady, isDone, send } = useChange(props);
  return (
    <form
      class="panel"
      aria-labelledby="my-password"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void send();
      }}
    >
      <h2 id="my-password" class="panel__title">
        {say.me.password}
      </h2>
      <OwnName id={id} />
      <PasswordInput
        label={say.field.oldPassword}
        name="password"
        autocomplete="current-password"
        value={old}
        look="hidden"
        onInput={setOld}
      />
      <PasswordFields
        label={say.field.newPassword}
        typed={typed}
        words={words}
        onInput={setTyped}
      />
      <p class="notice" role="alert">
        {deed.notice}
      </p>
      <p role="status">{isDone && `✓ ${say.me.passwordDone}`}</p>
      <button
        type="submit"
        class="button button--main"
        disabled={!isReady || deed.busy === 'sending'}
      >
        {say.me.password}
      </button>
    </form>
  );
}

/** For password managers, which look for whose it is. */
function OwnName({ id }: { id: string }) {
  return (
    <input
      class="unseen"
      name="username"
      autocomplete="username"
      value={id}
      readOnly
      tabIndex={-1}
      aria-hidden="true"
    />
  );
}

function useChange({ id, sight, onDone }: MyPasswordProps) {
  const deed = useDeed(sight);
  const [old, setOld] = useState('');
  const [typed, setTyped] = useState(NOTHING);
  const [isDone, setDone] = useState(false);
  const isReady = old !== '' && brokenRules(typed.password, typed.again).length === 0;
  function send(): Promise<void> {
    setDone(false);
    const body = { old, password: typed.password };
    return deed.run(
      () => tell({ path: passwordPath(id), body, key: newKey() }),
      () => {
        setOld('');
        setTyped(NOTHING);
        setDone(true);
        onDone();
      },
    );
  }
  return { old, setOld, typed, setTyped, deed, isReady, isDone, send };
}
