// What needs a person: open tickets, and alarms that no ticket speaks for. A smaller alarm that a
// bigger one explains is not work of its own.
import type { AlarmView, TicketView } from '../../gateway/api/schemas.ts';

export const FILTERS = ['unacknowledged', 'working', 'all'] as const;
export type Filter = (typeof FILTERS)[number];

export type Work =
  | { readonly kind: 'ticket'; readonly id: string; readonly ticket: TicketView }
  | { readonly kind: 'alarm'; readonly id: string; readonly alarm: AlarmView };

const ENDED: readonly TicketView['state'][] = ['closed', 'declined', 'merged'];
export const isEnded = (ticket: TicketView): boolean => ENDED.includes(ticket.state);

/** Everything open, the most pressing first. */
export function workOf(tickets: Iterable<TicketView>, alarms: Iterable<AlarmView>): Work[] {
  const open = [...tickets]
    .filter((ticket) => !isEnded(ticket))
    .map((ticket): Work => ({ kind: 'ticket', id: ticket.id, ticket }));
  const lone = [...alarms]
    .filter((alarm) => alarm.state !== 'normal')
    .filter((alarm) => alarm.ticket === undefined && alarm.explainedBy === undefined)
    .map((alarm): Work => ({ kind: 'alarm', id: alarm.id, alarm }));
  return [...open, ...lone].sort(byPressure);
}

export function passes(filter: Filter, work: Work): boolean {
  if (filter === 'all') return true;
  return stageOf(work) === filter;
}

function stageOf(work: Work): Filter {
  if (work.kind === 'ticket') return work.ticket.state === 'raised' ? 'unacknowledged' : 'working';
  if (work.alarm.state === 'shelved') return 'all';
  return work.alarm.state === 'active-acknowledged' ? 'working' : 'unacknowledged';
}

const SEVERITIES: readonly AlarmView['severity'][] = ['high', 'medium', 'low'];
const severityOf = (work: Work): number =>
  SEVERITIES.indexOf(work.kind === 'ticket' ? work.ticket.severity : work.alarm.severity);
const dueOf = (work: Work): number =>
  work.kind === 'ticket' && work.ticket.dueAt ? Date.parse(work.ticket.dueAt) : Infinity;
export const raisedAtOf = (work: Work): number =>
  Date.parse(work.kind === 'ticket' ? work.ticket.raisedAt : work.alarm.raisedAt);

/** By what is left of its time, then by how bad it is, then by how long it has stood. */
function byPressure(one: Work, other: Work): number {
  const [due, otherDue] = [dueOf(one), dueOf(other)];
  if (due !== otherDue) return due < otherDue ? -1 : 1;
  return severityOf(one) - severityOf(other) || raisedAtOf(one) - raisedAtOf(other);
}
