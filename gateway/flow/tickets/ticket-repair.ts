// What follows from a repair, and from a merge: whose word it takes to be believed, and to whom the
// alarms go.
import { isOpen, type Ticket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import { takeOver } from '../../tickets/ticket-book.ts';
import { sensorWord } from './sensor-word.ts';
import { activeAlarms, machineStep, putTicket, type TicketScene } from './ticket-scene.ts';

interface Moment {
  readonly at: Instant;
  /** The sensor that has just spoken; absent where a person did. */
  readonly by?: string;
}

/** A ticket that has just been rectified: parked, or closed, or on to the inspection. */
export function settled(scene: TicketScene, ticket: Ticket, { at, by }: Moment): Ticket {
  if (ticket.state !== 'rectified' || ticket.parkedUntil !== undefined) return ticket;
  const word = sensorWord(scene, ticket, at);
  if (word.kind === 'awaited') return { ...ticket, parkedUntil: word.until, awaits: word.awaits };
  return machineStep(ticket, { action: 'verify', at, ...(by !== undefined && { by }) });
}

/** The sensor that it was parked for agrees. */
export function agreed(scene: TicketScene, before: Ticket, { at, by = 'gateway' }: Moment): void {
  putTicket(scene, { before, after: machineStep(before, { action: 'verify', by, at }) }, at);
}

/** What a merged ticket stood for, the one that stays stands for: its clearing must not be lost. */
export function handOver(scene: TicketScene, merged: Ticket, at: Instant): void {
  const { standing } = scene;
  const before = standing.tickets.get(merged.mergedInto ?? '');
  if (!before || !isOpen(before)) return;
  for (const id of merged.alarms) {
    const alarm = standing.alarms.get(id);
    // One that is over and seen is forgotten sooner or later; nothing may hang on when.
    if (alarm && alarm.state !== 'normal') standing.alarms.put(id, { ...alarm, ticket: before.id });
  }
  const joined = takeOver(before, merged, at);
  const [still] = activeAlarms(scene, joined);
  const isThoughtMended = before.state !== 'raised' && before.state !== 'answered';
  const after =
    isThoughtMended && still && joined.alarms.length > before.alarms.length
      ? machineStep(joined, { action: 'return', at, body: { reason: still.text } })
      : joined;
  putTicket(scene, { before, after }, at);
}
