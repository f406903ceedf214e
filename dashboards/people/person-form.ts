// What the form about a person holds while it is being filled, and what it becomes: pure.
import type { PersonChange, PersonView } from '../../gateway/api/schemas.ts';
import { isSignInName } from '../shared/credentials.ts';

export type Duty = PersonView['duty'][number];

export interface Draft {
  readonly id: string;
  readonly name: string;
  readonly role: PersonView['role'];
  readonly teams: readonly PersonView['teams'][number][];
  /** As typed: ids with commas between. */
  readonly buildings: string;
  readonly duty: readonly Duty[];
  /** Empty: nobody. */
  readonly above: string;
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const NOBODY_YET: Draft = {
  id: '',
  name: '',
  role: 'engineer',
  teams: [],
  buildings: '',
  duty: [],
  above: '',
};

export const NEW_DUTY: Duty = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '08:00',
  to: '18:00',
};

export const draftOf = (person: PersonView): Draft => ({
  id: person.id,
  name: person.name,
  role: person.role,
  teams: person.teams,
  buildings: person.buildings.join(', '),
  duty: person.duty,
  above: person.above ?? '',
});

/** Commas of either script, and line ends; each building once. */
export const buildingsIn = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[,，、;；\s]+/)
      .map((id) => id.trim())
      .filter(Boolean),
  ),
];

/** What is sent of a person; the id and the password go where they are new. */
export const detailsOf = ({ name, role, teams, buildings, duty, above }: Draft): PersonChange => ({
  name: name.trim(),
  role,
  teams: [...teams],
  buildings: buildingsIn(buildings),
  duty: [...duty],
  ...(above === '' ? {} : { above }),
});

/** In the order of the week, whichever order they were touched in. */
export function toggled(days: readonly string[], day: Weekday): Weekday[] {
  return WEEKDAYS.filter((one) => (one === day ? !days.includes(one) : days.includes(one)));
}

const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

export const isWholeDuty = ({ days, from, to }: Duty): boolean =>
  days.length > 0 && CLOCK.test(from) && CLOCK.test(to) && from !== to;

export const isFilledDraft = (draft: Draft): boolean =>
  isSignInName(draft.id) && draft.name.trim() !== '' && draft.duty.every(isWholeDuty);
