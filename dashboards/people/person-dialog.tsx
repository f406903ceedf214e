// Adds a person, or changes what is known of one. The sign-in name stands in every history line and so
// is chosen once.
import { useState } from 'preact/hooks';
import type { PersonView } from '../../gateway/api/schemas.ts';
import { brokenRules } from '../shared/credentials.ts';
import { newKey, tell, type Command } from '../shared/gateway.ts';
import { PasswordFields, type TwicePassword } from '../shared/password-fields.tsx';
import { Dialog } from './dialog.tsx';
import { PEOPLE, personPath } from './paths.ts';
import { detailsOf, draftOf, isFilledDraft, NOBODY_YET, type Draft } from './person-form.ts';
import { PersonFields } from './person-fields.tsx';
import { SignInNameField } from '../shared/sign-in-name-field.tsx';
import type { Sight } from './sight.ts';
import { useDeed } from './use-deed.ts';

interface PersonDialogProps {
  /** Nobody: a new one. */
  readonly person: PersonView | undefined;
  readonly people: readonly PersonView[];
  readonly sight: Sight;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const NO_PASSWORD: TwicePassword = { password: '', again: '' };

export function PersonDialog({ person, people, sight, onDone, onClose }: PersonDialogProps) {
  const { words } = sight;
  const say = words.people;
  const deed = useDeed(sight);
  const [draft, setDraft] = useState<Draft>(person ? draftOf(person) : NOBODY_YET);
  const [typed, setTyped] = useState(NO_PASSWORD);
  const isReady = isFilledDraft(draft) && (person !== undefined || isGoodOrNone(typed));
  const [key] = useState(newKey);

  const send = () => tell<PersonView>(commandOf(person, { draft, typed, key }));
  return (
    <Dialog
      title={person ? say.list.changeOf(person.name) : say.list.add}
      send={say.field.save}
      ready={isReady ? 'yes' : 'no'}
      deed={deed}
      words={words}
      onSend={() => void deed.run(send, onDone)}
      onClose={onClose}
    >
      {!person && (
        <SignInNameField
          id={draft.id}
          label={say.field.id}
          hint={say.field.idHint}
          onInput={(id) => setDraft({ ...draft, id })}
        />
      )}
      <PersonFields draft={draft} people={people} sight={sight} onDraft={setDraft} />
      {!person && (
        <PasswordFields
          label={`${say.field.password} · ${say.field.passwordLater}`}
          need="optional"
          typed={typed}
          suggestion="offered"
          words={words}
          onInput={setTyped}
        />
      )}
    </Dialog>
  );
}

/** Without one they are on the rosters, and cannot sign in yet. */
const isGoodOrNone = ({ password, again }: TwicePassword): boolean =>
  password + again === '' || brokenRules(password, again).length === 0;

interface Filled {
  readonly draft: Draft;
  readonly typed: TwicePassword;
  readonly key: string;
}

function commandOf(person: PersonView | undefined, { draft, typed, key }: Filled): Command {
  const details = detailsOf(draft);
  if (person) return { method: 'PUT', path: personPath(person.id), body: { ...details }, key };
  const secret = typed.password === '' ? {} : { password: typed.password };
  return { path: PEOPLE, body: { id: draft.id, ...details, ...secret }, key };
}
