// Tickets in any state, as their history would have brought them there.
import {
  ROLES,
  type Role,
  type Route,
  type Ticket,
  type TicketState,
} from '../../gateway/domain/ticket.ts';
import type { Instant } from '../../gateway/domain/time.ts';
import { openTicket } from '../../gateway/tickets/ticket-book.ts';
import { clock } from '../fakes/small-site.ts';

export const EVERYONE: readonly Role[] = [...ROLES, 'sensor', 'gateway'];

export const raisedTicket = (at: Instant = clock('10:00')): Ticket =>
  openTicket({
    number: 7,
    category: 'lamp',
    route: 'short',
    team: 'engineers',
    severity: 'medium',
    asset: 'lamp-1',
    place: '1号庭院灯',
    title: '1号庭院灯 路灯故障',
    raisedBy: 'rule lamp-out',
    role: 'sensor',
    at,
  });

/** In that state since `at`, by nobody in particular. */
export function ticketIn(state: TicketState, route: Route = 'short', at = clock('11:00')): Ticket {
  const born = raisedTicket();
  if (state === 'raised') return { ...born, route };
  const step = {
    at,
    by: 'somebody',
    role: 'manager',
    action: 'so',
    from: 'raised',
    to: state,
  } as const;
  return { ...born, route, state, version: 2, history: [...born.history, step] };
}
