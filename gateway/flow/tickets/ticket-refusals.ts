// Why a person's step with a ticket is refused, as the API answers it: 403 to whom it is not given,
// 409 to whoever came second, 422 where the step does not fit the ticket as it stands.
import type { Actor } from '../../api/desk.ts';
import type { Standing } from '../../domain/standing.ts';
import { isOpen, type Role, type Ticket } from '../../domain/ticket.ts';
import { mayBeGiven } from '../../tickets/routing.ts';
import { takeStep, type StepRefusal } from '../../tickets/ticket-book.ts';
import { refuse, type Ask, type CommandParts, type Refusal } from '../command.ts';

export type TicketAsk = Ask & { readonly version?: number };

/** Undefined where nothing is against it. */
export function ticketRefusal(
  { standing, clock, work }: CommandParts,
  ticket: Ticket,
  { action, actor, body, version }: TicketAsk,
): Refusal | undefined {
  const step = { action, by: actor.by, role: actor.role as Role, at: clock.now(), body };
  const { kind } = takeStep(ticket, step, work?.standIns);
  if (kind !== 'taken' && PERSONAL.includes(kind)) return inWords(kind, ticket, { action, actor });
  if (version !== undefined && version !== ticket.version) {
    return refuse(
      409,
      'Someone was faster',
      `ticket ${ticket.id} is at version ${ticket.version}, not ${version}; look again`,
    );
  }
  if (kind !== 'taken') return inWords(kind, ticket, { action, actor });
  if (action === 'merge') return mergeRefusal(standing, ticket, String(body['into']));
  return action === 'assign' ? assignRefusal(standing, ticket, String(body['to'])) : undefined;
}

/** What no other version of the ticket would change. */
const PERSONAL: readonly StepRefusal[] = [
  'unknown-action',
  'wrong-role',
  'own-work',
  'not-the-raiser',
];

function inWords(
  kind: StepRefusal,
  ticket: Ticket,
  { action, actor }: { readonly action: string; readonly actor: Actor },
): Refusal {
  const { id, route } = ticket;
  switch (kind) {
    case 'unknown-action':
      return refuse(404, 'No such action', `a ${route} ticket knows no “${action}”`);
    case 'wrong-role':
      return refuse(403, 'Not yours to do', `“${action}” is not for the role ${actor.role}`);
    case 'own-work':
      return refuse(403, 'Your own work', `whoever rectified ${id} cannot “${action}” it`);
    case 'not-the-raiser':
      return refuse(403, 'Not yours to rate', `only whoever raised ${id} rates it`);
    case 'done-already':
      return refuse(409, 'Done already', doneBy(ticket, action));
    case 'too-late':
      return refuse(422, 'Too late', `ticket ${id} ended over a day ago; open a new one`);
    case 'too-early':
      return refuse(422, 'Too early', `ticket ${id} is looked back on later; see its lookBackAt`);
    case 'needs-reason':
      return refuse(422, 'Say why', `sending ticket ${id} back needs a reason`);
    case 'illegal-step':
      return refuse(422, 'Not now', `“${action}” is not for a ticket that is ${stateOf(ticket)}`);
  }
}

function doneBy({ id, history, assignee }: Ticket, action: string): string {
  const last = history.findLast((step) => step.action === action);
  const by = last?.by ?? assignee ?? 'somebody';
  return `“${action}” of ticket ${id} was done already, by ${by}; look again`;
}

function stateOf({ state, waiting, parkedUntil }: Ticket): string {
  if (parkedUntil !== undefined) return `${state} and waits for its sensor`;
  return waiting === undefined ? state : `${state} and waiting`;
}

function mergeRefusal(standing: Standing, ticket: Ticket, id: string): Refusal | undefined {
  const into = standing.tickets.get(id);
  if (into && isOpen(into) && into.id !== ticket.id) return undefined;
  return refuse(422, 'Nothing to merge into', `ticket ${id} is not another open ticket`);
}

/** Where nobody is registered any name will do; else it must be one who works in the team. */
function assignRefusal(standing: Standing, { team }: Ticket, to: string): Refusal | undefined {
  const person = standing.people.get(to);
  const isAnybody = standing.people.all()[Symbol.iterator]().next().done === true;
  if (isAnybody || (person && mayBeGiven(person, team))) return undefined;
  return refuse(422, 'Not theirs to do', `${to} is no active member of the ${team}`);
}
