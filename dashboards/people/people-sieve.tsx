// What of the list is asked for: a few letters of a name or a building, a role, a state.
import type { Words } from '../shared/words.ts';
import { PERSON_ROLES } from './roles.ts';
import type { Sieve } from './sift.ts';

interface PeopleSieveProps {
  readonly sieve: Sieve;
  readonly words: Words;
  readonly onSieve: (sieve: Sieve) => void;
}

export function PeopleSieve({ sieve, words, onSieve }: PeopleSieveProps) {
  const say = words.people.list;
  return (
    <div class="sieve" role="search" aria-label={say.filter}>
      <input
        class="field__input"
        type="search"
        aria-label={say.search}
        placeholder={say.search}
        value={sieve.text}
        onInput={(event) => onSieve({ ...sieve, text: event.currentTarget.value })}
      />
      <select
        class="field__input"
        aria-label={say.columns.role}
        value={sieve.role}
        onChange={(event) => onSieve({ ...sieve, role: event.currentTarget.value })}
      >
        <option value="">{say.anyRole}</option>
        {PERSON_ROLES.map((role) => (
          <option key={role} value={role}>
            {words.role[role]}
          </option>
        ))}
      </select>
      <select
        class="field__input"
        aria-label={say.columns.state}
        value={sieve.state}
        onChange={(event) => onSieve({ ...sieve, state: event.currentTarget.value })}
      >
        <option value="">{say.anyState}</option>
        <option value="active">{say.state.active}</option>
        <option value="disabled">{say.state.disabled}</option>
      </select>
    </div>
  );
}
