// One person: a card on a phone, a line with columns on a desk. The facts carry their names in either,
// for who listens to the page.
import type { ComponentChildren } from 'preact';
import type { PersonView } from '../../gateway/api/schemas.ts';
import type { Words } from '../shared/words.ts';
import { dutyText } from './duty-words.ts';
import type { Asking } from './people-dialogs.tsx';
import { rolesGrantedBy } from './roles.ts';
import { mayDo, sinceText, type Sight } from './sight.ts';

const COLUMNS = ['role', 'teams', 'duty', 'buildings', 'seen', 'state'] as const;

export function RowHead({ words }: { words: Words }) {
  const { columns } = words.people.list;
  return (
    <p class="person person--head" aria-hidden="true">
      <span>{columns.name}</span>
      {COLUMNS.map((column) => (
        <span key={column}>{columns[column]}</span>
      ))}
      <span>{columns.actions}</span>
    </p>
  );
}

interface PersonRowProps {
  readonly person: PersonView;
  readonly sight: Sight;
  readonly onAsk: (asking: Asking) => void;
}

export function PersonRow({ person, sight, onAsk }: PersonRowProps) {
  const { words, standing } = sight;
  const say = words.people.list;
  const isOwn = standing.state === 'in' && standing.who.id === person.id;
  const facts: Record<(typeof COLUMNS)[number], ComponentChildren> = {
    role: words.role[person.role],
    teams: person.teams.map((team) => words.team[team]).join(words.people.separator),
    duty: dutyText(person.duty, words),
    buildings: person.buildings.join(', '),
    seen: seenText(person, sight),
    state: say.state[person.state],
  };
  return (
    <li class={`person person--${person.state}`} data-person={person.id}>
      <p class="person__name">
        <b>{person.name}</b> {isOwn && <span class="person__you">{say.you}</span>}
        <span class="person__id">{person.id}</span>
      </p>
      <dl class="person__facts">
        {COLUMNS.map((column) => (
          <div
            key={column}
            class={`person__fact person__fact--${column}${facts[column] === '' ? ' person__fact--none' : ''}`}
          >
            <dt>{say.columns[column]}</dt>
            <dd>{facts[column] === '' ? words.unknown : facts[column]}</dd>
          </div>
        ))}
      </dl>
      <Actions person={person} sight={sight} onAsk={onAsk} />
    </li>
  );
}

/** The gateway lets a manager do it for those whose roster they keep. */
const mayKeep = (role: string | undefined, of: PersonView['role']): boolean =>
  rolesGrantedBy(role ?? '').includes(of);

function seenText({ usedAt, hasPassword }: PersonView, sight: Sight): string {
  const say = sight.words.people.list;
  if (!hasPassword) return say.noPassword;
  return usedAt === undefined ? say.never : sinceText(sight, usedAt);
}

interface Offer {
  readonly what: Exclude<Asking['what'], 'add'>;
  readonly word: string;
  readonly may: boolean;
}

function Actions({ person, sight, onAsk }: PersonRowProps) {
  const { words, standing } = sight;
  const say = words.people.list;
  const who = standing.state === 'in' ? standing.who : undefined;
  const isOwn = who?.id === person.id;
  const offered: readonly Offer[] = [
    { what: 'change', word: say.change, may: mayDo(sight, 'changePerson') },
    {
      what: 'reach',
      word: say.reach,
      may: mayDo(sight, 'setReach') && mayKeep(who?.role, person.role) && !isOwn,
    },
    { what: 'password', word: say.password, may: who?.role === 'admin' && !isOwn },
    person.state === 'active'
      ? { what: 'disable', word: say.disable, may: mayDo(sight, 'disablePerson') && !isOwn }
      : { what: 'enable', word: say.enable, may: mayDo(sight, 'enablePerson') },
  ];
  return (
    <p class="person__actions">
      {offered
        .filter(({ may }) => may)
        .map(({ what, word }) => (
          <button
            key={what}
            type="button"
            class="switch"
            aria-label={`${word}: ${person.name}`}
            onClick={() => onAsk({ what, person })}
          >
            {word}
          </button>
        ))}
    </p>
  );
}
