// What people do to tickets: checked against how the ticket stands, with the version that they saw.
// An Idempotency-Key is its sender's own, for one ticket, for as long as the ticket is in mind: the
// same request under it is answered with the ticket as that made it since; another is refused (422).
import type { Actor, Answer } from '../../api/desk.ts';
import type { Standing } from '../../domain/standing.ts';
import type { HistoryStep, Ticket } from '../../domain/ticket.ts';
import { accept, refuse, writeCommand, type Ask, type CommandParts } from '../command.ts';
import { digestOfAsk } from './ticket-people.ts';
import { ticketRefusal, type TicketAsk } from './ticket-refusals.ts';

export async function openTicket(parts: CommandParts, ask: Ask): Promise<Answer<Ticket>> {
  const raise = { ...ask, action: 'raise' };
  const before = openedUnder(parts.standing, raise);
  if (before) return repeated(before, before.history[0], raise);
  const last = parts.standing.gateway().ticketsOpened;
  await writeCommand(parts, { on: 'ticket', ...raise });
  const ticket = openedAfter(parts.standing, last, ask.actor);
  return ticket
    ? accept(ticket)
    : refuse(409, 'Not opened', 'the ticket was not opened; look again');
}

/** Alarms may have opened others in the same breath; people's come one at a time. */
function openedAfter(standing: Standing, last: number, { by }: Actor): Ticket | undefined {
  const { ticketsOpened } = standing.gateway();
  for (let number = last + 1; number <= ticketsOpened; number += 1) {
    const ticket = standing.tickets.get(`T${number}`);
    if (ticket?.raisedBy === by) return ticket;
  }
  return undefined;
}

function openedUnder(standing: Standing, { key, actor }: Ask): Ticket | undefined {
  if (key === undefined) return undefined;
  for (const [, ticket] of standing.tickets.all()) {
    const [first] = ticket.history;
    if (first?.key === key && first.by === actor.by) return ticket;
  }
  return undefined;
}

/** The same key a second time: answered with what it did the first time, or told apart from it. */
function repeated(ticket: Ticket, step: HistoryStep | undefined, ask: Ask): Answer<Ticket> {
  if (step?.digest === undefined || step.digest === digestOfAsk(ask)) return accept(ticket);
  return refuse(
    422,
    'Another request had that key',
    `the Idempotency-Key was used for a different “${step.action}” of ${ticket.id}; make a new one`,
  );
}

export async function ticketAction(
  parts: CommandParts,
  id: string,
  ask: TicketAsk,
): Promise<Answer<Ticket>> {
  const ticket = parts.standing.tickets.get(id);
  if (!ticket)
    return refuse(
      404,
      'No such ticket',
      `ticket ${id} does not exist or ended more than a day ago`,
    );
  const done = ticket.history.find(
    ({ key, by }) => key !== undefined && key === ask.key && by === ask.actor.by,
  );
  if (done) return repeated(ticket, done, ask);
  const refusal = ticketRefusal(parts, ticket, ask);
  if (refusal) return refusal;
  await writeCommand(parts, { on: 'ticket', id, ...ask });
  const after = parts.standing.tickets.get(id) ?? ticket;
  const steps = after.history.slice(ticket.history.length);
  if (steps.some((step) => step.action === ask.action && step.by === ask.actor.by))
    return accept(after);
  return refuse(409, 'Changed meanwhile', `ticket ${id} is ${after.state} now; look again`);
}
