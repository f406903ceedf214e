// What is known of a person besides name and password for signing in: what they do, where, when, and
// who is next up.
import type { PersonView } from '../../gateway/api/schemas.ts';
import { TextInput } from '../shared/text-input.tsx';
import { DutyFields } from './duty-fields.tsx';
import type { Draft } from './person-form.ts';
import { rolesGrantedBy, TEAMS } from './roles.ts';
import type { Sight } from './sight.ts';

interface PersonFieldsProps {
  readonly draft: Draft;
  readonly people: readonly PersonView[];
  readonly sight: Sight;
  readonly onDraft: (draft: Draft) => void;
}

export function PersonFields({ draft, people, sight, onDraft }: PersonFieldsProps) {
  const { words } = sight;
  const say = words.people.field;
  return (
    <>
      <TextInput
        label={say.name}
        name="name"
        autocomplete="off"
        maxLength={60}
        value={draft.name}
        onInput={(name) => onDraft({ ...draft, name })}
      />
      <RoleField draft={draft} sight={sight} onDraft={onDraft} />
      <TeamFields draft={draft} sight={sight} onDraft={onDraft} />
      <DutyFields duty={draft.duty} words={words} onDuty={(duty) => onDraft({ ...draft, duty })} />
      <div class="field">
        <label>
          <span class="field__name">{say.buildings}</span>
          <input
            class="field__input"
            name="buildings"
            autocomplete="off"
            value={draft.buildings}
            aria-describedby="buildings-hint"
            onInput={(event) => onDraft({ ...draft, buildings: event.currentTarget.value })}
          />
        </label>
        <span id="buildings-hint" class="field__hint">
          {say.buildingsHint}
        </span>
      </div>
      <AboveField draft={draft} people={people} sight={sight} onDraft={onDraft} />
    </>
  );
}

type PartProps = Omit<PersonFieldsProps, 'people'>;

function RoleField({ draft, sight: { words, standing }, onDraft }: PartProps) {
  const granted = rolesGrantedBy(standing.state === 'in' ? standing.who.role : '');
  // What somebody has already is shown even where one may not hand it out.
  const roles = granted.includes(draft.role) ? granted : [draft.role, ...granted];
  return (
    <label class="field">
      <span class="field__name">{words.people.field.role}</span>
      <select
        class="field__input"
        name="role"
        value={draft.role}
        onChange={(event) => {
          const role = roles.find((one) => one === event.currentTarget.value);
          if (role) onDraft({ ...draft, role });
        }}
      >
        {roles.map((role) => (
          <option key={role} value={role}>
            {words.role[role]}
          </option>
        ))}
      </select>
    </label>
  );
}

function TeamFields({ draft, sight: { words }, onDraft }: PartProps) {
  return (
    <fieldset class="field choices">
      <legend class="field__name">{words.people.field.teams}</legend>
      {TEAMS.map((team) => (
        <label key={team} class="choice">
          <input
            type="checkbox"
            name="teams"
            value={team}
            checked={draft.teams.includes(team)}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              const teams = TEAMS.filter((one) =>
                one === team ? checked : draft.teams.includes(one),
              );
              onDraft({ ...draft, teams });
            }}
          />{' '}
          {words.team[team]}
        </label>
      ))}
    </fieldset>
  );
}

function AboveField({ draft, people, sight: { words }, onDraft }: PersonFieldsProps) {
  const say = words.people.field;
  const others = people.filter(({ id, state }) => id !== draft.id && state === 'active');
  return (
    <label class="field">
      <span class="field__name">{say.above}</span>
      <select
        class="field__input"
        name="above"
        value={draft.above}
        onChange={(event) => onDraft({ ...draft, above: event.currentTarget.value })}
      >
        <option value="">{say.nobody}</option>
        {others.map(({ id, name, role }) => (
          <option key={id} value={id}>
            {name} · {words.role[role]}
          </option>
        ))}
      </select>
    </label>
  );
}
