// Who works here, as everything but the sign-in knows a person: no password, no token.
// People are records of the log like all else that routing depends on, so that a replay routes the
// same ticket to the same hands.
import type { DailySpan } from './asset.ts';
import type { ROLES, Team } from './ticket.ts';

/** A sign-in name: what history says an action was done by. */
export type PersonId = string;
/** Residents have no account, and a display is a token of its station. */
export type PersonRole = Exclude<(typeof ROLES)[number], 'resident' | 'display'>;

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
  /** Disabled: may not sign in and is given nothing; what they did keeps their name. */
  readonly state: 'active' | 'disabled';
}
