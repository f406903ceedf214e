// One ticket as the API shows it: instants as UTC times, and what whoever asks may do with it now.
import type { TicketView } from '../../api/schemas.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import { actionsFor, type Attempt } from '../../tickets/transitions.ts';

const iso = (moment: Instant): string => new Date(moment).toISOString();

export function ticketView(ticket: Ticket, viewer: Attempt): TicketView {
  const { raisedAt, alarms, photos, history, ...rest } = ticket;
  const { dueAt, soonAt, waitingSince, parkedUntil, lookBackAt, closesAt, ...plain } = rest;
  const ended = endedBecause(ticket);
  return {
    ...plain,
    raisedAt: iso(raisedAt),
    ...isoOf({ dueAt, soonAt, waitingSince, parkedUntil, lookBackAt, closesAt }),
    alarms: [...alarms],
    photos: [...photos],
    history: history.map(({ at, key: _key, digest: _digest, ...step }) => ({
      at: iso(at),
      ...step,
    })),
    ...(ended !== undefined && { endedBecause: ended }),
    actions: actionsFor(ticket, viewer),
  };
}

function isoOf<K extends string>(
  moments: Readonly<Record<K, Instant | undefined>>,
): Partial<Record<K, string>> {
  const known = Object.entries<Instant | undefined>(moments).flatMap(([name, moment]) =>
    moment === undefined ? [] : [[name, iso(moment)]],
  );
  return Object.fromEntries(known) as Partial<Record<K, string>>;
}

/** Why it was declined or merged, for whoever raised it and looks no further. */
function endedBecause({ state, history }: Ticket): string | undefined {
  if (state !== 'declined' && state !== 'merged') return undefined;
  return history.findLast(({ to, from }) => to === state && from !== to)?.reason;
}
