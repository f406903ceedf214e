// Which question about a person is open on top of the list.
import type { PersonView } from '../../gateway/api/schemas.ts';
import { newKey, tell } from '../shared/gateway.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { statePath } from './paths.ts';
import { PersonDialog } from './person-dialog.tsx';
import { ReachDialog } from './reach-dialog.tsx';
import type { Sight } from './sight.ts';

export type Asking =
  | { readonly what: 'add' }
  | {
      readonly what: 'change' | 'reach' | 'password' | 'disable' | 'enable';
      readonly person: PersonView;
    };

interface PeopleDialogsProps {
  readonly asking: Asking;
  readonly people: readonly PersonView[];
  readonly sight: Sight;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function PeopleDialogs({ asking, people, ...shared }: PeopleDialogsProps) {
  const say = shared.sight.words.people.list;
  switch (asking.what) {
    case 'add':
      return <PersonDialog person={undefined} people={people} {...shared} />;
    case 'change':
      return <PersonDialog person={asking.person} people={people} {...shared} />;
    case 'reach':
      return <ReachDialog person={asking.person} {...shared} />;
    case 'password':
      return <PasswordDialog person={asking.person} {...shared} />;
    case 'disable':
    case 'enable': {
      const { what, person } = asking;
      const isEnd = what === 'disable';
      return (
        <ConfirmDialog
          title={isEnd ? say.disableOf(person.name) : say.enableOf(person.name)}
          note={isEnd ? say.disableNote : say.enableNote}
          send={say[what]}
          attempt={() => tell({ path: statePath(person.id, what), body: {}, key: newKey() })}
          {...shared}
        />
      );
    }
  }
}
