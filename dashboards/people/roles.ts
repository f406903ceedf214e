// The roles and teams that people may have, and who may hand out which. The gateway decides; a choice
// that it would refuse is not offered.
import type { PersonView } from '../../gateway/api/schemas.ts';

type PersonRole = PersonView['role'];
type Team = PersonView['teams'][number];

export const PERSON_ROLES: readonly PersonRole[] = [
  'engineer',
  'cleaner',
  'steward',
  'volunteer',
  'committee',
  'reviewer',
  'manager',
  'admin',
];

export const TEAMS: readonly Team[] = ['cleaners', 'engineers', 'stewards', 'managers'];

/** Roles are no ladder but for its top. */
export function rolesGrantedBy(maker: string): readonly PersonRole[] {
  if (maker === 'admin') return PERSON_ROLES;
  if (maker === 'manager') return PERSON_ROLES.filter((role) => role !== 'admin');
  return PERSON_ROLES.filter((role) => role === maker);
}
