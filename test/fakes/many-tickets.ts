// Years of tickets: nearly all ended, a few hundred open, of every team, category and severity.
import { SEVERITIES } from '../../gateway/domain/alarm.ts';
import { CATEGORIES, TEAMS, type Ticket, type TicketState } from '../../gateway/domain/ticket.ts';
import { hours, instant, later, minutes } from '../../gateway/domain/time.ts';
import { openTicket } from '../../gateway/tickets/ticket-book.ts';

const BEGIN = instant(Date.parse('2023-01-01T00:00:00Z'));
const PEOPLE = ['wang', 'li', 'zhao', 'chen', 'sun'];
const ENDED: readonly TicketState[] = ['closed', 'closed', 'closed', 'declined', 'merged'];
const LIVE: readonly TicketState[] = ['raised', 'answered', 'rectified', 'inspected'];

const one = <T>(list: readonly T[], index: number): T => list[index % list.length]!;

export function manyTickets(count: number): Ticket[] {
  return Array.from({ length: count }, (_, index): Ticket => {
    const at = later(BEGIN, minutes(17 * index));
    const isLive = index % 197 === 7;
    const born = openTicket({
      number: index + 1,
      category: one(CATEGORIES, index),
      route: index % 2 === 0 ? 'full' : 'short',
      team: one(TEAMS, index >> 2),
      severity: one(SEVERITIES, index >> 3),
      asset: `lamp-${index % 300}`,
      place: '东路',
      title: `东路 ${index}`,
      raisedBy: index % 3 === 0 ? one(PEOPLE, index) : 'rule lamp-out',
      role: index % 3 === 0 ? 'steward' : 'sensor',
      at,
    });
    return {
      ...born,
      state: isLive ? one(LIVE, index >> 4) : one(ENDED, index),
      ...(index % 7 > 0 && { building: `b${index % 40}` }),
      ...(index % 5 > 0 && { assignee: one(PEOPLE, index >> 1) }),
      ...(isLive && { dueAt: later(at, hours(2)) }),
    };
  });
}
