// What people do to tickets: checked against how the ticket stands, with the version that they saw.
import type { Actor, Answer } from '../api/desk.ts';
import type { Standing } from '../domain/standing.ts';
import { isOpen, type Role, type Ticket } from '../domain/ticket.ts';
import { takeStep } from '../tickets/ticket-book.ts';
import {
  accept,
  refuse,
  writeCommand,
  type Ask,
  type CommandParts,
  type Refusal,
} from './command.ts';

export async function openTicket(parts: CommandParts, ask: Ask): Promise<Answer<Ticket>> {
  const before = ask.key === undefined ? undefined : withKey(parts.standing, ask.key);
  if (before) return accept(before);
  const last = parts.standing.gateway().ticketsOpened;
  await writeCommand(parts, { on: 'ticket', ...ask, action: 'raise' });
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

function withKey(standing: Standing, key: string): Ticket | undefined {
  for (const [, ticket] of standing.tickets.all()) {
    if (ticket.history[0]?.key === key) return ticket;
  }
  return undefined;
}

export async function ticketAction(
  parts: CommandParts,
  id: string,
  ask: Ask & { readonly version?: number },
): Promise<Answer<Ticket>> {
  const ticket = parts.standing.tickets.get(id);
  if (!ticket)
    return refuse(
      404,
      'No such ticket',
      `ticket ${id} does not exist or ended more than a day ago`,
    );
  if (isRepeated(ticket, ask.key)) return accept(ticket);
  const refusal = refusalOf(parts, ticket, ask);
  if (refusal) return refusal;
  await writeCommand(parts, { on: 'ticket', id, ...ask });
  const after = parts.standing.tickets.get(id) ?? ticket;
  const steps = after.history.slice(ticket.history.length);
  if (steps.some((step) => step.action === ask.action && step.by === ask.actor.by))
    return accept(after);
  return refuse(409, 'Changed meanwhile', `ticket ${id} is ${after.state} now; look again`);
}

/** The same key a second time: answered with what it did the first time. */
const isRepeated = (ticket: Ticket, key: string | undefined): boolean =>
  key !== undefined && ticket.history.some((step) => step.key === key);

function refusalOf(
  { standing, clock }: CommandParts,
  ticket: Ticket,
  { action, actor, body, version }: Ask & { readonly version?: number },
): Refusal | undefined {
  const step = { action, by: actor.by, role: actor.role as Role, at: clock.now(), body };
  const { kind } = takeStep(ticket, step);
  if (kind === 'unknown-action')
    return refuse(404, 'No such action', `a ${ticket.route} ticket knows no “${action}”`);
  if (kind === 'wrong-role')
    return refuse(403, 'Not yours to do', `“${action}” is not for a ${actor.role}`);
  if (version !== undefined && version !== ticket.version) {
    return refuse(
      409,
      'Someone was faster',
      `ticket ${ticket.id} is at version ${ticket.version}, not ${version}; look again`,
    );
  }
  if (kind === 'too-late')
    return refuse(422, 'Too late', `ticket ${ticket.id} ended over a day ago; open a new one`);
  if (kind === 'illegal-step')
    return refuse(422, 'Not now', `“${action}” is not for a ticket that is ${stateOf(ticket)}`);
  return action === 'merge' ? mergeRefusal(standing, ticket, String(body['into'])) : undefined;
}

const stateOf = ({ state, waiting }: Ticket): string =>
  waiting === undefined ? state : `${state} and waiting`;

function mergeRefusal(standing: Standing, ticket: Ticket, id: string): Refusal | undefined {
  const into = standing.tickets.get(id);
  if (into && isOpen(into) && into.id !== ticket.id) return undefined;
  return refuse(422, 'Nothing to merge into', `ticket ${id} is not another open ticket`);
}
