// Tickets found by looking through all of them: what the store's indexes have to agree with.
import { isInSight, isOpen, type Ticket } from '../../gateway/domain/ticket.ts';
import type { TicketQuery } from '../../gateway/store/log.ts';

const FIELDS = ['state', 'team', 'assignee', 'category', 'asset', 'severity'] as const;

export function ticketsBy(all: readonly Ticket[], query: TicketQuery): Ticket[] {
  const { state, mine, seenBy, overdueAt, limit, offset = 0 } = query;
  const wanted: Partial<Record<(typeof FIELDS)[number], string>> = { ...query };
  if (state === 'open') delete wanted.state;
  return [...all]
    .reverse()
    .filter((ticket) => FIELDS.every((field) => isAsAsked(ticket[field], wanted[field])))
    .filter((ticket) => state !== 'open' || isOpen(ticket))
    .filter(({ assignee, raisedBy }) => mine === undefined || [assignee, raisedBy].includes(mine))
    .filter((ticket) => !seenBy || isInSight(seenBy, ticket))
    .filter((ticket) => overdueAt === undefined || isLate(ticket, overdueAt))
    .toSorted((a, b) => b.raisedAt - a.raisedAt)
    .slice(offset, offset + limit);
}

const isAsAsked = (is: string | undefined, wanted: string | undefined): boolean =>
  wanted === undefined || is === wanted;

const isLate = (ticket: Ticket, at: number): boolean =>
  isOpen(ticket) && ticket.waiting === undefined && (ticket.dueAt ?? Infinity) <= at;
