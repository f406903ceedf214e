// What people do to alarms and tickets. One at a time: checked against how things stand, written to
// the log only when accepted, answered only when its effect is durable. A refusal is no Record.
import type { Actor, Answer } from '../api/desk.ts';
import type { Alarm } from '../domain/alarm.ts';
import { isActive } from '../domain/alarm.ts';
import type { CommandEntry, Sequence } from '../domain/record.ts';
import type { Standing } from '../domain/standing.ts';
import { isOpen, type Role, type Ticket } from '../domain/ticket.ts';
import type { Clock, Instant } from '../domain/time.ts';
import type { Log } from '../store/log.ts';
import { takeStep } from '../tickets/ticket-book.ts';

export interface CommandParts {
  readonly log: Pick<Log, 'append'>;
  readonly standing: Standing;
  readonly clock: Clock;
  readonly settled: (sequence: Sequence) => Promise<void>;
}

export interface Ask {
  readonly action: string;
  readonly actor: Actor;
  readonly body: Readonly<Record<string, unknown>>;
  readonly key?: string;
}

export interface Commands {
  openTicket(ask: Ask): Promise<Answer<Ticket>>;
  /** @param version what the caller saw; absent where the caller does not mind */
  ticketAction(id: string, ask: Ask & { readonly version?: number }): Promise<Answer<Ticket>>;
  alarmAction(id: string, ask: Ask): Promise<Answer<Alarm>>;
}

type Refusal = Extract<Answer<never>, { ok: false }>;
const refuse = (status: Refusal['status'], title: string, detail: string): Refusal => ({
  ok: false,
  status,
  title,
  detail,
});
const accept = <T>(value: T): Answer<T> => ({ ok: true, value });

export function createCommands(parts: CommandParts): Commands {
  let last: Promise<unknown> = Promise.resolve();
  /** In the order of asking; one that fails does not hold up the next. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const mine = last.then(task, task);
    last = mine.catch(() => undefined);
    return mine;
  };
  return {
    openTicket: (ask) => inTurn(() => openTicket(parts, ask)),
    ticketAction: (id, ask) => inTurn(() => ticketAction(parts, id, ask)),
    alarmAction: (id, ask) => inTurn(() => alarmAction(parts, id, ask)),
  };
}

async function openTicket(parts: CommandParts, ask: Ask): Promise<Answer<Ticket>> {
  const before = ask.key === undefined ? undefined : withKey(parts.standing, ask.key);
  if (before) return accept(before);
  const last = parts.standing.gateway().ticketsOpened;
  await write(parts, { on: 'ticket', ...ask, action: 'raise' });
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

async function ticketAction(
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
  await write(parts, { on: 'ticket', id, ...ask });
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

async function alarmAction(parts: CommandParts, id: string, ask: Ask): Promise<Answer<Alarm>> {
  const alarm = parts.standing.alarms.get(id);
  if (!alarm) return refuse(404, 'No such alarm', `alarm ${id} does not exist or is over`);
  const refusal = alarmRefusal(alarm, ask, parts.clock.now());
  if (refusal) return refusal;
  await write(parts, { on: 'alarm', id, ...ask });
  return accept(
    parts.standing.alarms.get(id) ?? { ...alarm, state: 'normal', acknowledgedBy: ask.actor.by },
  );
}

function alarmRefusal(alarm: Alarm, { action, body }: Ask, now: Instant): Refusal | undefined {
  switch (action) {
    case 'acknowledge':
      return alarm.state === 'active-unacknowledged' || alarm.state === 'returned-unacknowledged'
        ? undefined
        : refuse(409, 'Nothing to acknowledge', `alarm ${alarm.id} is ${alarm.state}`);
    case 'shelve':
      if (!isActive(alarm)) return refuse(422, 'Not now', `alarm ${alarm.id} is over`);
      return Number(body['until']) > now
        ? undefined
        : refuse(422, 'Not now', 'the shelf would end in the past');
    default:
      return alarm.state === 'shelved'
        ? undefined
        : refuse(409, 'Not shelved', `alarm ${alarm.id} is ${alarm.state}`);
  }
}

async function write(
  { log, clock, settled }: CommandParts,
  {
    actor,
    ...ask
  }: Ask & Pick<CommandEntry, 'on'> & { readonly id?: string; readonly version?: number },
): Promise<void> {
  const { on, id, action, body, key } = ask;
  const entry: CommandEntry = {
    kind: 'command',
    on,
    action,
    by: actor.by,
    role: actor.role,
    body,
    receivedAt: clock.now(),
    ...(id !== undefined && { id }),
    ...(key !== undefined && { key }),
  };
  await settled(await log.append([entry]));
}
