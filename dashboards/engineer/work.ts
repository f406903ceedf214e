// What needs a person: open tickets, and alarms that no ticket speaks for. A smaller alarm that a
// bigger one explains, or that came in a flood, is not work of its own.
import type { AlarmView, TicketView } from '../../gateway/api/schemas.ts';
import { isUnseen } from './alarm-look.ts';
import { isOverdue } from './time-left.ts';

export const FILTERS = ['mine', 'team', 'unacknowledged', 'overdue', 'waiting', 'all'] as const;
export type Filter = (typeof FILTERS)[number];

/** Through whose eyes, and when. */
export interface Onlooker {
  /** Their sign-in name; none before there are accounts. */
  readonly id?: string;
  readonly role: string;
  readonly now: number;
}

export type Work =
  | { readonly kind: 'ticket'; readonly id: string; readonly ticket: TicketView }
  | { readonly kind: 'alarm'; readonly id: string; readonly alarm: AlarmView };

const ENDED: readonly TicketView['state'][] = ['closed', 'declined', 'merged'];
export const isEnded = (ticket: TicketView): boolean => ENDED.includes(ticket.state);

export const ticketWork = (ticket: TicketView): Work => ({
  kind: 'ticket',
  id: ticket.id,
  ticket,
});

/** What is over, and what somebody has set aside: it is found among the alarms. */
const ASIDE: readonly AlarmView['state'][] = ['normal', 'shelved', 'suppressed', 'out-of-service'];

/** Everything open, the most pressing first. */
export function workOf(tickets: Iterable<TicketView>, alarms: Iterable<AlarmView>): Work[] {
  const open = [...tickets].filter((ticket) => !isEnded(ticket)).map(ticketWork);
  const lone = [...alarms]
    .filter((alarm) => !ASIDE.includes(alarm.state))
    .filter((alarm) => alarm.ticket === undefined && alarm.explainedBy === undefined)
    .filter((alarm) => alarm.incident === undefined || alarm.incident === alarm.id)
    .map((alarm): Work => ({ kind: 'alarm', id: alarm.id, alarm }));
  return [...open, ...lone].sort(byPressure);
}

export function passes(filter: Filter, work: Work, { id, role, now }: Onlooker): boolean {
  const ticket = work.kind === 'ticket' ? work.ticket : undefined;
  switch (filter) {
    case 'all':
      return true;
    case 'mine':
      return id !== undefined && (ticket?.assignee === id || ticket?.raisedBy === id);
    case 'team':
      return isForRole(work, role);
    case 'unacknowledged':
      return work.kind === 'ticket' ? work.ticket.state === 'raised' : isUnseen(work.alarm);
    case 'overdue':
      return ticket !== undefined && isOverdue(ticket, now);
    case 'waiting':
      return ticket?.waiting !== undefined || ticket?.parkedUntil !== undefined;
  }
}

const TEAMS: Readonly<Record<string, TicketView['team']>> = {
  cleaner: 'cleaners',
  steward: 'stewards',
  engineer: 'engineers',
  manager: 'managers',
};
/** Who judges has no team: theirs is what stands before their step. */
const BEFORE: Readonly<Record<string, TicketView['state']>> = {
  committee: 'rectified',
  reviewer: 'inspected',
};
/** Of alarms that no ticket speaks for nobody else takes care. */
const MINDS_ALARMS: readonly string[] = ['engineer', 'manager', 'admin'];

function isForRole(work: Work, role: string): boolean {
  if (work.kind === 'alarm') return MINDS_ALARMS.includes(role);
  const { ticket } = work;
  const before = BEFORE[role];
  if (before === undefined) return ticket.team === TEAMS[role];
  return ticket.state === before && ticket.route === 'full' && ticket.parkedUntil === undefined;
}

/** Those that can hold anything for this role; the first is what they see first. */
export function filtersFor({ id, role }: Pick<Onlooker, 'id' | 'role'>): readonly Filter[] {
  return FILTERS.filter((filter) => {
    if (filter === 'mine') return id !== undefined;
    return filter !== 'team' || role in TEAMS || role in BEFORE;
  });
}

const SEVERITIES: readonly AlarmView['severity'][] = ['high', 'medium', 'low'];
const severityOf = (work: Work): number =>
  SEVERITIES.indexOf(work.kind === 'ticket' ? work.ticket.severity : work.alarm.severity);
/** A ticket whose time stands still is not pressing. */
const dueOf = (work: Work): number =>
  work.kind === 'ticket' && work.ticket.dueAt && !work.ticket.waiting
    ? Date.parse(work.ticket.dueAt)
    : Infinity;
export const raisedAtOf = (work: Work): number =>
  Date.parse(work.kind === 'ticket' ? work.ticket.raisedAt : work.alarm.raisedAt);

/** By what is left of its time, then by how bad it is, then by how long it has stood. */
export function byPressure(one: Work, other: Work): number {
  const [due, otherDue] = [dueOf(one), dueOf(other)];
  if (due !== otherDue) return due < otherDue ? -1 : 1;
  return severityOf(one) - severityOf(other) || raisedAtOf(one) - raisedAtOf(other);
}
