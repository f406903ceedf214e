// Whose business a ticket is, or an alarm that has none: of a group by its role or team, of a person
// by what they were given, what is late below them, and what their team has while they are on duty.
// Pure: the same ticket and the same book of people always concern the same readers.
import { isActive, type Alarm } from '../../domain/alarm.ts';
import type { Person, PersonRole } from '../../domain/person.ts';
import type { Reader } from '../../domain/reader.ts';
import type { Team, Ticket } from '../../domain/ticket.ts';
import { mayBeGiven } from '../../tickets/routing.ts';

/**
 * `work`: it is theirs, or their group's, to see done · `given`: to them by name · `late`: they are
 * the next one up · `duty`: nobody's yet, and their team's while they are on duty · `step`: it waits
 * for their judgement.
 */
export type Concern = 'work' | 'given' | 'late' | 'duty' | 'step';

export interface People {
  get(id: string): Person | undefined;
}

export function ticketConcern(reader: Reader, ticket: Ticket, people: People): Concern | undefined {
  const { who } = reader;
  const concern =
    who.kind === 'person'
      ? personally(people.get(who.person), ticket)
      : who.kind === 'team'
        ? ofTeam(who.team, ticket)
        : ofRole(who.role, ticket);
  // Whoever stands above hears of what is late, whatever else they want to hear.
  return concern === 'late' || (concern && wants(reader, ticket)) ? concern : undefined;
}

const wants = ({ severities, categories }: Reader, { severity, category }: Ticket): boolean =>
  (severities?.includes(severity) ?? true) && (categories?.includes(category) ?? true);

/** Somebody still has to mend it, or its sensor still has to agree that it was mended. */
const isOutstanding = ({ state, parkedUntil }: Ticket): boolean =>
  state === 'raised' || state === 'answered' || parkedUntil !== undefined;

const ofTeam = (team: Team, ticket: Ticket): Concern | undefined =>
  ticket.team === team && isOutstanding(ticket) ? 'work' : undefined;

const TEAM_OF: Readonly<Partial<Record<PersonRole, Team>>> = {
  cleaner: 'cleaners',
  engineer: 'engineers',
  steward: 'stewards',
};

function ofRole(role: PersonRole, ticket: Ticket): Concern | undefined {
  if (isLateFor(role, ticket)) return 'late';
  const team = TEAM_OF[role];
  if (team) return ofTeam(team, ticket);
  if (role === 'manager' || role === 'admin') return isOutstanding(ticket) ? 'work' : undefined;
  return isStepOf(role, ticket) ? 'step' : undefined;
}

const isLateFor = (who: string, { escalated, escalatedTo }: Ticket): boolean =>
  escalated !== undefined && escalatedTo === who;

function isStepOf(role: PersonRole, { state, route, parkedUntil }: Ticket): boolean {
  if (role === 'committee')
    return state === 'rectified' && route === 'full' && parkedUntil === undefined;
  return role === 'reviewer' && state === 'inspected';
}

function personally(person: Person | undefined, ticket: Ticket): Concern | undefined {
  if (person?.state !== 'active') return undefined;
  if (isLateFor(person.id, ticket) || isLateFor(person.role, ticket)) return 'late';
  if (isStepOf(person.role, ticket)) return 'step';
  if (!isOutstanding(ticket)) return undefined;
  if (ticket.assignee !== undefined) return ticket.assignee === person.id ? 'given' : undefined;
  return mayBeGiven(person, ticket.team) ? 'duty' : undefined;
}

/** What is grave and opens no ticket: somebody should know all the same. */
export function alarmConcern(reader: Reader, alarm: Alarm, people: People): Concern | undefined {
  if (!isUnattended(alarm) || !(reader.severities?.includes(alarm.severity) ?? true))
    return undefined;
  const { who } = reader;
  if (who.kind === 'team') return who.team === 'engineers' ? 'work' : undefined;
  if (who.kind === 'role') return ALARMED.includes(who.role) ? 'work' : undefined;
  const person = people.get(who.person);
  return person && mayBeGiven(person, 'engineers') ? 'duty' : undefined;
}

const ALARMED: readonly PersonRole[] = ['engineer', 'manager', 'admin'];

const isUnattended = (alarm: Alarm): boolean =>
  isActive(alarm) &&
  alarm.severity === 'high' &&
  alarm.ticket === undefined &&
  alarm.untold === undefined &&
  alarm.incident === undefined &&
  alarm.explainedBy === undefined &&
  alarm.state.startsWith('active');
