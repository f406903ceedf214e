// A new password for somebody who forgot theirs: one may be suggested, to be read out to them.
import { useState } from 'preact/hooks';
import type { PersonView } from '../../gateway/api/schemas.ts';
import { brokenRules } from '../shared/credentials.ts';
import { newKey, tell } from '../shared/gateway.ts';
import { PasswordFields, type TwicePassword } from '../shared/password-fields.tsx';
import { Dialog } from './dialog.tsx';
import { passwordPath } from './paths.ts';
import type { Sight } from './sight.ts';
import { useDeed } from './use-deed.ts';

interface PasswordDialogProps {
  readonly person: PersonView;
  readonly sight: Sight;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function PasswordDialog({ person, sight, onDone, onClose }: PasswordDialogProps) {
  const { words } = sight;
  const say = words.people;
  const deed = useDeed(sight);
  const [typed, setTyped] = useState<TwicePassword>({ password: '', again: '' });
  const isGood = brokenRules(typed.password, typed.again).length === 0;
  const path = passwordPath(person.id);
  const send = () => tell({ path, body: { password: typed.password }, key: newKey() });
  return (
    <Dialog
      title={say.list.passwordOf(person.name)}
      send={say.list.password}
      ready={isGood ? 'yes' : 'no'}
      deed={deed}
      words={words}
      onSend={() => void deed.run(send, onDone)}
      onClose={onClose}
    >
      <p class="dialog__note">{say.list.passwordNote}</p>
      <PasswordFields
        label={say.field.newPassword}
        typed={typed}
        suggestion="offered"
        words={words}
        onInput={setTyped}
      />
    </Dialog>
  );
}
