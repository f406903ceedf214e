// Who works here, as everything but the sign-in knows a person: no password, no token.
// People are records of the log like all else that routing depends on, so that a replay routes the
// same ticket to the same hands.
import type { DailySpan } from './asset.ts';
import type { Reach } from './reach.ts';
import { ROLES, type Team } from './ticket.ts';

/** A sign-in name: what history says an action was done by. */
export type PersonId = string;
/** Residents have no account, and a display is a token of its station. */
export type PersonRole = Exclude<(typeof ROLES)[number], 'resident' | 'display'>;
export const PERSON_ROLES: readonly PersonRole[] = ROLES.filter(
  (role): role is PersonRole => role !== 'resident' && role !== 'display',
);

export interface Person {
  readonly id: PersonId;
  /** As people call them. */
  readonly name: string;
  readonly role: PersonRole;
  readonly teams: readonly Team[];
  /** In a steward's charge, or an area head's: buildings by their ids in the site file. */
  readonly buildings: readonly string[];
  /** When they take what their teams are given; empty: whenever. In the site's hours. */
  readonly duty: readonly DailySpan[];
  /** The next person up, who hears of what is late. */
  readonly above?: PersonId;
  /** Absent: by nobody but the groups that they are in. */
  readonly reach?: readonly Reach[];
  /** Disabled: may not sign in and is given nothing; what they did keeps their name. */
  readonly state: 'active' | 'disabled';
}

/** Whom history names for what no person did, or nobody known: nobody may sign in as one of them. */
const NOT_PERSONS = ['local', 'command', 'nobody', 'sensor', 'gateway', 'rule'];

/** A role's own name stands for whoever is in it, so nobody in another one may bear it. */
export const mayBeName = (id: PersonId, role: PersonRole): boolean =>
  !NOT_PERSONS.includes(id) && (id === role || !(ROLES as readonly string[]).includes(id));

/** Whether one in the role `maker` may hand the role out: roles are no ladder but for its top. */
export function mayGrant(maker: PersonRole, role: PersonRole): boolean {
  if (maker === 'admin') return true;
  return maker === role || (maker === 'manager' && role !== 'admin');
}
